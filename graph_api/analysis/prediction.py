"""Network → how likely each pair of its actors is tied, learnt from ties that are hidden on purpose.

Takes a snapshot and a network of actors; a share of what joins actors is hidden, and a logistic regression learns what the pairs that lost their
tie look like in what is left. Returns a chance for each pair, and how well hidden ties are found. Knows no gap, no reason and no language.

Hidden are participations, memberships and direct ties, one by one: an actor whose part in an initiative is not recorded loses its ties to all of
it at once. To hide single pairs of an initiative of twenty would leave each of them eighteen common partners, and prove nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy import linalg, sparse

from graph_api.analysis.coverage import HELICES
from graph_api.analysis.gaps import kilometres
from graph_api.analysis.progress import steps
from graph_api.analysis.projection import Longs, Network, NetworkInput, project, ranges, works_on
from graph_api.errors import AnalysisError, TooCostly, TooLittleData
from graph_api.model.results import SuggestionQuality
from graph_api.model.snapshot import Codes, Flags, Floats, Pairs, Snapshot, kept

FEATURES = (
    "Adamic–Adar",
    "resource allocation",
    "paths of three ties",
    "degrees",
    "needs met",
    "shared challenges",
    "rate of the helices",
    "distance",
    "same municipality",
)
"""What is known of a pair, in the order of the columns."""

LEAST_TIES = 30
HIDDEN_SHARE = 0.1
SEED = 2018
_DRAWS = 3
"""Times that ties are hidden to learn from."""
_NEAR, _FAR = 40_000, 5_000
"""Pairs without a tie to learn from, of each draw: with a common partner, and without."""
_PENALTY = 1.0
_BLOCK = 400_000
"""Pairs that are looked at together."""
_RANKED_ACTORS = 2000
"""Whose pairs can be ranked: some 2 million, with all that is known of them 150 MB."""
_RESAMPLES = 1000
_DIGITS = 12
"""Of a chance, after the point."""


class Seen:
    """What a network, and the rest of its snapshot, tell of each pair of actors."""

    def __init__(self, network: Network, as_of: str | None) -> None:
        snapshot, nodes, size = network.snapshot, network.nodes, network.size
        self.network = network
        self.tied = tied(network)
        degree = network.degree.astype(np.float64)
        self._log_degree = np.log1p(degree)
        # A common partner has two ties at least; others are multiplied away.
        self._by_log = sparse.diags_array(1 / np.log(np.maximum(degree, 2)))
        self._by_degree = sparse.diags_array(1 / np.maximum(degree, 1))
        root = sparse.diags_array(1 / np.sqrt(np.maximum(degree, 1)))
        self._middle = root @ self.tied @ root
        place = np.full(len(snapshot.actors.ids), -1)
        place[nodes] = np.arange(size)
        self.has = _incidence(snapshot.actor_competences, place, size, len(snapshot.competence_ids))
        self.needs = _incidence(snapshot.actor_needs, place, size, len(snapshot.competence_ids))
        self.challenges = _incidence(Pairs(*works_on(snapshot, as_of)), place, size, len(snapshot.challenge_ids))
        self.helix = snapshot.actors.helix[nodes]
        self._rate = _helix_rate(network, self.helix)
        self.seat = snapshot.actors.municipality[nodes]
        own = np.stack([snapshot.actors.longitude, snapshot.actors.latitude])
        # -1, no seat, is the last column: nowhere.
        seated = np.concatenate([own, np.full((2, 1), np.nan)], axis=1)[:, self.seat]
        self.place = np.where(np.isnan(own[:, nodes]), seated, own[:, nodes])

    def of(self, rows: Longs, which: Flags) -> Floats:
        """The features of some pairs of these actors with all, shape (pairs, features); NaN where a distance is unknown.

        Args:
            which: shape (rows, actors).
        """
        start, other = np.nonzero(which)
        some = self.tied[rows]
        sums = (
            (some @ middle @ self.tied).toarray()[which] for middle in (self._by_log, self._by_degree, self._middle)
        )
        return self._features(
            rows[start],
            other,
            tuple(sums),
            (self.needs[rows] @ self.has.T + self.has[rows] @ self.needs.T).toarray()[which],
            (self.challenges[rows] @ self.challenges.T).toarray()[which],
        )

    def of_pairs(self, one: Longs, other: Longs) -> Floats:
        """The same of pairs that are far from being all of some actors: theirs alone are looked at. `one` ascends."""
        log, degree, paths = np.zeros((3, len(one)))
        own, way = np.zeros((2, _BLOCK + self.network.size))
        by_log, by_degree = self._by_log.diagonal(), self._by_degree.diagonal()

        def put(where: Floats, rows: sparse.csr_array) -> Longs:
            at = np.repeat(np.arange(rows.shape[0]) * self.network.size, np.diff(rows.indptr)) + rows.indices
            where[at] = rows.data
            return at

        for rows in self.blocks():
            start, end = np.searchsorted(one, [rows[0], rows[-1] + 1])
            if start == end:
                continue
            filled = put(own, self.tied[rows]), put(way, self.tied[rows] @ self._middle)
            # Once for each partner of the other end: is it one's own, and how does one come to it by two ties?
            partners = self.network.degree[other[start:end]]
            pair = np.repeat(np.arange(end - start), partners)
            met = self.network.neighbours[ranges(self.network.indptr[other[start:end]], partners)]
            at = np.repeat((one[start:end] - rows[0]) * self.network.size, partners) + met
            log[start:end] = np.bincount(pair, own[at] * by_log[met], end - start)
            degree[start:end] = np.bincount(pair, own[at] * by_degree[met], end - start)
            paths[start:end] = np.bincount(pair, way[at], end - start)
            # Emptied by what was put in: to empty all of it would take longer than the rest.
            own[filled[0]] = way[filled[1]] = 0

        def common(mine: sparse.csr_array, theirs: sparse.csr_array) -> Floats:
            return np.asarray(mine.multiply(theirs).sum(axis=1), np.float64).ravel()

        needs = common(self.needs[one], self.has[other]) + common(self.has[one], self.needs[other])
        challenges = common(self.challenges[one], self.challenges[other])
        return self._features(one, other, (log, degree, paths), needs, challenges)

    def _features(
        self, one: Longs, other: Longs, sums: tuple[Floats, ...], needs: Floats, challenges: Floats
    ) -> Floats:
        """The table of pairs whose sums over common partners and paths of three ties, met needs and shared challenges are given."""
        columns = (
            *map(np.sqrt, sums),
            self._log_degree[one] + self._log_degree[other],
            needs,
            np.log1p(challenges),
            self._rate[self.helix[one], self.helix[other]],
            np.log1p(self.distance(one, other) / 10),
            ((self.seat[one] == self.seat[other]) & (self.seat[one] >= 0)).astype(np.float64),
        )
        return np.stack(columns, axis=1)

    def distance(self, one: Longs, other: Longs) -> Floats:
        """Kilometres between two actors each; NaN where a place is unknown."""
        return kilometres(self.place[:, one], self.place[:, other])

    def untied(self, rows: Longs) -> Flags:
        """Pairs of these actors with those after them that are not tied."""
        flags: Flags = (self.tied[rows].toarray() == 0) & (rows[:, np.newaxis] < np.arange(self.network.size))
        return flags

    def blocks(self) -> Iterator[Longs]:
        """All actors, so many at once that their pairs fit into memory."""
        step = max(1, _BLOCK // max(self.network.size, 1))
        for start in range(0, self.network.size, step):
            yield np.arange(start, min(start + step, self.network.size))


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A logistic regression on standardised features."""

    middle: Floats
    spread: Floats
    weights: Floats
    """The first is the intercept."""

    def chance(self, features: Floats) -> Floats:
        """How likely pairs with these features (the last axis) are tied."""
        x = self.weights[0] + _standardised(features, self.middle, self.spread) @ self.weights[1:]
        # Processors differ in the last digits, by which pairs that are alike would be ranked, here so and there so.
        return np.round(_logistic(x), _DIGITS)


