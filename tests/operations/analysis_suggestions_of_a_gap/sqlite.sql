SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"name":',json_quote(t2.name),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"name":',json_quote(t4.name),',"municipality":',coalesce((
      SELECT concat('{"name":',json_quote(o5.name),'}')
      FROM actor o5
      WHERE o5.pk=t4.municipality),'null'),'}')
    FROM actor t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t7.id),'}')
    FROM actor t7
    WHERE t7.id=j6.value),'null'),','),']')
  FROM json_each(?3) j6) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
