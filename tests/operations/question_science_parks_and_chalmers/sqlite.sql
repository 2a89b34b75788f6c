SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x21.name),',"collaborators":',(
    SELECT concat('{"edges":[',group_concat(concat('{"kind":',json_quote(f.kind),',"since":',json_quote(f.since),',"until":',json_quote(f.until),',"collaboration":{"evidence":',json_quote(f.evidence),'}}'),','),']}')
    FROM (
      SELECT n22.pk AS pk,k23.pk AS tie
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=x21.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=x21.pk) e24
      CROSS JOIN actor n22 ON n22.pk=e24.other
      CROSS JOIN collaboration k23 ON k23.pk=e24.tie
      WHERE n22.slug=?1
      ORDER BY n22.name_key,n22.id,k23.id
      LIMIT ?3) r25
    CROSS JOIN actor x26 ON x26.pk=r25.pk
    CROSS JOIN collaboration f ON f.pk=r25.tie),',"ownedBy":',(
    SELECT concat('{"edges":[',group_concat(concat('{"since":',json_quote(f.since),',"until":',json_quote(f.until),',"share":',coalesce(f.share,'null'),'}'),','),']}')
    FROM (
      SELECT n27.pk AS pk,k28.pk AS tie
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=x21.pk AND kind='OWNER') e29
      CROSS JOIN actor n27 ON n27.pk=e29.other
      CROSS JOIN affiliation k28 ON k28.pk=e29.tie
      WHERE n27.slug=?4
      ORDER BY n27.name_key,n27.id,k28.id
      LIMIT ?3) r30
    CROSS JOIN actor x31 ON x31.pk=r30.pk
    CROSS JOIN affiliation f ON f.pk=r30.tie),',"members":',(
    SELECT concat('{"edges":[',group_concat(concat('{"since":',json_quote(f.since),',"until":',json_quote(f.until),'}'),','),']}')
    FROM (
      SELECT n32.pk AS pk,k33.pk AS tie
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=x21.pk AND kind='MEMBER') e34
      CROSS JOIN actor n32 ON n32.pk=e34.other
      CROSS JOIN affiliation k33 ON k33.pk=e34.tie
      WHERE n32.slug=?4
      ORDER BY n32.name_key,n32.id,k33.id
      LIMIT ?3) r35
    CROSS JOIN actor x36 ON x36.pk=r35.pk
    CROSS JOIN affiliation f ON f.pk=r35.tie),',"fundedBy":',(
    SELECT concat('{"edges":[',group_concat(concat('{"since":',json_quote(f.since),'}'),','),']}')
    FROM (
      SELECT n37.pk AS pk,k38.pk AS tie
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=x21.pk AND kind='FUNDER') e39
      CROSS JOIN actor n37 ON n37.pk=e39.other
      CROSS JOIN affiliation k38 ON k38.pk=e39.tie
      WHERE n37.slug=?4
      ORDER BY n37.name_key,n37.id,k38.id
      LIMIT ?3) r40
    CROSS JOIN actor x41 ON x41.pk=r40.pk
    CROSS JOIN affiliation f ON f.pk=r40.tie),',"hostedBy":',(
    SELECT concat('{"edges":[',group_concat(concat('{"since":',json_quote(f.since),'}'),','),']}')
    FROM (
      SELECT n42.pk AS pk,k43.pk AS tie
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=x21.pk AND kind='HOST') e44
      CROSS JOIN actor n42 ON n42.pk=e44.other
      CROSS JOIN affiliation k43 ON k43.pk=e44.tie
      WHERE n42.slug=?4
      ORDER BY n42.name_key,n42.id,k43.id
      LIMIT ?3) r45
    CROSS JOIN actor x46 ON x46.pk=r45.pk
    CROSS JOIN affiliation f ON f.pk=r45.tie),',"coordinatedBy":',(
    SELECT concat('{"edges":[',group_concat(concat('{"since":',json_quote(f.since),'}'),','),']}')
    FROM (
      SELECT n47.pk AS pk,k48.pk AS tie
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=x21.pk AND kind='COORDINATOR') e49
      CROSS JOIN actor n47 ON n47.pk=e49.other
      CROSS JOIN affiliation k48 ON k48.pk=e49.tie
      WHERE n47.slug=?4
      ORDER BY n47.name_key,n47.id,k48.id
      LIMIT ?3) r50
    CROSS JOIN actor x51 ON x51.pk=r50.pk
    CROSS JOIN affiliation f ON f.pk=r50.tie),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE (EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=n1.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=n1.pk) e2
      CROSS JOIN actor x3 ON x3.pk=e2.other
      WHERE x3.slug=?1) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n1.pk AND kind='OWNER') e5
      CROSS JOIN actor x6 ON x6.pk=e5.other
      WHERE x6.slug=?1) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n1.pk AND kind='MEMBER') e8
      CROSS JOIN actor x9 ON x9.pk=e8.other
      WHERE x9.slug=?1) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n1.pk AND kind='FUNDER') e11
      CROSS JOIN actor x12 ON x12.pk=e11.other
      WHERE x12.slug=?1) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n1.pk AND kind='HOST') e14
      CROSS JOIN actor x15 ON x15.pk=e14.other
      WHERE x15.slug=?1) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n1.pk AND kind='COORDINATOR') e17
      CROSS JOIN actor x18 ON x18.pk=e17.other
      WHERE x18.slug=?1)) AND n1.kind IN (
      SELECT value
      FROM json_each(?2))
    ORDER BY n1.name_key,n1.id
    LIMIT ?3) r20
  CROSS JOIN actor x21 ON x21.pk=r20.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
