MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (w4:Actor)-[n1:COLLABORATION]-() WHERE w4.slug=$c.p0
  WITH *,startNode(n1) AS a2,endNode(n1) AS a3 WHERE (coalesce(a2.slug=$c.p1,false) OR coalesce(a3.slug=$c.p1,false)) AND n1.since_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.since_key,n1.id LIMIT $n1
  RETURN [n1.kind,n1.since,n1.evidence,
  COUNT {
    MATCH (x5:Source) WHERE x5.id IN n1.sources
  },
  COLLECT {
    MATCH (n7:Source) WHERE n7.id IN n1.sources
    WITH n7
    ORDER BY n7.title_key,n7.id LIMIT $n0
    RETURN [n7.title,n7.publisher,n7.url,n7.accessed]
  }]
}],revision
