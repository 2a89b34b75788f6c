SELECT CAST((
  SELECT concat('[',group_concat(concat('{"count":',g2.count,',"foundedInMin":',coalesce(g2.foundedInMin,'null'),'}'),','),']')
  FROM (
    SELECT count(*) AS count,min(n1.founded_in) AS foundedInMin
    FROM actor n1
    WHERE 0) g2) AS BLOB),CAST((
  SELECT concat('[',group_concat(concat('{"count":',g5.count,'}'),',' ORDER BY g5.kind),']')
  FROM (
    SELECT n4.kind AS kind,count(*) AS count
    FROM actor n4
    WHERE 0
    GROUP BY 1) g5) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
