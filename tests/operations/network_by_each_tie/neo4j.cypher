MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id]
}],revision
