"""A Neo4j that is away, stops, dies, refuses, is slow or falls silent: a clear word in time, and then as if nothing had been.

Nothing is feigned: servers are stopped and killed, and silence is a proxy between store and server that forwards nothing.
"""

import asyncio
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import httpx
import neo4j
import pytest
import pytest_asyncio

from graph_api.config import cache_folder
from graph_api.errors import StoreAway, StoreBusy, StoreError, StoreRefused
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch
from graph_api.model.search import Term
from graph_api.plan.arguments import filter_of
from graph_api.plan.nodes import ById, Given, PageRoot
from graph_api.stores.neo4j import store as store_module
from graph_api.stores.neo4j import writing
from graph_api.stores.neo4j.local import NEWEST, Home, LocalServer
from graph_api.stores.neo4j.store import Neo4jStore
from tests.cli.test_cli import ROOT, samverkan
from tests.faults import test_killed
from tests.region import REGION, actor
from tests.stores import neo4j_server
from tests.stores.neo4j_server import PASSWORD, Graph
from tests.stores.raw_neo4j import RawNeo4j
from tests.stores.test_reads import page, select

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.neo4j]

SLACK = 6.0
"""Seconds by which a call may be late on a busy machine."""
NUMBERS = itertools.count(10_000)


@pytest.fixture(scope="module", autouse=True)
def machine(request: pytest.FixtureRequest) -> None:
    neo4j_server.needed(NEWEST)
    request.config.add_cleanup(neo4j_server.close)


@pytest_asyncio.fixture(loop_scope="session")
async def graph() -> AsyncIterator[Graph]:
    """A database with a schema, and the small region in it."""
    async with neo4j_server.lent(NEWEST) as graph:
        async with opened(graph):
            RawNeo4j(graph.driver, graph.database).insert(REGION)
        yield graph


@asynccontextmanager
async def opened(graph: Graph, **settings: Any) -> AsyncIterator[Neo4jStore]:
    """A store on it, ready."""
    given: dict[str, Any] = {"user": graph.user, "password": graph.password, "database": graph.database} | settings
    store = Neo4jStore(given.pop("uri", graph.uri), **{"deadline": 30, **given})
    try:
        await store.ready()
        yield store
    finally:
        await store.close()


def one(number: int) -> Batch:
    """A write of one row."""
    return Batch({"Actor": [actor(f"zz{number:05}", f"Namn {number}", "OTHER", "HYBRID", sources=[])]})


# ------------------------------------------------------------------------------------------------ refused
@pytest.mark.parametrize(
    "wrong", [{"password": "s3cret"}, {"user": "maria", "password": "s3cret"}, {"database": "nowhere"}], ids=str
)
@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
async def test_who_is_not_let_in_is_told_so(graph: Graph, wrong: Mapping[str, str], scheme: str) -> None:
    """At once, not after trying again; and nothing of it tells the password."""
    began = time.monotonic()
    with pytest.raises(StoreRefused) as refused:
        async with opened(graph, uri=graph.uri.replace("neo4j://", f"{scheme}://"), **wrong):
            pass

    assert time.monotonic() - began < 5 + SLACK
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("place", ["maria:s3cret@{}/neo4j", "neo4j:{password}@{}/nowhere"])
async def test_the_command_says_what_is_refused(graph: Graph, place: str) -> None:
    """One line and the documented exit code, for whoever reads the log of a deployment."""
    address = f"neo4j://{place.format(urlsplit(graph.uri).netloc, password=graph.password)}"
    done = await asyncio.to_thread(samverkan, "stats", store=address)

    assert done.returncode == 3
    assert "[STORE_REFUSED]" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stdout + done.stderr
    assert graph.password not in done.stdout + done.stderr


# ------------------------------------------------------------------------------------------------ locks
async def test_a_write_waits_for_the_one_before_it(graph: Graph) -> None:
    """Whoever writes takes the lock first; the next one comes after, and sees it."""
    async with opened(graph) as store:
        before = await store.revision()
        with graph.driver.session(database=graph.database) as session, session.begin_transaction() as other:
            other.run("MATCH (g:Graph) SET g.lock = true, g.revision = g.revision + 1").consume()
            write = asyncio.create_task(store.write(one(1), None, "test"))
            await asyncio.sleep(0.5)
            assert not write.done()
            other.commit()

        assert await write == before + 2


