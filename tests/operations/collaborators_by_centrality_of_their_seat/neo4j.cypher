MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [
  COLLECT {
    MATCH (n1)-[t3:COLLABORATION]-(n2)
    OPTIONAL MATCH (o4:Actor {id:n2.municipality})
    WITH t3,n2,o4
    ORDER BY coalesce($c.p1[o4.id],9223372036854775807),t3.strength DESC,n2.id DESC,t3.id DESC LIMIT $n0
    OPTIONAL MATCH (x5:Actor {id:n2.municipality})
    RETURN [t3.strength,n2.name,x5.id,$c.p1[x5.id],coalesce($c.p1[o4.id],9223372036854775807),n2.id,t3.id]
    ORDER BY coalesce($c.p1[o4.id],9223372036854775807),t3.strength DESC,n2.id DESC,t3.id DESC
  }]
}],revision
