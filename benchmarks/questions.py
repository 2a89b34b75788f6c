"""Ten operations, each as a document for us, as its nearest equal for the peer, and as Cypher by hand; with the values that are asked for.

All three give the same facts: `rows` brings an answer of ours or of the peer to plain rows, `values` takes the names off, as an answer by hand
has none.

What Neo4j's planner needs is written into the peer's documents: that both keys of the order are known (`KNOWN`), and the kind as the first key,
let it walk an index instead of sorting all actors, which makes these pages three to ten times faster. Below the root its connections cut before
they go deeper, and its lists after; so lists stand only where nothing is below. Fields with Cypher of one's own (@cypher) are not used. It groups
rows and does not count them, so it counts the actors of each municipality, and all actors for the sake of those without one.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph_api.model.changes import Batch, Row
from graph_api.model.text import sort_key, words

SETS = 64
PAGE, PAGE_SIZE = 400, 25
HITS = 20
Json = Any
"""Of an answer: what JSON holds."""
Ask = Callable[[str, Mapping[str, object]], Json]
"""Document and variables → data."""


@dataclass(frozen=True, slots=True)
class Values:
    """One set of values, as each of the three takes it."""

    ours: Mapping[str, object]
    theirs: Mapping[str, object]
    by_hand: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """One operation."""

    name: str
    ours: str
    theirs: str
    by_hand: str
    """Values come in the map `$c`; a map as a parameter leaves the plan alone, whatever types and lengths are in it."""
    rows: Callable[[Json], Json]
    """Of our data, brought to plain form."""
    their_rows: Callable[[Json], Json]

    @property
    def theirs_untold(self) -> str:
        """The peer's document as one writes it who does not think of indexes; the same one where it needs none."""
        return (
            self.theirs.replace(f", {KNOWN}", "")
            .replace(f"{KNOWN}, ", "")
            .replace(f"where: {{{KNOWN}}}, ", "")
            .replace("{kind: ASC}, ", "")
        )


# ------------------------------------------------------------------------------------------------ answers
def plain(found: Json) -> Json:
    """Connections as lists, facts of a tie on its edge, and the peer's list of at most one municipality as that or None."""
    if isinstance(found, list):
        return [plain(each) for each in found]
    if not isinstance(found, dict):
        return found
    if found.keys() == {"nodes"}:
        return plain(found["nodes"])
    if found.keys() == {"edges"}:
        return [plain(_edge(edge)) for edge in found["edges"]]
    return {key: _one(plain(value)) if key == "municipality" else plain(value) for key, value in found.items()}


def _edge(edge: Json) -> Json:
    if edge.keys() == {"node"}:
        return edge["node"]
    return {**edge.get("properties", {}), **{key: edge[key] for key in edge if key != "properties"}}


def _one(found: Json) -> Json:
    return (found[0] if found else None) if isinstance(found, list) else found


def values(found: Json) -> Json:
    """Rows without names; what is unknown of a thing that is not there is null by name."""
    if isinstance(found, list):
        return [values(each) for each in found]
    return [values(each) for each in found.values()] if isinstance(found, dict) else found


def _groups(data: Json) -> Json:
    found = [
        (row["municipality"] or {"id": None, "name": None}) | {"count": row["count"]} for row in data["actorsAggregate"]
    ]
    return sorted(found, key=lambda row: str(row["id"]))


def _their_groups(data: Json) -> Json:
    found = [
        {"id": row["id"], "name": row["name"], "count": row["seatOfConnection"]["aggregate"]["count"]["nodes"]}
        for row in data["actors"]
    ]
    rest = data["actorsConnection"]["aggregate"]["count"]["nodes"] - sum(row["count"] for row in found)
    found += [{"id": None, "name": None, "count": rest}] if rest else []
    return sorted(found, key=lambda row: str(row["id"]))


def _hits(found: Json) -> Json:
    """Search orders by a rank of its own: what is compared is what was found."""
    return sorted(found, key=lambda row: str(row["id"]))


