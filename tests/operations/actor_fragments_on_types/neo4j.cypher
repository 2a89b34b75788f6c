MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [n1.kind,n1.name,n1.helix,n1.code,n1.population,n1.population_on,n1.place_name,n1.town,n1.in_region,n1.founded_in,n1.website,n1.region_wide,n1.industries,n1.employees,n1.organisation_number]
},
COLLECT {
  MATCH (n3:Actor) WHERE n3.slug=$c.p1
  RETURN [n3.kind,n3.name,n3.helix,n3.code,n3.population,n3.population_on,n3.place_name,n3.town,n3.in_region,n3.founded_in,n3.website,n3.region_wide,n3.industries,n3.employees,n3.organisation_number]
},
COLLECT {
  MATCH (n5:Actor) WHERE n5.slug=$c.p2
  RETURN [n5.kind,n5.name,n5.helix,n5.code,n5.population,n5.population_on,n5.place_name,n5.town,n5.in_region,n5.founded_in,n5.website,n5.region_wide,n5.industries,n5.employees,n5.organisation_number]
}],revision
