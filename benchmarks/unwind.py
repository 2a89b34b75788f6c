"""A batch → an empty Neo4j by plain UNWIND, as one would write it by hand: the same rows as the store writes, without its checks.

Each statement takes some thousands of rows and is a transaction of its own, so that a load that breaks leaves half a graph. Labels,
relationship types and properties are those of `stores.neo4j.graph`.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from neo4j import Driver

from graph_api.model.catalogue import CATALOGUE, PAIR, Entity, Pair
from graph_api.model.changes import Batch, Row, change_id
from graph_api.stores.facts import as_json, complete, facts, found_by, listed, listed_ids
from graph_api.stores.neo4j.graph import (
    LABELS,
    SPEAKS_OF,
    is_tie,
    listed_property,
    type_of,
    type_of_one,
    type_of_pair,
)

ROWS_AT_ONCE = 5_000
AT = "2026-01-01T00:00:00.000Z"
NODE = "UNWIND $rows AS row CREATE (n:{label}) SET n = row"
RELATION = (
    "UNWIND $rows AS row MATCH (a:{a} {{id: row[0]}}), (b:{b} {{id: row[1]}}) CREATE (a)-[t:{type}]->(b) SET t = row[2]"
)
Properties = dict[str, object]


def loaded(driver: Driver, batch: Batch) -> float:
    """The seconds that writing took. The database is migrated, and empty."""
    start = time.perf_counter()
    for statement, rows in statements(batch):
        remaining = iter(rows)
        while chunk := list(islice(remaining, ROWS_AT_ONCE)):
            driver.execute_query(statement, rows=chunk, database_="neo4j")
    return time.perf_counter() - start


# ------------------------------------------------------------------------------------------------ statements
def statements(batch: Batch) -> Iterator[tuple[str, Iterable[object]]]:
    """Statements and their rows, in an order in which each finds what it refers to."""
    counts = _counts(batch)
    whole = {name: [complete(CATALOGUE[name], row) for row in rows] for name, rows in batch.things.items()}
    for name, rows in whole.items():
        entity = CATALOGUE[name]
        if not is_tie(entity):
            yield NODE.format(label=name), (_thing(entity, row) | counts[str(row["id"])] for row in rows)
    for name, rows in whole.items():
        entity = CATALOGUE[name]
        if is_tie(entity):
            assert entity.ends is not None
            near, far = entity.ends
            ends = {"a": entity.one(near).target, "b": entity.one(far).target}
            yield (
                RELATION.format(type=type_of(entity), **ends),
                ([row[near], row[far], _thing(entity, row)] for row in rows),
            )
            continue
        for one in entity.ones:
            yield (
                RELATION.format(type=type_of_one(entity, one), a=name, b=one.target),
                ([row["id"], row[one.name], {}] for row in rows if row[one.name] is not None),
            )
        for pair in listed(entity):
            yield _pair(pair), ([row["id"], other, {}] for row in rows for other in listed_ids(row[pair.listed_as]))
    for name, links in batch.links.items():
        refers = PAIR[name].one
        assert refers is not None
        yield _pair(PAIR[name]), ([a, b, {refers.column: c} if c else {}] for a, b, c in links)
    yield (
        RELATION.format(type=SPEAKS_OF, a="Source", b="Actor"),
        ([source, actor, {}] for source, actor in sorted(_speaks_of(batch))),
    )
    yield NODE.format(label="Change"), _changes(whole, batch)
    yield NODE.format(label="Word"), _vocabulary(batch)
    yield "UNWIND $rows AS row MATCH (g:Graph) SET g += row", [{"revision": 1, "changed_at": AT}]


def _pair(pair: Pair) -> str:
    return RELATION.format(type=type_of_pair(pair), a=pair.left[1], b=pair.right[1])


def _thing(entity: Entity, row: Row) -> Properties:
    """What is kept of a whole row."""
    found: Properties = {"revision": 1, **{fact.name: fact.value(row) for fact in facts(entity)}}
    found |= {one.column: row[one.name] for one in entity.ones if one.name not in (entity.ends or ())}
    if entity.ends:
        found |= {listed_property(pair): row[pair.listed_as] for pair in listed(entity)}
        kind = [row["kind"], row["since"] or ""] if entity.ends == ("from", "to") else []
        found["ends"] = "\0".join(map(str, [*(row[end] for end in entity.ends), *kind]))
    if entity.searched:
        known = found_by(entity, row)
        found |= {"words": known.held, "words_name": known.name, "words_name_en": known.name_en}
    return {name: value for name, value in found.items() if value is not None}


def _counts(batch: Batch) -> Mapping[str, dict[str, int]]:
    """The counts of each thing by its id, as the writer keeps them."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    reached = {
        (step.table, step.near, count.column)
        for entity in CATALOGUE.values()
        for count in entity.counts
        for (step,) in entity.relation(count.relation).arms
    }
    for table, near, column in reached:
        for id_ in _named(batch, table, near):
            found[id_][column] += 1
    every = {name: dict.fromkeys((count.column for count in CATALOGUE[name].counts), 0) for name in LABELS}
    return {
        id_: every[name] | dict(found[id_])
        for name in LABELS
        for row in batch.things.get(name, ())
        if (id_ := str(row["id"]))
    }


