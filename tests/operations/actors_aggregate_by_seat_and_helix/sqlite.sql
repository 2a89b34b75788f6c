SELECT CAST((
  SELECT concat('[',group_concat(concat('{"municipality":',CASE WHEN m3.pk IS NULL THEN 'null' ELSE concat('{"placeName":',json_quote(m3.place_name),'}') END,',"helix":',json_quote(g2.helix),',"count":',g2.count,',"__typename":"ActorAggregate"}'),',' ORDER BY m3.name_key IS NULL,m3.name_key,m3.id,g2.helix),']')
  FROM (
    SELECT n1.municipality AS municipality,n1.helix AS helix,count(*) AS count
    FROM actor n1
    WHERE n1.kind IN (
      SELECT value
      FROM json_each(?1))
    GROUP BY 1,2) g2
  LEFT JOIN actor m3 ON m3.pk=g2.municipality) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