async def test_a_write_that_finds_no_end_of_waiting_gives_up(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that another program keeps does not keep our callers; and what was given up is not written later."""
    async with opened(graph) as store:
        before = await store.info()
        monkeypatch.setattr(store_module, "WRITE_SECONDS", 1)
        with graph.driver.session(database=graph.database) as session, session.begin_transaction() as other:
            other.run("MATCH (g:Graph) SET g.lock = true").consume()
            began = time.monotonic()
            with pytest.raises(StoreBusy):
                await store.write(one(1), None, "test")
            assert time.monotonic() - began < 1 + SLACK
            # Who reads is not kept by who writes.
            assert await store.revision() == before.revision
        monkeypatch.undo()

        assert await store.write(one(2), None, "test") == before.revision + 1
        assert (await store.info()).counts["Actor"] == before.counts["Actor"] + 1


# ------------------------------------------------------------------------------------------------ silence
class Proxy:
    """Forwards between a port of its own and the server's, or nothing, not even an end, while it is silent."""

    def __init__(self, uri: str) -> None:
        parts = urlsplit(uri)
        self.to = parts.hostname, parts.port
        self.flows = asyncio.Event()
        self.flows.set()
        self.quota: int | None = None
        """So many bytes are still forwarded to the server before silence falls."""
        self.fell = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Proxy":
        self.server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.uri = f"bolt://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def silence(self) -> None:
        """Forward nothing from now on."""
        self.flows.clear()
        self.fell.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self.tasks.add(task)
        with suppress(OSError, asyncio.CancelledError):
            there, back = await asyncio.open_connection(*self.to)
            await asyncio.gather(self._pump(reader, back, counted=True), self._pump(there, writer, counted=False))
        self.tasks.discard(task)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool) -> None:
        try:
            while data := await reader.read(65536):
                if counted and self.quota is not None:
                    self.quota -= len(data)
                    if self.quota <= 0:
                        self.quota = None
                        self.silence()
                await self.flows.wait()
                writer.write(data)
                await writer.drain()
            await self.flows.wait()
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()


LIMIT = 3.0
LIMITS: dict[str, Any] = {"deadline": LIMIT, "connect_seconds": 1, "acquire_seconds": 1, "retry_seconds": 1}


THE_DRIVERS_SOCKET = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <socket.socket:pytest.PytestUnraisableExceptionWarning"
)
"""Broken off in the moment in which it connects, the driver leaves the socket to the collector of garbage."""


