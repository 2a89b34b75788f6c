SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(CASE WHEN r2.rn<=?1 THEN concat('{"name":',json_quote(x3.name),',"start":',json_quote(x3.start),'}') END,',' ORDER BY r2.rn DESC),'],"pageInfo":{"hasPreviousPage":',CASE WHEN coalesce(max(r2.n),0)>?1 THEN 'true' ELSE 'false' END,'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n1.pk AS pk
      FROM initiative n1
      ORDER BY n1.start_key DESC,n1.id DESC
      LIMIT ?1+1)) r2
  CROSS JOIN initiative x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
