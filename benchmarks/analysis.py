"""The engines beside plain NetworkX: `python -m benchmarks.analysis [--json]`; `--snapshot`: a large store's columns beside a bare scan of it.

Both compute on the same network, ready in the form that each wants; NetworkX once, the engine the median of five. Exit code 1 where an aim is missed.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

# As in the worker: one thread, so that the ratios are those of algorithms. Before NumPy is imported.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")

import apsw
import networkx as nx  # type: ignore[import-untyped]
import numpy as np

from benchmarks.__main__ import line
from benchmarks.figures import Figure
from benchmarks.graph import LARGE, SMALL, Size, database
from graph_api.analysis import cohesion, communities, distances, measures, reference, registry
from graph_api.analysis.betweenness import estimated
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.analysis.registry import computed
from graph_api.model.snapshot import Floats
from graph_api.model.vocabulary import CentralityMeasure, NetworkTie
from graph_api.stores.sqlite.snapshots import snapshot
from graph_api.stores.sqlite.store import SqliteStore

HUGE = Size(200_000, 1_200_000)
MIDDLE = Size(4_000, 24_000, initiatives=400)


def network(size: Size, *, weighted: bool = True) -> Network:
    """The direct ties of the synthetic region."""

    async def read() -> Network:
        store = SqliteStore(database(size)[0])
        try:
            columns = await store.snapshot()
        finally:
            await store.close()
        return project(columns, NetworkInput(ties=(NetworkTie.COLLABORATION,), weighted=weighted))

    return asyncio.run(read())


def taken(call: Callable[[], object], times: int = 1) -> float:
    """Milliseconds of a call, the median of some; the processor's, since each runs in one thread and others may run beside it."""
    found = []
    for _ in range(times):
        start = time.process_time()
        call()
        found.append((time.process_time() - start) * 1000)
    return statistics.median(found)


def beside(what: str, ours: Callable[[], object], plain: Callable[[], object], aim: float | None) -> Figure:
    """How many times faster than NetworkX."""
    ours()
    fast, slow = taken(ours, 5), taken(plain)
    return Figure(what, "ms", fast, slow, slow / fast, aim, at_least=True)


def on_the_large() -> list[Figure]:
    """20,000 actors, 120,000 ties, weighted."""
    of, counted = network(LARGE), network(LARGE, weighted=False)
    graph: Any = reference.graph(of)
    size = f"{of.size:,} actors"
    divided: Any = nx.community.louvain_communities
    found = [
        beside(f"PageRank, {size}", lambda: measures.pagerank(of), lambda: nx.pagerank(graph, weight="strength"), 20),
        beside(f"core number, {size}", lambda: cohesion.core_number(of), lambda: nx.core_number(graph), 20),
        beside(f"clustering, {size}", lambda: cohesion.clustering(of), lambda: nx.clustering(graph), 20),
        beside(
            f"constraint, {size}", lambda: cohesion.constraint(of), lambda: nx.constraint(graph, weight="strength"), 4
        ),
        beside(
            # With strengths NetworkX takes many minutes; without, it has a short cut (Borgatti 1997).
            f"effective size, unweighted, {size}",
            lambda: cohesion.effective_size(counted),
            lambda: nx.effective_size(graph),
            50,
        ),
        beside(
            f"communities, {size}",
            lambda: communities.communities(of),
            lambda: divided(graph, weight="strength", seed=1),
            15,
        ),
    ]
    ours = communities.communities(of)[0].modularity
    theirs = communities.communities(of, engines=registry.NETWORKX)[0].modularity
    return [*found, Figure(f"… their modularity, {size}", "", ours, theirs, ours - theirs, 0, at_least=True)]


def on_the_small() -> list[Figure]:
    """1,000 actors, 5,000 ties: distances, exact."""
    found = []
    for weighted in (False, True):
        of = network(SMALL, weighted=weighted)
        graph: Any = reference.graph(of)
        kind, by = ("weighted", "distance") if weighted else ("unweighted", None)
        size = f"{of.size:,} actors, {kind}"
        # The aims are for counted ties; for lengths NetworkX and SciPy both run Dijkstra's algorithm.
        aims = (None, None, None) if weighted else (50, 50, 15)
        for name, ours, plain, aim in (
            ("closeness", distances.closeness, lambda g=graph, w=by: nx.closeness_centrality(g, distance=w), aims[0]),
            ("harmonic", distances.harmonic, lambda g=graph, w=by: nx.harmonic_centrality(g, distance=w), aims[1]),
            ("betweenness", betweenness, lambda g=graph, w=by: nx.betweenness_centrality(g, weight=w), aims[2]),
        ):
            found.append(beside(f"{name}, {size}", lambda f=ours, n=of: f(n), plain, aim))  # type: ignore[misc]
    return found


def betweenness(of: Network) -> Floats:
    """By the engine that serves the network."""
    return computed(of, CentralityMeasure.BETWEENNESS).column


def of_estimates() -> list[Figure]:
    """How often an estimate keeps its margin, and how wide that is for the ten first, where the exact score can still be had."""
    found = []
    for weighted in (False, True):
        of = network(MIDDLE, weighted=weighted)
        exact, (score, margin) = betweenness(of), estimated(of)
        top = np.argsort(-exact)[:10]
        kept = float((np.abs(score - exact) <= margin).mean())
        wide = float((margin[top] / exact[top]).mean())
        off = float((np.abs(score - exact)[top] / exact[top]).mean())
        size = f"{of.size:,} actors, {'weighted' if weighted else 'unweighted'}"
        found += [
            # 95 of 100 are claimed.
            Figure(
                f"betweenness estimated, {size}: share within the margin", "", kept, None, kept, 0.95, at_least=True
            ),
            Figure("… margin of the ten first, a share of the score", "", wide, None, wide, None),
            Figure("… how far they are off", "", off, None, off, None),
        ]
    return found


def of_snapshots(size: Size) -> Figure:
    """Columns from the store, beside the same statements with each row fetched and dropped."""
    connection = apsw.Connection(str(database(size)[0]), flags=apsw.SQLITE_OPEN_READONLY)
    connection.execute("PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY")
    statements: list[str] = []

    def remember(_: object, sql: str, __: object) -> bool:
        statements.append(sql)
        return True

    connection.exec_trace = remember
    snapshot(connection)
    connection.exec_trace = None
    reads = [sql for sql in statements if sql.startswith("SELECT")]

    def scan() -> None:
        for sql in reads:
            deque(connection.execute(sql), maxlen=0)

    turns = [(taken(lambda: snapshot(connection)), taken(scan)) for _ in range(3)]
    ours, bare = (statistics.median(column) for column in zip(*turns, strict=True))
    what = f"snapshot of {size.actors:,} actors and {size.ties:,} ties, beside a scan"
    return Figure(what, "ms", ours, bare, statistics.median(b / a for a, b in turns), 0.5, at_least=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.analysis", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--snapshot", action="store_true", help="only the columns of 200,000 actors and 1.2 million ties"
    )
    given = parser.parse_args()
    found = (
        [of_snapshots(HUGE)]
        if given.snapshot
        else [*on_the_large(), *on_the_small(), *of_estimates(), of_snapshots(LARGE)]
    )
    if given.json:
        print(json.dumps([asdict(figure) | {"kept": figure.kept} for figure in found], indent=2))
    else:
        print(f"{'what':<68} {'ours':>14} {'baseline':>10} {'value':>8} {'aim':>8}")
        print("\n".join(map(line, found)))
    return 1 if any(figure.kept is False for figure in found) else 0


if __name__ == "__main__":
    sys.exit(main())