def shorten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may take a minute may take as long as a read."""
    for name in ("LONG_SECONDS", "WRITE_SECONDS", "MIGRATION_SECONDS"):
        monkeypatch.setattr(store_module, name, LIMIT)
    monkeypatch.setattr(store_module, "WRITE_SECONDS_A_ROW", 0)


def calls(store: Neo4jStore) -> dict[str, Callable[[], Awaitable[object]]]:
    """Each way to ask the store for something."""
    entity = CATALOGUE["Actor"]
    by_id = store.compile([ById("actor", Given("actor:gu"), (select(entity),))])
    listed = store.compile([PageRoot("all", page(entity))])

    async def rows() -> int:
        return len([row async for row in store.rows("Actor")])

    async def links() -> int:
        return len([link async for link in store.links("actor_competence")])

    return {
        "cheap": lambda: store.read(by_id, {}, heavy=False),
        "heavy": lambda: store.read(listed, {}, heavy=True),
        "references": lambda: store.references([(select(entity), ["actor:gu"])], {}),
        "matching": lambda: store.matching(filter_of(entity, {"kind": {"eq": "UNIVERSITY"}}, None), {}),
        "revision": store.revision,
        "info": store.info,
        "snapshot": store.snapshot,
        "rows": rows,
        "links": links,
        "vocabulary": store.vocabulary,
        "candidates": lambda: store.candidates([[Term("chalmers")]], None),
        "check": store.check,
        "write": lambda: store.write(one(next(NUMBERS)), None, "test"),
    }


@THE_DRIVERS_SOCKET
@pytest.mark.parametrize("quota", [None, 300], ids=["between two calls", "within a call"])
async def test_every_call_ends_in_time_when_the_network_falls_silent(
    graph: Graph, quota: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No error ever comes from a network that drops everything: only our own clock ends a call. Once it is back, all work."""
    async with opened(graph) as store:
        # The server has then planned each statement.
        for call in calls(store).values():
            await call()
    shorten(monkeypatch)
    async with Proxy(graph.uri) as proxy, opened(graph, uri=proxy.uri, **LIMITS) as store:
        await asyncio.gather(*(call() for call in calls(store).values()))
        revision = await store.revision()
        proxy.quota = quota
        if quota is None:
            proxy.silence()

        async def timed(call: Callable[[], Awaitable[object]]) -> tuple[object, float]:
            began = time.monotonic()
            try:
                return await call(), 0.0
            except StoreError as error:
                return type(error), time.monotonic() - began

        ended = dict(zip(calls(store), await asyncio.gather(*map(timed, calls(store).values())), strict=True))
        failed = {name: (what, took) for name, (what, took) in ended.items() if took}
        assert failed.keys() == ended.keys() if quota is None else len(failed) > 5
        assert {what for what, _ in failed.values()} <= {StoreBusy, StoreAway}
        assert max(took for _, took in failed.values()) < LIMIT + SLACK

        proxy.flows.set()
        back = time.monotonic()
        again = {name: await timed(call) for name, call in calls(store).items()}
        assert [name for name, (_, took) in again.items() if took] == []
        assert time.monotonic() - back < 5 + SLACK
        # The write that fell silent is there or not; the one after it is.
        assert await store.revision() in (revision + 1, revision + 2)
        assert await store.check() == []


async def test_a_lock_is_not_kept_by_a_writer_whom_nobody_hears(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neo4j learns of a client's silence after hours; until then, all other writers would wait for its lock."""
    rows = [row for number in range(3_000) for row in one(number).things["Actor"]]
    shorten(monkeypatch)
    async with Proxy(graph.uri) as proxy, opened(graph, uri=proxy.uri) as store, opened(graph) as other:
        before = await other.info()
        proxy.quota = 100_000
        with pytest.raises(StoreBusy):
            await store.write(Batch({"Actor": rows}), None, "test")
        assert proxy.fell.is_set()
        monkeypatch.setattr(store_module, "WRITE_SECONDS", 30)

        began = time.monotonic()
        await other.write(one(1), None, "test")
        # The server looks every two seconds for transactions that are over time.
        assert time.monotonic() - began < 5 + SLACK

        proxy.flows.set()
        await store.write(one(1), None, "test")
        after = await other.info()
        assert (after.revision, after.counts["Actor"]) == (before.revision + 1, before.counts["Actor"] + 1)


@THE_DRIVERS_SOCKET
async def test_a_start_ends_in_time_when_the_network_is_silent(graph: Graph) -> None:
    """Also with a server that takes connections and says nothing; and it may be tried again."""
    async with Proxy(graph.uri) as proxy:
        proxy.silence()
        store = Neo4jStore(proxy.uri, user=graph.user, password=graph.password, **LIMITS)
        began = time.monotonic()
        with pytest.raises((StoreBusy, StoreAway)):
            await store.ready()
        assert time.monotonic() - began < LIMIT + SLACK

        proxy.flows.set()
        await store.ready()
        assert await store.revision() == 1
        proxy.silence()
        began = time.monotonic()
        await store.close()
        assert time.monotonic() - began < SLACK


# ------------------------------------------------------------------------------------------------ stopped and killed
@pytest.fixture(scope="module")
def own(machine: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    """A server that may be stopped and killed; not started yet."""
    home = Home(tmp_path_factory.mktemp("own") / "home", password=PASSWORD)
    server = LocalServer(NEWEST, cache_folder(), home, heap="1g", brief=True)
    yield server
    server.stop()


@asynccontextmanager
async def at(server: LocalServer, **settings: Any) -> AsyncIterator[Neo4jStore]:
    """A store on it, ready."""
    if server.pid is None:
        await asyncio.to_thread(server.start)
    store = Neo4jStore(server.homes[0].uri, **{"user": "neo4j", "password": PASSWORD, "deadline": 60, **settings})
    try:
        await store.ready()
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def serving(server: LocalServer, **settings: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, Path]]:
    """`samverkan serve` on it, from the moment in which it is started, and what it has said on standard error."""
    given = {"store": server.homes[0].address, "port": "0", "language": "en", **settings}
    environment = {**os.environ, **{f"SAMVERKAN_{name.upper()}": value for name, value in given.items()}}
    said = server.homes[0].folder.parent / "serve.txt"
    with said.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "graph_api", "serve"),
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=file,
        )
    try:
        yield process, said
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


