"""Snapshot + NetworkInput → how each of the region's municipalities is tied to the others, against what one would expect.

Cells are (municipality, group), the group a helix or the municipality's own administration; for every pair of cells of different municipalities
the number of tied pairs of actors is y ~ Poisson(N_a N_b exp(level + η + β(log P_a + log P_b) + γ d + v_a + v_b)). What is asked for is v, a
municipality's own level, as a ratio exp(v) to the median municipality's. Fitted to the penalised mode with Laplace's covariance; actors differ in
activity, so likelihoods are divided by a design effect. `docs/method.md` has the reasons and what was measured.

Counts pairs of actors, each once, whatever joins them and however strongly. Region-wide actors are apart unless asked by seat; what every
municipality belongs to makes no pairs; ties to actors outside the region are reported beside. Knows no engine but linear algebra.

Beside the verdict stand the same model with people in the place of actors, and what chance makes of the same count where every actor keeps its
number of ties.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from graph_api.analysis import sentences
from graph_api.analysis.coverage import HELICES, missing, rows_of
from graph_api.analysis.mixing import known
from graph_api.analysis.nullmodel import Rewiring, against
from graph_api.analysis.projection import Network, NetworkInput, Shared, at_actors, project, seats, shared
from graph_api.errors import AnalysisError, BadValue, NotFound
from graph_api.model.results import GapScaling, MunicipalityGap
from graph_api.model.snapshot import Flags, Floats, Snapshot
from graph_api.model.values import ChallengeId, MunicipalityId
from graph_api.model.vocabulary import ActorKind, CoverageKey, GapVerdict, Language

Longs = NDArray[np.int64]

LEAST_TIES, LEAST_MUNICIPALITIES = 30, 4
"""Below these there are observed figures and no verdict."""
STRONG_RATIO, STRONG_CHANCE = 0.75, 0.9
DRAWS, SCALING_DRAWS, SEED = 8000, 2000, 2018
KILOMETRES = 30.0
"""Unit of distance in the model."""
EARTH_RADIUS = 6371.0088
EXPONENTS = (1.0, 1.12)
"""Of population, in the place of the number of actors: in proportion, and as contacts grow in cities (Bettencourt et al. 2007)."""
NULL_DRAWS = 400

_GROUPS = len(HELICES) + 1
_ADMINISTRATION = len(HELICES)
_SD_MUNICIPALITY, _SD_GROUPS, _SD_POPULATION, _SD_DISTANCE = 1.0, 1.0, 0.5, 1.0
_ROUNDS, _ROUNDS_NEAR = 5, 3


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """The region's own municipalities (rows in id order) and the actors counted to them."""

    actors: Network
    own: Longs
    """Number of the actor that is the municipality, one entry a row."""
    row: Longs
    """Row of the municipality to which a node is counted, -1 for none."""
    group: Longs
    """Helix of a node, or the administration."""
    shared: Shared
    """What was left out because all share it."""

    @property
    def count(self) -> Longs:
        """Actors counted, one entry a row."""
        return np.bincount(self.row[self.row >= 0], minlength=len(self.own))

    @property
    def across(self) -> Flags:
        """The edges between two of the region's municipalities."""
        one, other = self.row[self.actors.a], self.row[self.actors.b]
        between: Flags = (one >= 0) & (other >= 0) & (one != other)
        return between


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The mode of the model and the covariance of the municipalities' levels. Rows of municipalities without actors tell nothing."""

    mode: Floats
    """All coefficients: v, β, γ and one η a pair of groups."""
    level: Floats
    """v, one entry a row."""
    covariance: Floats
    """Of v, shape (rows, rows)."""
    expected: Floats
    """The model's expectation of each municipality's ties, v included."""
    distance_effect: Floats
    """Logarithm of what its distances do to each municipality's expectation, against the mean distance."""
    population: float
    """β: the power of a municipality's population, beside its number of actors, that its ties grow with."""
    overdispersion: float
    """s²: variance of the actors' activity around their cell's mean, in units of its square."""


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What draws from the fit say, one entry a municipality with actors."""

    ratio: Floats
    low: Floats
    high: Floats
    z_score: Floats
    lowest_three: Floats
    rank_low: Longs
    rank_high: Longs
    below_strong: Floats
    """Chance that the ratio is below `STRONG_RATIO`."""


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """The judgement with people in the place of actors, or that of the model itself; one entry a municipality with actors."""

    exponent: float
    ratio: Floats
    rank: Longs
    verdicts: Sequence[GapVerdict]


def municipality_gaps(
    snapshot: Snapshot, network: NetworkInput, confidence: float = 0.9
) -> tuple[MunicipalityGap, ...]:
    """One record a municipality of the region: most probably among the three lowest first, then the lower ratio, then by id.

    Those that cannot be judged come last. The network is one of actors, whatever level is asked for, and strengths do not count.

    Raises:
        BadValue: `confidence` does not lie between 0 and 1, or `as_of` is not a partial date.
    Cost: some 60 ms for 13 municipalities, whatever the number of actors; plus the projection.
    """
    if not 0 < confidence < 1:
        raise BadValue(f"confidence is {confidence}.", place="confidence", hint="It lies between 0 and 1, such as 0.9.")
    region = region_of(snapshot, network)
    present = np.flatnonzero(region.count)
    enough = region.across.sum() >= LEAST_TIES and len(present) >= LEAST_MUNICIPALITIES
    fitted = fit(region) if enough else None
    judged = judge(fitted, present, confidence) if fitted else None
    scalings = _scalings(region, present, confidence, fitted, judged) if fitted and judged else ()
    records = _records(region, network, confidence, fitted, judged, scalings)
    order = sorted(range(len(records)), key=lambda row: _place(records[row]))
    return tuple(replace(records[row], rank=rank) for rank, row in enumerate(order, start=1))


def municipality_gap(
    snapshot: Snapshot, network: NetworkInput, municipality: str, confidence: float = 0.9
) -> MunicipalityGap:
    """The record of one municipality, with its rank among all.

    Raises:
        NotFound: the region has no such municipality.
        BadValue: as in `municipality_gaps`.
    """
    for gap in municipality_gaps(snapshot, network, confidence):
        if gap.municipality == municipality:
            return gap
    raise NotFound(f"The region has no municipality with the id {municipality!r}.", place="municipality")


def null_model(snapshot: Snapshot, network: NetworkInput) -> Mapping[str, tuple[float | None, float | None]]:
    """z-score and p value of each municipality's ties across its border, by its id: against networks in which every actor has as many ties.

    Of the ties among the actors that are counted to the region's municipalities: below 0 they lead inward more than chance would have it. No verdict:
    a municipality whose actors have few ties of any sort is as it should be here. None below `LEAST_TIES`, and where the degrees leave nothing
    to chance.

    Raises:
        BadValue: as in `projection.project`.
    Cost: `NULL_DRAWS` times two rounds of swaps: 0.2 s for the region's data.
    """
    network = at_actors(network)
    apart = shared(snapshot, network)
    own = np.flatnonzero(snapshot.actors.in_region)
    row = rows_of(snapshot, seats(snapshot, network.region_wide_actors))
    visible = row >= 0 if network.actors is None else (row >= 0) & network.actors
    rewiring = Rewiring(snapshot, replace(network, actors=visible, weighted=False), without=apart)
    actors = rewiring.network
    home = row[actors.nodes].astype(np.int64)

    def across(one: Longs, other: Longs) -> Floats:
        differ = home[one] != home[other]
        ends = np.concatenate([home[one][differ], home[other][differ]])
        return np.bincount(ends, minlength=len(own)).astype(np.float64)

    ids = [snapshot.actors.ids[municipality] for municipality in own]
    if len(actors.a) < LEAST_TIES:
        return dict.fromkeys(ids, (None, None))
    drawn = np.array([across(*ends) for ends in rewiring.draws(NULL_DRAWS)])
    chance = against(across(*rewiring.links), drawn)
    found = zip(map(known, chance.z_score), map(known, chance.p_value), strict=True)
    return dict(zip(ids, found, strict=True))


def region_of(snapshot: Snapshot, network: NetworkInput) -> Region:
    """The network of actors without what all share, and who is counted where."""
    network = at_actors(network)
    apart = shared(snapshot, network)
    actors = project(snapshot, network, without=apart)
    own = np.flatnonzero(snapshot.actors.in_region)
    row = rows_of(snapshot, seats(snapshot, network.region_wide_actors))[actors.nodes].astype(np.int64)
    office = snapshot.actors.kind[actors.nodes] == list(ActorKind).index(ActorKind.MUNICIPALITY)
    group = np.where(office, _ADMINISTRATION, snapshot.actors.helix[actors.nodes]).astype(np.int64)
    return Region(actors, own, row, group, apart)


def fit(region: Region, exponent: float | None = None, near: Fit | None = None) -> Fit:
    """The penalised mode by Newton's method, and Laplace's covariance, with likelihoods divided by the design effects.

    Priors: η ~ N(0, 1) around the region's level, β ~ N(0, 0.5²), γ ~ N(0, 1) a 30 km, v ~ N(0, 1). With E_i the expectation for actor i's ties
    across, s² = max(0, Σ((y_i - E_i)² - E_i)/ΣE_i²) and D_m = 1 + s² Σ_{i∈m} E_i²/Σ_{i∈m} E_i; a pair of cells is divided by the mean of its two D.

    Args:
        exponent: people to this power in the place of a municipality's number of actors, and no β.
        near: a fit of the same region, from which it is not far.
    Raises:
        AnalysisError: Newton's method did not come to rest.
    """
    rows, pairs = len(region.own), _pairs(region, exponent)
    counted, edges, nodes = region.row >= 0, region.across, region.actors.size
    home = region.row[counted]
    each = np.bincount(region.actors.a[edges], minlength=nodes) + np.bincount(region.actors.b[edges], minlength=nodes)
    each = each[counted]
    start = near.mode if near else np.zeros(len(pairs.prior))
    mode, precision = _newton(pairs, np.ones(len(pairs.tied)), start, rough=True)
    mean, overdispersion = pairs.mean(mode), 0.0
    rounds = _ROUNDS_NEAR if near else _ROUNDS
    for turn in range(rounds):
        own = pairs.by_cell(mean)[home * _GROUPS + region.group[counted]]
        overdispersion = max(0.0, float(((each - own) ** 2 - own).sum() / (own**2).sum()))
        first, second = np.bincount(home, own, rows), np.bincount(home, own**2, rows)
        effect = 1 + overdispersion * np.divide(second, first, out=np.zeros(rows), where=first > 0)
        weight = 2 / (effect[pairs.home_one] + effect[pairs.home_other])
        mode, precision = _newton(pairs, weight, mode, rough=turn < rounds - 1)
        mean = pairs.mean(mode)
    expected = pairs.by_municipality(mean, rows)
    anywhere = pairs.by_municipality(mean / np.exp(mode[rows + 1] * pairs.distance), rows)
    toll: Floats = np.log(np.divide(expected, anywhere, out=np.ones(rows), where=anywhere > 0))
    covariance = linalg.inv(precision)[:rows, :rows]
    return Fit(mode, mode[:rows], covariance, expected, toll, float(mode[rows]), overdispersion)


def judge(fitted: Fit, present: Longs, confidence: float, count: int = DRAWS) -> Judgement:
    """Ratios to the median municipality, their intervals, ranks and chances: draws v* ~ N(v, V), each centred at its own median municipality.

    The draws are the same at every call.
    """
    root, places = linalg.cholesky(fitted.covariance[np.ix_(present, present)], lower=True), len(present)
    noise = np.random.default_rng(SEED).standard_normal((count, places))
    draws = fitted.level[present] + noise @ root.T
    order = np.argsort(draws, axis=1)
    row, half = np.arange(count), places // 2
    middle = (draws[row, order[:, half]] + draws[row, order[:, (places - 1) // 2]]) / 2
    # A municipality's draws in a row, ascending: all quantiles are read off.
    each = np.sort((draws - middle[:, np.newaxis]).T, axis=1)
    tail = (1 - confidence) / 2
    low, ratio, high = (np.exp(_quantile(each, share)) for share in (tail, 0.5, 1 - tail))
    ranked = np.bincount((order * places + np.arange(places)).ravel(), minlength=places**2).reshape(places, places)
    reached = ranked.cumsum(axis=1)
    # As many draws as the share asks for, whatever the last digit of the product.
    rank_low, rank_high = ((reached < count * share - 1e-9).sum(axis=1) + 1 for share in (tail, 1 - tail))
    return Judgement(
        ratio,
        low,
        high,
        np.log(ratio) / each.std(axis=1),
        ranked[:, :3].sum(axis=1) / count,
        rank_low,
        rank_high,
        (each < np.log(STRONG_RATIO)).mean(axis=1),
    )


def _quantile(ascending: Floats, share: float) -> Floats:
    """Of each row, between the two values nearest."""
    place = share * (ascending.shape[1] - 1)
    before = min(int(place), ascending.shape[1] - 2)
    between: Floats = ascending[:, before] + (place - before) * (ascending[:, before + 1] - ascending[:, before])
    return between


def verdict(low: float, high: float, below_strong: float) -> GapVerdict:
    """The verdict on an interval of the ratio and the chance that the ratio is below `STRONG_RATIO`.

    >>> verdict(0.4, 0.99, 0.9).name, verdict(0.9, 1.0, 0.5).name
    ('UNDER_CONNECTED', 'UNDECIDED')
    """
    if below_strong > STRONG_CHANCE:
        return GapVerdict.STRONGLY_UNDER_CONNECTED
    if high < 1:
        return GapVerdict.UNDER_CONNECTED
    return GapVerdict.WELL_CONNECTED if low > 1 else GapVerdict.UNDECIDED


def well_documented(sources: Longs, actors: Longs) -> Flags:
    """At least 15 sources, and at least half as many an actor as the median municipality; one entry a municipality."""
    present = actors > 0
    each = np.divide(sources, actors, out=np.zeros(len(actors)), where=present)
    usual = float(np.median(each[present])) if present.any() else 0.0
    enough: Flags = (sources >= 15) & (each >= usual / 2)
    return enough


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Pairs of cells of different municipalities that have actors. A cell is municipality · groups + group."""

    tied: Floats
    """y: tied pairs of actors."""
    offset: Floats
    """Logarithm of N_a N_b and the region's level."""
    columns: Longs
    """Of the design, which has one a municipality (v), then β, γ and one a pair of groups (η): the five that a pair is in, shape (5, pairs)."""
    values: Floats
    """The pair's entries there."""
    crossed: Longs
    """Places in a half of the matrix of second derivatives that the products of a pair's entries are summed up in: 15 a pair, not all its zeros."""
    products: Floats
    """Those products, those on the diagonal halved, shape (15, pairs)."""
    distance: Floats
    """γ's column."""
    prior: Floats
    """Precision of each column's coefficient."""
    home_one: Longs
    home_other: Longs
    cell_one: Longs
    cell_other: Longs
    size: Longs
    """Actors, one entry a cell, those of no pair too."""

    def mean(self, mode: Floats) -> Floats:
        """The model's expectation for each pair."""
        expected: Floats = np.exp(self.logarithm(mode))
        return expected

    def logarithm(self, mode: Floats) -> Floats:
        """Of the model's expectation for each pair."""
        of: Floats = self.offset + (self.values * mode[self.columns]).sum(axis=0)
        return of

    def by_cell(self, mean: Floats) -> Floats:
        """Expected ties across of one actor of each cell."""
        count = len(self.size)
        total = np.bincount(self.cell_one, mean, count) + np.bincount(self.cell_other, mean, count)
        each: Floats = np.divide(total, self.size, out=np.zeros(count), where=self.size > 0)
        return each

    def by_municipality(self, mean: Floats, rows: int) -> Floats:
        """Expected ties across of each municipality."""
        return (np.bincount(self.home_one, mean, rows) + np.bincount(self.home_other, mean, rows)).astype(np.float64)


