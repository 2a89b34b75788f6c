"""The tree of errors: one class a case, each with a code and an HTTP status.

    SamverkanError                      everything that we raise on purpose
    ├── InputError                      the caller gave something wrong; says where, and what would be right
    │   ├── BadValue … NotFound …       a value, an argument, a cursor, an operation
    │   └── BadFile …                   rows of a file; collected, never raised one by one
    ├── StoreError                      the store is damaged, foreign, from another version, full, away or closed to us
    └── AnalysisError                   a computation that could not be finished

`code` is what programs rely on, `place` names where (a field's path, a file's line and column), `hint` what would be right.
A foreign exception becomes one of these at the border of the room that met it, raised `from` the original.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a file: its name, the line (the header is line 1) and the column's name."""

    file: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [self.file, f"line {self.line}" if self.line else "", f'column "{self.column}"' if self.column else ""]
        return ", ".join(part for part in parts if part)


class SamverkanError(Exception):
    """Everything that we raise on purpose."""

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[int] = 500

    def __init__(self, message: str, *, place: object = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint} [{self.code}]"


class InputError(SamverkanError):
    """The caller gave something that cannot be answered as it stands."""

    code, status = "BAD_INPUT", 400


class BadValue(InputError):
    """A value has the right type, but not a form that the field takes."""

    code = "BAD_VALUE"


class Duplicate(BadValue):
    """What is to be written is there already: a slug, or a tie with the same ends, kind and since."""

    code, status = "DUPLICATE", 409


class NullOperator(InputError):
    """A filter's operator is null; only isNull asks for null."""

    code = "NULL_OPERATOR"


class BadPage(InputError):
    """first and last together, or one below 0 or above the largest page."""

    code = "BAD_PAGE"


class BadCursor(InputError):
    """A cursor that is malformed, or was made by another connection or order."""

    code = "BAD_CURSOR"


class TooCostly(InputError):
    """The operation holds, could return or did return more than one may; the message says what was measured and what is allowed."""

    code = "TOO_COSTLY"


class WrongMethod(InputError):
    """Neither GET nor POST, or GET for what is no query."""

    code, status = "WRONG_METHOD", 405


class NotFound(InputError):
    """An argument names a thing that the graph does not hold."""

    code, status = "NOT_FOUND", 404


class Conflict(InputError):
    """The graph has changed since the revision that the caller expected; nothing was written."""

    code, status = "CONFLICT", 409


class StoreError(SamverkanError):
    """The store cannot be read or written."""

    code, status = "STORE", 503


class NotAStore(StoreError):
    """The address leads to no database, or to one that another program made."""

    code = "NOT_A_STORE"


class DamagedStore(StoreError):
    """The store's data contradict themselves or cannot be read."""

    code, status = "DATA_DAMAGED", 500


class NewerStore(StoreError):
    """The store was written by a newer version of Samverkan."""

    code = "NEWER_STORE"


class OlderStore(StoreError):
    """The store was written by an older version of Samverkan, and `samverkan migrate` has not been run."""

    code = "OLDER_STORE"


class StoreAway(StoreError):
    """The database's server cannot be reached, or went away; a write under way was kept wholly or not at all."""

    code = "STORE_AWAY"


class StoreRefused(StoreError):
    """The database's server does not let us in: user, password or rights."""

    code = "STORE_REFUSED"


class StoreFull(StoreError):
    """There is no room left; nothing of the write was kept."""

    code, status = "STORE_FULL", 507


class StoreBusy(StoreError):
    """Others kept the store for too long, or the deadline passed; a write was kept wholly or not at all."""

    code = "STORE_BUSY"


class AnalysisError(SamverkanError):
    """A computation could not be finished."""

    code = "ANALYSIS"


class AnalysisBusy(AnalysisError):
    """Too many analyses wait already."""

    code, status = "ANALYSIS_BUSY", 503


class TooLittleData(AnalysisError):
    """The network is too small for what was asked of it."""

    code, status = "TOO_LITTLE_DATA", 422


class TooSlow(AnalysisError):
    """A computation took longer than it may."""

    code, status = "TOO_SLOW", 503


class NotConverged(AnalysisError):
    """A measure that is found by ever better guesses came to none that is good enough."""

    code = "NOT_CONVERGED"


class OutOfMemory(AnalysisError):
    """A computation needed more memory than it may have."""

    code, status = "OUT_OF_MEMORY", 503
