"""Network → its components, and how closely knit it is around each actor: cores, clustering, constraint, effective size.

Clustering, constraint and effective size rest on one list of the triangles, each met once, from its actor of lowest degree: hubs, which see most
pairs, list none of them. Takes a network and returns columns in its order; NaN where a measure is undefined. Knows no ranking, no id and no filter.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from graph_api.analysis.projection import Longs, Network, ranges
from graph_api.model.snapshot import Floats

_BLOCK = 2_000_000
"""Pairs of ties that are looked at at once."""
_HASHED = 1 << 22
"""Places of a table that tells most pairs that nothing ties from the others: one byte each, so that it stays in the processor's cache."""


class Triangles(NamedTuple):
    """Some triangles, one entry each: three actors, and the ties between the first two, the first and the last, the last two."""

    x: Longs
    y: Longs
    z: Longs
    xy: Longs
    xz: Longs
    yz: Longs

    def turned(self) -> "tuple[Triangles, ...]":
        """The same with each corner as the first, and each of the others as the second."""
        x, y, z, xy, xz, yz = self
        return (
            self,
            Triangles(y, x, z, xy, yz, xz),
            Triangles(x, z, y, xz, xy, yz),
            Triangles(z, x, y, xz, yz, xy),
            Triangles(y, z, x, yz, xy, xz),
            Triangles(z, y, x, yz, xz, xy),
        )


def components(network: Network) -> Longs:
    """The number of each actor's component, from 0."""
    matrix = sparse.csr_array(
        (np.ones(len(network.neighbours), np.int8), network.neighbours, network.indptr),
        shape=(network.size, network.size),
    )
    if not network.size:
        return np.zeros(0, np.int64)
    return connected_components(matrix, directed=False)[1].astype(np.int64)


def core_number(network: Network) -> Floats:
    """The largest k so that the actor lies in a part where all have k ties inside. Seidman (1983).

    Peels off, for k = 0, 1, …, whoever has at most k ties left, until nobody has. Cost O(actors + ties).
    """
    left = network.degree.copy()
    core, alive = np.zeros(network.size), np.ones(network.size, np.bool_)
    level = 0
    while alive.any():
        level = max(level, int(left[alive].min()))
        peeled = np.flatnonzero(alive & (left <= level))
        while len(peeled):
            core[peeled], alive[peeled] = level, False
            first = network.indptr[peeled]
            met = network.neighbours[ranges(first, network.indptr[peeled + 1] - first)]
            met = met[alive[met]]
            np.subtract.at(left, met, 1)
            peeled = np.unique(met[left[met] <= level])
    return core


def clustering(network: Network) -> Floats:
    """Share of the pairs of an actor's partners that are tied; 0 below two partners; not weighted. Watts and Strogatz (1998)."""
    closed = np.zeros(network.size)
    for some in triangles(network):
        closed += np.bincount(np.concatenate([some.x, some.y, some.z]), minlength=network.size)
    pairs = network.degree * (network.degree - 1) / 2
    return np.divide(closed, pairs, out=np.zeros(network.size), where=pairs > 0)


def constraint(network: Network) -> Floats:
    """Burt's constraint: Σ_j (p_ij + Σ_q p_iq p_qj)², p_ij the share of i's strength that goes to j. NaN for an isolate; may exceed 1.

    Burt, Structural Holes (1992), chapter 2. Low where an actor spans groups that do not know each other.
    """
    ties, total = len(network.a), network.total_strength
    ends = np.concatenate([network.a, network.b])
    invested = np.concatenate([network.strength, network.strength]) / total[ends]
    for some in triangles(network):
        for x, _, z, xy, xz, yz in some.turned():
            way = network.strength[xz] / total[x] * network.strength[yz] / total[z]
            invested += np.bincount(xy + ties * (network.b[xy] == x), way, 2 * ties)
    return _tied(network, np.bincount(ends, invested**2, network.size).astype(np.float64))


def effective_size(network: Network) -> Floats:
    """Partners less their redundancy: k - 2t/k, t ties among the k partners (Borgatti 1997); weighted by Burt's own formula. NaN for an isolate."""
    total, strongest = network.total_strength, np.ones(network.size)
    tied = network.degree > 0
    if tied.any():
        strongest[tied] = np.maximum.reduceat(network.strength[network.via], network.indptr[:-1][tied])
    redundancy = np.zeros(network.size)
    for some in triangles(network):
        for x, y, _, _, xz, yz in some.turned():
            redundancy += np.bincount(
                x, network.strength[xz] / total[x] * network.strength[yz] / strongest[y], network.size
            )
    return _tied(network, network.degree - redundancy)


def triangles(network: Network) -> Iterator[Triangles]:
    """All triangles, each once, in blocks.

    Every tie leads from its end of lower degree to the other (the lower number where they are alike), so that an actor has at most √(2·ties) ties
    outward; each pair of these is a triangle if a third tie closes it. Cost O(ties^1.5) at worst; memory of one block.
    """
    size, degree = network.size, network.degree
    a, b = network.a.astype(np.int64), network.b.astype(np.int64)
    forward = degree[a] <= degree[b]
    tail, head = np.where(forward, a, b), np.where(forward, b, a)
    order = np.argsort(tail, kind="stable")
    tail, head = tail[order], head[order]
    later = np.searchsorted(tail, tail, "right") - np.arange(len(tail)) - 1
    keys = a * size + b
    known = np.zeros(_HASHED, np.bool_)
    known[keys % _HASHED] = True
    done = np.cumsum(later)
    cuts = np.searchsorted(done, np.arange(_BLOCK, int(done[-1]) if len(done) else 0, _BLOCK))
    for rows in np.split(np.arange(len(tail)), cuts):
        one = np.repeat(rows, later[rows])
        other = ranges(rows + 1, later[rows])
        y, z = head[one], head[other]
        key = np.minimum(y, z) * size + np.maximum(y, z)
        perhaps = np.flatnonzero(known[key % _HASHED])
        place = np.searchsorted(keys, key[perhaps])
        hit = keys[np.minimum(place, len(keys) - 1)] == key[perhaps]
        one, other, place = one[perhaps[hit]], other[perhaps[hit]], place[hit]
        yield Triangles(tail[one], head[one], head[other], order[one], order[other], place)


def _tied(network: Network, column: Floats) -> Floats:
    """NaN for isolates."""
    return np.where(network.degree > 0, column, np.nan)
