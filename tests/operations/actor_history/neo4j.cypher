MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [n1.id,
  COUNT {
    MATCH (x2:Change) WHERE x2.node_id=n1.id
  },
  COLLECT {
    MATCH (n4:Change) WHERE n4.node_id=n1.id AND n4.revision IS NOT NULL AND n4.id IS NOT NULL
    WITH n4
    ORDER BY n4.node_id DESC,n4.revision DESC,n4.id DESC LIMIT $n0
    RETURN [n4.revision,n4.id,n4.by,n4.action,n4.node_id]
  },
  COUNT {
    MATCH (x7:Change) WHERE x7.node_id=n1.id AND x7.by=$c.p1
  }]
}],revision
