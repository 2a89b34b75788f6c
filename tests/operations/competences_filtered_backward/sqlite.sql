SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM competence n4
    WHERE n4.pk IN (
      SELECT near
      FROM (
        SELECT actor AS other,competence AS near
        FROM actor_need) e5
      WHERE 1)),',"nodes":[',group_concat(CASE WHEN r7.rn<=?1 THEN concat('{"name":',json_quote(x8.name),'}') END,',' ORDER BY r7.rn DESC),'],"pageInfo":{"hasPreviousPage":',CASE WHEN coalesce(max(r7.n),0)>?1 THEN 'true' ELSE 'false' END,',"hasNextPage":false}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n1.pk AS pk
      FROM competence n1
      WHERE EXISTS(
        SELECT 1
        FROM (
          SELECT actor AS other
          FROM actor_need
          WHERE competence=n1.pk) e2
        WHERE 1)
      ORDER BY n1.name_key DESC,n1.id DESC
      LIMIT ?1+1)) r7
  CROSS JOIN competence x8 ON x8.pk=r7.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
