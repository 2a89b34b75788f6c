SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{',substr(concat(',"__typename":"',t2.object_type,'"',CASE WHEN t2.object_type IN ('Municipality') THEN concat(',"name":',json_quote(t2.name)) END,CASE WHEN t2.object_type IN ('Municipality') THEN concat(',"code":',json_quote(t2.code)) END,CASE WHEN t2.object_type IN ('Municipality') THEN concat(',"centrality":',coalesce(nullif(rtrim(coalesce(nullif(CAST(substr(?2,t2.pk*24+1,24) AS TEXT),''),'9223372036854775807')),'9223372036854775807'),'null')) END),2),'}')
    FROM actor t2
    WHERE t2.id=j1.value),(
    SELECT '{"__typename":"Collaboration"}'
    FROM collaboration t3
    WHERE t3.id=j1.value),(
    SELECT '{"__typename":"Affiliation"}'
    FROM affiliation t4
    WHERE t4.id=j1.value),(
    SELECT '{"__typename":"Initiative"}'
    FROM initiative t5
    WHERE t5.id=j1.value),(
    SELECT '{"__typename":"Participation"}'
    FROM participation t6
    WHERE t6.id=j1.value),(
    SELECT concat('{"__typename":"Challenge","slug":',json_quote(t7.slug),'}')
    FROM challenge t7
    WHERE t7.id=j1.value),(
    SELECT '{"__typename":"Competence"}'
    FROM competence t8
    WHERE t8.id=j1.value),(
    SELECT '{"__typename":"Agreement"}'
    FROM agreement t9
    WHERE t9.id=j1.value),(
    SELECT '{"__typename":"Service"}'
    FROM service t10
    WHERE t10.id=j1.value),(
    SELECT '{"__typename":"Source"}'
    FROM source t11
    WHERE t11.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
