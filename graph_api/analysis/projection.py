"""Snapshot + NetworkInput → Network: one undirected network in arrays, with strengths by Newman's weights.

Takes the columns of a snapshot and says which pairs are tied, how strongly, by what kinds of ties and, on request, by which things. Dates, level
and region-wide actors are settled here; what follows sees only arrays. Knows no measure and no filter: `where` comes as a mask that a store made.

| tie | pairs | strength |
|---|---|---|
| COLLABORATION | the two ends | the tie's own |
| CO_PARTICIPATION | all that take part in an initiative; funders only where they also take part | 1/(n-1) an initiative of n |
| CO_MEMBERSHIP | all members of a body | 1/(n-1) a body of n |
| MEMBERSHIP, OWNERSHIP, FUNDING, COORDINATION, HOSTING | the two ends | 1 |
| AGREEMENT | all parties | 1/(n-1) an agreement of n |

Source of the weights: M. E. J. Newman, Physical Review E 64:016132 (2001). n counts all that take part on the date, those outside `where` too:
a filter hides actors, it does not change a tie.

A backbone keeps the ties that are significant by the disparity filter: M. A. Serrano, M. Boguñá and A. Vespignani, PNAS 106:6483 (2009).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph_api.errors import BadValue, NotFound
from graph_api.model.results import Tie
from graph_api.model.snapshot import Codes, Flags, Floats, Numbers, Snapshot, Spans
from graph_api.model.values import ActorId, ordinal, span
from graph_api.model.vocabulary import (
    AffiliationKind,
    Language,
    NetworkLevel,
    NetworkTie,
    ParticipationRole,
    RegionWideActors,
)

DEFAULT_TIES = (NetworkTie.COLLABORATION, NetworkTie.CO_PARTICIPATION, NetworkTie.CO_MEMBERSHIP)
KINDS = tuple(NetworkTie)
"""A tie's kinds are bits: 1 << the position of the kind in this tuple."""

BY_AFFILIATION = {
    NetworkTie.MEMBERSHIP: AffiliationKind.MEMBER,
    NetworkTie.OWNERSHIP: AffiliationKind.OWNER,
    NetworkTie.FUNDING: AffiliationKind.FUNDER,
    NetworkTie.COORDINATION: AffiliationKind.COORDINATOR,
    NetworkTie.HOSTING: AffiliationKind.HOST,
}
_INCIDENCES = (NetworkTie.CO_PARTICIPATION, NetworkTie.CO_MEMBERSHIP, NetworkTie.AGREEMENT)
"""Kinds of ties by what actors share."""
_MEMBER = list(AffiliationKind).index(AffiliationKind.MEMBER)
_FUNDER = list(ParticipationRole).index(ParticipationRole.FUNDER)

Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Supposed:
    """Direct ties as if they were there, and ties as if they were not: what a what-if is asked of (see `whatif`)."""

    added: tuple[tuple[str, str, float], ...] = ()
    """Ids of the two ends, and the strength."""
    removed: tuple[str, ...] = ()
    """Ids of collaborations and affiliations."""


