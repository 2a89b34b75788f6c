"""Network → what the store's database computes of it: PageRank, betweenness, closeness, communities.

Takes a way to ask the database, and gives the engines that the setting `analysis_engine` names. What is sent is the projected network, whatever
it was made of, so that an answer is of the same network whoever computes it. Knows no database.
"""

from collections.abc import Callable, Mapping

import numpy as np

from graph_api.analysis.distances import tie_lengths
from graph_api.analysis.projection import Longs, Network
from graph_api.analysis.registry import FASTEST, MEASURES, NETWORKX, Engine, Engines, Scores
from graph_api.model.snapshot import Computation, Floats
from graph_api.model.vocabulary import CentralityMeasure

Ask = Callable[[Computation], Floats]
"""Takes what is to be computed; gives one row a run, one entry a node."""

NAME = "Graph Data Science"


def engines_of(setting: str, ask: Ask) -> Engines:
    """The engines of a setting: `auto`, `networkx`, or `gds`: first the database, for the rest as `auto`."""
    if setting != "gds":
        return {known.name: known for known in (FASTEST, NETWORKX)}[setting]
    own = measures_by(ask)

    def of(measure: CentralityMeasure) -> tuple[Engine, ...]:
        return (*((own[measure],) if measure in own else ()), *MEASURES[measure].engines)

    def communities(network: Network, resolution: float, runs: int) -> tuple[Longs, ...]:
        return tuple(ask(_of(network, None, _strengths(network), resolution, runs)).astype(np.int64))

    return Engines(setting, of, communities, sends=True)


def measures_by(ask: Ask) -> Mapping[CentralityMeasure, Engine]:
    """The measures that the database computes; to the sizes to which others do so exactly.

    Weighted closeness is not among them: Graph Data Science counts ties there. Nor are its estimates of betweenness, which begin from hubs more
    often than from others and are too low by a fifth where fifty of 1,500 actors are begun from.
    """

    def engine(measure: CentralityMeasure, weights: Callable[[Network], Floats | None]) -> Callable[[Network], Scores]:
        return lambda network: Scores(ask(_of(network, measure, weights(network)))[0])

    pagerank, betweenness = CentralityMeasure.PAGERANK, CentralityMeasure.BETWEENNESS
    closeness = CentralityMeasure.CLOSENESS
    return {
        pagerank: Engine(NAME, engine(pagerank, _strengths), 1e-6),
        betweenness: Engine(NAME, engine(betweenness, _lengths), effort=1e8),
        closeness: Engine(NAME, engine(closeness, lambda _: None), effort=5e9, weighted=False),
    }


def _of(
    network: Network,
    measure: CentralityMeasure | None,
    weight: Floats | None,
    resolution: float = 1.0,
    runs: int = 1,
) -> Computation:
    return Computation(measure, network.size, network.a, network.b, weight, resolution, runs)


def _strengths(network: Network) -> Floats | None:
    return network.strength if network.weighted else None


def _lengths(network: Network) -> Floats | None:
    return tie_lengths(network).astype(np.float64) if network.weighted else None
