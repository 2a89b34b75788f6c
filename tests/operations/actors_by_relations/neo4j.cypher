MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE (n1.initiative_count>=$c.p0 AND COUNT {
    MATCH (n1)-[t3:PARTICIPATION]->(x2) WHERE t3.role=$c.p1
  }>=$c.p0) AND n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n0
  RETURN [n1.name]
},
COLLECT {
  MATCH (n5:Actor) WHERE n5.kind=$c.p2 AND COUNT {
    MATCH (n5)<-[t7:AFFILIATION]-(x6) WHERE t7.kind='MEMBER'
  }>$c.p3 AND (NOT EXISTS {
    MATCH (n5)<-[t8:AFFILIATION]-(x9) WHERE t8.kind='MEMBER' AND NOT coalesce(x9.helix=$c.p4,false)
  }) AND n5.name_key IS NOT NULL AND n5.id IS NOT NULL
  WITH n5
  ORDER BY n5.kind,n5.name_key,n5.id LIMIT $n2
  RETURN [n5.name,
  COLLECT {
    MATCH (n5)<-[t11:AFFILIATION]-(n10) WHERE t11.kind='MEMBER'
    WITH t11,n10
    ORDER BY n10.name_key,n10.id,t11.id LIMIT $n1
    RETURN [n10.helix]
  }]
},
COLLECT {
  MATCH (n14:Actor) WHERE (NOT EXISTS {
    MATCH (n14)-[t15:COLLABORATION]-(x16)
  }) AND n14.kind=$c.p5 AND n14.name_key IS NOT NULL AND n14.id IS NOT NULL
  WITH n14
  ORDER BY n14.kind,n14.name_key,n14.id LIMIT $n3
  RETURN [n14.name]
}],revision
