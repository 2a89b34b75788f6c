MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (w4:Actor)-[n1:COLLABORATION]-() WHERE w4.slug=$c.p0
  WITH *,startNode(n1) AS a2,endNode(n1) AS a3 WHERE (n1.since_first>$c.p2 OR (n1.since_first>=$c.p1 AND n1.since_last<=$c.p2))
  RETURN n1
},
COLLECT {
  MATCH (w8:Actor)-[n5:COLLABORATION]-() WHERE w8.slug=$c.p0
  WITH *,startNode(n5) AS a6,endNode(n5) AS a7 WHERE (n5.since_first>$c.p2 OR (n5.since_first>=$c.p1 AND n5.since_last<=$c.p2)) AND n5.since_key IS NOT NULL AND n5.id IS NOT NULL
  WITH n5,a6,a7
  ORDER BY n5.since_key,n5.id LIMIT $n1
  OPTIONAL MATCH (x9:Initiative {id:n5.initiative})
  RETURN [n5.id,n5.kind,n5.since,n5.evidence,a6.name,a7.name,x9.id,x9.name,
  COLLECT {
    MATCH (n10:Source) WHERE n10.id IN n5.sources
    WITH n10
    ORDER BY n10.title_key,n10.id LIMIT $n0
    RETURN [n10.title]
  }]
  ORDER BY n5.since_key,n5.id
}],revision
