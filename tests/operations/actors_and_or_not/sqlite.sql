SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n2),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n4
    WHERE 0),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n6
    WHERE n6.founded_in<?1),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n8
    WHERE NOT (n8.founded_in<?1)),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n10
    WHERE (n10.founded_in IS NULL)=?2),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n12
    WHERE (n12.founded_in<?1 OR (n12.founded_in IS NULL)=?2)),'}')) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
