SELECT CAST(coalesce((
  SELECT concat('{"members":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=t1.pk AND kind='MEMBER') e5),',"edges":[',group_concat(concat('{"role":',json_quote(f.role),',"since":',json_quote(f.since),',"share":',coalesce(f.share,'null'),',"node":{"name":',json_quote(x9.name),'},"affiliation":{"id":',json_quote(f.id),',"evidence":',json_quote(f.evidence),'}}'),','),']}')
    FROM (
      SELECT *
      FROM (
        SELECT n2.pk AS pk,k3.pk AS tie,row_number() OVER (ORDER BY k3.since_key,n2.name_key,n2.id,k3.id) AS rn
        FROM (
          SELECT "from" AS other,pk AS tie
          FROM affiliation
          WHERE "to"=t1.pk AND kind='MEMBER') e4
        CROSS JOIN actor n2 ON n2.pk=e4.other
        CROSS JOIN affiliation k3 ON k3.pk=e4.tie)
      WHERE rn<=?2) r8
    CROSS JOIN actor x9 ON x9.pk=r8.pk
    CROSS JOIN affiliation f ON f.pk=r8.tie),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
