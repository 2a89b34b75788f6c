SELECT CAST(coalesce((
  SELECT concat('{"website":',json_quote(t1.website),',"municipality":',coalesce((
    SELECT concat('{"placeName":',json_quote(o2.place_name),'}')
    FROM actor o2
    WHERE o2.pk=t1.municipality),'null'),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
