SELECT CAST(coalesce((
  SELECT concat('{"collaborators":',(
    SELECT concat('{"totalCount":',t1.collaborator_count,'}')),',"memberOf":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=t1.pk AND kind='MEMBER') e8),'}')),',"members":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=t1.pk AND kind='MEMBER') e14),'}')),',"owns":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=t1.pk AND kind='OWNER') e20),'}')),',"ownedBy":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=t1.pk AND kind='OWNER') e26),'}')),',"funds":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=t1.pk AND kind='FUNDER') e32),'}')),',"fundedBy":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=t1.pk AND kind='FUNDER') e38),'}')),',"coordinates":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=t1.pk AND kind='COORDINATOR') e44),'}')),',"coordinatedBy":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=t1.pk AND kind='COORDINATOR') e50),'}')),',"hosts":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "to" AS other,pk AS tie
        FROM affiliation
        WHERE "from"=t1.pk AND kind='HOST') e56),'}')),',"hostedBy":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT "from" AS other,pk AS tie
        FROM affiliation
        WHERE "to"=t1.pk AND kind='HOST') e62),'}')),',"initiatives":',(
    SELECT concat('{"totalCount":',t1.initiative_count,'}')),',"agreements":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT agreement AS other
        FROM agreement_party
        WHERE actor=t1.pk) e70),'}')),',"services":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT service AS other
        FROM service_provider
        WHERE actor=t1.pk) e74),'}')),',"competences":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT competence AS other
        FROM actor_competence
        WHERE actor=t1.pk) e78),'}')),',"needs":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT competence AS other
        FROM actor_need
        WHERE actor=t1.pk) e82),'}')),',"sources":',(
    SELECT concat('{"totalCount":',(
      SELECT count(*)
      FROM (
        SELECT source AS other
        FROM actor_source
        WHERE actor=t1.pk
        UNION
        SELECT s101.source AS other
        FROM collaboration s100
        CROSS JOIN collaboration_source s101 ON s101.collaboration=s100.pk
        WHERE s100."from"=t1.pk
        UNION
        SELECT s103.source AS other
        FROM collaboration s102
        CROSS JOIN collaboration_source s103 ON s103.collaboration=s102.pk
        WHERE s102."to"=t1.pk
        UNION
        SELECT s105.source AS other
        FROM affiliation s104
        CROSS JOIN affiliation_source s105 ON s105.affiliation=s104.pk
        WHERE s104."from"=t1.pk
        UNION
        SELECT s107.source AS other
        FROM affiliation s106
        CROSS JOIN affiliation_source s107 ON s107.affiliation=s106.pk
        WHERE s106."to"=t1.pk
        UNION
        SELECT s109.source AS other
        FROM participation s108
        CROSS JOIN participation_source s109 ON s109.participation=s108.pk
        WHERE s108.actor=t1.pk
        UNION
        SELECT s111.source AS other
        FROM agreement_party s110
        CROSS JOIN agreement_source s111 ON s111.agreement=s110.agreement
        WHERE s110.actor=t1.pk) e98),'}')),'}')
  FROM actor t1
  WHERE t1.slug=?1),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