def learn(snapshot: Snapshot, network: NetworkInput, seed: int = SEED) -> Model:
    """What the pairs look like that lose their tie when a tenth of what joins actors is hidden.

    All lost pairs of some draws, and a sample of those that never were tied, weighted by what they stand for: of those with a common partner
    nearly all (King and Zeng 2001).

    Raises:
        TooLittleData: fewer than 30 ties.
    Cost: that of three projections, and of two steps from each actor.
    """
    full = project(snapshot, network)
    _check(full)
    random, whole = np.random.default_rng(seed), _numbers(full)
    lost, others, weights = [], [], []
    for _ in steps(range(_DRAWS)):
        left = project(hide(snapshot, random), network)
        seen, kept = Seen(left, network.as_of), _numbers(left)
        gone = np.setdiff1d(whole, kept, assume_unique=True)
        two = sparse.triu(seen.tied @ seen.tied, 1).tocoo()
        near = np.setdiff1d(
            two.col.astype(np.int64) * left.size + two.row, np.concatenate([kept, gone]), assume_unique=True
        )
        # Those that look likely are rare: were they sampled as thinly as the others, a few would decide what is held likeliest.
        looked, stand_for = _sample(random, len(near), _NEAR)
        every = left.size * (left.size - 1) // 2
        far, far_stand_for = _sample(random, every, _FAR * every / max(every - len(near), 1))
        # Of the numbers of all pairs those that are none of the others are far.
        far = np.setdiff1d(_pair_numbers(far, left.size), np.concatenate([kept, gone, near]), assume_unique=True)
        rest = np.concatenate([near[looked], far])
        order = np.argsort(rest)
        lost.append(seen.of_pairs(*np.divmod(gone, left.size)))
        others.append(seen.of_pairs(*np.divmod(rest[order], left.size)))
        weights.append(np.repeat([stand_for, far_stand_for], [len(looked), len(far)])[order])
    return fit(np.concatenate(lost), np.concatenate(others), np.concatenate(weights))