@dataclass(frozen=True, slots=True, eq=False)
class NetworkInput:
    """Which ties make the network."""

    ties: tuple[NetworkTie, ...] | None = None
    """None: `DEFAULT_TIES`."""
    actors: Flags | None = None
    """One flag an actor of the snapshot: the result of a `where`. None: all."""
    as_of: str | None = None
    """A partial date; only what may have held on it. None: all years."""
    level: NetworkLevel = NetworkLevel.ACTOR
    region_wide_actors: RegionWideActors = RegionWideActors.APART
    weighted: bool = True
    backbone: float | None = None
    """Only ties that are significant at this level by the disparity filter. None: all."""
    supposed: Supposed | None = None
    """None: the graph as it is. `questions` makes it so before anything is projected."""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for inputs that ask for the same network."""
        mask = None if self.actors is None else np.packbits(self.actors).tobytes()
        parts = self.kinds, mask, self.as_of, self.level, self.region_wide_actors, self.weighted
        return *parts, self.backbone, self.supposed

    @property
    def kinds(self) -> frozenset[NetworkTie]:
        """The kinds of ties that make the network."""
        return frozenset(DEFAULT_TIES if self.ties is None else self.ties)


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """What joins, one entry a thing and pair: numbers of two actors, strength, kind of tie, and the row of the thing.

    The row counts collaborations, initiatives, affiliations or agreements, as the kind says; `other` is the second affiliation of a common
    membership, else -1.
    """

    u: Numbers
    v: Numbers
    strength: Floats
    kind: Codes
    thing: Numbers
    other: Numbers

    def at(self, which: Longs | Flags) -> "Links":
        """The links at these places, in this order."""
        return Links(
            self.u[which], self.v[which], self.strength[which], self.kind[which], self.thing[which], self.other[which]
        )


class Incidences(NamedTuple):
    """Who takes part in what: sorted by group, then member; no member twice in a group."""

    group: Numbers
    """Initiative, body (number of an actor) or agreement."""
    member: Numbers
    row: Longs | None = None
    """Affiliation that says so, of members of a body alone."""
    bodies: bool = False
    """Groups are actors themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """Initiatives (rows) and bodies (numbers of actors) to which every municipality of the region belongs."""

    initiatives: Numbers
    bodies: Numbers

    def names(self, snapshot: Snapshot, language: Language) -> tuple[str, ...]:
        """Their names, bodies first, no name twice; of initiatives a snapshot holds the Swedish name alone."""
        bodies = snapshot.actors.names if language is Language.SV else snapshot.actors.names_en
        initiatives = snapshot.initiatives.names
        return tuple(dict.fromkeys([bodies[i] for i in self.bodies] + [initiatives[i] for i in self.initiatives]))


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """An undirected weighted network without loops. Nodes are 0 … n-1 in the order of ids, edges are sorted by (a, b), a < b."""

    snapshot: Snapshot
    nodes: Numbers
    """Number of the actor in the snapshot, one entry a node."""
    a: Numbers
    b: Numbers
    strength: Floats
    """Above 0; all 1 in an unweighted network."""
    kinds: Codes
    """Bits of `KINDS`."""
    weighted: bool
    indptr: Longs
    """Half-edges of node i are indptr[i] … indptr[i+1]."""
    neighbours: Numbers
    """Node at the other end, one entry a half-edge; ascending for each node."""
    via: Numbers
    """Edge, one entry a half-edge."""
    links: Links
    """Sorted by edge; `u` and `v` are actors of the snapshot."""
    link_start: Longs
    """Links of edge e are link_start[e] … link_start[e+1]."""

    @property
    def size(self) -> int:
        """Number of nodes."""
        return len(self.nodes)

    @property
    def degree(self) -> Longs:
        """Number of actors that each node is tied to."""
        return np.diff(self.indptr)

    @property
    def total_strength(self) -> Floats:
        """Sum of the strengths of each node's ties."""
        ends = np.concatenate([self.a, self.b])
        return np.bincount(ends, np.concatenate([self.strength, self.strength]), self.size).astype(np.float64)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, the snapshot's not counted."""
        own = (
            self.nodes,
            self.a,
            self.b,
            self.strength,
            self.kinds,
            self.indptr,
            self.neighbours,
            self.via,
            self.link_start,
        )
        links = (self.links.u, self.links.v, self.links.strength, self.links.kind, self.links.thing, self.links.other)
        return sum(array.nbytes for array in own + links)

    @property
    def content(self) -> bytes:
        """Equal for networks whose nodes are tied alike, whoever they are: what measures depend on."""
        digest = blake2b(f"{self.size} {self.weighted}".encode(), digest_size=20)
        for array in (self.a, self.b, self.strength):
            digest.update(np.ascontiguousarray(array).data)
        return digest.digest()

    def id(self, node: int) -> ActorId:
        """The id of a node's actor."""
        return ActorId(self.snapshot.actors.ids[self.nodes[node]])

    def ids(self, nodes: Sequence[int] | Longs | Numbers) -> tuple[ActorId, ...]:
        """The ids of some nodes' actors."""
        every = self.snapshot.actors.ids
        return tuple(ActorId(every[i]) for i in self.nodes[np.asarray(nodes, dtype=np.int64)])

    def position(self, id: str) -> int | None:
        """The node of an actor, None where it is in the graph but not in this network.

        Raises:
            NotFound: the graph has no such actor.
        """
        number = number_of(self.snapshot, id)
        place = int(np.searchsorted(self.nodes, number))
        return place if place < self.size and self.nodes[place] == number else None

    def only(self, kept: Flags) -> "Network":
        """The same actors with some of the ties alone: one flag a tie."""
        edges, half = np.flatnonzero(kept), kept[self.via]
        count = np.diff(self.link_start)[edges]
        return replace(
            self,
            a=self.a[edges],
            b=self.b[edges],
            strength=self.strength[edges],
            kinds=self.kinds[edges],
            indptr=np.r_[0, np.cumsum(half)][self.indptr].astype(np.int64),
            neighbours=self.neighbours[half],
            via=(np.cumsum(kept, dtype=np.int32) - 1)[self.via[half]],
            links=self.links.at(ranges(self.link_start[edges], count)),
            link_start=np.r_[0, np.cumsum(count)].astype(np.int64),
        )

    def ties(self, edges: Longs | Numbers) -> tuple[Tie, ...]:
        """Records of some edges, in this order."""
        return tuple(self._ties(edges))

    def _ties(self, edges: Longs | Numbers) -> Iterator[Tie]:
        for edge in edges.tolist():
            kinds = int(self.kinds[edge])
            yield Tie(
                from_=self.id(self.a[edge]),
                to=self.id(self.b[edge]),
                strength=float(self.strength[edge]),
                kinds=tuple(kind for bit, kind in enumerate(KINDS) if kinds >> bit & 1),
                joined_by=self.joined_by(edge),
            )

    def joined_by(self, edge: int) -> tuple[str, ...]:
        """Ids of the collaborations, affiliations, initiatives and agreements that make an edge, in id order."""
        graph = self.snapshot
        rows = slice(self.link_start[edge], self.link_start[edge + 1])
        links = (self.links.kind[rows].tolist(), self.links.thing[rows].tolist(), self.links.other[rows].tolist())
        found: set[str] = set()
        for code, thing, other in zip(*links, strict=True):
            match KINDS[code]:
                case NetworkTie.COLLABORATION:
                    found.add(graph.collaborations.ids[thing])
                case NetworkTie.CO_PARTICIPATION:
                    found.add(graph.initiatives.ids[thing])
                case NetworkTie.CO_MEMBERSHIP:
                    found.update((graph.affiliations.ids[thing], graph.affiliations.ids[other]))
                case NetworkTie.AGREEMENT:
                    found.add(graph.agreements.ids[thing])
                case _:
                    found.add(graph.affiliations.ids[thing])
        # A supposed tie has no id: nothing of it can be read.
        return tuple(sorted(found - {""}))


