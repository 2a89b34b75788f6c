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
        WHERE municipality=t1.pk) e5),',"nodes":[',group_concat(concat('{"name":',json_quote(x8.name),',"kind":',json_quote(x8.kind),'}'),','),']}')
    FROM (
      SELECT n3.pk AS pk
      FROM (
        SELECT pk AS other
        FROM actor
        WHERE municipality=t1.pk) e4
      CROSS JOIN actor n3 ON n3.pk=e4.other
      ORDER BY n3.name_key,n3.id
      LIMIT ?3) r7
    CROSS JOIN actor x8 ON x8.pk=r7.pk),'}')
  FROM actor t1
  WHERE t1.code=?1 AND t1.kind=?2),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"placeName":',json_quote(t9.place_name),',"code":',json_quote(t9.code),',"actors":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x13.name),',"foundedIn":',coalesce(x13.founded_in,'null'),'}'),','),']}')
    FROM (
      SELECT n10.pk AS pk
      FROM (
        SELECT pk AS other
        FROM actor
        WHERE municipality=t9.pk) e11
      CROSS JOIN actor n10 ON n10.pk=e11.other
      ORDER BY n10.founded_in_key,n10.id
      LIMIT ?5) r12
    CROSS JOIN actor x13 ON x13.pk=r12.pk),'}')
  FROM actor t9
  WHERE t9.slug=?4 AND t9.kind=?2),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"name":',json_quote(t14.name),'}')
  FROM actor t14
  WHERE t14.code=?6 AND t14.kind=?2),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
