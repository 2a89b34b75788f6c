SELECT CAST(coalesce((
  SELECT concat('{"id":',json_quote(t1.id),',"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=t1.id) e3),',"edges":[',group_concat(concat('{"cursor":"',r5.cur,'","node":{"by":',json_quote(x6."by"),',"action":',json_quote(x6."action"),',"nodeId":',json_quote(x6.node_id),'}}'),','),']}')
    FROM (
      SELECT n2.pk AS pk,concat('d344a461',hex(json_array(n2.revision,n2.id))) AS cur
      FROM change n2
      WHERE n2.node_id=t1.id
      ORDER BY n2.revision DESC,n2.id DESC
      LIMIT ?2) r5
    CROSS JOIN change x6 ON x6.pk=r5.pk),',"imported":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=t1.id) e8
      CROSS JOIN change x9 ON x9.pk=e8.other
      WHERE x9."by"=?3),'}')),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
