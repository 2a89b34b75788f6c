"""Network − actors → what is lost: who is cut off, how large the largest part is, how much farther all are from one another.

Takes a network and the actors that are taken out, or looks for the worst single losses. Ties are counted, not weighted. Knows no other analysis.
"""

from collections.abc import Sequence

import numpy as np

from graph_api.analysis import distances, reference, registry
from graph_api.analysis.cohesion import components
from graph_api.analysis.progress import steps
from graph_api.analysis.projection import Longs, Network, number_of
from graph_api.analysis.registry import FASTEST, Engines
from graph_api.errors import NotFound
from graph_api.model.results import ResilienceLoss
from graph_api.model.values import ActorId, check_first
from graph_api.model.vocabulary import CentralityMeasure

_FEW_ACTORS = 2_000
"""Up to so many, efficiency is exact and all articulation points are tried; in larger networks, from `_SOURCES` actors, and of both the foremost."""
_SOURCES = 512
_BY_BETWEENNESS = 50


def resilience(
    network: Network, without: Sequence[str] = (), *, first: int = 20, engines: Engines = FASTEST
) -> tuple[ResilienceLoss, ...]:
    """What the network loses without these actors together; without any, the worst losses of a single one, first the greatest.

    Tried are the actors whose loss parts a component and the 50 that lie between most pairs, or as many as are asked for.

    Raises:
        NotFound: the graph has no such actor. BadPage: `first` is below 0.
    Cost: a breadth-first search from all actors for each loss.
    """
    check_first(first)
    judge = _Judge(network)
    if without:
        numbers = sorted({_number(network, actor) for actor in without})
        ids = tuple(ActorId(network.snapshot.actors.ids[number]) for number in numbers)
        # An actor outside the network, by its `where`, has no ties there.
        gone = np.flatnonzero(np.isin(network.nodes, numbers))
        return (judge.loss(gone, ids),)[:first]
    losses = [judge.loss(np.array([node]), (network.id(node),)) for node in steps(_candidates(network, first, engines))]
    # Rounded, so that what differs only in the order in which numbers were added up is alike.
    losses.sort(key=lambda loss: (-round(loss.efficiency_loss, 12), -loss.disconnected_actors, loss.actors))
    return tuple(losses[:first])


class _Judge:
    """The network before, and what it is without some actors."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._sources = np.arange(network.size)
        if network.size > _FEW_ACTORS:
            self._sources = np.sort(np.random.default_rng(1).choice(network.size, _SOURCES, replace=False))
        self._parts = components(network)
        self._efficiency = distances.efficiency(network, self._sources)

    def loss(self, gone: Longs, ids: tuple[ActorId, ...]) -> ResilienceLoss:
        """Without these nodes, whose ids are given."""
        network = self._network
        stays = np.ones(network.size, np.bool_)
        stays[gone] = False
        left = network.only(stays[network.a] & stays[network.b])
        before, after = self._parts[stays], components(left)[stays]
        sizes = np.bincount(after)
        largest = np.zeros(int(self._parts.max(initial=-1)) + 1, np.int64)
        np.maximum.at(largest, before, sizes[after])
        efficiency = distances.efficiency(left, self._sources)
        return ResilienceLoss(
            actors=ids,
            disconnected_actors=len(before) - int(largest.sum()),
            largest_component_share=int(sizes.max()) / len(before) if len(before) else 0.0,
            efficiency_loss=1 - efficiency / self._efficiency if self._efficiency else 0.0,
        )


def _candidates(network: Network, first: int, engines: Engines) -> list[int]:
    """The actors whose single loss is worth trying."""
    score = registry.computed(network, CentralityMeasure.BETWEENNESS, engines).column
    order = registry.ordered(CentralityMeasure.BETWEENNESS, score)
    foremost = max(first, _BY_BETWEENNESS)
    points = order[np.isin(order, reference.articulation_points(network))]
    if network.size > _FEW_ACTORS:
        points = points[:foremost]
    return sorted({*order[:foremost].tolist(), *points.tolist()})


def _number(network: Network, id: str) -> int:
    try:
        return number_of(network.snapshot, id)
    except NotFound as error:
        error.place = "without"
        raise
