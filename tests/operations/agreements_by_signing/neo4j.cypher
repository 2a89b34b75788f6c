MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Agreement) WHERE n1.signed_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.signed_key DESC,n1.id DESC LIMIT $n0
  RETURN [n1.name,n1.signed]
},
COLLECT {
  MATCH (n3:Agreement) WHERE n3.signed_key IS NOT NULL AND n3.id IS NOT NULL
  WITH n3
  ORDER BY n3.signed_key,n3.id LIMIT $n2
  RETURN [n3.name,n3.signed,
  COLLECT {
    MATCH (n3)-[t5:AGREEMENT_PARTY]->(n4)
    WITH n4
    ORDER BY n4.name_key,n4.id LIMIT $n1
    RETURN [n4.name]
  }]
},
COUNT {
  MATCH (n8:Agreement)
},
COLLECT {
  MATCH (n9:Agreement) WHERE n9.name_key IS NOT NULL AND n9.id IS NOT NULL
  WITH n9
  ORDER BY n9.name_key DESC,n9.id DESC LIMIT $n3
  RETURN [n9.name]
}],revision
