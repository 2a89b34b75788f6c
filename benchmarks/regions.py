"""Simulated regions whose gaps are known, to try the gap method on. They are made by another model than the one that is fitted.

A region has 13 municipalities on a plane, one of them a hub with 45 % of the people. Numbers of actors follow numbers of people with noise; each
municipality has its administration. Actors i and j are tied at a rate

    level · a_i a_j · mix(h_i, h_j) · 1/(1 + d/20 km) · f_m f_m'

(the last only across a border; within a municipality 3 stands for the distance's part), with activities a from a gamma distribution of shape 1.5
(administrations three times that, of shape 6), mixing of helices from a fixed table, and a factor f a municipality: lognormal with sd 0.12, and a
third of it in three planted municipalities, one from each third of the sizes and never the hub. A tie is there with chance 1 - exp(-rate). Triadic
closure: a fourth of the ties change their other end for a partner's partner in the same municipality and of the same helix, if there is one; so ties
come in triangles, and how many ties join two municipalities stays as it was.

The truth for municipality m is the expected number of its ties across the border over what the same region would give it with f_m = 1, all else
equal (activities are what they are in this region: whom it happens to have is chance, not a gap); then divided by that of the median
municipality, as the estimate is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph_api.model.snapshot import (
    UNKNOWN_SINCE,
    UNKNOWN_UNTIL,
    Actors,
    Affiliations,
    Agreements,
    Collaborations,
    Initiatives,
    Numbers,
    Pairs,
    Participations,
    Services,
    Snapshot,
    Spans,
)
from graph_api.model.vocabulary import ActorKind, Helix

MUNICIPALITIES = 13
PLANTED_FACTOR = 1 / 3
_SHARES = (0.2, 0.45, 0.15, 0.04, 0.08, 0.08)
"""Of academia, industry, government, capital, civil society and hybrids among a municipality's actors."""
_MIXING = np.array(
    [
        [1.6, 1.2, 1.0, 0.6, 0.7, 1.8],
        [1.2, 0.8, 0.7, 1.3, 0.5, 1.6],
        [1.0, 0.7, 1.5, 0.4, 1.2, 1.5],
        [0.6, 1.3, 0.4, 0.8, 0.3, 1.2],
        [0.7, 0.5, 1.2, 0.3, 1.4, 0.8],
        [1.8, 1.6, 1.5, 1.2, 0.8, 2.0],
    ]
)

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A simulated region. Municipalities are rows 0 … 12, which is the order of their ids."""

    snapshot: Snapshot
    planted: Longs
    """Rows of the three with a gap; none in a region without gaps."""
    truth: Floats
    """True ratio of each municipality, the median being 1."""


def simulate(seed: int, actors: int = 400, *, ties_an_actor: float = 2.4, planted: bool = True) -> Region:
    """A region of so many actors, administrations among them.

    Args:
        ties_an_actor: ties over actors, on average; half the mean degree.
        planted: without, no municipality is planted, and the true ratios differ by chance alone.
    """
    random = np.random.default_rng([seed, actors])
    people, where = _places(random)
    home = _homes(random, people, actors)
    helix = random.choice(len(_SHARES), actors, p=_SHARES)
    helix[:MUNICIPALITIES] = list(Helix).index(Helix.GOVERNMENT)
    activity = random.gamma(1.5, 1 / 1.5, actors)
    activity[:MUNICIPALITIES] = 3 * random.gamma(6, 1 / 6, MUNICIPALITIES)
    lacking = _lacking(random, people) if planted else np.zeros(0, np.int64)
    factor = np.exp(random.normal(0, 0.12, MUNICIPALITIES))
    factor[lacking] *= PLANTED_FACTOR

    distance = np.hypot(*(where[:, np.newaxis] - where).T)
    near = 1 / (1 + distance / 20)
    np.fill_diagonal(near, 3.0)
    a, b = np.triu_indices(actors, 1)
    base = activity[a] * activity[b] * _MIXING[helix[a], helix[b]] * near[home[a], home[b]]
    base *= ties_an_actor * actors / base.sum()
    across = home[a] != home[b]
    full = np.where(across, factor[home[a]] * factor[home[b]], 1.0)
    drawn = random.random(len(a)) < -np.expm1(-base * full)
    ties = _closed(random, a[drawn], b[drawn], home, helix)
    truth = _truth(a[across], b[across], base[across], home, factor)
    return Region(_snapshot(people, where, home, helix, ties), np.sort(lacking), truth / np.median(truth))


def _places(random: np.random.Generator) -> tuple[Longs, Floats]:
    """People and position (kilometres east and north) of each municipality; one is the hub."""
    weight = np.exp(random.normal(0, 0.55, MUNICIPALITIES))
    hub = int(random.integers(MUNICIPALITIES))
    weight[hub] = 0
    weight *= 0.55 / weight.sum()
    weight[hub] = 0.45
    where = random.normal(0, 22, (MUNICIPALITIES, 2))
    where[hub] = 0
    return (weight * 1_050_000).astype(np.int64), where


def _homes(random: np.random.Generator, people: Longs, actors: int) -> Longs:
    """Municipality of each actor: first one administration each, then the others by people, with noise, at least three."""
    share = people * np.exp(random.normal(0, 0.25, MUNICIPALITIES))
    rest = actors - 4 * MUNICIPALITIES
    others = np.repeat(np.arange(MUNICIPALITIES), 3 + random.multinomial(rest, share / share.sum()))
    return np.concatenate([np.arange(MUNICIPALITIES), others])


def _lacking(random: np.random.Generator, people: Longs) -> Longs:
    """One of each third of the sizes, the hub left out."""
    by_size = np.argsort(people)[: MUNICIPALITIES - 1]
    return np.array([random.choice(third) for third in by_size.reshape(3, 4)])


def _closed(random: np.random.Generator, a: Longs, b: Longs, home: Longs, helix: Longs) -> set[tuple[int, int]]:
    """The ties after closure: some lead to a partner's partner that lives where the old partner lives, and is of its helix."""
    ties = set(zip(a.tolist(), b.tolist(), strict=True))
    partners: dict[int, set[int]] = {}
    for one, other in ties:
        partners.setdefault(one, set()).add(other)
        partners.setdefault(other, set()).add(one)
    for one, other in sorted(ties):
        if random.random() > 0.25:
            continue
        keep, leave = (one, other) if random.random() < 0.5 else (other, one)
        second = {third for partner in partners[keep] for third in partners[partner]} - partners[keep] - {keep}
        alike = sorted(third for third in second if home[third] == home[leave] and helix[third] == helix[leave])
        # An administration is one of a kind: it neither takes another's place nor gives up its own.
        alike = [third for third in alike if third >= MUNICIPALITIES]
        if not alike or leave < MUNICIPALITIES:
            continue
        new = int(random.choice(alike))
        ties.remove((one, other))
        ties.add((min(keep, new), max(keep, new)))
        partners[keep].remove(leave)
        partners[leave].remove(keep)
        partners[keep].add(new)
        partners[new].add(keep)
    return ties


