SELECT CAST((
  SELECT concat('[',group_concat(concat('{"year":',coalesce(g2.year,'null'),',"count":',g2.count,'}'),',' ORDER BY g2.year IS NULL,g2.year),']')
  FROM (
    SELECT CAST(substr(n1.since_first,1,4) AS INTEGER) AS year,count(*) AS count
    FROM collaboration n1
    WHERE n1.kind=?1
    GROUP BY 1) g2) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
