SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM collaboration n4
    WHERE (n4."from"=(
      SELECT w5.pk
      FROM actor w5
      WHERE w5.slug=?1) OR n4."to"=(
      SELECT w6.pk
      FROM actor w6
      WHERE w6.slug=?1)) AND (n4.since_first>?3 OR (n4.since_first>=?2 AND n4.since_last<=?3))),',"edges":[',group_concat(concat('{"node":{"id":',json_quote(x8.id),',"kind":',json_quote(x8.kind),',"since":',json_quote(x8.since),',"evidence":',json_quote(x8.evidence),',"from":',coalesce((
    SELECT concat('{"name":',json_quote(o9.name),'}')
    FROM actor o9
    WHERE o9.pk=x8."from"),json(char(0))),',"to":',coalesce((
    SELECT concat('{"name":',json_quote(o10.name),'}')
    FROM actor o10
    WHERE o10.pk=x8."to"),json(char(0))),',"initiative":',coalesce((
    SELECT concat('{"name":',json_quote(o11.name),'}')
    FROM initiative o11
    WHERE o11.pk=x8.initiative),'null'),',"sources":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x15.title),'}'),','),']}')
    FROM (
      SELECT n12.pk AS pk
      FROM (
        SELECT source AS other
        FROM collaboration_source
        WHERE collaboration=x8.pk) e13
      CROSS JOIN source n12 ON n12.pk=e13.other
      ORDER BY n12.title_key,n12.id
      LIMIT ?5) r14
    CROSS JOIN source x15 ON x15.pk=r14.pk),'}}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM collaboration n1
    WHERE (n1."from"=(
      SELECT w2.pk
      FROM actor w2
      WHERE w2.slug=?1) OR n1."to"=(
      SELECT w3.pk
      FROM actor w3
      WHERE w3.slug=?1)) AND (n1.since_first>?3 OR (n1.since_first>=?2 AND n1.since_last<=?3))
    ORDER BY n1.since_key,n1.id
    LIMIT ?4) r7
  CROSS JOIN collaboration x8 ON x8.pk=r7.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
