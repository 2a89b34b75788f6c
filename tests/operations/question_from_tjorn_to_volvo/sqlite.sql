SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"slug":',json_quote(t2.slug),',"name":',json_quote(t2.name),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"Affiliation","kind":',json_quote(t4.kind),',"to":',coalesce((
      SELECT concat('{"name":',json_quote(o5.name),'}')
      FROM actor o5
      WHERE o5.pk=t4."to"),json(char(0))),'}')
    FROM affiliation t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"Collaboration","evidence":',json_quote(t7.evidence),',"since":',json_quote(t7.since),'}')
    FROM collaboration t7
    WHERE t7.id=j6.value),'null'),','),']')
  FROM json_each(?3) j6) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"Initiative","name":',json_quote(t9.name),'}')
    FROM initiative t9
    WHERE t9.id=j8.value),'null'),','),']')
  FROM json_each(?4) j8) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
