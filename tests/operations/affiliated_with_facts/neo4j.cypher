MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [
  COUNT {
    MATCH (n1)<-[t3:AFFILIATION]-(x2) WHERE t3.kind='MEMBER'
  },
  COLLECT {
    MATCH (n1)<-[t5:AFFILIATION]-(n4) WHERE t5.kind='MEMBER'
    WITH t5,n4
    ORDER BY t5.since_key,n4.name_key,n4.id,t5.id LIMIT $n0
    RETURN [t5.role,t5.since,t5.share,n4.name,t5.id,t5.evidence]
  }]
}],revision
