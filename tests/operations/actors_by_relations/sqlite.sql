SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x6.name),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE (n1.initiative_count>=?1 AND (
      SELECT count(*)
      FROM (
        SELECT 1
        FROM (
          SELECT initiative AS other,pk AS tie
          FROM participation
          WHERE actor=n1.pk) e2
        CROSS JOIN participation k4 ON k4.pk=e2.tie
        WHERE k4.role=?2
        LIMIT max(0,?1)+1))>=?1)
    ORDER BY n1.name_key,n1.id
    LIMIT ?3) r5
  CROSS JOIN actor x6 ON x6.pk=r5.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x15.name),',"members":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"helix":',json_quote(x20.helix),'}'),','),']}')
    FROM (
      SELECT n16.pk AS pk,k17.pk AS tie
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=x15.pk AND kind='MEMBER') e18
      CROSS JOIN actor n16 ON n16.pk=e18.other
      CROSS JOIN affiliation k17 ON k17.pk=e18.tie
      ORDER BY n16.name_key,n16.id,k17.id
      LIMIT ?3) r19
    CROSS JOIN actor x20 ON x20.pk=r19.pk),'}'),','),']}')
  FROM (
    SELECT n7.pk AS pk
    FROM actor n7
    WHERE n7.kind=?4 AND ((
      SELECT count(*)
      FROM (
        SELECT 1
        FROM (
          SELECT "from" AS other,pk AS tie
          FROM affiliation
          WHERE "to"=n7.pk AND kind='MEMBER') e8
        WHERE 1
        LIMIT max(0,?5)+1))>?5) AND NOT EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n7.pk AND kind='MEMBER') e11
      CROSS JOIN actor x12 ON x12.pk=e11.other
      WHERE (x12.helix=?6) IS NOT TRUE)
    ORDER BY n7.name_key,n7.id
    LIMIT ?3) r14
  CROSS JOIN actor x15 ON x15.pk=r14.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x26.name),'}'),','),']}')
  FROM (
    SELECT n21.pk AS pk
    FROM actor n21
    WHERE NOT EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=n21.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=n21.pk) e22
      WHERE 1) AND n21.kind=?7
    ORDER BY n21.name_key,n21.id
    LIMIT ?3) r25
  CROSS JOIN actor x26 ON x26.pk=r25.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
