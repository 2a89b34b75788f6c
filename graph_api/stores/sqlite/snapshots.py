"""The graph's tables → columns of numbers, in one read transaction. Knows the form of `model.snapshot`; makes no object a row."""

from collections.abc import Sequence
from enum import Enum
from typing import cast

import apsw
import numpy as np
from numpy.typing import NDArray

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

_Column = Sequence[object]


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
            for name in ("actor", "initiative", "challenge", "agreement", "service", "source")
        }
        """By table: the number of the thing with a pk; -1 at 0, which stands for none."""

    def snapshot(self) -> Snapshot:
        actor, initiative = self.numbers["actor"], self.numbers["initiative"]
        revision = int(self.connection.execute("SELECT value FROM meta WHERE key='revision'").get)
        challenges = self._read("SELECT id,name,coalesce(name_en,name) FROM challenge ORDER BY id", 3)
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
            challenge_ids=_texts(challenges[0]),
            challenge_names=_texts(challenges[1]),
            challenge_names_en=_texts(challenges[2]),
            initiative_challenges=self._pairs(
                "SELECT initiative,challenge FROM initiative_challenge ORDER BY 1,2",
                initiative,
                self.numbers["challenge"],
            ),
            actor_sources=self._actor_sources(),
            source_count=int(self.connection.execute("SELECT count(*) FROM source").get),
        )

    def _read(self, sql: str, width: int) -> list[_Column]:
        rows = self.connection.execute(sql).fetchall()
        return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]

    def _numbered(self, table: str) -> Numbers:
        (pks,) = self._read(f"SELECT pk FROM {table} ORDER BY id", 1)
        keys = np.array(pks, dtype=np.int64)
        numbers = np.full(int(keys.max(initial=0)) + 1, -1, dtype=np.int32)
        numbers[keys] = np.arange(len(keys), dtype=np.int32)
        return numbers

    def _actors(self) -> Actors:
        facts = "id,name,coalesce(name_en,name),kind,helix,coalesce(municipality,0),region_wide,coalesce(in_region,0)"
        facts += ",coalesce(population,-1),longitude,latitude"
        found = self._read(f"SELECT {facts} FROM actor ORDER BY id", 11)
        return Actors(
            ids=_texts(found[0]),
            names=_texts(found[1]),
            names_en=_texts(found[2]),
            kind=_codes(found[3], ActorKind),
            helix=_codes(found[4], Helix),
            municipality=self._look_up("actor", found[5]),
            region_wide=np.array(found[6], dtype=np.bool_),
            in_region=np.array(found[7], dtype=np.bool_),
            population=np.array(found[8], dtype=np.int32),
            longitude=np.array(found[9], dtype=np.float64),
            latitude=np.array(found[10], dtype=np.float64),
        )

    def _collaborations(self) -> Collaborations:
        found = self._read(
            f'SELECT id,"from","to",kind,strength,{_spans("since", "until")} FROM collaboration ORDER BY id', 9
        )
        return Collaborations(
            ids=_texts(found[0]),
            a=self._look_up("actor", found[1]),
            b=self._look_up("actor", found[2]),
            kind=_codes(found[3], CollaborationKind),
            strength=np.array(found[4], dtype=np.float64),
            spans=_as_spans(found[5:]),
        )

    def _affiliations(self) -> Affiliations:
        found = self._read(f'SELECT id,"from","to",kind,{_spans("since", "until")} FROM affiliation ORDER BY id', 8)
        return Affiliations(
            ids=_texts(found[0]),
            source=self._look_up("actor", found[1]),
            target=self._look_up("actor", found[2]),
            kind=_codes(found[3], AffiliationKind),
            spans=_as_spans(found[4:]),
        )

    def _participations(self) -> Participations:
        found = self._read(f"SELECT actor,initiative,role,{_spans('since', 'until')} FROM participation ORDER BY id", 7)
        return Participations(
            actor=self._look_up("actor", found[0]),
            initiative=self._look_up("initiative", found[1]),
            role=_codes(found[2], ParticipationRole),
            spans=_as_spans(found[3:]),
        )

    def _initiatives(self) -> Initiatives:
        found = self._read(f"SELECT id,name,{_spans('start', 'end')} FROM initiative ORDER BY id", 6)
        return Initiatives(ids=_texts(found[0]), names=_texts(found[1]), spans=_as_spans(found[2:]))

    def _agreements(self) -> Agreements:
        found = self._read(f"SELECT id,{_spans('signed', 'until')} FROM agreement ORDER BY id", 5)
        return Agreements(ids=_texts(found[0]), spans=_as_spans(found[1:]))

    def _services(self) -> Services:
        found = self._read("SELECT id,name,coalesce(name_en,name),audience FROM service ORDER BY id", 4)
        return Services(
            ids=_texts(found[0]),
            names=_texts(found[1]),
            names_en=_texts(found[2]),
            audience=_codes(found[3], ServiceAudience),
        )

    def _of_service(self, table: str, column: str) -> Pairs:
        sql = f"SELECT service,{column} FROM {table} ORDER BY 1,2"
        return self._pairs(sql, self.numbers["service"], self.numbers["actor"])

    def _actor_sources(self) -> Pairs:
        arms = Filters(Parameters()).arms(CATALOGUE["Actor"].relation("sources"), None)
        return self._pairs(
            f"SELECT near,other FROM ({arms}) ORDER BY 1,2", self.numbers["actor"], self.numbers["source"]
        )

    def _pairs(self, sql: str, left: Numbers, right: Numbers) -> Pairs:
        found = self._read(sql, 2)
        return Pairs(left[np.array(found[0], dtype=np.int64)], right[np.array(found[1], dtype=np.int64)])

    def _look_up(self, table: str, pks: _Column) -> Numbers:
        return self.numbers[table][np.array(pks, dtype=np.int64)]


def _texts(column: _Column) -> tuple[str, ...]:
    return tuple(cast("Sequence[str]", column))


def _codes(column: _Column, listed: type[Enum]) -> NDArray[np.int16]:
    codes = {item.value: number for number, item in enumerate(listed)}
    return np.array([codes[value] for value in column], dtype=np.int16)


def _spans(since: str, until: str) -> str:
    def day(column: str, unknown: int) -> str:
        return f"coalesce(CAST(julianday({quoted(column)})-{_BEFORE_YEAR_1} AS INTEGER),{unknown})"

    sides = ((since, UNKNOWN_SINCE), (until, UNKNOWN_UNTIL))
    return ",".join(day(f"{name}_{side}", unknown) for name, unknown in sides for side in ("first", "last"))


def _as_spans(found: Sequence[_Column]) -> Spans:
    return Spans(*(np.array(column, dtype=np.int32) for column in found))
