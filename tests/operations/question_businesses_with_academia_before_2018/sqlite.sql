SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n17
    WHERE (EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=n17.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=n17.pk) e18
      CROSS JOIN actor x19 ON x19.pk=e18.other
      CROSS JOIN collaboration k20 ON k20.pk=e18.tie
      WHERE x19.helix=?1 AND k20.since_last<?2) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=n17.pk AND kind='MEMBER') e21
      CROSS JOIN actor x22 ON x22.pk=e21.other
      CROSS JOIN affiliation k23 ON k23.pk=e21.tie
      WHERE x22.helix=?3 AND k23.since_last<?4) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=n17.pk AND kind='OWNER') e24
      CROSS JOIN actor x25 ON x25.pk=e24.other
      CROSS JOIN affiliation k26 ON k26.pk=e24.tie
      WHERE x25.helix=?3 AND k26.since_last<?4) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n17.pk AND kind='OWNER') e27
      CROSS JOIN actor x28 ON x28.pk=e27.other
      CROSS JOIN affiliation k29 ON k29.pk=e27.tie
      WHERE x28.helix=?3 AND k29.since_last<?4) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=n17.pk AND kind='FUNDER') e30
      CROSS JOIN actor x31 ON x31.pk=e30.other
      CROSS JOIN affiliation k32 ON k32.pk=e30.tie
      WHERE x31.helix=?3 AND k32.since_last<?4)) AND n17.kind=?5),',"nodes":[',group_concat(concat('{"name":',json_quote(x34.name),',"collaborators":',(
    SELECT concat('{"edges":[',group_concat(concat('{"since":',json_quote(f.since),',"kind":',json_quote(f.kind),',"node":{"name":',json_quote(x39.name),'}}'),','),']}')
    FROM (
      SELECT n35.pk AS pk,k36.pk AS tie
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM collaboration
        WHERE "from"=x34.pk
        UNION ALL
        SELECT "from" AS other,pk AS tie
        FROM collaboration
        WHERE "to"=x34.pk) e37
      CROSS JOIN actor n35 ON n35.pk=e37.other
      CROSS JOIN collaboration k36 ON k36.pk=e37.tie
      WHERE n35.helix=?1 AND k36.since_last<?2
      ORDER BY n35.name_key,n35.id,k36.id
      LIMIT ?7) r38
    CROSS JOIN actor x39 ON x39.pk=r38.pk
    CROSS JOIN collaboration f ON f.pk=r38.tie),',"memberOf":',(
    SELECT concat('{"edges":[',group_concat(concat('{"since":',json_quote(f.since),',"node":{"name":',json_quote(x44.name),'}}'),','),']}')
    FROM (
      SELECT n40.pk AS pk,k41.pk AS tie
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=x34.pk AND kind='MEMBER') e42
      CROSS JOIN actor n40 ON n40.pk=e42.other
      CROSS JOIN affiliation k41 ON k41.pk=e42.tie
      WHERE n40.helix=?3 AND k41.since_last<?4
      ORDER BY n40.name_key,n40.id,k41.id
      LIMIT ?7) r43
    CROSS JOIN actor x44 ON x44.pk=r43.pk
    CROSS JOIN affiliation f ON f.pk=r43.tie),'}'),','),']}')
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
      CROSS JOIN collaboration k4 ON k4.pk=e2.tie
      WHERE x3.helix=?1 AND k4.since_last<?2) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=n1.pk AND kind='MEMBER') e5
      CROSS JOIN actor x6 ON x6.pk=e5.other
      CROSS JOIN affiliation k7 ON k7.pk=e5.tie
      WHERE x6.helix=?3 AND k7.since_last<?4) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=n1.pk AND kind='OWNER') e8
      CROSS JOIN actor x9 ON x9.pk=e8.other
      CROSS JOIN affiliation k10 ON k10.pk=e8.tie
      WHERE x9.helix=?3 AND k10.since_last<?4) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=n1.pk AND kind='OWNER') e11
      CROSS JOIN actor x12 ON x12.pk=e11.other
      CROSS JOIN affiliation k13 ON k13.pk=e11.tie
      WHERE x12.helix=?3 AND k13.since_last<?4) OR EXISTS(
      SELECT 1
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=n1.pk AND kind='FUNDER') e14
      CROSS JOIN actor x15 ON x15.pk=e14.other
      CROSS JOIN affiliation k16 ON k16.pk=e14.tie
      WHERE x15.helix=?3 AND k16.since_last<?4)) AND n1.kind=?5
    ORDER BY n1.name_key,n1.id
    LIMIT ?6) r33
  CROSS JOIN actor x34 ON x34.pk=r33.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
