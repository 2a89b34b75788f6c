SELECT CAST((
  SELECT concat('[',group_concat(concat('{"municipalities":',CASE WHEN m3.pk IS NULL THEN 'null' ELSE concat('[{"placeName":',json_quote(m3.place_name),'},{"placeName":',json_quote(m4.place_name),'}]') END,',"count":',g2.count,'}'),',' ORDER BY m3.name_key IS NULL,m3.name_key,m3.id,m4.name_key,m4.id),']')
  FROM (
    SELECT CASE WHEN a7.pk IS NOT NULL AND a8.pk IS NOT NULL THEN CASE WHEN (a7.name_key,a7.id)>(a8.name_key,a8.id) THEN a8.pk ELSE a7.pk END END AS place1,CASE WHEN a7.pk IS NOT NULL AND a8.pk IS NOT NULL THEN CASE WHEN (a7.name_key,a7.id)>(a8.name_key,a8.id) THEN a7.pk ELSE a8.pk END END AS place2,count(*) AS count
    FROM collaboration n1
    CROSS JOIN actor a5 ON a5.pk=n1."from"
    CROSS JOIN actor a6 ON a6.pk=n1."to"
    LEFT JOIN actor a7 ON a7.pk=a5.municipality
    LEFT JOIN actor a8 ON a8.pk=a6.municipality
    WHERE (EXISTS(
      SELECT 1
      FROM actor w9
      WHERE w9.pk=n1."from" AND EXISTS(
        SELECT 1
        FROM actor w10
        WHERE w10.pk=w9.municipality AND w10.slug=?1)) OR EXISTS(
      SELECT 1
      FROM actor w9
      WHERE w9.pk=n1."to" AND EXISTS(
        SELECT 1
        FROM actor w10
        WHERE w10.pk=w9.municipality AND w10.slug=?1)))
    GROUP BY 1,2) g2
  LEFT JOIN actor m3 ON m3.pk=g2.place1
  LEFT JOIN actor m4 ON m4.pk=g2.place2) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
