MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (a6)-[n1:COLLABORATION]->(a7) WHERE (coalesce(EXISTS {
    MATCH (w8:Actor {id:a6.municipality}) WHERE w8.slug=$c.p0
  },false) OR coalesce(EXISTS {
    MATCH (w9:Actor {id:a7.municipality}) WHERE w9.slug=$c.p0
  },false))
  WITH CASE WHEN a6.municipality IS NOT NULL AND a7.municipality IS NOT NULL THEN CASE WHEN a6.municipality>a7.municipality THEN reverse([a6.municipality,a7.municipality]) ELSE [a6.municipality,a7.municipality] END END AS ids,count(*) AS count
  OPTIONAL MATCH (m2:Actor {id:ids[0]})
  OPTIONAL MATCH (m3:Actor {id:ids[1]})
  WITH *,CASE WHEN (m2.name_key>m3.name_key OR (m2.name_key=m3.name_key AND m2.id>m3.id)) THEN m3 ELSE m2 END AS m4,CASE WHEN (m2.name_key>m3.name_key OR (m2.name_key=m3.name_key AND m2.id>m3.id)) THEN m2 ELSE m3 END AS m5
  RETURN [m4.place_name,m5.place_name,m4.id,count]
  ORDER BY m4.name_key,m4.id,m5.name_key,m5.id
}],revision
