SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x3.name),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    ORDER BY n1.name_key,n1.id
    LIMIT ?1) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x6.name),'}'),',' ORDER BY r5.rn DESC),']}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n4.pk AS pk
      FROM actor n4
      ORDER BY n4.name_key DESC,n4.id DESC
      LIMIT ?1)) r5
  CROSS JOIN actor x6 ON x6.pk=r5.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')

SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{',substr(concat(CASE WHEN t2.object_type IN ('AcademicInstitution') THEN concat(',"slug":',json_quote(t2.slug)) END,CASE WHEN t2.object_type IN ('AcademicInstitution') THEN concat(',"collaborators":',(
      SELECT concat('{"totalCount":',t2.collaborator_count,'}'))) END),2),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
