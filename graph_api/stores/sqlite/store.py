"""The embedded store: connections, reads, and what is done in which thread.

One connection reads on the event loop, for statements so cheap that a hop to a thread would cost more; each worker thread has one of its own for the
others; one writes, behind a lock. Several processes may share the file. Knows no plan's meaning (that is `compile`) and no table (`tables`).
"""

import asyncio
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TypeVar

import apsw
import orjson

from graph_api.errors import BadValue, DamagedStore, NewerStore, NotAStore, StoreBusy, StoreError, StoreFull
from graph_api.model.catalogue import CATALOGUE, MERGED, PAIR
from graph_api.model.changes import Batch, Change, Edit, Link, Place, Row
from graph_api.model.search import Candidate, Term
from graph_api.model.snapshot import Scores, Snapshot
from graph_api.plan.nodes import THINGS, Filter, Root, Select, Values
from graph_api.stores.base import Compiled, Info
from graph_api.stores.facts import LOST_ALIAS, NEEDLESS_ALIAS, logged
from graph_api.stores.scores import blob, check_revision, made_of
from graph_api.stores.sqlite import searching, snapshots, writing
from graph_api.stores.sqlite.compile import compiled, compiled_references
from graph_api.stores.sqlite.filters import Filters
from graph_api.stores.sqlite.statement import Parameters, Statement
from graph_api.stores.sqlite.tables import reader

APPLICATION_ID = 0x53414D56
"""SAMV: tells a store of ours from another program's file."""
BUSY_MS = 10_000
CACHE_KB, CACHE_KB_MAX = 16_384, 1_048_576
"""Pages that a connection keeps; that of the writer grows by a kilobyte a row of a large batch, which is about what a row takes."""
LARGE_BATCH = 10_000
REVISION = "SELECT value FROM meta WHERE key='revision'"
ROWS_A_BATCH = 1000
KEPT_SCORES = 8
"""So many texts of scores are kept, 24 bytes an actor each."""

Answer = TypeVar("Answer")

# The memory statistics take a mutex that two threads fight for; it has to be set before the first connection.
apsw.shutdown()
apsw.config(apsw.SQLITE_CONFIG_MEMSTATUS, False)
apsw.initialize()


