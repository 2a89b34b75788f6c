"""Lists of tuples → a Snapshot, and a small region to reason about.

The small region (`small()`): four municipalities, of which `utby` lies outside the region, and seven other actors.

        adal ── afirm ── bfirm ── bdal            afirm–bfirm 2.0, all others 1.0
                  │                │
                 uni ───────────── ┘   cdal: an isolate      out: a firm in utby, tied to uni
        bodies:       klubb has the members adal, bdal, cdal (every municipality) and uni; ring has afirm, bfirm, uni
        initiatives:  lyft (challenge skills) with lead uni, partner bfirm, funder adal; all (challenge growth) with adal, bdal, cdal
        agreement:    pakt between adal, bdal and uni
        region-wide:  klubb, seated in adal
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from graph_api.model.snapshot import (
    UNKNOWN_SINCE,
    UNKNOWN_UNTIL,
    Actors,
    Affiliations,
    Agreements,
    Codes,
    Collaborations,
    Initiatives,
    Numbers,
    Pairs,
    Participations,
    Services,
    Snapshot,
    Spans,
)
from graph_api.model.values import ordinal, span
from graph_api.model.vocabulary import (
    ActorKind,
    AffiliationKind,
    CollaborationKind,
    Helix,
    ParticipationRole,
    ServiceAudience,
)


class Actor(NamedTuple):
    """One actor; the seat is a slug."""

    slug: str
    helix: Helix = Helix.INDUSTRY
    kind: ActorKind = ActorKind.BUSINESS
    seat: str | None = None
    region_wide: bool = False
    in_region: bool = False
    population: int = -1
    position: tuple[float, float] = (float("nan"), float("nan"))


class Tie(NamedTuple):
    """A direct tie."""

    a: str
    b: str
    strength: float = 1.0
    since: str | None = None
    until: str | None = None


class Bond(NamedTuple):
    """An affiliation."""

    source: str
    target: str
    kind: AffiliationKind = AffiliationKind.MEMBER
    since: str | None = None
    until: str | None = None


class Initiative(NamedTuple):
    """An initiative with those that take part: (actor, role) or (actor, role, since, until)."""

    slug: str
    parts: Sequence[tuple[str, ParticipationRole] | tuple[str, ParticipationRole, str | None, str | None]]
    challenges: Sequence[str] = ()
    start: str | None = None
    end: str | None = None


class Agreement(NamedTuple):
    """An agreement and its parties."""

    slug: str
    parties: Sequence[str]
    signed: str | None = None
    until: str | None = None


class Service(NamedTuple):
    """A service: by whom, where, for whom."""

    slug: str
    providers: Sequence[str]
    municipalities: Sequence[str] = ()
    audience: ServiceAudience = ServiceAudience.NEW_BUSINESSES


def municipality(
    slug: str, population: int = 10_000, position: tuple[float, float] = (12.0, 57.7), in_region: bool = True
) -> Actor:
    """A municipality, with its seat in itself."""
    return Actor(slug, Helix.GOVERNMENT, ActorKind.MUNICIPALITY, slug, False, in_region, population, position)


def snapshot(
    actors: Iterable[Actor],
    ties: Iterable[Tie] = (),
    bonds: Iterable[Bond] = (),
    initiatives: Iterable[Initiative] = (),
    agreements: Iterable[Agreement] = (),
    services: Iterable[Service] = (),
    challenges: Iterable[str] = (),
    sources: Iterable[tuple[str, int]] = (),
    revision: int = 1,
) -> Snapshot:
    """A snapshot of these things. Actors and challenges are named by slugs, sources (of an actor) by numbers."""
    rows = sorted(actors, key=lambda actor: f"actor:{actor.slug}")
    number = {actor.slug: i for i, actor in enumerate(rows)}
    topics = sorted(challenges)
    direct = sorted((_tie_id(tie), tie) for tie in ties)
    bound = sorted((_bond_id(bond), bond) for bond in bonds)
    efforts = sorted(initiatives)
    pacts = sorted(agreements)
    offers = sorted(services)
    parts = [(i, part) for i, effort in enumerate(efforts) for part in effort.parts]
    parties = [(i, party) for i, pact in enumerate(pacts) for party in pact.parties]
    aims = [(i, topics.index(topic)) for i, effort in enumerate(efforts) for topic in effort.challenges]
    by = [(i, actor) for i, offer in enumerate(offers) for actor in offer.providers]
    there = [(i, place) for i, offer in enumerate(offers) for place in offer.municipalities]
    known = sorted({(number[slug], source) for slug, source in sources})
    ends = [sorted((number[tie.a], number[tie.b])) for _, tie in direct]
    return Snapshot(
        revision=revision,
        actors=Actors(
            ids=tuple(f"actor:{actor.slug}" for actor in rows),
            names=tuple(actor.slug.title() for actor in rows),
            names_en=tuple(actor.slug.title() for actor in rows),
            kind=_codes(list(ActorKind).index(actor.kind) for actor in rows),
            helix=_codes(list(Helix).index(actor.helix) for actor in rows),
            municipality=_numbers(number[actor.seat] if actor.seat else -1 for actor in rows),
            region_wide=np.array([actor.region_wide for actor in rows], np.bool_),
            in_region=np.array([actor.in_region for actor in rows], np.bool_),
            population=_numbers(actor.population for actor in rows),
            longitude=np.array([actor.position[0] for actor in rows], np.float64),
            latitude=np.array([actor.position[1] for actor in rows], np.float64),
        ),
        collaborations=Collaborations(
            ids=tuple(name for name, _ in direct),
            a=_numbers(low for low, _ in ends),
            b=_numbers(high for _, high in ends),
            kind=_codes(list(CollaborationKind).index(CollaborationKind.OTHER) for _ in direct),
            strength=np.array([tie.strength for _, tie in direct], np.float64),
            spans=_spans((tie.since, tie.until) for _, tie in direct),
        ),
        affiliations=Affiliations(
            ids=tuple(name for name, _ in bound),
            source=_numbers(number[bond.source] for _, bond in bound),
            target=_numbers(number[bond.target] for _, bond in bound),
            kind=_codes(list(AffiliationKind).index(bond.kind) for _, bond in bound),
            spans=_spans((bond.since, bond.until) for _, bond in bound),
        ),
        initiatives=Initiatives(
            ids=tuple(f"initiative:{effort.slug}" for effort in efforts),
            names=tuple(effort.slug.title() for effort in efforts),
            spans=_spans((effort.start, effort.end) for effort in efforts),
        ),
        participations=Participations(
            actor=_numbers(number[part[0]] for _, part in parts),
            initiative=_numbers(i for i, _ in parts),
            role=_codes(list(ParticipationRole).index(part[1]) for _, part in parts),
            spans=_spans((part[2], part[3]) if len(part) == 4 else (None, None) for _, part in parts),
        ),
        agreements=Agreements(
            ids=tuple(f"agreement:{pact.slug}" for pact in pacts),
            spans=_spans((pact.signed, pact.until) for pact in pacts),
        ),
        agreement_parties=Pairs(_numbers(i for i, _ in parties), _numbers(number[party] for _, party in parties)),
        services=Services(
            ids=tuple(f"service:{offer.slug}" for offer in offers),
            names=tuple(offer.slug.title() for offer in offers),
            names_en=tuple(offer.slug.title() for offer in offers),
            audience=_codes(list(ServiceAudience).index(offer.audience) for offer in offers),
        ),
        service_providers=Pairs(_numbers(i for i, _ in by), _numbers(number[actor] for _, actor in by)),
        service_municipalities=Pairs(_numbers(i for i, _ in there), _numbers(number[place] for _, place in there)),
        challenge_ids=tuple(f"challenge:{topic}" for topic in topics),
        challenge_names=tuple(topic.title() for topic in topics),
        challenge_names_en=tuple(topic.title() for topic in topics),
        initiative_challenges=Pairs(_numbers(i for i, _ in aims), _numbers(c for _, c in aims)),
        actor_sources=Pairs(_numbers(i for i, _ in known), _numbers(s for _, s in known)),
        source_count=len({source for _, source in known}),
    )


def path(*slugs: str) -> Snapshot:
    """Actors in a row, each tied to the next."""
    return snapshot([Actor(slug) for slug in slugs], [Tie(*pair) for pair in pairwise(slugs)])


def edges(pairs: Iterable[tuple[str, str]], also: Iterable[str] = ()) -> Snapshot:
    """Actors tied as in an edge list from the literature, and isolates."""
    pairs = list(pairs)
    slugs = {slug for pair in pairs for slug in pair} | set(also)
    return snapshot([Actor(slug) for slug in slugs], [Tie(*pair) for pair in pairs])


def small() -> Snapshot:
    """The region drawn above."""
    return snapshot(
        actors=[
            municipality("adal"),
            municipality("bdal"),
            municipality("cdal"),
            municipality("utby", in_region=False),
            Actor("afirm", seat="adal"),
            Actor("bfirm", seat="bdal"),
            Actor("uni", Helix.ACADEMIA, ActorKind.UNIVERSITY, "adal"),
            Actor("klubb", Helix.HYBRID, ActorKind.NETWORK, "adal", region_wide=True),
            Actor("ring", Helix.HYBRID, ActorKind.CLUSTER, "bdal"),
            Actor("out", seat="utby"),
        ],
        ties=[
            Tie("adal", "afirm"),
            Tie("afirm", "bfirm", 2.0),
            Tie("bdal", "bfirm"),
            Tie("afirm", "uni"),
            Tie("bdal", "uni"),
            Tie("out", "uni"),
        ],
        bonds=[Bond(slug, "klubb") for slug in ("adal", "bdal", "cdal", "uni")]
        + [Bond(slug, "ring") for slug in ("afirm", "bfirm", "uni")],
        initiatives=[
            Initiative(
                "lyft",
                [
                    ("uni", ParticipationRole.LEAD),
                    ("bfirm", ParticipationRole.PARTNER),
                    ("adal", ParticipationRole.FUNDER),
                ],
                ["skills"],
            ),
            Initiative("all", [(slug, ParticipationRole.PARTNER) for slug in ("adal", "bdal", "cdal")], ["growth"]),
        ],
        agreements=[Agreement("pakt", ["adal", "bdal", "uni"])],
        challenges=["growth", "skills", "untouched"],
        sources=[("adal", 1), ("afirm", 1), ("afirm", 2), ("bfirm", 3)],
    )


def _tie_id(tie: Tie) -> str:
    return ":".join(["collaboration", *sorted((tie.a, tie.b)), "other", *([tie.since] if tie.since else [])])


def _bond_id(bond: Bond) -> str:
    return ":".join(
        ["affiliation", bond.source, bond.target, bond.kind.value.lower(), *([bond.since] if bond.since else [])]
    )


def _numbers(values: Iterable[int]) -> Numbers:
    return np.array(list(values), np.int32)


def _codes(values: Iterable[int]) -> Codes:
    return np.array(list(values), np.int16)


def _spans(dates: Iterable[tuple[str | None, str | None]]) -> Spans:
    rows = [(*_days(since, UNKNOWN_SINCE), *_days(until, UNKNOWN_UNTIL)) for since, until in dates]
    columns = zip(*rows, strict=True) if rows else [(), (), (), ()]
    return Spans(*(_numbers(column) for column in columns))


def _days(date: str | None, unknown: int) -> tuple[int, int]:
    if date is None:
        return unknown, unknown
    first, last = span(date)
    return ordinal(first), ordinal(last)
