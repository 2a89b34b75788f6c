MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Challenge) WHERE n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n0
  RETURN [n1.slug]
},
COLLECT {
  MATCH (n3:Challenge) WHERE n3.name_key IS NOT NULL AND n3.id IS NOT NULL
  WITH n3
  ORDER BY n3.name_key DESC,n3.id DESC LIMIT $n1
  RETURN [n3.slug]
}],revision
