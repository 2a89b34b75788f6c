SELECT CAST(coalesce((
  SELECT concat('{"name":',json_quote(t1.name),',"owns":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=t1.pk AND kind='OWNER') e5),',"edges":[',group_concat(concat('{"share":',coalesce(f.share,'null'),',"since":',json_quote(f.since),',"until":',json_quote(f.until),',"node":{"name":',json_quote(x9.name),'},"affiliation":{"evidence":',json_quote(f.evidence),',"sources":',(
      SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x13.title),',"publisher":',json_quote(x13.publisher),',"url":',json_quote(x13.url),'}'),','),']}')
      FROM (
        SELECT n10.pk AS pk
        FROM (
          SELECT source AS other
          FROM affiliation_source
          WHERE affiliation=f.pk) e11
        CROSS JOIN source n10 ON n10.pk=e11.other
        ORDER BY n10.title_key,n10.id
        LIMIT ?4) r12
      CROSS JOIN source x13 ON x13.pk=r12.pk),'}}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n2.pk AS pk,k3.pk AS tie,row_number() OVER (ORDER BY n2.name_key,n2.id,k3.id) AS rn
        FROM (
          SELECT "to" AS other,pk AS tie
          FROM affiliation
          WHERE "from"=t1.pk AND kind='OWNER') e4
        CROSS JOIN actor n2 ON n2.pk=e4.other
        CROSS JOIN affiliation k3 ON k3.pk=e4.tie)
      WHERE rn<=?3) r8
    CROSS JOIN actor x9 ON x9.pk=r8.pk
    CROSS JOIN affiliation f ON f.pk=r8.tie),',"throughParent":',(
    SELECT concat('{"nodes":[',group_concat(concat('{"name":',json_quote(x18.name),',"owns":',(
      SELECT concat('{"totalCount":',(
        SELECT count(*)
        FROM (
          SELECT "to" AS other,pk AS tie
          FROM affiliation
          WHERE "from"=x18.pk AND kind='OWNER') e22),',"nodes":[',group_concat(concat('{"name":',json_quote(x26.name),'}'),','),']}')
      FROM (
        SELECT n19.pk AS pk,k20.pk AS tie
        FROM (
          SELECT "to" AS other,pk AS tie
          FROM affiliation
          WHERE "from"=x18.pk AND kind='OWNER') e21
        CROSS JOIN actor n19 ON n19.pk=e21.other
        CROSS JOIN affiliation k20 ON k20.pk=e21.tie
        ORDER BY n19.name_key,n19.id,k20.id
        LIMIT ?3) r25
      CROSS JOIN actor x26 ON x26.pk=r25.pk),'}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n14.pk AS pk,k15.pk AS tie,row_number() OVER (ORDER BY n14.name_key,n14.id,k15.id) AS rn
        FROM (
          SELECT "to" AS other,pk AS tie
          FROM affiliation
          WHERE "from"=t1.pk AND kind='OWNER') e16
        CROSS JOIN actor n14 ON n14.pk=e16.other
        CROSS JOIN affiliation k15 ON k15.pk=e16.tie
        WHERE n14.slug=?5)
      WHERE rn<=?4) r17
    CROSS JOIN actor x18 ON x18.pk=r17.pk),'}')
  FROM actor t1
  WHERE t1.slug=?1 AND t1.kind=?2),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
