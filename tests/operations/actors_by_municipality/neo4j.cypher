MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor)
  OPTIONAL MATCH (o2:Actor {id:n1.municipality})
  WITH n1,o2
  ORDER BY coalesce(o2.name_key,'􏿿'),n1.name_key,n1.id LIMIT $n0
  OPTIONAL MATCH (x3:Actor {id:n1.municipality})
  RETURN [n1.name,x3.id,x3.place_name]
  ORDER BY coalesce(o2.name_key,'􏿿'),n1.name_key,n1.id
},
COLLECT {
  MATCH (n5:Actor)
  OPTIONAL MATCH (o6:Actor {id:n5.municipality})
  WITH n5,o6
  ORDER BY coalesce(o6.name_key,'􏿿') DESC,n5.id DESC LIMIT $n1
  OPTIONAL MATCH (x7:Actor {id:n5.municipality})
  RETURN [n5.name,x7.id,x7.place_name]
  ORDER BY coalesce(o6.name_key,'􏿿') DESC,n5.id DESC
}],revision
