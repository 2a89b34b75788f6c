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
  MATCH (n17:Actor) WHERE n17.id=$c.p1
  RETURN [n17.id]
},
COLLECT {
  MATCH (a19)-[n18:COLLABORATION]->(a20) WHERE n18.id=$c.p1
  RETURN [n18.id]
},
COLLECT {
  MATCH (a22)-[n21:AFFILIATION]->(a23) WHERE n21.id=$c.p1
  RETURN [n21.id]
},
COLLECT {
  MATCH (n24:Initiative) WHERE n24.id=$c.p1
  RETURN [n24.id]
},
COLLECT {
  MATCH (a26)-[n25:PARTICIPATION]->(a27) WHERE n25.id=$c.p1
  RETURN [n25.id]
},
COLLECT {
  MATCH (n28:Challenge) WHERE n28.id=$c.p1
  RETURN [n28.id]
},
COLLECT {
  MATCH (n29:Competence) WHERE n29.id=$c.p1
  RETURN [n29.id]
},
COLLECT {
  MATCH (n30:Agreement) WHERE n30.id=$c.p1
  RETURN [n30.id]
},
COLLECT {
  MATCH (n31:Service) WHERE n31.id=$c.p1
  RETURN [n31.id]
},
COLLECT {
  MATCH (n32:Source) WHERE n32.id=$c.p1
  RETURN [n32.id]
}],revision
