SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n2
    WHERE n2.kind IN (
      SELECT value
      FROM json_each(?1))),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n4
    WHERE n4.kind NOT IN (
      SELECT value
      FROM json_each(?1))),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n6
    WHERE CASE WHEN n6.website IS NOT NULL THEN n6.website NOT IN (
      SELECT value
      FROM json_each(?1)) END),'}')) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
