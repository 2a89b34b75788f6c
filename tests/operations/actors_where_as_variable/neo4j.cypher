MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Actor) WHERE (NOT n1.name_fold CONTAINS $c.p0) AND n1.kind IN $c.p1
},
COLLECT {
  MATCH (n2:Actor) WHERE (NOT n2.name_fold CONTAINS $c.p0) AND n2.kind IN $c.p1 AND n2.name_key IS NOT NULL AND n2.id IS NOT NULL
  WITH n2
  ORDER BY n2.name_key DESC,n2.id DESC LIMIT $n0
  RETURN [n2.name,n2.kind]
}],revision
