SELECT CAST(coalesce((
  SELECT concat('{"__typename":"',t1.object_type,'","name":',json_quote(t1.name),',"projects":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=t1.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=t1.pk) e5
      CROSS JOIN collaboration k7 ON k7.pk=e5.tie
      WHERE k7.kind=?2),',"nodes":[',group_concat(concat('{"slug":',json_quote(x9.slug),'}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n2.pk AS pk,k3.pk AS tie,row_number() OVER (ORDER BY n2.name_key,n2.id,k3.id) AS rn
        FROM (
          SELECT "to" AS other,pk AS tie
          FROM collaboration
          WHERE "from"=t1.pk
          UNION ALL
          SELECT "from" AS other,pk AS tie
          FROM collaboration
          WHERE "to"=t1.pk) e4
        CROSS JOIN actor n2 ON n2.pk=e4.other
        CROSS JOIN collaboration k3 ON k3.pk=e4.tie
        WHERE k3.kind=?2)
      WHERE rn<=?3) r8
    CROSS JOIN actor x9 ON x9.pk=r8.pk),',"research":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=t1.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=t1.pk) e13
      CROSS JOIN collaboration k15 ON k15.pk=e13.tie
      WHERE k15.kind=?4),',"nodes":[',group_concat(concat('{"slug":',json_quote(x17.slug),'}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n10.pk AS pk,k11.pk AS tie,row_number() OVER (ORDER BY n10.name_key,n10.id,k11.id) AS rn
        FROM (
          SELECT "to" AS other,pk AS tie
          FROM collaboration
          WHERE "from"=t1.pk
          UNION ALL
          SELECT "from" AS other,pk AS tie
          FROM collaboration
          WHERE "to"=t1.pk) e12
        CROSS JOIN actor n10 ON n10.pk=e12.other
        CROSS JOIN collaboration k11 ON k11.pk=e12.tie
        WHERE k11.kind=?4)
      WHERE rn<=?3) r16
    CROSS JOIN actor x17 ON x17.pk=r16.pk),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"name":',json_quote(coalesce(t18.name_en,t18.name)),',"description":',json_quote(coalesce(t18.description_en,t18.description)),'}')
  FROM actor t18
  WHERE t18.id=?5),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
