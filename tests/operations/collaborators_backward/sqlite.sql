SELECT CAST(coalesce((
  SELECT concat('{"collaborators":',(
    SELECT concat('{"edges":[',group_concat(CASE WHEN r5.rn<=?2 THEN concat('{"strength":',f.strength,',"since":',json_quote(f.since),',"kind":',json_quote(f.kind),',"node":{"name":',json_quote(x6.name),'}}') END,',' ORDER BY r5.rn DESC),'],"pageInfo":{"hasNextPage":false,"hasPreviousPage":',CASE WHEN coalesce(max(r5.n),0)>?2 THEN 'true' ELSE 'false' END,'}}')
    FROM (
      SELECT *,count(*) OVER () AS n
      FROM (
        SELECT *
        FROM (
          SELECT n2.pk AS pk,k3.pk AS tie,row_number() OVER (ORDER BY k3.strength,k3.since_key,n2.id,k3.id) AS rn
          FROM (
            SELECT "to" AS other,pk AS tie
            FROM collaboration
            WHERE "from"=t1.pk
            UNION ALL
            SELECT "from" AS other,pk AS tie
            FROM collaboration
            WHERE "to"=t1.pk) e4
          CROSS JOIN actor n2 ON n2.pk=e4.other
          CROSS JOIN collaboration k3 ON k3.pk=e4.tie)
        WHERE rn<=?2+1)) r5
    CROSS JOIN actor x6 ON x6.pk=r5.pk
    CROSS JOIN collaboration f ON f.pk=r5.tie),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
