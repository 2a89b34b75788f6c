MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COUNT {
  MATCH (n1:Change) WHERE n1.action=$c.p0 AND n1.kind=$c.p1
},
COLLECT {
  MATCH (n2:Change) WHERE n2.action=$c.p0 AND n2.kind=$c.p1 AND n2.revision IS NOT NULL AND n2.id IS NOT NULL
  WITH n2
  ORDER BY n2.revision,n2.id LIMIT $n0
  RETURN [n2.id,n2.revision,n2.action,n2.kind,n2.node_id,n2.before,
  COLLECT {
    MATCH (n3:Actor) WHERE n3.id=n2.node_id
    RETURN [n3.id,n3.name]
  },
  COLLECT {
    MATCH (a5)-[n4:COLLABORATION]->(a6) WHERE n4.id=n2.node_id
    RETURN [n4.id]
  },
  COLLECT {
    MATCH (a8)-[n7:AFFILIATION]->(a9) WHERE n7.id=n2.node_id
    RETURN [n7.id]
  },
  COLLECT {
    MATCH (n10:Initiative) WHERE n10.id=n2.node_id
    RETURN [n10.id]
  },
  COLLECT {
    MATCH (a12)-[n11:PARTICIPATION]->(a13) WHERE n11.id=n2.node_id
    RETURN [n11.id]
  },
  COLLECT {
    MATCH (n14:Challenge) WHERE n14.id=n2.node_id
    RETURN [n14.id]
  },
  COLLECT {
    MATCH (n15:Competence) WHERE n15.id=n2.node_id
    RETURN [n15.id]
  },
  COLLECT {
    MATCH (n16:Agreement) WHERE n16.id=n2.node_id
    RETURN [n16.id]
  },
  COLLECT {
    MATCH (n17:Service) WHERE n17.id=n2.node_id
    RETURN [n17.id]
  },
  COLLECT {
    MATCH (n18:Source) WHERE n18.id=n2.node_id
    RETURN [n18.id]
  }]
}],revision
