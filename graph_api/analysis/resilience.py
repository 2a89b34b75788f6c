"""Network − actors → what is lost: who is cut off, how large the largest part is, how much farther all are from one another.

Takes a network and the actors that are taken out, or looks for the worst single losses; for the ties whose loss parts a component; and for the fewest
actors whose loss parts a municipality from the others. Ties are counted, not weighted. Knows no other analysis.
"""

from collections.abc import Sequence

import networkx as nx  # type: ignore[import-untyped]
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from graph_api.analysis import distances, reference, registry
from graph_api.analysis.cohesion import components
from graph_api.analysis.coverage import rows_of
from graph_api.analysis.progress import steps
from graph_api.analysis.projection import Longs, Network, NetworkInput, at_actors, number_of, project, seats
from graph_api.analysis.registry import FASTEST, Engines
from graph_api.errors import NotFound
from graph_api.model.results import Bridge, MunicipalityWays, ResilienceLoss
from graph_api.model.snapshot import Snapshot
from graph_api.model.values import ActorId, MunicipalityId, check_first
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


def bridges(network: Network, first: int = 20) -> tuple[Bridge, ...]:
    """The ties whose loss parts a component: those that cut off most actors first, equal ones by the ids of their ends.

    Raises:
        BadPage: `first` is below 0.
    Cost: O(actors + ties).
    """
    check_first(first)
    ties = reference.bridges(network)
    stays = np.ones(len(network.a), np.bool_)
    stays[ties] = False
    # What bridges join are the parts that hold together without them; parts and bridges are a forest.
    part = components(network.only(stays))
    behind, ends = np.bincount(part, minlength=1), (part[network.a[ties]], part[network.b[ties]])
    forest = nx.Graph()
    forest.add_edges_from((a, b, {"tie": tie}) for a, b, tie in zip(*ends, ties.tolist(), strict=True))
    smaller: dict[int, int] = {}
    for tree in list(nx.connected_components(forest)):
        edges, whole = list(nx.bfs_edges(forest, min(tree))), int(behind[list(tree)].sum())
        # From the leaves to the root: behind a bridge are the part at its end and all behind that.
        for parent, child in reversed(edges):
            smaller[forest[parent][child]["tie"]] = min(int(behind[child]), whole - int(behind[child]))
            behind[parent] += behind[child]
    order = sorted(smaller, key=lambda tie: (-smaller[tie], tie))[:first]
    found = network.ties(np.array(order, np.int64))
    return tuple(Bridge(tie, smaller[number]) for tie, number in zip(found, order, strict=True))


def municipality_ways(snapshot: Snapshot, network: NetworkInput) -> tuple[MunicipalityWays, ...]:
    """On how many actors each municipality of the region hangs, fewest first, equal ones by id; of actors, whatever level is asked for.

    Ways that share no actor are as many as the fewest actors without whom there is no way (Menger, Fundamenta Mathematicae 10:96, 1927), here between
    two sets: the actors counted to the municipality and those counted to the others. Found by a largest flow, of which each actor lets 1 through.

    Cost: a flow for each municipality, O(ways · ties).
    """
    network = at_actors(network)
    actors = project(snapshot, network)
    own = np.flatnonzero(snapshot.actors.in_region)
    home = rows_of(snapshot, seats(snapshot, network.region_wide_actors))[actors.nodes]
    found = []
    for row, municipality in enumerate(own):
        cut = _least_cut(actors, np.flatnonzero(home == row), np.flatnonzero((home >= 0) & (home != row)))
        id_ = MunicipalityId(snapshot.actors.ids[municipality])
        found.append(MunicipalityWays(id_, len(cut), actors.ids(cut)))
    return tuple(sorted(found, key=lambda each: (each.ways, each.municipality)))


def _least_cut(network: Network, from_: Longs, to: Longs) -> Longs:
    """The fewest actors without whom no way leads from some to others, those nearest to the first."""
    size, tail = network.size, np.repeat(np.arange(network.size), network.degree)
    # An actor is two nodes: what comes in, and what goes out; between the two 1 goes through, elsewhere as much as there is.
    start, end = 2 * size, 2 * size + 1
    rows = np.concatenate([np.arange(size), tail + size, np.full(len(from_), start), to + size])
    columns = np.concatenate([np.arange(size) + size, network.neighbours, from_, np.full(len(to), end)])
    room = np.where(np.arange(len(rows)) < size, 1, size).astype(np.int32)
    graph = sparse.csr_array((room, (rows, columns)), shape=(2 * size + 2, 2 * size + 2))
    left = sparse.csr_array(graph - maximum_flow(graph, start, end).flow)
    left.eliminate_zeros()
    reached = np.zeros(2 * size + 2, np.bool_)
    reached[breadth_first_order(left, start, return_predecessors=False)] = True
    return np.flatnonzero(reached[:size] & ~reached[size : 2 * size])


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
