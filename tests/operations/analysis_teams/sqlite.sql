SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"name":',json_quote(t2.name),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"name":',json_quote(coalesce(t4.name_en,t4.name)),'}')
    FROM competence t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"slug":',json_quote(t6.slug),'}')
    FROM actor t6
    WHERE t6.id=j5.value),'null'),','),']')
  FROM json_each(?3) j5) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"slug":',json_quote(t8.slug),'}')
    FROM competence t8
    WHERE t8.id=j7.value),'null'),','),']')
  FROM json_each(?4) j7) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"slug":',json_quote(t10.slug),'}')
    FROM competence t10
    WHERE t10.id=j9.value),'null'),','),']')
  FROM json_each(?5) j9) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
