MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Source) WHERE n1.url_fold CONTAINS $c.p0 AND n1.title_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.title_key,n1.id LIMIT $n1
  RETURN [n1.title,n1.publisher,n1.language,
  COUNT {
    MATCH (n1)-[t3:SPEAKS_OF]->(x2)
    WITH DISTINCT x2
    RETURN x2
  },
  COLLECT {
    MATCH (n1)-[t5:SPEAKS_OF]->(n4)
    WITH DISTINCT n4
    ORDER BY n4.name_key,n4.id LIMIT $n0
    RETURN [n4.name]
  }]
},
COUNT {
  MATCH (n8:Source)
},
COLLECT {
  MATCH (n9:Source) WHERE n9.publisher_key IS NOT NULL AND n9.id IS NOT NULL
  WITH n9
  ORDER BY n9.publisher_key DESC,n9.id DESC LIMIT $n2
  RETURN [n9.publisher,n9.title]
}],revision
