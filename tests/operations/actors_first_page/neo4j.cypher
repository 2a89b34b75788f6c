MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Actor)
},
COLLECT {
  MATCH (n2:Actor) WHERE n2.name_key IS NOT NULL AND n2.id IS NOT NULL
  WITH n2
  ORDER BY n2.name_key,n2.id LIMIT $n0
  RETURN [n2.name,n2.name_key,n2.id]
}],revision
