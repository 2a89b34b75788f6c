"""Network → what networkit computes in compiled code: betweenness, and communities.

Takes a network and returns columns in its order. networkit is imported at first need, by the worker alone: it costs a second and 160 MB. It has no
wheel for every machine; the registry asks `present` first. One thread, fixed seeds: the same question has the same answer.
"""

from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from graph_api.analysis.distances import tie_lengths
from graph_api.analysis.projection import Longs, Network
from graph_api.model.snapshot import Floats


def present() -> bool:
    """Whether networkit is installed."""
    return find_spec("networkit") is not None


def betweenness(network: Network) -> Floats:
    """Exact, by Brandes's algorithm (2001). Cost O(actors · ties)."""
    kit = _kit()
    found = kit.centrality.Betweenness(_graph(network, distances=True)).run().scores()
    # Each pair was counted from either end.
    return np.asarray(found, np.float64) / 2


def communities(network: Network, resolution: float, runs: int) -> tuple[Longs, ...]:
    """Divisions by the Louvain method with refinement, one a run, each over the actors in another order: the community of each actor."""
    kit, found = _kit(), []
    for run in range(runs):
        place = np.random.default_rng(run).permutation(network.size) if run else np.arange(network.size)
        method = kit.community.PLM(_graph(network, place=place), refine=True, gamma=resolution, par="none")
        found.append(np.asarray(method.run().getPartition().getVector(), np.int64)[place])
    return tuple(found)


@cache
def _kit() -> Any:
    """networkit, set up once: switching its number of threads later ends in a crash. Any: it has no types."""
    import networkit  # type: ignore[import-untyped]

    networkit.setNumberOfThreads(1)
    networkit.setSeed(1, False)
    return networkit


def _graph(network: Network, *, distances: bool = False, place: Longs | None = None) -> Any:
    """As networkit has it: strengths, or lengths of ties, as weights where the network is weighted; actors at their places."""
    weights = tie_lengths(network).astype(np.float64) if distances else network.strength
    a, b = (end.astype(np.int64) if place is None else place[end] for end in (network.a, network.b))
    return _kit().GraphFromCoo((weights, (a, b)), n=network.size, weighted=network.weighted)
