SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),',"signed":',json_quote(x3.signed),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM agreement n1
    ORDER BY n1.signed_key DESC,n1.id DESC
    LIMIT ?1) r2
  CROSS JOIN agreement x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x6.name),',"signed":',json_quote(x6.signed),',"parties":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x10.name),'}'),','),']}')
    FROM (
      SELECT n7.pk AS pk
      FROM (
        SELECT actor AS other
        FROM agreement_party
        WHERE agreement=x6.pk) e8
      CROSS JOIN actor n7 ON n7.pk=e8.other
      ORDER BY n7.name_key,n7.id
      LIMIT ?2) r9
    CROSS JOIN actor x10 ON x10.pk=r9.pk),'}'),','),']}')
  FROM (
    SELECT n4.pk AS pk
    FROM agreement n4
    ORDER BY n4.signed_key,n4.id
    LIMIT ?1) r5
  CROSS JOIN agreement x6 ON x6.pk=r5.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM agreement n12),',"nodes":[',group_concat(concat('{"name":',json_quote(x14.name),'}'),',' ORDER BY r13.rn DESC),']}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n11.pk AS pk
      FROM agreement n11
      ORDER BY n11.name_key DESC,n11.id DESC
      LIMIT ?3)) r13
  CROSS JOIN agreement x14 ON x14.pk=r13.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
