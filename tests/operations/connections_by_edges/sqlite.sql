SELECT CAST((
  SELECT concat('{"edges":[',group_concat(concat('{"cursor":"',r2.cur,'","node":{"slug":',json_quote(x3.slug),',"regionWide":',CASE x3.region_wide WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END,'}}'),','),']}')
  FROM (
    SELECT n1.pk AS pk,concat('42054e50',hex(json_array(n1.name_key,n1.id))) AS cur
    FROM actor n1
    WHERE n1.in_region=?1
    ORDER BY n1.name_key,n1.id
    LIMIT ?2) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(concat('{"cursor":"',r5.cur,'","node":{"slug":',json_quote(x6.slug),',"description":',json_quote(x6.description),',"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x6.id) e8),'}')),'}}'),','),']}')
  FROM (
    SELECT n4.pk AS pk,concat('4264d5e7',hex(json_array(n4.name_key,n4.id))) AS cur
    FROM initiative n4
    ORDER BY n4.name_key,n4.id
    LIMIT ?2) r5
  CROSS JOIN initiative x6 ON x6.pk=r5.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(concat('{"cursor":"',r11.cur,'","node":{"slug":',json_quote(x12.slug),',"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x12.id) e14),'}')),'}}'),','),']}')
  FROM (
    SELECT n10.pk AS pk,concat('c026b45a',hex(json_array(n10.name_key,n10.id))) AS cur
    FROM challenge n10
    ORDER BY n10.name_key,n10.id
    LIMIT ?2) r11
  CROSS JOIN challenge x12 ON x12.pk=r11.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(concat('{"cursor":"',r17.cur,'","node":{"slug":',json_quote(x18.slug),',"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x18.id) e20),'}')),'}}'),','),']}')
  FROM (
    SELECT n16.pk AS pk,concat('1557322f',hex(json_array(n16.name_key,n16.id))) AS cur
    FROM competence n16
    ORDER BY n16.name_key,n16.id
    LIMIT ?2) r17
  CROSS JOIN competence x18 ON x18.pk=r17.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(CASE WHEN r23.rn<=?2 THEN concat('{"cursor":"',r23.cur,'","node":{"slug":',json_quote(x24.slug),',"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x24.id) e26),'}')),'}}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r23.n),0)>?2 THEN 'true' ELSE 'false' END,',"endCursor":',json_quote(max(CASE WHEN r23.rn=min(r23.n,?2) THEN r23.cur END)),'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n22.pk AS pk,concat('07df86ba',hex(json_array(n22.name_key,n22.id))) AS cur
      FROM agreement n22
      ORDER BY n22.name_key,n22.id
      LIMIT ?2+1)) r23
  CROSS JOIN agreement x24 ON x24.pk=r23.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(CASE WHEN r29.rn<=?2 THEN concat('{"cursor":"',r29.cur,'","node":{"slug":',json_quote(x30.slug),',"sources":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT source AS other
        FROM service_source
        WHERE service=x30.pk) e33),'}')),',"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x30.id) e36),'}')),'}}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r29.n),0)>?2 THEN 'true' ELSE 'false' END,',"endCursor":',json_quote(max(CASE WHEN r29.rn=min(r29.n,?2) THEN r29.cur END)),'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n28.pk AS pk,concat('cbc53fee',hex(json_array(n28.name_key,n28.id))) AS cur
      FROM service n28
      ORDER BY n28.name_key,n28.id
      LIMIT ?2+1)) r29
  CROSS JOIN service x30 ON x30.pk=r29.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(CASE WHEN r39.rn<=?2 THEN concat('{"cursor":"',r39.cur,'","node":{"slug":',json_quote(x40.slug),',"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x40.id) e42),'}')),'}}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r39.n),0)>?2 THEN 'true' ELSE 'false' END,',"endCursor":',json_quote(max(CASE WHEN r39.rn=min(r39.n,?2) THEN r39.cur END)),'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n38.pk AS pk,concat('dd0f43e4',hex(json_array(n38.title_key,n38.id))) AS cur
      FROM source n38
      ORDER BY n38.title_key,n38.id
      LIMIT ?2+1)) r39
  CROSS JOIN source x40 ON x40.pk=r39.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(CASE WHEN r45.rn<=?2 THEN concat('{"cursor":"',r45.cur,'","node":{"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x46.id) e48),'}')),'}}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r45.n),0)>?2 THEN 'true' ELSE 'false' END,',"endCursor":',json_quote(max(CASE WHEN r45.rn=min(r45.n,?2) THEN r45.cur END)),'}}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n44.pk AS pk,concat('48b7c59f',hex(json_array(n44.id))) AS cur
      FROM affiliation n44
      ORDER BY n44.id
      LIMIT ?2+1)) r45
  CROSS JOIN affiliation x46 ON x46.pk=r45.pk) AS BLOB),CAST((
  SELECT concat('{"edges":[',group_concat(concat('{"cursor":"',r51.cur,'","node":{"history":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT pk AS other
        FROM change
        WHERE node_id=x52.id) e54),'}')),'}}'),','),']}')
  FROM (
    SELECT n50.pk AS pk,concat('faddc802',hex(json_array(n50.id))) AS cur
    FROM collaboration n50
    ORDER BY n50.id
    LIMIT ?2) r51
  CROSS JOIN collaboration x52 ON x52.pk=r51.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
