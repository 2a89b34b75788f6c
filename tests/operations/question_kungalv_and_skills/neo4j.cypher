MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1)-[t2:PARTICIPATION]->(x3) WHERE coalesce(EXISTS {
    MATCH (x3)-[t4:INITIATIVE_CHALLENGE]->(x5) WHERE x5.slug=$c.p0
  },false)
  WITH DISTINCT n1
  MATCH (n1:Actor),(n1)-[:ACTOR_MUNICIPALITY]->(w6:Actor) WHERE w6.slug=$c.p1
  RETURN n1
},
COLLECT {
  MATCH (n7:Actor),(n7)-[:ACTOR_MUNICIPALITY]->(w12:Actor) WHERE EXISTS {
    MATCH (n7)-[t8:PARTICIPATION]->(x9) WHERE coalesce(EXISTS {
      MATCH (x9)-[t10:INITIATIVE_CHALLENGE]->(x11) WHERE x11.slug=$c.p0
    },false)
  } AND w12.slug=$c.p1 AND n7.name_key IS NOT NULL AND n7.id IS NOT NULL
  WITH n7
  ORDER BY n7.name_key,n7.id LIMIT $n2
  RETURN [n7.name,n7.kind,
  COLLECT {
    MATCH (n7)-[t14:PARTICIPATION]->(n13) WHERE coalesce(EXISTS {
      MATCH (n13)-[t15:INITIATIVE_CHALLENGE]->(x16) WHERE x16.slug=$c.p0
    },false)
    WITH t14,n13
    ORDER BY n13.name_key,n13.id,t14.id LIMIT $n1
    RETURN [t14.role,n13.name,
    COLLECT {
      MATCH (n17:Source) WHERE n17.id IN t14.sources
      WITH n17
      ORDER BY n17.title_key,n17.id LIMIT $n0
      RETURN [n17.title,n17.url]
    }]
  }]
}],revision