class Load:
    """Reads over HTTP at a steady rate, and a writer beside it that writes one row after the other."""

    QUERIES: ClassVar = [
        '{ actor(slug: "chalmers") { id name } }',
        "{ actors(first: 5) { nodes { id municipality { name } } } }",
        "{ actors(first: 2, where: {kind: {eq: UNIVERSITY}}) { totalCount nodes { slug } } }",
    ]

    def __init__(self, url: str, store: Neo4jStore, *, rate: int) -> None:
        self.url, self.store, self.rate = url, store, rate
        self.answers: list[tuple[float, float, int, str]] = []
        """When asked, how long it took, status, code."""
        self.written: list[tuple[float, int, str]] = []
        """When, the row's number, code of the error."""
        self.ends = False

    async def warm(self) -> None:
        """Ask each question until it is answered: Neo4j has planned it then."""
        async with httpx.AsyncClient(timeout=30) as client:
            for query in self.QUERIES:
                for _ in range(50):
                    if "errors" not in (await client.post(self.url, json={"query": query})).json():
                        break

    async def run(self) -> None:
        """Until `ends`."""
        # A connection each: one that is kept may be closed by the server in the moment in which it is used again.
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
        async with httpx.AsyncClient(timeout=30, limits=limits) as client:
            writer, asked = asyncio.create_task(self._write()), set()
            began = time.monotonic()
            for number in itertools.count():
                if self.ends:
                    break
                await asyncio.sleep(max(0, began + number / self.rate - time.monotonic()))
                asked.add(asyncio.create_task(self._ask(client, self.QUERIES[number % len(self.QUERIES)])))
            await asyncio.gather(writer, *asked)

    async def _ask(self, client: httpx.AsyncClient, query: str) -> None:
        began = time.monotonic()
        answer = await client.post(self.url, json={"query": query})
        errors = answer.json().get("errors") or [{"extensions": {"code": ""}}]
        code = errors[0]["extensions"]["code"]
        self.answers.append((began, time.monotonic() - began, answer.status_code, code))

    async def _write(self) -> None:
        for number in itertools.count():
            if self.ends:
                return
            began = time.monotonic()
            try:
                await self.store.write(one(number), None, "test")
            except StoreError as error:
                self.written.append((began, number, error.code))
                await asyncio.sleep(0.1)
            else:
                self.written.append((began, number, ""))


