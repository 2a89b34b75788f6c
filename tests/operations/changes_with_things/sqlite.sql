SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM change n2
    WHERE n2."action"=?1 AND n2.kind=?2),',"nodes":[',group_concat(CASE WHEN r3.rn<=?3 THEN concat('{"id":',json_quote(x4.id),',"revision":',x4.revision,',"action":',json_quote(x4."action"),',"kind":',json_quote(x4.kind),',"nodeId":',json_quote(x4.node_id),',"before":',coalesce(x4."before",'null'),',"node":',coalesce((
    SELECT concat('{"id":',json_quote(t5.id),',"name":',json_quote(t5.name),'}')
    FROM actor t5
    WHERE t5.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t6.id),'}')
    FROM collaboration t6
    WHERE t6.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t7.id),'}')
    FROM affiliation t7
    WHERE t7.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t8.id),'}')
    FROM initiative t8
    WHERE t8.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t9.id),'}')
    FROM participation t9
    WHERE t9.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t10.id),'}')
    FROM challenge t10
    WHERE t10.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t11.id),'}')
    FROM competence t11
    WHERE t11.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t12.id),'}')
    FROM agreement t12
    WHERE t12.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t13.id),'}')
    FROM service t13
    WHERE t13.id=x4.node_id),(
    SELECT concat('{"id":',json_quote(t14.id),'}')
    FROM source t14
    WHERE t14.id=x4.node_id),'null'),'}') END,','),'],"pageInfo":{"endCursor":',json_quote(max(CASE WHEN r3.rn=min(r3.n,?3) THEN r3.cur END)),',"hasNextPage":',CASE WHEN coalesce(max(r3.n),0)>?3 THEN 'true' ELSE 'false' END,'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n1.pk AS pk,concat('b567f4f4',hex(json_array(n1.revision,n1.id))) AS cur
      FROM change n1
      WHERE n1."action"=?1 AND n1.kind=?2
      ORDER BY n1.revision,n1.id
      LIMIT ?3+1)) r3
  CROSS JOIN change x4 ON x4.pk=r3.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
