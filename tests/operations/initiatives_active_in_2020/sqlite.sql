SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM initiative n2
    WHERE (coalesce(n2.start_first,'')<=?2 AND coalesce(n2.end_last,'9999-12-31')>=?1) AND (n2.start IS NULL)=?3),',"nodes":[',group_concat(concat('{"name":',json_quote(x4.name),',"start":',json_quote(x4.start),',"end":',json_quote(x4."end"),',"participants":',(
    SELECT concat('{"totalCount":',x4.participant_count,'}')),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM initiative n1
    WHERE (coalesce(n1.start_first,'')<=?2 AND coalesce(n1.end_last,'9999-12-31')>=?1) AND (n1.start IS NULL)=?3
    ORDER BY n1.participant_count DESC,n1.id DESC
    LIMIT ?4) r3
  CROSS JOIN initiative x4 ON x4.pk=r3.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
