SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM affiliation n2
    WHERE n2.kind=?1 AND (n2.share IS NULL)=?2),',"edges":[',group_concat(concat('{"node":{"share":',coalesce(x4.share,'null'),',"from":',coalesce((
    SELECT concat('{"name":',json_quote(o5.name),'}')
    FROM actor o5
    WHERE o5.pk=x4."from"),json(char(0))),',"to":',coalesce((
    SELECT concat('{"name":',json_quote(o6.name),'}')
    FROM actor o6
    WHERE o6.pk=x4."to"),json(char(0))),',"since":',json_quote(x4.since),'}}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM affiliation n1
    WHERE n1.kind=?1 AND (n1.share IS NULL)=?2
    ORDER BY n1.share_key DESC,n1.id DESC
    LIMIT ?3) r3
  CROSS JOIN affiliation x4 ON x4.pk=r3.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
