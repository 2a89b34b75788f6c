MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id,n1.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n2:Actor) WHERE n2.id=id
  RETURN [n2.id,n2.name]
},
COLLECT {
  UNWIND $c.p2 AS id
  MATCH (a4)-[n3:COLLABORATION]->(a5) WHERE n3.id=id
  RETURN [n3.id]
},
COLLECT {
  UNWIND $c.p3 AS id
  MATCH (n6:Initiative) WHERE n6.id=id
  RETURN [n6.id]
},
COLLECT {
  UNWIND $c.p4 AS id
  MATCH (n7:Actor) WHERE n7.id=id
  RETURN [n7.id,n7.name]
},
COLLECT {
  UNWIND $c.p5 AS id
  MATCH (n8:Actor) WHERE n8.id=id
  RETURN [n8.id,n8.name]
}],revision
