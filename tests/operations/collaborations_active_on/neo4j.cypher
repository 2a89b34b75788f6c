MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (a2)-[n1:COLLABORATION]->(a3) WHERE (coalesce(n1.since_first,'')<=$c.p1 AND coalesce(n1.until_last,'9999-12-31')>=$c.p0) AND ((n1.since IS NULL)=$c.p2)
},
COUNT {
  MATCH (a5)-[n4:COLLABORATION]->(a6) WHERE (n4.since_first>=$c.p3 AND n4.since_last<=$c.p4)
},
COLLECT {
  MATCH (a8)-[n7:COLLABORATION]->(a9) WHERE (n7.since_first>=$c.p3 AND n7.since_last<=$c.p4) AND n7.id IS NOT NULL
  WITH n7
  ORDER BY n7.id LIMIT $n0
  RETURN [n7.since]
},
COUNT {
  MATCH (a12)-[n11:COLLABORATION]->(a13) WHERE ((n11.until IS NULL)=$c.p2)
},
COLLECT {
  MATCH (a15)-[n14:COLLABORATION]->(a16) WHERE ((n14.until IS NULL)=$c.p2) AND n14.id IS NOT NULL
  WITH n14
  ORDER BY n14.id LIMIT $n1
  RETURN [n14.since,n14.until]
}],revision
