SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),',"foundedIn":',coalesce(x3.founded_in,'null'),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    ORDER BY n1.founded_in_key,n1.name_key DESC,n1.id DESC
    LIMIT ?1) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x6.name),',"foundedIn":',coalesce(x6.founded_in,'null'),'}'),','),']}')
  FROM (
    SELECT n4.pk AS pk
    FROM actor n4
    ORDER BY n4.founded_in_key DESC,n4.id DESC
    LIMIT ?2) r5
  CROSS JOIN actor x6 ON x6.pk=r5.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
