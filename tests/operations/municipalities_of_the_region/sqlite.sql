SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n2
    WHERE n2.in_region=?1),',"nodes":[',group_concat(concat('{"placeName":',json_quote(x4.place_name),',"code":',json_quote(x4.code),',"population":',coalesce(x4.population,'null'),',"town":',json_quote(x4.town),',"actors":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM actor
        WHERE municipality=x4.pk) e6),'}')),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE n1.in_region=?1
    ORDER BY n1.population_key DESC,n1.id DESC
    LIMIT ?2) r3
  CROSS JOIN actor x4 ON x4.pk=r3.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