def _truth(a: Longs, b: Longs, base: Floats, home: Longs, factor: Floats) -> Floats:
    """Expected ties across of each municipality, over the same with its own factor at 1."""

    def expected(own: bool) -> Floats:
        total = np.zeros(MUNICIPALITIES)
        for mine, others in ((home[a], home[b]), (home[b], home[a])):
            chance = -np.expm1(-base * factor[others] * (factor[mine] if own else 1.0))
            total += np.bincount(mine, chance, MUNICIPALITIES)
        return total

    return expected(True) / expected(False)


def _snapshot(people: Longs, where: Floats, home: Longs, helix: Longs, ties: set[tuple[int, int]]) -> Snapshot:
    actors = len(home)
    ends = np.array(sorted(ties), np.int32).reshape(-1, 2)
    office = np.arange(actors) < MUNICIPALITIES
    kinds = list(ActorKind)
    names = tuple(f"Plats {i + 1}" if i < MUNICIPALITIES else f"Aktör {i + 1}" for i in range(actors))
    none = np.zeros(0, np.int32)
    # One degree of latitude is 111.2 km; positions lie around 57.7° north, where one of longitude is 59.4 km.
    longitude, latitude = 12 + where[:, 0] / 59.4, 57.7 + where[:, 1] / 111.2
    unknown = np.full(actors - MUNICIPALITIES, np.nan)
    return Snapshot(
        revision=1,
        actors=Actors(
            ids=tuple(f"actor:{i:05}" for i in range(actors)),
            names=names,
            names_en=names,
            kind=np.where(office, kinds.index(ActorKind.MUNICIPALITY), kinds.index(ActorKind.OTHER)).astype(np.int16),
            helix=helix.astype(np.int16),
            municipality=home.astype(np.int32),
            region_wide=np.zeros(actors, np.bool_),
            in_region=office,
            population=np.concatenate([people, np.full(actors - MUNICIPALITIES, -1)]).astype(np.int32),
            longitude=np.concatenate([longitude, unknown]),
            latitude=np.concatenate([latitude, unknown]),
        ),
        collaborations=Collaborations(
            ids=tuple(f"collaboration:{a:05}:{b:05}:other" for a, b in ends),
            a=ends[:, 0],
            b=ends[:, 1],
            kind=np.zeros(len(ends), np.int16),
            strength=np.ones(len(ends)),
            spans=_open(len(ends)),
        ),
        affiliations=Affiliations((), none, none, none.astype(np.int16), _open(0)),
        initiatives=Initiatives((), (), _open(0)),
        participations=Participations(none, none, none.astype(np.int16), _open(0)),
        agreements=Agreements((), _open(0)),
        agreement_parties=Pairs(none, none),
        services=Services((), (), (), none.astype(np.int16)),
        service_providers=Pairs(none, none),
        service_municipalities=Pairs(none, none),
        challenge_ids=(),
        challenge_names=(),
        challenge_names_en=(),
        initiative_challenges=Pairs(none, none),
        actor_sources=Pairs(np.arange(actors, dtype=np.int32), np.arange(actors, dtype=np.int32)),
        source_count=actors,
    )


def _open(rows: int) -> Spans:
    since: Numbers = np.full(rows, UNKNOWN_SINCE, np.int32)
    until: Numbers = np.full(rows, UNKNOWN_UNTIL, np.int32)
    return Spans(since, since, until, until)
