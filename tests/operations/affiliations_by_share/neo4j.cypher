MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (a2)-[n1:AFFILIATION]->(a3) WHERE n1.kind=$c.p0 AND ((n1.share IS NULL)=$c.p1) AND n1.id IS NOT NULL
},
COLLECT {
  MATCH (a5)-[n4:AFFILIATION]->(a6) WHERE n4.kind=$c.p0 AND ((n4.share IS NULL)=$c.p1) AND n4.share_key IS NOT NULL AND n4.id IS NOT NULL
  WITH a5,n4,a6
  ORDER BY n4.share_key DESC,n4.id DESC LIMIT $n0
  RETURN [n4.share,a5.name,a6.name,n4.since]
}],revision
