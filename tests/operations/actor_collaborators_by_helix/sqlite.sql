SELECT CAST(coalesce((
  SELECT concat('{"all":',(
    SELECT concat('[',group_concat(concat('{"count":',g3.count,'}'),','),']')
    FROM (
      SELECT count(*) AS count
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=t1.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=t1.pk) e6
      CROSS JOIN actor n2 ON n2.pk=e6.other
      CROSS JOIN collaboration k5 ON k5.pk=e6.tie) g3),',"byHelix":',(
    SELECT concat('[',group_concat(concat('{"helix":',json_quote(g8.helix),',"count":',g8.count,',"foundedInMin":',coalesce(g8.foundedInMin,'null'),'}'),',' ORDER BY g8.helix),']')
    FROM (
      SELECT n7.helix AS helix,count(*) AS count,min(n7.founded_in) AS foundedInMin
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=t1.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=t1.pk) e11
      CROSS JOIN actor n7 ON n7.pk=e11.other
      CROSS JOIN collaboration k10 ON k10.pk=e11.tie
      GROUP BY 1) g8),',"strong":',(
    SELECT concat('[',group_concat(concat('{"municipality":',CASE WHEN m14.pk IS NULL THEN 'null' ELSE concat('{"name":',json_quote(m14.name),'}') END,',"count":',g13.count,'}'),',' ORDER BY m14.name_key IS NULL,m14.name_key,m14.id),']')
    FROM (
      SELECT n12.municipality AS municipality,count(*) AS count
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=t1.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=t1.pk) e16
      CROSS JOIN actor n12 ON n12.pk=e16.other
      CROSS JOIN collaboration k15 ON k15.pk=e16.tie
      WHERE k15.strength>=?2
      GROUP BY 1) g13
    LEFT JOIN actor m14 ON m14.pk=g13.municipality),',"collaborators":',(
    SELECT concat('{"totalCount":',t1.collaborator_count,'}')),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
