SELECT CAST((
  SELECT concat('[',group_concat(concat('{"helix":',json_quote(g2.helix),',"count":',g2.count,',"foundedInMin":',coalesce(g2.foundedInMin,'null'),',"foundedInMax":',coalesce(g2.foundedInMax,'null'),',"kind":null}'),',' ORDER BY g2.helix),']')
  FROM (
    SELECT n1.helix AS helix,count(*) AS count,min(n1.founded_in) AS foundedInMin,max(n1.founded_in) AS foundedInMax
    FROM actor n1
    GROUP BY 1) g2) AS BLOB),CAST((
  SELECT concat('[',group_concat(concat('{"count":',g5.count,',"foundedInMin":',coalesce(g5.foundedInMin,'null'),',"foundedInMax":',coalesce(g5.foundedInMax,'null'),'}'),','),']')
  FROM (
    SELECT count(*) AS count,min(n4.founded_in) AS foundedInMin,max(n4.founded_in) AS foundedInMax
    FROM actor n4) g5) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
