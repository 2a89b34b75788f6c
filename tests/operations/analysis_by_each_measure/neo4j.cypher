MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n2:Actor) WHERE n2.id=id
  RETURN [n2.id]
},
COLLECT {
  UNWIND $c.p2 AS id
  MATCH (n3:Actor) WHERE n3.id=id
  RETURN [n3.id]
},
COLLECT {
  UNWIND $c.p3 AS id
  MATCH (n4:Actor) WHERE n4.id=id
  RETURN [n4.id]
},
COLLECT {
  UNWIND $c.p4 AS id
  MATCH (n5:Actor) WHERE n5.id=id
  RETURN [n5.id]
},
COLLECT {
  UNWIND $c.p5 AS id
  MATCH (n6:Actor) WHERE n6.id=id
  RETURN [n6.id]
},
COLLECT {
  UNWIND $c.p6 AS id
  MATCH (n7:Actor) WHERE n7.id=id
  RETURN [n7.id]
},
COLLECT {
  UNWIND $c.p7 AS id
  MATCH (n8:Actor) WHERE n8.id=id
  RETURN [n8.id]
},
COLLECT {
  UNWIND $c.p8 AS id
  MATCH (n9:Actor) WHERE n9.id=id
  RETURN [n9.id]
},
COLLECT {
  UNWIND $c.p9 AS id
  MATCH (n10:Actor) WHERE n10.id=id
  RETURN [n10.id]
},
COLLECT {
  UNWIND $c.p10 AS id
  MATCH (n11:Actor) WHERE n11.id=id
  RETURN [n11.id]
},
COLLECT {
  UNWIND $c.p11 AS id
  MATCH (n12:Actor) WHERE n12.id=id
  RETURN [n12.id]
}],revision
