"""The graph's tables → columns of numbers, in one read transaction. Knows the form of `model.snapshot`; no row outlives its few hundred."""

from collections.abc import Callable, Sequence
from enum import Enum
from itertools import chain, islice
from typing import Any

import apsw
import numpy as np

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
from graph_api.model.vocabulary import (
    ActorKind,
    AffiliationKind,
    CollaborationKind,
    Helix,
    ParticipationRole,
    ServiceAudience,
)
from graph_api.stores.sqlite.filters import Filters
from graph_api.stores.sqlite.statement import Parameters, quoted

_BEFORE_YEAR_1 = 1721424.5
"""The Julian day at which ordinals of days begin."""

_ROWS = 256
"""Read together: so few that the next ones take their place in memory, and the garbage collector never has a million of them to look through."""

_Column = Any
"""A tuple of texts, or an array: what its kind says. Any: a statement's columns are of several types."""
_Kind = type[object]
"""Of a column: `str`, an enum, or the type of an array's numbers."""
_DAYS = (np.int32,) * 4


def snapshot(connection: apsw.Connection) -> Snapshot:
    """All of the graph at its present revision."""
    connection.execute("BEGIN")  # one read transaction: all tables at one revision
    try:
        return _Tables(connection).snapshot()
    finally:
        connection.execute("ROLLBACK")


