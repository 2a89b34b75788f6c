SELECT CAST(coalesce((
  SELECT concat('{"name":',json_quote(t1.name),',"lead":',coalesce((
    SELECT concat('{"name":',json_quote(o2.name),'}')
    FROM actor o2
    WHERE o2.pk=t1.lead),'null'),'}')
  FROM initiative t1
  WHERE t1.id=?1),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"name":',json_quote(t3.name),'}')
  FROM initiative t3
  WHERE t3.slug=?2),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
