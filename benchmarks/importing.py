"""A load of a drawn region into Neo4j, by the store, in one transaction or in parts, and by plain UNWIND: seconds, and memory of writer and server.

Each goes into a new home of a server of its own, with the store's constraints and indexes already there, and is run by a process of its own:
`python -m benchmarks.importing store|parts|unwind ADDRESS ACTORS TIES`, which prints what it took. What lies there afterwards is counted and
compared.
"""

import asyncio
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import neo4j

from benchmarks import unwind
from benchmarks.graph import Size, draw
from graph_api.config import cache_folder
from graph_api.exchange.moving import ROWS_A_WRITE
from graph_api.model.changes import Batch
from graph_api.stores.base import Store
from graph_api.stores.neo4j.local import NEWEST, Home, LocalServer
from graph_api.stores.open import Server, address, open_store

PAGE_CACHE = "4g"
"""Room for the whole store, as docs/guide-neo4j.md says: else both wait for pages, and a load in parts, which looks at what is there, more so."""
WAYS = ("store", "parts", "unwind")
_COUNTED = (
    "MATCH (n) RETURN labels(n)[0] AS what, count(*) AS number, sum(size(keys(n))) AS facts",
    "MATCH ()-[t]->() RETURN type(t) AS what, count(*) AS number, sum(size(keys(t))) AS facts",
)
_LEFT_OUT = {"Graph", "Migration"}
"""What the migrations make."""


@dataclass(frozen=True, slots=True)
class Import:
    """One load."""

    way: str
    seconds: float
    writer: float
    """Megabytes that the writing process had at most, the drawn region among them."""
    server: float
    """Megabytes that Neo4j's process had at most."""
    counts: dict[str, tuple[int, int]]
    """Things and their facts, by label and type."""


def store_at(text: str) -> Store:
    return open_store(address(text, embedded=Path()), deadline=600, retry_seconds=0)


def place(text: str) -> tuple[str, tuple[str, str] | None]:
    """What a driver takes of a store's address."""
    server = address(text, embedded=Path())
    assert isinstance(server, Server), "an address of a Neo4j server"
    return server.uri, (server.user, server.password) if server.user else None


def connected(text: str) -> neo4j.Driver:
    uri, auth = place(text)
    return neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF", telemetry_disabled=True)


async def prepared(text: str) -> None:
    """The database is given the constraints and indexes of today, where it is empty or of an older version."""
    store = store_at(text)
    await store.migrate(check=False)
    await store.close()


async def _written(text: str, batches: Iterable[Batch]) -> float:
    store = store_at(text)
    await store.ready()
    start = time.perf_counter()
    for batch in batches:
        await store.write(batch, expected_revision=None, by="benchmark")
    taken = time.perf_counter() - start
    await store.close()
    return taken


def parts(batch: Batch) -> Iterator[Batch]:
    """The batch as `copy` would write it: so many rows of one table at a time. Its tables, and their rows, follow what they refer to."""
    for name, rows in batch.things.items():
        for first in range(0, len(rows), ROWS_A_WRITE):
            yield Batch(things={name: rows[first : first + ROWS_A_WRITE]})
    for name, links in batch.links.items():
        for first in range(0, len(links), ROWS_A_WRITE):
            yield Batch(links={name: links[first : first + ROWS_A_WRITE]})


def imports(ways: Sequence[str], size: Size, heap: str) -> list[Import]:
    """The loads, one after the other.

    Raises:
        AssertionError: they left different things.
    """
    found = [_imported(way, size, heap) for way in ways]
    assert all(one.counts == found[0].counts for one in found), [one.counts for one in found]
    return found


def _imported(way: str, size: Size, heap: str) -> Import:
    with tempfile.TemporaryDirectory() as temporary:
        home = Home(Path(temporary), settings={"server.memory.pagecache.size": PAGE_CACHE})
        with LocalServer(NEWEST, cache_folder(), home, heap=heap) as server:
            asyncio.run(prepared(home.address))
            command = [sys.executable, "-m", __name__, way, home.address, str(size.actors), str(size.ties)]
            took = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
            most = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text("utf-8"))
            assert most is not None
            return Import(way, took["seconds"], took["peak"], int(most[1]) / 1024, counted(home.address))


def counted(text: str) -> dict[str, tuple[int, int]]:
    """How many things and facts a database holds, by label and type."""
    with connected(text) as driver:
        rows: list[Any] = [row for query in _COUNTED for row in driver.execute_query(query, database_="neo4j").records]
    return {row["what"]: (row["number"], row["facts"]) for row in rows if row["what"] not in _LEFT_OUT}


def main(way: str, text: str, actors: str, ties: str) -> None:
    batch = draw(Size(int(actors), int(ties)))
    if way == "unwind":
        with connected(text) as driver:
            seconds = unwind.loaded(driver, batch)
    else:
        seconds = asyncio.run(_written(text, [batch] if way == "store" else parts(batch)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
