"""Network → a number an actor by its ties and the network's spectrum, or some numbers for the whole.

Takes a projected network and returns columns in its order. Weighted networks use strengths. Distances, cohesion and what networkit computes have
modules of their own. Knows no ranking, no id and no filter.
"""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, cg, eigsh

from graph_api.analysis.cohesion import clustering, components
from graph_api.analysis.distances import average_path_length
from graph_api.analysis.projection import Longs, Network
from graph_api.errors import NotConverged
from graph_api.model.results import NetworkSummary
from graph_api.model.snapshot import Floats

_DENSE = 300
"""Up to so many actors eigenvectors are computed exactly."""


def degree(network: Network) -> Floats:
    """Number of actors that an actor is tied to; 0 for an isolate. Freeman, Social Networks 1:215 (1979)."""
    return network.degree.astype(np.float64)


def strength(network: Network) -> Floats:
    """Sum of the strengths of an actor's ties; 0 for an isolate. Barrat et al., PNAS 101:3747 (2004)."""
    return network.total_strength


def eigenvector(network: Network) -> Floats:
    """The leading eigenvector of the strengths (Bonacich 1972), of each component by itself.

    In one component the vector has length 1. Where there are several, that of a component of r actors among n has length √(r/n): an actor is
    compared with the average of its own component, since no tie compares it with another. 0 for an isolate.
    """
    matrix = adjacency(network)
    scores = np.zeros(network.size)
    label = components(network)
    order = np.argsort(label, kind="stable")
    for members in np.split(order, np.cumsum(np.bincount(label))[:-1]):
        if len(members) > 1:
            part = matrix[members][:, members]
            scores[members] = np.abs(leading(part)[1]) * np.sqrt(len(members) / network.size)
    return scores


def pagerank(network: Network) -> Floats:
    """Share of the time that a walker spends with an actor who follows ties by strength, and jumps anywhere 15 times in 100. Sums to 1.

    Brin and Page (1998). An isolate's walker jumps every time.
    """
    total = network.total_strength
    root = np.sqrt(np.divide(1, total, out=np.zeros(network.size), where=total > 0))
    # With x = y/root the equation x = c + 0.85 A D⁻¹ x is symmetric; what c is does not matter, for x is scaled to sum to 1.
    matrix = adjacency(network)
    matrix.data *= 0.85 * np.repeat(root, network.degree) * root[network.neighbours]
    found = _solved(matrix, root, "PAGERANK")
    scores = np.where(total > 0, found * np.sqrt(total), 1.0)
    scores /= scores.sum()
    return scores


def katz(network: Network) -> Floats:
    """x = 1 + α A x: walks from an actor, each step counting α = 0.9/λ of the one before, λ the largest eigenvalue. 1 for an isolate. Katz (1953)."""
    if not len(network.a):
        return np.ones(network.size)
    matrix = adjacency(network)
    return _solved(0.9 / leading(matrix)[0] * matrix, np.ones(network.size), "KATZ")


def summary(network: Network) -> NetworkSummary:
    """The network in some figures; ties are counted, not weighted. What is undefined is None (see `NetworkSummary`)."""
    size, ties, degrees = network.size, len(network.a), network.degree
    parts = np.bincount(components(network))
    largest = int(degrees.max()) if size else 0
    return NetworkSummary(
        actor_count=size,
        tie_count=ties,
        density=2 * ties / (size * (size - 1)) if size > 1 else None,
        component_count=len(parts),
        largest_component_share=int(parts.max()) / size if size else None,
        isolate_count=int((degrees == 0).sum()),
        average_degree=2 * ties / size if size else None,
        clustering=float(clustering(network).mean()) if size else None,
        average_path_length=average_path_length(network),
        assortativity_by_helix=assortativity(network, network.snapshot.actors.helix[network.nodes].astype(np.int64)),
        degree_centralisation=int((largest - degrees).sum()) / ((size - 1) * (size - 2)) if size > 2 else None,
    )


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


def leading(matrix: sparse.csr_array) -> tuple[float, Floats]:
    """Largest eigenvalue and its vector, of length 1; the same at every call."""
    size = matrix.shape[0]
    if size <= _DENSE:
        values, vectors = np.linalg.eigh(matrix.toarray())
    else:
        try:
            values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(size))
        except ArpackNoConvergence as error:
            raise NotConverged("The network's largest eigenvalue could not be found.") from error
    return float(values[-1]), vectors[:, -1].astype(np.float64)


def _solved(matrix: sparse.csr_array, right: Floats, what: str) -> Floats:
    """x of x = right + matrix · x, by conjugate gradients: 1 - matrix is symmetric, its eigenvalues between 0.1 and 1.9; some twenty steps do."""
    system = LinearOperator(matrix.shape, matvec=lambda x: x - matrix @ x, dtype=np.float64)
    found, steps_left = cg(system, right, rtol=1e-12)
    if steps_left:
        raise NotConverged(f"{what} did not converge.")
    return found.astype(np.float64)
