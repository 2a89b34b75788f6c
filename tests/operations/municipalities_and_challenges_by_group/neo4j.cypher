MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.in_region=$c.p0 AND n1.collaborator_count IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.collaborator_count DESC,n1.id DESC LIMIT $n0
  RETURN [n1.name,
  COLLECT {
    MATCH (n2:Actor) WHERE n2.municipality=n1.id AND n2.region_wide=$c.p1
    WITH n2.kind AS g5,n2.helix AS g6,count(*) AS g8
    RETURN [g5,g6,g8]
    ORDER BY g5,g6
  }]
},
COLLECT {
  MATCH (n12:Challenge) WHERE n12.name_key IS NOT NULL AND n12.id IS NOT NULL
  WITH n12
  ORDER BY n12.name_key,n12.id LIMIT $n1
  RETURN [n12.name,
  COUNT {
    MATCH (n12)<-[:INITIATIVE_CHALLENGE]-()<-[t14:PARTICIPATION]-(x13)
    WITH DISTINCT x13
    RETURN x13
  },
  COLLECT {
    MATCH (n12)<-[:INITIATIVE_CHALLENGE]-()<-[t17:PARTICIPATION]-(n15)
    WITH DISTINCT n15
    WITH n15.helix AS g19,count(*) AS g21
    RETURN [g19,g21]
    ORDER BY g19
  }]
}],revision
