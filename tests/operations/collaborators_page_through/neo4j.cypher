MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [
  COLLECT {
    MATCH (n1)-[t3:COLLABORATION]-(n2)
    WITH t3,n2
    ORDER BY n2.name_key,n2.id,t3.id LIMIT $n0
    RETURN [n2.name_key,n2.id,t3.id,n2.name]
  }]
}],revision
