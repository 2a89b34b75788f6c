MATCH (g:Graph)
WITH g.revision AS revision
RETURN [
COLLECT {
  MATCH (n1:Actor) WHERE n1.slug=$c.p0 CALL (*) {
    MATCH (n1)-[t4:COLLABORATION]-(n2)
    WITH count(*) AS g8
    WITH *
    RETURN collect([g8]) AS g11
  } CALL (*) {
    MATCH (n1)-[t14:COLLABORATION]-(n12)
    WITH n12.helix AS g16,count(*) AS g18,min(n12.founded_in) AS g19
    WITH *
    ORDER BY g16
    RETURN collect([g16,g18,g19]) AS g21
  } CALL (*) {
    MATCH (n1)-[t24:COLLABORATION]-(n22) WHERE t24.strength>=$c.p1
    WITH n22.municipality AS g27,count(*) AS g28
    OPTIONAL MATCH (m23:Actor {id:g27})
    WITH *
    ORDER BY m23.name_key,m23.id
    RETURN collect([m23.id,m23.name,g28]) AS g31
  }
  RETURN [g11,g21,g31,n1.collaborator_count]
}],revision
