"""The change log as it grows, read once in a process for all who follow it.

One reader asks for the revision a few times a second, sooner where this process wrote, and keeps the changes last read. A follower that begins
further back reads the log by itself until it meets them. Who then takes changes so slowly that others would have to wait, or the memory to grow, is
sent away with the place from which it may begin anew. Knows no transport.
"""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field

from graph_api.errors import BadValue, InputError, SamverkanError
from graph_api.model.changes import Change, Place, end_of, place_of
from graph_api.stores.base import Store

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 0.2
"""Between two looks at the revision: so late others' writes are seen at most."""
PAGE = 500
KEPT = 2000
"""Changes that are kept for followers."""
PATIENCE_SECONDS = 5.0
"""So long the reader waits for a follower before it lets go of a page that this one has not seen."""


class FellBehind(InputError):
    """A subscriber took its changes too slowly; it may subscribe again from the last one that it was given."""

    code, status = "FELL_BEHIND", 503


@dataclass(eq=False, slots=True)
class _Follower:
    place: Place
    met: bool = False
    """Whether it has reached the changes that are kept."""


@dataclass(slots=True)
class Feed:
    """The changes of a store, for as many as follow them."""

    store: Store
    kept: int = KEPT
    patience: float = PATIENCE_SECONDS
    _recent: list[Change] = field(default_factory=list)
    _begin: Place = (0, "")
    """All changes after this place, up to `_end`, are kept."""
    _end: Place = (0, "")
    _followers: set[_Follower] = field(default_factory=set)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _told: asyncio.Event = field(default_factory=asyncio.Event)
    _reader: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Something was written by this process."""
        self._told.set()

    async def begin(self, since: int | None, after: str | None) -> Place:
        """Where one begins that has seen a revision, or a change; else at the present end.

        Raises:
            BadValue: both are given, or they lie in the future.
        """
        present = await self.store.revision()
        if since is not None and after is not None:
            raise BadValue("since and after are both given.", hint="Give the last change that was seen, or a revision.")
        place = place_of(after) if after is not None else end_of(present if since is None else since)
        if place > end_of(present):
            hint = "It may be of another graph: read it anew, and subscribe since its revision."
            raise BadValue(f"The graph is at revision {present:,}; {after or since} lies after it.", hint=hint)
        return place

    async def follow(self, place: Place) -> AsyncGenerator[Change, None]:
        """The changes after a place: those that there are, then those that come, each once and in order.

        Raises:
            FellBehind: they were taken too slowly.
            StoreError: the log cannot be read; only while it is read back.
        """
        follower = _Follower(place)
        if self._reader is None:
            self._recent.clear()
            # Whoever begins earlier reads the log itself.
            self._begin = self._end = place
            self._reader = asyncio.create_task(self._read())
        self._followers.add(follower)
        try:
            while True:
                arrived = self._arrived
                if follower.place >= self._begin:
                    follower.met = True
                    change = self._next(follower.place)
                    if change is None:
                        await arrived.wait()
                        continue
                    follower.place = change.place
                    yield change
                elif follower.met:
                    raise FellBehind("The changes were taken too slowly.", hint=_again(follower.place))
                else:
                    begin = self._begin
                    page = await self.store.changes(follower.place, PAGE)
                    for change in page:
                        follower.place = change.place
                        yield change
                    if not page:
                        follower.place = max(follower.place, begin)
        finally:
            self._followers.discard(follower)
            if not self._followers:
                await self.close()

    async def close(self) -> None:
        """Stop reading; the next follower begins it anew."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader

    def _next(self, place: Place) -> Change | None:
        index = bisect_right(self._recent, place, key=_place)
        return self._recent[index] if index < len(self._recent) else None

    async def _read(self) -> None:
        known, away = -1, False
        while True:
            try:
                if (revision := await self.store.revision()) != known:
                    while page := await self.store.changes(self._end, PAGE):
                        await self._make_room()
                        self._recent.extend(page)
                        self._end = page[-1].place
                        self._arrived.set()
                        self._arrived = asyncio.Event()
                    known = revision
                away = False
            except Exception as error:
                if not away:
                    trace = None if isinstance(error, SamverkanError) else error
                    log.warning("The change log cannot be read; subscribers wait: %s", error, exc_info=trace)
                away = True
            with suppress(TimeoutError):
                async with asyncio.timeout(INTERVAL_SECONDS):
                    await self._told.wait()
            self._told.clear()

    async def _make_room(self) -> None:
        """Let go of the oldest changes once all have seen them, or have had the time to."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.patience
        while len(self._recent) >= self.kept:
            cut = min(PAGE, len(self._recent))
            place = self._recent[cut - 1].place
            if loop.time() < until and any(one.met and self._begin <= one.place < place for one in self._followers):
                await asyncio.sleep(0.02)
                continue
            del self._recent[:cut]
            self._begin = place


def _place(change: Change) -> Place:
    return change.place


def _again(place: Place) -> str:
    revision, id_ = place
    return f"Subscribe again since: {revision}." if id_ == "~" else f'Subscribe again after: "{id_}".'
