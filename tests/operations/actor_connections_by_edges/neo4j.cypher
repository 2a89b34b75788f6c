MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [n1.region_wide,
  COLLECT {
    MATCH (n1)-[t3:ACTOR_COMPETENCE]->(n2)
    WITH n2
    ORDER BY n2.name_key,n2.id LIMIT $n0
    RETURN [n2.name_key,n2.id]
  },
  COLLECT {
    MATCH (n1)-[t6:AFFILIATION]->(n5) WHERE t6.kind='MEMBER'
    WITH t6,n5
    ORDER BY n5.name_key,n5.id,t6.id LIMIT $n1
    RETURN [n5.name_key,n5.id,t6.id]
  },
  COLLECT {
    MATCH (n1)-[t9:PARTICIPATION]->(n8)
    WITH t9,n8
    ORDER BY n8.name_key,n8.id,t9.id LIMIT $n2
    RETURN [n8.name_key,n8.id,t9.id,t9.until,
    COUNT {
      MATCH (x10:Change) WHERE x10.node_id=t9.id
    }]
  }]
},
COLLECT {
  MATCH (n13:Initiative) WHERE n13.participant_count>=$c.p1 AND n13.name_key IS NOT NULL AND n13.id IS NOT NULL
  WITH n13
  ORDER BY n13.name_key,n13.id LIMIT $n4
  RETURN [
  COLLECT {
    MATCH (n13)<-[t15:PARTICIPATION]-(n14)
    WITH t15,n14
    ORDER BY n14.name_key,n14.id,t15.id LIMIT $n3
    RETURN [n14.name_key,n14.id,t15.id]
  }]
}],revision
