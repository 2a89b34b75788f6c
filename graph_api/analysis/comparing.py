"""Networks beside each other: what appeared and vanished from one to another, and a network year by year.

Takes projected networks, or a snapshot and the years; returns records. Knows no what-if: a supposed snapshot is a snapshot.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from graph_api.analysis import measures
from graph_api.analysis.projection import KINDS, Longs, Network, NetworkInput, project
from graph_api.errors import BadValue
from graph_api.model.results import ActorScore, NetworkComparison, YearSummary
from graph_api.model.snapshot import UNKNOWN_SINCE, Flags, Numbers, Snapshot
from graph_api.model.values import ordinal
from graph_api.model.vocabulary import NetworkTie

SHOWN_TIES, SHOWN_ACTORS = 1000, 20
YEARS = 100
"""Of one timeline, at most."""


def compare(before: Network, after: Network) -> NetworkComparison:
    """What is other in the second network: both hold actors, of the same graph or of two, or both municipalities.

    Actors are known by their ids. Ties appear and vanish as pairs, whatever joins them; the strongest first, then by id, at most `SHOWN_TIES` of
    each. Actors of both networks rise and fall by the number of actors that they are tied to, at most `SHOWN_ACTORS` of each.
    """
    place = {id_: i for i, id_ in enumerate(dict.fromkeys((*before.snapshot.actors.ids, *after.snapshot.actors.ids)))}
    nodes = [_places(net, place) for net in (before, after)]
    keys = [_pairs(of[net.a], of[net.b], len(place)) for net, of in zip((before, after), nodes, strict=True)]
    appeared = _strongest(after, np.flatnonzero(~np.isin(keys[1], keys[0])))
    vanished = _strongest(before, np.flatnonzero(~np.isin(keys[0], keys[1])))
    _, first, second = np.intersect1d(nodes[0], nodes[1], return_indices=True)
    degree = after.degree
    change = degree[second] - before.degree[first]
    order = np.lexsort((np.arange(after.size), -degree))
    rank = np.empty(after.size, np.int64)
    rank[order] = np.arange(1, after.size + 1)

    def moved(sign: int) -> tuple[ActorScore, ...]:
        places = np.flatnonzero(sign * change > 0)
        places = places[np.lexsort((second[places], -sign * change[places]))][:SHOWN_ACTORS]
        return tuple(ActorScore(after.id(second[i]), float(change[i]), int(rank[second[i]])) for i in places)

    return NetworkComparison(
        before=measures.summary(before),
        after=measures.summary(after),
        appeared=after.ties(appeared),
        vanished=before.ties(vanished),
        risers=moved(1),
        fallers=moved(-1),
    )


def _places(network: Network, place: Mapping[str, int]) -> Longs:
    """Where each node's id stands among those of both graphs."""
    return np.array([place[network.id(node)] for node in range(network.size)], np.int64)


def _pairs(one: Longs, other: Longs, count: int) -> Longs:
    """A number for each pair, the same from either end."""
    return np.minimum(one, other) * count + np.maximum(one, other)


def _strongest(network: Network, edges: Longs) -> Longs:
    return edges[np.lexsort((edges, -network.strength[edges]))][:SHOWN_TIES]


def timeline(snapshot: Snapshot, network: NetworkInput, first: int, last: int) -> tuple[YearSummary, ...]:
    """A summary a year, of what may have held in it; the network's own date is left aside.

    A tie whose beginning is unknown counts in every year, and `unknown_share` says how many are such. Years before the first beginning that is
    known are left out: they would show the unknown alone.

    Raises:
        BadValue: the years are turned round, more than `YEARS`, or not from 1 to 9999.
    Cost: that of a summary, times the years.
    """
    if not 1 <= first <= last <= 9999:
        raise BadValue(
            f"The years are {first} to {last}.", place="from", hint="From 1 to 9999, the first not after the last."
        )
    if last - first >= YEARS:
        raise BadValue(f"{first} to {last} are {last - first + 1} years.", place="to", hint=f"Ask for {YEARS} at most.")
    begun = _first_beginning(snapshot)
    found = []
    for year in range(first, last + 1):
        if begun is None or begun > ordinal(f"{year:04}-12-31"):
            continue
        seen = project(snapshot, replace(network, as_of=f"{year:04}"))
        unknown = 1 - float(dated(seen).mean()) if len(seen.a) else 0.0
        found.append(YearSummary(year, measures.summary(seen), unknown))
    return tuple(found)


def dated(network: Network) -> Flags:
    """Whether the beginning of a tie is known, one entry an edge: that of one of the things that join it, and of both its ends' parts in that."""
    snapshot, links = network.snapshot, network.links
    parts, bonds = snapshot.participations, snapshot.affiliations
    known = np.zeros(len(links.u), np.bool_)
    initiative = _known(snapshot.initiatives.spans.since_first)
    count = len(snapshot.actors.ids)
    # A part's own beginning says when it began even where the initiative's is unknown.
    own = np.unique(
        parts.initiative[_known(parts.spans.since_first)].astype(np.int64) * count
        + parts.actor[_known(parts.spans.since_first)]
    )
    for code, kind in enumerate(KINDS):
        of = links.kind == code
        thing, other = links.thing[of], links.other[of]
        match kind:
            case NetworkTie.COLLABORATION:
                known[of] = _known(snapshot.collaborations.spans.since_first)[thing]
            case NetworkTie.CO_PARTICIPATION:
                key = thing.astype(np.int64) * count
                both = np.isin(key + links.u[of], own) & np.isin(key + links.v[of], own)
                known[of] = initiative[thing] | both
            case NetworkTie.CO_MEMBERSHIP:
                member = _known(bonds.spans.since_first)
                known[of] = member[thing] & member[other]
            case NetworkTie.AGREEMENT:
                known[of] = _known(snapshot.agreements.spans.since_first)[thing]
            case _:
                known[of] = _known(bonds.spans.since_first)[thing]
    some: Flags = np.logical_or.reduceat(known, network.link_start[:-1]) if len(network.a) else known
    return some


def _known(since: Numbers) -> Flags:
    flags: Flags = since != UNKNOWN_SINCE
    return flags


def _first_beginning(snapshot: Snapshot) -> int | None:
    """The first day that anything of the graph is known to have begun on."""
    tables = (
        snapshot.collaborations,
        snapshot.affiliations,
        snapshot.initiatives,
        snapshot.participations,
        snapshot.agreements,
    )
    days = np.concatenate([table.spans.since_first for table in tables])
    days = days[days != UNKNOWN_SINCE]
    return int(days.min()) if len(days) else None
