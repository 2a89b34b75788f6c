MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Challenge) WHERE n1.initiative_count IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.initiative_count DESC,n1.id DESC LIMIT $n2
  RETURN [coalesce(n1.name_en,n1.name),n1.initiative_count,
  COUNT {
    MATCH (n1)<-[:INITIATIVE_CHALLENGE]-()<-[t3:PARTICIPATION]-(x2)
    WITH DISTINCT x2
    RETURN x2
  },
  COLLECT {
    MATCH (n1)<-[:INITIATIVE_CHALLENGE]-()<-[t5:PARTICIPATION]-(n4)
    WITH DISTINCT n4
    ORDER BY n4.name_key,n4.id LIMIT $n0
    RETURN [n4.name]
  },
  COLLECT {
    MATCH (n1)-[t8:CHALLENGE_SOURCE]->(n7)
    WITH n7
    ORDER BY n7.title_key,n7.id LIMIT $n1
    RETURN [n7.title]
  }]
}],revision
