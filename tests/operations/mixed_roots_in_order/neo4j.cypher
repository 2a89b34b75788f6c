MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n0
  RETURN [n1.name]
},
COLLECT {
  MATCH (n3:Actor) WHERE n3.name_key IS NOT NULL AND n3.id IS NOT NULL
  WITH n3
  ORDER BY n3.name_key DESC,n3.id DESC LIMIT $n1
  RETURN [n3.name]
}],revision

MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  UNWIND $c.p0 AS id
  MATCH (n1:Actor) WHERE n1.id=id
  RETURN [n1.id,n1.slug,CASE WHEN n1.kind IN ['UNIVERSITY','RESEARCH_INSTITUTE','EDUCATION_PROVIDER'] THEN n1.collaborator_count END,n1.kind]
}],revision