async def test_a_server_that_goes_and_comes_back_costs_only_the_time_between(own: LocalServer) -> None:
    """Upgrades of the database, at night or not: the server process needs no hand, before, during or after."""
    deadline = 4
    settings = {"store_wait_seconds": "300", "deadline_seconds": str(deadline), "store_retry_seconds": "1"}
    async with serving(own, **settings) as (process, said):
        # It is not there at the start.
        while "Waiting" not in said.read_text():
            assert process.returncode is None
            await asyncio.sleep(0.1)
        assert "[STORE" not in said.read_text()
        await asyncio.to_thread(own.start)
        assert process.stdout
        url = (await process.stdout.readline()).decode().split()[-1].rstrip("/") + "/graphql"

        async with at(own, deadline=deadline, retry_seconds=1) as store:
            load = Load(url, store, rate=50)
            await load.warm()
            await store.write(one(99_999), None, "test")
            running = asyncio.create_task(load.run())
            await asyncio.sleep(2)
            stops = time.monotonic()
            await asyncio.to_thread(own.stop)
            await asyncio.sleep(1)
            await started_aside(own)
            await serves(own)
            back = time.monotonic()
            await asyncio.sleep(7 + SLACK)
            load.ends = True
            await running

            failed = [answer for answer in load.answers if answer[3]]
            assert {(status, code) for _, _, status, code in load.answers} <= {
                (200, ""),
                (503, "STORE_AWAY"),
                (503, "STORE_BUSY"),
            }
            # A question that was asked while all was well may be under way when the server stops.
            assert min(began for began, *_ in failed) > stops - deadline
            assert [(began - back, took, code) for began, took, _, code in failed if began > back + 5 + SLACK] == []
            slow = [answer for answer in load.answers if answer[1] > deadline + SLACK]
            assert slow == []
            assert sum(began > back + 5 + SLACK for began, *_ in load.answers) > 50
            await assert_written_once(own, store, load)


async def started_aside(server: LocalServer) -> None:
    """Start it with less right to the processors, as if it had its own: else it is their lack that is measured."""
    starting = asyncio.create_task(asyncio.to_thread(server.start))
    for _ in range(1_000):
        await asyncio.sleep(0.01)
        if (pid := server.pid) is not None:
            os.setpriority(os.PRIO_PROCESS, pid, 10)
            break
    await starting


async def serves(server: LocalServer) -> None:
    """Return when a bare driver gets an answer."""
    auth = ("neo4j", PASSWORD)
    for _ in range(300):
        try:
            async with neo4j.AsyncGraphDatabase.driver(server.homes[0].uri, auth=auth) as driver:
                await driver.execute_query("MATCH (g:Graph) RETURN g.revision")
                return
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
            await asyncio.sleep(0.1)
    raise AssertionError("Neo4j did not come back")


async def assert_written_once(server: LocalServer, store: Neo4jStore, load: Load) -> None:
    """Each row that was acknowledged is there by one change, and the revision counts the changes."""
    kept = {"actor:zz99999"} | {f"actor:zz{number:05}" for _, number, code in load.written if not code}
    failed = {f"actor:zz{number:05}": code for _, number, code in load.written if code}
    assert failed
    assert set(failed.values()) <= {"STORE_AWAY", "STORE_BUSY"}
    async with neo4j.AsyncGraphDatabase.driver(server.homes[0].uri, auth=("neo4j", PASSWORD)) as driver:
        text = "MATCH (c:Change) WHERE c.node_id STARTS WITH 'actor:zz' RETURN c.node_id, c.action"
        changes = [tuple(record) for record in (await driver.execute_query(text)).records]
        text = "MATCH (c:Change) RETURN count(DISTINCT c.revision), max(c.revision)"
        ((revisions, last),) = (await driver.execute_query(text)).records
    there = [row["id"] async for row in store.rows("Actor") if str(row["id"]).startswith("actor:zz")]
    assert len(there) == len(set(there)) == len(changes)
    assert sorted(changes) == sorted((id_, "CREATED") for id_ in there)
    # What nobody acknowledged may be there: the answer was lost, not the write.
    assert kept <= set(there) <= kept | failed.keys()
    assert await store.revision() == revisions == last
    assert await store.check() == []


def many(rounds: range) -> Batch:
    """20,000 ties a round, which no other round has, among the same 200 actors."""
    actors = [
        actor(f"a{number:03}", f"Namn {number}", "OTHER", "HYBRID", sources=[]) for number in range(test_killed.ACTORS)
    ]
    ties = [row for round_ in rounds for row in test_killed.ties(round_).things["Collaboration"]]
    return Batch({"Actor": actors, "Collaboration": ties})


