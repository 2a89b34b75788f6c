"""The graph as columns of numbers agrees with its rows: held against plain loops over the twin's."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from graph_api.model.snapshot import UNKNOWN_SINCE, UNKNOWN_UNTIL, Spans
from graph_api.model.values import ordinal, span
from graph_api.model.vocabulary import (
    ActorKind,
    AffiliationKind,
    CollaborationKind,
    Helix,
    ParticipationRole,
    ServiceAudience,
)
from tests.reference import Thing, Twin
from tests.stores.backends import Backend, Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")


def spans(things: Iterable[Thing], since: str, until: str) -> list[tuple[int, ...]]:
    def days(date: Any, unknown: int) -> tuple[int, int]:
        first, last = span(date) if date else (None, None)
        return (ordinal(first), ordinal(last)) if first and last else (unknown, unknown)

    return [days(t.row[since], UNKNOWN_SINCE) + days(t.row[until], UNKNOWN_UNTIL) for t in things]


def told(columns: Spans) -> list[tuple[int, ...]]:
    parts = (columns.since_first, columns.since_last, columns.until_first, columns.until_last)
    return list(zip(*(part.tolist() for part in parts), strict=True))


@pytest.mark.parametrize("number", ["small", *range(8)])
async def test_each_column_says_what_the_rows_say(shelf: Shelf, number: int | str) -> None:
    """Analyses see nothing but this."""
    backend, twin = await shelf.region(number)
    found = await backend.store.snapshot()

    things: dict[str, list[Thing]] = {name: list(known.values()) for name, known in twin.things.items()}
    at = {thing.id: number for known in things.values() for number, thing in enumerate(known)}
    actors = things["Actor"]
    assert found.revision == 1
    assert found.actors.ids == tuple(thing.id for thing in actors)
    assert found.actors.names == tuple(thing.row["name"] for thing in actors)
    assert found.actors.names_en == tuple(
        thing.row["name"] if thing.row["nameEn"] is None else thing.row["nameEn"] for thing in actors
    )
    assert [list(ActorKind)[code].value for code in found.actors.kind] == [thing.row["kind"] for thing in actors]
    assert [list(Helix)[code].value for code in found.actors.helix] == [thing.row["helix"] for thing in actors]
    assert found.actors.municipality.tolist() == [at.get(str(thing.row["municipality"]), -1) for thing in actors]
    assert found.actors.region_wide.tolist() == [thing.row["regionWide"] for thing in actors]
    assert found.actors.in_region.tolist() == [thing.row["inRegion"] is True for thing in actors]
    assert found.actors.population.tolist() == [-1 if (p := t.row["population"]) is None else p for t in actors]
    assert found.actors.founded.tolist() == [-1 if (y := t.row["foundedIn"]) is None else y for t in actors]
    for name, column in (("longitude", found.actors.longitude), ("latitude", found.actors.latitude)):
        known = np.array([np.nan if thing.row[name] is None else thing.row[name] for thing in actors])
        np.testing.assert_array_equal(column, known)

    ties = things["Collaboration"]
    assert found.collaborations.ids == tuple(tie.id for tie in ties)
    assert found.collaborations.a.tolist() == [at[str(tie.row["from"])] for tie in ties]
    assert found.collaborations.b.tolist() == [at[str(tie.row["to"])] for tie in ties]
    assert [list(CollaborationKind)[code].value for code in found.collaborations.kind] == [t.row["kind"] for t in ties]
    assert found.collaborations.strength.tolist() == [tie.row["strength"] for tie in ties]
    assert told(found.collaborations.spans) == spans(ties, "since", "until")

    bonds = things["Affiliation"]
    assert found.affiliations.ids == tuple(bond.id for bond in bonds)
    assert found.affiliations.source.tolist() == [at[str(bond.row["from"])] for bond in bonds]
    assert found.affiliations.target.tolist() == [at[str(bond.row["to"])] for bond in bonds]
    assert [list(AffiliationKind)[code].value for code in found.affiliations.kind] == [b.row["kind"] for b in bonds]
    assert told(found.affiliations.spans) == spans(bonds, "since", "until")

    assert found.initiatives.ids == tuple(thing.id for thing in things["Initiative"])
    assert found.initiatives.names == tuple(thing.row["name"] for thing in things["Initiative"])
    assert told(found.initiatives.spans) == spans(things["Initiative"], "start", "end")
    parts = things["Participation"]
    assert found.participations.actor.tolist() == [at[str(part.row["actor"])] for part in parts]
    assert found.participations.initiative.tolist() == [at[str(part.row["initiative"])] for part in parts]
    assert [list(ParticipationRole)[code].value for code in found.participations.role] == [p.row["role"] for p in parts]
    assert told(found.participations.spans) == spans(parts, "since", "until")
    assert told(found.agreements.spans) == spans(things["Agreement"], "signed", "until")
    offers = things["Service"]
    assert found.services.ids == tuple(offer.id for offer in offers)
    assert found.services.names == tuple(offer.row["name"] for offer in offers)
    assert found.services.names_en == tuple(
        offer.row["name"] if offer.row["nameEn"] is None else offer.row["nameEn"] for offer in offers
    )
    assert [list(ServiceAudience)[code].value for code in found.services.audience] == [
        o.row["audience"] for o in offers
    ]
    assert found.challenge_ids == tuple(thing.id for thing in things["Challenge"])
    assert found.challenge_names == tuple(thing.row["name"] for thing in things["Challenge"])
    assert found.competence_ids == tuple(thing.id for thing in things["Competence"])
    assert found.competence_names == tuple(thing.row["name"] for thing in things["Competence"])

    def pairs(column: Any) -> set[tuple[int, int]]:
        made = list(zip(column.left.tolist(), column.right.tolist(), strict=True))
        assert len(made) == len(set(made))
        return set(made)

    for name, linked in (
        ("agreement_party", found.agreement_parties),
        ("service_provider", found.service_providers),
        ("service_municipality", found.service_municipalities),
        ("initiative_challenge", found.initiative_challenges),
        ("initiative_competence", found.initiative_competences),
        ("actor_competence", found.actor_competences),
        ("actor_need", found.actor_needs),
    ):
        assert pairs(linked) == {(at[left], at[right]) for left, right, _ in twin.links[name]}
    sources = spoken_of(twin)
    assert pairs(found.actor_sources) == {(at[one], at[other]) for one, other in sources}
    assert found.source_count == len(things["Source"])


def spoken_of(twin: Twin) -> set[tuple[str, str]]:
    relation = next(many for many in next(iter(twin.things["Actor"].values())).entity.many if many.name == "sources")
    return {(actor.id, met.node.id) for actor in twin.things["Actor"].values() for met in twin.met(actor, relation)}


async def test_an_empty_store_has_an_empty_snapshot(backend: Backend) -> None:
    """The server starts before there is data."""
    found = await backend.store.snapshot()

    assert found.revision == 0
    assert found.actors.ids == ()
    assert len(found.collaborations.a) == len(found.actor_sources.left) == 0
