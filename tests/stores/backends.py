"""Stores under test, each with `raw` access beside its API: so reads are tested without the store's writes, and writes without its reads.

A new store joins with a `Backend` of its own in `BACKENDS`. Raw access of SQLite is plain SQL through a connection of its own. What needs a server
has it lent by `neo4j_server`.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import apsw
import orjson
import pytest

from graph_api.model.catalogue import CATALOGUE, PAIR, PAIRS, Entity, Scalar, snake
from graph_api.model.changes import Batch, Link, Row
from graph_api.model.text import fold, sort_key
from graph_api.model.values import span
from graph_api.stores.base import Store
from graph_api.stores.neo4j.local import LONG_TERM, NEWEST
from graph_api.stores.neo4j.store import Neo4jStore
from graph_api.stores.sqlite.store import SqliteStore
from tests import strategies
from tests.reference import Twin, whole
from tests.region import REGION
from tests.stores import neo4j_server
from tests.stores.raw_neo4j import RawNeo4j


class Raw(Protocol):
    """A store's data, past its API."""

    def insert(self, batch: Batch) -> None:
        """Put the rows there as the store's own writer would, at revision 1; search words are left out."""

    def rows(self, entity: str) -> list[dict[str, Any]]:
        """Every row of an entity by id, in the form of `model.changes.Row`."""

    def links(self, pair: str) -> list[Link]:
        """Every link of a pair with a file of its own."""

    def counts(self, entity: str, count: str) -> Mapping[str, int]:
        """The kept count of each thing by id."""

    def changes(self) -> list[tuple[int, str, str, Any, Any]]:
        """The change log: revision, action, id, before, after."""

    def revision(self) -> int:
        """The revision that is kept."""

    def break_reference(self) -> None:
        """Make the first collaboration's end lead nowhere."""

    def alias(self, id_: str, kept: str) -> None:
        """Let an id answer as another, whatever that is."""


@dataclass(frozen=True, slots=True)
class Backend:
    """An open store, and its data."""

    store: Store
    raw: Raw


Opener = Callable[[Path], AbstractAsyncContextManager[Backend]]


