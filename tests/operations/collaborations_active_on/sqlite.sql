SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM collaboration n2
    WHERE (coalesce(n2.since_first,'')<=?2 AND coalesce(n2.until_last,'9999-12-31')>=?1) AND (n2.since IS NULL)=?3),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM collaboration n4
    WHERE (n4.since_first>=?4 AND n4.since_last<=?5)),',"nodes":[',group_concat(concat('{"since":',json_quote(x6.since),'}'),','),']}')
  FROM (
    SELECT n3.pk AS pk
    FROM collaboration n3
    WHERE (n3.since_first>=?4 AND n3.since_last<=?5)
    ORDER BY n3.id
    LIMIT ?6) r5
  CROSS JOIN collaboration x6 ON x6.pk=r5.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM collaboration n8
    WHERE (n8.until IS NULL)=?3),',"nodes":[',group_concat(concat('{"since":',json_quote(x10.since),',"until":',json_quote(x10.until),'}'),','),']}')
  FROM (
    SELECT n7.pk AS pk
    FROM collaboration n7
    WHERE (n7.until IS NULL)=?3
    ORDER BY n7.id
    LIMIT ?6) r9
  CROSS JOIN collaboration x10 ON x10.pk=r9.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
