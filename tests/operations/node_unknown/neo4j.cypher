MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.id=$c.p0
  RETURN [n1.id]
},
COLLECT {
  MATCH (a3)-[n2:COLLABORATION]->(a4) WHERE n2.id=$c.p0
  RETURN [n2.id]
},
COLLECT {
  MATCH (a6)-[n5:AFFILIATION]->(a7) WHERE n5.id=$c.p0
  RETURN [n5.id]
},
COLLECT {
  MATCH (n8:Initiative) WHERE n8.id=$c.p0
  RETURN [n8.id]
},
COLLECT {
  MATCH (a10)-[n9:PARTICIPATION]->(a11) WHERE n9.id=$c.p0
  RETURN [n9.id]
},
COLLECT {
  MATCH (n12:Challenge) WHERE n12.id=$c.p0
  RETURN [n12.id]
},
COLLECT {
  MATCH (n13:Competence) WHERE n13.id=$c.p0
  RETURN [n13.id]
},
COLLECT {
  MATCH (n14:Agreement) WHERE n14.id=$c.p0
  RETURN [n14.id]
},
COLLECT {
  MATCH (n15:Service) WHERE n15.id=$c.p0
  RETURN [n15.id]
},
COLLECT {
  MATCH (n16:Source) WHERE n16.id=$c.p0
  RETURN [n16.id]
},
COLLECT {
  MATCH (n17:Change) WHERE n17.id=$c.p0
  RETURN [n17.id]
},
COLLECT {
  MATCH (n18:Actor) WHERE n18.id=$c.p1
  RETURN [n18.id]
},
COLLECT {
  MATCH (a20)-[n19:COLLABORATION]->(a21) WHERE n19.id=$c.p1
  RETURN [n19.id]
},
COLLECT {
  MATCH (a23)-[n22:AFFILIATION]->(a24) WHERE n22.id=$c.p1
  RETURN [n22.id]
},
COLLECT {
  MATCH (n25:Initiative) WHERE n25.id=$c.p1
  RETURN [n25.id]
},
COLLECT {
  MATCH (a27)-[n26:PARTICIPATION]->(a28) WHERE n26.id=$c.p1
  RETURN [n26.id]
},
COLLECT {
  MATCH (n29:Challenge) WHERE n29.id=$c.p1
  RETURN [n29.id]
},
COLLECT {
  MATCH (n30:Competence) WHERE n30.id=$c.p1
  RETURN [n30.id]
},
COLLECT {
  MATCH (n31:Agreement) WHERE n31.id=$c.p1
  RETURN [n31.id]
},
COLLECT {
  MATCH (n32:Service) WHERE n32.id=$c.p1
  RETURN [n32.id]
},
COLLECT {
  MATCH (n33:Source) WHERE n33.id=$c.p1
  RETURN [n33.id]
},
COLLECT {
  MATCH (n34:Change) WHERE n34.id=$c.p1
  RETURN [n34.id]
}],revision
