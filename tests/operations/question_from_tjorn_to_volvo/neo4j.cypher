MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id,n1.slug,n1.name]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (a3)-[n2:AFFILIATION]->(a4) WHERE n2.id=id
  RETURN [n2.id,n2.kind,a4.name]
},
COLLECT {
  UNWIND $c.p2 AS id
  MATCH (a6)-[n5:COLLABORATION]->(a7) WHERE n5.id=id
  RETURN [n5.id,n5.evidence,n5.since]
},
COLLECT {
  UNWIND $c.p3 AS id
  MATCH (n8:Initiative) WHERE n8.id=id
  RETURN [n8.id,n8.name]
}],revision
