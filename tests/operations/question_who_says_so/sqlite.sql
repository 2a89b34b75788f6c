SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"kind":',json_quote(x5.kind),',"since":',json_quote(x5.since),',"evidence":',json_quote(x5.evidence),',"sources":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT source AS other
        FROM collaboration_source
        WHERE collaboration=x5.pk) e8),',"nodes":[',group_concat(concat('{"title":',json_quote(x11.title),',"publisher":',json_quote(x11.publisher),',"url":',json_quote(x11.url),',"accessed":',json_quote(x11.accessed),'}'),','),']}')
    FROM (
      SELECT n6.pk AS pk
      FROM (
        SELECT source AS other
        FROM collaboration_source
        WHERE collaboration=x5.pk) e7
      CROSS JOIN source n6 ON n6.pk=e7.other
      ORDER BY n6.title_key,n6.id
      LIMIT ?3) r10
    CROSS JOIN source x11 ON x11.pk=r10.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM collaboration n1
    WHERE (EXISTS(
      SELECT 1
      FROM actor w2
      WHERE w2.pk=n1."from" AND w2.slug=?1) OR EXISTS(
      SELECT 1
      FROM actor w2
      WHERE w2.pk=n1."to" AND w2.slug=?1)) AND (EXISTS(
      SELECT 1
      FROM actor w3
      WHERE w3.pk=n1."from" AND w3.slug=?2) OR EXISTS(
      SELECT 1
      FROM actor w3
      WHERE w3.pk=n1."to" AND w3.slug=?2))
    ORDER BY n1.since_key,n1.id
    LIMIT ?3) r4
  CROSS JOIN collaboration x5 ON x5.pk=r4.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