def migrations() -> list[tuple[str, str]]:
    """Name and text of each step that leads from an empty file to the present tables, in their order."""
    folder = resources.files("graph_api.stores.sqlite") / "migrations"
    return [
        (entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".sql")
    ]


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """What apsw raises, as our own errors."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise BadValue("A text holds half of a surrogate pair.", hint="Send whole characters.") from error
    except apsw.NotADBError as error:
        raise NotAStore(
            "The file is no database.", place=path, hint="Name another file by --database, or move this one away."
        ) from error
    except apsw.CorruptError as error:
        raise DamagedStore(
            "The database is damaged.", place=path, hint="Restore a copy, or load the data into a new file."
        ) from error
    except apsw.FullError as error:
        raise StoreFull(
            "There is no room left.", place=path, hint="Nothing of the write was kept. Free some room and repeat it."
        ) from error
    except (apsw.BusyError, apsw.LockedError, apsw.InterruptError) as error:
        raise StoreBusy(
            "The database did not answer in time.", place=path, hint="Try again, or ask for less at once."
        ) from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError, apsw.PermissionsError) as error:
        raise StoreError(
            f"The database cannot be opened or written: {error}.", place=path, hint="Look at the folder and its rights."
        ) from error
    except apsw.SQLError as error:
        if "malformed JSON" in str(error):
            raise DamagedStore("A reference leads nowhere.", place=path, hint="Run samverkan check.") from error
        raise


class SqliteStore:
    """A store in one file."""

    name = "sqlite"

    def __init__(self, path: Path, *, deadline: float = 10.0, threads: int = 2, migrating: bool = True) -> None:
        """Open the file, or make it; bring its tables up to date.

        Args:
            migrating: if not, the file is left as it is, or away, and the store can only tell what `migrate` would do.
        Raises:
            NotAStore, NewerStore, DamagedStore, StoreError: the file cannot serve; it was not changed.
        """
        self.path, self.deadline = path, deadline
        self._local = threading.local()
        self._blobs: OrderedDict[int, tuple[Scores, bytes]] = OrderedDict()
        """Texts of scores by the identity of their values, which stand beside them, so that none is another's."""
        self._opened: list[apsw.Connection] = []
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="sqlite")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="sqlite-write")
        with translated(path):
            if not migrating:
                # One that can only read would leave an empty log behind.
                seen = self._open(apsw.SQLITE_OPEN_READWRITE) if path.exists() else apsw.Connection(":memory:")
                self._steps = self._pending(seen)
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = self._open(apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
            self._steps = self._pending(self._writer)
            self._migrate()
            self._reader = self._open(apsw.SQLITE_OPEN_READONLY)

    # -------------------------------------------------------------------------------------------- connections
    def _open(self, flags: int) -> apsw.Connection:
        connection = apsw.Connection(str(self.path), flags=flags, statementcachesize=500)
        # First, readers too: one that opens while another closes meets a lock.
        connection.set_busy_timeout(BUSY_MS)
        connection.execute(
            "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY"
        )
        connection.execute(_cache(CACHE_KB))
        with self._lock:
            self._opened.append(connection)
        return connection

    def _pending(self, connection: apsw.Connection) -> list[tuple[str, str]]:
        """The steps that the file lacks."""
        steps = migrations()
        version = int(connection.execute("PRAGMA user_version").get)
        made_by = int(connection.execute("PRAGMA application_id").get)
        tables = int(connection.execute("SELECT count(*) FROM sqlite_schema").get)
        if made_by != APPLICATION_ID and (tables or version or made_by):
            raise NotAStore(
                "The database was made by another program.", place=self.path, hint="Name another file by --database."
            )
        if version > len(steps):
            hint = "Update Samverkan, or name another file by --database."
            raise NewerStore(
                f"The database is of version {version}; this Samverkan knows {len(steps)}.", place=self.path, hint=hint
            )
        return steps[version:]

    def _migrate(self) -> None:
        if not self._steps:
            return
        self._writer.execute("PRAGMA journal_mode=WAL")
        for number, (_, step) in enumerate(self._steps, len(migrations()) - len(self._steps) + 1):
            self._writer.execute(
                f"BEGIN IMMEDIATE; PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={number}; {step}; COMMIT"
            )

    def _connection(self) -> apsw.Connection:
        found: apsw.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._open(apsw.SQLITE_OPEN_READONLY)
        return found

    async def _in_thread(self, work: Callable[[apsw.Connection], Answer], deadline: float | None = None) -> Answer:
        """Work on a thread's own connection, interrupted at the deadline or when the caller goes away."""
        started: list[apsw.Connection] = []
        ended = threading.Event()

        def run() -> Answer:
            with translated(self.path):
                connection = self._connection()
                started.append(connection)
                if ended.is_set():
                    raise apsw.InterruptError
                return work(connection)

        future = asyncio.get_running_loop().run_in_executor(self._pool, run)
        try:
            # Not wait_for: until Python 3.12 that loses a cancellation which meets the answer, and the caller goes on.
            async with asyncio.timeout(deadline or self.deadline):
                return await asyncio.shield(future)
        except (TimeoutError, asyncio.CancelledError) as error:
            ended.set()
            if started:
                started[0].interrupt()
            future.add_done_callback(lambda done: done.exception() if not done.cancelled() else None)
            if isinstance(error, asyncio.CancelledError):
                raise
            raise StoreBusy(
                f"The read took longer than {self.deadline:g} s.",
                hint="Ask for less at once, or filter by an indexed field first.",
            ) from error

    async def ready(self) -> None:
        """It is, once it is open."""

    async def migrate(self, *, check: bool) -> Sequence[str]:
        """The steps that opening has taken; or, if it left the file as it is, would have."""
        return [name for name, _ in self._steps]

    # -------------------------------------------------------------------------------------------- reads
    def compile(self, roots: Sequence[Root]) -> Compiled:
        """One statement for all roots."""
        return compiled(roots)

    async def read(self, statement: Compiled, values: Values, *, heavy: bool) -> tuple[list[bytes], int]:
        """The JSON text of each root, and the revision."""
        assert isinstance(statement, Statement)
        bound = await self._bound(statement, values)
        if not heavy:
            try:
                row = next(self._reader.execute(statement.sql, bound))
            except apsw.Error:
                # Entered only here: to enter it for each read costs as much as a look-up.
                with translated(self.path):
                    raise
        else:
            row = await self._in_thread(lambda connection: next(connection.execute(statement.sql, bound)))
        check_revision(statement.scores, values, row[-1])
        return list(row[:-1]), int(row[-1])

    async def _bound(self, statement: Statement, values: Values) -> list[object]:
        """What is bound; of scores, a text with that of each actor at the place of its key."""
        if not statement.scores:
            return statement.values(values)
        texts = {made_of(place): await self._scores(values[place]) for place in statement.scores}
        return statement.values({**values, **texts})

    async def _scores(self, scores: object) -> bytes:
        """The text of scores, kept while they are used: a network's are asked for page after page."""
        assert isinstance(scores, Scores)
        kept = self._blobs.get(id(scores.values))
        if kept is None or scores.earlier or kept[0].revision != scores.revision:

            def made(connection: apsw.Connection) -> bytes:
                places = connection.execute("SELECT pk,id FROM actor")
                return blob(scores, [(int(pk), str(id_)) for pk, id_ in places])

            # Should the actors be of a later revision, so is what is read with them, and refused.
            kept = scores, await self._in_thread(made)
        self._blobs[id(scores.values)] = kept
        self._blobs.move_to_end(id(scores.values))
        while len(self._blobs) > KEPT_SCORES:
            self._blobs.popitem(last=False)
        return kept[1]

    async def references(
        self, wanted: Sequence[tuple[Select, Sequence[str]]], values: Values
    ) -> list[list[bytes | None]]:
        """The JSON text of each thing, None where there is none."""
        statement = compiled_references(tuple(select for select, _ in wanted))
        bound = await self._bound(statement, {**values, THINGS: [ids for _, ids in wanted]})
        row = await self._in_thread(lambda connection: next(connection.execute(statement.sql, bound)))
        check_revision(statement.scores, values, row[-1])
        return [split_array(bytes(column)) for column in row[:-1]]

    async def matching(self, where: Filter, values: Values) -> frozenset[str]:
        """The ids of the actors for which the filter holds."""
        to = Parameters()
        statement = to.statement(
            f"SELECT n.id FROM actor n WHERE {Filters(to).condition(CATALOGUE['Actor'], where, 'n')}"
        )
        bound = statement.values(values)
        return frozenset(
            await self._in_thread(lambda connection: [str(id_) for (id_,) in connection.execute(statement.sql, bound)])
        )

    async def revision(self) -> int:
        """The revision of the last write."""
        return self.known()

    def known(self) -> int:
        """The present revision: there is no server to ask, and a write is seen wholly or not at all."""
        with translated(self.path):
            return int(self._reader.execute(REVISION).get)

    async def info(self) -> Info:
        """What the store holds."""
        columns = ",".join(f"(SELECT count(*) FROM {entity.table})" for entity in CATALOGUE.values())
        meta = ",".join(f"(SELECT value FROM meta WHERE key='{key}')" for key in ("revision", "changed_at"))
        row = await self._in_thread(lambda connection: next(connection.execute(f"SELECT {columns},{meta}")))
        counts = {name: int(count) for name, count in zip(CATALOGUE, row, strict=False)}
        return Info(int(row[-2]), row[-1] and str(row[-1]), counts, self.name, apsw.sqlite_lib_version())

    async def changes(self, after: Place, limit: int) -> Sequence[Change]:
        """The changes after a place in the log, oldest first."""
        sql = "SELECT id,revision,at,by,action,kind,node_id,before,after FROM change WHERE (revision,id)>(?,?) ORDER BY revision,id LIMIT ?"
        found = await self._in_thread(lambda connection: connection.execute(sql, (*after, limit)).fetchall())
        return [logged(row) for row in found]

    async def aliases(self) -> tuple[Mapping[str, str], int]:
        """Every id that answers as another's, and the revision at which they do."""
        sql = f"SELECT id,kept,({REVISION}) FROM alias UNION ALL SELECT NULL,NULL,({REVISION})"
        found = await self._in_thread(lambda connection: connection.execute(sql).fetchall())
        return {str(id_): str(kept) for id_, kept, _ in found[:-1]}, int(str(found[-1][2]))

    async def rows(self, entity: str) -> AsyncIterator[Row]:
        """Every row of an entity, in the order of ids."""
        read = reader(CATALOGUE[entity])
        after = ""
        sql = f"{read.sql} WHERE t.id>? ORDER BY t.id LIMIT {ROWS_A_BATCH}"

        def batch(connection: apsw.Connection, after: str) -> list[tuple[object, ...]]:
            return connection.execute(sql, (after,)).fetchall()

        while True:
            found = await self._in_thread(partial(batch, after=after))
            for values in found:
                yield read.row(values)
            if len(found) < ROWS_A_BATCH:
                return
            after = str(read.row(found[-1])["id"])

    async def links(self, pair: str) -> AsyncIterator[Link]:
        """Every link of a pair with a file of its own."""
        for left, right, refers in await self._in_thread(
            lambda connection: connection.execute(writing.link_sql(PAIR[pair])).fetchall()
        ):
            yield str(left), str(right), None if refers is None else str(refers)

    async def snapshot(self) -> Snapshot:
        """The whole graph as columns."""
        return await self._in_thread(snapshots.snapshot, deadline=60)

    async def vocabulary(self) -> Sequence[tuple[str, int]]:
        """Every folded word that search knows, and how many things hold it."""
        return await self._in_thread(searching.vocabulary)

    async def candidates(
        self, terms: Sequence[Sequence[Term]], entities: frozenset[str] | None
    ) -> tuple[Sequence[Candidate], int]:
        """The things that hold one of each group of terms, and the revision at which they do."""

        def look(connection: apsw.Connection) -> tuple[Sequence[Candidate], int]:
            connection.execute("BEGIN")  # one read transaction: both at one revision
            try:
                return searching.candidates(connection, terms, entities), int(connection.execute(REVISION).get)
            finally:
                connection.execute("ROLLBACK")

        return await self._in_thread(look)

    async def check(self) -> list[str]:
        """What is wrong with the file: damage, references and aliases that lead nowhere."""

        def look(_: apsw.Connection) -> list[str]:
            # A connection of its own: one that has looked before remembers the search index as it was, and calls it corrupt after a write.
            connection = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)
            try:
                connection.set_busy_timeout(BUSY_MS)
                found = [str(text) for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
                found += [
                    f"{table}: row {row} refers to a {parent} that is not there"
                    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
                ]
                things = f"SELECT id FROM {CATALOGUE[MERGED].table}"
                for what, wrong in (("kept NOT", LOST_ALIAS), ("id", NEEDLESS_ALIAS)):
                    found += [
                        f"{wrong}: {id_}"
                        for (id_,) in connection.execute(f"SELECT id FROM alias WHERE {what} IN ({things}) ORDER BY id")
                    ]
                return found
            finally:
                connection.close()

        return await self._in_thread(look, deadline=600)

    # -------------------------------------------------------------------------------------------- write
    async def write(
        self, batch: Batch | Edit, expected_revision: int | None, by: str, *, rehearsed: bool = False
    ) -> int:
        """Write all of the batch, or nothing."""
        size = sum(map(len, (*batch.things.values(), *batch.links.values()))) if isinstance(batch, Batch) else 0

        def run() -> int:
            with translated(self.path):
                if large := size >= LARGE_BATCH:
                    # Pages that find no room are written to the log, and again when they change.
                    self._writer.execute(_cache(min(CACHE_KB + size, CACHE_KB_MAX)))
                try:
                    return writing.write(self._writer, batch, expected_revision, by, rehearsed=rehearsed)
                finally:
                    if large:
                        self._writer.execute(f"{_cache(CACHE_KB)}; PRAGMA shrink_memory")

        # Shielded: a caller that goes away does not stop a write half-way.
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writing, run))

    async def close(self) -> None:
        """Close every connection; the last one out empties the write-ahead log."""
        self._pool.shutdown()
        self._writing.shutdown()
        with self._lock:
            # The writer, which was opened first, goes last: one that only reads cannot empty the log.
            for connection in reversed(self._opened):
                connection.close()
            self._opened.clear()


def _cache(kilobytes: int) -> str:
    return f"PRAGMA cache_size=-{kilobytes}"


def split_array(text: bytes) -> list[bytes | None]:
    """The texts of a JSON array's items, None for null."""
    return [None if item is None else orjson.dumps(item) for item in orjson.loads(text)]
