SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n2
    WHERE NOT (instr(n2.name_fold,?1)>0) AND n2.kind IN (
      SELECT value
      FROM json_each(?2))),',"nodes":[',group_concat(concat('{"name":',json_quote(x4.name),',"kind":',json_quote(x4.kind),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE NOT (instr(n1.name_fold,?1)>0) AND n1.kind IN (
      SELECT value
      FROM json_each(?2))
    ORDER BY n1.name_key DESC,n1.id DESC
    LIMIT ?3) r3
  CROSS JOIN actor x4 ON x4.pk=r3.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
