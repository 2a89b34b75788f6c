"""The catalogue as a graph of Neo4j: labels, relationship types, properties, and the ways between things.

    an entity without ends   a node with the label of its name; its references to one other thing are both a property (the id,
                             for indexes, order and groups) and a relationship (for people, and for other tools)
    an entity with ends      a relationship from the first end to the second; what it refers to beside its ends is a property
                             that holds the id, its listed things (sources) a property that holds a list of ids
    a pair between nodes     a relationship from the left thing to the right; its reference is a property that holds the id
    SPEAKS_OF                what the sources of an actor, of its ties and of its agreements come to: kept by the writer

Properties have the names of `Field.column` and what stands beside it (`_en`, `_fold`, `_key`, `_first`, `_last`), as in the
embedded store. Null is an absent property. Knows no statement and no driver.
"""

from graph_api.model.catalogue import CATALOGUE, PAIR, TABLES, Entity, Many, One, Pair, Step, snake

SPEAKS_OF = "SPEAKS_OF"
"""(:Source)-[:SPEAKS_OF]->(:Actor), one a pair of things: else each read would walk every tie of the actor, or of the graph."""


def is_tie(entity: Entity) -> bool:
    """Whether the entity is a relationship."""
    return entity.ends is not None


def type_of(entity: Entity) -> str:
    """The relationship type of a tie: COLLABORATION."""
    return entity.table.upper()


def type_of_pair(pair: Pair) -> str:
    """The relationship type of a link between two nodes: ACTOR_COMPETENCE."""
    return pair.name.upper()


def type_of_one(entity: Entity, one: One) -> str:
    """The relationship type of a node's reference: ACTOR_MUNICIPALITY."""
    return f"{entity.table}_{one.column}".upper()


def listed_property(pair: Pair) -> str:
    """The property of a tie that holds the ids of a listed pair: sources."""
    return snake(pair.listed_as)


def pattern(relation: Many, of: str, tie: str, there: str) -> str:
    """The MATCH pattern from a thing to what it has by the relation, one row an edge; the relationship's alias may be empty.

    Not for what needs no relationship: `by_property` and `by_list` say which.
    """
    if relation.distinct and len(relation.arms) > 1:
        outward = relation.target == "Actor"
        return _step(of, tie, SPEAKS_OF, there, outward=outward)
    arms = relation.arms
    if len(arms) == 2:
        return f"({of})-[{tie}:{_type(arms[0][0])}]-({there})"
    path, at = f"({of})", arms[0]
    for number, step in enumerate(at, 1):
        last = number == len(at)
        path += _step("", tie if last else "", _type(step), there if last else "", outward=_outward(step))[2:]
    return path


def _step(of: str, tie: str, type_: str, there: str, *, outward: bool) -> str:
    return f"({of}){'' if outward else '<'}-[{tie}:{type_}]-{'>' if outward else ''}({there})"


def _type(step: Step) -> str:
    return step.table.upper()


def _outward(step: Step) -> bool:
    """Whether the step goes from the beginning of the relationship to its end."""
    if step.table in PAIR:
        return PAIR[step.table].left[0] == step.near
    ends = TABLES[step.table].ends
    assert ends is not None, "a step by a node names the thing by a property"
    return ends[0] == step.near


def by_property(relation: Many) -> str:
    """The property by which the things of the relation name the one that has them; empty where a relationship leads to them."""
    step = relation.arms[0][0]
    return snake(step.near) if len(relation.arms) == 1 and len(relation.arms[0]) == 1 and step.far == "pk" else ""


def by_list(owner: Entity, relation: Many) -> str:
    """The property of a tie that lists the ids of the relation's things; empty where a relationship leads to them."""
    return snake(relation.name) if is_tie(owner) else ""


LABELS = tuple(name for name, entity in CATALOGUE.items() if not is_tie(entity))


def orders(entity: Entity) -> tuple[tuple[str, ...], ...]:
    """The properties of each index that has an order: those that an equality may fix come first, the id last.

    The last one is that of the ids' uniqueness.
    """
    found: list[tuple[str, ...]] = []
    if entity.default_order != "id":
        found.append((entity.field(entity.default_order).sort_column, "id"))
    if entity.newest_first:
        found.append(("node_id", "revision", "id"))
    if entity.types:
        found += [(column, "name_key", "id") for column in ("kind", "helix", "municipality")]
    taken = ("id", "kind", "helix", entity.default_order) if entity.types else ("id", entity.default_order)
    found += [(field.sort_column, "id") for field in entity.fields if field.order and field.name not in taken]
    found += [(count.column, "id") for count in entity.counts]
    return (*found, ("id",))
