"""Network → the same measures by NetworkX: the reference that the fast engines are held against, and the engine where it is asked for.

Takes a network and returns columns in its order; NaN where a measure is undefined. Knows no engine but NetworkX.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import numpy as np

from graph_api.analysis.distances import UNIT, tie_lengths
from graph_api.analysis.measures import adjacency, leading
from graph_api.analysis.projection import Longs, Network
from graph_api.errors import NotConverged
from graph_api.model.snapshot import Floats
from graph_api.model.vocabulary import CentralityMeasure


def graph(network: Network) -> Any:
    """The network as NetworkX has it: nodes 0 … n-1, `strength` and `distance` on the edges. Any: NetworkX has no types."""
    made = nx.Graph()
    made.add_nodes_from(range(network.size))
    lengths = tie_lengths(network)
    rows = zip(network.a.tolist(), network.b.tolist(), network.strength.tolist(), lengths.tolist(), strict=True)
    made.add_edges_from((a, b, {"strength": weight, "distance": far}) for a, b, weight, far in rows)
    return made


def scores(network: Network, measure: CentralityMeasure) -> Floats:
    """A measure of every actor.

    Raises:
        NotConverged: NetworkX gave up.
    """
    column = np.full(network.size, np.nan)
    with _converging(measure):
        found = _MEASURES[measure](network, graph(network))
    column[list(found)] = list(found.values())
    return column


def communities(network: Network, resolution: float, runs: int) -> tuple[Longs]:
    """The community of each actor by the Louvain method; tried once, however often it may be."""
    found = nx.community.louvain_communities(graph(network), weight="strength", resolution=resolution, seed=1)
    label = np.zeros(network.size, np.int64)
    for number, members in enumerate(found):
        label[list(members)] = number
    return (label,)


def articulation_points(network: Network) -> Longs:
    """Actors whose loss parts a component. Hopcroft and Tarjan (1973)."""
    return np.array(sorted(nx.articulation_points(graph(network))), np.int64)


def bridges(network: Network) -> Longs:
    """Ties whose loss parts a component."""
    ends = np.array(sorted((min(pair), max(pair)) for pair in nx.bridges(graph(network))), np.int64).reshape(-1, 2)
    return np.searchsorted(
        network.a.astype(np.int64) * network.size + network.b, ends[:, 0] * network.size + ends[:, 1]
    )


@contextmanager
def _converging(what: CentralityMeasure) -> Iterator[None]:
    try:
        yield
    except nx.PowerIterationFailedConvergence as error:
        raise NotConverged(f"{what.value} did not converge: {error}.") from error


def _distance(network: Network) -> str | None:
    return "distance" if network.weighted else None


def _closeness(network: Network, of: Any) -> dict[int, float]:
    found = nx.closeness_centrality(of, distance=_distance(network))
    return {node: score * (UNIT if network.weighted else 1) for node, score in found.items()}


def _harmonic(network: Network, of: Any) -> dict[int, float]:
    found = nx.harmonic_centrality(of, distance=_distance(network))
    return {node: score * (UNIT if network.weighted else 1) for node, score in found.items()}


def _eigenvector(network: Network, of: Any) -> dict[int, float]:
    found = dict.fromkeys(of, 0.0)
    for members in nx.connected_components(of):
        if len(members) > 1:
            part = nx.eigenvector_centrality(of.subgraph(members), weight="strength", max_iter=10_000, tol=1e-8)
            found |= {node: score * np.sqrt(len(members) / network.size) for node, score in part.items()}
    return found


def _katz(network: Network, of: Any) -> dict[int, float]:
    if not len(network.a):
        return dict.fromkeys(of, 1.0)
    factor = 0.9 / leading(adjacency(network))[0]
    return dict(nx.katz_centrality(of, alpha=factor, weight="strength", normalized=False, tol=1e-10, max_iter=10_000))


_MEASURES: Mapping[CentralityMeasure, Callable[[Network, Any], Mapping[int, float]]] = {
    CentralityMeasure.DEGREE: lambda _, of: dict(of.degree()),
    CentralityMeasure.STRENGTH: lambda _, of: dict(of.degree(weight="strength")),
    CentralityMeasure.BETWEENNESS: lambda network, of: nx.betweenness_centrality(
        of, normalized=False, weight=_distance(network)
    ),
    CentralityMeasure.CLOSENESS: _closeness,
    CentralityMeasure.HARMONIC: _harmonic,
    CentralityMeasure.EIGENVECTOR: _eigenvector,
    CentralityMeasure.PAGERANK: lambda network, of: nx.pagerank(
        of, weight="strength", tol=1e-10 / max(network.size, 1), max_iter=1000
    ),
    CentralityMeasure.KATZ: _katz,
    CentralityMeasure.CORE_NUMBER: lambda _, of: nx.core_number(of),
    CentralityMeasure.CLUSTERING: lambda _, of: nx.clustering(of),
    CentralityMeasure.CONSTRAINT: lambda _, of: nx.constraint(of, weight="strength"),
    # Without naming the nodes NetworkX gives another value; without strengths, the same more slowly.
    CentralityMeasure.EFFECTIVE_SIZE: lambda _, of: nx.effective_size(of, nodes=list(of), weight="strength"),
}
