MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.kind IN $c.p0
  WITH n1
  ORDER BY coalesce($c.p1[n1.id],9223372036854775807) DESC,n1.id DESC LIMIT $n0
  RETURN [n1.name,$c.p1[n1.id],$c.p2[n1.id],$c.p3[n1.id]]
}],revision
