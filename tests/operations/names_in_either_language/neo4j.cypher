MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Agreement) WHERE n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n0
  RETURN [n1.name,coalesce(n1.name_en,n1.name)]
},
COLLECT {
  MATCH (n3:Initiative) WHERE n3.name_key IS NOT NULL AND n3.id IS NOT NULL
  WITH n3
  ORDER BY n3.name_key,n3.id LIMIT $n1
  RETURN [n3.name,coalesce(n3.name_en,n3.name),n3.description,coalesce(n3.description_en,n3.description)]
},
COLLECT {
  MATCH (n5:Challenge) WHERE n5.name_key IS NOT NULL AND n5.id IS NOT NULL
  WITH n5
  ORDER BY n5.name_key,n5.id LIMIT $n2 CALL (*) {
    MATCH (n5)<-[:INITIATIVE_CHALLENGE]-()<-[t8:PARTICIPATION]-(n6) WHERE n6.helix=$c.p0
    WITH DISTINCT n6
    WITH n6.kind AS g9,count(*) AS g12
    WITH *
    ORDER BY g9
    RETURN collect([g9,g12]) AS g15
  }
  RETURN [n5.slug,g15]
  ORDER BY n5.name_key,n5.id
}],revision
