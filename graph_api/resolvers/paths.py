"""Network + ids → shortest paths, neighbourhoods, the network itself: breadth-first over the projected arrays.

Takes a `Network` (see `Networks` for one that is kept between calls) and returns records with ids. Knows no store, no request and no weights of
paths: length is the number of ties. An id that the graph does not hold raises NotFound; an actor that is in the graph but outside the network,
by its `where`, has no ties there: the answer is empty.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from graph_api.analysis.cache import Cache
from graph_api.analysis.projection import Longs, Network, NetworkInput, project, ranges
from graph_api.errors import BadValue
from graph_api.model.results import ActorPath, Subgraph
from graph_api.model.snapshot import Flags, Snapshot
from graph_api.model.values import check_first


class Networks:
    """The networks last asked for, kept by revision and input, so that paths and views project once."""

    def __init__(self, max_bytes: int = 64_000_000) -> None:
        self._kept: Cache[Network] = Cache(max_bytes)

    def of(self, snapshot: Snapshot, network: NetworkInput) -> Network:
        """The projected network.

        Raises:
            BadValue: `as_of` is not a partial date.
        """
        key = (snapshot.revision, id(snapshot), network.key)
        found = self._kept.get(key)
        if found is None or found.snapshot is not snapshot:
            found = project(snapshot, network)
            self._kept.put(key, found, found.nbytes)
        return found


def shortest_paths(
    network: Network, from_: str, to: str, *, max_length: int = 6, first: int = 10
) -> tuple[ActorPath, ...]:
    """All shortest paths between two actors, at most `max_length` ties long, ordered by the ids along them, the first `first` of them.

    From an actor to itself there is one path, without ties. Actors that nothing joins, or only a longer path: no path.

    Raises:
        NotFound: the graph has no such actor.
        BadValue: `max_length` is below 0. BadPage: `first` is.
    Cost: O(actors + ties) for the search, O(first · length) for the paths.
    """
    _check(first, max_length, "maxLength")
    start, goal = network.position(from_), network.position(to)
    if start is None or goal is None:
        return ()
    levels = _levels_between(network, start, goal, max_length)
    if levels is None:
        return ()
    return tuple(_path(network, nodes) for nodes in _walks(network, levels, start, first))


def neighbourhood(network: Network, of: Sequence[str], *, radius: int = 1, first: int = 200) -> Subgraph:
    """The actors within `radius` ties of some actors and the ties among them: nearest first, then by id, cut to `first`.

    Raises:
        NotFound: the graph has no such actor.
        BadValue: `radius` is below 0. BadPage: `first` is.
    """
    _check(first, radius, "radius")
    centres = {node for node in map(network.position, of) if node is not None}
    front = np.array(sorted(centres), np.int64)
    seen = np.zeros(network.size, np.bool_)
    seen[front] = True
    order = [front]
    for _ in range(radius):
        front = _next_level(network, front, seen)
        if not len(front):
            break
        order.append(front)
    return _subgraph(network, np.concatenate(order), first)


def whole(network: Network, *, first: int = 2000) -> Subgraph:
    """The whole network, the strongest actors first (by the sum of their ties' strengths, then by id), cut to `first`.

    Raises:
        BadPage: `first` is below 0.
    """
    _check(first, 0, "radius")
    strength = np.round(network.total_strength, 9)
    return _subgraph(network, np.lexsort((np.arange(network.size), -strength)), first)


def _check(first: int, reach: int, name: str) -> None:
    check_first(first)
    if reach < 0:
        raise BadValue(f"{name} is {reach}.", place=name, hint="It is a number of ties, 0 or more.")


def _next_level(network: Network, front: Longs, seen: Flags) -> Longs:
    """The nodes next to `front` that were not seen yet, ascending; marks them."""
    first = network.indptr[front]
    reached = network.neighbours[ranges(first, network.indptr[front + 1] - first)]
    fresh = np.zeros(network.size, np.bool_)
    fresh[reached] = True
    fresh &= ~seen
    seen |= fresh
    return np.flatnonzero(fresh)


def _levels_between(network: Network, start: int, goal: int, max_length: int) -> list[Flags] | None:
    """Flags, one array a distance from start: the nodes that lie on a shortest path to goal. None where there is no path so short."""
    seen = np.zeros(network.size, np.bool_)
    front = np.array([start], np.int64)
    seen[front] = True
    levels = [front]
    while not seen[goal]:
        if len(levels) > max_length or not len(front):
            return None
        front = _next_level(network, front, seen)
        levels.append(front)
    on_path = np.zeros(network.size, np.bool_)
    on_path[goal] = True
    flags, front = [on_path], np.array([goal], np.int64)
    for level in reversed(levels[:-1]):
        unseen = np.ones(network.size, np.bool_)
        unseen[level] = False
        front = _next_level(network, front, unseen)
        here = np.zeros(network.size, np.bool_)
        here[front] = True
        flags.append(here)
    return flags[::-1]


def _walks(network: Network, levels: list[Flags], start: int, first: int) -> Iterator[list[int]]:
    """The paths in the order of their nodes, which is that of ids, at most `first`: every step leads to goal, so none is in vain."""
    path = [start]
    if len(levels) == 1:
        if first:
            yield path
        return
    choices = [_onward(network, start, levels[1])]
    while choices and first:
        node = next(choices[-1], None)
        if node is None:
            choices.pop()
            path.pop()
        elif len(path) == len(levels) - 1:
            first -= 1
            yield [*path, node]
        else:
            path.append(node)
            choices.append(_onward(network, node, levels[len(path)]))


def _onward(network: Network, node: int, level: Flags) -> Iterator[int]:
    near = network.neighbours[network.indptr[node] : network.indptr[node + 1]]
    return iter(near[level[near]].tolist())


def _path(network: Network, nodes: list[int]) -> ActorPath:
    edges = np.array([_edge(network, *pair) for pair in pairwise(nodes)], np.int64)
    return ActorPath(network.ids(nodes), network.ties(edges), len(edges))


def _edge(network: Network, one: int, other: int) -> int:
    start, end = network.indptr[one], network.indptr[one + 1]
    return int(network.via[start + np.searchsorted(network.neighbours[start:end], other)])


def _subgraph(network: Network, order: Longs, first: int) -> Subgraph:
    """The first of some nodes, the ties among those, and the size of the whole."""
    kept = order[:first]
    return Subgraph(
        actors=network.ids(kept),
        ties=network.ties(_among(network, kept)),
        truncated=len(order) > len(kept),
        actor_count=len(order),
        tie_count=len(_among(network, order)),
    )


def _among(network: Network, nodes: Longs) -> Longs:
    """The edges with both ends among some nodes."""
    inside = np.zeros(network.size, np.bool_)
    inside[nodes] = True
    return np.flatnonzero(inside[network.a] & inside[network.b])
