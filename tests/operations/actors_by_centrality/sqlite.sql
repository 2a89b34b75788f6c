SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(CASE WHEN r2.rn<=?3 THEN concat('{"name":',json_quote(x3.name),',"centrality":',coalesce(nullif(rtrim(coalesce(nullif(CAST(substr(?2,x3.pk*24+1,24) AS TEXT),''),'9223372036854775807')),'9223372036854775807'),'null'),',"ties":',coalesce(nullif(rtrim(coalesce(nullif(CAST(substr(?4,x3.pk*24+1,24) AS TEXT),''),'9223372036854775807')),'9223372036854775807'),'null'),',"constraint":',coalesce(nullif(rtrim(coalesce(nullif(CAST(substr(?5,x3.pk*24+1,24) AS TEXT),''),'9223372036854775807')),'9223372036854775807'),'null'),'}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r2.n),0)>?3 THEN 'true' ELSE 'false' END,'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n1.pk AS pk
      FROM actor n1
      WHERE n1.kind IN (
        SELECT value
        FROM json_each(?1))
      ORDER BY (coalesce(nullif(CAST(substr(?2,n1.pk*24+1,24) AS TEXT),''),'9223372036854775807')+0) DESC,n1.id DESC
      LIMIT ?3+1)) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
