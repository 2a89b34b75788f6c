"""Measure → function and properties; network → the actors ranked by a measure.

One row a measure. A new measure joins by a row here, and the tests' laws hold it to them. Knows no formula.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from graph_api.analysis import measures
from graph_api.analysis.projection import Network
from graph_api.errors import BadPage
from graph_api.model.results import ActorScore
from graph_api.model.snapshot import Flags, Floats
from graph_api.model.vocabulary import CentralityMeasure


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure is computed, and what is known of it."""

    compute: Callable[[Network], Floats]
    undefined_on_isolates: bool = False
    lowest_first: bool = False
    """Whether a low value is the remarkable one."""
    uses_strength: bool = True
    """Whether a weighted network gives other values than an unweighted one."""
    of_component: bool = True
    """Whether parts that nothing joins leave each other's values alone."""


MEASURES: Mapping[CentralityMeasure, Measure] = {
    CentralityMeasure.DEGREE: Measure(measures.degree, uses_strength=False),
    CentralityMeasure.STRENGTH: Measure(measures.strength),
    CentralityMeasure.BETWEENNESS: Measure(measures.betweenness),
    CentralityMeasure.CLOSENESS: Measure(measures.closeness, of_component=False),
    CentralityMeasure.HARMONIC: Measure(measures.harmonic),
    CentralityMeasure.EIGENVECTOR: Measure(measures.eigenvector, of_component=False),
    CentralityMeasure.PAGERANK: Measure(measures.pagerank, of_component=False),
    CentralityMeasure.KATZ: Measure(measures.katz, of_component=False),
    CentralityMeasure.CORE_NUMBER: Measure(measures.core_number, uses_strength=False),
    CentralityMeasure.CLUSTERING: Measure(measures.clustering, uses_strength=False),
    CentralityMeasure.CONSTRAINT: Measure(measures.constraint, undefined_on_isolates=True, lowest_first=True),
    CentralityMeasure.EFFECTIVE_SIZE: Measure(measures.effective_size, undefined_on_isolates=True),
}


def scores(network: Network, measure: CentralityMeasure) -> Floats:
    """A measure of every actor, in the network's order; NaN where it is undefined."""
    return MEASURES[measure].compute(network) if network.size else np.zeros(0)


def of_actors(network: Network, column: Floats) -> Floats:
    """A column of scores as one entry an actor of the snapshot, to 12 digits; NaN for who is outside the network, too.

    The thirteenth digit is the order in which numbers were added up: kept, equal actors would be sorted by it.
    """
    scattered = np.full(len(network.snapshot.actors.ids), np.nan)
    scattered[network.nodes] = _rounded(column)
    return scattered


def _rounded(column: Floats) -> Floats:
    return np.array([float(f"{score:.12g}") for score in column.tolist()])


def ranking(
    network: Network, measure: CentralityMeasure, column: Floats, *, first: int = 20, shown: Flags | None = None
) -> tuple[ActorScore, ...]:
    """The first actors by a column of scores: highest first (constraint: lowest), equal ones by id; undefined ones left out.

    Scores that agree to 12 digits are equal: the thirteenth is the order in which numbers were added up.

    Args:
        column: as `scores` gives it.
        shown: one flag an actor of the snapshot; the others are left out of the list, and keep their ranks.
    Raises:
        BadPage: `first` is below 0.
    """
    if first < 0:
        raise BadPage(f"first is {first}.", place="first", hint="It is 0 or more.")
    rounded = _rounded(column)
    defined = np.flatnonzero(np.isfinite(rounded))
    sign = 1 if MEASURES[measure].lowest_first else -1
    order = defined[np.lexsort((defined, sign * rounded[defined]))]
    places = np.arange(1, len(order) + 1)
    if shown is not None:
        keep = shown[network.nodes[order]]
        order, places = order[keep], places[keep]
    return tuple(
        ActorScore(network.id(node), float(column[node]), int(rank))
        for node, rank in zip(order[:first].tolist(), places[:first], strict=True)
    )