def _pairs(region: Region, exponent: float | None) -> _Pairs:
    rows, edges = len(region.own), region.across
    count = rows * _GROUPS
    cell = region.row * _GROUPS + region.group
    size = np.bincount(cell[region.row >= 0], minlength=count)
    cells = np.flatnonzero(size)
    one, other = (cells[i] for i in np.triu_indices(len(cells), 1))
    differ = one // _GROUPS != other // _GROUPS
    one, other = one[differ], other[differ]
    home_one, home_other = one // _GROUPS, other // _GROUPS
    ends = np.sort(np.stack([cell[region.actors.a[edges]], cell[region.actors.b[edges]]]), axis=0)
    tied = np.bincount(ends[0] * count + ends[1], minlength=count**2)[one * count + other].astype(np.float64)
    exposure = (size[one] * size[other]).astype(np.float64)
    people = _populations(region)
    if exponent is not None:
        # Of a cell's actors what is left is their share of the municipality's.
        scale = np.exp(exponent * people) / np.maximum(region.count, 1)
        exposure *= scale[home_one] * scale[home_other]
        people = np.zeros(rows)
    groups = np.sort(np.stack([one % _GROUPS, other % _GROUPS]), axis=0)
    _, kind = np.unique(groups[0] * _GROUPS + groups[1], return_inverse=True)
    population = _centred(people[home_one] + people[home_other], exposure)
    distance = _centred(_distances(region)[home_one, home_other] / KILOMETRES, exposure)
    one_each = np.ones(len(tied))
    columns = np.stack([home_one, home_other, np.full(len(tied), rows), np.full(len(tied), rows + 1), rows + 2 + kind])
    values = np.stack([one_each, one_each, population, distance, one_each])
    spread = np.full(rows + 2 + int(kind.max()) + 1, _SD_GROUPS)
    spread[:rows], spread[rows], spread[rows + 1] = _SD_MUNICIPALITY, _SD_POPULATION, _SD_DISTANCE
    offset = np.log(exposure * (tied.sum() / exposure.sum()))
    first, second = np.triu_indices(len(columns))
    crossed = (columns[first] * len(spread) + columns[second]).ravel()
    products = values[first] * values[second] * np.where(first == second, 0.5, 1.0)[:, np.newaxis]
    prior = spread**-2
    return _Pairs(
        tied, offset, columns, values, crossed, products, distance, prior, home_one, home_other, one, other, size
    )


