"""The graph as it was: an embedded store of its own for each revision asked for, filled with the present rows undone by the change log.

Works on whatever store, through its own promises alone. The last few are kept, since nothing changes in the past.
"""

import asyncio
import itertools
import tempfile
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from graph_api.errors import BadValue, StoreBusy
from graph_api.model.catalogue import CATALOGUE, MERGED, PAIR
from graph_api.model.changes import Batch, Change, Link, Row, end_of
from graph_api.stores.base import Store
from graph_api.stores.sqlite.store import SqliteStore

KEPT = 2
CHANGES_AT_ONCE = 1000
TRIES = 3


class Past:
    """The graphs that a store once held."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: OrderedDict[int, SqliteStore] = OrderedDict()
        self._reading = asyncio.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = itertools.count(1)

    @property
    def stores(self) -> Sequence[Store]:
        """Those that are kept, the last asked for first."""
        return list(reversed(self._kept.values()))

    async def at(self, revision: int) -> Store:
        """The graph at a revision; its own store counts revisions by itself.

        Raises:
            BadValue: the revision is below 0, or has not come yet.
        """
        async with self._reading:
            if revision not in self._kept:
                self._kept[revision] = await self._made(revision)
                while len(self._kept) > KEPT:
                    # Not closed: somebody may be reading it, and whoever is last lets go of it.
                    _, oldest = self._kept.popitem(last=False)
                    with suppress(OSError):
                        oldest.path.unlink()
            self._kept.move_to_end(revision)
            return self._kept[revision]

    async def close(self) -> None:
        """Let go of them."""
        async with self._reading:
            while self._kept:
                await self._kept.popitem()[1].close()
            if self._folder:
                self._folder.cleanup()

    async def _made(self, revision: int) -> SqliteStore:
        present = await self.store.revision()
        if not 0 <= revision <= present:
            raise BadValue(
                f"There is no revision {revision}.",
                place="atRevision",
                hint=f"They go from 0 to {present}, the present one.",
            )
        graph = await self._present()
        place, seen = end_of(revision), set[object]()
        while changes := await self.store.changes(place, CHANGES_AT_ONCE):
            for change in changes:
                graph.undo(change, seen)
            place = changes[-1].place
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="samverkan-")
        store = SqliteStore(Path(self._folder.name) / f"{next(self._numbers)}.db")
        await store.write(graph.batch(), None, "past")
        return store

    async def _present(self) -> "_Graph":
        """All rows and links of one revision."""
        for _ in range(TRIES):
            revision = await self.store.revision()
            # Nothing of it is still on its way then.
            await self.store.changes(end_of(revision), 1)
            graph = _Graph((await self.store.aliases())[0])
            for name in CATALOGUE:
                graph.things[name] = {str(row["id"]): row async for row in self.store.rows(name)}
            for pair in PAIR.values():
                if pair.one:
                    graph.links[pair.name] = {link[:2]: link async for link in self.store.links(pair.name)}
            if await self.store.revision() == revision:
                return graph
        raise StoreBusy("The graph changes all the time.", hint="Try again a little later.")


class _Graph:
    """Rows by entity and id, links by pair and ends."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self.aliases = aliases
        self.things: dict[str, dict[str, Row]] = {}
        self.links: dict[str, dict[tuple[str, str], Link]] = {}

    def undo(self, change: Change, seen: set[object]) -> None:
        """Take a thing or link back to before its first change; changes come oldest first, later ones of the same say nothing more."""
        fact = change.after or change.before or {}
        if "pair" in fact:
            pair = PAIR[str(fact["pair"])]
            assert pair.one is not None, "only links with a file of their own are changes"
            ends = str(fact[pair.left[0]]), str(fact[pair.right[0]])
            if (pair.name, ends) in seen:
                return
            seen.add((pair.name, ends))
            if change.before is None:
                self.links[pair.name].pop(ends, None)
            else:
                refers = change.before[pair.one.name]
                self.links[pair.name][ends] = (*ends, None if refers is None else str(refers))
            return
        if change.node_id in seen:
            return
        seen.add(change.node_id)
        things = next(self.things[name] for name, entity in CATALOGUE.items() if entity.table.upper() == change.kind)
        if change.before is None:
            things.pop(change.node_id, None)
        else:
            things[change.node_id] = change.before

    def batch(self) -> Batch:
        """All of it; what was not merged yet then answers by itself, and what was as what it is today."""
        actors = self.things[MERGED]
        return Batch(
            {name: list(rows.values()) for name, rows in self.things.items()},
            {name: list(links.values()) for name, links in self.links.items()},
            aliases={id_: kept for id_, kept in self.aliases.items() if id_ not in actors and kept in actors},
        )
