MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0 AND n1.kind=$c.p1
  RETURN [n1.name]
}],revision
