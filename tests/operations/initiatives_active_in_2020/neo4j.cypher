MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Initiative) WHERE (coalesce(n1.start_first,'')<=$c.p1 AND coalesce(n1.end_last,'9999-12-31')>=$c.p0) AND ((n1.start IS NULL)=$c.p2)
},
COLLECT {
  MATCH (n2:Initiative) WHERE (coalesce(n2.start_first,'')<=$c.p1 AND coalesce(n2.end_last,'9999-12-31')>=$c.p0) AND ((n2.start IS NULL)=$c.p2) AND n2.participant_count IS NOT NULL AND n2.id IS NOT NULL
  WITH n2
  ORDER BY n2.participant_count DESC,n2.id DESC LIMIT $n0
  RETURN [n2.name,n2.start,n2.end,n2.participant_count]
}],revision
