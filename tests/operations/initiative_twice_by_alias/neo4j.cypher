MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Initiative) WHERE n1.id=$c.p0
  OPTIONAL MATCH (x2:Actor {id:n1.lead})
  RETURN [n1.name,x2.id,x2.name]
},
COLLECT {
  MATCH (n3:Initiative) WHERE n3.slug=$c.p1
  RETURN [n3.name]
}],revision
