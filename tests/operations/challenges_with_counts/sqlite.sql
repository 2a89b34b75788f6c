SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(coalesce(x3.name_en,x3.name)),',"initiatives":',(
    SELECT concat('{"totalCount":',x3.initiative_count,'}')),',"actors":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT DISTINCT s13.actor AS other
        FROM initiative_challenge s12
        CROSS JOIN participation s13 ON s13.initiative=s12.initiative
        WHERE s12.challenge=x3.pk) e10),',"nodes":[',group_concat(concat('{"name":',json_quote(x15.name),'}'),','),']}')
    FROM (
      SELECT n6.pk AS pk
      FROM (
        SELECT DISTINCT s9.actor AS other
        FROM initiative_challenge s8
        CROSS JOIN participation s9 ON s9.initiative=s8.initiative
        WHERE s8.challenge=x3.pk) e7
      CROSS JOIN actor n6 ON n6.pk=e7.other
      ORDER BY n6.name_key,n6.id
      LIMIT ?2) r14
    CROSS JOIN actor x15 ON x15.pk=r14.pk),',"sources":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x19.title),'}'),','),']}')
    FROM (
      SELECT n16.pk AS pk
      FROM (
        SELECT source AS other
        FROM challenge_source
        WHERE challenge=x3.pk) e17
      CROSS JOIN source n16 ON n16.pk=e17.other
      ORDER BY n16.title_key,n16.id
      LIMIT ?1) r18
    CROSS JOIN source x19 ON x19.pk=r18.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM challenge n1
    ORDER BY n1.initiative_count DESC,n1.id DESC
    LIMIT ?1) r2
  CROSS JOIN challenge x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
