MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE (EXISTS {
    MATCH (n1)-[t2:COLLABORATION]-(x3) WHERE x3.slug=$c.p0
  } OR EXISTS {
    MATCH (n1)<-[t4:AFFILIATION]-(x5) WHERE t4.kind='OWNER' AND x5.slug=$c.p0
  } OR EXISTS {
    MATCH (n1)<-[t6:AFFILIATION]-(x7) WHERE t6.kind='MEMBER' AND x7.slug=$c.p0
  } OR EXISTS {
    MATCH (n1)<-[t8:AFFILIATION]-(x9) WHERE t8.kind='FUNDER' AND x9.slug=$c.p0
  } OR EXISTS {
    MATCH (n1)<-[t10:AFFILIATION]-(x11) WHERE t10.kind='HOST' AND x11.slug=$c.p0
  } OR EXISTS {
    MATCH (n1)<-[t12:AFFILIATION]-(x13) WHERE t12.kind='COORDINATOR' AND x13.slug=$c.p0
  }) AND n1.kind IN $c.p1 AND n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n6
  RETURN [n1.name,
  COLLECT {
    MATCH (n1)-[t15:COLLABORATION]-(n14) WHERE n14.slug=$c.p0
    WITH t15,n14
    ORDER BY n14.name_key,n14.id,t15.id LIMIT $n0
    RETURN [t15.kind,t15.since,t15.until,t15.evidence]
  },
  COLLECT {
    MATCH (n1)<-[t18:AFFILIATION]-(n17) WHERE t18.kind='OWNER' AND n17.slug=$c.p2
    WITH t18,n17
    ORDER BY n17.name_key,n17.id,t18.id LIMIT $n1
    RETURN [t18.since,t18.until,t18.share]
  },
  COLLECT {
    MATCH (n1)<-[t21:AFFILIATION]-(n20) WHERE t21.kind='MEMBER' AND n20.slug=$c.p2
    WITH t21,n20
    ORDER BY n20.name_key,n20.id,t21.id LIMIT $n2
    RETURN [t21.since,t21.until]
  },
  COLLECT {
    MATCH (n1)<-[t24:AFFILIATION]-(n23) WHERE t24.kind='FUNDER' AND n23.slug=$c.p2
    WITH t24,n23
    ORDER BY n23.name_key,n23.id,t24.id LIMIT $n3
    RETURN [t24.since]
  },
  COLLECT {
    MATCH (n1)<-[t27:AFFILIATION]-(n26) WHERE t27.kind='HOST' AND n26.slug=$c.p2
    WITH t27,n26
    ORDER BY n26.name_key,n26.id,t27.id LIMIT $n4
    RETURN [t27.since]
  },
  COLLECT {
    MATCH (n1)<-[t30:AFFILIATION]-(n29) WHERE t30.kind='COORDINATOR' AND n29.slug=$c.p2
    WITH t30,n29
    ORDER BY n29.name_key,n29.id,t30.id LIMIT $n5
    RETURN [t30.since]
  }]
}],revision
