MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Service) WHERE n1.audience=$c.p0
},
COLLECT {
  MATCH (n2:Service) WHERE n2.audience=$c.p0 AND n2.name_key IS NOT NULL AND n2.id IS NOT NULL
  WITH n2
  ORDER BY n2.name_key,n2.id LIMIT $n2
  RETURN [n2.name,n2.audience,
  COLLECT {
    MATCH (n2)-[t4:SERVICE_PROVIDER]->(n3)
    WITH n3
    ORDER BY n3.name_key,n3.id LIMIT $n0
    RETURN [n3.name]
  },
  COLLECT {
    MATCH (n2)-[t7:SERVICE_MUNICIPALITY]->(n6)
    WITH n6
    ORDER BY n6.name_key,n6.id LIMIT $n1
    RETURN [n6.place_name]
  }]
},
COLLECT {
  MATCH (n10:Service) WHERE n10.audience IS NOT NULL AND n10.id IS NOT NULL
  WITH n10
  ORDER BY n10.audience,n10.id LIMIT $n3
  RETURN [n10.audience]
},
COLLECT {
  MATCH (n12:Service) WHERE n12.name_key IS NOT NULL AND n12.id IS NOT NULL
  WITH n12
  ORDER BY n12.name_key DESC,n12.id DESC LIMIT $n4
  RETURN [n12.name]
}],revision
