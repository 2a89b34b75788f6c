SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n2),',"nodes":[',group_concat(CASE WHEN r3.rn<=?1 THEN concat('{"name":',json_quote(x4.name),'}') END,','),'],"edges":[',group_concat(CASE WHEN r3.rn<=?1 THEN concat('{"cursor":"',r3.cur,'"}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r3.n),0)>?1 THEN 'true' ELSE 'false' END,',"hasPreviousPage":false,"startCursor":',json_quote(max(CASE WHEN r3.rn=1 AND ?1>0 THEN r3.cur END)),',"endCursor":',json_quote(max(CASE WHEN r3.rn=min(r3.n,?1) THEN r3.cur END)),'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n1.pk AS pk,concat('e62c5db7',hex(json_array(n1.name_key,n1.id))) AS cur
      FROM actor n1
      ORDER BY n1.name_key,n1.id
      LIMIT ?1+1)) r3
  CROSS JOIN actor x4 ON x4.pk=r3.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
