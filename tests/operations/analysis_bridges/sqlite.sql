SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t2.id),',"name":',json_quote(t2.name),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t4.id),',"name":',json_quote(t4.name),'}')
    FROM actor t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT '{"__typename":"Collaboration"}'
    FROM collaboration t6
    WHERE t6.id=j5.value),'null'),','),']')
  FROM json_each(?3) j5) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT '{"__typename":"Initiative"}'
    FROM initiative t8
    WHERE t8.id=j7.value),'null'),','),']')
  FROM json_each(?4) j7) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t10.id),',"name":',json_quote(t10.name),'}')
    FROM actor t10
    WHERE t10.id=j9.value),'null'),','),']')
  FROM json_each(?5) j9) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t12.id),',"name":',json_quote(t12.name),'}')
    FROM actor t12
    WHERE t12.id=j11.value),'null'),','),']')
  FROM json_each(?6) j11) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
