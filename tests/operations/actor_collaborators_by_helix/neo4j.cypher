MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0
  RETURN [
  COLLECT {
    MATCH (n1)-[t4:COLLABORATION]-(n2)
    WITH count(*) AS g8
    RETURN [g8]
  },
  COLLECT {
    MATCH (n1)-[t13:COLLABORATION]-(n11)
    WITH n11.helix AS g15,count(*) AS g17,min(n11.founded_in) AS g18
    RETURN [g15,g17,g18]
    ORDER BY g15
  },
  COLLECT {
    MATCH (n1)-[t22:COLLABORATION]-(n20) WHERE t22.strength>=$c.p1
    WITH n20.municipality AS g25,count(*) AS g26
    OPTIONAL MATCH (m21:Actor {id:g25})
    RETURN [m21.id,m21.name,g26]
    ORDER BY m21.name_key,m21.id
  },n1.collaborator_count]
}],revision
