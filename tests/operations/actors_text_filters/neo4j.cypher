MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.name_fold CONTAINS $c.p0 AND n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n0
  RETURN [n1.name]
},
COLLECT {
  MATCH (n3:Actor) WHERE n3.name_fold STARTS WITH $c.p1 AND n3.name_key IS NOT NULL AND n3.id IS NOT NULL
  WITH n3
  ORDER BY n3.name_key,n3.id LIMIT $n1
  RETURN [n3.name]
},
COUNT {
  MATCH (n5:Actor) WHERE n5.name_fold ENDS WITH $c.p2
},
COLLECT {
  MATCH (n6:Actor) WHERE n6.name_fold ENDS WITH $c.p2 AND n6.name_key IS NOT NULL AND n6.id IS NOT NULL
  WITH n6
  ORDER BY n6.name_key,n6.id LIMIT $n2
  RETURN [n6.name]
},
COUNT {
  MATCH (n8:Actor) WHERE n8.name=$c.p3
},
COUNT {
  MATCH (n9:Actor) WHERE n9.name=$c.p4
}],revision