# ------------------------------------------------------------------------------------------------ SQLite
class RawSqlite:
    """Plain SQL on the file."""

    def __init__(self, path: Path) -> None:
        self.db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        self.db.set_busy_timeout(10_000)

    def insert(self, batch: Batch) -> None:
        twin = Twin.of(batch)
        keys = {thing.id: number for known in twin.things.values() for number, thing in enumerate(known.values(), 1)}
        with self.db:
            self.db.execute("PRAGMA defer_foreign_keys=ON; UPDATE meta SET value=1 WHERE key='revision'")
            for known in twin.things.values():
                for thing in known.values():
                    columns = _columns(thing.entity, thing.row, keys) | {"pk": keys[thing.id]}
                    columns |= {count.column: twin.count(thing, count) for count in thing.entity.counts}
                    names = ",".join(f'"{name}"' for name in columns)
                    marks = ",".join("?" * len(columns))
                    self.db.execute(
                        f"INSERT INTO {thing.entity.table}({names}) VALUES({marks})", tuple(columns.values())
                    )
            for name, links in twin.links.items():
                for left, right, refers in links:
                    ends = (keys[left], keys[right], *((refers and keys[refers],) if PAIR[name].one else ()))
                    self.db.execute(f"INSERT INTO {name} VALUES({','.join('?' * len(ends))})", ends)

    def rows(self, entity: str) -> list[dict[str, Any]]:
        of, found = CATALOGUE[entity], []
        for values in self._all(f"SELECT * FROM {of.table} ORDER BY id"):
            row: dict[str, Any] = {}
            for name in whole(of, {}):
                pair = next((pair for pair in PAIRS if pair.left[1] == entity and pair.listed_as == name), None)
                one = next((one for one in of.ones if one.name == name), None)
                field = next((field for field in of.fields if field.name == name), None)
                if pair:
                    ids = f"SELECT o.id FROM {pair.name} p JOIN {CATALOGUE[pair.right[1]].table} o ON o.pk=p.{pair.right[0]}"
                    row[name] = sorted(
                        id_ for (id_,) in self.db.execute(f"{ids} WHERE p.{pair.left[0]}=?", (values["pk"],))
                    )
                elif one:
                    row[name] = self._id(one.target, values[one.column])
                elif field and values[field.column] is not None and field.type in (Scalar.TEXTS, Scalar.BOOLEAN):
                    row[name] = (
                        orjson.loads(values[field.column]) if field.type is Scalar.TEXTS else values[field.column] == 1
                    )
                else:
                    row[name] = values[snake(name)]
            found.append(row)
        return found

    def links(self, pair: str) -> list[Link]:
        of = PAIR[pair]
        assert of.one is not None
        return sorted(
            (
                str(self._id(of.left[1], link[of.left[0]])),
                str(self._id(of.right[1], link[of.right[0]])),
                self._id(of.one.target, link[of.one.column]),
            )
            for link in self._all(f"SELECT * FROM {pair}")
        )

    def counts(self, entity: str, count: str) -> Mapping[str, int]:
        return {row["id"]: row[snake(count)] for row in self._all(f"SELECT * FROM {CATALOGUE[entity].table}")}

    def changes(self) -> list[tuple[int, str, str, Any, Any]]:
        found = self.db.execute("SELECT revision,action,node_id,before,after FROM change ORDER BY revision,id")
        return [(r, action, id_, b and orjson.loads(b), a and orjson.loads(a)) for r, action, id_, b, a in found]

    def revision(self) -> int:
        return int(self.db.execute("SELECT value FROM meta WHERE key='revision'").get)

    def break_reference(self) -> None:
        self.db.execute(
            'PRAGMA foreign_keys=OFF; UPDATE collaboration SET "from"=999 WHERE pk=(SELECT min(pk) FROM collaboration)'
        )

    def alias(self, id_: str, kept: str) -> None:
        self.db.execute("INSERT INTO alias VALUES(?,?)", (id_, kept))

    def _all(self, sql: str) -> list[dict[str, Any]]:
        cursor = self.db.execute(sql)
        return [dict(zip([name for name, _ in cursor.get_description()], row, strict=True)) for row in cursor]

    def _id(self, entity: str, key: object) -> str | None:
        found = self.db.execute(f"SELECT id FROM {CATALOGUE[entity].table} WHERE pk=?", (key,)).get
        return None if found is None else str(found)


def _columns(entity: Entity, row: Row, keys: Mapping[str, int]) -> dict[str, Any]:
    made: dict[str, Any] = {"revision": 1}
    for field in entity.fields:
        if field.type is Scalar.POSITION:
            made |= {"longitude": row["longitude"], "latitude": row["latitude"]}
            continue
        value: Any = row[field.name]
        made[field.column] = orjson.dumps(value).decode() if field.type is Scalar.TEXTS and value is not None else value
        if field.translated:
            made[f"{field.column}_en"] = row[f"{field.name}En"]
        if field.type is Scalar.TEXT and field.filter:
            made[f"{field.column}_fold"] = None if value is None else fold(value)
        if field.type is Scalar.TEXT and field.order:
            made[f"{field.column}_key"] = chr(0x10FFFF) if value is None else sort_key(value)
        if field.type is Scalar.DATE:
            made |= dict(
                zip(
                    (f"{field.column}_first", f"{field.column}_last"),
                    span(value) if value else (None, None),
                    strict=True,
                )
            )
    return made | {one.column: None if row[one.name] is None else keys[str(row[one.name])] for one in entity.ones}


@asynccontextmanager
async def sqlite_file(folder: Path) -> AsyncIterator[Backend]:
    """The embedded store, in a file of the folder."""
    path = folder / "graph.db"
    store = SqliteStore(path)
    raw = RawSqlite(path)
    try:
        yield Backend(store, raw)
    finally:
        raw.db.close()
        await store.close()


