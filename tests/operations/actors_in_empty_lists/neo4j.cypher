MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Actor) WHERE n1.kind IN $c.p0
},
COUNT {
  MATCH (n2:Actor) WHERE (NOT n2.kind IN $c.p0)
},
COUNT {
  MATCH (n3:Actor) WHERE CASE WHEN n3.website IS NOT NULL THEN (NOT n3.website IN $c.p0) END
}],revision
