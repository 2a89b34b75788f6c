MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.population>$c.p0 AND n1.population_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.population_key DESC,n1.id DESC LIMIT $n0
  RETURN [n1.slug,n1.population,n1.kind]
},
COUNT {
  MATCH (n4:Actor) WHERE n4.in_region=$c.p1
},
COLLECT {
  MATCH (n5:Actor) WHERE n5.in_region=$c.p1 AND n5.name_key IS NOT NULL AND n5.id IS NOT NULL
  WITH n5
  ORDER BY n5.name_key,n5.id LIMIT $n1
  RETURN [n5.name]
}],revision
