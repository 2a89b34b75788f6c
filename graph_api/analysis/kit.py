"""Network → what networkit computes in compiled code: betweenness, exact or estimated, and communities.

Takes a network and returns columns in its order. networkit is imported at first need, by the worker alone: it costs a second and 160 MB. It has no
wheel for every machine; the registry asks `present` first. One thread, fixed seeds: the same question has the same answer.
"""

from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from graph_api.analysis.distances import tie_lengths
from graph_api.analysis.progress import steps
from graph_api.analysis.projection import Longs, Network
from graph_api.model.snapshot import Floats

GROUPS = 16
"""Of sources, when betweenness is estimated: how far the groups differ tells how far their mean may be off."""
_STUDENT_95 = 2.131
"""Standard errors to either side that hold 95 of 100 means of so many groups: Student's t with one degree less."""
_EFFORT = 40_000_000
"""Sources times ties of an estimate; at most 64 sources a group, at least 4."""


def present() -> bool:
    """Whether networkit is installed."""
    return find_spec("networkit") is not None


def betweenness(network: Network) -> Floats:
    """Exact, by Brandes's algorithm (2001). Cost O(actors · ties)."""
    kit = _kit()
    found = kit.centrality.Betweenness(_graph(network, distances=True)).run().scores()
    # Each pair was counted from either end.
    return np.asarray(found, np.float64) / 2


def estimated_betweenness(network: Network) -> tuple[Floats, Floats]:
    """The mean of groups of sources drawn at random, and half the width of its 95 % interval by the spread of the groups.

    Each source's share is weighted by how far along its paths an actor lies (Geisberger, Sanders and Schultes, ALENEX 2008).
    """
    kit, graph = _kit(), _graph(network, distances=True)
    each = int(np.clip(_EFFORT / max(len(network.a), 1) / GROUPS, 4, 64))
    found = np.zeros((GROUPS, network.size))
    for group in steps(range(GROUPS)):
        kit.setSeed(group + 1, False)
        found[group] = kit.centrality.EstimateBetweenness(graph, each, False, False).run().scores()
    # Each pair was counted from either end; and networkit draws one source more than it divides by.
    found *= each / (each + 1) / 2
    return found.mean(axis=0), _STUDENT_95 * found.std(axis=0, ddof=1) / np.sqrt(GROUPS)


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
