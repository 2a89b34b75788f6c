"""The store of production: connections, reads, and writes in managed transactions.

A process keeps one driver. Cheap reads share a lane of two sessions, the others have sessions enough to keep Neo4j's cores
busy; sessions in READ mode go to the followers of a cluster, with bookmarks, so that a process reads what it wrote. Knows no
plan's meaning (that is `compile`), and no label (`graph`).
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

import orjson
from neo4j import (
    READ_ACCESS,
    WRITE_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncSession,
    Query,
    unit_of_work,
)
from neo4j.exceptions import TransientError

import graph_api
from graph_api.errors import DamagedStore, OlderStore, StoreBusy, StoreError
from graph_api.model.catalogue import CATALOGUE, PAIR
from graph_api.model.changes import Batch, Change, Edit, Link, Place, Row
from graph_api.model.search import Candidate, Term
from graph_api.model.snapshot import Computation, Floats, Snapshot
from graph_api.plan.nodes import THINGS, Filter, Root, Select, Values
from graph_api.stores.base import Compiled, Info
from graph_api.stores.neo4j import measures, rows, schema, searching, snapshots, writing
from graph_api.stores.neo4j.compile import compiled, compiled_matching, compiled_references
from graph_api.stores.neo4j.lanes import Lane, Texts, translated
from graph_api.stores.neo4j.statement import Statement
from graph_api.stores.scores import check_revision, defined, made_of

OVERHEAD_BYTES = 1000
"""Of a value that is kept: its key."""
CHEAP_SESSIONS = 2
"""One reads while answers are made of what the other found."""
HEAVY_SESSIONS = 4
"""Statements that are not cheap run side by side on as many sessions; more only slow each other."""
UNSHARED_SESSIONS = 8
KEPT_BYTES = 32_000_000
"""Memory for values that are kept, reckoned by their JSON."""
ROWS_AT_ONCE = 60
"""A page of more rows is no cheap read."""
LONG_SECONDS, MIGRATION_SECONDS = 60.0, 3600.0
"""Time after which a look at the whole graph is given up, or the making of its indexes."""
CLOSE_SECONDS = 5.0
"""Time that a close waits for what is broken off."""
WRITE_SECONDS, WRITE_SECONDS_A_ROW = 120.0, 0.01
"""Time after which a write is given up: a server that has just begun plans each of some dozens of statements for the first time."""

TRIES = 3

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement as it is sent."""

    statement: Statement
    whole: Texts
    lean: Texts

    @property
    def text(self) -> str:
        """Its Cypher."""
        return self.statement.text


class Kept:
    """What holds for a revision, by what was asked: totals, groups and filtered pages, which look at much and say little; and whole reads."""

    def __init__(self) -> None:
        self._known: OrderedDict[object, tuple[int, object, int]] = OrderedDict()
        self._bytes = 0

    def get(self, keys: Sequence[object]) -> tuple[list[object], int] | None:
        """The values of these slots and their revision, where all are known for the same one."""
        found = [self._known.get(key) for key in keys]
        known = [entry for entry in found if entry is not None]
        if len(known) < len(keys) or len({revision for revision, *_ in known}) != 1:
            return None
        for key in keys:
            self._known.move_to_end(key)
        return [value for _, value, _ in known], known[0][0]

    def put(self, keys: Sequence[object], values: Sequence[object], revision: int) -> None:
        """Keep values read at a revision."""
        for key, value in zip(keys, values, strict=True):
            size = len(orjson.dumps(value)) + OVERHEAD_BYTES
            if size > KEPT_BYTES // 8:
                continue
            self._bytes += size - self._known.get(key, (0, None, 0))[2]
            self._known[key] = revision, value, size
            self._known.move_to_end(key)
        while self._bytes > KEPT_BYTES:
            self._bytes -= self._known.popitem(last=False)[1][2]


