MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [n1.collaborator_count,
  COUNT {
    MATCH (n1)-[t3:AFFILIATION]->(x2) WHERE t3.kind='MEMBER'
  },
  COUNT {
    MATCH (n1)<-[t5:AFFILIATION]-(x4) WHERE t5.kind='MEMBER'
  },
  COUNT {
    MATCH (n1)-[t7:AFFILIATION]->(x6) WHERE t7.kind='OWNER'
  },
  COUNT {
    MATCH (n1)<-[t9:AFFILIATION]-(x8) WHERE t9.kind='OWNER'
  },
  COUNT {
    MATCH (n1)-[t11:AFFILIATION]->(x10) WHERE t11.kind='FUNDER'
  },
  COUNT {
    MATCH (n1)<-[t13:AFFILIATION]-(x12) WHERE t13.kind='FUNDER'
  },
  COUNT {
    MATCH (n1)-[t15:AFFILIATION]->(x14) WHERE t15.kind='COORDINATOR'
  },
  COUNT {
    MATCH (n1)<-[t17:AFFILIATION]-(x16) WHERE t17.kind='COORDINATOR'
  },
  COUNT {
    MATCH (n1)-[t19:AFFILIATION]->(x18) WHERE t19.kind='HOST'
  },
  COUNT {
    MATCH (n1)<-[t21:AFFILIATION]-(x20) WHERE t21.kind='HOST'
  },n1.initiative_count,
  COUNT {
    MATCH (n1)<-[t23:AGREEMENT_PARTY]-(x22)
  },
  COUNT {
    MATCH (n1)<-[t25:SERVICE_PROVIDER]-(x24)
  },
  COUNT {
    MATCH (n1)-[t27:ACTOR_COMPETENCE]->(x26)
  },
  COUNT {
    MATCH (n1)-[t29:ACTOR_NEED]->(x28)
  },
  COUNT {
    MATCH (n1)<-[t31:SPEAKS_OF]-(x30)
    WITH DISTINCT x30
    RETURN x30
  }]
}],revision
