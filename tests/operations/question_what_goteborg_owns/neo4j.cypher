MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0 AND n1.kind=$c.p1
  RETURN [n1.name,
  COUNT {
    MATCH (n1)-[t3:AFFILIATION]->(x2) WHERE t3.kind='OWNER'
  },
  COLLECT {
    MATCH (n1)-[t5:AFFILIATION]->(n4) WHERE t5.kind='OWNER'
    WITH t5,n4
    ORDER BY n4.name_key,n4.id,t5.id LIMIT $n1
    RETURN [t5.share,t5.since,t5.until,n4.name,t5.evidence,
    COLLECT {
      MATCH (n6:Source) WHERE n6.id IN t5.sources
      WITH n6
      ORDER BY n6.title_key,n6.id LIMIT $n0
      RETURN [n6.title,n6.publisher,n6.url]
    }]
  },
  COLLECT {
    MATCH (n1)-[t11:AFFILIATION]->(n10) WHERE t11.kind='OWNER' AND n10.slug=$c.p2
    WITH t11,n10
    ORDER BY n10.name_key,n10.id,t11.id LIMIT $n3
    RETURN [n10.name,
    COUNT {
      MATCH (n10)-[t13:AFFILIATION]->(x12) WHERE t13.kind='OWNER'
    },
    COLLECT {
      MATCH (n10)-[t15:AFFILIATION]->(n14) WHERE t15.kind='OWNER'
      WITH t15,n14
      ORDER BY n14.name_key,n14.id,t15.id LIMIT $n2
      RETURN [n14.name]
    }]
  }]
}],revision