def _newton(pairs: _Pairs, weight: Floats, start: Floats, *, rough: bool = False) -> tuple[Floats, Floats]:
    """Mode of Σ weight·(y·x - exp x) - Σ prior·mode²/2 with x = offset + design·mode, and the precision there.

    The height is strictly concave, so that steps are at most halved, never turned.

    Args:
        rough: the last step is not looked at again: the weights are about to change.
    """
    size, columns, values = len(pairs.prior), pairs.columns.ravel(), pairs.values

    def height(mode: Floats) -> float:
        x = pairs.logarithm(mode)
        return float(
            (weight * (pairs.tied * x - np.exp(np.minimum(x, 700.0)))).sum() - (pairs.prior * mode**2).sum() / 2
        )

    mode, reached = start, height(start)
    for _ in range(100):
        mean = weight * pairs.mean(mode)
        pull = np.bincount(columns, (values * (weight * pairs.tied - mean)).ravel(), size).astype(np.float64)
        half = (
            np.bincount(pairs.crossed, (pairs.products * mean).ravel(), size**2).reshape(size, size).astype(np.float64)
        )
        slope, precision = pull - pairs.prior * mode, half + half.T + np.diag(pairs.prior)
        step = linalg.cho_solve(linalg.cho_factor(precision), slope)
        # Half of this is how much higher the mode can be: far below what a draw could tell.
        if float(slope @ step) < 1e-6:
            return mode, precision
        while (found := height(mode + step)) < reached:
            step = step / 2
        mode, reached = mode + step, found
        if rough and float(slope @ step) < 1e-2:
            return mode, precision
    raise AnalysisError("The model of the municipalities' ties did not come to rest.")


