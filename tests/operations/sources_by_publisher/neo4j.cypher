MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Source) WHERE n1.publisher_fold STARTS WITH $c.p0
},
COLLECT {
  MATCH (n2:Source) WHERE n2.publisher_fold STARTS WITH $c.p0 AND n2.title_key IS NOT NULL AND n2.id IS NOT NULL
  WITH n2
  ORDER BY n2.title_key,n2.id LIMIT $n0
  RETURN [n2.title]
},
COUNT {
  MATCH (n4:Source) WHERE ((n4.publisher IS NULL)=$c.p1)
},
COUNT {
  MATCH (n5:Source) WHERE ((n5.publisher IS NULL)=$c.p2)
}],revision
