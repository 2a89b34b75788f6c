"""Initiatives → whether three helices together tell more than each two; services → which of them nothing joins yet.

The first is the mutual information in three dimensions, of who takes part: a sign of division of labour that no helix sees alone, and no measure of
success. The second lists pairs of services for the same audience whose providers nothing known joins. Knows no cause.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from scipy import sparse
from scipy.special import gammaln

from graph_api.analysis import sentences
from graph_api.analysis.coverage import HELICES, rows_of
from graph_api.analysis.mixing import known
from graph_api.analysis.nullmodel import SEED, Longs, against
from graph_api.analysis.projection import NetworkInput, at_actors, project, seats, shared, takes_part
from graph_api.model.results import MunicipalitySynergy, ServiceSynergy, TripleHelixSynergy
from graph_api.model.snapshot import Floats, Pairs, Snapshot
from graph_api.model.values import MunicipalityId, ServiceId, check_first
from graph_api.model.vocabulary import TRIPLE_HELIX, NetworkTie, ServiceAudience

LEAST_INITIATIVES = 30
DRAWS = 1000

_AUDIENCES = tuple(ServiceAudience)
_CELLS = np.arange(8)
_MARGINS = tuple(
    (number, _CELLS >> np.array(axes)[:, np.newaxis] & 1)
    for number in (1, 2, 3)
    for axes in combinations(range(3), number)
)
"""Of each choice of one, two or three helices: how many, and whether they take part, by cell of the table."""


def triple_helix_synergy(snapshot: Snapshot, network: NetworkInput) -> TripleHelixSynergy:
    """The synergy over all initiatives that hold on the date and have a participant in the network's selection, and over each municipality's.

    Null below 30 initiatives, and where a helix takes part in all of them or in none. An actor takes part as in CO_PARTICIPATION: funding alone is
    not taking part. A municipality's initiatives are those in which an actor counted to it takes part; the helices are those of all participants.

    Raises:
        BadValue: `as_of` is not a partial date.
    """
    initiative, actor = takes_part(snapshot, network.as_of)
    if network.actors is not None:
        visible = network.actors[actor]
        initiative, actor = initiative[visible], actor[visible]
    cell = np.zeros(len(snapshot.initiatives.ids), np.int64)
    for bit, helix in enumerate(TRIPLE_HELIX):
        cell[initiative[snapshot.actors.helix[actor] == HELICES.index(helix)]] |= 1 << bit
    every = np.unique(initiative)
    table = _table(cell[every])
    row = rows_of(snapshot, seats(snapshot, network.region_wide_actors))[actor]
    by_municipality = []
    for number, municipality in enumerate(np.flatnonzero(snapshot.actors.in_region)):
        own = np.unique(initiative[row == number])
        own_table = _table(cell[own])
        bits = None if _too_little(own_table) else float(transmission(own_table)[0])
        by_municipality.append(MunicipalitySynergy(MunicipalityId(snapshot.actors.ids[municipality]), bits, len(own)))
    reason = _too_little(table)
    bits, mean, p_value, same_mean, same_p_value = None, None, None, None, None
    if reason is None:
        observed = transmission(table)
        chance = against(observed, transmission(shuffled(table, DRAWS))[:, np.newaxis])
        bits, mean, p_value = float(observed[0]), known(chance.mean[0]), known(chance.p_value[0])
        same_mean, same_p_value = _against_same_numbers(table, bits)
    return TripleHelixSynergy(
        bits=bits,
        shuffled_mean=mean,
        p_value=p_value,
        same_numbers_mean=same_mean,
        same_numbers_p_value=same_p_value,
        initiative_count=len(every),
        reason_sv=reason[0] if reason else None,
        reason_en=reason[1] if reason else None,
        by_municipality=tuple(by_municipality),
    )


def _table(cell: Longs) -> Longs:
    """One table of eight counts: who takes part, academia the lowest bit, then industry, then government."""
    return np.bincount(cell, minlength=8)[np.newaxis, :]


def _too_little(table: Longs) -> tuple[str, str] | None:
    """Why nothing can be said of a table, in Swedish and English; None where it can."""
    count = int(table.sum())
    if count < LEAST_INITIATIVES:
        return sentences.few_initiatives(count, LEAST_INITIATIVES)
    for bit, helix in enumerate(TRIPLE_HELIX):
        taking = int(table[0, _CELLS >> bit & 1 == 1].sum())
        if taking in (0, count):
            return sentences.constant_helix(helix, everywhere=taking == count)
    return None


def transmission(tables: Longs, *, corrected: bool = True) -> Floats:
    """Mutual information in three dimensions of each table (rows of eight counts), in bits; below 0 is synergy.

    T = H(u) + H(i) + H(g) - H(ui) - H(ug) - H(ig) + H(uig), H = -Σ p log2 p. Each entropy is too low in a small sample, by (K - 1)/(2 N ln 2) bits
    with K cells that are not empty, which is added.

    Args:
        corrected: without, the plain formula.
    Source: L. Leydesdorff, H. W. Park and B. Lengyel, Scientometrics 99:27 (2014); G. A. Miller, in Quastler (ed.), Information Theory in Psychology
    (1955), the correction.

    >>> either = np.array([[1, 0, 0, 1, 0, 1, 1, 0]]) * 1000
    >>> alike = np.array([[1, 0, 0, 0, 0, 0, 0, 1]]) * 1000
    >>> [float(transmission(table, corrected=False)[0]) for table in (either, alike, np.ones((1, 8), np.int64))]
    [-1.0, 1.0, 0.0]
    """
    total = tables.sum(axis=1)
    found = np.zeros(len(tables))
    for number, taking in _MARGINS:
        code = (taking << np.arange(number)[:, np.newaxis]).sum(axis=0)
        counts = np.stack([tables[:, code == value].sum(axis=1) for value in range(2**number)], axis=1)
        share = counts / total[:, np.newaxis]
        entropy = -(share * np.log2(share, out=np.zeros(share.shape), where=share > 0)).sum(axis=1)
        if corrected:
            entropy += ((counts > 0).sum(axis=1) - 1) / (2 * total * np.log(2))
        found += entropy if number % 2 else -entropy
    return found


def shuffled(table: Longs, draws: int) -> Longs:
    """So many tables in which each helix takes part in as many initiatives, but in which ones is drawn for each by itself.

    Drawn as the counts that permuted columns would have: first how often industry meets academia, then government among the four cells of the two.
    """
    random = np.random.default_rng(SEED)
    count = int(table.sum())
    academia, industry, government = (int(table[0, _CELLS >> bit & 1 == 1].sum()) for bit in range(3))
    both = random.hypergeometric(academia, count - academia, industry, draws)
    left = np.full(draws, government)
    rest = np.full(draws, count)
    found = np.zeros((draws, 8), np.int64)
    cells = (count - academia - industry + both, academia - both, industry - both, both)
    for code, size in enumerate(cells):
        rest = rest - size
        # The last cell takes what is left: nothing is drawn from an empty rest.
        taken = random.hypergeometric(size, rest, left)
        found[:, code], found[:, code | 4] = size - taken, taken
        left = left - taken
    return found


def same_numbers(table: Longs) -> tuple[Longs, Floats]:
    """All tables in which each helix takes part in as many initiatives, and as many initiatives have none, one, two or three; and each one's chance.

    A chance is the share of all ways to say which initiative has which helices: it goes with 1/Π n! over the cells of one helix and of two.

    Cost: O(n²) tables, of n initiatives with two helices.

    >>> tables, chances = same_numbers(np.array([[0, 1, 1, 1, 0, 1, 0, 0]]))
    >>> tables.tolist(), chances.tolist()
    ([[0, 2, 0, 1, 0, 0, 1, 0], [0, 1, 1, 1, 0, 1, 0, 0], [0, 1, 0, 2, 1, 0, 0, 0]], [0.25, 0.5, 0.25])
    """
    none, *_, every = table[0].tolist()
    academia, industry, government = (int(table[0, _CELLS >> bit & 1 == 1].sum()) - every for bit in range(3))
    two = int(table[0, [3, 5, 6]].sum())
    industrial, governmental = (found.ravel() for found in np.mgrid[: two + 1, : two + 1])
    without = two - industrial - governmental
    cells = (
        np.full(len(without), none),
        academia - industrial - governmental,
        industry - industrial - without,
        industrial,
        government - governmental - without,
        governmental,
        without,
        np.full(len(without), every),
    )
    tables = np.stack(cells, axis=1)
    tables = tables[(tables >= 0).all(axis=1)]
    log_ways = -gammaln(tables[:, 1:7] + 1).sum(axis=1)
    ways = np.exp(log_ways - log_ways.max())
    return tables, ways / ways.sum()


def _against_same_numbers(table: Longs, bits: float) -> tuple[float, float | None]:
    """The mean over `same_numbers`, and how often they are as far out; None where there is but one such table."""
    tables, chances = same_numbers(table)
    found = transmission(tables)
    low, high = (float(chances[beyond].sum()) for beyond in (found <= bits + 1e-9, found >= bits - 1e-9))
    return float(found @ chances), min(1.0, 2 * min(low, high)) if len(tables) > 1 else None


def service_synergies(
    snapshot: Snapshot, network: NetworkInput, audience: ServiceAudience | None = None, first: int = 20
) -> tuple[ServiceSynergy, ...]:
    """Pairs of services for the same audience that nothing joins: no provider in common, and no tie between a provider of one and one of the other.

    A service for all is for every audience. The ties are those of the network; by default of all kinds, since it is asked what *nothing* joins. What
    every municipality of the region belongs to joins nothing. A service of which no provider is known, or in the selection, is left out.

    Args:
        audience: only services for this audience.
    Returns:
        First those with most municipalities in common, then by ids.
    Raises:
        BadPage: `first` is below 0. BadValue: as in `projection.project`.
    """
    check_first(first)
    asked = at_actors(network)
    if asked.ties is None:
        asked = replace(asked, ties=tuple(NetworkTie))
    actors = project(snapshot, asked, without=shared(snapshot, asked))
    provider, place = _by_actor(snapshot, snapshot.service_providers), snapshot.service_municipalities
    provided, offered = provider[:, actors.nodes], _by_actor(snapshot, place)
    ones = np.ones(len(actors.neighbours), np.int64)
    tied = sparse.csr_array((ones, actors.neighbours, actors.indptr), shape=(actors.size,) * 2)
    joined = (provided @ (tied + sparse.eye_array(actors.size, dtype=np.int64)) @ provided.T).toarray() > 0
    common = (offered @ offered.T).toarray()
    wanted = snapshot.services.audience
    everyone = wanted == _AUDIENCES.index(ServiceAudience.ALL)
    alike = (wanted[:, np.newaxis] == wanted) | everyone[:, np.newaxis] | everyone
    listed = np.asarray(provided.sum(axis=1)).ravel() > 0
    if audience is not None:
        listed &= (wanted == _AUDIENCES.index(audience)) | everyone
    one, other = np.nonzero(np.triu(alike & ~joined & listed[:, np.newaxis] & listed, 1))
    order = np.lexsort((other, one, -common[one, other]))[:first]
    return tuple(_synergy(snapshot, int(one[i]), int(other[i]), provider, offered) for i in order)


def _by_actor(snapshot: Snapshot, pairs: Pairs) -> sparse.csr_array:
    """Service by actor: 1 where they are paired."""
    shape = len(snapshot.services.ids), len(snapshot.actors.ids)
    return sparse.csr_array((np.ones(len(pairs.left), np.int64), (pairs.left, pairs.right)), shape=shape)


def _synergy(
    snapshot: Snapshot, one: int, other: int, provider: sparse.csr_array, offered: sparse.csr_array
) -> ServiceSynergy:
    services, names = snapshot.services, snapshot.actors.names
    places = np.intersect1d(offered[[one]].indices, offered[[other]].indices).tolist()
    # A service for everyone and one for some are for some.
    audience = _AUDIENCES[min(services.audience[one], services.audience[other])]
    providers = [np.sort(provider[[service]].indices).tolist() for service in (one, other)]

    def finding(services: Sequence[str], actors: Sequence[str]) -> sentences.Offers:
        first, second = ([actors[provider] for provider in of] for of in providers)
        return sentences.Offers(
            (services[one], services[other]), audience, (first, second), [actors[place] for place in places]
        )

    return ServiceSynergy(
        services=(ServiceId(services.ids[one]), ServiceId(services.ids[other])),
        shared_municipalities=tuple(MunicipalityId(snapshot.actors.ids[place]) for place in places),
        text_sv=sentences.offers_sv(finding(services.names, names)),
        text_en=sentences.offers_en(finding(services.names_en, snapshot.actors.names_en)),
    )