# ------------------------------------------------------------------------------------------------ documents
KNOWN = "AND: [{NOT: {name_key: {eq: null}}}, {NOT: {id: {eq: null}}}]"
BY_NAME = "sort: [{name_key: ASC}, {id: ASC}]"
NODE_BY_NAME = "sort: [{node: {name_key: ASC}}, {node: {id: ASC}}]"
TIE_BY_NAME = "sort: [{node: {name_key: ASC}}, {node: {id: ASC}}, {edge: {id: ASC}}]"
FACTS = "id slug name kind helix"
FACTS_BY_HAND = "[n.id,n.slug,n.name,n.kind,n.helix]"
IN_ORDER = "n.name_key IS NOT NULL AND n.id IS NOT NULL"

BY_ID = Question(
    "by id",
    f"query($id: ID!) {{ actor(id: $id) {{ {FACTS} }} }}",
    f"query($id: ID!) {{ actors(where: {{id: {{eq: $id}}}}) {{ {FACTS} }} }}",
    f"MATCH (n:Actor {{id:$c.id}}) RETURN {FACTS_BY_HAND}",
    lambda data: data["actor"],
    lambda data: data["actors"][0],
)
KIND = Question(
    "page of a kind, with total",
    """query($kind: ActorKind!) {
  actors(where: {kind: {eq: $kind}}, first: 50) { totalCount nodes { id name helix } } }""",
    f"""query($kind: ActorKind!) {{
  actorsConnection(where: {{kind: {{eq: $kind}}, {KNOWN}}}) {{ aggregate {{ count {{ nodes }} }} }}
  actors(where: {{kind: {{eq: $kind}}, {KNOWN}}}, limit: 50, sort: [{{kind: ASC}}, {{name_key: ASC}}, {{id: ASC}}]) {{ id name helix }} }}""",
    f"""RETURN [COUNT {{ (n:Actor) WHERE n.kind=$c.kind AND {IN_ORDER} }},
  COLLECT {{ MATCH (n:Actor) WHERE n.kind=$c.kind AND {IN_ORDER} WITH n ORDER BY n.kind,n.name_key,n.id LIMIT 50
    RETURN [n.id,n.name,n.helix] ORDER BY n.kind,n.name_key,n.id }}]""",
    lambda data: {"count": data["actors"]["totalCount"], "nodes": data["actors"]["nodes"]},
    lambda data: {"count": data["actorsConnection"]["aggregate"]["count"]["nodes"], "nodes": data["actors"]},
)
COLLABORATORS = Question(
    "20 collaborators, with the tie's facts",
    """query($id: ID!) { actor(id: $id) { id name collaborators(first: 20) {
  edges { kind strength since node { id name municipality { id name } } } } } }""",
    f"""query($id: ID!) {{ actors(where: {{id: {{eq: $id}}}}) {{ id name collaborators: collaboratorsConnection(first: 20, {TIE_BY_NAME}) {{
  edges {{ properties {{ kind strength since }} node {{ id name municipality {{ id name }} }} }} }} }} }}""",
    """MATCH (a:Actor {id:$c.id}) RETURN [a.id,a.name,COLLECT {
  MATCH (a)-[t:COLLABORATION]-(n) WITH t,n ORDER BY n.name_key,n.id,t.id LIMIT 20 OPTIONAL MATCH (m:Actor {id:n.municipality})
  RETURN [t.kind,t.strength,t.since,[n.id,n.name,CASE WHEN m IS NOT NULL THEN [m.id,m.name] END]] ORDER BY n.name_key,n.id,t.id }]""",
    lambda data: plain(data["actor"]),
    lambda data: plain(data["actors"][0]),
)
THREE_LEVELS = Question(
    "three levels (25 x 10 x 5)",
    """query($slug: String!) { municipality(slug: $slug) { name actors(first: 25) { nodes { name collaborators(first: 10) {
  edges { kind strength node { name competences(first: 5) { nodes { name } } } } } } } } }""",
    f"""query($slug: String!) {{ actors(where: {{slug: {{eq: $slug}}}}) {{ name
  actors: seatOfConnection(first: 25, {NODE_BY_NAME}) {{ edges {{ node {{ name collaborators: collaboratorsConnection(first: 10, {TIE_BY_NAME}) {{
    edges {{ properties {{ kind strength }} node {{ name competences(limit: 5, {BY_NAME}) {{ name }} }} }} }} }} }} }} }} }}""",
    """MATCH (m:Actor {slug:$c.slug}) RETURN [m.name,COLLECT {
  MATCH (n:Actor) WHERE n.municipality=m.id AND n.name_key IS NOT NULL AND n.id IS NOT NULL
  WITH n ORDER BY n.municipality,n.name_key,n.id LIMIT 25
  RETURN [n.name,COLLECT { MATCH (n)-[t:COLLABORATION]-(o) WITH t,o ORDER BY o.name_key,o.id,t.id LIMIT 10
    RETURN [t.kind,t.strength,[o.name,COLLECT { MATCH (o)-[:ACTOR_COMPETENCE]->(c) WITH c ORDER BY c.name_key,c.id LIMIT 5
      RETURN [c.name] ORDER BY c.name_key,c.id }]] ORDER BY o.name_key,o.id,t.id }] ORDER BY n.municipality,n.name_key,n.id }]""",
    lambda data: plain(data["municipality"]),
    lambda data: plain(data["actors"][0]),
)
CHALLENGE = Question(
    "initiatives of a challenge, with participants",
    """query($id: ID!) { node(id: $id) { ... on Challenge { id name initiatives(first: 25) { nodes { id name participants(first: 10) {
  edges { role node { id name kind } } } } } } } }""",
    f"""query($id: ID!) {{ challenges(where: {{id: {{eq: $id}}}}) {{ id name
  initiatives: initiativesConnection(first: 25, {NODE_BY_NAME}) {{ edges {{ node {{ id name
    participants: participantsConnection(first: 10, {NODE_BY_NAME}) {{ edges {{ properties {{ role }} node {{ id name kind }} }} }} }} }} }} }} }}""",
    """MATCH (u:Challenge {id:$c.id}) RETURN [u.id,u.name,COLLECT {
  MATCH (u)<-[:INITIATIVE_CHALLENGE]-(i) WITH i ORDER BY i.name_key,i.id LIMIT 25
  RETURN [i.id,i.name,COLLECT { MATCH (i)<-[t:PARTICIPATION]-(n) WITH t,n ORDER BY n.name_key,n.id,t.id LIMIT 10
    RETURN [t.role,[n.id,n.name,n.kind]] ORDER BY n.name_key,n.id,t.id }] ORDER BY i.name_key,i.id }]""",
    lambda data: plain(data["node"]),
    lambda data: plain(data["challenges"][0]),
)
GROUPS = Question(
    "actors counted by municipality",
    "{ actorsAggregate(groupBy: [MUNICIPALITY]) { count municipality { id name } } }",
    """{ actors(where: {kind: {eq: MUNICIPALITY}}) { id name seatOfConnection { aggregate { count { nodes } } } }
  actorsConnection { aggregate { count { nodes } } } }""",
    """MATCH (m:Actor {kind:'MUNICIPALITY'}) WITH m, COUNT { (m)<-[:ACTOR_MUNICIPALITY]-() } AS c ORDER BY m.id
  WITH collect([m.id,m.name,c]) AS known, sum(c) AS seated
  RETURN [[null,null,COUNT { (:Actor) } - seated]] + known""",
    _groups,
    _their_groups,
)
SOME = Question(
    "those with some tie, first 50",
    """query($helix: Helix!, $kind: CollaborationKind!, $strength: Float!) {
  actors(where: {collaborators: {some: {actor: {helix: {eq: $helix}}, kind: {eq: $kind}, strength: {gte: $strength}}}}, first: 50) {
    nodes { id name kind } } }""",
    f"""query($helix: Helix!, $kind: CollaborationKind!, $strength: Float!) {{
  actors(where: {{{KNOWN}, collaboratorsConnection: {{some: {{
    node: {{helix: {{eq: $helix}}}}, edge: {{kind: {{eq: $kind}}, strength: {{gte: $strength}}}} }} }} }}, limit: 50, {BY_NAME}) {{
    id name kind }} }}""",
    f"""RETURN COLLECT {{ MATCH (n:Actor) WHERE {IN_ORDER} AND EXISTS {{
    (n)-[t:COLLABORATION]-(o) WHERE o.helix=$c.helix AND t.kind=$c.kind AND t.strength>=$c.strength }}
  WITH n ORDER BY n.name_key,n.id LIMIT 50 RETURN [n.id,n.name,n.kind] ORDER BY n.name_key,n.id }}""",
    lambda data: plain(data["actors"]),
    lambda data: data["actors"],
)
SEARCH = Question(
    "text search",
    f"query($query: String!) {{ search(query: $query, types: [ACTOR], first: {HITS}) {{ nodes {{ ... on Actor {{ id name kind }} }} }} }}",
    f"query($phrase: String!) {{ searchActors(phrase: $phrase, first: {HITS}) {{ edges {{ node {{ id name kind }} }} }} }}",
    f"""CALL db.index.fulltext.queryNodes('search',$c.phrase) YIELD node AS n,score WHERE n:Actor
  WITH n LIMIT {HITS} WITH n ORDER BY n.id RETURN collect([n.id,n.name,n.kind])""",
    lambda data: _hits(data["search"]["nodes"]),
    lambda data: _hits([edge["node"] for edge in data["searchActors"]["edges"]]),
)
THOUSAND = Question(
    "1,000 rows",
    f"{{ actors(first: 1000) {{ nodes {{ {FACTS} }} }} }}",
    f"{{ actors(where: {{{KNOWN}}}, limit: 1000, {BY_NAME}) {{ {FACTS} }} }}",
    f"""RETURN COLLECT {{ MATCH (n:Actor) WHERE {IN_ORDER} WITH n ORDER BY n.name_key,n.id LIMIT 1000
  RETURN {FACTS_BY_HAND} ORDER BY n.name_key,n.id }}""",
    lambda data: plain(data["actors"]),
    lambda data: data["actors"],
)
DEEP = Question(
    f"page {PAGE}",
    f"query($after: String!) {{ actors(first: {PAGE_SIZE}, after: $after) {{ nodes {{ {FACTS} }} }} }}",
    f"query($offset: Int!) {{ actors(where: {{{KNOWN}}}, limit: {PAGE_SIZE}, offset: $offset, {BY_NAME}) {{ {FACTS} }} }}",
    f"""RETURN COLLECT {{ MATCH (n:Actor) WHERE n.name_key>=$c.key AND n.id IS NOT NULL AND (n.name_key<>$c.key OR n.id>$c.id)
  WITH n ORDER BY n.name_key,n.id LIMIT {PAGE_SIZE} RETURN {FACTS_BY_HAND} ORDER BY n.name_key,n.id }}""",
    lambda data: plain(data["actors"]),
    lambda data: data["actors"],
)
DEEP_BY_KEYS = replace(
    DEEP,
    name=f"page {PAGE}, the peer by a filter",
    theirs=f"""query($key: String!, $id: String!) {{ actors(
  where: {{name_key: {{gte: $key}}, OR: [{{name_key: {{gt: $key}}}}, {{idText: {{gt: $id}}}}], {KNOWN}}},
  limit: {PAGE_SIZE}, {BY_NAME}) {{ {FACTS} }} }}""",
)
"""The peer's own pages have an offset. Who knows the last row's keys can also ask for what comes after them."""
QUESTIONS = (BY_ID, KIND, COLLABORATORS, THREE_LEVELS, CHALLENGE, GROUPS, SOME, SEARCH, THOUSAND, DEEP)


