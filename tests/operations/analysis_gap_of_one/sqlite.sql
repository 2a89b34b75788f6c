SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"code":',json_quote(t2.code),',"name":',json_quote(coalesce(t2.name_en,t2.name)),',"actors":',(
      SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x6.name),'}'),','),']}')
      FROM (
        SELECT n3.pk AS pk
        FROM (
          SELECT pk AS other
          FROM actor
          WHERE municipality=t2.pk) e4
        CROSS JOIN actor n3 ON n3.pk=e4.other
        ORDER BY n3.name_key,n3.id
        LIMIT ?2) r5
      CROSS JOIN actor x6 ON x6.pk=r5.pk),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"slug":',json_quote(t8.slug),'}')
    FROM challenge t8
    WHERE t8.id=j7.value),'null'),','),']')
  FROM json_each(?3) j7) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
