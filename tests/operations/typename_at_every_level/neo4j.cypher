MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0 AND n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n1
  RETURN [n1.kind,
  COLLECT {
    MATCH (n1)-[t3:COLLABORATION]-(n2)
    WITH t3,n2
    ORDER BY n2.name_key,n2.id,t3.id LIMIT $n0
    OPTIONAL MATCH (x4:Actor {id:n2.municipality})
    RETURN [n2.kind,x4.id,x4.kind,x4.longitude]
    ORDER BY n2.name_key,n2.id,t3.id
  }]
}],revision
