"""A store → another: both hold the same, whatever happened on the way."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from graph_api.errors import BadValue, Conflict, StoreFull
from graph_api.exchange.moving import LINKED, TABLES, CopyDiffers, TargetTaken, contents, copy
from graph_api.exchange.registry import GraphChanged
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch, Row
from graph_api.stores.base import Store
from tests import strategies
from tests.region import REGION, actor, named
from tests.stores.backends import Backend, Opener, sqlite_file

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(params=["from the embedded store", "to the embedded store"], loop_scope="session")
async def pair(
    request: pytest.FixtureRequest, opener: Opener, tmp_path: Path
) -> AsyncIterator[tuple[Backend, Backend]]:
    """An open, empty source and such a target, one of them the embedded store."""
    async with AsyncExitStack() as stack:
        for name in ("embedded", "other"):
            (tmp_path / name).mkdir()
        opened = [
            await stack.enter_async_context(sqlite_file(tmp_path / "embedded")),
            await stack.enter_async_context(opener(tmp_path / "other")),
        ]
        source, target = opened if request.param.startswith("from") else reversed(opened)
        yield source, target


class Failing:
    """A store of which a write fails after so many, and before each write of which something happens."""

    def __init__(self, store: Store, after: int = 1000) -> None:
        self.store, self.left = store, after
        self.batches: list[Batch] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    async def write(self, batch: Batch, expected_revision: int | None, by: str) -> int:
        if not self.left:
            raise StoreFull("There is no room left.")
        self.left -= 1
        self.batches.append(batch)
        return await self.store.write(batch, expected_revision, by)


def failing(store: Store, after: int = 1000) -> Any:
    return Failing(store, after)


@pytest.mark.parametrize("batch", [REGION, *map(strategies.region, range(2))], ids=["small", "0", "1"])
@pytest.mark.parametrize("size", [3, 5000])
async def test_a_copy_holds_what_its_source_holds(pair: tuple[Backend, Backend], batch: Batch, size: int) -> None:
    """Every row, link and kept count, whatever the batches are: an actor may come before the municipality that it names."""
    source, target = pair
    await source.store.write(batch, None, "test")

    held = await copy(source.store, target.store, rows_a_write=size)

    for name, entity in CATALOGUE.items():
        assert target.raw.rows(name) == source.raw.rows(name)
        for count in entity.counts:
            assert target.raw.counts(name, count.name) == source.raw.counts(name, count.name)
    assert [target.raw.links(name) for name in LINKED] == [source.raw.links(name) for name in LINKED]
    assert held == await contents(source.store) == await contents(target.store)
    assert await target.store.check() == []


@pytest.mark.parametrize("size", [3, 5000])
async def test_what_answers_as_another_does_so_in_the_copy(pair: tuple[Backend, Backend], size: int) -> None:
    """Who kept the id of what was merged finds it in the copy, too, also one that was interrupted; and the hash would tell."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    before = await contents(source.store)
    aliases = {"actor:tvilling-a": "actor:volvo", "actor:tvilling-b": "actor:ale"}
    await source.store.write(Batch(merged=aliases), None, "test")
    with pytest.raises(StoreFull):
        await copy(source.store, failing(target.store, after=6), rows_a_write=size)

    held = await copy(source.store, target.store, resume=True, rows_a_write=size)

    assert (await target.store.aliases())[0] == (await source.store.aliases())[0] == aliases
    assert held == await contents(target.store)
    assert (held.counts["alias"], before.counts["alias"]) == (2, 0)
    assert await target.store.check() == []


async def test_an_alias_is_in_the_digest(backend: Backend) -> None:
    """Two graphs of which one answers to an old id are not the same."""
    await backend.store.write(REGION, None, "test")
    before = await contents(backend.store)
    await backend.store.write(Batch(aliases={"actor:förr": "actor:volvo"}), None, "test")

    held = await contents(backend.store)

    assert held.counts == {**before.counts, "alias": 1}
    assert held.digest != before.digest


async def test_a_copy_writes_its_own_change_log(pair: tuple[Backend, Backend]) -> None:
    """Who asks the copy what happened is told when each row came, once, and not a history that was lost in part."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    await source.store.write(Batch(deleted=["actor:tom"]), None, "test")

    await copy(source.store, target.store, rows_a_write=5)

    changes = target.raw.changes()
    created = [id_ for _, action, id_, *_ in changes if action == "CREATED"]
    rows = [row["id"] for name in CATALOGUE for row in source.raw.rows(name)]
    assert sorted(created) == sorted(rows)
    assert len(changes) == len(rows) + sum(len(source.raw.links(name)) for name in LINKED)


@pytest.mark.parametrize("after", [1, 4, 12])
async def test_a_copy_that_failed_is_continued(pair: tuple[Backend, Backend], after: int) -> None:
    """The disk was full after any of the writes: nothing is written twice, and in the end both hold the same."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    with pytest.raises(StoreFull):
        await copy(source.store, failing(target.store, after), rows_a_write=3)
    before = target.raw.revision()

    held = await copy(source.store, target.store, resume=True, rows_a_write=3)

    assert before == after
    assert held == await contents(target.store)
    assert not [action for _, action, id_, *_ in target.raw.changes() if action == "UPDATED" and id_.count(":") > 1]


