MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.in_region=$c.p0 AND n1.collaborator_count IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.collaborator_count DESC,n1.id DESC LIMIT $n0 CALL (*) {
    MATCH (n2:Actor) WHERE n2.municipality=n1.id AND n2.region_wide=$c.p1
    WITH n2.kind AS g5,n2.helix AS g6,count(*) AS g8
    WITH *
    ORDER BY g5,g6
    RETURN collect([g5,g6,g8]) AS g11
  }
  RETURN [n1.name,g11]
  ORDER BY n1.collaborator_count DESC,n1.id DESC
},
COLLECT {
  MATCH (n13:Challenge) WHERE n13.name_key IS NOT NULL AND n13.id IS NOT NULL
  WITH n13
  ORDER BY n13.name_key,n13.id LIMIT $n1 CALL (*) {
    MATCH (n13)<-[:INITIATIVE_CHALLENGE]-()<-[t18:PARTICIPATION]-(n16)
    WITH DISTINCT n16
    WITH n16.helix AS g20,count(*) AS g22
    WITH *
    ORDER BY g20
    RETURN collect([g20,g22]) AS g25
  }
  RETURN [n13.name,
  COUNT {
    MATCH (n13)<-[:INITIATIVE_CHALLENGE]-()<-[t15:PARTICIPATION]-(x14)
    WITH DISTINCT x14
    RETURN x14
  },g25]
  ORDER BY n13.name_key,n13.id
}],revision
