MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (a6)-[n1:COLLABORATION]->(a7) WHERE n1.kind=$c.p0
  WITH toInteger(left(n1.since_first,4)) AS year,count(*) AS count
  RETURN [year,count]
  ORDER BY year
}],revision
