"""A batch → an empty Neo4j by plain UNWIND, as one would write it by hand: the same rows as the store writes, without its checks.

Each statement takes some thousands of rows and is a transaction of its own, so that a load that breaks leaves half a graph. Labels,
relationship types and properties are those of `stores.neo4j.graph`.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import orjson
from neo4j import Driver, GraphDatabase

from graph_api.model.catalogue import CATALOGUE, PAIR, PAIRS, Entity, Field, Pair, Scalar
from graph_api.model.changes import Batch, Row
from graph_api.model.text import fold, sort_key, words
from graph_api.model.values import span
from graph_api.stores.neo4j.graph import (
    LABELS,
    SPEAKS_OF,
    TIES,
    is_tie,
    listed_property,
    type_of,
    type_of_one,
    type_of_pair,
)

ROWS_AT_ONCE = 5_000
LAST_TEXT, LAST_NUMBER = chr(0x10FFFF), {Scalar.INT: 2**63 - 1, Scalar.FLOAT: 1e12}
NODE = "UNWIND $rows AS row CREATE (n:{label}) SET n = row"
RELATION = "UNWIND $rows AS row MATCH (a:{a} {{id: row[0]}}), (b:{b} {{id: row[1]}}) CREATE (a)-[t:{type}]->(b) SET t = row[2]"
Properties = dict[str, object]


def connected(address: str) -> Driver:
    return GraphDatabase.driver(address, notifications_min_severity="OFF", telemetry_disabled=True)


def emptied(driver: Driver) -> None:
    """Everything in the database gone, its indexes and constraints too."""
    for name in [record["name"] for record in driver.execute_query("SHOW CONSTRAINTS YIELD name").records]:
        driver.execute_query(f"DROP CONSTRAINT `{name}`")
    for name in [
        record["name"] for record in driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").records
    ]:
        driver.execute_query(f"DROP INDEX `{name}`")
    with driver.session(database="neo4j") as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def loaded(driver: Driver, batch: Batch) -> float:
    """The seconds that writing took. The database is empty but for its indexes."""
    start = time.perf_counter()
    for statement, rows in statements(batch):
        remaining = iter(rows)
        while chunk := list(islice(remaining, ROWS_AT_ONCE)):
            driver.execute_query(statement, rows=chunk, database_="neo4j")
    return time.perf_counter() - start


def indexed(driver: Driver) -> None:
    """The constraints and indexes that reads go by; waits until they are there."""
    for label in LABELS:
        driver.execute_query(f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    for name in LABELS:
        if CATALOGUE[name].default_order != "id":
            driver.execute_query(f"CREATE INDEX FOR (n:{name}) ON (n.{CATALOGUE[name].default_order}_key, n.id)")
        if any(field.name == "slug" for field in CATALOGUE[name].fields):
            driver.execute_query(f"CREATE INDEX FOR (n:{name}) ON (n.slug)")
    for column in ("kind", "helix", "municipality"):
        driver.execute_query(f"CREATE INDEX FOR (n:Actor) ON (n.{column}, n.name_key, n.id)")
    for column in ("founded_in_key", "population_key", "collaborator_count", "initiative_count"):
        driver.execute_query(f"CREATE INDEX FOR (n:Actor) ON (n.{column}, n.id)")
    for name in TIES:
        driver.execute_query(f"CREATE CONSTRAINT FOR ()-[t:{type_of(CATALOGUE[name])}]-() REQUIRE t.id IS UNIQUE")
    searched = "|".join(name for name in LABELS if CATALOGUE[name].searched)
    analyzer = "{indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    driver.execute_query(f"CREATE FULLTEXT INDEX search FOR (n:{searched}) ON EACH [n.words] OPTIONS {analyzer}")
    driver.execute_query("CALL db.awaitIndexes(300)")


# ------------------------------------------------------------------------------------------------ statements
def statements(batch: Batch) -> Iterator[tuple[str, Iterable[object]]]:
    """Statements and their rows, in an order in which each finds what it refers to."""
    counts = _counts(batch)
    for name, rows in batch.things.items():
        entity = CATALOGUE[name]
        if not is_tie(entity):
            yield NODE.format(label=name), (_thing(entity, row) | counts[str(row["id"])] for row in rows)
    for name, rows in batch.things.items():
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
                ([row["id"], to, {}] for row in rows if (to := _one(entity, row, one.name)) is not None),
            )
        for pair in _listed(entity):
            yield _pair(pair), ([row["id"], other, {}] for row in rows for other in _ids(row, pair))
    for name, links in batch.links.items():
        one = PAIR[name].one
        assert one is not None
        yield _pair(PAIR[name]), ([a, b, {one.column: c} if c else {}] for a, b, c in links)
    yield (
        RELATION.format(type=SPEAKS_OF, a="Source", b="Actor"),
        ([source, actor, {}] for source, actor in sorted(_speaks_of(batch))),
    )
    yield NODE.format(label="Change"), _changes(batch)
    yield NODE.format(label="Word"), _vocabulary(batch)
    yield NODE.format(label="Graph"), [{"revision": 1, "changed_at": "2026-01-01T00:00:00.000Z"}]


def _pair(pair: Pair) -> str:
    return RELATION.format(type=type_of_pair(pair), a=pair.left[1], b=pair.right[1])


def _listed(entity: Entity) -> list[Pair]:
    return [pair for pair in PAIRS if pair.listed_as and pair.left[1] == entity.name]


def _ids(row: Row, pair: Pair) -> list[str]:
    listed = row.get(pair.listed_as)
    return sorted({str(id_) for id_ in listed}) if isinstance(listed, list | tuple) else []


def _one(entity: Entity, row: Row, name: str) -> object:
    """A municipality has its seat in itself."""
    return row["id"] if entity.types and row["kind"] == "MUNICIPALITY" else row.get(name)


def _thing(entity: Entity, row: Row) -> Properties:
    found: Properties = {"revision": 1}
    for field in entity.fields:
        found |= _field(field, row)
    for one in entity.ones:
        if one.name not in (entity.ends or ()):
            found[one.column] = _one(entity, row, one.name)
    if is_tie(entity):
        found |= {listed_property(pair): _ids(row, pair) for pair in _listed(entity)}
    if entity.searched:
        found |= _searched(entity, row)
    return {name: value for name, value in found.items() if value is not None}


def _field(field: Field, row: Row) -> Properties:
    value, column = row.get(field.name), field.column
    match field.type:
        case Scalar.POSITION:
            return {name: row.get(name) for name in ("longitude", "latitude")}
        case Scalar.DATE:
            first, last = (None, None) if value is None else span(str(value))
            key = {f"{column}_key": first or LAST_TEXT} if field.order else {}
            return {column: value, f"{column}_first": first, f"{column}_last": last, **key}
        case Scalar.TEXT:
            found: Properties = {column: value}
            if field.translated:
                found[f"{column}_en"] = row.get(f"{field.name}En")
            if field.filter:
                found[f"{column}_fold"] = None if value is None else fold(str(value))
            if field.order:
                found[f"{column}_key"] = LAST_TEXT if value is None else sort_key(str(value))
            return found
        case Scalar.INT | Scalar.FLOAT if field.order and not field.always:
            return {column: value, field.sort_column: LAST_NUMBER[field.type] if value is None else value}
        case _:
            return {column: value}


def _searched(entity: Entity, row: Row) -> Properties:
    first, *others = entity.searched
    name, name_en = words(str(row[first.name])), words(str(row.get(f"{first.name}En") or ""))
    texts = (row.get(key) for field in others for key in (field.name, f"{field.name}En"))
    described = (word for text in texts if text is not None for word in words(str(text)))
    return {
        "name_words": " ".join(name),
        "name_en_words": " ".join(name_en),
        "words": " ".join(dict.fromkeys([*name, *name_en, *described])),
    }


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


def _changes(batch: Batch) -> Iterator[Properties]:
    made = ((CATALOGUE[name], row) for name, rows in batch.things.items() for row in rows)
    linked: Iterator[tuple[Entity, Row]] = (
        (CATALOGUE[PAIR[name].left[1]], {"id": a, "pair": name, "to": b, "source": c})
        for name, links in batch.links.items()
        for a, b, c in links
    )
    for number, (entity, row) in enumerate(chain(made, linked), 1):
        yield {
            "revision": 1,
            "number": number,
            "at": "2026-01-01T00:00:00.000Z",
            "by": "benchmark",
            "action": "CREATED",
            "kind": entity.table.upper(),
            "node_id": row["id"],
            "after": orjson.dumps(row).decode(),
        }


def _vocabulary(batch: Batch) -> Sequence[Properties]:
    held = Counter(
        word
        for name, rows in batch.things.items()
        if CATALOGUE[name].searched
        for row in rows
        for word in str(_searched(CATALOGUE[name], row)["words"]).split()
    )
    return [{"text": text, "n": count} for text, count in held.items()]
