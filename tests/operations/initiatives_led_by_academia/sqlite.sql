SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM initiative n5
    WHERE EXISTS(
      SELECT 1
      FROM actor w6
      WHERE w6.pk=n5.lead AND w6.kind=?1) AND n5.pk IN (
      SELECT near
      FROM (
        SELECT competence AS other,initiative AS near
        FROM initiative_competence) e7
      WHERE 1)),',"nodes":[',group_concat(concat('{"name":',json_quote(x10.name),',"lead":',coalesce((
    SELECT concat('{"name":',json_quote(o11.name),'}')
    FROM actor o11
    WHERE o11.pk=x10.lead),'null'),',"requiredCompetences":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x15.name),'}'),','),']}')
    FROM (
      SELECT n12.pk AS pk
      FROM (
        SELECT competence AS other
        FROM initiative_competence
        WHERE initiative=x10.pk) e13
      CROSS JOIN competence n12 ON n12.pk=e13.other
      ORDER BY n12.name_key,n12.id
      LIMIT ?3) r14
    CROSS JOIN competence x15 ON x15.pk=r14.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM initiative n1
    WHERE EXISTS(
      SELECT 1
      FROM actor w2
      WHERE w2.pk=n1.lead AND w2.kind=?1) AND EXISTS(
      SELECT 1
      FROM (
        SELECT competence AS other
        FROM initiative_competence
        WHERE initiative=n1.pk) e3
      WHERE 1)
    ORDER BY n1.name_key,n1.id
    LIMIT ?2) r9
  CROSS JOIN initiative x10 ON x10.pk=r9.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
