"""What a request carries to the functions that answer its fields, and the snapshot that they share."""

import asyncio
from dataclasses import dataclass, field

from graph_api.analysis.cache import Cache
from graph_api.analysis.worker import Analyst
from graph_api.model.snapshot import Scores, Snapshot
from graph_api.resolvers.paths import Networks
from graph_api.stores.base import Store

SCORES_BYTES = 64_000_000
"""Memory for the scores of pages that may be continued."""


class Snapshots:
    """The snapshot of the present revision, read once for all who ask."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._reading = asyncio.Lock()
        self._known: Snapshot | None = None

    async def present(self) -> Snapshot:
        """The whole graph at its present revision."""
        async with self._reading:
            if self._known is None or self._known.revision != await self.store.revision():
                self._known = await self.store.snapshot()
            return self._known


@dataclass(frozen=True, slots=True)
class Context:
    """One for all requests, since nothing in it is of one alone."""

    store: Store
    snapshots: Snapshots
    analyst: Analyst
    networks: Networks = field(default_factory=Networks)
    scores: Cache[Scores] = field(default_factory=lambda: Cache(SCORES_BYTES))
    """By revision, measure and network: a page that goes on from a cursor is sorted as the page before it was."""
