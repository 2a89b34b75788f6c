SELECT CAST(coalesce((
  SELECT concat('{"name":',json_quote(t1.name),',"town":',json_quote(t1.town),',"position":',CASE WHEN t1.longitude IS NULL THEN 'null' ELSE concat('{"longitude":',t1.longitude,',"latitude":',t1.latitude,'}') END,',"municipality":',coalesce((
    SELECT concat('{"slug":',json_quote(o2.slug),'}')
    FROM actor o2
    WHERE o2.pk=t1.municipality),'null'),',"actors":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM actor
        WHERE municipality=t1.pk) e4),',"nodes":[',group_concat(concat('{"name":',json_quote(x7.name),',"kind":',json_quote(x7.kind),'}'),','),']}')
    FROM (
      SELECT n3.pk AS pk
      FROM actor n3
      WHERE n3.municipality=t1.pk
      ORDER BY n3.name_key,n3.id
      LIMIT ?3) r6
    CROSS JOIN actor x7 ON x7.pk=r6.pk),'}')
  FROM actor t1
  WHERE t1.code=?1 AND t1.kind=?2),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"placeName":',json_quote(t8.place_name),',"code":',json_quote(t8.code),',"actors":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x11.name),',"foundedIn":',coalesce(x11.founded_in,'null'),'}'),','),']}')
    FROM (
      SELECT n9.pk AS pk
      FROM actor n9
      WHERE n9.municipality=t8.pk
      ORDER BY n9.founded_in_key,n9.id
      LIMIT ?5) r10
    CROSS JOIN actor x11 ON x11.pk=r10.pk),'}')
  FROM actor t8
  WHERE t8.slug=?4 AND t8.kind=?2),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"name":',json_quote(t12.name),'}')
  FROM actor t12
  WHERE t12.code=?6 AND t12.kind=?2),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
