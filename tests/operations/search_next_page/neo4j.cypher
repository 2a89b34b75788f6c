MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Agreement) WHERE n1.id=id
  RETURN [n1.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n2:Source) WHERE n2.id=id
  RETURN [n2.id]
}],revision
