SELECT CAST(coalesce((
  SELECT concat('{"name":',json_quote(t1.name),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"name":',json_quote(t2.name),'}')
  FROM actor t2
  WHERE t2.id=?2),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
