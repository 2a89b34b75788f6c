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
  WHERE t14.id=?1),'null') AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"__typename":"',t16.object_type,'","id":',json_quote(t16.id),',"name":',json_quote(t16.name),'}')
    FROM actor t16
    WHERE t16.id=j15.value),(
    SELECT concat('{"__typename":"Collaboration","id":',json_quote(t17.id),',"from":',coalesce((
      SELECT concat('{"name":',json_quote(o18.name),'}')
      FROM actor o18
      WHERE o18.pk=t17."from"),json(char(0))),',"to":',coalesce((
      SELECT concat('{"name":',json_quote(o19.name),'}')
      FROM actor o19
      WHERE o19.pk=t17."to"),json(char(0))),',"strength":',t17.strength,',"evidence":',json_quote(t17.evidence),'}')
    FROM collaboration t17
    WHERE t17.id=j15.value),(
    SELECT concat('{"__typename":"Affiliation","id":',json_quote(t20.id),',"kind":',json_quote(t20.kind),',"share":',coalesce(t20.share,'null'),'}')
    FROM affiliation t20
    WHERE t20.id=j15.value),(
    SELECT concat('{"__typename":"Initiative","id":',json_quote(t21.id),',"start":',json_quote(t21.start),'}')
    FROM initiative t21
    WHERE t21.id=j15.value),(
    SELECT concat('{"__typename":"Participation","id":',json_quote(t22.id),',"role":',json_quote(t22.role),',"actor":',coalesce((
      SELECT concat('{"name":',json_quote(o23.name),'}')
      FROM actor o23
      WHERE o23.pk=t22.actor),json(char(0))),',"initiative":',coalesce((
      SELECT concat('{"name":',json_quote(o24.name),'}')
      FROM initiative o24
      WHERE o24.pk=t22.initiative),json(char(0))),'}')
    FROM participation t22
    WHERE t22.id=j15.value),(
    SELECT concat('{"__typename":"Challenge","id":',json_quote(t25.id),',"name":',json_quote(t25.name),'}')
    FROM challenge t25
    WHERE t25.id=j15.value),(
    SELECT concat('{"__typename":"Competence","id":',json_quote(t26.id),',"name":',json_quote(t26.name),'}')
    FROM competence t26
    WHERE t26.id=j15.value),(
    SELECT concat('{"__typename":"Agreement","id":',json_quote(t27.id),',"signed":',json_quote(t27.signed),',"areas":',t27.areas,'}')
    FROM agreement t27
    WHERE t27.id=j15.value),(
    SELECT concat('{"__typename":"Service","id":',json_quote(t28.id),',"audience":',json_quote(t28.audience),'}')
    FROM service t28
    WHERE t28.id=j15.value),(
    SELECT concat('{"__typename":"Source","id":',json_quote(t29.id),',"title":',json_quote(t29.title),'}')
    FROM source t29
    WHERE t29.id=j15.value),'null'),','),']')
  FROM json_each(?2) j15) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
