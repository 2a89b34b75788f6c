SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM affiliation n3
    WHERE n3.kind=?1 AND n3."to"=(
      SELECT w4.pk
      FROM actor w4
      WHERE w4.slug=?2)),',"nodes":[',group_concat(concat('{"from":',coalesce((
    SELECT concat('{"name":',json_quote(o8.name),'}')
    FROM actor o8
    WHERE o8.pk=x6."from"),json(char(0))),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM affiliation n1
    LEFT JOIN actor o7 ON o7.pk=n1."from"
    WHERE n1.kind=?1 AND n1."to"=(
      SELECT w2.pk
      FROM actor w2
      WHERE w2.slug=?2)
    ORDER BY o7.name_key,n1.id
    LIMIT ?3) r5
  CROSS JOIN affiliation x6 ON x6.pk=r5.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM affiliation n11
    WHERE n11."from"=(
      SELECT w12.pk
      FROM actor w12
      WHERE w12.slug=?4) AND n11.kind=?5),',"nodes":[',group_concat(concat('{"to":',coalesce((
    SELECT concat('{"name":',json_quote(o15.name),'}')
    FROM actor o15
    WHERE o15.pk=x14."to"),json(char(0))),',"role":',json_quote(x14.role),'}'),',' ORDER BY r13.rn DESC),']}')
  FROM (
    SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n
    FROM (
      SELECT n9.pk AS pk
      FROM affiliation n9
      WHERE n9."from"=(
        SELECT w10.pk
        FROM actor w10
        WHERE w10.slug=?4) AND n9.kind=?5
      ORDER BY n9.id DESC
      LIMIT ?6)) r13
  CROSS JOIN affiliation x14 ON x14.pk=r13.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM affiliation n19
    WHERE (n19."from"=(
      SELECT w20.pk
      FROM actor w20
      WHERE w20.slug=?2) OR n19."to"=(
      SELECT w21.pk
      FROM actor w21
      WHERE w21.slug=?2))),'}')) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