async def test_a_continued_copy_passes_over_what_is_there(pair: tuple[Backend, Backend]) -> None:
    """Of millions of rows, most of them written, only the rest is sent again."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    await copy(source.store, target.store)
    again = failing(target.store)

    await copy(source.store, again, resume=True)

    municipalities = [batch.things["Actor"] for batch in again.batches]
    assert [len(rows) for rows in municipalities] == [3]


async def test_a_finished_copy_is_left_as_it_is(pair: tuple[Backend, Backend]) -> None:
    """--resume once too often does no harm."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    await copy(source.store, target.store)
    before = target.raw.revision()

    await copy(source.store, target.store, resume=True)

    assert target.raw.revision() == before


async def test_a_target_that_is_not_empty_is_refused(pair: tuple[Backend, Backend]) -> None:
    """Another region's graph must not be mixed with this one by a slip of the hand."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    await target.store.write(Batch({"Competence": [named("competence", "x", "X")]}), None, "test")

    with pytest.raises(TargetTaken, match="--resume"):
        await copy(source.store, target.store)

    assert (target.raw.revision(), len(target.raw.rows("Competence"))) == (1, 1)


OTHERS = {
    "a row before all": Batch({"Competence": [named("competence", "0", "X")]}),
    "a row in the middle": Batch({"Competence": [named("competence", "c", "X")]}),
    "a row after all": Batch({"Competence": [named("competence", "z", "X")]}),
    "a row with other facts": Batch({"Competence": [named("competence", "batteri", "Another name")]}),
    "a link": Batch(links={"actor_need": [("actor:gu", "competence:robotik", None)]}),
    "a link with another source": Batch(links={"actor_competence": [("actor:chalmers", "competence:batteri", None)]}),
}


@pytest.mark.parametrize("other", OTHERS)
async def test_what_is_not_the_beginning_of_this_copy_is_not_continued(
    pair: tuple[Backend, Backend], other: str
) -> None:
    """Somebody's own row would be overwritten, or stay and make the copy a lie."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    await copy(source.store, target.store)
    await target.store.write(OTHERS[other], None, "test")
    before = target.raw.revision()

    with pytest.raises(TargetTaken, match="Nothing was written"):
        await copy(source.store, target.store, resume=True)

    assert target.raw.revision() == before


async def test_an_empty_source_is_refused(pair: tuple[Backend, Backend]) -> None:
    """A wrong address would give an empty copy that agrees with it."""
    source, target = pair

    with pytest.raises(BadValue, match="empty"):
        await copy(source.store, target.store)


class Restless(Failing):
    """A store to which somebody else writes while it is read or written."""

    async def rows(self, entity: str) -> AsyncIterator[Row]:
        if entity == "Participation" and self.left:
            self.left = 0
            await self.store.write(Batch({"Competence": [named("competence", "x", "X")]}), None, "other")
        async for row in self.store.rows(entity):
            yield row


