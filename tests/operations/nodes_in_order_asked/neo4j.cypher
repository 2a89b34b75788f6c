MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id,n1.name]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (a3)-[n2:COLLABORATION]->(a4) WHERE n2.id=id
  RETURN [n2.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (a6)-[n5:AFFILIATION]->(a7) WHERE n5.id=id
  RETURN [n5.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n8:Initiative) WHERE n8.id=id
  RETURN [n8.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (a10)-[n9:PARTICIPATION]->(a11) WHERE n9.id=id
  RETURN [n9.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n12:Challenge) WHERE n12.id=id
  RETURN [n12.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n13:Competence) WHERE n13.id=id
  RETURN [n13.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n14:Agreement) WHERE n14.id=id
  RETURN [n14.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n15:Service) WHERE n15.id=id
  RETURN [n15.id]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n16:Source) WHERE n16.id=id
  RETURN [n16.id,n16.title]
},
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n17:Change) WHERE n17.id=id
  RETURN [n17.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n18:Actor) WHERE n18.id=id
  RETURN [n18.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a20)-[n19:COLLABORATION]->(a21) WHERE n19.id=id
  RETURN [n19.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a23)-[n22:AFFILIATION]->(a24) WHERE n22.id=id
  RETURN [n22.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n25:Initiative) WHERE n25.id=id
  RETURN [n25.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a27)-[n26:PARTICIPATION]->(a28) WHERE n26.id=id
  RETURN [n26.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n29:Challenge) WHERE n29.id=id
  RETURN [n29.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n30:Competence) WHERE n30.id=id
  RETURN [n30.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n31:Agreement) WHERE n31.id=id
  RETURN [n31.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n32:Service) WHERE n32.id=id
  RETURN [n32.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n33:Source) WHERE n33.id=id
  RETURN [n33.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n34:Change) WHERE n34.id=id
  RETURN [n34.id]
}],revision
