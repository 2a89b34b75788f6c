SELECT CAST(coalesce((
  SELECT concat('{"competences":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT competence AS other
        FROM actor_competence
        WHERE actor=t1.pk) e4),',"edges":[',group_concat(concat('{"node":{"name":',json_quote(x7.name),'},"source":',coalesce((
      SELECT concat('{"title":',json_quote(o8.title),',"publisher":',json_quote(o8.publisher),'}')
      FROM source o8
      WHERE o8.pk=f.source),'null'),'}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n2.pk AS pk,row_number() OVER (ORDER BY n2.name_key,n2.id) AS rn
        FROM (
          SELECT competence AS other
          FROM actor_competence
          WHERE actor=t1.pk) e3
        CROSS JOIN competence n2 ON n2.pk=e3.other)
      WHERE rn<=?2) r6
    CROSS JOIN competence x7 ON x7.pk=r6.pk
    CROSS JOIN actor_competence f ON f.actor=t1.pk AND f.competence=x7.pk),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x11.name),',"needs":',(
    SELECT concat('{"edges":[',group_concat(concat('{"node":{"name":',json_quote(coalesce(x15.name_en,x15.name)),'},"source":',coalesce((
      SELECT concat('{"title":',json_quote(o16.title),'}')
      FROM source o16
      WHERE o16.pk=f.source),'null'),'}'),','),']}')
    FROM (
      SELECT n12.pk AS pk
      FROM (
        SELECT competence AS other
        FROM actor_need
        WHERE actor=x11.pk) e13
      CROSS JOIN competence n12 ON n12.pk=e13.other
      ORDER BY n12.name_key,n12.id
      LIMIT ?2) r14
    CROSS JOIN competence x15 ON x15.pk=r14.pk
    CROSS JOIN actor_need f ON f.actor=x11.pk AND f.competence=x15.pk),'}'),','),']}')
  FROM (
    SELECT n9.pk AS pk
    FROM actor n9
    WHERE n9.slug=?3
    ORDER BY n9.name_key,n9.id
    LIMIT ?2) r10
  CROSS JOIN actor x11 ON x11.pk=r10.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
