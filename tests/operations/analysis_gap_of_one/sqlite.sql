SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"code":',json_quote(t2.code),',"name":',json_quote(coalesce(t2.name_en,t2.name)),',"actors":',(
      SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x5.name),'}'),','),']}')
      FROM (
        SELECT n3.pk AS pk
        FROM actor n3
        WHERE n3.municipality=t2.pk
        ORDER BY n3.name_key,n3.id
        LIMIT ?2) r4
      CROSS JOIN actor x5 ON x5.pk=r4.pk),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"slug":',json_quote(t7.slug),'}')
    FROM challenge t7
    WHERE t7.id=j6.value),'null'),','),']')
  FROM json_each(?3) j6) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
