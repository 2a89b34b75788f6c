SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM service n2
    WHERE n2.audience=?1),',"nodes":[',group_concat(concat('{"name":',json_quote(x4.name),',"audience":',json_quote(x4.audience),',"providers":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x8.name),'}'),','),']}')
    FROM (
      SELECT n5.pk AS pk
      FROM (
        SELECT actor AS other
        FROM service_provider
        WHERE service=x4.pk) e6
      CROSS JOIN actor n5 ON n5.pk=e6.other
      ORDER BY n5.name_key,n5.id
      LIMIT ?3) r7
    CROSS JOIN actor x8 ON x8.pk=r7.pk),',"municipalities":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"placeName":',json_quote(x12.place_name),'}'),','),']}')
    FROM (
      SELECT n9.pk AS pk
      FROM (
        SELECT municipality AS other
        FROM service_municipality
        WHERE service=x4.pk) e10
      CROSS JOIN actor n9 ON n9.pk=e10.other
      ORDER BY n9.name_key,n9.id
      LIMIT ?3) r11
    CROSS JOIN actor x12 ON x12.pk=r11.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM service n1
    WHERE n1.audience=?1
    ORDER BY n1.name_key,n1.id
    LIMIT ?2) r3
  CROSS JOIN service x4 ON x4.pk=r3.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"audience":',json_quote(x15.audience),'}'),','),']}')
  FROM (
    SELECT n13.pk AS pk
    FROM service n13
    ORDER BY n13.audience,n13.id
    LIMIT ?4) r14
  CROSS JOIN service x15 ON x15.pk=r14.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x18.name),'}'),',' ORDER BY r17.rn DESC),']}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n16.pk AS pk
      FROM service n16
      ORDER BY n16.name_key DESC,n16.id DESC
      LIMIT ?4)) r17
  CROSS JOIN service x18 ON x18.pk=r17.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
