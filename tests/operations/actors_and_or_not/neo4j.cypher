MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Actor)
},
COUNT {
  MATCH (n2:Actor) WHERE (false)
},
COUNT {
  MATCH (n3:Actor) WHERE n3.founded_in<$c.p0
},
COUNT {
  MATCH (n4:Actor) WHERE (NOT n4.founded_in<$c.p0)
},
COUNT {
  MATCH (n5:Actor) WHERE ((n5.founded_in IS NULL)=$c.p1)
},
COUNT {
  MATCH (n6:Actor) WHERE (n6.founded_in<$c.p0 OR ((n6.founded_in IS NULL)=$c.p1))
}],revision