def _centred(values: Floats, weight: Floats) -> Floats:
    """Around the mean; what is unknown stands at it."""
    known = ~np.isnan(values)
    if not known.any():
        return np.zeros(len(values))
    middle = np.average(values[known], weights=weight[known])
    return np.where(known, values - middle, 0.0)


def _populations(region: Region) -> Floats:
    """Logarithm of the population, one entry a row; the region's mean logarithm where it is unknown or 0."""
    people = region.actors.snapshot.actors.population[region.own].astype(np.float64)
    known = people > 0
    logs = np.log(people, out=np.zeros(len(people)), where=known)
    return np.where(known, logs, logs[known].mean() if known.any() else 0.0)


def _distances(region: Region) -> Floats:
    """Kilometres between municipalities, NaN where a position is unknown."""
    actors = region.actors.snapshot.actors
    where = np.stack([actors.longitude[region.own], actors.latitude[region.own]])
    return kilometres(where[:, :, np.newaxis], where[:, np.newaxis, :])


def kilometres(one: Floats, other: Floats) -> Floats:
    """Distances between places on a sphere (haversine); longitudes and latitudes, in degrees, lie along the first axis."""
    (longitude, latitude), (there, up) = np.radians(one), np.radians(other)
    square = np.sin((latitude - up) / 2) ** 2 + np.cos(latitude) * np.cos(up) * np.sin((longitude - there) / 2) ** 2
    found: Floats = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(square))
    return found


