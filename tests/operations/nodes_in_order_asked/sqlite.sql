SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t2.id),',"name":',json_quote(t2.name),'}')
    FROM actor t2
    WHERE t2.id=j1.value),(
    SELECT concat('{"id":',json_quote(t3.id),'}')
    FROM collaboration t3
    WHERE t3.id=j1.value),(
    SELECT concat('{"id":',json_quote(t4.id),'}')
    FROM affiliation t4
    WHERE t4.id=j1.value),(
    SELECT concat('{"id":',json_quote(t5.id),'}')
    FROM initiative t5
    WHERE t5.id=j1.value),(
    SELECT concat('{"id":',json_quote(t6.id),'}')
    FROM participation t6
    WHERE t6.id=j1.value),(
    SELECT concat('{"id":',json_quote(t7.id),'}')
    FROM challenge t7
    WHERE t7.id=j1.value),(
    SELECT concat('{"id":',json_quote(t8.id),'}')
    FROM competence t8
    WHERE t8.id=j1.value),(
    SELECT concat('{"id":',json_quote(t9.id),'}')
    FROM agreement t9
    WHERE t9.id=j1.value),(
    SELECT concat('{"id":',json_quote(t10.id),'}')
    FROM service t10
    WHERE t10.id=j1.value),(
    SELECT concat('{"id":',json_quote(t11.id),',"title":',json_quote(t11.title),'}')
    FROM source t11
    WHERE t11.id=j1.value),(
    SELECT concat('{"id":',json_quote(t12.id),'}')
    FROM change t12
    WHERE t12.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t14.id),'}')
    FROM actor t14
    WHERE t14.id=j13.value),(
    SELECT concat('{"id":',json_quote(t15.id),'}')
    FROM collaboration t15
    WHERE t15.id=j13.value),(
    SELECT concat('{"id":',json_quote(t16.id),'}')
    FROM affiliation t16
    WHERE t16.id=j13.value),(
    SELECT concat('{"id":',json_quote(t17.id),'}')
    FROM initiative t17
    WHERE t17.id=j13.value),(
    SELECT concat('{"id":',json_quote(t18.id),'}')
    FROM participation t18
    WHERE t18.id=j13.value),(
    SELECT concat('{"id":',json_quote(t19.id),'}')
    FROM challenge t19
    WHERE t19.id=j13.value),(
    SELECT concat('{"id":',json_quote(t20.id),'}')
    FROM competence t20
    WHERE t20.id=j13.value),(
    SELECT concat('{"id":',json_quote(t21.id),'}')
    FROM agreement t21
    WHERE t21.id=j13.value),(
    SELECT concat('{"id":',json_quote(t22.id),'}')
    FROM service t22
    WHERE t22.id=j13.value),(
    SELECT concat('{"id":',json_quote(t23.id),'}')
    FROM source t23
    WHERE t23.id=j13.value),(
    SELECT concat('{"id":',json_quote(t24.id),'}')
    FROM change t24
    WHERE t24.id=j13.value),'null'),','),']')
  FROM json_each(?2) j13) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
