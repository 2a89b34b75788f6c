MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (a2)-[n1:AFFILIATION]->(a3) WHERE n1.kind=$c.p0 AND a3:Actor AND a3.slug=$c.p1 AND n1.id IS NOT NULL
},
COLLECT {
  MATCH (a5)-[n4:AFFILIATION]->(a6) WHERE n4.kind=$c.p0 AND a6:Actor AND a6.slug=$c.p1
  WITH a5,n4
  ORDER BY a5.name_key,n4.id LIMIT $n0
  RETURN [a5.name]
},
COUNT {
  MATCH (a9)-[n8:AFFILIATION]->(a10) WHERE a9:Actor AND a9.slug=$c.p2 AND n8.kind=$c.p3 AND n8.id IS NOT NULL
},
COLLECT {
  MATCH (a12)-[n11:AFFILIATION]->(a13) WHERE a12:Actor AND a12.slug=$c.p2 AND n11.kind=$c.p3 AND n11.id IS NOT NULL
  WITH n11,a13
  ORDER BY n11.kind DESC,n11.id DESC LIMIT $n1
  RETURN [a13.name,n11.role]
},
COUNT {
  MATCH (w18:Actor)-[n15:AFFILIATION]-() WHERE w18.slug=$c.p1
  WITH *,startNode(n15) AS a16,endNode(n15) AS a17
  RETURN n15
}],revision