def _ends(region: Region, edges: Flags) -> Longs:
    """Number of these edges at each municipality, one entry a row."""
    nodes = np.concatenate([region.actors.a[edges], region.actors.b[edges]])
    rows = region.row[nodes]
    return np.bincount(rows[rows >= 0], minlength=len(region.own))


def _sources(region: Region) -> Longs:
    """Distinct sources that speak of the actors counted to each municipality, one entry a row."""
    snapshot = region.actors.snapshot
    row = np.full(len(snapshot.actors.ids), -1, np.int64)
    row[region.actors.nodes] = region.row
    home, source = row[snapshot.actor_sources.left], snapshot.actor_sources.right
    pairs = np.unique((home << 32 | source)[home >= 0])
    return np.bincount(pairs >> 32, minlength=len(region.own))


def _scalings(region: Region, present: Longs, confidence: float, fitted: Fit, judged: Judgement) -> tuple[Scaling, ...]:
    """The judgement by each exponent, and that of the model: were actors as people, ties would grow with 1 + β."""
    found = [
        (exponent, judge(fit(region, exponent, fitted), present, confidence, SCALING_DRAWS)) for exponent in EXPONENTS
    ]
    return tuple(
        Scaling(
            exponent,
            each.ratio,
            _ranks(each),
            [verdict(*three) for three in zip(each.low, each.high, each.below_strong, strict=True)],
        )
        for exponent, each in [*found, (1 + fitted.population, judged)]
    )