# ------------------------------------------------------------------------------------------------ Neo4j
def on_server(version: str) -> Opener:
    """A store on an empty graph of a real server."""

    @asynccontextmanager
    async def opened(folder: Path) -> AsyncIterator[Backend]:
        async with neo4j_server.lent(version) as graph:
            store = Neo4jStore(
                graph.uri, user=graph.user, password=graph.password, database=graph.database, deadline=60
            )
            try:
                await store.ready()
                yield Backend(store, RawNeo4j(graph.driver, graph.database))
            finally:
                await store.close()

    return opened


VERSIONS = {"neo4j": NEWEST, "neo4j-5.26": LONG_TERM}
"""Of the server that a store needs."""

BACKENDS: Mapping[str, Opener] = {
    "sqlite": sqlite_file,
    **{name: on_server(version) for name, version in VERSIONS.items()},
}
"""How each store is opened, empty; an embedded one in a folder."""


def make_ready(name: str, config: pytest.Config) -> None:
    """Leave the test out where this machine cannot have the store; servers that it starts end with the session."""
    if name in VERSIONS:
        neo4j_server.needed(VERSIONS[name])
        config.add_cleanup(neo4j_server.close)


class Shelf:
    """Stores filled with random regions, each once, with the twin of each; where servers are few, those asked for last.

    There are `regions` random ones. A Neo4j plans each statement anew for each graph, in a tenth of a second or in ten: so it has
    one, and the embedded store a dozen.
    """

    def __init__(self, opener: Opener, folder: Path) -> None:
        self.opener, self.folder = opener, folder
        self.regions = 12 if opener is sqlite_file else 1
        self.open: dict[object, tuple[Backend, Twin, AsyncExitStack]] = {}

    async def take(self, key: object, batch: Callable[[], Batch], *, written: bool = False) -> tuple[Backend, Twin]:
        """The store filled with a batch, and its twin; `key` names the batch. `written` by the store itself: with words for search."""
        kept = self.open.pop(key, None)
        if kept is None:
            folder = self.folder / str(key)
            folder.mkdir(exist_ok=True)
            stack, made = AsyncExitStack(), batch()
            backend = await stack.enter_async_context(self.empty(folder))
            if written:
                await backend.store.write(made, None, "test")
            else:
                backend.raw.insert(made)
            kept = backend, Twin.of(made), stack
        self.open[key] = kept
        return kept[:2]

    async def region(self, number: int | str) -> tuple[Backend, Twin]:
        """The store filled with the small region or a random one; where there are few, one stands for several numbers."""
        key = number % self.regions if isinstance(number, int) else number
        return await self.take(key, lambda: REGION if key == "small" else strategies.region(int(key)))

    def numbers(self, most: int) -> list[int | str]:
        """The small region, and some random ones where there are several."""
        return ["small", *range(min(most, self.regions))] if self.regions > 1 else ["small"]

    @asynccontextmanager
    async def empty(self, folder: Path) -> AsyncIterator[Backend]:
        """An empty store in a folder; where no server is free, the filled one that was asked for longest ago makes room."""
        async with AsyncExitStack() as stack:
            yield await self._enter(stack, folder)

    async def _enter(self, stack: AsyncExitStack, folder: Path) -> Backend:
        while True:
            try:
                return await stack.enter_async_context(self.opener(folder))
            except neo4j_server.NoneFree:
                if not self.open:
                    raise
                await self.open.pop(next(iter(self.open)))[2].aclose()

    async def close(self) -> None:
        """Close all of them."""
        while self.open:
            await self.open.popitem()[1][2].aclose()


def rows_of(batch: Batch, entity: str) -> Sequence[Row]:
    """The whole rows of a batch, by id."""
    return [thing.row for thing in Twin.of(batch).things[entity].values()]
