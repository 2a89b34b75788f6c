MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.id=$c.p0
  RETURN [n1.kind,n1.id,n1.name]
},
COLLECT {
  MATCH (a3)-[n2:COLLABORATION]->(a4) WHERE n2.id=$c.p0
  RETURN [n2.id,a3.name,a4.name,n2.strength,n2.evidence]
},
COLLECT {
  MATCH (a6)-[n5:AFFILIATION]->(a7) WHERE n5.id=$c.p0
  RETURN [n5.id,n5.kind,n5.share]
},
COLLECT {
  MATCH (n8:Initiative) WHERE n8.id=$c.p0
  RETURN [n8.id,n8.start]
},
COLLECT {
  MATCH (a10)-[n9:PARTICIPATION]->(a11) WHERE n9.id=$c.p0
  RETURN [n9.id,n9.role,a10.name,a11.name]
},
COLLECT {
  MATCH (n12:Challenge) WHERE n12.id=$c.p0
  RETURN [n12.id,n12.name]
},
COLLECT {
  MATCH (n13:Competence) WHERE n13.id=$c.p0
  RETURN [n13.id,n13.name]
},
COLLECT {
  MATCH (n14:Agreement) WHERE n14.id=$c.p0
  RETURN [n14.id,n14.signed,n14.areas]
},
COLLECT {
  MATCH (n15:Service) WHERE n15.id=$c.p0
  RETURN [n15.id,n15.audience]
},
COLLECT {
  MATCH (n16:Source) WHERE n16.id=$c.p0
  RETURN [n16.id,n16.title]
},
COLLECT {
  MATCH (n17:Change) WHERE n17.id=$c.p0
  RETURN [n17.id]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n18:Actor) WHERE n18.id=id
  RETURN [n18.id,n18.kind,n18.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a20)-[n19:COLLABORATION]->(a21) WHERE n19.id=id
  RETURN [n19.id,a20.name,a21.name,n19.strength,n19.evidence]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a23)-[n22:AFFILIATION]->(a24) WHERE n22.id=id
  RETURN [n22.id,n22.kind,n22.share]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n25:Initiative) WHERE n25.id=id
  RETURN [n25.id,n25.start]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a27)-[n26:PARTICIPATION]->(a28) WHERE n26.id=id
  RETURN [n26.id,n26.role,a27.name,a28.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n29:Challenge) WHERE n29.id=id
  RETURN [n29.id,n29.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n30:Competence) WHERE n30.id=id
  RETURN [n30.id,n30.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n31:Agreement) WHERE n31.id=id
  RETURN [n31.id,n31.signed,n31.areas]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n32:Service) WHERE n32.id=id
  RETURN [n32.id,n32.audience]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n33:Source) WHERE n33.id=id
  RETURN [n33.id,n33.title]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n34:Change) WHERE n34.id=id
  RETURN [n34.id]
}],revision
