MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1)-[t2:INITIATIVE_COMPETENCE]->(x3)
  WITH DISTINCT n1
  MATCH (n1:Initiative),(n1)-[:INITIATIVE_LEAD]->(w4:Actor) WHERE w4.kind=$c.p0
  RETURN n1
},
COLLECT {
  MATCH (n5:Initiative),(n5)-[:INITIATIVE_LEAD]->(w6:Actor) WHERE w6.kind=$c.p0 AND EXISTS {
    MATCH (n5)-[t7:INITIATIVE_COMPETENCE]->(x8)
  } AND n5.name_key IS NOT NULL AND n5.id IS NOT NULL
  WITH n5
  ORDER BY n5.name_key,n5.id LIMIT $n1
  OPTIONAL MATCH (x9:Actor {id:n5.lead})
  RETURN [n5.name,x9.id,x9.name,
  COLLECT {
    MATCH (n5)-[t11:INITIATIVE_COMPETENCE]->(n10)
    WITH n10
    ORDER BY n10.name_key,n10.id LIMIT $n0
    RETURN [n10.name]
  }]
  ORDER BY n5.name_key,n5.id
}],revision
