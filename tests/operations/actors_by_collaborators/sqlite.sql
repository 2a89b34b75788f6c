SELECT CAST((
  SELECT concat('{"nodes":[',group_concat(concat('{"slug":',json_quote(x3.slug),',"collaborators":',(
    SELECT concat('{"totalCount":',x3.collaborator_count,'}')),',"initiatives":',(
    SELECT concat('{"totalCount":',x3.initiative_count,'}')),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM actor n1
    ORDER BY n1.collaborator_count DESC,n1.id DESC
    LIMIT ?1) r2
  CROSS JOIN actor x3 ON x3.pk=r2.pk) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
