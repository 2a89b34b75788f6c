MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id,n1.kind,n1.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n2:Actor) WHERE n2.id=id
  RETURN [n2.id]
}],revision
