"""Measure → what computes it, and properties; network → the actors ranked by a measure.

One row a measure, one row an engine; which of them are chosen among is one of `Engines`. A new measure joins by a row here, and the tests' laws
hold it to them. Knows no formula.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph_api.analysis import betweenness, cohesion, distances, kit, measures, reference
from graph_api.analysis.projection import Longs, Network
from graph_api.model.results import ActorScore
from graph_api.model.snapshot import Flags, Floats
from graph_api.model.values import check_first
from graph_api.model.vocabulary import CentralityMeasure

_SHORT = 24
"""Ties of the longest path in networks whose betweenness is computed level by level."""


class Scores(NamedTuple):
    """A measure of every actor, in the network's order."""

    column: Floats
    """NaN where it is undefined."""
    margin: Floats | None = None
    """Half the width of each score's 95 % interval, 0 where it is exact; None where all are."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Something that computes a measure, and the networks that it serves."""

    name: str
    compute: Callable[[Network], Scores]
    tolerance: float = 1e-9
    """How far it may be from NetworkX, as a share of the score; of an estimate: NaN, for it says so itself."""
    effort: float = math.inf
    """Largest product of actors and ties that it serves."""
    weighted: bool | None = None
    """True, False: only weighted, only unweighted networks."""
    present: Callable[[], bool] = lambda: True
    suits: Callable[[Network], bool] = lambda network: True
    """Whether a network of this size has the form that it is meant for."""

    def serves(self, network: Network) -> bool:
        """Whether it is there, and meant for such a network."""
        return (
            self.weighted in (None, network.weighted)
            and network.size * len(network.a) <= self.effort
            and self.present()
            and self.suits(network)
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """What computes a measure, and what is known of it."""

    engines: tuple[Engine, ...]
    """The fastest first; what serves all networks last."""
    undefined_on_isolates: bool = False
    lowest_first: bool = False
    """Whether a low value is the remarkable one."""
    uses_strength: bool = True
    """Whether a weighted network gives other values than an unweighted one."""
    of_component: bool = True
    """Whether parts that nothing joins leave each other's values alone."""


def _exact(name: str, compute: Callable[[Network], Floats], tolerance: float = 1e-9) -> tuple[Engine, ...]:
    return (Engine(name, lambda network: Scores(compute(network)), tolerance),)


def _by_distance(compute: Callable[..., tuple[Floats, Floats | None]]) -> tuple[Engine, ...]:
    """Ways to a measure of distances: exact while that takes seconds, then from some actors (`distances.SOURCES`)."""
    return (
        Engine("breadth-first by bits", lambda network: Scores(*compute(network)), effort=5e9, weighted=False),
        Engine("SciPy's Dijkstra", lambda network: Scores(*compute(network)), effort=5e7, weighted=True),
        Engine("the same from some actors", lambda network: Scores(*compute(network, sampled=True)), math.nan),
    )


MEASURES: Mapping[CentralityMeasure, Measure] = {
    CentralityMeasure.DEGREE: Measure(_exact("NumPy", measures.degree), uses_strength=False),
    CentralityMeasure.STRENGTH: Measure(_exact("NumPy", measures.strength)),
    CentralityMeasure.BETWEENNESS: Measure(
        (
            Engine(
                "SciPy, level by level",
                lambda network: Scores(betweenness.exact(network)),
                effort=5e8,
                weighted=False,
                suits=lambda network: distances.longest(network) <= _SHORT,
            ),
            Engine("networkit", lambda network: Scores(kit.betweenness(network)), effort=1e8, present=kit.present),
            Engine(
                # Where networkit has no wheel.
                "NetworkX",
                lambda network: Scores(reference.scores(network, CentralityMeasure.BETWEENNESS)),
                effort=5e6,
            ),
            Engine(
                "SciPy's Dijkstra, from some actors", lambda network: Scores(*betweenness.estimated(network)), math.nan
            ),
        )
    ),
    CentralityMeasure.CLOSENESS: Measure(_by_distance(distances.closeness), of_component=False),
    CentralityMeasure.HARMONIC: Measure(_by_distance(distances.harmonic)),
    CentralityMeasure.EIGENVECTOR: Measure(_exact("SciPy", measures.eigenvector, tolerance=1e-6), of_component=False),
    CentralityMeasure.PAGERANK: Measure(_exact("SciPy", measures.pagerank, tolerance=1e-6), of_component=False),
    CentralityMeasure.KATZ: Measure(_exact("SciPy", measures.katz, tolerance=1e-6), of_component=False),
    CentralityMeasure.CORE_NUMBER: Measure(_exact("NumPy", cohesion.core_number), uses_strength=False),
    CentralityMeasure.CLUSTERING: Measure(_exact("NumPy", cohesion.clustering), uses_strength=False),
    CentralityMeasure.CONSTRAINT: Measure(
        _exact("NumPy", cohesion.constraint), undefined_on_isolates=True, lowest_first=True
    ),
    CentralityMeasure.EFFECTIVE_SIZE: Measure(_exact("NumPy", cohesion.effective_size), undefined_on_isolates=True),
}


@dataclass(frozen=True, slots=True)
class Engines:
    """What is chosen among: by the setting `analysis_engine`."""

    name: str
    """Of the choice: what two of them compute may differ by their tolerance, so results are kept apart by it."""
    of: Callable[[CentralityMeasure], tuple[Engine, ...]]
    """The first that serves a network computes a measure; where none does, NetworkX."""
    communities: Callable[[Network, float, int], tuple[Longs, ...]]
    """Network, resolution and how often to try → divisions, each the community of every actor."""
    sends: bool = False
    """Whether a network has to be sent away for it: too slow for what computes on hundreds of them."""


def _communities(network: Network, resolution: float, runs: int) -> tuple[Longs, ...]:
    by = kit.communities if kit.present() else reference.communities
    return by(network, resolution, runs)


FASTEST = Engines("auto", lambda measure: MEASURES[measure].engines, _communities)
NETWORKX = Engines("networkx", lambda measure: (), reference.communities)


def computed(network: Network, measure: CentralityMeasure, engines: Engines = FASTEST) -> Scores:
    """A measure of every actor, by the first engine that serves the network.

    Raises:
        NotConverged: it is found by ever better guesses, which came to none that is good enough.
    """
    if not network.size:
        return Scores(np.zeros(0))
    for engine in engines.of(measure):
        if engine.serves(network):
            return engine.compute(network)
    return Scores(reference.scores(network, measure))


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
    network: Network,
    measure: CentralityMeasure,
    column: Floats,
    *,
    margin: Floats | None = None,
    first: int = 20,
    shown: Flags | None = None,
) -> tuple[ActorScore, ...]:
    """The first actors by a column of scores: highest first (constraint: lowest), equal ones by id; undefined ones left out.

    Scores that agree to 12 digits are equal: the thirteenth is the order in which numbers were added up.

    Args:
        column: as `computed` gives it.
        margin: of the scores that are estimates.
        shown: one flag an actor of the snapshot; the others are left out of the list, and keep their ranks.
    Raises:
        BadPage: `first` is below 0.
    """
    check_first(first)
    order = ordered(measure, column)
    places = np.arange(1, len(order) + 1)
    if shown is not None:
        keep = shown[network.nodes[order]]
        order, places = order[keep], places[keep]
    return tuple(
        ActorScore(
            network.id(node),
            float(column[node]),
            int(rank),
            float(margin[node]) if margin is not None and margin[node] else None,
        )
        for node, rank in zip(order[:first].tolist(), places[:first], strict=True)
    )


def ordered(measure: CentralityMeasure, column: Floats) -> Longs:
    """The actors for which a measure is defined, in the order of `ranking`."""
    rounded = _rounded(column)
    defined = np.flatnonzero(np.isfinite(rounded))
    sign = 1 if MEASURES[measure].lowest_first else -1
    return defined[np.lexsort((defined, sign * rounded[defined]))]
