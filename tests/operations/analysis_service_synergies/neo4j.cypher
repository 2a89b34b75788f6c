MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Service) WHERE n1.id=id
  RETURN [n1.id,n1.slug,n1.name,n1.audience]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n2:Actor) WHERE n2.id=id
  RETURN [n2.id,n2.place_name]
}],revision
