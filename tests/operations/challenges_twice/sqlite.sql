SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(CASE WHEN r2.rn<=?1 THEN concat('{"slug":',json_quote(x3.slug),'}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r2.n),0)>?1 THEN 'true' ELSE 'false' END,'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n1.pk AS pk
      FROM challenge n1
      ORDER BY n1.name_key,n1.id
      LIMIT ?1+1)) r2
  CROSS JOIN challenge x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(CASE WHEN r5.rn<=?1 THEN concat('{"slug":',json_quote(x6.slug),'}') END,',' ORDER BY r5.rn DESC),'],"pageInfo":{"hasPreviousPage":',CASE WHEN coalesce(max(r5.n),0)>?1 THEN 'true' ELSE 'false' END,'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n4.pk AS pk
      FROM challenge n4
      ORDER BY n4.name_key DESC,n4.id DESC
      LIMIT ?1+1)) r5
  CROSS JOIN challenge x6 ON x6.pk=r5.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
