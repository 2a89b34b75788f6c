MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (a2)-[n1:COLLABORATION]->(a3) WHERE n1.since_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.since_key DESC,n1.id DESC LIMIT $n0
  RETURN [n1.id,n1.since]
}],revision
