MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE (false)
  WITH count(*) AS count,min(n1.founded_in) AS foundedInMin
  RETURN [count,foundedInMin]
},
COLLECT {
  MATCH (n3:Actor) WHERE (false)
  WITH n3.kind AS kind,count(*) AS count
  RETURN [count]
  ORDER BY kind
}],revision
