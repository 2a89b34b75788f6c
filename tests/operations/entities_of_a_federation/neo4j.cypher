MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id,n1.kind,n1.name,n1.code,$c.p1[n1.id]]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (a4)-[n3:COLLABORATION]->(a5) WHERE n3.id=id
  RETURN [n3.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (a7)-[n6:AFFILIATION]->(a8) WHERE n6.id=id
  RETURN [n6.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n9:Initiative) WHERE n9.id=id
  RETURN [n9.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (a11)-[n10:PARTICIPATION]->(a12) WHERE n10.id=id
  RETURN [n10.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n13:Challenge) WHERE n13.id=id
  RETURN [n13.id,n13.slug]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n14:Competence) WHERE n14.id=id
  RETURN [n14.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n15:Agreement) WHERE n15.id=id
  RETURN [n15.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n16:Service) WHERE n16.id=id
  RETURN [n16.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n17:Source) WHERE n17.id=id
  RETURN [n17.id]
}],revision
