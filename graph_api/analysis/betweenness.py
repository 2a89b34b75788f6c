"""Network → how many shortest paths lead through its actors: betweenness, exact by levels, or estimated from some actors.

Takes a network and returns columns in its order. Exact where ties are counted, from some dozens of actors at once; estimates of any, each with its
margin of error. The exact score of a weighted network is `kit`'s. Knows no ranking, no id and no filter.
"""

import numpy as np
from scipy import sparse, special
from scipy.sparse.csgraph import dijkstra

from graph_api.analysis.distances import drawn_sources, longest, tie_lengths
from graph_api.analysis.progress import steps
from graph_api.analysis.projection import Longs, Network
from graph_api.model.snapshot import Floats

_BATCH = 32
"""Sources of one pass of `exact`: with more, what is worked on leaves the processor's cache."""
_SOURCES = 64, 1_024
"""Of an estimate, of each component: at least, at most."""
_EFFORT = 160_000_000
"""Of an estimate: sources times half-edges and steps back."""
_CELLS = 4_000_000
"""Half-edges and actors of the sources that are looked at together."""
_SURE = 0.975
"""Share of the chances that lie below the upper end of a 95 % interval."""


def exact(network: Network) -> Floats:
    """Σ_{s<t} σ_st(i)/σ_st, ties counted: Brandes's algorithm (2001), level by level, all of a batch's sources in one matrix.

    Cost O(actors · ties · longest path): for networks of short paths.
    """
    matrix = sparse.csr_array(
        (np.ones(len(network.neighbours)), network.neighbours, network.indptr), shape=(network.size, network.size)
    )
    score, tied = np.zeros(network.size), np.flatnonzero(network.degree)
    for first in steps(range(0, len(tied), _BATCH)):
        some = tied[first : first + _BATCH]
        front: Floats = np.zeros((network.size, len(some)))
        front[some, np.arange(len(some))] = 1
        # By number of ties from the source: how many shortest paths lead to each actor.
        unseen, levels = 1 - front, list[Floats]()
        while (front := np.asarray(matrix @ front) * unseen).any():
            unseen -= np.minimum(front, 1)
            levels.append(front)
        # Back from the farthest: each actor hands on 1 and what came to it, shared out over its paths.
        share = np.minimum(levels[-1], 1) / np.maximum(levels[-1], 1)
        for paths in levels[-2::-1]:
            through = np.asarray(matrix @ share) * paths
            score += through.sum(axis=1)
            share = (through + np.minimum(paths, 1)) / np.maximum(paths, 1)
    # Each pair was counted from either end.
    return score / 2


def estimated(network: Network) -> tuple[Floats, Floats]:
    """The same from some sources of each component, by one shortest path from each source to each actor, drawn at random.

    A path counts for the actors in its half that is far from the source, since its other half is met from its other end (Geisberger, Sanders and
    Schultes, ALENEX 2008). Near halves would make a few sources tell very much, and those are easily missed.

    Returns:
        The scores, and half the width of their 95 % intervals: of a sum of few large parts, by a gamma distribution, as if one more source had been
        met that tells as much as the one that told most (Fay and Feuer, Statistics in Medicine 16:791, 1997).
    """
    random, size = np.random.default_rng(1), network.size
    effort = 2 * len(network.a) + size * longest(network)
    sources, members, drawn = drawn_sources(network, int(np.clip(_EFFORT // max(effort, 1), *_SOURCES)))
    sources = sources[network.degree[sources] > 0]
    told, squares, most = np.zeros((3, size))
    batch = max(1, _CELLS // (size + 2 * len(network.a)))
    for first in steps(range(0, len(sources), batch)):
        met = _far_halves(network, sources[first : first + batch], random)
        told += met.sum(axis=0)
        squares += (met**2).sum(axis=0)
        most = np.maximum(most, met.max(axis=0))
    scale = members / drawn
    # Not less where nearly all are drawn: paths stay drawn.
    variance = np.maximum(squares - told**2 / drawn, 0) * drawn / np.maximum(drawn - 1, 1)
    # Whom no source met, one may have met; nothing leads through an actor with one tie.
    one_more = np.where(network.degree > 1, np.maximum(most, 1), 0)
    mean, spread = told + one_more, variance + one_more**2
    shape = np.divide(mean**2, spread, out=np.ones(size), where=spread > 0)
    high = np.where(spread > 0, special.gammaincinv(shape, _SURE) * mean / shape, told)
    return told * scale, (high - told) * scale


def _far_halves(network: Network, sources: Longs, random: np.random.Generator) -> Floats:
    """For each source (rows) and actor: on how many drawn paths from the source it lies beyond the middle; in the middle counts a half."""
    count, size = len(sources), network.size
    before, at = _paths_back(network, sources, random)
    total, here, back = np.zeros(count * size, np.int64), before[at], at
    while len(here):
        total[back] += 1
        on = before[here] >= 0
        back, here = back[on], before[here[on]]
    met, ties = np.zeros(count * size), total[at]
    here, step = before[at], 1
    while len(here):
        inside = (2 * step <= ties) & (step < ties)
        here, ties = here[inside], ties[inside]
        met += np.bincount(here, np.where(2 * step < ties, 1.0, 0.5), count * size)
        here, step = before[here], step + 1
    return met.reshape(count, size)


def _paths_back(network: Network, sources: Longs, random: np.random.Generator) -> tuple[Longs, Longs]:
    """From each actor the one before it on a shortest path from the source, drawn so that all paths are as likely; and the actors that have one.

    Actors are numbered source by source.
    """
    count, size = len(sources), network.size
    lengths = tie_lengths(network)[network.via] if network.weighted else np.ones(len(network.via), np.int64)
    matrix = sparse.csr_array((lengths.astype(np.float64), network.neighbours, network.indptr), shape=(size, size))
    away = dijkstra(matrix, indices=sources)
    tail = np.repeat(np.arange(size), network.degree)
    # The actors before an actor: a tie leads from them to it without a way about. In the order of the actor, as half-edges are.
    rows = [np.flatnonzero((row[network.neighbours] + lengths == row[tail]) & np.isfinite(row[tail])) for row in away]
    shift = np.repeat(np.arange(count) * size, [len(row) for row in rows])
    edges = np.concatenate(rows)
    after, before = tail[edges] + shift, network.neighbours[edges] + shift
    start = np.searchsorted(after, np.arange(count * size + 1))
    step = sparse.csr_array((np.ones(len(before)), before, start), shape=(count * size, count * size))
    fresh = np.zeros(count * size)
    fresh[np.arange(count) * size + sources] = 1
    paths = fresh.copy()
    while (fresh := step @ fresh).any():
        paths += fresh
    # As shares: sums of numbers of paths would drown the small ones.
    share = np.cumsum(paths[before] / paths[after])
    at = np.flatnonzero(start[1:] > start[:-1])
    low, high = np.r_[0.0, share][start[at]], share[start[at + 1] - 1]
    drawn = np.searchsorted(share, low + random.random(len(at)) * (high - low), "right")
    chosen = np.full(count * size, -1)
    chosen[at] = before[np.clip(drawn, start[at], start[at + 1] - 1)]
    return chosen, at
