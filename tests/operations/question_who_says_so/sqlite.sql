SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"kind":',json_quote(x7.kind),',"since":',json_quote(x7.since),',"evidence":',json_quote(x7.evidence),',"sources":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT source AS other
        FROM collaboration_source
        WHERE collaboration=x7.pk) e10),',"nodes":[',group_concat(concat('{"title":',json_quote(x13.title),',"publisher":',json_quote(x13.publisher),',"url":',json_quote(x13.url),',"accessed":',json_quote(x13.accessed),'}'),','),']}')
    FROM (
      SELECT n8.pk AS pk
      FROM (
        SELECT source AS other
        FROM collaboration_source
        WHERE collaboration=x7.pk) e9
      CROSS JOIN source n8 ON n8.pk=e9.other
      ORDER BY n8.title_key,n8.id
      LIMIT ?3) r12
    CROSS JOIN source x13 ON x13.pk=r12.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM collaboration n1
    WHERE (n1."from"=(
      SELECT w2.pk
      FROM actor w2
      WHERE w2.slug=?1) OR n1."to"=(
      SELECT w3.pk
      FROM actor w3
      WHERE w3.slug=?1)) AND (n1."from"=(
      SELECT w4.pk
      FROM actor w4
      WHERE w4.slug=?2) OR n1."to"=(
      SELECT w5.pk
      FROM actor w5
      WHERE w5.slug=?2))
    ORDER BY n1.since_key,n1.id
    LIMIT ?3) r6
  CROSS JOIN collaboration x7 ON x7.pk=r6.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
