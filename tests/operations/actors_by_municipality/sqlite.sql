SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),',"municipality":',coalesce((
    SELECT concat('{"placeName":',json_quote(o5.place_name),'}')
    FROM actor o5
    WHERE o5.pk=x3.municipality),'null'),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    LEFT JOIN actor o4 ON o4.pk=n1.municipality
    ORDER BY coalesce(o4.name_key,char(1114111)),n1.name_key,n1.id
    LIMIT ?1) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x8.name),',"municipality":',coalesce((
    SELECT concat('{"placeName":',json_quote(o10.place_name),'}')
    FROM actor o10
    WHERE o10.pk=x8.municipality),'null'),'}'),',' ORDER BY r7.rn DESC),']}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n6.pk AS pk
      FROM actor n6
      LEFT JOIN actor o9 ON o9.pk=n6.municipality
      ORDER BY coalesce(o9.name_key,char(1114111)) DESC,n6.id DESC
      LIMIT ?2)) r7
  CROSS JOIN actor x8 ON x8.pk=r7.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
