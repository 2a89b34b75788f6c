SELECT CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t2.id),'}')
    FROM actor t2
    WHERE t2.id=j1.value),'null'),','),']')
  FROM json_each(?1) j1) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t4.id),'}')
    FROM actor t4
    WHERE t4.id=j3.value),'null'),','),']')
  FROM json_each(?2) j3) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t6.id),'}')
    FROM actor t6
    WHERE t6.id=j5.value),'null'),','),']')
  FROM json_each(?3) j5) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t8.id),'}')
    FROM actor t8
    WHERE t8.id=j7.value),'null'),','),']')
  FROM json_each(?4) j7) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t10.id),'}')
    FROM actor t10
    WHERE t10.id=j9.value),'null'),','),']')
  FROM json_each(?5) j9) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t12.id),'}')
    FROM actor t12
    WHERE t12.id=j11.value),'null'),','),']')
  FROM json_each(?6) j11) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t14.id),'}')
    FROM actor t14
    WHERE t14.id=j13.value),'null'),','),']')
  FROM json_each(?7) j13) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t16.id),'}')
    FROM actor t16
    WHERE t16.id=j15.value),'null'),','),']')
  FROM json_each(?8) j15) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t18.id),'}')
    FROM actor t18
    WHERE t18.id=j17.value),'null'),','),']')
  FROM json_each(?9) j17) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t20.id),'}')
    FROM actor t20
    WHERE t20.id=j19.value),'null'),','),']')
  FROM json_each(?10) j19) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t22.id),'}')
    FROM actor t22
    WHERE t22.id=j21.value),'null'),','),']')
  FROM json_each(?11) j21) AS BLOB),CAST((
  SELECT concat('[',group_concat(coalesce((
    SELECT concat('{"id":',json_quote(t24.id),'}')
    FROM actor t24
    WHERE t24.id=j23.value),'null'),','),']')
  FROM json_each(?12) j23) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