def number_of(snapshot: Snapshot, id: str) -> int:
    """The number of an actor.

    Raises:
        NotFound: the graph has no such actor.
    """
    ids = snapshot.actors.ids
    place = bisect_left(ids, id)
    if place == len(ids) or ids[place] != id:
        raise NotFound(
            f"No actor has the id {id!r}.",
            hint="An id is the kind of thing, a colon and a slug, such as actor:chalmers.",
        )
    return place


def project(snapshot: Snapshot, network: NetworkInput, *, without: Shared | None = None) -> Network:
    """The network that an input asks for.

    At level MUNICIPALITY nodes are the region's own municipalities and those outside it where an actor of the network has its seat; a tie adds up
    the strengths between their actors, and ties inside a municipality are left out. Strengths are rounded to nine decimals, so that sums of the
    same thirds in another order are equal.

    Args:
        without: initiatives and bodies that make no pairs (see `shared`).
    Raises:
        BadValue: `as_of` is not a partial date, `backbone` does not lie between 0 and 1, or the strength of a tie is not above 0.
    Cost: O(links · log links); an initiative of n makes n(n-1)/2.
    """
    level = network.backbone
    if level is not None and not 0 < level < 1:
        raise BadValue(f"backbone is {level}.", place="backbone", hint="It lies between 0 and 1, such as 0.05.")
    node_of, nodes = _nodes(snapshot, network)
    links = _links(snapshot, network, without)
    ends = node_of[links.u], node_of[links.v]
    keep = (ends[0] >= 0) & (ends[1] >= 0) & (ends[0] != ends[1])
    links, low, high = links.at(keep), np.minimum(*ends)[keep], np.maximum(*ends)[keep]
    key = low.astype(np.int64) * len(nodes) + high
    order = np.argsort(key, kind="stable")
    links, key = links.at(order), key[order]
    starts = np.flatnonzero(np.r_[len(key) > 0, key[1:] != key[:-1]][: len(key)])
    a, b = low[order][starts], high[order][starts]
    strength, kinds = np.ones(len(a)), np.zeros(len(a), np.int16)
    if len(starts):
        kinds = np.bitwise_or.reduceat(np.left_shift(np.int16(1), links.kind), starts)
        strength = np.add.reduceat(links.strength, starts).round(9)
    link_start = np.r_[starts, len(key)].astype(np.int64)
    if level is not None:
        kept = np.flatnonzero(disparity(a, b, strength, len(nodes)) < level)
        count = np.diff(link_start)[kept]
        links, link_start = links.at(ranges(starts[kept], count)), np.r_[0, np.cumsum(count)]
        a, b, strength, kinds = a[kept], b[kept], strength[kept], kinds[kept]
    if not network.weighted:
        strength = np.ones(len(a))
    indptr, neighbours, via = _half_edges(a, b, len(nodes))
    return Network(
        snapshot,
        nodes,
        a,
        b,
        strength,
        kinds,
        network.weighted,
        indptr,
        neighbours,
        via,
        links,
        link_start,
    )


