"""What a store promises to everything above it. Each promise is tested by one suite that runs on every store.

A store is constructed without a word to its server; `ready` comes first, and everything runs in the event loop that it ran in. A read sees one
revision. A write happens wholly or not at all, and adds one to the revision. What a driver raises becomes a `StoreError` here.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from graph_api.model.changes import Batch, Change, Edit, Link, Place, Row
from graph_api.model.search import Candidate, Term
from graph_api.model.snapshot import Computation, Floats, Snapshot
from graph_api.plan.nodes import Filter, Root, Select, Values


class Compiled(Protocol):
    """A statement of a store; opaque above it, but for its text, which people may read."""

    @property
    def text(self) -> str:
        """In the store's own language; values are parameters of it."""


@dataclass(frozen=True, slots=True)
class Info:
    """What the store holds."""

    revision: int
    changed_at: str | None
    """RFC 3339, in UTC."""
    counts: Mapping[str, int]
    """Rows by entity."""
    store: str
    version: str


class Store(Protocol):
    """The graph, read by plan and written by batch."""

    name: str

    async def ready(self) -> None:
        """Make sure that the store can serve. One that is quite empty is given what it needs first; nothing else is changed.

        Raises:
            StoreAway, StoreRefused: the server cannot be reached, or does not let us in.
            NotAStore, OlderStore, NewerStore: what is there is not ours, or of another version.
        """

    async def migrate(self, *, check: bool) -> Sequence[str]:
        """Bring the store to this version; the names of the steps taken, or with `check` of those that would be: then nothing is changed.

        Needs no `ready` before it, and makes nothing ready.

        Raises:
            StoreError: as `ready`, an older store apart.
        """

    def compile(self, roots: Sequence[Root]) -> Compiled:
        """The statement that reads all roots at once; kept by the caller beside the plan."""

    async def read(self, statement: Compiled, values: Values, *, heavy: bool) -> tuple[list[bytes], int]:
        """The JSON text of each root, and the revision that all of them were read at. `heavy` reads keep others from waiting for them.

        Args:
            values: the variables, and `Scores` at the place of each `Score` of the plan.
        Raises:
            Conflict: the graph is no longer at the revision of the scores.
            BadCursor: a cursor among the values is malformed or foreign.
            StoreError: the store is away, damaged or too slow.
        """

    async def references(
        self, wanted: Sequence[tuple[Select, Sequence[str]]], values: Values
    ) -> list[list[bytes | None]]:
        """For each selection and its ids, the JSON text of each thing, None where there is none; all in one statement.

        Args:
            values: `Scores` at the place of each `Score` of the selections.
        Raises:
            Conflict: the graph is no longer at the revision of the scores.
        """

    async def matching(self, where: Filter, values: Values) -> frozenset[str]:
        """The ids of the actors for which the filter holds."""

    async def revision(self) -> int:
        """The revision of the last write; 0 of an empty store."""

    def known(self) -> int | None:
        """The revision that reads found last, without asking a server, where reads which begin now are known to see all of it.

        It may be older than that of the last write. Where it is not known whether all can be read, it will be, a little later.
        """

    async def info(self) -> Info:
        """What the store holds."""

    async def write(
        self, batch: Batch | Edit, expected_revision: int | None, by: str, *, rehearsed: bool = False
    ) -> int:
        """Write all of the batch, its change log and the next revision; the new revision, or the old one where nothing changed.

        An edit sees what is there within the write itself: nobody writes between its look and what it does.

        Args:
            rehearsed: all is done and checked, and then taken back; the revision is the old one.
        Raises:
            Conflict: the store is not at `expected_revision`, or a thing has changed since the revision expected of it.
            BadValue, NotFound: a row breaks a rule of the graph, or names what is not there; nothing was written.
            Duplicate: what is to be there once is there already.
            StoreError: the store is full, away or damaged; nothing was written.
        """

    async def changes(self, after: Place, limit: int) -> Sequence[Change]:
        """The changes after a place in the log, oldest first, at most `limit`; those of one revision may come in several calls.

        `end_of(revision)` is the place of who has seen a revision, `change.place` that of who has seen a change.
        """

    async def aliases(self) -> tuple[Mapping[str, str], int]:
        """Every id that answers as another's, and the revision at which they do."""

    def rows(self, entity: str) -> AsyncIterator[Row]:
        """Every row of an entity, in the order of ids by code points."""

    def links(self, pair: str) -> AsyncIterator[Link]:
        """Every link of a pair with a file of its own, in the order of ids by code points: the left one's, then the right one's."""

    async def snapshot(self) -> Snapshot:
        """The whole graph as columns, at the present revision."""

    async def vocabulary(self) -> Sequence[tuple[str, int]]:
        """Every folded word that search knows, and how many things hold it."""

    async def candidates(
        self, terms: Sequence[Sequence[Term]], entities: frozenset[str] | None
    ) -> tuple[Sequence[Candidate], int]:
        """The things that hold one of each group of terms, and the revision at which they do."""

    async def check(self) -> list[str]:
        """What is wrong with the store's data, in words; empty where nothing is."""

    async def close(self) -> None:
        """Let go of files and connections; a second time does nothing."""


@runtime_checkable
class RunsMeasures(Protocol):
    """A store whose database can compute measures of a network that it is sent; not every store is one."""

    async def lacking(self) -> Sequence[str]:
        """What the database would need for it and has not, by name; empty where it is able to."""

    async def compute(self, asked: Computation, seconds: float) -> Floats:
        """One row a run, one entry a node: scores by the definitions of `docs/method.md`, or numbers of communities.

        Nothing of it is left in the database, whether it ends well, fails, is cancelled or takes too long.

        Raises:
            OutOfMemory: the database has not memory enough. AnalysisError: it failed at it.
            StoreError: the database is away, or did not answer within so many seconds.
        """