async def assert_all_or_nothing(store: Neo4jStore, before: Mapping[str, int], revision: int, ties: int) -> None:
    """The ties are there, every one of them with all that follows from them, or none is."""
    info = await store.info()
    come = info.counts["Collaboration"] - before["Collaboration"]
    assert (come, info.revision) in [(0, revision), (ties, revision + 1)]
    assert await store.check() == []


@pytest.mark.parametrize(
    ("rounds", "at_most"), [(range(100, 105), 0.5), (range(110, 111), 1.0)], ids=["100,000 ties", "at the end"]
)
async def test_a_server_that_dies_in_an_import_keeps_all_or_nothing(
    own: LocalServer, rounds: range, at_most: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power fails in the middle of a load; afterwards the load is repeated, and nothing is there twice."""
    batch, size = many(rounds), len(rounds) * test_killed.TIES
    async with at(own, retry_seconds=1) as store:
        info = await store.info()
        sent, finished = 0, False
        dying: list[asyncio.Task[None]] = []
        send, finish = writing._Writer._send, writing._Writer.finish

        async def sending(writer: writing._Writer, text: str, rows: Any, *rest: Any, **values: Any) -> list[Any]:
            nonlocal sent
            found = await send(writer, text, rows, *rest, **values)
            sent += len(rows) if text.startswith("UNWIND") and "CREATE" in text else 0
            if sent > size * at_most and at_most < 1:
                await asyncio.to_thread(own.kill)
            return found

        async def finishing(writer: writing._Writer, by: str) -> None:
            nonlocal finished
            await finish(writer, by)
            finished = True
            # What is left is the commit.
            dying.append(asyncio.create_task(asyncio.to_thread(own.kill)))

        monkeypatch.setattr(writing._Writer, "_send", sending)
        monkeypatch.setattr(writing._Writer, "finish", finishing)
        began = time.monotonic()
        with suppress(StoreAway):
            await store.write(batch, None, "test")
            assert finished
        await asyncio.gather(*dying)
        assert own.pid is None
        assert time.monotonic() - began < 60
    monkeypatch.undo()
    async with at(own) as store:
        await assert_all_or_nothing(store, info.counts, info.revision, size)


CLIENT = """
import asyncio, sys
from graph_api.stores.neo4j import writing
from graph_api.stores.neo4j.store import Neo4jStore
from tests.faults.test_neo4j import PASSWORD, many

async def main():
    send, sent = writing._Writer._send, 0

    async def sending(writer, text, rows, *rest, **values):
        print("step", flush=True)
        return await send(writer, text, rows, *rest, **values)

    writing._Writer._send = sending
    store = Neo4jStore(sys.argv[1], user="neo4j", password=PASSWORD)
    await store.ready()
    await store.write(many(range(int(sys.argv[2]), int(sys.argv[2]) + 1)), None, "test")
    print("end", flush=True)

asyncio.run(main())
"""


async def test_a_client_that_dies_in_an_import_leaves_all_or_nothing(own: LocalServer) -> None:
    """Memory ends, somebody presses the wrong key: the server takes back what was not finished, and gives the lock to the next."""
    async with at(own) as store:
        # With this, the actors are there, and each round is equally long.
        await store.write(many(range(0)), None, "test")
        for round_, steps in ((120, 4), (121, 9), (122, 14)):
            info = await store.info()
            child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", CLIENT, own.homes[0].uri, str(round_)), cwd=ROOT, stdout=subprocess.PIPE
            )
            assert child.stdout
            for _ in range(steps):
                assert await child.stdout.readline() == b"step\n"
            child.kill()
            left = (await child.communicate())[0]
            assert b"end" not in left

            began = time.monotonic()
            # It waits for the lock: afterwards the other one has ended, this way or that.
            await store.write(one(90_000 + round_), None, "test")
            assert time.monotonic() - began < 10 + SLACK
            assert await store.revision() == info.revision + 1
            assert (await store.info()).counts["Collaboration"] == info.counts["Collaboration"]
            assert await store.check() == []
