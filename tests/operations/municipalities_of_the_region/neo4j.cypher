MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Actor) WHERE n1.in_region=$c.p0
},
COLLECT {
  MATCH (n2:Actor) WHERE n2.in_region=$c.p0 AND n2.population_key IS NOT NULL AND n2.id IS NOT NULL
  WITH n2
  ORDER BY n2.population_key DESC,n2.id DESC LIMIT $n0
  RETURN [n2.place_name,n2.code,n2.population,n2.town,
  COUNT {
    MATCH (x3:Actor) WHERE x3.municipality=n2.id
  }]
}],revision
