"""Rows and links as they were written, what the database holds, and what is wrong with it; within the transaction of the caller.

Whatever is kept twice is compared here: a reference as a property and as a relationship, counts, what sources speak of, the ends of ties,
the vocabulary; and whether aliases lead to what is there.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from neo4j import AsyncManagedTransaction, AsyncTransaction

from graph_api.errors import DamagedStore
from graph_api.model.catalogue import CATALOGUE, MERGED, PAIRS, Entity, Pair
from graph_api.model.changes import Change, Link, Place, Row
from graph_api.stores.base import Info
from graph_api.stores.facts import LOST_ALIAS, NEEDLESS_ALIAS, listed, logged
from graph_api.stores.neo4j import graph
from graph_api.stores.neo4j.properties import reader
from graph_api.stores.neo4j.writing import speaks_of

ROWS_A_BATCH = 1000
EXAMPLES = 5
"""So many things are named of those that are wrong in the same way."""

Transaction = AsyncManagedTransaction | AsyncTransaction


async def rows(tx: Transaction, entity: Entity, after: str) -> list[Row]:
    """The next `ROWS_A_BATCH` rows of an entity after an id, in the order of ids; fewer at the end."""
    return [*map(reader(entity).row, await _list(tx, _rows(entity), after=after))]


@cache
def _rows(entity: Entity) -> str:
    of, names = ("t", "a, t, b") if graph.is_tie(entity) else ("n", "n")
    cut = f"WHERE {of}.id > $c.after WITH {names} ORDER BY {of}.id LIMIT {ROWS_A_BATCH}"
    return f"MATCH {_what(entity)} {cut} RETURN collect({reader(entity).columns})"


async def links(tx: Transaction, pair: Pair) -> list[Link]:
    """Every link of a pair with a file of its own, in the order of both ids."""
    assert pair.one is not None, "only pairs with a file of their own have links"
    text = f"MATCH (a)-[x:{graph.type_of_pair(pair)}]->(b) RETURN collect([a.id, b.id, x.{pair.one.column}])"
    return sorted(
        ((left, right, refers) for left, right, refers in await _list(tx, text)), key=lambda link: (link[0], link[1])
    )


async def changes(tx: Transaction, after: Place, until: int, limit: int) -> list[Change]:
    """The changes after a place in the log, up to a revision, oldest first."""
    beyond = "n.revision >= $c.revision AND n.revision <= $c.until AND (n.revision > $c.revision OR n.id > $c.id)"
    said = "[n.id, n.revision, n.at, n.by, n.action, n.kind, n.node_id, n.before, n.after]"
    text = f"MATCH (n:Change) WHERE {beyond} WITH n ORDER BY n.revision, n.id LIMIT $c.limit RETURN collect({said})"
    found = await _list(tx, text, revision=after[0], id=after[1], until=until, limit=limit)
    return [logged(values) for values in found]


async def aliases(tx: Transaction) -> tuple[Mapping[str, str], int]:
    """Every id that answers as another's, and the revision, read before them: what comes between makes them newer than it, never older."""
    listed_ = "COLLECT { MATCH (x:Alias) RETURN [x.id, x.kept] }"
    revision, pairs = await _list(tx, f"MATCH (g:Graph) WITH g.revision AS revision RETURN [revision, {listed_}]")
    return dict(pairs), int(revision)


async def info(tx: Transaction) -> Info:
    """What the database holds."""
    counts = " ".join(
        f"CALL () {{ MATCH {_what(entity)} RETURN count(*) AS n{number} }}"
        for number, entity in enumerate(CATALOGUE.values())
    )
    numbers = ",".join(f"n{number}" for number in range(len(CATALOGUE)))
    version = "CALL dbms.components() YIELD name, versions WITH name, versions WHERE name = 'Neo4j Kernel'"
    text = f"{version} MATCH (g:Graph) {counts} RETURN [g.revision, g.changed_at, versions[0], {numbers}]"
    revision, changed_at, version, *found = await _list(tx, text)
    return Info(int(revision), changed_at, dict(zip(CATALOGUE, found, strict=True)), "neo4j", str(version))


async def _list(tx: Transaction, text: str, **values: object) -> list[Any]:
    """The one list that a statement returns."""
    record = await (await tx.run(text, {"c": values})).single()
    if record is None:
        raise DamagedStore("The node :Graph is not there.", hint="Run samverkan migrate.")
    return list(record[0])


def _what(entity: Entity) -> str:
    return f"(a)-[t:{graph.type_of(entity)}]->(b)" if graph.is_tie(entity) else f"(n:{entity.name})"


# ------------------------------------------------------------------------------------------------ check
async def check(tx: Transaction) -> list[str]:
    """What is wrong, in words; some examples of each fault."""
    found: list[str] = []
    for message, text, values in _checks():
        number, examples = await _list(tx, f"{text} RETURN [count(wrong), collect(wrong)[..{EXAMPLES}]]", **values)
        if number:
            found.append(
                f"{message}: {', '.join(map(str, examples))}{' …' if number > len(examples) else ''} ({number})"
            )
    return found


Check = tuple[str, str, Mapping[str, object]]
"""What is wrong, the statement that ends in what is wrong by the name `wrong`, its values."""


