MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE (n1.latitude>=$c.p0-$c.p2/111.19 AND n1.latitude<=$c.p0+$c.p2/111.19 AND 12742.0176*asin(sqrt([sine IN [sin(radians(n1.latitude-$c.p0)/2)^2+cos(radians($c.p0))*cos(radians(n1.latitude))*sin(radians(n1.longitude-$c.p1)/2)^2] | CASE WHEN sine>1.0 THEN 1.0 ELSE sine END][0]))<=$c.p2) AND n1.name_key IS NOT NULL AND n1.id IS NOT NULL
  WITH n1
  ORDER BY n1.name_key,n1.id LIMIT $n0
  RETURN [n1.slug,n1.longitude,n1.latitude]
}],revision