def _numbers(network: Network) -> Longs:
    """The pairs that are tied, each as a number, ascending."""
    return np.sort(network.b.astype(np.int64) * network.size + network.a)


def _pair_numbers(places: Longs, size: int) -> Longs:
    """Of the pairs of so many actors, in the order (0, 1), (0, 2), (1, 2), (0, 3), …, those at these places, each as a number."""
    later = ((1 + np.sqrt(1 + 8.0 * places)) / 2).astype(np.int64)
    # A root that was rounded up.
    later -= later * (later - 1) // 2 > places
    numbers: Longs = later * size + places - later * (later - 1) // 2
    return numbers


def _sample(random: np.random.Generator, count: int, expected: float) -> tuple[Longs, float]:
    """Some of so many, each as likely, about as many as expected; and how many each stands for."""
    share = min(1.0, expected / max(count, 1))
    return random.choice(count, random.binomial(count, share), replace=False, shuffle=False), 1 / share


def fit(lost: Floats, others: Floats, stand_for: Floats) -> Model:
    """The regression that tells lost pairs from others, each of which stands for so many; weights are drawn to 0 (ridge).

    Raises:
        TooLittleData: no pair was lost, or there is none beside them. AnalysisError: Newton's method did not come to rest.
    """
    if not len(lost) or not len(others):
        raise TooLittleData("There is nothing to learn from: no tie, or no pair without one, is left.", hint=_HINT)
    features = np.concatenate([lost, others])
    known = np.isfinite(features)
    count = np.maximum(known.sum(axis=0), 1)
    middle = np.where(known, features, 0).sum(axis=0) / count
    spread = np.sqrt((np.where(known, features - middle, 0) ** 2).sum(axis=0) / count)
    # What is alike everywhere tells nothing.
    spread = np.where(spread > 1e-12, spread, np.inf)
    design = np.concatenate([np.ones((len(features), 1)), _standardised(features, middle, spread)], axis=1)
    target = np.concatenate([np.ones(len(lost)), np.zeros(len(others))])
    count = np.concatenate([np.ones(len(lost)), stand_for])
    penalty = np.full(design.shape[1], _PENALTY)
    penalty[0] = 0.0

    def height(weights: Floats) -> float:
        x = design @ weights
        return float((count * (target * x - np.logaddexp(0, x))).sum() - (penalty * weights**2).sum() / 2)

    weights = np.zeros(design.shape[1])
    weights[0] = np.log(len(lost) / stand_for.sum())
    reached = height(weights)
    for _ in range(100):
        chance = _logistic(design @ weights)
        slope = design.T @ (count * (target - chance)) - penalty * weights
        curve = (design * (count * chance * (1 - chance))[:, np.newaxis]).T @ design + np.diag(penalty)
        step = linalg.solve(curve, slope, assume_a="pos")
        # Half of this is how much likelier the data can become: far below what a ranking could show.
        if float(slope @ step) < 1e-6:
            return Model(middle, spread, weights)
        # The height is concave: steps are at most halved, never turned.
        while (found := height(weights + step)) < reached:
            step = step / 2
        weights, reached = weights + step, found
    raise AnalysisError("The model of likely ties did not come to rest.")


