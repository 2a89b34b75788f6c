MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1)-[t2:AGREEMENT_PARTY]->(x3) WHERE x3:Actor AND x3.slug=$c.p0
  WITH DISTINCT n1
  MATCH (n1:Agreement) WHERE EXISTS {
    MATCH (n1)-[t4:AGREEMENT_PARTY]->(x5) WHERE x5.slug=$c.p1
  }
  RETURN n1
},
COLLECT {
  MATCH (n6:Agreement) WHERE EXISTS {
    MATCH (n6)-[t7:AGREEMENT_PARTY]->(x8) WHERE x8.slug=$c.p0
  } AND EXISTS {
    MATCH (n6)-[t9:AGREEMENT_PARTY]->(x10) WHERE x10.slug=$c.p1
  } AND n6.name_key IS NOT NULL AND n6.id IS NOT NULL
  WITH n6
  ORDER BY n6.name_key,n6.id LIMIT $n2
  RETURN [n6.name,n6.signed,n6.document,n6.areas,
  COLLECT {
    MATCH (n6)-[t12:AGREEMENT_PARTY]->(n11)
    WITH n11
    ORDER BY n11.name_key,n11.id LIMIT $n0
    RETURN [n11.name]
  },
  COLLECT {
    MATCH (n6)-[t15:AGREEMENT_SOURCE]->(n14)
    WITH n14
    ORDER BY n14.title_key,n14.id LIMIT $n1
    RETURN [n14.title,n14.url]
  }]
}],revision