# ------------------------------------------------------------------------------------------------ values
def drawn(batch: Batch, ask: Ask, seed: int = 11) -> dict[str, list[Values]]:
    """By name of the question, the sets of values that are asked for; the cursors of late pages are read from our server."""
    dice = random.Random(seed)
    actors = batch.things["Actor"]
    ends = Counter(str(tie[end]) for tie in batch.things["Collaboration"] for end in ("from", "to"))
    # Those with 20 ties or more, so that each answer shows 20.
    met = sorted(id_ for id_, ties in ends.items() if ties >= 20)
    seats = [str(actor["slug"]) for actor in actors if actor["kind"] == "MUNICIPALITY"]

    def alike(**names: Sequence[object]) -> list[Values]:
        """The same values for all three."""
        sets = [dict(zip(names, found, strict=True)) for found in zip(*names.values(), strict=True)]
        return [Values(each, each, each) for each in sets]

    ties = [dice.choice(batch.things["Collaboration"]) for _ in range(SETS)]
    return {
        BY_ID.name: alike(id=[actor["id"] for actor in dice.sample(actors, SETS)]),
        KIND.name: alike(kind=[actor["kind"] for actor in dice.sample(actors, SETS)]),
        COLLABORATORS.name: alike(id=dice.sample(met, SETS)),
        THREE_LEVELS.name: alike(slug=dice.sample(seats, len(seats))),
        CHALLENGE.name: alike(id=[row["id"] for row in batch.things["Challenge"]]),
        GROUPS.name: [Values({}, {}, {})],
        SOME.name: alike(
            helix=[dice.choice(("ACADEMIA", "GOVERNMENT", "HYBRID", "INDUSTRY")) for _ in ties],
            kind=[tie["kind"] for tie in ties],
            strength=[dice.choice((1.0, 2.0, 3.0)) for _ in ties],
        ),
        SEARCH.name: _searches(dice, actors),
        THOUSAND.name: [Values({}, {}, {})],
        DEEP.name: _late_pages(dice, actors, ask),
    }


