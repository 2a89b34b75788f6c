MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1)<-[t2:ACTOR_NEED]-(x3)
  WITH DISTINCT n1
  MATCH (n1:Competence)
  RETURN n1
},
COLLECT {
  MATCH (n4:Competence) WHERE EXISTS {
    MATCH (n4)<-[t5:ACTOR_NEED]-(x6)
  } AND n4.name_key IS NOT NULL AND n4.id IS NOT NULL
  WITH n4
  ORDER BY n4.name_key DESC,n4.id DESC LIMIT $n0
  RETURN [n4.name]
}],revision
