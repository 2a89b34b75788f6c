MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [n1.kind,n1.name,
  COUNT {
    MATCH (n1)-[t3:COLLABORATION]-(x2) WHERE t3.kind=$c.p1
  },
  COLLECT {
    MATCH (n1)-[t5:COLLABORATION]-(n4) WHERE t5.kind=$c.p1
    WITH t5,n4
    ORDER BY n4.name_key,n4.id,t5.id LIMIT $n0
    RETURN [n4.slug]
  },
  COUNT {
    MATCH (n1)-[t8:COLLABORATION]-(x7) WHERE t8.kind=$c.p2
  },
  COLLECT {
    MATCH (n1)-[t10:COLLABORATION]-(n9) WHERE t10.kind=$c.p2
    WITH t10,n9
    ORDER BY n9.name_key,n9.id,t10.id LIMIT $n1
    RETURN [n9.slug]
  }]
},
COLLECT {
  MATCH (n12:Actor) WHERE n12.id=$c.p3
  RETURN [coalesce(n12.name_en,n12.name),coalesce(n12.description_en,n12.description)]
}],revision
