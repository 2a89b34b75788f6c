SELECT CAST(coalesce((
  SELECT concat('{"collaborators":',(
    SELECT concat('{"edges":[',group_concat(CASE WHEN r5.rn<=?3 THEN concat('{"strength":',f.strength,',"node":{"name":',json_quote(x6.name),',"municipality":',coalesce((
      SELECT concat('{"centrality":',coalesce(nullif(rtrim(coalesce(nullif(CAST(substr(?2,o8.pk*24+1,24) AS TEXT),''),'9223372036854775807')),'9223372036854775807'),'null'),'}')
      FROM actor o8
      WHERE o8.pk=x6.municipality),'null'),'}}') END,','),'],"pageInfo":{"endCursor":',json_quote(max(CASE WHEN r5.rn=min(r5.n,?3) THEN r5.cur END)),'}}')
    FROM (
      SELECT *,count(*) OVER () AS n
      FROM (
        SELECT *,concat(?4,hex(json_array(json(o0),o1,o2,o3,?5))) AS cur
        FROM (
          SELECT n2.pk AS pk,k3.pk AS tie,coalesce(nullif(CAST(substr(?2,o7.pk*24+1,24) AS TEXT),''),'9223372036854775807') AS o0,k3.strength AS o1,n2.id AS o2,k3.id AS o3,row_number() OVER (ORDER BY (coalesce(nullif(CAST(substr(?2,o7.pk*24+1,24) AS TEXT),''),'9223372036854775807')+0),k3.strength DESC,n2.id DESC,k3.id DESC) AS rn
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
          LEFT JOIN actor o7 ON o7.pk=n2.municipality)
        WHERE rn<=?3+1)) r5
    CROSS JOIN actor x6 ON x6.pk=r5.pk
    CROSS JOIN collaboration f ON f.pk=r5.tie),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
