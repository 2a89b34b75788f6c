MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Competence) WHERE n1.actor_count IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.actor_count DESC,n1.id DESC LIMIT $n1
  RETURN [n1.name,n1.actor_count,
  COUNT {
    MATCH (n1)<-[t3:ACTOR_NEED]-(x2)
  },
  COLLECT {
    MATCH (n1)<-[t5:ACTOR_NEED]-(n4)
    WITH n4
    ORDER BY n4.name_key,n4.id LIMIT $n0
    RETURN [n4.name]
  },
  COUNT {
    MATCH (n1)<-[t8:INITIATIVE_COMPETENCE]-(x7)
  }]
}],revision
