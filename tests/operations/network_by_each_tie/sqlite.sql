SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t2.id),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
