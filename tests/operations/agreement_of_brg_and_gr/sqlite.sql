SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM agreement n6
    WHERE n6.pk IN (
      SELECT near
      FROM (
        SELECT actor AS other,agreement AS near
        FROM agreement_party) e7
      CROSS JOIN actor x8 ON x8.pk=e7.other
      WHERE x8.slug=?1) AND n6.pk IN (
      SELECT near
      FROM (
        SELECT actor AS other,agreement AS near
        FROM agreement_party) e9
      CROSS JOIN actor x10 ON x10.pk=e9.other
      WHERE x10.slug=?2)),',"nodes":[',group_concat(concat('{"name":',json_quote(x12.name),',"signed":',json_quote(x12.signed),',"document":',json_quote(x12.document),',"areas":',x12.areas,',"parties":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x16.name),'}'),','),']}')
    FROM (
      SELECT n13.pk AS pk
      FROM (
        SELECT actor AS other
        FROM agreement_party
        WHERE agreement=x12.pk) e14
      CROSS JOIN actor n13 ON n13.pk=e14.other
      ORDER BY n13.name_key,n13.id
      LIMIT ?3) r15
    CROSS JOIN actor x16 ON x16.pk=r15.pk),',"sources":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x20.title),',"url":',json_quote(x20.url),'}'),','),']}')
    FROM (
      SELECT n17.pk AS pk
      FROM (
        SELECT source AS other
        FROM agreement_source
        WHERE agreement=x12.pk) e18
      CROSS JOIN source n17 ON n17.pk=e18.other
      ORDER BY n17.title_key,n17.id
      LIMIT ?3) r19
    CROSS JOIN source x20 ON x20.pk=r19.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM agreement n1
    WHERE EXISTS(
      SELECT 1
      FROM (
        SELECT actor AS other
        FROM agreement_party
        WHERE agreement=n1.pk) e2
      CROSS JOIN actor x3 ON x3.pk=e2.other
      WHERE x3.slug=?1) AND EXISTS(
      SELECT 1
      FROM (
        SELECT actor AS other
        FROM agreement_party
        WHERE agreement=n1.pk) e4
      CROSS JOIN actor x5 ON x5.pk=e4.other
      WHERE x5.slug=?2)
    ORDER BY n1.name_key,n1.id
    LIMIT ?3) r11
  CROSS JOIN agreement x12 ON x12.pk=r11.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
