MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Initiative) WHERE n1.slug=$c.p0
  OPTIONAL MATCH (x2:Actor {id:n1.lead})
  RETURN [n1.name,n1.start,n1.end,x2.id,x2.slug,x2.name,
  COLLECT {
    MATCH (n1)-[t4:INITIATIVE_CHALLENGE]->(n3)
    WITH n3
    ORDER BY n3.name_key,n3.id LIMIT $n0
    RETURN [n3.name]
  },n1.participant_count,
  COLLECT {
    MATCH (n1)<-[t7:PARTICIPATION]-(n6)
    WITH t7,n6
    ORDER BY t7.role,n6.name_key,n6.id,t7.id LIMIT $n1
    RETURN [t7.role,n6.name,t7.id,t7.since]
  },
  COLLECT {
    MATCH (n1)-[t10:INITIATIVE_SOURCE]->(n9)
    WITH n9
    ORDER BY n9.title_key,n9.id LIMIT $n2
    RETURN [n9.title,n9.url]
  }]
}],revision
