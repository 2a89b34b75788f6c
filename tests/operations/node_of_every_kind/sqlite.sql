SELECT CAST(coalesce((
  SELECT concat('{"__typename":"',t1.object_type,'","id":',json_quote(t1.id),',"name":',json_quote(t1.name),'}')
  FROM actor t1
  WHERE t1.id=?1),(
  SELECT concat('{"__typename":"Collaboration","id":',json_quote(t2.id),',"from":',coalesce((
    SELECT concat('{"name":',json_quote(o3.name),'}')
    FROM actor o3
    WHERE o3.pk=t2."from"),json(char(0))),',"to":',coalesce((
    SELECT concat('{"name":',json_quote(o4.name),'}')
    FROM actor o4
    WHERE o4.pk=t2."to"),json(char(0))),',"strength":',t2.strength,',"evidence":',json_quote(t2.evidence),'}')
  FROM collaboration t2
  WHERE t2.id=?1),(
  SELECT concat('{"__typename":"Affiliation","id":',json_quote(t5.id),',"kind":',json_quote(t5.kind),',"share":',coalesce(t5.share,'null'),'}')
  FROM affiliation t5
  WHERE t5.id=?1),(
  SELECT concat('{"__typename":"Initiative","id":',json_quote(t6.id),',"start":',json_quote(t6.start),'}')
  FROM initiative t6
  WHERE t6.id=?1),(
  SELECT concat('{"__typename":"Participation","id":',json_quote(t7.id),',"role":',json_quote(t7.role),',"actor":',coalesce((
    SELECT concat('{"name":',json_quote(o8.name),'}')
    FROM actor o8
    WHERE o8.pk=t7.actor),json(char(0))),',"initiative":',coalesce((
    SELECT concat('{"name":',json_quote(o9.name),'}')
    FROM initiative o9
    WHERE o9.pk=t7.initiative),json(char(0))),'}')
  FROM participation t7
  WHERE t7.id=?1),(
  SELECT concat('{"__typename":"Challenge","id":',json_quote(t10.id),',"name":',json_quote(t10.name),'}')
  FROM challenge t10
  WHERE t10.id=?1),(
  SELECT concat('{"__typename":"Competence","id":',json_quote(t11.id),',"name":',json_quote(t11.name),'}')
  FROM competence t11
  WHERE t11.id=?1),(
  SELECT concat('{"__typename":"Agreement","id":',json_quote(t12.id),',"signed":',json_quote(t12.signed),',"areas":',t12.areas,'}')
  FROM agreement t12
  WHERE t12.id=?1),(
  SELECT concat('{"__typename":"Service","id":',json_quote(t13.id),',"audience":',json_quote(t13.audience),'}')
  FROM service t13
  WHERE t13.id=?1),(
  SELECT concat('{"__typename":"Source","id":',json_quote(t14.id),',"title":',json_quote(t14.title),'}')
  FROM source t14
  WHERE t14.id=?1),(
  SELECT concat('{"__typename":"Change","id":',json_quote(t15.id),'}')
  FROM change t15
  WHERE t15.id=?1),'null') AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"',t17.object_type,'","id":',json_quote(t17.id),',"name":',json_quote(t17.name),'}')
    FROM actor t17
    WHERE t17.id=j16.value),(
    SELECT concat('{"__typename":"Collaboration","id":',json_quote(t18.id),',"from":',coalesce((
      SELECT concat('{"name":',json_quote(o19.name),'}')
      FROM actor o19
      WHERE o19.pk=t18."from"),json(char(0))),',"to":',coalesce((
      SELECT concat('{"name":',json_quote(o20.name),'}')
      FROM actor o20
      WHERE o20.pk=t18."to"),json(char(0))),',"strength":',t18.strength,',"evidence":',json_quote(t18.evidence),'}')
    FROM collaboration t18
    WHERE t18.id=j16.value),(
    SELECT concat('{"__typename":"Affiliation","id":',json_quote(t21.id),',"kind":',json_quote(t21.kind),',"share":',coalesce(t21.share,'null'),'}')
    FROM affiliation t21
    WHERE t21.id=j16.value),(
    SELECT concat('{"__typename":"Initiative","id":',json_quote(t22.id),',"start":',json_quote(t22.start),'}')
    FROM initiative t22
    WHERE t22.id=j16.value),(
    SELECT concat('{"__typename":"Participation","id":',json_quote(t23.id),',"role":',json_quote(t23.role),',"actor":',coalesce((
      SELECT concat('{"name":',json_quote(o24.name),'}')
      FROM actor o24
      WHERE o24.pk=t23.actor),json(char(0))),',"initiative":',coalesce((
      SELECT concat('{"name":',json_quote(o25.name),'}')
      FROM initiative o25
      WHERE o25.pk=t23.initiative),json(char(0))),'}')
    FROM participation t23
    WHERE t23.id=j16.value),(
    SELECT concat('{"__typename":"Challenge","id":',json_quote(t26.id),',"name":',json_quote(t26.name),'}')
    FROM challenge t26
    WHERE t26.id=j16.value),(
    SELECT concat('{"__typename":"Competence","id":',json_quote(t27.id),',"name":',json_quote(t27.name),'}')
    FROM competence t27
    WHERE t27.id=j16.value),(
    SELECT concat('{"__typename":"Agreement","id":',json_quote(t28.id),',"signed":',json_quote(t28.signed),',"areas":',t28.areas,'}')
    FROM agreement t28
    WHERE t28.id=j16.value),(
    SELECT concat('{"__typename":"Service","id":',json_quote(t29.id),',"audience":',json_quote(t29.audience),'}')
    FROM service t29
    WHERE t29.id=j16.value),(
    SELECT concat('{"__typename":"Source","id":',json_quote(t30.id),',"title":',json_quote(t30.title),'}')
    FROM source t30
    WHERE t30.id=j16.value),(
    SELECT concat('{"__typename":"Change","id":',json_quote(t31.id),'}')
    FROM change t31
    WHERE t31.id=j16.value),'null'),','),']')
  FROM json_each(?2) j16) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
