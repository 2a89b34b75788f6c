SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t2.id),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"name":',json_quote(t4.name),',"helix":',json_quote(t4.helix),'}')
    FROM actor t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"name":',json_quote(t6.name),'}')
    FROM actor t6
    WHERE t6.id=j5.value),'null'),','),']')
  FROM json_each(?3) j5) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
