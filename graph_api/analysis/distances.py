"""Network → how far its actors are from one another: closeness, harmonic closeness, mean length, efficiency.

Unweighted lengths count ties: breadth-first searches from hundreds of actors at once, a bit each. Weighted ones are Σ 1/strength in whole parts of
`UNIT`, by SciPy's Dijkstra. Where all actors would be too many to start from, some are drawn, and each score comes with its margin of error.
Knows no ranking, no id and no filter.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from graph_api.analysis.cohesion import components
from graph_api.analysis.progress import steps
from graph_api.analysis.projection import Longs, Network
from graph_api.model.snapshot import Floats

UNIT = 720_720
"""Of length: the least number that 1 to 16 divide, so that the usual strengths and their parts give exact lengths; others are rounded to it."""
SOURCES = 1_024
"""Where sources are drawn: so many of each component."""
_NORMAL_95 = 1.96
"""Standard errors to either side that hold 95 of 100 estimates."""
_MANY = 50_000
"""Of more actors than these the average path length is not exact."""
_BATCH = 512
"""Sources of one pass of the breadth-first search: 8 words of 64 bits an actor."""
_CELLS = 4_000_000
"""Lengths that Dijkstra's passes hold at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What the sources see of each actor, one entry an actor. The actor itself is not counted."""

    count: Longs
    """Sources from which it can be reached."""
    far: Floats
    """Σ d over those sources."""
    near: Floats
    """Σ 1/d."""
    far_squared: Floats
    """Σ d²: by it and the next the spread is known."""
    near_squared: Floats
    """Σ 1/d²."""


def closeness(network: Network, *, sampled: bool = False) -> tuple[Floats, Floats | None]:
    """(r-1)/Σd · (r-1)/(n-1), over the r actors of the component; 0 for an isolate. Freeman (1979); Wasserman and Faust (1994), chapter 5.

    Returns:
        The scores; where `sampled`, also the half width of their 95 % intervals, 0 for a score that is exact all the same.
    """
    sources, members, drawn = _sources(network, sampled)
    reach = reached(network, sources)
    scale = members / np.maximum(drawn, 1)
    far = reach.far * scale
    joined = far > 0
    scores, away = np.zeros(network.size), members - 1.0
    scores[joined] = away[joined] ** 2 / far[joined] / (network.size - 1)
    if not sampled:
        return scores, None
    margin = _margin(reach.far, reach.far_squared, members, drawn)
    # By the first term of its series: a quotient is off by the share by which its denominator is.
    return scores, np.divide(scores * margin, far, out=np.zeros(network.size), where=joined)


def harmonic(network: Network, *, sampled: bool = False) -> tuple[Floats, Floats | None]:
    """Σ 1/d over the other actors, nothing for those out of reach. Marchiori and Latora (2000); Boldi and Vigna (2014).

    Returns:
        As `closeness` does.
    """
    sources, members, drawn = _sources(network, sampled)
    reach = reached(network, sources)
    scores: Floats = reach.near * members / np.maximum(drawn, 1)
    return scores, _margin(reach.near, reach.near_squared, members, drawn) if sampled else None


def average_path_length(network: Network) -> float | None:
    """Mean number of ties on the shortest path over the pairs that are joined; None where none is.

    Of more than 50,000 actors some are drawn to start from (`SOURCES`).
    """
    tied = np.flatnonzero(network.degree)
    if network.size > _MANY:
        tied = _drawn(tied, SOURCES)
    reach = reached(network, tied, weighted=False)
    pairs = int(reach.count.sum())
    return float(reach.far.sum()) / pairs if pairs else None


def efficiency(network: Network, sources: Longs) -> float:
    """Mean of 1/d over the pairs of a source and another actor, 0 for a pair that nothing joins; lengths count ties.

    Latora and Marchiori, Physical Review Letters 87:198701 (2001).
    """
    pairs = len(sources) * (network.size - 1)
    return float(reached(network, sources, weighted=False).near.sum()) / pairs if pairs else 0.0


