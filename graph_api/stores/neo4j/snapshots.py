"""The graph → columns of numbers, in one transaction. Knows the form of `model.snapshot`; makes no object a row.

A statement gives some ten thousand rows of a table as one list a column, in the order of ids, and goes on after the last id: so neither side holds
more than the columns, and no record is made a row, which would cost the driver more than all the rest.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import chain
from typing import Any

import numpy as np
from neo4j import AsyncManagedTransaction, AsyncTransaction
from numpy.typing import NDArray

from graph_api.errors import DamagedStore, StoreBusy
from graph_api.model.catalogue import CATALOGUE
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
from graph_api.model.values import ordinal
from graph_api.model.vocabulary import (
    ActorKind,
    AffiliationKind,
    CollaborationKind,
    Helix,
    ParticipationRole,
    ServiceAudience,
)
from graph_api.stores.neo4j.graph import SPEAKS_OF, is_tie, type_of

ROWS_AT_ONCE = 20_000
TRIES = 5

_REVISION = "MATCH (g:Graph) RETURN g.revision"

_Columns = list[list[Any]]


async def snapshot(tx: AsyncManagedTransaction | AsyncTransaction) -> Snapshot:
    """All of the graph at its present revision.

    Raises:
        StoreBusy: each time that it was read it was written, too.
    """
    for _ in range(TRIES):
        # A transaction of Neo4j reads what others have written meanwhile.
        revision = await _number(tx, _REVISION)
        found = await _Tables(tx).snapshot(revision)
        if await _number(tx, _REVISION) == revision:
            return found
    raise StoreBusy("The graph is written all the time.", hint="Try again when the import is done.")


async def _number(tx: AsyncManagedTransaction | AsyncTransaction, text: str) -> int:
    return int((await (await tx.run(text)).single(strict=True))[0])


class _Tables:
    def __init__(self, tx: AsyncManagedTransaction | AsyncTransaction) -> None:
        self.tx = tx
        self.numbers: dict[str, dict[str, int]] = {}
        """By entity: the number of the thing with an id."""

    async def snapshot(self, revision: int) -> Snapshot:
        sources = await self._read("Source", ["n.id"])
        self._number("Source", sources[0])
        actors, actor_sources = await self._actors()
        challenges = await self._read("Challenge", ["n.id", "n.name", "coalesce(n.name_en, n.name)"])
        self._number("Challenge", challenges[0])
        initiatives, initiative_challenges = await self._initiatives()
        agreements, parties = await self._agreements()
        services, providers, offered_in = await self._services()
        return Snapshot(
            revision=revision,
            actors=actors,
            collaborations=await self._collaborations(),
            affiliations=await self._affiliations(),
            initiatives=initiatives,
            participations=await self._participations(),
            agreements=agreements,
            agreement_parties=parties,
            services=services,
            service_providers=providers,
            service_municipalities=offered_in,
            challenge_ids=tuple(challenges[0]),
            challenge_names=tuple(challenges[1]),
            challenge_names_en=tuple(challenges[2]),
            initiative_challenges=initiative_challenges,
            actor_sources=actor_sources,
            source_count=len(sources[0]),
        )

    async def _read(self, entity: str, columns: Sequence[str]) -> _Columns:
        """Columns of an entity's rows, in the order of ids; the first is the id."""
        text = _text(entity, columns)
        whole: _Columns = [[] for _ in columns]
        after = ""
        while True:
            record = await (await self.tx.run(text, {"c": {"after": after}})).single(strict=True)
            if len({len(part) for part in record}) > 1:
                raise DamagedStore(f"Some {entity} lacks a fact.", hint="Run samverkan check.")
            for column, part in zip(whole, record, strict=True):
                column.extend(part)
            if len(record[0]) < ROWS_AT_ONCE:
                return whole
            after = record[0][-1]

    def _number(self, entity: str, ids: Sequence[str]) -> None:
        self.numbers[entity] = {id_: number for number, id_ in enumerate(ids)}

    async def _actors(self) -> tuple[Actors, Pairs]:
        facts = ["id", "name", "name_en", "kind", "helix", "municipality", "region_wide", "in_region", "population"]
        absent = {
            "name_en": "n.name",
            "municipality": "''",
            "in_region": "false",
            "population": "-1",
            "longitude": _NAN,
            "latitude": _NAN,
        }
        columns = [_or(name, absent.get(name)) for name in (*facts, "longitude", "latitude")]
        found = await self._read("Actor", [*columns, f"COLLECT {{ MATCH (n)<-[:{SPEAKS_OF}]-(o) RETURN o.id }}"])
        self._number("Actor", found[0])
        actors = Actors(
            ids=tuple(found[0]),
            names=tuple(found[1]),
            names_en=tuple(found[2]),
            kind=_codes(found[3], ActorKind),
            helix=_codes(found[4], Helix),
            municipality=self._look_up("Actor", found[5]),
            region_wide=np.array(found[6], dtype=np.bool_),
            in_region=np.array(found[7], dtype=np.bool_),
            population=np.array(found[8], dtype=np.int32),
            longitude=np.array(found[9], dtype=np.float64),
            latitude=np.array(found[10], dtype=np.float64),
        )
        return actors, self._pairs(found[11], "Source")

    async def _collaborations(self) -> Collaborations:
        found = await self._read(
            "Collaboration", ["n.id", "a.id", "b.id", "n.kind", "n.strength", *_spans("since", "until")]
        )
        return Collaborations(
            ids=tuple(found[0]),
            a=self._look_up("Actor", found[1]),
            b=self._look_up("Actor", found[2]),
            kind=_codes(found[3], CollaborationKind),
            strength=np.array(found[4], dtype=np.float64),
            spans=_as_spans(found[5:]),
        )

    async def _affiliations(self) -> Affiliations:
        found = await self._read("Affiliation", ["n.id", "a.id", "b.id", "n.kind", *_spans("since", "until")])
        return Affiliations(
            ids=tuple(found[0]),
            source=self._look_up("Actor", found[1]),
            target=self._look_up("Actor", found[2]),
            kind=_codes(found[3], AffiliationKind),
            spans=_as_spans(found[4:]),
        )

    async def _participations(self) -> Participations:
        found = await self._read("Participation", ["n.id", "a.id", "b.id", "n.role", *_spans("since", "until")])
        return Participations(
            actor=self._look_up("Actor", found[1]),
            initiative=self._look_up("Initiative", found[2]),
            role=_codes(found[3], ParticipationRole),
            spans=_as_spans(found[4:]),
        )

    async def _initiatives(self) -> tuple[Initiatives, Pairs]:
        others = "COLLECT { MATCH (n)-[:INITIATIVE_CHALLENGE]->(o) RETURN o.id }"
        found = await self._read("Initiative", ["n.id", "n.name", *_spans("start", "end"), others])
        self._number("Initiative", found[0])
        spans = _as_spans(found[2:6])
        return Initiatives(ids=tuple(found[0]), names=tuple(found[1]), spans=spans), self._pairs(found[6], "Challenge")

    async def _agreements(self) -> tuple[Agreements, Pairs]:
        others = "COLLECT { MATCH (n)-[:AGREEMENT_PARTY]->(o) RETURN o.id }"
        found = await self._read("Agreement", ["n.id", *_spans("signed", "until"), others])
        return Agreements(ids=tuple(found[0]), spans=_as_spans(found[1:5])), self._pairs(found[5], "Actor")

    async def _services(self) -> tuple[Services, Pairs, Pairs]:
        facts = ["n.id", "n.name", "coalesce(n.name_en, n.name)", "n.audience"]
        others = [
            f"COLLECT {{ MATCH (n)-[:{by}]->(o) RETURN o.id }}" for by in ("SERVICE_PROVIDER", "SERVICE_MUNICIPALITY")
        ]
        found = await self._read("Service", [*facts, *others])
        services = Services(
            ids=tuple(found[0]),
            names=tuple(found[1]),
            names_en=tuple(found[2]),
            audience=_codes(found[3], ServiceAudience),
        )
        return services, self._pairs(found[4], "Actor"), self._pairs(found[5], "Actor")

    def _look_up(self, entity: str, ids: Iterable[str]) -> Numbers:
        numbers = self.numbers[entity]
        return np.array([numbers.get(id_, -1) for id_ in ids], dtype=np.int32)

    def _pairs(self, others: Sequence[Sequence[str]], entity: str) -> Pairs:
        """Of each thing, those that it is linked with, as two columns in the order of both numbers."""
        left = np.repeat(np.arange(len(others), dtype=np.int32), [len(of) for of in others])
        right = self._look_up(entity, chain.from_iterable(others))
        order = np.lexsort((right, left))
        return Pairs(left[order], right[order])