def _named(batch: Batch, table: str, near: str) -> Iterator[str]:
    """The ids that a table names as `near`, once a row."""
    for entity in CATALOGUE.values():
        if entity.table == table:
            yield from (str(row[near]) for row in batch.things.get(entity.name, ()))
    if table in PAIR:
        pair = PAIR[table]
        left = pair.left[0] == near
        yield from (link[0] if left else link[1] for link in batch.links.get(table, ()))
        if pair.listed_as:
            for row in batch.things.get(pair.left[1], ()):
                yield from (str(row["id"]) if left else other for other in _ids(row, pair))


def _speaks_of(batch: Batch) -> set[tuple[str, str]]:
    """(source, actor): of an actor's own row, and of each tie, participation and agreement of which it is an end."""
    found = set()
    for name, ends in (
        ("Actor", ("id",)),
        ("Collaboration", ("from", "to")),
        ("Affiliation", ("from", "to")),
        ("Participation", ("actor",)),
    ):
        pair = PAIR[f"{CATALOGUE[name].table}_source"]
        for row in batch.things.get(name, ()):
            found |= {(source, str(row[end])) for source in _ids(row, pair) for end in ends}
    for row in batch.things.get("Agreement", ()):
        sources, parties = _ids(row, PAIR["agreement_source"]), _ids(row, PAIR["agreement_party"])
        found |= {(source, party) for source in sources for party in parties}
    return found


def _ids(row: Row, pair: Pair) -> list[str]:
    return listed_ids(row.get(pair.listed_as))


def _changes(whole: Mapping[str, Sequence[Row]], batch: Batch) -> Iterator[Properties]:
    made = ((CATALOGUE[name], row) for name, rows in whole.items() for row in rows)
    linked: Iterator[tuple[Entity, Row]] = (
        (CATALOGUE[PAIR[name].left[1]], {"id": a, "pair": name, PAIR[name].right[0]: b, "source": c})
        for name, links in batch.links.items()
        for a, b, c in links
    )
    for number, (entity, row) in enumerate(chain(made, linked), 1):
        yield {
            "revision": 1,
            "id": change_id(1, number),
            "at": AT,
            "by": "benchmark",
            "by_fold": "benchmark",
            "action": "CREATED",
            "kind": entity.table.upper(),
            "node_id": row["id"],
            "after": as_json(row),
        }


def _vocabulary(batch: Batch) -> Sequence[Properties]:
    held = Counter(
        word
        for name, rows in batch.things.items()
        if CATALOGUE[name].searched
        for row in rows
        for word in found_by(CATALOGUE[name], row).held.split()
    )
    return [{"text": text, "n": count} for text, count in held.items()]
