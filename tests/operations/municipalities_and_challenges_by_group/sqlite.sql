SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),',"actorsAggregate":',(
    SELECT concat('[',group_concat(concat('{"__typename":"ActorAggregate","kind":',json_quote(g5.kind),',"helix":',json_quote(g5.helix),',"count":',g5.count,'}'),',' ORDER BY g5.kind,g5.helix),']')
    FROM (
      SELECT n4.kind AS kind,n4.helix AS helix,count(*) AS count
      FROM actor n4
      WHERE n4.municipality=x3.pk AND (n4.region_wide=?3)
      GROUP BY 1,2) g5),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE n1.in_region=?1
    ORDER BY n1.collaborator_count DESC,n1.id DESC
    LIMIT ?2) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x9.name),',"actors":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT DISTINCT s17.actor AS other
        FROM initiative_challenge s16
        CROSS JOIN participation s17 ON s17.initiative=s16.initiative
        WHERE s16.challenge=x9.pk) e14),'}')),',"actorsAggregate":',(
    SELECT concat('[',group_concat(concat('{"helix":',json_quote(g19.helix),',"count":',g19.count,'}'),',' ORDER BY g19.helix),']')
    FROM (
      SELECT n18.helix AS helix,count(*) AS count
      FROM (
        SELECT DISTINCT s23.actor AS other
        FROM initiative_challenge s22
        CROSS JOIN participation s23 ON s23.initiative=s22.initiative
        WHERE s22.challenge=x9.pk) e21
      CROSS JOIN actor n18 ON n18.pk=e21.other
      GROUP BY 1) g19),'}'),','),']}')
  FROM (
    SELECT n7.pk AS pk
    FROM challenge n7
    ORDER BY n7.name_key,n7.id
    LIMIT ?2) r8
  CROSS JOIN challenge x9 ON x9.pk=r8.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
