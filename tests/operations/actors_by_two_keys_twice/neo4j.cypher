MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.founded_in_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.founded_in_key,n1.name_key DESC,n1.id DESC LIMIT $n0
  RETURN [n1.name,n1.founded_in]
},
COLLECT {
  MATCH (n3:Actor) WHERE n3.founded_in_key IS NOT NULL AND n3.id IS NOT NULL
  WITH n3
  ORDER BY n3.founded_in_key DESC,n3.id DESC LIMIT $n1
  RETURN [n3.name,n3.founded_in]
}],revision
