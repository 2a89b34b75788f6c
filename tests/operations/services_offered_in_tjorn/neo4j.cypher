MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1)-[t2:SERVICE_MUNICIPALITY]->(x3) WHERE x3:Actor AND x3.slug=$c.p0
  WITH DISTINCT n1
  MATCH (n1:Service)
  RETURN n1
},
COLLECT {
  MATCH (n4:Service) WHERE EXISTS {
    MATCH (n4)-[t5:SERVICE_MUNICIPALITY]->(x6) WHERE x6.slug=$c.p0
  } AND n4.name_key IS NOT NULL AND n4.id IS NOT NULL
  WITH n4
  ORDER BY n4.name_key,n4.id LIMIT $n1
  RETURN [coalesce(n4.name_en,n4.name),n4.audience,
  COLLECT {
    MATCH (n4)-[t8:SERVICE_PROVIDER]->(n7)
    WITH n7
    ORDER BY n7.name_key,n7.id LIMIT $n0
    RETURN [n7.slug]
  }]
}],revision