def reached(network: Network, sources: Longs, *, weighted: bool | None = None) -> Reach:
    """What these sources see of each actor. Cost O(sources · ties), unweighted lengths 64 sources at a time."""
    weighted = network.weighted if weighted is None else weighted
    count, (far, near, far_squared, near_squared) = np.zeros(network.size, np.int64), np.zeros((4, network.size))
    for lengths, counts in _weighted(network, sources) if weighted else _levels(network, sources):
        count += counts.sum(axis=0, dtype=np.int64)
        far += (counts * lengths).sum(axis=0)
        near += (counts / lengths).sum(axis=0)
        far_squared += (counts * lengths**2).sum(axis=0)
        near_squared += (counts / lengths**2).sum(axis=0)
    # Only now, so that sums of whole numbers are exact whatever their order.
    unit = UNIT if weighted else 1
    return Reach(count, far / unit, near * unit, far_squared / unit**2, near_squared * unit**2)


def _levels(network: Network, sources: Longs) -> Iterator[tuple[Floats, Longs]]:
    """Lengths, and how many sources meet each actor over such a way: one row a length."""
    tied = np.flatnonzero(network.degree)
    starts = network.indptr[tied]
    for batch in steps(range(0, len(sources), _BATCH)):
        some = sources[batch : batch + _BATCH]
        place, words = np.arange(len(some)), -(-len(some) // 64)
        front = np.zeros((network.size, words), np.uint64)
        front[some, place // 64] = np.uint64(1) << (place % 64).astype(np.uint64)
        seen, length = front.copy(), 0
        while len(tied) and front.any():
            length += 1
            fresh = np.zeros_like(front)
            fresh[tied] = np.bitwise_or.reduceat(front[network.neighbours], starts, axis=0) & ~seen[tied]
            yield np.full((1, 1), float(length)), np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)[None, :]
            seen |= fresh
            front = fresh


def _weighted(network: Network, sources: Longs) -> Iterator[tuple[Floats, Longs]]:
    """The same by Dijkstra, in parts of `UNIT`: one row a source."""
    matrix = sparse.csr_array(
        (tie_lengths(network)[network.via].astype(np.float64), network.neighbours, network.indptr),
        shape=(network.size, network.size),
    )
    batch = max(1, _CELLS // max(network.size, 1))
    for first in steps(range(0, len(sources), batch)):
        lengths = dijkstra(matrix, indices=sources[first : first + batch])
        met = np.isfinite(lengths) & (lengths > 0)
        yield np.where(met, lengths, 1.0), met.astype(np.int64)


def tie_lengths(network: Network) -> Longs:
    """The length of each tie, 1/strength in whole parts of `UNIT`: lengths are compared exactly, and a third thrice must equal one."""
    return np.maximum(np.rint(UNIT / network.strength), 1).astype(np.int64)


def drawn_sources(network: Network, most: int) -> tuple[Longs, Floats, Floats]:
    """So many actors of each component at most, the same at every call; for each actor the members of its component, and how many are drawn."""
    label = components(network)
    size = np.bincount(label)
    parts = np.split(np.argsort(label, kind="stable"), np.cumsum(size)[:-1])
    chosen = np.concatenate([_drawn(part, most) for part in parts])
    return chosen, size[label].astype(np.float64), np.bincount(label[chosen])[label].astype(np.float64)


def longest(network: Network) -> int:
    """The ties of no shortest path are more: twice those to the farthest from one actor of each component."""
    tied = np.flatnonzero(network.degree)
    first = tied[np.unique(components(network)[tied], return_index=True)[1]]
    return 2 * max((int(length.item()) for length, met in _levels(network, first) if met.any()), default=0)


def _sources(network: Network, sampled: bool) -> tuple[Longs, Floats, Floats]:
    """Where to start from; for each actor the members of its component, and how many of them are sources."""
    if sampled:
        return drawn_sources(network, SOURCES)
    label = components(network)
    members = np.bincount(label)[label].astype(np.float64)
    return np.flatnonzero(network.degree), members, members


def _drawn(from_: Longs, count: int) -> Longs:
    """So many of them at most, the same at every call."""
    if len(from_) <= count:
        return from_
    return np.sort(np.random.default_rng(1).choice(from_, count, replace=False))


def _margin(total: Floats, squares: Floats, members: Floats, drawn: Floats) -> Floats:
    """Half the width of the 95 % interval of a sum over all members, from its sum over those that were drawn (without putting back)."""
    mean = total / np.maximum(drawn, 1)
    variance = np.maximum(squares / np.maximum(drawn, 1) - mean**2, 0) * drawn / np.maximum(drawn - 1, 1)
    left_out = 1 - drawn / np.maximum(members, 1)
    margin: Floats = _NORMAL_95 * members * np.sqrt(variance / np.maximum(drawn, 1) * left_out)
    return margin
