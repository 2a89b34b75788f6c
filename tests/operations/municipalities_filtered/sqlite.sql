SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n2
    WHERE n2.in_region=?1 AND n2.slug=?2),'}')) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(CASE WHEN r4.rn<=?4 THEN concat('{"name":',json_quote(x5.name),',"population":',coalesce(x5.population,'null'),'}') END,',' ORDER BY r4.rn DESC),'],"pageInfo":{"hasPreviousPage":',CASE WHEN coalesce(max(r4.n),0)>?4 THEN 'true' ELSE 'false' END,'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n3.pk AS pk
      FROM actor n3
      WHERE n3.in_region=?1 AND n3.population<?3
      ORDER BY n3.name_key DESC,n3.id DESC
      LIMIT ?4+1)) r4
  CROSS JOIN actor x5 ON x5.pk=r4.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
