SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"slug":',json_quote(x3.slug),',"position":',CASE WHEN x3.longitude IS NULL THEN 'null' ELSE concat('{"longitude":',x3.longitude,',"latitude":',x3.latitude,'}') END,'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE (abs(n1.latitude-?1)<=?3/111.19 AND 12742.0176*asin(sqrt(min(1.0,pow(sin(radians(n1.latitude-?1)/2),2)+cos(radians(?1))*cos(radians(n1.latitude))*pow(sin(radians(n1.longitude-?2)/2),2))))<=?3)
    ORDER BY n1.name_key,n1.id
    LIMIT ?4) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
