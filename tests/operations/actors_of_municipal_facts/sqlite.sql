SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{',substr(concat(',"slug":',json_quote(x3.slug),CASE WHEN x3.object_type IN ('Municipality') THEN concat(',"population":',coalesce(x3.population,'null')) END),2),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE n1.population>?1
    ORDER BY n1.population_key DESC,n1.id DESC
    LIMIT ?2) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n5
    WHERE n5.in_region=?3),',"nodes":[',group_concat(concat('{"name":',json_quote(x7.name),'}'),','),']}')
  FROM (
    SELECT n4.pk AS pk
    FROM actor n4
    WHERE n4.in_region=?3
    ORDER BY n4.name_key,n4.id
    LIMIT ?2) r6
  CROSS JOIN actor x7 ON x7.pk=r6.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
