MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor)
  WITH n1.helix AS helix,count(*) AS count,min(n1.founded_in) AS foundedInMin,max(n1.founded_in) AS foundedInMax
  RETURN [helix,count,foundedInMin,foundedInMax]
  ORDER BY helix
},
COLLECT {
  MATCH (n3:Actor)
  WITH count(*) AS count,min(n3.founded_in) AS foundedInMin,max(n3.founded_in) AS foundedInMax
  RETURN [count,foundedInMin,foundedInMax]
}],revision
