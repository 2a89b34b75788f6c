SELECT CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM source n2
    WHERE substr(n2.publisher_fold,1,length(?1))=?1),',"nodes":[',group_concat(concat('{"title":',json_quote(x4.title),'}'),','),']}')
  FROM (
    SELECT n1.pk AS pk
    FROM source n1
    WHERE substr(n1.publisher_fold,1,length(?1))=?1
    ORDER BY n1.title_key,n1.id
    LIMIT ?2) r3
  CROSS JOIN source x4 ON x4.pk=r3.pk) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM source n6
    WHERE (n6.publisher IS NULL)=?3),'}')) AS BLOB),CAST((
  SELECT concat('{"totalCount":',(
    SELECT count(*)
    FROM source n8
    WHERE (n8.publisher IS NULL)=?4),'}')) AS BLOB),(
  SELECT value
  FROM meta
  WHERE key='revision')
