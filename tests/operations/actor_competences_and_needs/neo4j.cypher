MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [
  COUNT {
    MATCH (n1)-[t3:ACTOR_COMPETENCE]->(x2)
  },
  COLLECT {
    MATCH (n1)-[t5:ACTOR_COMPETENCE]->(n4)
    WITH t5,n4
    ORDER BY n4.name_key,n4.id LIMIT $n0
    OPTIONAL MATCH (x6:Source {id:t5.source})
    RETURN [n4.name,x6.id,x6.title,x6.publisher]
    ORDER BY n4.name_key,n4.id
  }]
},
COLLECT {
  MATCH (n8:Actor) WHERE n8.slug=$c.p1 AND n8.name_key IS NOT NULL AND n8.id IS NOT NULL
  WITH n8
  ORDER BY n8.name_key,n8.id LIMIT $n2
  RETURN [n8.name,
  COLLECT {
    MATCH (n8)-[t10:ACTOR_NEED]->(n9)
    WITH t10,n9
    ORDER BY n9.name_key,n9.id LIMIT $n1
    OPTIONAL MATCH (x11:Source {id:t10.source})
    RETURN [coalesce(n9.name_en,n9.name),x11.id,x11.title]
    ORDER BY n9.name_key,n9.id
  }]
}],revision
