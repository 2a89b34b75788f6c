"""Networks as chance would make them: every actor keeps its degree, who is tied to whom is drawn anew.

Takes edge lists (or incidences: who takes part in what) and gives as many draws as are asked for, each an edge list with the same degrees, by chains
of swaps. Ties by common initiatives, memberships and agreements are drawn as incidences and projected afterwards: the projection of random
incidences is full of triangles, which no swap of its edges would keep. Also what chance makes of a count: mean, z-score, p value, and the
Benjamini–Hochberg adjustment. Knows no helix and no municipality.

Sources: R. Milo et al., arXiv:cond-mat/0312028 (2003), the chain; Y. Artzy-Randrup and L. Stone, Physical Review E 72:056708 (2005), why a refused
swap counts as a step; P. V. North, D. Curtis and P. C. Sham, American Journal of Human Genetics 71:439 (2002), the p value; Y. Benjamini and
Y. Hochberg, Journal of the Royal Statistical Society B 57:289 (1995).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

from graph_api.analysis.projection import Network, NetworkInput, Shared, common_pairs, incidences, is_incidence, project
from graph_api.errors import AnalysisError
from graph_api.model.snapshot import Flags, Floats, Numbers, Snapshot

Longs = NDArray[np.int64]

SEED = 1986
BURN_IN = 20
"""Rounds before the first draw: a round tries each edge once, half as many swaps as edges."""
BETWEEN = 2
"""Rounds from one draw to the next."""
LEAST_TIES = 30
"""Below these nothing is said of chance."""


class Chain:
    """A simple graph, or a table of incidences, whose edges are swapped for ever; degrees stay.

    A round pairs the edges at random and tries a swap of each pair, one after the other: a–b and c–d become a–d and c–b, unless that makes a loop or
    an edge that is there. A refused swap leaves both as they are and counts as tried, so that all graphs of these degrees are equally likely in the
    end. The swaps of a round are computed at once: whether one is refused depends on the others only where they want or hold the same edge,
    and those are few.

    Args:
        a: one end of each edge; of incidences the group.
        b: the other end; of incidences the member, which has numbers of its own.
        two_mode: the two columns are of different kinds: incidences.
        never: incidences that may not come to be.
    Raises:
        AnalysisError: actors and ties are too many to be numbered in 63 bits: some millions.
    Cost: O(edges · log edges) a round, some 0.2 µs a swap.
    """

    def __init__(
        self,
        a: Numbers | Longs,
        b: Numbers | Longs,
        random: np.random.Generator,
        *,
        two_mode: bool = False,
        never: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._random, self._two_mode = random, two_mode
        self._node_bits = int(max(a.max(initial=0), b.max(initial=0))).bit_length()
        self._turn_bits = len(a).bit_length()
        if 2 * self._node_bits + self._turn_bits + 1 > 63:
            raise AnalysisError("The network is too large to be drawn at random.")
        self._edges = self._keys(a.astype(np.int64), b.astype(np.int64))
        self._never = np.array([one << self._node_bits | other for one, other in never], np.int64)
        self.accepted = 0
        """Swaps that were made so far."""

    @property
    def ends(self) -> tuple[Longs, Longs]:
        """Both ends of each edge, in no order; the smaller first, of incidences the group."""
        return self._edges >> self._node_bits, self._edges & ((1 << self._node_bits) - 1)

    def round(self) -> None:
        """Try a swap of each pair of a random pairing."""
        edges = len(self._edges)
        # One pair fewer by chance: a chain that swaps everything each time may run in a circle.
        pairs = edges // 2 - int(self._random.integers(2))
        if pairs <= 0:
            return
        self._random.shuffle(self._edges)
        a, b, c, d = (end[part] for part in (slice(pairs), slice(pairs, 2 * pairs)) for end in self.ends)
        if self._two_mode:
            refused = np.zeros(pairs, np.bool_)
        else:
            turned = self._random.integers(2, size=pairs, dtype=np.int8) * (c ^ d)
            c, d = c ^ turned, d ^ turned
            refused = (a == d) | (c == b)
        wanted = np.concatenate([self._keys(a, d), self._keys(c, b)])
        self._settle(wanted, refused)
        made = np.flatnonzero(~refused)
        self._edges[made], self._edges[made + pairs] = wanted[made], wanted[made + pairs]
        self.accepted += len(made)

    def _keys(self, a: Longs, b: Longs) -> Longs:
        """An edge as one number, equal for the same edge."""
        if self._two_mode:
            return a << self._node_bits | b
        keys: Longs = np.minimum(a, b) << self._node_bits | np.maximum(a, b)
        return keys

    def _settle(self, wanted: Longs, refused: Flags) -> None:
        """Refuse the swaps that want an edge which is there when their turn comes. The swap of turn t holds, and wants, the edges t and t + pairs."""
        edges, pairs, bits = len(self._edges), len(refused), self._turn_bits
        turn = np.arange(pairs)
        # The edge, whether it is wanted or held, and the turn in one number: numbers sort faster than an order is found. An edge that is in no swap,
        # or never may be, is held to the end.
        entries = np.full(edges + len(self._never) + 2 * pairs, edges)
        entries[: 2 * pairs] = entries[-2 * pairs :] = np.concatenate([turn, turn])
        entries[-2 * pairs :] |= 1 << bits
        entries |= np.concatenate([self._edges, self._never, wanted]) << (bits + 1)
        entries.sort()
        key = entries >> (bits + 1)
        alike = np.flatnonzero(key[1:] == key[:-1])
        contested = entries[np.union1d(alike, alike + 1)]
        key = contested >> (bits + 1)
        edge = np.cumsum(np.r_[True, key[1:] != key[:-1]][: len(key)]) - 1
        wants = contested >> bits & 1 == 1
        there = np.zeros(len(key), np.bool_)
        there[edge[~wants]] = True
        _take_turns(refused, there.tolist(), contested & ((1 << bits) - 1), wants, edge)


def _take_turns(refused: Flags, there: list[bool], turns: Longs, wants: Flags, edge: Longs) -> None:
    """Go through the swaps that want or hold an edge which another wants or holds, in turn."""
    order = np.lexsort((~wants, turns))
    rows = zip(turns[order].tolist(), wants[order].tolist(), edge[order].tolist(), strict=True)
    now, last = -1, len(refused)
    taken: list[int] = []
    free = True
    for turn, wanting, of in rows:
        if turn != now:
            if turn >= last:
                break
            now, taken, free = turn, [], not refused[turn]
        if wanting:
            if free and there[of]:
                free = False
                refused[turn] = True
                for back in taken:
                    there[back] = False
            elif free:
                there[of] = True
                taken.append(of)
        elif free:
            there[of] = False


def rewired(
    a: Numbers | Longs,
    b: Numbers | Longs,
    draws: int,
    *,
    seed: int = SEED,
    two_mode: bool = False,
    never: Sequence[tuple[int, int]] = (),
) -> Iterator[tuple[Longs, Longs]]:
    """So many graphs with the degrees of this one (see `Chain`), `BURN_IN` rounds before the first and `BETWEEN` before each other."""
    chain = Chain(a, b, np.random.default_rng(seed), two_mode=two_mode, never=never)
    for draw in range(draws):
        for _ in range(BETWEEN if draw else BURN_IN):
            chain.round()
        yield chain.ends


class Rewiring:
    """A network of actors whose ties are drawn anew: direct ties as edges, ties by what actors share as incidences.

    What is counted are links: a pair of actors as often as something joins it, direct ties together being one thing. Margins are kept, and with them
    the number and the weight of all links; the number of different pairs is not, for partners meet again and random ones do not. A link weighs what
    it adds to the tie's strength, 1 in an unweighted network. Of a network cut down to its backbone the ties are swapped as they are: it is no
    projection any more.
    """

    def __init__(self, snapshot: Snapshot, network: NetworkInput, *, without: Shared | None = None) -> None:
        """Prepare the draws of a network at the level of actors.

        Args:
            without: initiatives and bodies that make no pairs (see `projection.shared`).
        """
        self.network = project(snapshot, network, without=without)
        node = np.full(len(snapshot.actors.ids), -1, np.int64)
        node[self.network.nodes] = np.arange(self.network.size)
        whole = network.backbone is not None
        one, other, strength = _whole(self.network) if whole else _direct(self.network, node)
        self._direct, weights = (one, other), [strength]
        self._tables: list[_Table] = []
        for group, member, _, bodies in () if whole else incidences(snapshot, network, without).values():
            size = np.searchsorted(group, group, "right") - np.searchsorted(group, group, "left")
            here = node[member] >= 0
            groups, number = np.unique(group[here], return_inverse=True)
            never = [(i, int(node[body])) for i, body in enumerate(groups.tolist()) if bodies and node[body] >= 0]
            pairs = common_pairs(number)
            self._tables.append(_Table(number.astype(np.int64), node[member[here]], never, pairs))
            weights.append(1.0 / (size[here][pairs[0]] - 1))
        self.weight: Floats = np.concatenate(weights)
        """Of each link, in all draws: each direct tie is given one of the strengths by chance."""
        if not network.weighted:
            self.weight = np.ones(len(self.weight))

    @property
    def direct_alone(self) -> bool:
        """Whether no tie comes of something shared."""
        return not self._tables

    @property
    def swapped(self) -> int:
        """Edges and incidences that take part in a round."""
        return len(self._direct[0]) + sum(len(table.member) for table in self._tables)

    @property
    def links(self) -> tuple[Longs, Longs]:
        """Both ends of each link, as they are."""
        return self._ends(self._direct, [table.member for table in self._tables])

    def draws(self, count: int, *, seed: int = SEED) -> Iterator[tuple[Longs, Longs]]:
        """Both ends of each link in so many draws."""
        direct = rewired(*self._direct, count, seed=seed)
        tables = [
            rewired(table.group, table.member, count, seed=seed + number, two_mode=True, never=table.never)
            for number, table in enumerate(self._tables, start=1)
        ]
        for drawn in direct:
            rows = [next(table) for table in tables]
            yield self._ends(drawn, [member[np.argsort(group, kind="stable")] for group, member in rows])

    def _ends(self, direct: tuple[Longs, Longs], members: Sequence[Longs]) -> tuple[Longs, Longs]:
        one, other = [direct[0]], [direct[1]]
        for member, table in zip(members, self._tables, strict=True):
            one.append(member[table.pairs[0]])
            other.append(member[table.pairs[1]])
        return np.concatenate(one), np.concatenate(other)


class _Table(NamedTuple):
    """Incidences of one kind, sorted by group; groups keep their sizes, so that the pairs of rows stay the same."""

    group: Longs
    member: Longs
    never: Sequence[tuple[int, int]]
    pairs: tuple[Longs, Longs]


def _whole(network: Network) -> tuple[Longs, Longs, Floats]:
    return network.a.astype(np.int64), network.b.astype(np.int64), network.strength


def _direct(network: Network, node: Longs) -> tuple[Longs, Longs, Floats]:
    """Pairs of nodes that direct ties join, each once, and how strongly."""
    links, span = network.links, max(network.size, 1)
    direct = ~is_incidence(links.kind)
    one, other = node[links.u[direct]], node[links.v[direct]]
    key, place = np.unique(np.minimum(one, other) * span + np.maximum(one, other), return_inverse=True)
    return key // span, key % span, np.bincount(place, links.strength[direct], len(key)).astype(np.float64)


def by_stubs(degree: Longs, group: Longs, groups: int) -> tuple[Floats, Floats]:
    """Mean and sd of the ties between groups (and inside each: the diagonal) in closed form: all ties cut in two, the halves joined at random.

    With N = Σ k and D_a = Σ_{i∈a} k_i: D_a D_b/(N-1) between, (D_a² - Σ_{i∈a} k_i²)/(2(N-1)) inside, where halves of one actor make no tie; the
    variance is E[X(X-1)] + E[X] - E[X]² of the joined halves. Near the draws where few ties would double: on 400 actors within 1 to 2 %. Direct ties
    alone: what actors share comes in bunches.

    Returns:
        Two matrices of shape (groups, groups).
    """
    halves = float(degree.sum())
    each = np.bincount(group, degree, groups)
    if halves < 4:
        return np.zeros((groups, groups)), np.zeros((groups, groups))
    one, other = each[:, np.newaxis], each[np.newaxis, :]
    mean = one * other / (halves - 1)
    twice = one * (one - 1) * other * (other - 1) / ((halves - 1) * (halves - 3))
    inside = each * (each - 1) / (2 * (halves - 1))
    four = each * (each - 1) * (each - 2) * (each - 3) / (4 * (halves - 1) * (halves - 3))
    np.fill_diagonal(twice, four)
    middle = mean.copy()
    np.fill_diagonal(middle, inside)
    np.fill_diagonal(mean, (each**2 - np.bincount(group, degree.astype(np.float64) ** 2, groups)) / (2 * (halves - 1)))
    return mean, np.sqrt(np.maximum(0, twice + middle - middle**2))


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """What chance makes of some counts, one entry a count. NaN in `z_score` and `p_value`: chance has no choice."""

    mean: Floats
    z_score: Floats
    p_value: Floats

    @classmethod
    def normal(cls, observed: Floats, mean: Floats, sd: Floats) -> "Chance":
        """By mean and sd alone: for counts so large that they are normal."""
        z = np.divide(observed - mean, sd, out=np.full(len(observed), np.nan), where=sd > 0)
        return cls(mean, z, erfc(np.abs(z) / np.sqrt(2)))

    @classmethod
    def unknown(cls, mean: Floats) -> "Chance":
        """The mean, and nothing else said."""
        nothing = np.full(len(mean), np.nan)
        return cls(mean, nothing, nothing)


def against(observed: Floats, drawn: Floats) -> Chance:
    """Observed counts against draws (rows) of the same counts.

    z = (observed - mean)/sd; p = 2·min((1 + #{draws ≤ observed})/(R + 1), (1 + #{draws ≥ observed})/(R + 1)), at most 1: the observed counts as one
    draw more. With R draws p is never below 2/(R + 1).

    >>> found = against(np.array([3.0, 5.0]), np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]))
    >>> found.mean.tolist(), found.p_value.tolist()
    ([2.0, 5.0], [1.0, nan])
    """
    if not len(drawn):
        return Chance.unknown(np.full(len(observed), np.nan))
    mean, sd = drawn.mean(axis=0), drawn.std(axis=0, ddof=1) if len(drawn) > 1 else np.zeros(len(observed))
    beyond = observed - mean
    observed, drawn = observed.round(9), drawn.round(9)
    moves = drawn.max(axis=0) > drawn.min(axis=0)
    z = np.divide(beyond, sd, out=np.full(len(observed), np.nan), where=moves)
    low, high = (drawn <= observed).sum(axis=0), (drawn >= observed).sum(axis=0)
    p = np.minimum(1, 2 * (1 + np.minimum(low, high)) / (len(drawn) + 1))
    return Chance(mean, z, np.where(moves, p, np.nan))


def benjamini_hochberg(p_values: Floats) -> Floats:
    """Adjusted p values: the smallest false discovery rate at which each test would be rejected; NaN stays, and is no test.

    With p in ascending order, p_(i) becomes min over j ≥ i of p_(j)·n/j, at most 1.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    adjusted = np.full(len(p_values), np.nan)
    tests = np.flatnonzero(~np.isnan(p_values))
    order = tests[np.argsort(-p_values[tests], kind="stable")]
    adjusted[order] = np.minimum.accumulate(p_values[order] * len(tests) / np.arange(len(tests), 0, -1)).clip(max=1)
    return adjusted
