MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.in_region=$c.p0 AND n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n0
  RETURN [n1.name_key,n1.id,n1.slug,n1.region_wide]
},
COLLECT {
  MATCH (n3:Initiative) WHERE n3.name_key IS NOT NULL AND n3.id IS NOT NULL
  WITH n3
  ORDER BY n3.name_key,n3.id LIMIT $n1
  RETURN [n3.name_key,n3.id,n3.slug,n3.description,
  COUNT {
    MATCH (x4:Change) WHERE x4.node_id=n3.id
  }]
},
COLLECT {
  MATCH (n7:Challenge) WHERE n7.name_key IS NOT NULL AND n7.id IS NOT NULL
  WITH n7
  ORDER BY n7.name_key,n7.id LIMIT $n2
  RETURN [n7.name_key,n7.id,n7.slug,
  COUNT {
    MATCH (x8:Change) WHERE x8.node_id=n7.id
  }]
},
COLLECT {
  MATCH (n11:Competence) WHERE n11.name_key IS NOT NULL AND n11.id IS NOT NULL
  WITH n11
  ORDER BY n11.name_key,n11.id LIMIT $n3
  RETURN [n11.name_key,n11.id,n11.slug,
  COUNT {
    MATCH (x12:Change) WHERE x12.node_id=n11.id
  }]
},
COLLECT {
  MATCH (n15:Agreement) WHERE n15.name_key IS NOT NULL AND n15.id IS NOT NULL
  WITH n15
  ORDER BY n15.name_key,n15.id LIMIT $n4
  RETURN [n15.name_key,n15.id,n15.slug,
  COUNT {
    MATCH (x16:Change) WHERE x16.node_id=n15.id
  }]
},
COLLECT {
  MATCH (n19:Service) WHERE n19.name_key IS NOT NULL AND n19.id IS NOT NULL
  WITH n19
  ORDER BY n19.name_key,n19.id LIMIT $n5
  RETURN [n19.name_key,n19.id,n19.slug,
  COUNT {
    MATCH (n19)-[t21:SERVICE_SOURCE]->(x20)
  },
  COUNT {
    MATCH (x22:Change) WHERE x22.node_id=n19.id
  }]
},
COLLECT {
  MATCH (n25:Source) WHERE n25.title_key IS NOT NULL AND n25.id IS NOT NULL
  WITH n25
  ORDER BY n25.title_key,n25.id LIMIT $n6
  RETURN [n25.title_key,n25.id,n25.slug,
  COUNT {
    MATCH (x26:Change) WHERE x26.node_id=n25.id
  }]
},
COLLECT {
  MATCH (a30)-[n29:AFFILIATION]->(a31) WHERE n29.id IS NOT NULL
  WITH n29
  ORDER BY n29.id LIMIT $n7
  RETURN [n29.id,
  COUNT {
    MATCH (x32:Change) WHERE x32.node_id=n29.id
  }]
},
COLLECT {
  MATCH (a36)-[n35:COLLABORATION]->(a37) WHERE n35.id IS NOT NULL
  WITH n35
  ORDER BY n35.id LIMIT $n8
  RETURN [n35.id,
  COUNT {
    MATCH (x38:Change) WHERE x38.node_id=n35.id
  }]
}],revision