def _ranks(judged: Judgement) -> Longs:
    """Place of each: most probably among the three lowest first, then the lower ratio, then by id."""
    ranks = np.empty(len(judged.ratio), np.int64)
    ranks[np.lexsort((judged.ratio, -judged.lowest_three))] = np.arange(1, len(ranks) + 1)
    return ranks


def _records(
    region: Region,
    network: NetworkInput,
    confidence: float,
    fitted: Fit | None,
    judged: Judgement | None,
    scalings: Sequence[Scaling],
) -> list[MunicipalityGap]:
    """One record a municipality in id order, without its rank."""
    snapshot, count = region.actors.snapshot, region.count
    ids, people = snapshot.actors.ids, snapshot.actors.population[region.own]
    a, b = region.actors.a, region.actors.b
    wide = snapshot.actors.region_wide[region.actors.nodes] & (region.row < 0)
    nowhere = (region.row < 0) & ~wide
    observed = _ends(region, region.across)
    to_wide, to_outside = _ends(region, wide[a] | wide[b]), _ends(region, nowhere[a] | nowhere[b])
    sources = _sources(region)
    documented = well_documented(sources, count)
    whole = project(snapshot, at_actors(network))
    helices = missing(whole, network, CoverageKey.HELIX)
    challenges = missing(whole, network, CoverageKey.CHALLENGE)
    present = np.flatnonzero(count)
    place = {int(row): i for i, row in enumerate(present)}
    for_size = _for_size(fitted, present) if fitted else None
    records = []
    for row, municipality in enumerate(region.own):
        i = place.get(row) if judged else None
        estimate, outcome = None, GapVerdict.TOO_LITTLE_DATA
        if i is not None and judged and fitted and for_size is not None:
            ratio = float(judged.ratio[i])
            expected = (float(observed[row]) or float(fitted.expected[row])) / ratio
            estimate = sentences.Estimate(
                expected, ratio, float(judged.low[i]), float(judged.high[i]), float(for_size[i]), confidence
            )
            outcome = verdict(estimate.low, estimate.high, float(judged.below_strong[i]))
        finding = sentences.Finding(
            name_sv=snapshot.actors.names[municipality],
            name_en=snapshot.actors.names_en[municipality],
            verdict=outcome,
            observed=int(observed[row]),
            estimate=estimate,
            actor_count=int(count[row]),
            region_ties=int(region.across.sum()),
            region_municipalities=len(present),
            region_wide=int(to_wide[row]),
            outside=int(to_outside[row]),
            shared_sv=region.shared.names(snapshot, Language.SV),
            shared_en=region.shared.names(snapshot, Language.EN),
            population_known=bool(people[row] > 0),
            sources=int(sources[row]),
            well_documented=bool(documented[row]),
        )
        records.append(
            MunicipalityGap(
                municipality=MunicipalityId(ids[municipality]),
                rank=0,
                actor_count=finding.actor_count,
                population=int(people[row]) if people[row] >= 0 else None,
                observed=finding.observed,
                observed_region_wide=finding.region_wide,
                observed_outside=finding.outside,
                expected=estimate.expected if estimate else None,
                ratio=estimate.ratio if estimate else None,
                ratio_low=estimate.low if estimate else None,
                ratio_high=estimate.high if estimate else None,
                ratio_for_size=estimate.ratio_for_size if estimate else None,
                z_score=float(judged.z_score[i]) if judged and i is not None else None,
                probability_lowest_three=float(judged.lowest_three[i]) if judged and i is not None else None,
                rank_low=int(judged.rank_low[i]) if judged and i is not None else None,
                rank_high=int(judged.rank_high[i]) if judged and i is not None else None,
                verdict=outcome,
                scalings=tuple(
                    GapScaling(each.exponent, float(each.ratio[i]), int(each.rank[i]))
                    for each in scalings
                    if i is not None
                ),
                robust=i is not None and len({each.verdicts[i] for each in scalings}) == 1,
                under_connected=estimate is not None and estimate.high < 1,
                source_count=finding.sources,
                well_documented=finding.well_documented,
                missing_helices=tuple(HELICES[key] for key in np.flatnonzero(helices[row])),
                missing_challenges=tuple(
                    ChallengeId(snapshot.challenge_ids[key]) for key in np.flatnonzero(challenges[row])
                ),
                explanation_sv=sentences.swedish(finding),
                explanation_en=sentences.english(finding),
            )
        )
    return records


def _for_size(fitted: Fit, present: Longs) -> Floats:
    """The ratio with what distance does left in it, to the median municipality's."""
    level = (fitted.level + fitted.distance_effect)[present]
    ratio: Floats = np.exp(level - np.median(level))
    return ratio


def _place(gap: MunicipalityGap) -> tuple[float, float, str]:
    if gap.probability_lowest_three is None or gap.ratio is None:
        return 1.0, 0.0, gap.municipality
    return -gap.probability_lowest_three, gap.ratio, gap.municipality