class Neo4jStore:
    """A store behind a Neo4j server or cluster."""

    name = "neo4j"

    def __init__(
        self,
        uri: str,
        *,
        user: str,
        password: str,
        database: str = "neo4j",
        deadline: float = 10.0,
        connections: int = 16,
        acquire_seconds: float = 5.0,
        connect_seconds: float = 5.0,
        retry_seconds: float = 10.0,
        sharing: bool = True,
    ) -> None:
        """Nothing is asked of the server yet; `ready` does.

        Args:
            user: empty for a server that asks nobody.
            deadline: seconds for one read, waiting included.
            connections: most connections that are open at once.
            acquire_seconds, connect_seconds: how long to wait for one of them to come free, or to be made.
            retry_seconds: how long a write is repeated that met a lock or a lost connection.
            sharing: whether cheap reads that wait share a statement, and what others read is kept while its revision lasts.
        """
        self.database, self.deadline, self.sharing = database, deadline, sharing
        # One server needs no bookmarks: it reads its own writes.
        self._bookmarks = AsyncGraphDatabase.bookmark_manager() if uri.startswith("neo4j") else None
        self._connect = partial(
            AsyncGraphDatabase.driver,
            uri,
            auth=(user, password) if user else None,
            user_agent=f"samverkan/{graph_api.__version__}",
            max_connection_pool_size=connections,
            connection_acquisition_timeout=acquire_seconds,
            connection_timeout=connect_seconds,
            max_transaction_retry_time=retry_seconds,
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
        self._driver: AsyncDriver | None = None
        self._settling: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._kept = Kept()
        self._settled = -1
        """The last revision of which it is known that all of it can be read."""
        shared = "MATCH (g:Graph) UNWIND $c.calls AS call RETURN collect([]),g.revision"
        self._candidates = self._texts(searching.CANDIDATES, "")
        self._revision = self._texts("MATCH (g:Graph) RETURN [],g.revision", shared)

    async def _begin(self) -> None:
        if self._driver is None:
            # Only now: the driver belongs to the event loop that it is made in.
            self._driver = self._connect()
            self._cheap = self._lane(CHEAP_SESSIONS if self.sharing else UNSHARED_SESSIONS, shares=self.sharing)
            self._heavy = self._lane(HEAVY_SESSIONS, shares=False) if self.sharing else self._cheap
        # By itself: a transaction would be tried again for as long as a write may be.
        with translated():
            async with asyncio.timeout(self.deadline):
                await self._driver.verify_connectivity()

    async def ready(self) -> None:
        """Connect, and look at what is there."""
        await self._begin()
        steps = await self._within(self.deadline, WRITE_ACCESS, schema.pending)
        if steps == schema.migrations():
            await self.migrate(check=False)
        elif steps:
            names = ", ".join(step.name for step in steps)
            raise OlderStore(f"The database lacks {names}.", hint="Stop what writes to it and run samverkan migrate.")

    async def migrate(self, *, check: bool) -> Sequence[str]:
        """Take the steps that are pending, or only name them."""
        await self._begin()
        work = schema.pending if check else schema.migrate
        return [step.name for step in await self._within(MIGRATION_SECONDS, WRITE_ACCESS, work)]

    def _session(self, access: str) -> AsyncSession:
        assert self._driver is not None, "ready comes first"
        return self._driver.session(
            database=self.database, default_access_mode=access, fetch_size=-1, bookmark_manager=self._bookmarks
        )

    async def _within(self, seconds: float, access: str, work: Callable[[AsyncSession], Awaitable[Answer]]) -> Answer:
        """Work on a session of its own, left in time whatever the network does."""
        task = asyncio.create_task(self._worked(access, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with translated():
            try:
                async with asyncio.timeout(seconds):
                    # Apart: a driver whose server is just starting was seen to outlast its caller.
                    return await asyncio.shield(task)
            except BaseException:
                # The shield keeps it going, and nobody waits for it any more.
                task.cancel()
                raise

    async def _worked(self, access: str, work: Callable[[AsyncSession], Awaitable[Answer]]) -> Answer:
        session = self._session(access)
        try:
            return await work(session)
        except BaseException:
            # Broken off, with its connection: to close a session in peace, the server would have to answer.
            session.cancel()
            raise
        finally:
            await session.close()

    async def _looked(self, work: Callable[[AsyncManagedTransaction], Awaitable[Answer]], seconds: float = 0) -> Answer:
        """What a read finds, in one transaction."""
        seconds = seconds or self.deadline
        timed = unit_of_work(timeout=seconds)(work)
        return await self._within(seconds, READ_ACCESS, lambda session: session.execute_read(timed))

    def _lane(self, sessions: int, *, shares: bool) -> Lane:
        return Lane(partial(self._session, READ_ACCESS), sessions=sessions, shares=shares, deadline=self.deadline)

    # -------------------------------------------------------------------------------------------- reads
    def _texts(self, alone: str, shared: str) -> Texts:
        return Texts(Query(alone, timeout=self.deadline), Query(shared, timeout=self.deadline))

    def _ready(self, statement: Statement) -> Ready:
        whole, lean = (statement.text, statement.shared), (statement.lean, statement.lean_shared)
        return Ready(statement, self._texts(*whole), self._texts(*lean))

    def compile(self, roots: Sequence[Root]) -> Compiled:
        """One statement for all roots."""
        return self._ready(compiled(roots))

    async def read(self, statement: Compiled, values: Values, *, heavy: bool) -> tuple[list[bytes], int]:
        """The JSON text of each root, and the revision."""
        assert isinstance(statement, Ready)
        bound, sizes = statement.statement.values(_with_maps(statement.statement, values))
        row, revision = await self._list(statement, bound, sizes, heavy=heavy)
        check_revision(statement.statement.scores, values, revision)
        return self._built(statement.statement, row, bound, sizes), revision

    async def _list(
        self, ready: Ready, bound: list[object], sizes: list[object], *, heavy: bool
    ) -> tuple[list[Any], int]:
        statement = ready.statement
        if statement.scores:
            # What was computed is no value to remember others by: there is too much of it.
            return await self._heavy.read(ready.whole, bound, sizes)
        if not statement.kept:
            return await (
                self._whole(ready.whole, bound, sizes) if heavy else self._cheap.read(ready.whole, bound, sizes)
            )
        slots = list(statement.kept)
        keys = [_key(statement, slot, bound, sizes) for slot in slots]
        known, began = self._kept.get(keys), asyncio.get_running_loop().time()
        if known is not None:
            cheap = statement.lean_is_cheap and sum(map(int, sizes)) <= ROWS_AT_ONCE  # type: ignore[arg-type]  # sizes of pages
            row, revision = await (self._cheap if cheap else self._heavy).read(ready.lean, bound, sizes)
            if revision == known[1]:
                for slot, value in zip(slots, known[0], strict=True):
                    row[slot] = value
                return row, revision
        row, revision = await self._heavy.read(ready.whole, bound, sizes, since=began)
        self._keep(keys, [row[slot] for slot in slots], revision)
        return row, revision

    async def _whole(
        self, texts: Texts, bound: Sequence[object], sizes: Sequence[object] = ()
    ) -> tuple[list[Any], int]:
        """The list and the revision of a read that is not cheap; the same asked again at that revision costs a look at the revision."""
        keys, began = [(texts.alone.text, repr((bound, sizes)))], asyncio.get_running_loop().time()
        known = self._kept.get(keys)
        if known is not None and await self.revision() == known[1]:
            return cast("list[Any]", known[0][0]), known[1]
        row, revision = await self._heavy.read(texts, bound, sizes, since=began)
        if self.sharing:
            self._keep(keys, [row], revision)
        return row, revision

    def _keep(self, keys: Sequence[object], values: Sequence[object], revision: int) -> None:
        """Keep values for their revision, once it is known that all of it was there."""
        if self._is_settled(revision):
            self._kept.put(keys, values, revision)

    async def _settle(self) -> None:
        """Find a revision of which all can be read: while a write is being committed, its revision may show before the rest of it.

        Whoever writes holds the lock until all is there: to have it, and let it go, is to have waited for that.
        """
        self._settled = max(self._settled, await self._within(self.deadline, WRITE_ACCESS, writing.locked_revision))

    def _end_settling(self, task: asyncio.Task[None]) -> None:
        self._settling = None
        if not task.cancelled() and (error := task.exception()):
            log.info("No revision could be found that is there wholly: %s", error)

    async def _of_settled(self, look: Callable[[], Awaitable[tuple[Answer, int]]]) -> Answer:
        """What is found at a revision of which all can be read."""
        for _ in range(TRIES):
            found, revision = await look()
            if revision <= self._settled:
                return found
            await self._settle()
        raise StoreBusy("The graph changes all the time.", hint="Try again a little later.")

    def _built(self, statement: Statement, row: list[Any], bound: list[object], sizes: list[object]) -> list[Any]:
        try:
            return statement.build(row, bound, sizes)
        except KeyError as error:
            raise DamagedStore(f"A thing has the kind {error}, which is none.", hint="Run samverkan check.") from error

    async def references(
        self, wanted: Sequence[tuple[Select, Sequence[str]]], values: Values
    ) -> list[list[bytes | None]]:
        """The JSON text of each thing, None where there is none."""
        ready = self._ready(compiled_references(tuple(select for select, _ in wanted)))
        given = {**values, THINGS: [ids for _, ids in wanted]}
        bound, sizes = ready.statement.values(_with_maps(ready.statement, given))
        row, revision = await self._list(ready, bound, sizes, heavy=True)
        check_revision(ready.statement.scores, values, revision)
        return self._built(ready.statement, row, bound, sizes)

    async def matching(self, where: Filter, values: Values) -> frozenset[str]:
        """The ids of the actors for which the filter holds."""
        ready = self._ready(compiled_matching(where))
        bound, sizes = ready.statement.values(values)
        row, _ = await self._whole(ready.whole, bound, sizes)
        return frozenset(row[0])

    async def revision(self) -> int:
        """The revision of the last write."""
        return (await self._cheap.read(self._revision, (), ()))[1]

    def known(self) -> int | None:
        """The revision that reads found last, where it is known that all of it can be read; where not, that is found out."""
        seen = max(self._settled, self._cheap.seen, self._heavy.seen)
        return seen if self._is_settled(seen) else None

    def _is_settled(self, revision: int) -> bool:
        if revision > self._settled and not self._settling:
            self._settling = asyncio.create_task(self._settle())
            self._settling.add_done_callback(self._end_settling)
        return revision <= self._settled

    async def info(self) -> Info:
        """What the store holds."""
        return await self._looked(rows.info)

    async def changes(self, after: Place, limit: int) -> Sequence[Change]:
        """The changes after a place in the log, oldest first; none of a revision that is not there wholly."""
        if await self.revision() > self._settled:
            await self._settle()
        look = partial(rows.changes, after=after, until=self._settled, limit=limit)
        return await self._looked(look)

    async def aliases(self) -> tuple[Mapping[str, str], int]:
        """Every id that answers as another's, and the revision at which they do."""
        return await self._looked(rows.aliases)

    async def rows(self, entity: str) -> AsyncIterator[Row]:
        """Every row of an entity, in the order of ids."""
        after = ""
        while True:
            found = await self._looked(partial(rows.rows, entity=CATALOGUE[entity], after=after), LONG_SECONDS)
            for row in found:
                yield row
            if len(found) < rows.ROWS_A_BATCH:
                return
            after = str(found[-1]["id"])

    async def links(self, pair: str) -> AsyncIterator[Link]:
        """Every link of a pair with a file of its own."""
        for link in await self._looked(partial(rows.links, pair=PAIR[pair]), LONG_SECONDS):
            yield link

    async def snapshot(self) -> Snapshot:
        """The whole graph as columns."""

        async def look() -> tuple[Snapshot, int]:
            found = await self._looked(snapshots.snapshot, LONG_SECONDS)
            return found, found.revision

        if await self.revision() > self._settled:
            await self._settle()
        return await self._of_settled(look)

    async def check(self) -> list[str]:
        """What is wrong with the data: whatever is kept twice and differs."""
        return await self._looked(rows.check, MIGRATION_SECONDS)

    async def vocabulary(self) -> Sequence[tuple[str, int]]:
        """Every folded word that search knows, and how many things hold it."""

        async def look() -> tuple[Sequence[tuple[str, int]], int]:
            revision = await self.revision()
            return await self._looked(searching.vocabulary), revision

        return await self._of_settled(look)

    async def candidates(
        self, terms: Sequence[Sequence[Term]], entities: frozenset[str] | None
    ) -> tuple[Sequence[Candidate], int]:
        """The things that hold one of each group of terms, and the revision at which they do."""
        found, revision = await self._whole(self._candidates, searching.values(terms, entities))
        return list(map(Candidate._make, found)), revision

    # -------------------------------------------------------------------------------------------- measures
    async def lacking(self) -> Sequence[str]:
        """What the server would need to compute measures and has not; where it has all, what died processes left there is dropped."""
        missing = await self._looked(measures.lacking)
        if not missing:
            await self._within(self.deadline, WRITE_ACCESS, partial(measures.sweep, seconds=self.deadline))
        return missing

    async def compute(self, asked: Computation, seconds: float) -> Floats:
        """One row a run, one entry a node, by Graph Data Science."""
        name = measures.new_name()
        work = partial(measures.computed, asked=asked, name=name, seconds=seconds)
        try:
            # A writer's session, since projections are in the memory of one member of a cluster: readers go now to one, now to another.
            return await self._within(seconds, WRITE_ACCESS, work)
        except BaseException:
            # However it ended, its projection is of no use. Apart: who asked may be gone.
            task = asyncio.create_task(self._forget(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            raise

    async def _forget(self, projection: str) -> None:
        work = partial(measures.forget, name=projection, seconds=self.deadline)
        try:
            await self._within(self.deadline, WRITE_ACCESS, work)
        except StoreError as error:
            log.warning("Neo4j may still hold the projection %s: %s", projection, error)

    # -------------------------------------------------------------------------------------------- write
    async def write(
        self, batch: Batch | Edit, expected_revision: int | None, by: str, *, rehearsed: bool = False
    ) -> int:
        """Write all of the batch, or nothing."""
        parts = (
            (*batch.things.values(), *batch.links.values(), batch.deleted)
            if isinstance(batch, Batch)
            else batch.wanted.values()
        )
        size = sum(map(len, parts))
        seconds = WRITE_SECONDS + size * WRITE_SECONDS_A_ROW

        # The server is told, too: it would keep the lock of a client of whom it hears no more.
        @unit_of_work(timeout=seconds)
        async def written(tx: AsyncManagedTransaction) -> int:
            try:
                return await writing.write(tx, batch, expected_revision, by, rehearsed=rehearsed)
            except TransientError as error:
                if "OutOfMemory" not in (error.code or ""):
                    raise
                # The driver would try again what needs as much again.
                with translated():
                    raise

        async def run(session: AsyncSession) -> int:
            try:
                return await session.execute_write(written)
            except writing.Rehearsed as done:
                return done.revision

        # Shielded: a caller that goes away does not stop a write half-way.
        writes = self._within(seconds, WRITE_ACCESS, run)
        revision = await asyncio.shield(asyncio.ensure_future(writes))
        self._settled = max(self._settled, revision)
        return revision

    async def close(self) -> None:
        """Let go of sessions and connections; a second time does nothing."""
        if self._driver is not None:
            await self._cheap.close()
            await self._heavy.close()
            if self._settling:
                self._settling.cancel()
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)
            await self._driver.close()
            self._driver = None


def _with_maps(statement: Statement, values: Values) -> Values:
    """The values with a map from ids in place of scores."""
    if not statement.scores:
        return values
    return {**values, **{made_of(place): dict(defined(values[place])) for place in statement.scores}}


def _key(statement: Statement, slot: int, bound: Sequence[object], sizes: Sequence[object]) -> object:
    """What a kept value depends on: its text, and the values in it."""
    values, limits = statement.kept[slot]
    return statement.kept_texts[slot], repr([[bound[i] for i in values], [sizes[i] for i in limits]])
