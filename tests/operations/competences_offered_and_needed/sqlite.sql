SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),',"actors":',(
    SELECT concat('{"totalCount":',x3.actor_count,'}')),',"neededBy":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT actor AS other
        FROM actor_need
        WHERE competence=x3.pk) e8),',"nodes":[',group_concat(concat('{"name":',json_quote(x11.name),'}'),','),']}')
    FROM (
      SELECT n6.pk AS pk
      FROM (
        SELECT actor AS other
        FROM actor_need
        WHERE competence=x3.pk) e7
      CROSS JOIN actor n6 ON n6.pk=e7.other
      ORDER BY n6.name_key,n6.id
      LIMIT ?2) r10
    CROSS JOIN actor x11 ON x11.pk=r10.pk),',"initiatives":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT initiative AS other
        FROM initiative_competence
        WHERE competence=x3.pk) e14),'}')),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM competence n1
    ORDER BY n1.actor_count DESC,n1.id DESC
    LIMIT ?1) r2
  CROSS JOIN competence x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
