"""The catalogue as constraints and indexes, and the migrations that lead a database there.

    (:Graph {revision, changed_at, schema})          exactly one; `schema` is the number of the last migration
    (:Migration {number, name, applied_at})          one a migration
    (:Change {id, revision, at, by, by_fold, action, kind, node_id, before, after})    the change log
    (:Alias {id, kept})                               an id that answers as another thing
    (:Word {text, n})                                 the vocabulary of search, and how many things hold each word

The migrations are the history and are never changed; `ddl()` is what they must have led to, and a test compares the two. A step is repeatable, and
is recorded last: who stops half-way, or runs beside another, does no harm.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import resources
from typing import NamedTuple

from neo4j import AsyncManagedTransaction, AsyncSession
from neo4j.exceptions import ClientError

from graph_api.errors import NewerStore, NotAStore
from graph_api.model.catalogue import CATALOGUE, PAIRS, Entity, Scalar
from graph_api.stores.neo4j.graph import LABELS, is_tie, orders, type_of, type_of_pair

WAIT_SECONDS = 600
"""How long indexes may take to be filled."""

_KNOWN = {
    "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
    "Neo.ClientError.Schema.ConstraintAlreadyExists",
    "Neo.ClientError.Schema.IndexAlreadyExists",
}
"""What a step says that another process has just taken."""

_LOOK = """
MATCH (n) WITH count(n) AS things
OPTIONAL MATCH (g:Graph) RETURN things, count(g) > 0 AS there, CASE count(g) WHEN 1 THEN max(g.schema) END AS schema
"""
_RECORD = """
MERGE (g:Graph {id: 'graph'}) ON CREATE SET g.revision = 0
MERGE (m:Migration {number: $c.number}) ON CREATE SET m.name = $c.name, m.applied_at = $c.at
SET g.schema = CASE WHEN coalesce(g.schema, 0) < $c.number THEN $c.number ELSE g.schema END
"""


class Migration(NamedTuple):
    """One step."""

    number: int
    name: str
    statements: tuple[str, ...]


def migrations() -> list[Migration]:
    """The steps that lead from an empty database to the present schema, in their order."""
    folder = resources.files("graph_api.stores.neo4j") / "migrations"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".cypher")), key=lambda entry: entry.name
    )
    return [
        Migration(int(file.name[:4]), file.name.removesuffix(".cypher"), statements(file.read_text(encoding="utf-8")))
        for file in files
    ]


def statements(text: str) -> tuple[str, ...]:
    """The statements of a text, each of which ends in a semicolon at a line's end; lines that begin with // are remarks."""
    told = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    return tuple(part.strip() for part in re.split(r";\s*$", told, flags=re.MULTILINE) if part.strip())


# ------------------------------------------------------------------------------------------------ migrate
async def pending(session: AsyncSession) -> list[Migration]:
    """The steps that the database has not taken; all of an empty one.

    Raises:
        NotAStore: there are things in it, but not ours.
        NewerStore: it has taken steps that are not known here.
    """
    things, there, schema = await session.execute_read(_look)
    known = migrations()
    if not there:
        if things:
            raise NotAStore(
                "The database holds another program's graph.", hint="Name another database, or an empty one."
            )
        return known
    if not isinstance(schema, int):
        raise NotAStore("The database's node :Graph is not ours.", hint="Name another database, or an empty one.")
    if schema > known[-1].number:
        message = f"The database is of version {schema}; this Samverkan knows {known[-1].number}."
        raise NewerStore(message, hint="Update Samverkan, or name another database.")
    return [step for step in known if step.number > schema]


async def _look(tx: AsyncManagedTransaction) -> tuple[int, bool, object]:
    found = await (await tx.run(_LOOK)).single(strict=True)
    return int(found["things"]), bool(found["there"]), found["schema"]


async def migrate(session: AsyncSession) -> list[Migration]:
    """Take the steps that are pending; which they were.

    Raises:
        NotAStore, NewerStore: as `pending`; nothing was changed.
    """
    steps = await pending(session)
    for step in steps:
        for statement in step.statements:
            await _take(session, statement)
        await _take(session, f"CALL db.awaitIndexes({WAIT_SECONDS})")
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        await _take(session, _RECORD, {"number": step.number, "name": step.name, "at": at})
    return steps


async def _take(session: AsyncSession, statement: str, values: object = None) -> None:
    """One statement in a transaction of its own: the schema's cannot share one with the data's.

    One that changes a graph of any size says IN TRANSACTIONS, for which it must come alone; what it has done it does not do again.
    """

    async def run(tx: AsyncManagedTransaction) -> None:
        await (await tx.run(statement, {"c": values})).consume()

    try:
        if "IN TRANSACTIONS" in statement:
            await (await session.run(statement)).consume()
        else:
            await session.execute_write(run)
    except ClientError as error:
        if error.code not in _KNOWN:
            raise


# ------------------------------------------------------------------------------------------------ the schema
def ddl() -> list[str]:
    """The statements that make all constraints and indexes."""
    return [statement for part in (_of_entities(), _of_pairs(), _of_all()) for statement in part]


def _of_entities() -> Iterator[str]:
    for entity in CATALOGUE.values():
        table, what = entity.table, _what(entity)
        yield _unique(f"{table}_id", what, "id")
        if is_tie(entity):
            yield _unique(f"{table}_ends", what, "ends")
        if any(field.name == "slug" for field in entity.fields):
            yield _unique(f"{table}_slug", what, "slug")
        # The last order is that of the ids, which their uniqueness keeps.
        for names in orders(entity)[:-1]:
            first = names[0]
            yield _index(f"{table}_{'order' if first == f'{entity.default_order}_key' else first}", what, *names)
        if entity.near:
            yield _index(f"{table}_latitude", what, "latitude")
        for field in entity.fields:
            if field.type is Scalar.TEXT and field.filter and field.kinds:
                yield _index(f"{table}_{field.column}", what, field.column)
        for one in entity.ones:
            if one.name not in (entity.ends or ()) and not entity.types:
                yield _index(f"{table}_{one.column}", what, one.column)


def _of_pairs() -> Iterator[str]:
    for pair in PAIRS:
        if pair.one:
            what = f"()-[n:{type_of_pair(pair)}]-()"
            yield _index(f"{pair.name}_{pair.one.column}", what, pair.one.column)


def _of_all() -> Iterator[str]:
    searched = "|".join(label for label in LABELS if CATALOGUE[label].searched)
    options = "{indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}"
    yield f"CREATE FULLTEXT INDEX search IF NOT EXISTS FOR (n:{searched}) ON EACH [n.words] OPTIONS {options}"
    yield _unique("graph_id", "(n:Graph)", "id")
    yield _unique("migration_number", "(n:Migration)", "number")
    yield _unique("word_text", "(n:Word)", "text")
    yield _unique("change_id", "(n:Change)", "id")
    yield _index("change_order", "(n:Change)", "revision", "id")
    yield _index("change_of", "(n:Change)", "node_id", "revision", "id")
    yield _unique("alias_id", "(n:Alias)", "id")
    yield _index("alias_kept", "(n:Alias)", "kept")


def _what(entity: Entity) -> str:
    return f"()-[n:{type_of(entity)}]-()" if is_tie(entity) else f"(n:{entity.name})"


def _unique(name: str, what: str, column: str) -> str:
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR {what} REQUIRE n.{column} IS UNIQUE"


def _index(name: str, what: str, *columns: str) -> str:
    return f"CREATE INDEX {name} IF NOT EXISTS FOR {what} ON ({', '.join(f'n.{column}' for column in columns)})"