class _Tables:
    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection
        self.numbers = {
            name: self._numbered(name)
            for name in ("actor", "initiative", "challenge", "competence", "agreement", "service", "source")
        }
        """By table: the number of the thing with a pk; -1 at 0, which stands for none."""

    def snapshot(self) -> Snapshot:
        actor, initiative = self.numbers["actor"], self.numbers["initiative"]
        revision = int(self.connection.execute("SELECT value FROM meta WHERE key='revision'").get)
        challenges = self._read("SELECT id,name,coalesce(name_en,name) FROM challenge ORDER BY id", str, str, str)
        competence = self.numbers["competence"]
        competences = self._read("SELECT id,name,coalesce(name_en,name) FROM competence ORDER BY id", str, str, str)
        return Snapshot(
            revision=revision,
            actors=self._actors(),
            collaborations=self._collaborations(),
            affiliations=self._affiliations(),
            initiatives=self._initiatives(),
            participations=self._participations(),
            agreements=self._agreements(),
            agreement_parties=self._pairs(
                "SELECT agreement,actor FROM agreement_party ORDER BY 1,2", self.numbers["agreement"], actor
            ),
            services=self._services(),
            service_providers=self._of_service("service_provider", "actor"),
            service_municipalities=self._of_service("service_municipality", "municipality"),
            challenge_ids=challenges[0],
            challenge_names=challenges[1],
            challenge_names_en=challenges[2],
            initiative_challenges=self._pairs(
                "SELECT initiative,challenge FROM initiative_challenge ORDER BY 1,2",
                initiative,
                self.numbers["challenge"],
            ),
            competence_ids=competences[0],
            competence_names=competences[1],
            competence_names_en=competences[2],
            actor_competences=self._pairs(
                "SELECT actor,competence FROM actor_competence ORDER BY 1,2", actor, competence
            ),
            actor_needs=self._pairs("SELECT actor,competence FROM actor_need ORDER BY 1,2", actor, competence),
            initiative_competences=self._pairs(
                "SELECT initiative,competence FROM initiative_competence ORDER BY 1,2", initiative, competence
            ),
            actor_sources=self._actor_sources(),
            source_count=int(self.connection.execute("SELECT count(*) FROM source").get),
        )

    def _read(self, sql: str, *kinds: _Kind) -> list[_Column]:
        """A statement's columns, each of its kind."""
        rows, makers = self.connection.execute(sql), [_maker(kind) for kind in kinds]
        parts: list[list[_Column]] = [[] for _ in kinds]
        while some := list(islice(rows, _ROWS)):
            for made, make, column in zip(parts, makers, zip(*some, strict=True), strict=True):
                made.append(make(column))
        return [_joined(made, make) for made, make in zip(parts, makers, strict=True)]

    def _numbered(self, table: str) -> Numbers:
        (keys,) = self._read(f"SELECT pk FROM {table} ORDER BY id", np.int64)
        numbers = np.full(int(keys.max(initial=0)) + 1, -1, dtype=np.int32)
        numbers[keys] = np.arange(len(keys), dtype=np.int32)
        return numbers

    def _actors(self) -> Actors:
        facts = "id,name,coalesce(name_en,name),kind,helix,coalesce(municipality,0),region_wide,coalesce(in_region,0)"
        facts += ",coalesce(population,-1),coalesce(founded_in,-1),longitude,latitude"
        numbers = (np.int64, np.bool_, np.bool_, np.int32, np.int32, np.float64, np.float64)
        found = self._read(f"SELECT {facts} FROM actor ORDER BY id", str, str, str, ActorKind, Helix, *numbers)
        return Actors(
            ids=found[0],
            names=found[1],
            names_en=found[2],
            kind=found[3],
            helix=found[4],
            municipality=self._look_up("actor", found[5]),
            region_wide=found[6],
            in_region=found[7],
            population=found[8],
            founded=found[9],
            longitude=found[10],
            latitude=found[11],
        )

    def _collaborations(self) -> Collaborations:
        found = self._read(
            f'SELECT id,"from","to",kind,strength,{_spans("since", "until")} FROM collaboration ORDER BY id',
            *(str, np.int64, np.int64, CollaborationKind, np.float64, *_DAYS),
        )
        return Collaborations(
            ids=found[0],
            a=self._look_up("actor", found[1]),
            b=self._look_up("actor", found[2]),
            kind=found[3],
            strength=found[4],
            spans=Spans(*found[5:]),
        )

    def _affiliations(self) -> Affiliations:
        found = self._read(
            f'SELECT id,"from","to",kind,{_spans("since", "until")} FROM affiliation ORDER BY id',
            *(str, np.int64, np.int64, AffiliationKind, *_DAYS),
        )
        return Affiliations(
            ids=found[0],
            source=self._look_up("actor", found[1]),
            target=self._look_up("actor", found[2]),
            kind=found[3],
            spans=Spans(*found[4:]),
        )

    def _participations(self) -> Participations:
        found = self._read(
            f"SELECT actor,initiative,role,{_spans('since', 'until')} FROM participation ORDER BY id",
            *(np.int64, np.int64, ParticipationRole, *_DAYS),
        )
        return Participations(
            actor=self._look_up("actor", found[0]),
            initiative=self._look_up("initiative", found[1]),
            role=found[2],
            spans=Spans(*found[3:]),
        )

    def _initiatives(self) -> Initiatives:
        found = self._read(f"SELECT id,name,{_spans('start', 'end')} FROM initiative ORDER BY id", str, str, *_DAYS)
        return Initiatives(ids=found[0], names=found[1], spans=Spans(*found[2:]))

    def _agreements(self) -> Agreements:
        found = self._read(f"SELECT id,{_spans('signed', 'until')} FROM agreement ORDER BY id", str, *_DAYS)
        return Agreements(ids=found[0], spans=Spans(*found[1:]))

    def _services(self) -> Services:
        facts = "id,name,coalesce(name_en,name),audience"
        return Services(*self._read(f"SELECT {facts} FROM service ORDER BY id", str, str, str, ServiceAudience))

    def _of_service(self, table: str, column: str) -> Pairs:
        sql = f"SELECT service,{column} FROM {table} ORDER BY 1,2"
        return self._pairs(sql, self.numbers["service"], self.numbers["actor"])

    def _actor_sources(self) -> Pairs:
        arms = Filters(Parameters()).arms(CATALOGUE["Actor"].relation("sources"), None)
        return self._pairs(
            f"SELECT near,other FROM ({arms}) ORDER BY 1,2", self.numbers["actor"], self.numbers["source"]
        )

    def _pairs(self, sql: str, left: Numbers, right: Numbers) -> Pairs:
        one, other = self._read(sql, np.int64, np.int64)
        return Pairs(left[one], right[other])

    def _look_up(self, table: str, pks: _Column) -> Numbers:
        return self.numbers[table][pks]


def _maker(kind: _Kind) -> Callable[[Sequence[Any]], _Column]:
    """What makes a part of a column of the values of some rows."""
    if kind is str:
        return tuple
    if issubclass(kind, Enum):
        codes = {item.value: number for number, item in enumerate(kind)}
        return lambda values: np.array([codes[value] for value in values], np.int16)
    return lambda values: np.array(values, kind)


def _joined(parts: Sequence[_Column], make: Callable[[Sequence[Any]], _Column]) -> _Column:
    return tuple(chain.from_iterable(parts)) if make is tuple else np.concatenate([make(()), *parts])


def _spans(since: str, until: str) -> str:
    def day(column: str, unknown: int) -> str:
        return f"coalesce(CAST(julianday({quoted(column)})-{_BEFORE_YEAR_1} AS INTEGER),{unknown})"

    sides = ((since, UNKNOWN_SINCE), (until, UNKNOWN_UNTIL))
    return ",".join(day(f"{name}_{side}", unknown) for name, unknown in sides for side in ("first", "last"))
