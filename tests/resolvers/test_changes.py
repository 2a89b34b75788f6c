"""Followers of the change log: what they missed and what comes, once and in order, whatever else happens; on every store."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence

import pytest

from graph_api.errors import BadValue, StoreBusy
from graph_api.model.changes import Batch, Change, Place, end_of
from graph_api.resolvers.changes import Feed, FellBehind
from tests import region
from tests.stores.backends import Backend

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALL = end_of(0)


def actors(first: int, count: int = 1) -> Batch:
    """New actors, numbered."""
    rows = [
        region.actor(f"a{n:05}", f"Nummer {n}", "BUSINESS", "INDUSTRY", sources=[]) for n in range(first, first + count)
    ]
    return Batch(things={"Actor": rows})


async def taken(changes: AsyncGenerator[Change, None], count: int) -> list[str]:
    """The things of so many changes."""
    found: list[str] = []
    async with asyncio.timeout(20):
        while len(found) < count:
            found.append((await anext(changes)).node_id)
    return found


def ids(first: int, count: int) -> list[str]:
    return [f"actor:a{n:05}" for n in range(first, first + count)]


async def test_what_was_missed_comes_before_what_comes(backend: Backend) -> None:
    """A client that was away goes on as if it had not been."""
    feed = Feed(backend.store)
    await backend.store.write(actors(0, 3), None, by="test")
    changes = feed.follow(ALL)
    before = await taken(changes, 3)
    await backend.store.write(actors(3, 2), None, by="test")
    after = await taken(changes, 2)
    await changes.aclose()

    assert before == ids(0, 3)
    assert after == ids(3, 2)


async def test_a_follower_from_now_on_is_told_nothing_of_before(backend: Backend) -> None:
    """Whoever has just read the graph wants what changes since."""
    feed = Feed(backend.store)
    await backend.store.write(actors(0, 2), None, by="test")
    changes = feed.follow(await feed.begin(None, None))
    waiting = asyncio.create_task(taken(changes, 1))
    await asyncio.sleep(0)
    await backend.store.write(actors(2), None, by="test")

    assert await waiting == ids(2, 1)
    await changes.aclose()


async def test_one_goes_on_after_the_last_change_that_was_seen(backend: Backend) -> None:
    """Within a revision, too: nothing twice, nothing left out."""
    feed = Feed(backend.store)
    await backend.store.write(actors(0, 5), None, by="test")
    changes = feed.follow(ALL)
    seen = [await anext(changes) for _ in range(2)]
    await changes.aclose()
    again = feed.follow(await feed.begin(None, seen[-1].id))

    assert [change.node_id for change in seen] + await taken(again, 3) == ids(0, 5)
    await again.aclose()


async def test_none_is_lost_or_told_twice_while_others_write(backend: Backend) -> None:
    """Followers begin at any time, some from the beginning, some from now on: each sees one unbroken end of the log."""
    feed = Feed(backend.store, kept=600)
    total = 60

    async def write() -> None:
        for n in range(0, total, 3):
            await backend.store.write(actors(n, 3), None, by="test")
            feed.tell()
            await asyncio.sleep(0)

    async def follow(delay: float) -> list[str]:
        await asyncio.sleep(delay)
        changes = feed.follow(ALL)
        found = await taken(changes, total)
        await changes.aclose()
        return found

    *found, _ = await asyncio.gather(*(follow(n / 50) for n in range(8)), write())

    assert found == [ids(0, total)] * 8


async def test_who_does_not_keep_up_is_sent_away_and_the_others_are_not(backend: Backend) -> None:
    """One that stands still costs the others neither changes nor much time, and goes on later where it stood."""
    feed = Feed(backend.store, kept=1000, patience=0.05)
    start = await feed.begin(None, None)
    slow, quick = feed.follow(start), feed.follow(start)
    both = asyncio.gather(anext(slow), anext(quick))
    await asyncio.sleep(0)
    await backend.store.write(actors(0, 2200), None, by="test")
    last, _ = await both
    rest = await taken(quick, 2199)
    with pytest.raises(FellBehind) as sent_away:
        await anext(slow)
    await quick.aclose()
    again = feed.follow(await feed.begin(None, last.id))

    assert rest == ids(1, 2199)
    assert sent_away.value.hint == f'Subscribe again after: "{last.id}".'
    assert await taken(again, 2199) == ids(1, 2199)
    await again.aclose()


async def test_a_place_that_does_not_exist_is_refused(backend: Backend) -> None:
    """Whoever names a revision of another graph would wait for ever."""
    feed = Feed(backend.store)
    await backend.store.write(actors(0), None, by="test")
    for since, after, says in (
        (2, None, "at revision 1"),
        (None, "change:9:0000001", "at revision 1"),
        (None, "a", "not the id"),
        (0, "change:1:0000001", "both"),
    ):
        with pytest.raises(BadValue, match=says):
            await feed.begin(since, after)


async def test_a_thousand_followers_share_one_reader(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one more costs is a wake, and no read of the log."""
    feed = Feed(backend.store)
    start = await feed.begin(None, None)
    pages: list[int] = []
    read = backend.store.changes

    async def counted(after: Place, limit: int) -> Sequence[Change]:
        page = await read(after, limit)
        pages.append(len(page))
        return page

    monkeypatch.setattr(backend.store, "changes", counted)
    following = [feed.follow(start) for _ in range(1000)]
    followers = [asyncio.create_task(taken(changes, 1)) for changes in following]
    await asyncio.sleep(0.1)
    await backend.store.write(actors(0), None, by="test")
    feed.tell()

    assert await asyncio.gather(*followers) == [ids(0, 1)] * 1000
    assert sum(pages) == 1
    for changes in following:
        await changes.aclose()


async def test_the_log_is_read_only_while_somebody_follows(backend: Backend) -> None:
    """A process without subscribers leaves the store alone."""
    feed = Feed(backend.store)
    changes = feed.follow(ALL)
    await backend.store.write(actors(0), None, by="test")
    await taken(changes, 1)
    reader = feed._reader
    await changes.aclose()

    assert reader is not None
    assert reader.done()
    assert feed._reader is None


async def test_followers_outlive_a_store_that_is_away_for_a_while(
    backend: Backend, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It comes back, and they are told what they missed; the log has one line of it, not five a second."""
    feed = Feed(backend.store)
    changes = feed.follow(ALL)
    waiting = asyncio.create_task(taken(changes, 1))
    await asyncio.sleep(0.3)
    revision = backend.store.revision

    async def away() -> int:
        raise StoreBusy("It takes too long.")

    monkeypatch.setattr(backend.store, "revision", away)
    with caplog.at_level(logging.WARNING):
        await backend.store.write(actors(0), None, by="test")
        await asyncio.sleep(0.7)
    monkeypatch.setattr(backend.store, "revision", revision)

    assert await waiting == ids(0, 1)
    assert caplog.text.count("cannot be read") == 1
    await changes.aclose()
