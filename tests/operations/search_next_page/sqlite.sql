SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t2.id),'}')
    FROM agreement t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t4.id),'}')
    FROM source t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
