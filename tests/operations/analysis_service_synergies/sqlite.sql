SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"slug":',json_quote(t2.slug),',"name":',json_quote(t2.name),',"audience":',json_quote(t2.audience),'}')
    FROM service t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"placeName":',json_quote(t4.place_name),'}')
    FROM actor t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