def disparity(a: Numbers, b: Numbers, strength: Floats, size: int) -> Floats:
    """How probable so large a share of an end's strength would be by chance, one entry an edge: the smaller of its two ends' chances.

    α = (1 - p)^(k-1), p the edge's share of the end's strength and k the end's degree: the chance that one of k pieces of a randomly broken stick is
    as long. 1 where the end has no other edge: that all goes there tells nothing.

    Source: Serrano, Boguñá and Vespignani 2009, equation 2.

    >>> ends = np.array([0, 0, 0]), np.array([1, 2, 3])
    >>> disparity(*ends, np.array([8.0, 1.0, 1.0]), 4).round(4).tolist()
    [0.04, 0.81, 0.81]
    """
    chances = []
    for end in (a, b):
        total = np.bincount(a, strength, size) + np.bincount(b, strength, size)
        others = (np.bincount(a, minlength=size) + np.bincount(b, minlength=size) - 1)[end]
        chances.append(np.where(others > 0, np.maximum(0, 1 - strength / total[end]) ** others, 1.0))
    smaller: Floats = np.minimum(*chances)
    return smaller


def at_actors(network: NetworkInput) -> NetworkInput:
    """The same input at the level of actors."""
    return replace(network, level=NetworkLevel.ACTOR)


def seats(snapshot: Snapshot, region_wide: RegionWideActors) -> Numbers:
    """The municipality (number of the actor) to which each actor is counted, -1 for none; region-wide actors as asked."""
    seat = snapshot.actors.municipality
    if region_wide is RegionWideActors.BY_SEAT:
        return seat
    return np.where(snapshot.actors.region_wide, -1, seat).astype(np.int32)


def shared(snapshot: Snapshot, network: NetworkInput) -> Shared:
    """What all share tells nothing: initiatives and membership bodies to which every municipality of the region belongs on the date.

    Only of the kinds of ties that the network asks for; empty where the region has fewer than two municipalities.
    """
    own = np.flatnonzero(snapshot.actors.in_region)
    kinds = network.kinds
    found = {}
    for kind, (group, member) in {
        NetworkTie.CO_PARTICIPATION: takes_part(snapshot, network.as_of),
        NetworkTie.CO_MEMBERSHIP: _memberships(snapshot, network.as_of)[:2],
    }.items():
        groups, count = np.unique(group[np.isin(member, own)], return_counts=True)
        found[kind] = groups[count == len(own)] if kind in kinds and len(own) > 1 else groups[:0]
    return Shared(found[NetworkTie.CO_PARTICIPATION], found[NetworkTie.CO_MEMBERSHIP])


