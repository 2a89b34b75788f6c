"""Network → a number an actor, or some numbers for the whole: degree, paths, spectra, cohesion, structural holes.

Takes a projected network and returns columns in its order; NaN where a measure is undefined, which the registry leaves out. NetworkX computes what
is not a line of NumPy. Weighted networks use strengths; a path's length there is Σ 1/strength, in whole parts of `UNIT`, because lengths are
compared exactly: a third thrice must equal one. Knows no ranking, no id and no filter.
"""

from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import cg, eigsh

from graph_api.analysis.projection import Longs, Network
from graph_api.model.results import NetworkSummary
from graph_api.model.snapshot import Flags, Floats

UNIT = 720_720
"""Of length: the least number that 1 to 16 divide, so that the usual strengths and their parts give exact lengths; others are rounded to it."""
_DENSE = 300
"""Up to so many actors eigenvectors are computed exactly."""
_BATCH = 512
"""Sources of one pass of the breadth-first search: 8 words of 64 bits an actor."""


def degree(network: Network) -> Floats:
    """Number of actors that an actor is tied to; 0 for an isolate. Freeman, Social Networks 1:215 (1979)."""
    return network.degree.astype(np.float64)


def strength(network: Network) -> Floats:
    """Sum of the strengths of an actor's ties; 0 for an isolate. Barrat et al., PNAS 101:3747 (2004)."""
    return network.total_strength


def betweenness(network: Network) -> Floats:
    """Σ over pairs of others of the share of their shortest paths that lead through the actor; a count of pairs, not normalised.

    Freeman, Sociometry 40:35 (1977); algorithm of Brandes (2001). Cost O(actors · ties).
    """
    graph, distance = _graph(network), _distance(network)
    return _column(network, nx.betweenness_centrality(graph, normalized=False, weight=distance))


def closeness(network: Network) -> Floats:
    """(r-1)/Σd · (r-1)/(n-1), over the r actors of the component; 0 for an isolate. Freeman (1979); Wasserman and Faust (1994), chapter 5."""
    scale = UNIT if network.weighted else 1
    return scale * _column(network, nx.closeness_centrality(_graph(network), distance=_distance(network)))


def harmonic(network: Network) -> Floats:
    """Σ 1/d over the other actors, nothing for those out of reach. Marchiori and Latora (2000); Boldi and Vigna (2014)."""
    scale = UNIT if network.weighted else 1
    return scale * _column(network, nx.harmonic_centrality(_graph(network), distance=_distance(network)))


def eigenvector(network: Network) -> Floats:
    """The leading eigenvector of the strengths (Bonacich 1972), of each component by itself.

    In one component the vector has length 1. Where there are several, that of a component of r actors among n has length √(r/n): an actor is
    compared with the average of its own component, since no tie compares it with another. 0 for an isolate.
    """
    matrix = adjacency(network)
    scores = np.zeros(network.size)
    count, label = connected_components(matrix, directed=False)
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.cumsum(np.bincount(label, minlength=count))[:-1]):
        if len(members) > 1:
            part = matrix[members][:, members]
            scores[members] = np.abs(_leading(part)[1]) * np.sqrt(len(members) / network.size)
    return scores


def pagerank(network: Network) -> Floats:
    """Share of the time that a walker spends with an actor who follows ties by strength, and jumps anywhere 15 times in 100. Sums to 1.

    Brin and Page (1998).
    """
    return _column(
        network, nx.pagerank(_graph(network), weight="strength", tol=1e-10 / max(network.size, 1), max_iter=1000)
    )


def katz(network: Network) -> Floats:
    """x = 1 + α A x: walks from an actor, each step counting α = 0.9/λ of the one before, λ the largest eigenvalue. 1 for an isolate. Katz (1953)."""
    if not len(network.a):
        return np.ones(network.size)
    matrix = adjacency(network)
    # Symmetric, its eigenvalues between 0.1 and 1.9: conjugate gradients take some twenty steps at any size.
    system = sparse.eye_array(network.size) - 0.9 / _leading(matrix)[0] * matrix
    found, _ = cg(system, np.ones(network.size), rtol=1e-12)
    return found.astype(np.float64)


def core_number(network: Network) -> Floats:
    """The largest k so that the actor lies in a part where all have k ties inside. Seidman (1983)."""
    return _column(network, nx.core_number(_graph(network)))


def clustering(network: Network) -> Floats:
    """Share of the pairs of an actor's partners that are tied; 0 below two partners; not weighted. Watts and Strogatz (1998)."""
    return _column(network, nx.clustering(_graph(network)))


def constraint(network: Network) -> Floats:
    """Burt's constraint: Σ_j (p_ij + Σ_q p_iq p_qj)², p_ij the share of i's strength that goes to j. NaN for an isolate; may exceed 1.

    Burt, Structural Holes (1992), chapter 2. Low where an actor spans groups that do not know each other.
    """
    return _column(network, nx.constraint(_graph(network), weight="strength"))


