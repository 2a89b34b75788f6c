SELECT CAST(coalesce((
  SELECT concat('{"regionWide":',CASE t1.region_wide WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END,',"competences":',(
    SELECT concat('{"edges":[',group_concat(CASE WHEN r4.rn<=?2 THEN concat('{"cursor":"',r4.cur,'"}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r4.n),0)>?2 THEN 'true' ELSE 'false' END,'}}')
    FROM (
      SELECT *,count(*) OVER () AS n
      FROM (
        SELECT *,concat('d3c4862f',hex(json_array(o0,o1))) AS cur
        FROM (
          SELECT n2.pk AS pk,n2.name_key AS o0,n2.id AS o1,row_number() OVER (ORDER BY n2.name_key,n2.id) AS rn
          FROM (
            SELECT competence AS other
            FROM actor_competence
            WHERE actor=t1.pk) e3
          CROSS JOIN competence n2 ON n2.pk=e3.other)
        WHERE rn<=?2+1)) r4
    CROSS JOIN competence x5 ON x5.pk=r4.pk),',"memberOf":',(
    SELECT concat('{"edges":[',group_concat(CASE WHEN r9.rn<=?2 THEN concat('{"cursor":"',r9.cur,'"}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r9.n),0)>?2 THEN 'true' ELSE 'false' END,'}}')
    FROM (
      SELECT *,count(*) OVER () AS n
      FROM (
        SELECT *,concat('a85c17f0',hex(json_array(o0,o1,o2))) AS cur
        FROM (
          SELECT n6.pk AS pk,k7.pk AS tie,n6.name_key AS o0,n6.id AS o1,k7.id AS o2,row_number() OVER (ORDER BY n6.name_key,n6.id,k7.id) AS rn
          FROM (
            SELECT "to" AS other,pk AS tie
            FROM affiliation
            WHERE "from"=t1.pk AND kind='MEMBER') e8
          CROSS JOIN actor n6 ON n6.pk=e8.other
          CROSS JOIN affiliation k7 ON k7.pk=e8.tie)
        WHERE rn<=?2+1)) r9
    CROSS JOIN actor x10 ON x10.pk=r9.pk),',"initiatives":',(
    SELECT concat('{"edges":[',group_concat(CASE WHEN r14.rn<=?2 THEN concat('{"cursor":"',r14.cur,'","participation":{"until":',json_quote(f.until),',"history":',(
      SELECT concat('{"totalCount":',(
        SELECT count(*)
        FROM (
          SELECT pk AS other
          FROM change
          WHERE node_id=f.id) e17),'}')),'}}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r14.n),0)>?2 THEN 'true' ELSE 'false' END,'}}')
    FROM (
      SELECT *,count(*) OVER () AS n
      FROM (
        SELECT *,concat('e0bd4e50',hex(json_array(o0,o1,o2))) AS cur
        FROM (
          SELECT n11.pk AS pk,k12.pk AS tie,n11.name_key AS o0,n11.id AS o1,k12.id AS o2,row_number() OVER (ORDER BY n11.name_key,n11.id,k12.id) AS rn
          FROM (
            SELECT initiative AS other,pk AS tie
            FROM participation
            WHERE actor=t1.pk) e13
          CROSS JOIN initiative n11 ON n11.pk=e13.other
          CROSS JOIN participation k12 ON k12.pk=e13.tie)
        WHERE rn<=?2+1)) r14
    CROSS JOIN initiative x15 ON x15.pk=r14.pk
    CROSS JOIN participation f ON f.pk=r14.tie),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"participants":',(
    SELECT concat('{"edges":[',group_concat(CASE WHEN r25.rn<=?2 THEN concat('{"cursor":"',r25.cur,'"}') END,','),'],"pageInfo":{"hasNextPage":',CASE WHEN coalesce(max(r25.n),0)>?2 THEN 'true' ELSE 'false' END,'}}')
    FROM (
      SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
      FROM (
        SELECT n22.pk AS pk,k23.pk AS tie,concat('2ce76f2a',hex(json_array(n22.name_key,n22.id,k23.id))) AS cur
        FROM (
          SELECT actor AS other,pk AS tie
          FROM participation
          WHERE initiative=x21.pk) e24
        CROSS JOIN actor n22 ON n22.pk=e24.other
        CROSS JOIN participation k23 ON k23.pk=e24.tie
        ORDER BY n22.name_key,n22.id,k23.id
        LIMIT ?2+1)) r25
    CROSS JOIN actor x26 ON x26.pk=r25.pk),'}'),','),']}')
  FROM (
    SELECT n19.pk AS pk
    FROM initiative n19
    WHERE n19.participant_count>=?3
    ORDER BY n19.name_key,n19.id
    LIMIT ?2) r20
  CROSS JOIN initiative x21 ON x21.pk=r20.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
