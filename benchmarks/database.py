"""Graph Data Science beside our own engines: `python -m benchmarks.database [--json]`.

The same networks, projected before; the time until a column of scores is there, what is sent to the database and back included: the median of
three, after a first call, which is shown by itself. Each in milliseconds; no aims.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path

from benchmarks.__main__ import line
from benchmarks.analysis import network
from benchmarks.figures import Figure
from benchmarks.graph import LARGE, SMALL
from graph_api.analysis import database, registry
from graph_api.analysis.communities import communities
from graph_api.analysis.projection import Network
from graph_api.config import cache_folder
from graph_api.model.snapshot import Computation, Floats
from graph_api.stores.neo4j.local import NEWEST, Home, LocalServer
from graph_api.stores.neo4j.store import Neo4jStore

TIMES = 3
SECONDS = 120.0


async def taken(call: Callable[[], Awaitable[object]], times: int) -> tuple[float, float]:
    """Milliseconds of the first call, and the median of those after it."""
    found = []
    for _ in range(1 + times):
        start = time.perf_counter()
        await call()
        found.append((time.perf_counter() - start) * 1000)
    return found[0], statistics.median(found[1:])


async def figures(store: Neo4jStore, networks: list[tuple[Network, ...]]) -> list[Figure]:
    """Ours is the database, the baseline our own engine, the value how many times longer the database takes; of first calls, that takes."""
    loop = asyncio.get_running_loop()

    def ask(asked: Computation) -> Floats:
        return asyncio.run_coroutine_threadsafe(store.compute(asked, SECONDS), loop).result()

    engines, found = database.engines_of("gds", ask), []

    async def beside(what: str, call: Callable[[registry.Engines], object]) -> None:
        first, ours = await taken(lambda: asyncio.to_thread(call, engines), TIMES)
        _, own = await taken(lambda: asyncio.to_thread(call, registry.FASTEST), TIMES)
        found.append(Figure(what, "ms", ours, own, ours / own, None))
        found.append(Figure(f"… the first time, {what}", "ms", first, None, first / ours, None))

    for pair in networks:
        for of in pair:
            size = f"{of.size:,} actors{'' if of.weighted else ', unweighted'}"
            for measure, engine in database.measures_by(ask).items():
                if engine.serves(of):
                    await beside(f"{measure.value}, {size}", lambda by, m=measure, n=of: registry.computed(n, m, by))  # type: ignore[misc]
            await beside(f"communities, {size}", lambda by, n=of: communities(n, 1.0, by))  # type: ignore[misc]
            divided = [await asyncio.to_thread(communities, of, 1.0, by) for by in (engines, registry.FASTEST)]
            ours, own = (division[0].modularity for division in divided)
            found.append(Figure(f"… their modularity, {size}", "", ours, own, ours - own, None))
    return found


async def measured() -> list[Figure]:
    """On a server of its own, as `samverkan neo4j up --gds` has it."""
    networks = await asyncio.to_thread(
        lambda: [tuple(network(size, weighted=weighted) for weighted in (True, False)) for size in (SMALL, LARGE)]
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder, "home"))
        with LocalServer(NEWEST, cache_folder(), home, heap="1g", gds=True):
            store = Neo4jStore(home.uri, user="", password="", deadline=SECONDS)
            try:
                await store.ready()
                return await figures(store, networks)
            finally:
                await store.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.database", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    found = asyncio.run(measured())
    if arguments.json:
        json.dump([asdict(figure) for figure in found], sys.stdout, indent=2)
    else:
        for figure in found:
            print(line(figure))
    return 0


if __name__ == "__main__":
    sys.exit(main())
