"""Network + groups of actors → who stands between whom, and how far each group's ties lead out of it.

Takes a network of actors and a group for each: its helix, its kind or its municipality. An actor that is counted to no municipality is a group of
its own there. Counts are exact; what chance makes of them is drawn by giving the same groups to other actors. Ties are counted, not weighted. Knows
no cause.

Sources: R. V. Gould and R. M. Fernandez, Sociological Methodology 19:89 (1989); D. Krackhardt and R. N. Stern, Social Psychology Quarterly 51:123
(1988).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph_api.analysis.mixing import known
from graph_api.analysis.nullmodel import LEAST_TIES, SEED, Longs, against
from graph_api.analysis.projection import Network, NetworkInput, at_actors, project, ranges, seats
from graph_api.model.results import Brokerage, BrokerageZScores, GroupIndex
from graph_api.model.snapshot import Floats, Snapshot
from graph_api.model.values import MunicipalityId, check_first
from graph_api.model.vocabulary import ActorKind, GroupBy, Helix

BROKERAGE_DRAWS, INDEX_DRAWS = 200, 500
ROLES = ("coordinator", "itinerant", "gatekeeper", "liaison")
"""Representative is gatekeeper: ties have no direction."""
_WEDGES_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """A group for each node, numbered from 0; those after `names` are of one actor each, which is counted to no municipality."""

    of: Longs
    names: tuple[str, ...]

    def shuffled(self, draws: int) -> Iterator[Longs]:
        """The same groups, of the same sizes, given to the nodes at random; always the same draws."""
        random = np.random.default_rng(SEED)
        for _ in range(draws):
            yield random.permutation(self.of)


def groups_of(actors: Network, network: NetworkInput, by: GroupBy) -> Groups:
    """The groups of a network of actors, in the order of the vocabulary or of ids."""
    columns = actors.snapshot.actors
    if by is GroupBy.MUNICIPALITY:
        seat = seats(actors.snapshot, network.region_wide_actors)[actors.nodes].astype(np.int64)
        found, of = np.unique(seat[seat >= 0], return_inverse=True)
        numbers = np.empty(actors.size, np.int64)
        numbers[seat >= 0] = of
        numbers[seat < 0] = len(found) + np.arange(int((seat < 0).sum()))
        return Groups(numbers, tuple(columns.ids[municipality] for municipality in found))
    listed, codes = (Helix, columns.helix) if by is GroupBy.HELIX else (ActorKind, columns.kind)
    values = [value.value for value in listed]
    found, of = np.unique(codes[actors.nodes], return_inverse=True)
    return Groups(of.astype(np.int64), tuple(values[code] for code in found))


def brokerage(
    snapshot: Snapshot, network: NetworkInput, by: GroupBy = GroupBy.HELIX, first: int = 20
) -> tuple[Brokerage, ...]:
    """The first actors by open pairs, then by id. The network is one of actors, whatever level is asked for.

    Raises:
        BadPage: `first` is below 0. BadValue: as in `projection.project`.
    Cost: O(ties · log ties + triangles), 200 times over.
    """
    check_first(first)
    actors = project(snapshot, at_actors(network))
    groups, corners = groups_of(actors, network, by), triangles(actors)
    observed = roles(actors, groups.of, corners)
    z_scores = np.full(observed.shape, np.nan)
    if len(actors.a) >= LEAST_TIES:
        # Sums of differences to what was observed, so that large counts do not lose their small variance.
        total, square = np.zeros(observed.shape), np.zeros(observed.shape)
        for labels in groups.shuffled(BROKERAGE_DRAWS):
            difference = (roles(actors, labels, corners) - observed).astype(np.float64)
            total += difference
            square += difference**2
        mean = total / BROKERAGE_DRAWS
        variance = (square - total * mean) / (BROKERAGE_DRAWS - 1)
        moves = variance > 1e-9
        z_scores = np.divide(
            -mean, np.sqrt(variance, where=moves, out=np.ones(observed.shape)), out=z_scores, where=moves
        )
    everything = observed.sum(axis=1)
    order = np.lexsort((np.arange(actors.size), -everything))[:first]
    return tuple(
        _record(actors, node, observed[node].tolist(), [known(z) for z in z_scores[node]]) for node in order.tolist()
    )


def _record(actors: Network, node: int, counts: list[int], z_scores: list[float | None]) -> Brokerage:
    coordinator, itinerant, gatekeeper, liaison = counts
    z = dict(zip(ROLES, z_scores, strict=True))
    return Brokerage(
        actor=actors.id(node),
        coordinator=coordinator,
        itinerant=itinerant,
        gatekeeper=gatekeeper,
        representative=gatekeeper,
        liaison=liaison,
        total=sum(counts),
        z_scores=BrokerageZScores(**z, representative=z["gatekeeper"], total=None),
    )


def roles(actors: Network, group: Longs, corners: Longs) -> Longs:
    """Open pairs of partners of each node by the broker's role, shape (nodes, `ROLES`).

    Of all pairs of partners: c(c-1)/2 coordinator with c partners of the own group, c(k-c) gatekeeper, Σ_g C_g(C_g-1)/2 over other groups itinerant,
    the rest liaison; less the pairs that are tied, one for each corner of each triangle.

    Args:
        corners: as `triangles` gives them.
    """
    size, degree = actors.size, actors.degree
    owner = np.repeat(np.arange(size), degree)
    met = group[actors.neighbours]
    own = np.bincount(owner[met == group[owner]], minlength=size)
    span = int(group.max(initial=0)) + 1
    key = np.sort(owner * span + met)
    starts = np.flatnonzero(np.r_[len(key) > 0, key[1:] != key[:-1]][: len(key)])
    count = np.diff(np.r_[starts, len(key)])
    alike = np.bincount(key[starts] // span, count * (count - 1) // 2, size).astype(np.int64)
    coordinator = own * (own - 1) // 2
    gatekeeper = own * (degree - own)
    itinerant = alike - coordinator
    liaison = degree * (degree - 1) // 2 - alike - gatekeeper
    every = np.stack([coordinator, itinerant, gatekeeper, liaison], axis=1)
    closed = np.zeros(size * len(ROLES), np.int64)
    for broker, one, other in ((0, 1, 2), (1, 0, 2), (2, 0, 1)):
        mine, first, second = group[corners[broker]], group[corners[one]], group[corners[other]]
        role = np.where(
            first == second, np.where(first == mine, 0, 1), np.where((first == mine) | (second == mine), 2, 3)
        )
        closed += np.bincount(corners[broker] * len(ROLES) + role, minlength=len(closed))
    counts: Longs = every - closed.reshape(size, len(ROLES))
    return counts


def triangles(actors: Network) -> Longs:
    """The three nodes of each triangle, shape (3, triangles), each once.

    Every tie leads from the end with fewer ties to the other (ties by number), so that hubs have few ties out, and two ties out of a node close where
    the third is found among the ties.

    Cost: O(ties^1.5) at most; in blocks, so that memory stays bounded.
    """
    size = actors.size
    place = np.empty(size, np.int64)
    place[np.lexsort((np.arange(size), actors.degree))] = np.arange(size)
    ends = np.sort(place[np.stack([actors.a, actors.b])], axis=0)
    key = np.sort(ends[0] * size + ends[1])
    low, high = key // max(size, 1), key % max(size, 1)
    start = np.searchsorted(low, np.arange(size + 1))
    count = np.diff(start)[high]
    blocks = [*np.searchsorted(np.cumsum(count), np.arange(0, int(count.sum()), _WEDGES_AT_ONCE)), len(key)]
    node = np.argsort(place)
    found = [np.zeros((3, 0), np.int64)]
    for begin, end in pairwise(blocks):
        rows = slice(begin, end)
        first, second = np.repeat(low[rows], count[rows]), np.repeat(high[rows], count[rows])
        third = high[ranges(start[high[rows]], count[rows])]
        wanted = first * size + third
        there = np.searchsorted(key, wanted)
        closes = key[np.minimum(there, len(key) - 1)] == wanted
        found.append(node[np.stack([first[closes], second[closes], third[closes]])])
    return np.concatenate(found, axis=1)


def group_indices(snapshot: Snapshot, network: NetworkInput, by: GroupBy = GroupBy.HELIX) -> tuple[GroupIndex, ...]:
    """The E-I index of each group that has ties, in the order of the vocabulary or of ids. The network is one of actors, whatever level is asked for.

    Raises:
        BadValue: as in `projection.project`.
    Cost: O(ties), 500 times over.
    """
    actors = project(snapshot, at_actors(network))
    groups = groups_of(actors, network, by)
    named = len(groups.names)
    inside, outside = _inside_outside(actors, groups.of, named)
    observed = _index(inside, outside)
    drawn = np.array(
        [_index(*_inside_outside(actors, labels, named)) for labels in groups.shuffled(INDEX_DRAWS)]
    ).reshape(INDEX_DRAWS, named)
    records = []
    for number in np.flatnonzero(~np.isnan(observed)).tolist():
        # In some draws a small group may have no ties at all.
        defined = drawn[~np.isnan(drawn[:, number]), number]
        chance = against(observed[[number]], defined[:, np.newaxis])
        name = groups.names[number]
        records.append(
            GroupIndex(
                group=name,
                municipality=MunicipalityId(name) if by is GroupBy.MUNICIPALITY else None,
                internal=float(inside[number]),
                external=float(outside[number]),
                ei_index=float(observed[number]),
                expected_ei_index=known(chance.mean[0]),
                p_value=known(chance.p_value[0]) if len(actors.a) >= LEAST_TIES else None,
            )
        )
    return tuple(records)


def _inside_outside(actors: Network, group: Longs, named: int) -> tuple[Longs, Longs]:
    """Tied pairs inside each named group, and with one end in it."""
    one, other = group[actors.a], group[actors.b]
    inside = np.bincount(one[one == other], minlength=named)[:named]
    ends = np.bincount(one, minlength=named)[:named] + np.bincount(other, minlength=named)[:named]
    return inside, ends - 2 * inside


def _index(inside: Longs, outside: Longs) -> Floats:
    """(external - internal)/(external + internal), NaN for a group without ties."""
    ties = inside + outside
    index: Floats = np.divide(outside - inside, ties, out=np.full(len(ties), np.nan), where=ties > 0)
    return index
