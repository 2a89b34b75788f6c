"""Networks of the same degrees, drawn at random: 200 draws on 20,000 actors and 120,000 ties, against NetworkX's `double_edge_swap`.

NetworkX's time is that of fewer swaps, scaled up to as many as the draws made: all of them would take it an hour. The last figures say where
the time of a round goes.
"""

import time
from cProfile import Profile
from pstats import Stats

import networkx as nx  # type: ignore[import-untyped]  # it has no types
import numpy as np

from benchmarks.figures import Figure
from graph_api.analysis.nullmodel import BETWEEN, BURN_IN, SEED, Chain

ACTORS, TIES_EACH, DRAWS = 20_000, 6, 200
NETWORKX_SWAPS = 50_000
AIM = 50


def figures() -> list[Figure]:
    graph = nx.barabasi_albert_graph(ACTORS, TIES_EACH, seed=1)
    ends = np.array(graph.edges)
    chain = Chain(ends[:, 0], ends[:, 1], np.random.default_rng(SEED))
    start = time.perf_counter()
    for _ in range(BURN_IN + (DRAWS - 1) * BETWEEN):
        chain.round()
    ours = time.perf_counter() - start
    start = time.perf_counter()
    nx.double_edge_swap(graph, NETWORKX_SWAPS, max_tries=100 * NETWORKX_SWAPS, seed=1)
    theirs = (time.perf_counter() - start) * chain.accepted / NETWORKX_SWAPS
    what = f"{DRAWS} draws of {len(ends):,} ties: NetworkX's time for {chain.accepted:,} swaps"
    return [Figure(what, "s", ours, theirs, theirs / ours, AIM, at_least=True), *_parts(chain)]


PARTS = {
    "'sort' of 'numpy": "sorting what is held and wanted",
    "'shuffle' of": "pairing",
    "_take_turns": "swaps that depend on others",
}


def _parts(chain: Chain) -> list[Figure]:
    """Shares of a round's time; the rest is arithmetic on whole columns."""
    profile = Profile()
    for _ in range(20):
        profile.runcall(chain.round)
    own = {function: times[2] for (_, _, function), times in Stats(profile).stats.items()}  # type: ignore[attr-defined]  # in no stub
    shares = {text: sum(own[f] for f in own if name in f) / sum(own.values()) for name, text in PARTS.items()}
    return [Figure(f"… of a round, {text}", "share", share, None, share, None) for text, share in shares.items()]


if __name__ == "__main__":
    for figure in figures():
        print(f"{figure.what}: {figure.ours:.2f} {figure.unit}, {figure.value:.2f}")
