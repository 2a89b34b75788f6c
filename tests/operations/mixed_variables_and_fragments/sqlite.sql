SELECT CAST(coalesce((
  SELECT concat('{"name":',json_quote(t1.name),',"municipality":',coalesce((
    SELECT concat('{"placeName":',json_quote(o2.place_name),'}')
    FROM actor o2
    WHERE o2.pk=t1.municipality),'null'),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')

SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"',t2.object_type,'","name":',json_quote(t2.name),',"municipality":',coalesce((
      SELECT concat('{"placeName":',json_quote(o3.place_name),'}')
      FROM actor o3
      WHERE o3.pk=t2.municipality),'null'),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
