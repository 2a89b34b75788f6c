SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM actor n9
    WHERE n9.pk IN (
      SELECT near
      FROM (
        SELECT initiative AS other,pk AS tie,actor AS near
        FROM participation) e10
      CROSS JOIN participation k12 ON k12.pk=e10.tie
      WHERE EXISTS(
        SELECT 1
        FROM initiative w13
        WHERE w13.pk=k12.initiative AND EXISTS(
          SELECT 1
          FROM (
            SELECT challenge AS other
            FROM initiative_challenge
            WHERE initiative=w13.pk) e14
          CROSS JOIN challenge x15 ON x15.pk=e14.other
          WHERE x15.slug=?1))) AND n9.municipality=(
      SELECT w16.pk
      FROM actor w16
      WHERE w16.slug=?2)),',"nodes":[',group_concat(concat('{"name":',json_quote(x18.name),',"kind":',json_quote(x18.kind),',"initiatives":',(
    SELECT concat('{"edges":[',group_concat(concat('{"role":',json_quote(f.role),',"node":{"name":',json_quote(x26.name),'},"participation":{"sources":',(
      SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x30.title),',"url":',json_quote(x30.url),'}'),','),']}')
      FROM (
        SELECT n27.pk AS pk
        FROM (
          SELECT source AS other
          FROM participation_source
          WHERE participation=f.pk) e28
        CROSS JOIN source n27 ON n27.pk=e28.other
        ORDER BY n27.title_key,n27.id
        LIMIT ?3) r29
      CROSS JOIN source x30 ON x30.pk=r29.pk),'}}'),','),']}')
    FROM (
      SELECT n19.pk AS pk,k20.pk AS tie
      FROM (
        SELECT initiative AS other,pk AS tie
        FROM participation
        WHERE actor=x18.pk) e21
      CROSS JOIN initiative n19 ON n19.pk=e21.other
      CROSS JOIN participation k20 ON k20.pk=e21.tie
      WHERE EXISTS(
        SELECT 1
        FROM initiative w22
        WHERE w22.pk=k20.initiative AND EXISTS(
          SELECT 1
          FROM (
            SELECT challenge AS other
            FROM initiative_challenge
            WHERE initiative=w22.pk) e23
          CROSS JOIN challenge x24 ON x24.pk=e23.other
          WHERE x24.slug=?1))
      ORDER BY n19.name_key,n19.id,k20.id
      LIMIT ?3) r25
    CROSS JOIN initiative x26 ON x26.pk=r25.pk
    CROSS JOIN participation f ON f.pk=r25.tie),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE EXISTS(
      SELECT 1
      FROM (
        SELECT initiative AS other,pk AS tie
        FROM participation
        WHERE actor=n1.pk) e2
      CROSS JOIN participation k4 ON k4.pk=e2.tie
      WHERE EXISTS(
        SELECT 1
        FROM initiative w5
        WHERE w5.pk=k4.initiative AND EXISTS(
          SELECT 1
          FROM (
            SELECT challenge AS other
            FROM initiative_challenge
            WHERE initiative=w5.pk) e6
          CROSS JOIN challenge x7 ON x7.pk=e6.other
          WHERE x7.slug=?1))) AND n1.municipality=(
      SELECT w8.pk
      FROM actor w8
      WHERE w8.slug=?2)
    ORDER BY n1.name_key,n1.id
    LIMIT ?3) r17
  CROSS JOIN actor x18 ON x18.pk=r17.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
