MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Initiative) WHERE n1.start_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.start_key DESC,n1.id DESC LIMIT $n0
  RETURN [n1.name,n1.start]
}],revision