_NAN = "0.0 / 0.0"


def _or(name: str, absent: str | None) -> str:
    return f"coalesce(n.{name}, {absent})" if absent else f"n.{name}"


def _text(entity: str, columns: Sequence[str]) -> str:
    of = CATALOGUE[entity]
    what, rows = (f"(a)-[n:{type_of(of)}]->(b)", "a, n, b") if is_tie(of) else (f"(n:{entity})", "n")
    # A list skips what is null, so no column may be: then all have the same length.
    lists = ", ".join(f"collect({column})" for column in columns)
    return f"MATCH {what} WHERE n.id > $c.after WITH {rows} ORDER BY n.id LIMIT {ROWS_AT_ONCE} RETURN {lists}"


def _codes(column: Sequence[object], listed: type[Enum]) -> NDArray[np.int16]:
    codes = {item.value: number for number, item in enumerate(listed)}
    try:
        return np.array([codes[value] for value in column], dtype=np.int16)
    except KeyError as error:
        raise DamagedStore(f"{listed.__name__} has no {error}.", hint="Run samverkan check.") from error


def _spans(since: str, until: str) -> list[str]:
    return [_or(f"{name}_{side}", "''") for name in (since, until) for side in ("first", "last")]


class _Days(dict[str, int]):
    """The number of an ISO day; computed when first met."""

    def __init__(self, unknown: int) -> None:
        super().__init__({"": unknown})

    def __missing__(self, day: str) -> int:
        return self.setdefault(day, ordinal(day))


def _as_spans(found: Sequence[Sequence[str]]) -> Spans:
    since, until = _Days(UNKNOWN_SINCE), _Days(UNKNOWN_UNTIL)
    sides = zip((since, since, until, until), found, strict=True)
    return Spans(*(np.array([days[day] for day in column], dtype=np.int32) for days, column in sides))