def quality(snapshot: Snapshot, network: NetworkInput, seed: int = SEED) -> SuggestionQuality:
    """How well ties are found that were hidden from the model, which learns from what is left alone.

    The interval is by bootstrap of what was hidden: the pairs that a collaboration, initiative or body made stay together.

    Raises:
        TooLittleData: fewer than 30 ties.
    """
    found = ranking(snapshot, network, seed)
    placed, by = found.placed(found.chance), found.joined
    sums = np.bincount(by, placed), np.bincount(by)
    random = np.random.default_rng([seed, 2])
    again = random.integers(len(sums[0]), size=(_RESAMPLES, len(sums[0])))
    means = sums[0][again].sum(axis=1) / sums[1][again].sum(axis=1)
    low, high = np.quantile(means, [0.05, 0.95])
    return SuggestionQuality(
        hidden_ties=len(placed),
        auc=float(placed.mean()),
        auc_low=float(low),
        auc_high=float(high),
        precision_at20=found.precision(found.chance, 20),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """All pairs that are not tied in what is left, and which of them were hidden."""

    features: Floats
    """Shape (pairs, features)."""
    chance: Floats
    hidden: Flags
    joined: Longs
    """What joined each hidden pair, numbered from 0: the first that did."""

    def placed(self, score: Floats) -> Floats:
        """Share of the pairs that never were tied that score lower than each hidden pair, equal ones half: their mean is the ROC's area."""
        others = np.sort(score[~self.hidden])
        of = score[self.hidden]
        return (np.searchsorted(others, of, "left") + np.searchsorted(others, of, "right")) / (2 * len(others))

    def precision(self, score: Floats, first: int) -> float:
        """Share of hidden pairs among the first by score, equal ones by id."""
        return float(self.hidden[np.argsort(-score, kind="stable")[:first]].mean())


def ranking(snapshot: Snapshot, network: NetworkInput, seed: int = SEED) -> Ranking:
    """A tenth hidden, learnt from the rest, and each pair held likely or not.

    Raises:
        TooLittleData: fewer than 30 ties, or nothing hidden. TooCostly: more pairs than fit into memory.
    """
    full = project(snapshot, network)
    _check(full)
    if full.size > _RANKED_ACTORS:
        raise TooCostly(
            f"The network has {full.size} actors; the pairs of {_RANKED_ACTORS} at most can be ranked.",
            hint="Choose some by where.",
        )
    random = np.random.default_rng([seed, 1])
    left = hide(snapshot, random)
    model = learn(left, network, seed)
    seen, whole = Seen(project(left, network), network.as_of), tied(full)
    features, hidden = [], []
    for rows in seen.blocks():
        untied = seen.untied(rows)
        features.append(seen.of(rows, untied))
        hidden.append((whole[rows].toarray() > 0)[untied])
    table, lost = np.concatenate(features), np.concatenate(hidden)
    if not lost.any() or lost.all():
        raise TooLittleData("No tie could be hidden.", hint=_HINT)
    return Ranking(table, model.chance(table), lost, joined(full, seen.network))


def hide(snapshot: Snapshot, random: np.random.Generator, share: float = HIDDEN_SHARE) -> Snapshot:
    """The snapshot without a random share of its collaborations, affiliations, participations and signatures."""

    def some(rows: int) -> Flags:
        return random.random(rows) >= share

    return replace(
        snapshot,
        collaborations=kept(snapshot.collaborations, some(len(snapshot.collaborations.a))),
        affiliations=kept(snapshot.affiliations, some(len(snapshot.affiliations.source))),
        participations=kept(snapshot.participations, some(len(snapshot.participations.actor))),
        agreement_parties=kept(snapshot.agreement_parties, some(len(snapshot.agreement_parties.left))),
    )


def tied(network: Network) -> sparse.csr_array:
    """1 where two actors are tied."""
    ones = np.ones(len(network.neighbours))
    return sparse.csr_array((ones, network.neighbours, network.indptr), shape=(network.size, network.size))


_HINT = "Ask of a larger network: more kinds of ties, more actors or all years."


def _check(network: Network) -> None:
    if len(network.a) < LEAST_TIES:
        raise TooLittleData(
            f"The network has {len(network.a)} ties; at least {LEAST_TIES} are needed to learn which are likely.",
            hint=_HINT,
        )


def joined(full: Network, left: Network) -> Longs:
    """What joined each pair that is tied in the full network alone, numbered from 0, in the order of pairs."""
    gone = np.flatnonzero(
        ~np.isin(full.a.astype(np.int64) * full.size + full.b, left.a.astype(np.int64) * full.size + left.b)
    )
    first = full.link_start[gone]
    thing = full.links.thing[first].astype(np.int64)
    common = full.links.other[first] >= 0
    # Of a common membership the thing is an affiliation: the body is what joined.
    thing[common] = full.snapshot.affiliations.target[thing[common]]
    _, number = np.unique(full.links.kind[first].astype(np.int64) << 32 | thing, return_inverse=True)
    found: Longs = number.astype(np.int64)
    return found


def _logistic(x: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(x, -700, 700)))
    return found


