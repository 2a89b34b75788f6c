SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(CASE WHEN r2.rn<=?1 THEN concat('{"id":',json_quote(x3.id),',"since":',json_quote(x3.since),'}') END,',' ORDER BY r2.rn DESC),'],"pageInfo":{"hasNextPage":false,"hasPreviousPage":',CASE WHEN coalesce(max(r2.n),0)>?1 THEN 'true' ELSE 'false' END,'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n1.pk AS pk
      FROM collaboration n1
      ORDER BY n1.since_key DESC,n1.id DESC
      LIMIT ?1+1)) r2
  CROSS JOIN collaboration x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
