"""The graph at a revision, as columns of numbers: what analyses, paths and network views compute on.

A store fills it in one pass, without an object a row. Things are numbered 0, 1, 2, … in the order of their ids; a column of `Actors`, say, has one
entry an actor, and other columns refer to an actor by its number. -1 stands for "none" in columns of numbers of things, and for an unknown count;
NaN for an unknown coordinate. Closed lists are coded by the position of the value in its enum. Dates are ordinals of days (`values.ordinal`):
an unknown `since` begins at `UNKNOWN_SINCE`, an unknown `until` ends at `UNKNOWN_UNTIL`, so that an overlap test needs no case for them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from itertools import compress
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graph_api.model.vocabulary import CentralityMeasure

Codes = NDArray[np.int16]
Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

UNKNOWN_SINCE = 0
UNKNOWN_UNTIL = 4_000_000
"""After the last day that a date can name (9999-12-31 is 3,652,059)."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """When rows hold: first and last day of `since` and of `until`."""

    since_first: Numbers
    since_last: Numbers
    until_first: Numbers
    until_last: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Actors:
    """One entry an actor, in the order of ids."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    """Swedish names, for sentences."""
    names_en: tuple[str, ...]
    kind: Codes
    helix: Codes
    municipality: Numbers
    """The actor that is the municipality of the seat, or -1; a municipality has its seat in itself."""
    region_wide: Flags
    in_region: Flags
    """True for the region's own municipalities alone."""
    population: Numbers
    founded: Numbers
    """The year, or -1."""
    longitude: Floats
    latitude: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Collaborations:
    """One entry a direct tie; `a` has the smaller id."""

    ids: tuple[str, ...]
    a: Numbers
    b: Numbers
    kind: Codes
    strength: Floats
    spans: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Affiliations:
    """One entry an affiliation: `source` is a member, owner, funder, coordinator or host of `target`."""

    ids: tuple[str, ...]
    source: Numbers
    target: Numbers
    kind: Codes
    spans: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Participations:
    """One entry an actor in an initiative."""

    actor: Numbers
    initiative: Numbers
    role: Codes
    spans: Spans
    """Of the participation itself; the initiative's own span is in `Initiatives`."""


@dataclass(frozen=True, slots=True, eq=False)
class Initiatives:
    """One entry an initiative; `spans` are start and end."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Agreements:
    """One entry an agreement; `spans` are signed and until."""

    ids: tuple[str, ...]
    spans: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Services:
    """One entry a service."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_en: tuple[str, ...]
    audience: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Rows of a relation without facts of its own: numbers of the two things."""

    left: Numbers
    right: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The whole graph at one revision."""

    revision: int
    actors: Actors
    collaborations: Collaborations
    affiliations: Affiliations
    initiatives: Initiatives
    participations: Participations
    agreements: Agreements
    agreement_parties: Pairs
    """agreement, actor"""
    services: Services
    service_providers: Pairs
    """service, actor"""
    service_municipalities: Pairs
    """service, actor: the municipality in which it is offered"""
    challenge_ids: tuple[str, ...]
    challenge_names: tuple[str, ...]
    challenge_names_en: tuple[str, ...]
    initiative_challenges: Pairs
    """initiative, challenge"""
    competence_ids: tuple[str, ...]
    competence_names: tuple[str, ...]
    competence_names_en: tuple[str, ...]
    actor_competences: Pairs
    """actor, competence that it has"""
    actor_needs: Pairs
    """actor, competence that it looks for"""
    initiative_competences: Pairs
    """initiative, competence that it requires"""
    actor_sources: Pairs
    """actor, source: of the actor's own row and of every tie, participation or agreement of which it is an end; no pair twice"""
    source_count: int


Table = TypeVar("Table", Spans, Collaborations, Affiliations, Participations, Pairs)


def kept(table: Table, keep: Flags) -> Table:
    """The rows of a table for which the flag is set."""

    def column(value: object) -> object:
        match value:
            case tuple():
                return tuple(compress(value, keep.tolist()))
            case Spans():
                return kept(value, keep)
            case _:
                assert isinstance(value, np.ndarray)
                return value[keep]

    columns = (column(getattr(table, field.name)) for field in fields(table))
    return type(table)(*columns)  # type: ignore[arg-type]  # each column keeps its type


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """A measure of every actor of a snapshot, as an input of a store's statement."""

    revision: int
    ids: tuple[str, ...]
    values: Floats
    """One entry an actor, NaN where the measure is undefined."""
    earlier: bool = False
    """Those of an earlier page: the graph may have changed since."""


@dataclass(frozen=True, slots=True, eq=False)
class Computation:
    """What a store's database is asked to compute on a network that comes with the question."""

    measure: CentralityMeasure | None
    """None: communities."""
    size: int
    """Nodes are 0 … size-1."""
    a: Numbers
    b: Numbers
    """The two ends, one entry an edge."""
    weight: Floats | None
    """One entry an edge: lengths where the measure goes by distance, else strengths. None: all alike."""
    resolution: float = 1.0
    """Of communities."""
    runs: int = 1
    """How many divisions are looked for, each from another seed."""


Compute = Callable[[Computation, float], Awaitable[Floats]]
"""Takes what is asked, and the seconds after which it is given up; gives one row a run, one entry a node: scores, or numbers of communities."""
