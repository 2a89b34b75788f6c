MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.kind IN $c.p0
  WITH n1.municipality AS id,n1.helix AS helix,count(*) AS count
  OPTIONAL MATCH (m2:Actor {id:id})
  RETURN [m2.id,m2.place_name,helix,count]
  ORDER BY m2.name_key,m2.id,helix
}],revision
