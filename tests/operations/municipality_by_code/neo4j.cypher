MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.code=$c.p0 AND n1.kind=$c.p1
  OPTIONAL MATCH (x2:Actor {id:n1.municipality})
  RETURN [n1.name,n1.town,n1.longitude,n1.latitude,x2.id,x2.slug,
  COUNT {
    MATCH (x3:Actor) WHERE x3.municipality=n1.id
  },
  COLLECT {
    MATCH (n5:Actor) WHERE n5.municipality=n1.id AND n5.name_key IS NOT NULL AND n5.id IS NOT NULL
    WITH n5
    ORDER BY n5.municipality,n5.name_key,n5.id LIMIT $n0
    RETURN [n5.name,n5.kind]
  }]
},
COLLECT {
  MATCH (n8:Actor) WHERE n8.slug=$c.p2 AND n8.kind=$c.p1
  RETURN [n8.place_name,n8.code,
  COLLECT {
    MATCH (n9:Actor) WHERE n9.municipality=n8.id
    WITH n9
    ORDER BY n9.founded_in_key,n9.id LIMIT $n1
    RETURN [n9.name,n9.founded_in]
  }]
},
COLLECT {
  MATCH (n12:Actor) WHERE n12.code=$c.p3 AND n12.kind=$c.p1
  RETURN [n12.name]
}],revision