def effective_size(network: Network) -> Floats:
    """Partners less their redundancy: k - 2t/k, t ties among the k partners (Borgatti 1997); weighted by Burt's own formula. NaN for an isolate."""
    matrix, degrees = adjacency(network), network.degree
    tied = degrees > 0
    most = np.maximum.reduceat(matrix.data, network.indptr[:-1][tied]) if tied.any() else np.zeros(0)
    share = sparse.diags_array(np.divide(1, network.total_strength, out=np.zeros(network.size), where=tied)) @ matrix
    marginal = sparse.diags_array(_spread(1 / most, tied)) @ matrix
    redundancy = (share @ marginal.T).multiply(matrix > 0).sum(axis=1)
    return np.where(tied, degrees - redundancy, np.nan)


def summary(network: Network) -> NetworkSummary:
    """The network in some figures; ties are counted, not weighted. What is undefined is None (see `NetworkSummary`)."""
    size, ties, degrees = network.size, len(network.a), network.degree
    count, label = connected_components(adjacency(network), directed=False) if size else (0, np.zeros(0, np.int32))
    largest = int(degrees.max()) if size else 0
    return NetworkSummary(
        actor_count=size,
        tie_count=ties,
        density=2 * ties / (size * (size - 1)) if size > 1 else None,
        component_count=int(count),
        largest_component_share=int(np.bincount(label).max()) / size if size else None,
        isolate_count=int((degrees == 0).sum()),
        average_degree=2 * ties / size if size else None,
        clustering=float(nx.average_clustering(_graph(network))) if size else None,
        average_path_length=average_path_length(network),
        assortativity_by_helix=assortativity(network, network.snapshot.actors.helix[network.nodes].astype(np.int64)),
        degree_centralisation=int((largest - degrees).sum()) / ((size - 1) * (size - 2)) if size > 2 else None,
    )


def average_path_length(network: Network) -> float | None:
    """Mean number of ties on the shortest path over the pairs that are joined; None where none is.

    Breadth-first from 512 actors at once, a bit each. Cost O(actors · ties · longest path / 64).
    """
    tied = np.flatnonzero(network.degree)
    starts = network.indptr[tied]
    pairs = total = 0
    for first in range(0, len(tied), _BATCH):
        sources = tied[first : first + _BATCH]
        place = np.arange(len(sources))
        front = np.zeros((network.size, _BATCH // 64), np.uint64)
        front[sources, place // 64] = np.uint64(1) << (place % 64).astype(np.uint64)
        seen, length = front.copy(), 0
        while front.any():
            length += 1
            fresh = np.zeros_like(front)
            fresh[tied] = np.bitwise_or.reduceat(front[network.neighbours], starts, axis=0) & ~seen[tied]
            reached = int(np.bitwise_count(fresh).sum(dtype=np.int64))
            pairs, total = pairs + reached, total + length * reached
            seen |= fresh
            front = fresh
    return total / pairs if pairs else None


def assortativity(network: Network, group: Longs) -> float | None:
    """r = (Σ e_gg - Σ a_g²)/(1 - Σ a_g²), e the share of tie ends by the two groups, a its sums; None where all tied actors are of one group.

    Newman, Physical Review E 67:026126 (2003).
    """
    if not len(network.a):
        return None
    one, other = group[network.a], group[network.b]
    ends = np.bincount(np.concatenate([one, other])) / (2 * len(one))
    by_chance = float((ends**2).sum())
    if np.count_nonzero(ends) == 1:
        return None
    return (float((one == other).mean()) - by_chance) / (1 - by_chance)


def adjacency(network: Network) -> sparse.csr_array:
    """The strengths as a symmetric sparse matrix, (actors, actors)."""
    return sparse.csr_array(
        (network.strength[network.via], network.neighbours, network.indptr), shape=(network.size, network.size)
    )


def _leading(matrix: sparse.csr_array) -> tuple[float, Floats]:
    """Largest eigenvalue and its vector, of length 1; the same at every call."""
    size = matrix.shape[0]
    if size <= _DENSE:
        values, vectors = np.linalg.eigh(matrix.toarray())
    else:
        values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(size))
    return float(values[-1]), vectors[:, -1].astype(np.float64)


def _graph(network: Network) -> Any:
    """The network as NetworkX has it: nodes 0 … n-1, `strength` and `distance` on the edges. Any: NetworkX has no types."""
    graph = nx.Graph()
    graph.add_nodes_from(range(network.size))
    length = np.maximum(np.rint(UNIT / network.strength), 1).astype(np.int64)
    rows = zip(network.a.tolist(), network.b.tolist(), network.strength.tolist(), length.tolist(), strict=True)
    graph.add_edges_from((a, b, {"strength": weight, "distance": far}) for a, b, weight, far in rows)
    return graph


def _distance(network: Network) -> str | None:
    return "distance" if network.weighted else None


def _spread(values: Floats, where: Flags) -> Floats:
    """One value an actor, 0 where there is none."""
    column = np.zeros(len(where))
    column[where] = values
    return column


def _column(network: Network, scores: dict[int, float]) -> Floats:
    """NaN where a score is missing."""
    column = np.full(network.size, np.nan)
    column[list(scores)] = list(scores.values())
    return column