def _standardised(features: Floats, middle: Floats, spread: Floats) -> Floats:
    # What is unknown stands at the middle.
    found: Floats = np.nan_to_num((features - middle) / spread, nan=0.0)
    return found


def _incidence(pairs: Pairs, place: Longs, size: int, width: int) -> sparse.csr_array:
    """Node by thing, 1 where the pair is there."""
    node = place[pairs.left]
    here = node >= 0
    return sparse.csr_array((np.ones(int(here.sum())), (node[here], pairs.right[here])), shape=(size, width))


def _helix_rate(network: Network, helix: Codes) -> Floats:
    """Logarithm of the share of pairs of two helices that are tied over the network's, drawn to it by one tie.

    Over the network's: else a column would tell how much of a network is hidden.
    """
    groups = len(HELICES)
    size = np.bincount(helix, minlength=groups).astype(np.float64)
    ties = np.zeros((groups, groups))
    np.add.at(ties, (helix[network.a], helix[network.b]), 1.0)
    ties = ties + ties.T
    # Within a helix each tie is met from both ends, and so is each pair.
    pairs = np.outer(size, size) - np.diag(size)
    usual = max(ties.sum(), 1.0) / max(pairs.sum(), 1.0)
    found: Floats = np.log((ties + 1) / (pairs * usual + 1))
    return found
