SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM collaboration n3
    WHERE (EXISTS(
      SELECT 1
      FROM actor w4
      WHERE w4.pk=n3."from" AND w4.slug=?1) OR EXISTS(
      SELECT 1
      FROM actor w4
      WHERE w4.pk=n3."to" AND w4.slug=?1)) AND (n3.since_first>?3 OR (n3.since_first>=?2 AND n3.since_last<=?3))),',"edges":[',group_concat(concat('{"node":{"id":',json_quote(x6.id),',"kind":',json_quote(x6.kind),',"since":',json_quote(x6.since),',"evidence":',json_quote(x6.evidence),',"from":',coalesce((
    SELECT concat('{"name":',json_quote(o7.name),'}')
    FROM actor o7
    WHERE o7.pk=x6."from"),json(char(0))),',"to":',coalesce((
    SELECT concat('{"name":',json_quote(o8.name),'}')
    FROM actor o8
    WHERE o8.pk=x6."to"),json(char(0))),',"initiative":',coalesce((
    SELECT concat('{"name":',json_quote(o9.name),'}')
    FROM initiative o9
    WHERE o9.pk=x6.initiative),'null'),',"sources":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x13.title),'}'),','),']}')
    FROM (
      SELECT n10.pk AS pk
      FROM (
        SELECT source AS other
        FROM collaboration_source
        WHERE collaboration=x6.pk) e11
      CROSS JOIN source n10 ON n10.pk=e11.other
      ORDER BY n10.title_key,n10.id
      LIMIT ?5) r12
    CROSS JOIN source x13 ON x13.pk=r12.pk),'}}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM collaboration n1
    WHERE (EXISTS(
      SELECT 1
      FROM actor w2
      WHERE w2.pk=n1."from" AND w2.slug=?1) OR EXISTS(
      SELECT 1
      FROM actor w2
      WHERE w2.pk=n1."to" AND w2.slug=?1)) AND (n1.since_first>?3 OR (n1.since_first>=?2 AND n1.since_last<=?3))
    ORDER BY n1.since_key,n1.id
    LIMIT ?4) r5
  CROSS JOIN collaboration x6 ON x6.pk=r5.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
