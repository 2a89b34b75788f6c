SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"title":',json_quote(x3.title),',"publisher":',json_quote(x3.publisher),',"language":',json_quote(x3.language),',"actors":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT actor AS other
        FROM actor_source
        WHERE source=x3.pk
        UNION
        SELECT s21."from" AS other
        FROM collaboration_source s20
        CROSS JOIN collaboration s21 ON s21.pk=s20.collaboration
        WHERE s20.source=x3.pk
        UNION
        SELECT s23."to" AS other
        FROM collaboration_source s22
        CROSS JOIN collaboration s23 ON s23.pk=s22.collaboration
        WHERE s22.source=x3.pk
        UNION
        SELECT s25."from" AS other
        FROM affiliation_source s24
        CROSS JOIN affiliation s25 ON s25.pk=s24.affiliation
        WHERE s24.source=x3.pk
        UNION
        SELECT s27."to" AS other
        FROM affiliation_source s26
        CROSS JOIN affiliation s27 ON s27.pk=s26.affiliation
        WHERE s26.source=x3.pk
        UNION
        SELECT s29.actor AS other
        FROM participation_source s28
        CROSS JOIN participation s29 ON s29.pk=s28.participation
        WHERE s28.source=x3.pk
        UNION
        SELECT s31.actor AS other
        FROM agreement_source s30
        CROSS JOIN agreement_party s31 ON s31.agreement=s30.agreement
        WHERE s30.source=x3.pk) e18),',"nodes":[',group_concat(concat('{"name":',json_quote(x33.name),'}'),','),']}')
    FROM (
      SELECT n4.pk AS pk
      FROM (
        SELECT actor AS other
        FROM actor_source
        WHERE source=x3.pk
        UNION
        SELECT s7."from" AS other
        FROM collaboration_source s6
        CROSS JOIN collaboration s7 ON s7.pk=s6.collaboration
        WHERE s6.source=x3.pk
        UNION
        SELECT s9."to" AS other
        FROM collaboration_source s8
        CROSS JOIN collaboration s9 ON s9.pk=s8.collaboration
        WHERE s8.source=x3.pk
        UNION
        SELECT s11."from" AS other
        FROM affiliation_source s10
        CROSS JOIN affiliation s11 ON s11.pk=s10.affiliation
        WHERE s10.source=x3.pk
        UNION
        SELECT s13."to" AS other
        FROM affiliation_source s12
        CROSS JOIN affiliation s13 ON s13.pk=s12.affiliation
        WHERE s12.source=x3.pk
        UNION
        SELECT s15.actor AS other
        FROM participation_source s14
        CROSS JOIN participation s15 ON s15.pk=s14.participation
        WHERE s14.source=x3.pk
        UNION
        SELECT s17.actor AS other
        FROM agreement_source s16
        CROSS JOIN agreement_party s17 ON s17.agreement=s16.agreement
        WHERE s16.source=x3.pk) e5
      CROSS JOIN actor n4 ON n4.pk=e5.other
      ORDER BY n4.name_key,n4.id
      LIMIT ?2) r32
    CROSS JOIN actor x33 ON x33.pk=r32.pk),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM source n1
    WHERE instr(n1.url_fold,?1)>0
    ORDER BY n1.title_key,n1.id
    LIMIT ?2) r2
  CROSS JOIN source x3 ON x3.pk=r2.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM source n35),',"nodes":[',group_concat(concat('{"publisher":',json_quote(x37.publisher),',"title":',json_quote(x37.title),'}'),',' ORDER BY r36.rn DESC),']}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n34.pk AS pk
      FROM source n34
      ORDER BY n34.publisher_key DESC,n34.id DESC
      LIMIT ?3)) r36
  CROSS JOIN source x37 ON x37.pk=r36.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