def _checks() -> Iterator[Check]:
    for entity in CATALOGUE.values():
        yield from _facts(entity)
        yield from _ends(entity) if graph.is_tie(entity) else _references(entity)
        yield from _counts(entity)
    for pair in PAIRS:
        if pair.one:
            refers = f"x.{pair.one.column}"
            missing = f"{refers} IS NOT NULL AND NOT EXISTS {{ (:{pair.one.target} {{id: {refers}}}) }}"
            there = f"MATCH (a)-[x:{graph.type_of_pair(pair)}]->() WHERE {missing} WITH a.id AS wrong"
            yield f"{pair.name} names a {pair.one.target} that is not there", there, {}
    speaks = f"WITH a, {speaks_of()} AS wanted, COLLECT {{ MATCH (a)<-[:{graph.SPEAKS_OF}]-(s) RETURN s.id }} AS there"
    other = "size(wanted) <> size(there) OR any(id IN wanted WHERE NOT id IN there)"
    yield "SPEAKS_OF is not what the sources come to", f"MATCH (a:Actor) {speaks} WHERE {other} WITH a.id AS wrong", {}
    yield LOST_ALIAS, f"MATCH (x:Alias) WHERE NOT EXISTS {{ (:{MERGED} {{id: x.kept}}) }} WITH x.id AS wrong", {}
    yield NEEDLESS_ALIAS, f"MATCH (x:Alias) WHERE EXISTS {{ (:{MERGED} {{id: x.id}}) }} WITH x.id AS wrong", {}
    yield from _vocabulary()


def _facts(entity: Entity) -> Iterator[Check]:
    of = "t" if graph.is_tie(entity) else "n"
    needed = [field.column for field in entity.fields if field.always]
    lacking = " OR ".join(f"{of}.{column} IS NULL" for column in ("revision", *needed))
    name = f"coalesce({of}.id, elementId({of}))"
    yield f"{entity.name} lacks a fact", f"MATCH {_what(entity)} WHERE {lacking} WITH {name} AS wrong", {}
    for field in entity.fields:
        if isinstance(field.type, type):
            foreign = f"WHERE NOT {of}.{field.column} IN $c.values WITH {name} AS wrong"
            values = {"values": [item.value for item in field.type]}
            yield f"{entity.name} has a {field.name} that is none", f"MATCH {_what(entity)} {foreign}", values


def _ends(entity: Entity) -> Iterator[Check]:
    assert entity.ends is not None
    one, other = (entity.one(end).target for end in entity.ends)
    tie = f"MATCH {_what(entity)}"
    yield f"{entity.name} ties what it cannot", f"{tie} WHERE NOT (a:{one} AND b:{other}) WITH t.id AS wrong", {}
    ends = "a.id + $c.divider + b.id"
    if entity.ends == ("from", "to"):
        ends += " + $c.divider + t.kind + $c.divider + coalesce(t.since, '')"
    yield (
        f"{entity.name} has other ends than it says",
        f"{tie} WHERE t.ends <> {ends} WITH t.id AS wrong",
        {"divider": "\0"},
    )
    for o in entity.ones:
        if o.name not in entity.ends:
            missing = f"t.{o.column} IS NOT NULL AND NOT EXISTS {{ (:{o.target} {{id: t.{o.column}}}) }}"
            yield f"{entity.name} names a {o.target} that is not there", f"{tie} WHERE {missing} WITH t.id AS wrong", {}
    for pair in listed(entity):
        names = f"t.{graph.listed_property(pair)}"
        missing = f"any(id IN {names} WHERE NOT EXISTS {{ (:{pair.right[1]} {{id: id}}) }})"
        yield (
            f"{entity.name} lists a {pair.right[1]} that is not there",
            f"{tie} WHERE {missing} WITH t.id AS wrong",
            {},
        )


def _references(entity: Entity) -> Iterator[Check]:
    for one in entity.ones:
        by = f"COLLECT {{ MATCH (n)-[:{graph.type_of_one(entity, one)}]->(o:{one.target}) RETURN o.id }}"
        said = f"CASE WHEN n.{one.column} IS NULL THEN [] ELSE [n.{one.column}] END"
        message = f"{entity.name} names another {one.name} by its property than by its relationship"
        yield message, f"MATCH (n:{entity.name}) WHERE {by} <> {said} WITH n.id AS wrong", {}


def _counts(entity: Entity) -> Iterator[Check]:
    for count in entity.counts:
        real = f"COUNT {{ {graph.pattern(entity.relation(count.relation), 'n', '', '')} }}"
        wrong = f"WHERE n.{count.column} IS NULL OR n.{count.column} <> {real} WITH n.id AS wrong"
        yield f"{entity.name} has another {count.name} than is kept", f"MATCH (n:{entity.name}) {wrong}", {}


def _vocabulary() -> Iterator[Check]:
    labels = "|".join(label for label in graph.LABELS if CATALOGUE[label].searched)
    held = f"MATCH (n:{labels}) WHERE n.words <> '' UNWIND split(n.words, ' ') AS text WITH text, count(*) AS real"
    missing = (
        "OPTIONAL MATCH (w:Word {text: text}) WITH text, real, w WHERE w IS NULL OR w.n <> real WITH text AS wrong"
    )
    yield "A word is counted otherwise than it is held", f"{held} {missing}", {}
    total = f"COLLECT {{ MATCH (n:{labels}) WHERE n.words <> '' RETURN size(split(n.words, ' ')) }}"
    sums = f"MATCH (w:Word) WITH sum(w.n) AS kept WITH kept, reduce(s = 0, x IN {total} | s + x) AS real"
    yield (
        "The vocabulary holds words of things that are gone",
        f"{sums} WHERE kept <> real WITH kept - real AS wrong",
        {},
    )
