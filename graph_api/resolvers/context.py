"""What a request carries to the functions that answer its fields, and the snapshot that they share."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from graph_api.analysis.cache import Cache
from graph_api.analysis.worker import Analyst
from graph_api.model.snapshot import Scores, Snapshot
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.paths import Networks
from graph_api.stores.base import Store

SCORES_BYTES = 64_000_000
"""Memory for the scores of pages that may be continued."""


class Past(Protocol):
    """The graphs that a store once held."""

    @property
    def stores(self) -> Sequence[Store]:
        """Those at hand."""

    async def at(self, revision: int) -> Store:
        """The graph at a revision.

        Raises:
            BadValue: the revision is below 0, or has not come yet.
        """

    async def close(self) -> None:
        """Let go of them."""


class Snapshots:
    """The snapshots last asked for, each read once for all who ask."""

    def __init__(self, store: Store, past: Past | None = None) -> None:
        self.store, self.past = store, past
        self._earlier: dict[int, Snapshot] = {}
        self._reading = asyncio.Lock()
        self._known: Snapshot | None = None

    async def present(self) -> Snapshot:
        """The whole graph at its present revision."""
        async with self._reading:
            if self._known is None or self._known.revision != await self.store.revision():
                self._known = await self.store.snapshot()
            return self._known

    async def at(self, revision: int | None) -> tuple[Snapshot, Store]:
        """The whole graph at a revision, None for the present one, and the store that holds it.

        Raises:
            BadValue: the revision is below 0, or has not come yet.
        """
        if revision is None:
            return await self.present(), self.store
        assert self.past is not None, "the composition root gives it"
        store = await self.past.at(revision)
        if (known := self._earlier.get(revision)) is None:
            self._earlier.clear()
            known = self._earlier[revision] = replace(await store.snapshot(), revision=revision)
        return known, store


@dataclass(frozen=True, slots=True)
class Context:
    """One for all requests of readers, since nothing in it is of one alone; an editor's has a name beside."""

    store: Store
    snapshots: Snapshots
    analyst: Analyst
    feed: Feed
    networks: Networks = field(default_factory=Networks)
    editor: str | None = None
    """Who may write; None may not."""
    scores: Cache[Scores] = field(default_factory=lambda: Cache(SCORES_BYTES))
    """By revision, measure and network: a page that goes on from a cursor is sorted as the page before it was."""

    async def close(self) -> None:
        """End what was begun for requests; the store stays open."""
        await self.feed.close()
        await self.analyst.close()
        if self.snapshots.past:
            await self.snapshots.past.close()
