"""Snapshot + what is supposed → the snapshot as if it were so; nothing is written.

Takes ties to add and ids of ties to take away, and returns a snapshot with other collaborations and affiliations, its other columns shared. What
follows cannot tell it from a stored one: same actors, same numbers, same random draws, so that a difference is the ties' doing. A supposed tie is
a collaboration without an id, a kind and a date. Knows no question.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from graph_api.analysis.projection import BY_AFFILIATION, NetworkInput, Supposed, holds, number_of
from graph_api.errors import BadValue, NotFound
from graph_api.model.snapshot import (
    UNKNOWN_SINCE,
    UNKNOWN_UNTIL,
    Affiliations,
    Collaborations,
    Flags,
    Numbers,
    Snapshot,
    Spans,
    kept,
)
from graph_api.model.vocabulary import AffiliationKind, CollaborationKind, NetworkTie

_KIND = list(CollaborationKind).index(CollaborationKind.OTHER)


def suppose(snapshot: Snapshot, network: NetworkInput, supposed: Supposed) -> Snapshot:
    """The snapshot with these ties added and those removed; removals come first, so that a tie may be replaced.

    Each change must make a difference to the network: what is added joins two of its actors that no direct tie joins on its date, what is removed
    is one of its ties on that date.

    Raises:
        NotFound: an end is no actor of the graph, or a tie is not there.
        BadValue: a tie is there already, leads from an actor to itself or out of the network, is named twice, has a strength that is not above 0,
            or is of a kind that the network leaves out.
    """
    direct, bonds = snapshot.collaborations, snapshot.affiliations
    keep_direct, keep_bonds = np.ones(len(direct.ids), np.bool_), np.ones(len(bonds.ids), np.bool_)
    for id_ in supposed.removed:
        row, of, keep = (
            (_row(direct.ids, id_), direct, keep_direct)
            if id_.startswith("collaboration:")
            else (_row(bonds.ids, id_), bonds, keep_bonds)
        )
        if row is None:
            raise NotFound(
                f"No tie has the id {id_!r}.", place="remove", hint="It is the id of a collaboration or an affiliation."
            )
        if not keep[row]:
            raise BadValue(f"{id_!r} is named twice.", place="remove", hint="Name it once.")
        _check_part(network, of, row, id_)
        keep[row] = False
    ends = _ends(snapshot, network, supposed, keep_direct)
    return replace(
        snapshot,
        collaborations=_with(kept(direct, keep_direct), ends, [strength for _, _, strength in supposed.added]),
        affiliations=kept(bonds, keep_bonds),
    )


def _row(ids: Sequence[str], id_: str) -> int | None:
    place = bisect_left(ids, id_)
    return place if place < len(ids) and ids[place] == id_ else None


def _check_part(network: NetworkInput, of: Collaborations | Affiliations, row: int, id_: str) -> None:
    """Whether the row makes ties of the network on its date."""
    if isinstance(of, Collaborations):
        makes = {NetworkTie.COLLABORATION}
    else:
        kind = list(AffiliationKind)[of.kind[row]]
        makes = {tie for tie, made_by in BY_AFFILIATION.items() if made_by is kind}
        makes |= {NetworkTie.CO_MEMBERSHIP} if kind is AffiliationKind.MEMBER else set()
    if not makes & network.kinds:
        raise BadValue(f"{id_!r} makes no tie of this network.", place="remove", hint="See the network's ties.")
    if not holds(of.spans, network.as_of)[row]:
        raise BadValue(f"{id_!r} does not hold on {network.as_of}.", place="remove", hint="See the network's asOf.")


def _ends(snapshot: Snapshot, network: NetworkInput, supposed: Supposed, keep: Flags) -> list[tuple[int, int]]:
    """The two ends of each added tie, the smaller number first."""
    if supposed.added and NetworkTie.COLLABORATION not in network.kinds:
        raise BadValue(
            "This network leaves direct ties out: one more changes nothing.",
            place="add",
            hint="See the network's ties.",
        )
    direct, count = snapshot.collaborations, len(snapshot.actors.ids)
    there = keep & holds(direct.spans, network.as_of)
    present = set((direct.a[there].astype(np.int64) * count + direct.b[there]).tolist()) if supposed.added else set()
    ends = []
    for from_, to, strength in supposed.added:
        pair = f"{from_} – {to}"
        one, other = sorted(_number(snapshot, network, id_) for id_ in (from_, to))
        if one == other:
            raise BadValue(f"{from_!r} cannot be tied to itself.", place="add", hint="Name two actors.")
        if not 0 < strength < float("inf"):
            raise BadValue(f"The strength of {pair} is {strength}.", place="add", hint="It is above 0, such as 1.")
        if one * count + other in present:
            raise BadValue(
                f"{pair} is tied already.", place="add", hint="Remove the tie in the same question to replace it."
            )
        present.add(one * count + other)
        ends.append((one, other))
    return ends


def _number(snapshot: Snapshot, network: NetworkInput, id_: str) -> int:
    try:
        number = number_of(snapshot, id_)
    except NotFound as error:
        raise NotFound(error.message, place="add", hint=error.hint) from error
    if network.actors is not None and not network.actors[number]:
        raise BadValue(f"{id_!r} is outside this network.", place="add", hint="See the network's where.")
    return number


def _with(direct: Collaborations, ends: list[tuple[int, int]], strengths: list[float]) -> Collaborations:
    added: Numbers = np.array(ends, np.int32).reshape(-1, 2)
    count, old = len(ends), direct.spans
    since, until = np.full(count, UNKNOWN_SINCE, np.int32), np.full(count, UNKNOWN_UNTIL, np.int32)
    return Collaborations(
        (*direct.ids, *[""] * count),
        np.concatenate([direct.a, added[:, 0]]),
        np.concatenate([direct.b, added[:, 1]]),
        np.concatenate([direct.kind, np.full(count, _KIND, np.int16)]),
        np.concatenate([direct.strength, strengths]),
        Spans(
            np.concatenate([old.since_first, since]),
            np.concatenate([old.since_last, since]),
            np.concatenate([old.until_first, until]),
            np.concatenate([old.until_last, until]),
        ),
    )
