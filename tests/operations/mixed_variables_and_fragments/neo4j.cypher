MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  OPTIONAL MATCH (x2:Actor {id:n1.municipality})
  RETURN [n1.name,x2.id,x2.place_name]
}],revision

MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  OPTIONAL MATCH (x2:Actor {id:n1.municipality})
  RETURN [n1.id,n1.kind,n1.name,x2.id,x2.place_name]
}],revision
