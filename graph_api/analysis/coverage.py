"""Network → which helices and challenges each of the region's municipalities reaches.

Takes a network of actors and who is counted to which municipality. A helix is reached by ties: `direct` counts the ties that have an end in the
municipality and the other in the helix, inner ones too, and to region-wide actors and actors outside as well, for a partner is a partner
wherever it sits. A challenge is reached by work: `direct` counts the municipality's own actors that take part in an initiative of it (funding
alone is not taking part). A partner's work does not count as the municipality's, or nothing would ever be missing: all are tied to somebody in
the largest place. It counts in `within_two`, where the distinct actors of the helix, or at work on the challenge, are counted that are at most
two ties from one of the municipality's actors (for a challenge, its own too). Knows no verdict.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph_api.analysis.projection import Longs, Network, NetworkInput, at_actors, project, seats, works_on
from graph_api.model.results import CoverageCell
from graph_api.model.snapshot import Flags, Numbers, Snapshot
from graph_api.model.values import ChallengeId, MunicipalityId
from graph_api.model.vocabulary import CoverageKey, Helix

HELICES = tuple(Helix)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Municipality by helix or challenge, one entry a cell: counts of shape (municipalities, keys)."""

    direct: Numbers
    within_two: Numbers
    present: Flags
    """One entry a key: the region has such an actor."""


def coverage(
    snapshot: Snapshot, network: NetworkInput, by: CoverageKey = CoverageKey.HELIX
) -> tuple[CoverageCell, ...]:
    """All cells, by municipality in id order, then by helix or by challenge in id order. The network is one of actors, whatever level is asked for.

    Raises:
        BadValue: `as_of` is not a partial date.
    """
    actors = project(snapshot, at_actors(network))
    own = np.flatnonzero(snapshot.actors.in_region)
    found = table(actors, network, by)
    return tuple(
        CoverageCell(
            municipality=MunicipalityId(snapshot.actors.ids[municipality]),
            helix=HELICES[key] if by is CoverageKey.HELIX else None,
            challenge=ChallengeId(snapshot.challenge_ids[key]) if by is CoverageKey.CHALLENGE else None,
            direct=int(found.direct[row, key]),
            within_two=int(found.within_two[row, key]),
            covered=bool(found.direct[row, key]) if found.present[key] else None,
        )
        for row, municipality in enumerate(own)
        for key in range(len(found.present))
    )


def table(actors: Network, network: NetworkInput, by: CoverageKey) -> Table:
    """The counts for the region's own municipalities (rows in id order) over a network of actors."""
    row, of_key = _rows(actors, network), _keys(actors, network, by)
    rows, size = int(actors.snapshot.actors.in_region.sum()), actors.size
    ones = np.ones(2 * len(actors.a), np.int64)
    tied = sparse.csr_array((ones, actors.neighbours, actors.indptr), shape=(size, size))
    counted = np.flatnonzero(row >= 0)
    home = sparse.csr_array((np.ones(len(counted), np.int64), (row[counted], counted)), shape=(rows, size))
    once = home @ tied
    twice = once @ tied
    # A walk of two ties from an actor back to itself reaches nobody: for actors of m, those walks are as many as their degree.
    back = sparse.csr_array((actors.degree[counted], (row[counted], counted)), shape=(rows, size))
    reached = (once + twice - back) > 0
    if by is CoverageKey.CHALLENGE:
        reached = (reached + (home > 0)) > 0
    within = (reached.astype(np.int64) @ of_key).toarray()
    return Table(_direct(actors, row, of_key, by), within.astype(np.int32), _present(actors, of_key))


def missing(actors: Network, network: NetworkInput, by: CoverageKey) -> Flags:
    """What a municipality does not reach directly, though the region has it: municipality by helix or by challenge."""
    of_key = _keys(actors, network, by)
    none: Flags = (_direct(actors, _rows(actors, network), of_key, by) == 0) & _present(actors, of_key)
    return none


def rows_of(snapshot: Snapshot, seat: Numbers) -> Numbers:
    """Row of the region's own municipality for seats (numbers of actors or -1), -1 where it is none of them."""
    row = np.full(len(snapshot.actors.ids) + 1, -1, np.int32)
    own = np.flatnonzero(snapshot.actors.in_region)
    row[own] = np.arange(len(own))
    return row[seat]


def _rows(actors: Network, network: NetworkInput) -> Numbers:
    """Row of the municipality to which each node is counted."""
    return rows_of(actors.snapshot, seats(actors.snapshot, network.region_wide_actors))[actors.nodes]


def _seated(actors: Network) -> Numbers:
    """Row of the municipality in which each node sits, region-wide or not."""
    return rows_of(actors.snapshot, actors.snapshot.actors.municipality)[actors.nodes]


def _keys(actors: Network, network: NetworkInput, by: CoverageKey) -> sparse.csr_array:
    """Node by helix, or node by challenge it works on: 1 where it is so."""
    snapshot = actors.snapshot
    if by is CoverageKey.HELIX:
        node, key, keys = np.arange(actors.size), snapshot.actors.helix[actors.nodes].astype(np.int32), len(HELICES)
    else:
        actor, challenge = works_on(snapshot, network.as_of)
        place = np.full(len(snapshot.actors.ids), -1)
        place[actors.nodes] = np.arange(actors.size)
        here = place[actor] >= 0
        node, key, keys = place[actor][here], challenge[here], len(snapshot.challenge_ids)
    return sparse.csr_array((np.ones(len(node), np.int64), (node, key)), shape=(actors.size, keys))


def _present(actors: Network, of_key: sparse.csr_array) -> Flags:
    """Which helices or challenges some actor of the region has."""
    region = actors.snapshot.actors.region_wide[actors.nodes] | (_seated(actors) >= 0)
    present: Flags = np.asarray(of_key[region].sum(axis=0)).ravel() > 0
    return present


def _direct(actors: Network, row: Numbers, of_key: sparse.csr_array, by: CoverageKey) -> Numbers:
    """Ties from each municipality to each helix, or its own actors at work on each challenge."""
    rows, keys = int(actors.snapshot.actors.in_region.sum()), of_key.shape[1]
    key = of_key.indices.astype(np.int64)

    def counted(home: Numbers, key: Longs) -> Longs:
        return np.bincount((home.astype(np.int64) * keys + key)[home >= 0], minlength=rows * keys)

    if by is CoverageKey.CHALLENGE:
        direct = counted(np.repeat(row, np.diff(of_key.indptr)), key)
    else:
        a, b = actors.a, actors.b
        # A tie inside a municipality with both ends in the helix is one tie, met from either end.
        inner = np.where((row[a] == row[b]) & (key[a] == key[b]), row[a], -1)
        direct = counted(row[a], key[b]) + counted(row[b], key[a]) - counted(inner, key[a])
    return direct.reshape(rows, keys).astype(np.int32)
