SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),',"name_sv":',json_quote(x3.name),',"name_en":',json_quote(coalesce(x3.name_en,x3.name)),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM agreement n1
    ORDER BY n1.name_key,n1.id
    LIMIT ?1) r2
  CROSS JOIN agreement x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name_sv":',json_quote(x6.name),',"name_en":',json_quote(coalesce(x6.name_en,x6.name)),',"description_sv":',json_quote(x6.description),',"description_en":',json_quote(coalesce(x6.description_en,x6.description)),'}'),','),']}')
  FROM (
    SELECT n4.pk AS pk
    FROM initiative n4
    ORDER BY n4.name_key,n4.id
    LIMIT ?1) r5
  CROSS JOIN initiative x6 ON x6.pk=r5.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"slug":',json_quote(x9.slug),',"actorsAggregate":',(
    SELECT concat('[',group_concat(concat('{"kind":',json_quote(g11.kind),',"count":',g11.count,'}'),',' ORDER BY g11.kind),']')
    FROM (
      SELECT n10.kind AS kind,count(*) AS count
      FROM (
        SELECT DISTINCT s15.actor AS other
        FROM initiative_challenge s14
        CROSS JOIN participation s15 ON s15.initiative=s14.initiative
        WHERE s14.challenge=x9.pk) e13
      CROSS JOIN actor n10 ON n10.pk=e13.other
      WHERE n10.helix=?2
      GROUP BY 1) g11),'}'),','),']}')
  FROM (
    SELECT n7.pk AS pk
    FROM challenge n7
    ORDER BY n7.name_key,n7.id
    LIMIT ?1) r8
  CROSS JOIN challenge x9 ON x9.pk=r8.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
