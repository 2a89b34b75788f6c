"""A Neo4j that is away, stops, dies, refuses, is slow or falls silent: a clear word in time, and then as if nothing had been.

Nothing is feigned: servers are stopped and killed, and silence is a proxy between store and server that forwards nothing.
"""

import asyncio
import itertools
import json
import os
import signal
import socket
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
from graph_api.model.changes import Batch, Row
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

SLACK = 1.5
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
    return Batch({"Actor": [actor(f"w{number:05}", f"Namn {number}", "OTHER", "HYBRID", sources=[])]})


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

    assert time.monotonic() - began < 5
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
LIMITS = {"deadline": LIMIT, "connect_seconds": 1, "acquire_seconds": 1, "retry_seconds": 1}


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
        "references": lambda: store.references([(select(entity), ["actor:gu"])]),
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
        assert time.monotonic() - back < 5
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
