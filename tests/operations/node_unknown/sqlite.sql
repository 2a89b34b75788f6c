SELECT CAST(coalesce((
  SELECT concat('{"id":',json_quote(t1.id),'}')
  FROM actor t1
  WHERE t1.id=?1),(
  SELECT concat('{"id":',json_quote(t2.id),'}')
  FROM collaboration t2
  WHERE t2.id=?1),(
  SELECT concat('{"id":',json_quote(t3.id),'}')
  FROM affiliation t3
  WHERE t3.id=?1),(
  SELECT concat('{"id":',json_quote(t4.id),'}')
  FROM initiative t4
  WHERE t4.id=?1),(
  SELECT concat('{"id":',json_quote(t5.id),'}')
  FROM participation t5
  WHERE t5.id=?1),(
  SELECT concat('{"id":',json_quote(t6.id),'}')
  FROM challenge t6
  WHERE t6.id=?1),(
  SELECT concat('{"id":',json_quote(t7.id),'}')
  FROM competence t7
  WHERE t7.id=?1),(
  SELECT concat('{"id":',json_quote(t8.id),'}')
  FROM agreement t8
  WHERE t8.id=?1),(
  SELECT concat('{"id":',json_quote(t9.id),'}')
  FROM service t9
  WHERE t9.id=?1),(
  SELECT concat('{"id":',json_quote(t10.id),'}')
  FROM source t10
  WHERE t10.id=?1),(
  SELECT concat('{"id":',json_quote(t11.id),'}')
  FROM change t11
  WHERE t11.id=?1),'null') AS BLOB),CAST(coalesce((
  SELECT concat('{"id":',json_quote(t12.id),'}')
  FROM actor t12
  WHERE t12.id=?2),(
  SELECT concat('{"id":',json_quote(t13.id),'}')
  FROM collaboration t13
  WHERE t13.id=?2),(
  SELECT concat('{"id":',json_quote(t14.id),'}')
  FROM affiliation t14
  WHERE t14.id=?2),(
  SELECT concat('{"id":',json_quote(t15.id),'}')
  FROM initiative t15
  WHERE t15.id=?2),(
  SELECT concat('{"id":',json_quote(t16.id),'}')
  FROM participation t16
  WHERE t16.id=?2),(
  SELECT concat('{"id":',json_quote(t17.id),'}')
  FROM challenge t17
  WHERE t17.id=?2),(
  SELECT concat('{"id":',json_quote(t18.id),'}')
  FROM competence t18
  WHERE t18.id=?2),(
  SELECT concat('{"id":',json_quote(t19.id),'}')
  FROM agreement t19
  WHERE t19.id=?2),(
  SELECT concat('{"id":',json_quote(t20.id),'}')
  FROM service t20
  WHERE t20.id=?2),(
  SELECT concat('{"id":',json_quote(t21.id),'}')
  FROM source t21
  WHERE t21.id=?2),(
  SELECT concat('{"id":',json_quote(t22.id),'}')
  FROM change t22
  WHERE t22.id=?2),'null') AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