async def test_a_source_that_changes_meanwhile_is_told(pair: tuple[Backend, Backend]) -> None:
    """The copy would be of no revision at all."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    restless: Any = Restless(source.store)

    with pytest.raises(GraphChanged):
        await copy(restless, target.store)


async def test_a_target_that_others_write_to_is_told(pair: tuple[Backend, Backend]) -> None:
    """Their rows would be found only at the end, after hours."""
    source, target = pair
    await source.store.write(REGION, None, "test")

    class Shared(Failing):
        async def write(self, batch: Batch, expected_revision: int | None, by: str) -> int:
            if len(self.batches) == 2:
                await self.store.write(Batch({"Competence": [named("competence", "x", "X")]}), None, "other")
            return await super().write(batch, expected_revision, by)

    shared: Any = Shared(target.store)
    with pytest.raises(Conflict):
        await copy(source.store, shared)


async def test_a_copy_that_lost_a_row_is_told(pair: tuple[Backend, Backend]) -> None:
    """A store that says it wrote and did not: the comparison at the end is what one relies on."""
    source, target = pair
    await source.store.write(REGION, None, "test")

    class Losing(Failing):
        async def write(self, batch: Batch, expected_revision: int | None, by: str) -> int:
            things = {
                name: [row for row in rows if row["id"] != "competence:robotik"] for name, rows in batch.things.items()
            }
            return await super().write(replace(batch, things=things), expected_revision, by)

    losing: Any = Losing(target.store)
    with pytest.raises(CopyDiffers, match="1 of 2 in Competence"):
        await copy(source.store, losing)


# ------------------------------------------------------------------------------------------------ the digest
def written_out(batch: Batch) -> Iterator[bytes]:
    """The lines of the digest by the standard library, from whole rows of a batch whose values are as they are kept."""
    for table in TABLES:
        values: list[Any] = sorted(batch.links.get(table, ())) or sorted(
            batch.things.get(table, ()), key=lambda row: str(row["id"])
        )
        if table == "alias":
            values = sorted(batch.aliases.items())
        for value in values:
            known = {k: v for k, v in value.items() if v not in (None, [])} if isinstance(value, dict) else value
            yield json.dumps([table, known], sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


async def test_the_digest_is_what_its_description_says(backend: Backend) -> None:
    """Researchers cite it and must be able to work it out with other tools."""
    facts: dict[str, Any] = {
        "foundedIn": 1829,
        "regionWide": True,
        "sources": ["source:b", "source:å"],
        "longitude": 12.0,
        "latitude": 57.7,
    }
    rows: dict[str, list[Row]] = {
        "Actor": [actor("x", 'Å"\n\u2028😀', "OTHER", "HYBRID", **facts)],
        "Source": [{"id": f"source:{slug}", "slug": slug, "title": "T", "accessed": "2018-04"} for slug in ("b", "å")],
        "Competence": [named("competence", "k", "K")],
    }
    batch = Batch(rows, {"actor_need": [("actor:x", "competence:k", None)]}, aliases={"actor:å": "actor:x"})
    await backend.store.write(batch, None, "test")

    held = await contents(backend.store)

    assert held.digest == f"sha256:{hashlib.sha256(b''.join(written_out(batch))).hexdigest()}"
    assert held.counts == {
        **dict.fromkeys(TABLES, 0),
        "Actor": 1,
        "Source": 2,
        "Competence": 1,
        "actor_need": 1,
        "alias": 1,
    }


async def test_the_digest_does_not_depend_on_the_way_to_the_facts(pair: tuple[Backend, Backend]) -> None:
    """The same facts, written in other pieces and after other facts, are the same graph."""
    one, other = pair
    await one.store.write(REGION, None, "test")
    await other.store.write(Batch({"Competence": [named("competence", "gone", "X")]}), None, "test")
    await other.store.write(REGION, None, "somebody else")
    await other.store.write(Batch(deleted=["competence:gone"]), None, "test")

    assert await contents(one.store) == await contents(other.store)


async def test_each_fact_is_in_the_digest(backend: Backend) -> None:
    """A digest that misses a field would call two graphs the same."""
    facts: list[Row] = [
        {},
        {"nameEn": "Y"},
        {"website": "https://x.example"},
        {"foundedIn": 1829},
        {"regionWide": True},
        {"longitude": 12.0, "latitude": 57.0},
        {"longitude": 12.5, "latitude": 57.0},
    ]
    kept = actor("x", "X", "OTHER", "HYBRID", sources=[])
    seen = []
    for change in facts:
        await backend.store.write(Batch({"Actor": [{**kept, **change}]}), None, "test")
        seen.append((await contents(backend.store)).digest)

    assert len(set(seen)) == len(facts)


async def test_progress_never_goes_back(pair: tuple[Backend, Backend]) -> None:
    """A bar that jumps back says nothing about how long it takes."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    heard: list[tuple[str, int, int]] = []

    await copy(source.store, target.store, rows_a_write=3, on_progress=lambda *told: heard.append(told))

    written = [done for doing, done, _ in heard if doing.startswith("Writing")]
    assert all(one < other for one, other in pairwise(written))
    assert all(done <= of for _, done, of in heard)


class Cancelling(Failing):
    """A store to which a write is sent, and then the task is cancelled."""

    async def write(self, batch: Batch, expected_revision: int | None, by: str) -> int:
        if len(self.batches) == self.left:
            task = asyncio.current_task()
            assert task
            task.cancel()
        self.batches.append(batch)
        return await self.store.write(batch, expected_revision, by)


async def test_a_copy_that_is_cancelled_is_continued(pair: tuple[Backend, Backend]) -> None:
    """Ctrl-C cancels the task; the write that was under way is whole or not there."""
    source, target = pair
    await source.store.write(REGION, None, "test")
    cancelling: Any = Cancelling(target.store, after=5)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(copy(source.store, cancelling, rows_a_write=3))
    # The process would have ended by now; here the write that was under way is waited for.
    await target.store.write(Batch(), None, "test")

    held = await copy(source.store, target.store, resume=True)

    assert held == await contents(target.store)
