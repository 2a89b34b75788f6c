MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Actor) WHERE (EXISTS {
    MATCH (n1)-[t2:COLLABORATION]-(x3) WHERE x3.helix=$c.p0 AND t2.since_last<$c.p1
  } OR EXISTS {
    MATCH (n1)-[t4:AFFILIATION]->(x5) WHERE t4.kind='MEMBER' AND x5.helix=$c.p2 AND t4.since_last<$c.p3
  } OR EXISTS {
    MATCH (n1)-[t6:AFFILIATION]->(x7) WHERE t6.kind='OWNER' AND x7.helix=$c.p2 AND t6.since_last<$c.p3
  } OR EXISTS {
    MATCH (n1)<-[t8:AFFILIATION]-(x9) WHERE t8.kind='OWNER' AND x9.helix=$c.p2 AND t8.since_last<$c.p3
  } OR EXISTS {
    MATCH (n1)-[t10:AFFILIATION]->(x11) WHERE t10.kind='FUNDER' AND x11.helix=$c.p2 AND t10.since_last<$c.p3
  }) AND n1.kind=$c.p4 AND n1.name_key IS NOT NULL AND n1.id IS NOT NULL
},
COLLECT {
  MATCH (n12:Actor) WHERE (EXISTS {
    MATCH (n12)-[t13:COLLABORATION]-(x14) WHERE x14.helix=$c.p0 AND t13.since_last<$c.p1
  } OR EXISTS {
    MATCH (n12)-[t15:AFFILIATION]->(x16) WHERE t15.kind='MEMBER' AND x16.helix=$c.p2 AND t15.since_last<$c.p3
  } OR EXISTS {
    MATCH (n12)-[t17:AFFILIATION]->(x18) WHERE t17.kind='OWNER' AND x18.helix=$c.p2 AND t17.since_last<$c.p3
  } OR EXISTS {
    MATCH (n12)<-[t19:AFFILIATION]-(x20) WHERE t19.kind='OWNER' AND x20.helix=$c.p2 AND t19.since_last<$c.p3
  } OR EXISTS {
    MATCH (n12)-[t21:AFFILIATION]->(x22) WHERE t21.kind='FUNDER' AND x22.helix=$c.p2 AND t21.since_last<$c.p3
  }) AND n12.kind=$c.p4 AND n12.name_key IS NOT NULL AND n12.id IS NOT NULL
  WITH n12
  ORDER BY n12.kind,n12.name_key,n12.id LIMIT $n2
  RETURN [n12.name,
  COLLECT {
    MATCH (n12)-[t24:COLLABORATION]-(n23) WHERE n23.helix=$c.p0 AND t24.since_last<$c.p1
    WITH t24,n23
    ORDER BY n23.name_key,n23.id,t24.id LIMIT $n0
    RETURN [t24.since,t24.kind,n23.name]
  },
  COLLECT {
    MATCH (n12)-[t27:AFFILIATION]->(n26) WHERE t27.kind='MEMBER' AND n26.helix=$c.p2 AND t27.since_last<$c.p3
    WITH t27,n26
    ORDER BY n26.name_key,n26.id,t27.id LIMIT $n1
    RETURN [t27.since,n26.name]
  }]
}],revision
