SELECT CAST('"Query"' AS BLOB),CAST((
  SELECT concat('{"__typename":"ActorConnection","edges":[',group_concat(concat('{"__typename":"ActorEdge","node":{"__typename":"',x3.object_type,'","collaborators":',(
    SELECT concat('{"__typename":"CollaboratorConnection","pageInfo":{"__typename":"PageInfo"},"edges":[',group_concat(CASE WHEN r7.rn<=?3 THEN concat('{"__typename":"CollaboratorEdge","node":{"__typename":"',x8.object_type,'","municipality":',coalesce((
      SELECT concat('{"__typename":"',o9.object_type,'","position":',CASE WHEN o9.longitude IS NULL THEN 'null' ELSE '{"__typename":"Position"}' END,'}')
      FROM actor o9
      WHERE o9.pk=x8.municipality),'null'),'}}') END,','),']}')
    FROM (
      SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
      FROM (
        SELECT n4.pk AS pk,k5.pk AS tie
        FROM (
          SELECT "to" AS other,pk AS tie
          FROM collaboration
          WHERE "from"=x3.pk
          UNION ALL
          SELECT "from" AS other,pk AS tie
          FROM collaboration
          WHERE "to"=x3.pk) e6
        CROSS JOIN actor n4 ON n4.pk=e6.other
        CROSS JOIN collaboration k5 ON k5.pk=e6.tie
        ORDER BY n4.name_key,n4.id,k5.id
        LIMIT ?3+1)) r7
    CROSS JOIN actor x8 ON x8.pk=r7.pk),'}}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    WHERE n1.slug=?1
    ORDER BY n1.name_key,n1.id
    LIMIT ?2) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
