SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"Challenge","id":',json_quote(t2.id),'}')
    FROM challenge t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"Competence","id":',json_quote(t4.id),'}')
    FROM competence t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"Source","id":',json_quote(t6.id),'}')
    FROM source t6
    WHERE t6.id=j5.value),'null'),','),']')
  FROM json_each(?3) j5) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
