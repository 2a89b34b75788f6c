MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id,n1.code,coalesce(n1.name_en,n1.name),
  COLLECT {
    MATCH (n2:Actor) WHERE n2.municipality=n1.id AND n2.name_key IS NOT NULL AND n2.id IS NOT NULL
    WITH n2
    ORDER BY n2.municipality,n2.name_key,n2.id LIMIT $n0
    RETURN [n2.name]
  }]
},
COLLECT {
  UNWIND $c.p1 AS id
  MATCH (n5:Challenge) WHERE n5.id=id
  RETURN [n5.id,n5.slug]
}],revision
