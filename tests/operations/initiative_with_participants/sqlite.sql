SELECT CAST(coalesce((
  SELECT concat('{"name":',json_quote(t1.name),',"start":',json_quote(t1.start),',"end":',json_quote(t1."end"),',"lead":',coalesce((
    SELECT concat('{"slug":',json_quote(o2.slug),',"name":',json_quote(o2.name),'}')
    FROM actor o2
    WHERE o2.pk=t1.lead),'null'),',"challenges":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x6.name),'}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n3.pk AS pk,row_number() OVER (ORDER BY n3.name_key,n3.id) AS rn
        FROM (
          SELECT challenge AS other
          FROM initiative_challenge
          WHERE initiative=t1.pk) e4
        CROSS JOIN challenge n3 ON n3.pk=e4.other)
      WHERE rn<=?2) r5
    CROSS JOIN challenge x6 ON x6.pk=r5.pk),',"participants":',(
    SELECT concat('{"totalCount":',t1.participant_count,',"edges":[',group_concat(concat('{"role":',json_quote(f.role),',"node":{"name":',json_quote(x11.name),'},"participation":{"id":',json_quote(f.id),',"since":',json_quote(f.since),'}}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n7.pk AS pk,k8.pk AS tie,row_number() OVER (ORDER BY k8.role,n7.name_key,n7.id,k8.id) AS rn
        FROM (
          SELECT actor AS other,pk AS tie
          FROM participation
          WHERE initiative=t1.pk) e9
        CROSS JOIN actor n7 ON n7.pk=e9.other
        CROSS JOIN participation k8 ON k8.pk=e9.tie)
      WHERE rn<=?3) r10
    CROSS JOIN actor x11 ON x11.pk=r10.pk
    CROSS JOIN participation f ON f.pk=r10.tie),',"sources":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x15.title),',"url":',json_quote(x15.url),'}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n12.pk AS pk,row_number() OVER (ORDER BY n12.title_key,n12.id) AS rn
        FROM (
          SELECT source AS other
          FROM initiative_source
          WHERE initiative=t1.pk) e13
        CROSS JOIN source n12 ON n12.pk=e13.other)
      WHERE rn<=?2) r14
    CROSS JOIN source x15 ON x15.pk=r14.pk),'}')
  FROM initiative t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
