SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE instr(n1.name_fold,?1)>0
    ORDER BY n1.name_key,n1.id
    LIMIT ?2) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x6.name),'}'),','),']}')
  FROM (
    SELECT n4.pk AS pk
    FROM actor n4
    WHERE substr(n4.name_fold,1,length(?3))=?3
    ORDER BY n4.name_key,n4.id
    LIMIT ?2) r5
  CROSS JOIN actor x6 ON x6.pk=r5.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n8
    WHERE (length(?4)<=length(n8.name_fold) AND substr(n8.name_fold,length(n8.name_fold)-length(?4)+1)=?4)),',"nodes":[',group_concat(concat('{"name":',json_quote(x10.name),'}'),','),']}')
  FROM (
    SELECT n7.pk AS pk
    FROM actor n7
    WHERE (length(?4)<=length(n7.name_fold) AND substr(n7.name_fold,length(n7.name_fold)-length(?4)+1)=?4)
    ORDER BY n7.name_key,n7.id
    LIMIT ?5) r9
  CROSS JOIN actor x10 ON x10.pk=r9.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n12
    WHERE n12.name=?6),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n14
    WHERE n14.name=?7),'}')) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
