SELECT CAST(coalesce((
  SELECT concat('{"name":',json_quote(t1.name),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
