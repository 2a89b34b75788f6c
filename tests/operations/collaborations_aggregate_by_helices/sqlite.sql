SELECT CAST((
  SELECT concat('[',group_concat(concat('{"count":',g2.count,',"strengthSum":',coalesce(g2.strengthSum,0.0),',"strengthMin":',coalesce(g2.strengthMin,'null'),',"strengthMax":',coalesce(g2.strengthMax,'null'),'}'),','),']')
  FROM (
    SELECT count(*) AS count,sum(CAST(round(n1.strength*1000) AS INTEGER))/1000.0 AS strengthSum,min(n1.strength) AS strengthMin,max(n1.strength) AS strengthMax
    FROM collaboration n1) g2) AS BLOB),CAST((
  SELECT concat('[',group_concat(concat('{"helices":[',json_quote(g10.helix1),',',json_quote(g10.helix2),'],"count":',g10.count,',"strengthSum":',coalesce(g10.strengthSum,0.0),'}'),',' ORDER BY g10.helix1,g10.helix2),']')
  FROM (
    SELECT min(a13.helix,a14.helix) AS helix1,max(a13.helix,a14.helix) AS helix2,count(*) AS count,sum(CAST(round(n9.strength*1000) AS INTEGER))/1000.0 AS strengthSum
    FROM collaboration n9
    CROSS JOIN actor a13 ON a13.pk=n9."from"
    CROSS JOIN actor a14 ON a14.pk=n9."to"
    GROUP BY 1,2) g10) AS BLOB),CAST((
  SELECT concat('[',group_concat(concat('{"kind":',json_quote(g18.kind),',"count":',g18.count,'}'),',' ORDER BY g18.kind),']')
  FROM (
    SELECT n17.kind AS kind,count(*) AS count
    FROM collaboration n17
    GROUP BY 1) g18) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