def _searches(dice: random.Random, actors: Sequence[Row]) -> list[Values]:
    """Two words of an actor's name, such that no more are found than a page holds."""
    held = [
        set(words(" ".join(str(actor.get(key) or "") for key in ("name", "nameEn", "description")))) for actor in actors
    ]
    found: list[Values] = []
    while len(found) < SETS:
        one, other, *_ = words(str(dice.choice(actors)["name"]))
        hits = sum(
            any(word.startswith(one) for word in each) and any(word.startswith(other) for word in each) for each in held
        )
        if one != other and hits <= HITS:
            phrase = {"phrase": f"+{one}* +{other}*"}
            found.append(Values({"query": f"{one} {other}"}, phrase, phrase))
    return found


def _late_pages(dice: random.Random, actors: Sequence[Row], ask: Ask) -> list[Values]:
    """Pages near the four hundredth: by our cursor, by the peer's offset, by the keys of the row before."""
    ordered = sorted((sort_key(str(actor["name"])), str(actor["id"])) for actor in actors)
    last = (PAGE - 1) * PAGE_SIZE
    offsets = dice.sample(range(last - 1000, last + 1), SETS)
    cursors: list[str] = []
    query = "query($after: String) { actors(first: 1000, after: $after) { edges { cursor } } }"
    while len(cursors) < last:
        edges = ask(query, {"after": cursors[-1] if cursors else None})["actors"]["edges"]
        cursors += [edge["cursor"] for edge in edges]
    found = []
    for offset in offsets:
        key, id_ = ordered[offset - 1]
        before = {"key": key, "id": id_}
        found.append(Values({"after": cursors[offset - 1]}, {"offset": offset, **before}, before))
    return found