def holds(spans: Spans, as_of: str | None) -> Flags:
    """Which rows may hold on a partial date: the spans overlap; an unknown since has begun, an unknown until goes on.

    Raises:
        BadValue: `as_of` is not a partial date.
    """
    if as_of is None:
        return np.ones(len(spans.since_first), np.bool_)
    first, last = (ordinal(day) for day in span(as_of))
    overlap: Flags = (spans.since_first <= last) & (spans.until_last >= first)
    return overlap


def works_on(snapshot: Snapshot, as_of: str | None) -> tuple[Numbers, Numbers]:
    """Actors and the challenges on which they work: each takes part in an initiative of the challenge on the date. No pair twice."""
    initiative, actor = takes_part(snapshot, as_of)
    table = snapshot.initiative_challenges
    order = np.argsort(table.left, kind="stable")
    first = np.searchsorted(table.left[order], initiative, "left")
    count = np.searchsorted(table.left[order], initiative, "right") - first
    rows = order[ranges(first, count)]
    return _distinct(np.repeat(actor, count), table.right[rows])[:2]


def ranges(first: Longs | Numbers, count: Longs | Numbers) -> Longs:
    """first[0], first[0]+1, … (count[0] of them), first[1], … in one array."""
    shift: Longs = first.astype(np.int64) - (np.cumsum(count, dtype=np.int64) - count)
    return np.arange(int(count.sum()), dtype=np.int64) + np.repeat(shift, count)


def incidences(
    snapshot: Snapshot, network: NetworkInput, without: Shared | None = None
) -> Mapping[NetworkTie, Incidences]:
    """Who takes part in what, by the kinds of ties by common things that the network asks for; of all actors, on its date.

    Args:
        without: initiatives and bodies that make no pairs (see `shared`).
    """
    kinds, found = network.kinds, {}
    if NetworkTie.CO_PARTICIPATION in kinds:
        initiative, actor = takes_part(snapshot, network.as_of)
        apart = np.isin(initiative, without.initiatives) if without else np.zeros(len(initiative), np.bool_)
        found[NetworkTie.CO_PARTICIPATION] = Incidences(initiative[~apart], actor[~apart])
    if NetworkTie.CO_MEMBERSHIP in kinds:
        body, member, row = _memberships(snapshot, network.as_of)
        apart = np.isin(body, without.bodies) if without else np.zeros(len(body), np.bool_)
        found[NetworkTie.CO_MEMBERSHIP] = Incidences(body[~apart], member[~apart], row[~apart], bodies=True)
    if NetworkTie.AGREEMENT in kinds:
        table = snapshot.agreement_parties
        keep = holds(snapshot.agreements.spans, network.as_of)[table.left]
        found[NetworkTie.AGREEMENT] = Incidences(*_distinct(table.left[keep], table.right[keep])[:2])
    return found


def is_incidence(kind: Codes) -> Flags:
    """Which links join by what both actors share."""
    return np.isin(kind, [KINDS.index(tie) for tie in _INCIDENCES])


def common_pairs(group: Numbers | Longs) -> tuple[Longs, Longs]:
    """All pairs of rows of the same group, each once; `group` is sorted."""
    place = np.arange(len(group), dtype=np.int64)
    after = np.searchsorted(group, group, "right") - place - 1
    return np.repeat(place, after), ranges(place + 1, after)


def _nodes(snapshot: Snapshot, network: NetworkInput) -> tuple[Numbers, Numbers]:
    """Node of each actor, -1 for none; actor of each node."""
    count = len(snapshot.actors.ids)
    mask = np.ones(count, np.bool_) if network.actors is None else network.actors
    if network.level is NetworkLevel.ACTOR:
        target = np.where(mask, np.arange(count), -1)
        is_node = mask
    else:
        target = np.where(mask, seats(snapshot, network.region_wide_actors), -1)
        is_node = snapshot.actors.in_region.copy()
        is_node[target[target >= 0]] = True
    nodes = np.flatnonzero(is_node).astype(np.int32)
    place = np.full(count + 1, -1, np.int32)
    place[nodes] = np.arange(len(nodes))
    return place[target], nodes


