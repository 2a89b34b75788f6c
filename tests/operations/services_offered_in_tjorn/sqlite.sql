SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM service n4
    WHERE n4.pk IN (
      SELECT near
      FROM (
        SELECT municipality AS other,service AS near
        FROM service_municipality) e5
      CROSS JOIN actor x6 ON x6.pk=e5.other
      WHERE x6.slug=?1)),',"nodes":[',group_concat(concat('{"name":',json_quote(coalesce(x8.name_en,x8.name)),',"audience":',json_quote(x8.audience),',"providers":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"slug":',json_quote(x12.slug),'}'),','),']}')
    FROM (
      SELECT n9.pk AS pk
      FROM (
        SELECT actor AS other
        FROM service_provider
        WHERE service=x8.pk) e10
      CROSS JOIN actor n9 ON n9.pk=e10.other
      ORDER BY n9.name_key,n9.id
      LIMIT ?2) r11
    CROSS JOIN actor x12 ON x12.pk=r11.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM service n1
    WHERE EXISTS(
      SELECT 1
      FROM (
        SELECT municipality AS other
        FROM service_municipality
        WHERE service=n1.pk) e2
      CROSS JOIN actor x3 ON x3.pk=e2.other
      WHERE x3.slug=?1)
    ORDER BY n1.name_key,n1.id
    LIMIT ?2) r7
  CROSS JOIN service x8 ON x8.pk=r7.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
