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
  UNWIND $c.p1 AS id
  MATCH (n17:Actor) WHERE n17.id=id
  RETURN [n17.id,n17.kind,n17.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a19)-[n18:COLLABORATION]->(a20) WHERE n18.id=id
  RETURN [n18.id,a19.name,a20.name,n18.strength,n18.evidence]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a22)-[n21:AFFILIATION]->(a23) WHERE n21.id=id
  RETURN [n21.id,n21.kind,n21.share]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n24:Initiative) WHERE n24.id=id
  RETURN [n24.id,n24.start]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a26)-[n25:PARTICIPATION]->(a27) WHERE n25.id=id
  RETURN [n25.id,n25.role,a26.name,a27.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n28:Challenge) WHERE n28.id=id
  RETURN [n28.id,n28.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n29:Competence) WHERE n29.id=id
  RETURN [n29.id,n29.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n30:Agreement) WHERE n30.id=id
  RETURN [n30.id,n30.signed,n30.areas]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n31:Service) WHERE n31.id=id
  RETURN [n31.id,n31.audience]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n32:Source) WHERE n32.id=id
  RETURN [n32.id,n32.title]
}],revision