def _links(snapshot: Snapshot, network: NetworkInput, without: Shared | None) -> Links:
    kinds, parts = network.kinds, []
    direct, bonds = snapshot.collaborations, snapshot.affiliations
    if NetworkTie.COLLABORATION in kinds:
        rows = np.flatnonzero(holds(direct.spans, network.as_of))
        wrong = rows[~((direct.strength[rows] > 0) & np.isfinite(direct.strength[rows]))]
        if len(wrong):
            tie = direct.ids[wrong[0]]
            raise BadValue(f"{tie} has the strength {direct.strength[wrong[0]]:g}.", place=tie, hint="It is above 0.")
        parts.append(_link(NetworkTie.COLLABORATION, direct.a[rows], direct.b[rows], direct.strength[rows], rows))
    for tie, (group, member, row, _) in incidences(snapshot, network, without).items():
        left, right = common_pairs(group)
        size = np.searchsorted(group, group, "right") - np.searchsorted(group, group, "left")
        # A common membership is joined by the two affiliations, others by the thing itself.
        thing, other = (group[left], None) if row is None else (row[left], row[right])
        parts.append(_link(tie, member[left], member[right], 1.0 / (size[left] - 1), thing, other))
    for tie, kind in BY_AFFILIATION.items():
        if tie in kinds:
            rows = np.flatnonzero((bonds.kind == list(AffiliationKind).index(kind)) & holds(bonds.spans, network.as_of))
            parts.append(_link(tie, bonds.source[rows], bonds.target[rows], np.ones(len(rows)), rows))
    parts.append(_link(NetworkTie.COLLABORATION, *(np.zeros(0, np.int32),) * 2, np.zeros(0), np.zeros(0, np.int64)))
    columns = zip(*((p.u, p.v, p.strength, p.kind, p.thing, p.other) for p in parts), strict=True)
    return Links(*(np.concatenate(column) for column in columns))


def _link(
    tie: NetworkTie, u: Numbers, v: Numbers, strength: Floats, thing: Longs | Numbers, other: Longs | None = None
) -> Links:
    kind = np.full(len(u), KINDS.index(tie), np.int16)
    second = np.full(len(u), -1, np.int32) if other is None else other.astype(np.int32)
    return Links(u, v, strength, kind, thing.astype(np.int32), second)


def takes_part(snapshot: Snapshot, as_of: str | None) -> tuple[Numbers, Numbers]:
    """Initiatives and actors that take part on the date: participation and initiative hold; funding alone is not taking part. No pair twice."""
    part = snapshot.participations
    keep = holds(part.spans, as_of) & holds(snapshot.initiatives.spans, as_of)[part.initiative] & (part.role != _FUNDER)
    return _distinct(part.initiative[keep], part.actor[keep])[:2]


def _memberships(snapshot: Snapshot, as_of: str | None) -> tuple[Numbers, Numbers, Longs]:
    """Body, member and row of the affiliation (the first by id) of memberships that hold on the date."""
    bonds = snapshot.affiliations
    rows = np.flatnonzero((bonds.kind == _MEMBER) & holds(bonds.spans, as_of) & (bonds.source != bonds.target))
    body, member, first = _distinct(bonds.target[rows], bonds.source[rows])
    return body, member, rows[first]


def _distinct(group: Numbers, member: Numbers) -> tuple[Numbers, Numbers, Longs]:
    """The pairs sorted by group, then member, each once, and where each was first met."""
    key = group.astype(np.int64) << 32 | member
    pairs, first = np.unique(key, return_index=True)
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32), first


def _half_edges(a: Numbers, b: Numbers, size: int) -> tuple[Longs, Numbers, Numbers]:
    """CSR arrays of an edge list: indptr, neighbours (ascending for each node), edge of each half-edge."""
    tail, head = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.argsort(tail.astype(np.int64) * size + head, kind="stable")
    indptr = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(tail, minlength=size), out=indptr[1:])
    edge = np.arange(len(a), dtype=np.int32)
    return indptr, head[order], np.concatenate([edge, edge])[order]
