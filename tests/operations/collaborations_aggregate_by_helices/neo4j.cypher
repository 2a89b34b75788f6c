MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (a6)-[n1:COLLABORATION]->(a7)
  WITH count(*) AS count,sum(toInteger(round(n1.strength*1000)))/1000.0 AS strengthSum,min(n1.strength) AS strengthMin,max(n1.strength) AS strengthMax
  RETURN [count,strengthSum,strengthMin,strengthMax]
},
COLLECT {
  MATCH (a13)-[n8:COLLABORATION]->(a14)
  WITH CASE WHEN a13.helix>a14.helix THEN reverse([a13.helix,a14.helix]) ELSE [a13.helix,a14.helix] END AS helices,count(*) AS count,sum(toInteger(round(n8.strength*1000)))/1000.0 AS strengthSum
  RETURN [helices,count,strengthSum]
  ORDER BY helices
},
COLLECT {
  MATCH (a20)-[n15:COLLABORATION]->(a21)
  WITH n15.kind AS kind,count(*) AS count
  RETURN [kind,count]
  ORDER BY kind
}],revision
