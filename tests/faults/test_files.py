"""Files that are not what they should be, and machines that run out of room or time: the right error, and nothing changed."""

import asyncio
import hashlib
import os
import re
import time
from pathlib import Path

import apsw
import pytest

from graph_api.errors import DamagedStore, NewerStore, NotAStore, StoreBusy, StoreError, StoreFull
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch
from graph_api.plan.nodes import All, Given, Lookup, Root
from graph_api.stores.sqlite import store as store_module
from graph_api.stores.sqlite import tables
from graph_api.stores.sqlite.statement import Statement
from graph_api.stores.sqlite.store import SqliteStore, migrations
from tests.region import REGION, actor
from tests.stores.backends import RawSqlite
from tests.stores.test_reads import everything

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def filled(path: Path, batch: Batch = REGION) -> None:
    """A store of one revision, closed."""
    store = SqliteStore(path)
    await store.write(batch, None, "test")
    await store.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ------------------------------------------------------------------------------------------------ tables
async def test_migrations_lead_to_the_tables_of_the_catalogue(tmp_path: Path) -> None:
    """A field that is added to the catalogue without a migration would fail on every file that is there already."""
    await filled(tmp_path / "graph.db", Batch())

    made = apsw.Connection(str(tmp_path / "graph.db"))
    declared = apsw.Connection(":memory:")
    declared.execute(tables.ddl())
    schema = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    there = {name: re.sub(r"\s+", " ", str(sql)) for name, sql in made.execute(schema)}
    wanted = {name: re.sub(r"\s+", " ", str(sql)) for name, sql in declared.execute(schema)}
    assert {name: there.get(name) for name in wanted} == wanted
    assert {name for name in there.keys() - wanted.keys() if not name.startswith("search")} == {
        "meta",
        "change",
        "change_node",
        "change_order",
        "alias",
        "alias_kept",
        "found",
        "word",
    }


async def test_an_opened_file_stays_as_it_is(tmp_path: Path) -> None:
    """Opening brings tables up to date, once."""
    await filled(tmp_path / "graph.db")
    before = digest(tmp_path / "graph.db")

    await SqliteStore(tmp_path / "graph.db").close()

    assert digest(tmp_path / "graph.db") == before


async def test_migrate_with_check_names_the_steps_and_leaves_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deployment asks what a new version would do, while the old one still serves."""
    path = tmp_path / "graph.db"
    await filled(path)
    before = digest(path)
    monkeypatch.setattr(store_module, "migrations", lambda: [*migrations(), ("0002_more", "CREATE TABLE more(x)")])

    store = SqliteStore(path, migrating=False)
    steps = await store.migrate(check=True)
    await store.close()

    beside = [name for _, _, names in os.walk(tmp_path) for name in names]
    assert (steps, digest(path), beside) == (["0002_more"], before, ["graph.db"])


async def test_opening_takes_the_steps_that_the_file_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says which: of a file that an older version wrote, those after its own."""
    path = tmp_path / "graph.db"
    await filled(path)
    monkeypatch.setattr(store_module, "migrations", lambda: [*migrations(), ("0002_more", "CREATE TABLE more(x)")])

    store, again = SqliteStore(path), SqliteStore(path)
    steps = await store.migrate(check=False), await again.migrate(check=False)
    await store.close()
    await again.close()

    assert steps == (["0002_more"], [])
    assert apsw.Connection(str(path)).execute("SELECT count(*) FROM more").get == 0


async def test_a_closed_store_is_one_file(tmp_path: Path) -> None:
    """Who copies the file copies everything: nothing may be left in a log beside it."""
    await filled(tmp_path / "graph.db")

    assert [name for _, _, names in os.walk(tmp_path) for name in names] == ["graph.db"]


async def test_a_file_of_no_bytes_becomes_a_store(tmp_path: Path) -> None:
    """mktemp and touch make such files."""
    path = tmp_path / "graph.db"
    path.touch()

    await filled(path)

    assert path.read_bytes()[:6] == b"SQLite"


# ------------------------------------------------------------------------------------------------ files of others
async def test_a_file_of_text_is_refused(tmp_path: Path) -> None:
    """Somebody named the wrong file: it must survive."""
    path = tmp_path / "letter.txt"
    path.write_text("Dear region,\n" * 500)
    before = digest(path)

    with pytest.raises(NotAStore) as caught:
        SqliteStore(path)

    assert caught.value.place == path
    assert digest(path) == before


async def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """Ours among its tables would harm both."""
    path = tmp_path / "bookmarks.db"
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE bookmark(url TEXT); INSERT INTO bookmark VALUES('https://gu.se')")
    other.close()
    before = digest(path)

    with pytest.raises(NotAStore):
        SqliteStore(path)

    assert digest(path) == before


async def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """An older program would write rows that the newer one misses something in."""
    path = tmp_path / "graph.db"
    await filled(path)
    newer = apsw.Connection(str(path))
    newer.execute(f"PRAGMA user_version={len(migrations()) + 1}")
    newer.close()
    before = digest(path)

    with pytest.raises(NewerStore):
        SqliteStore(path)

    assert digest(path) == before


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A path that is a folder itself, say."""
    (tmp_path / "graph.db").mkdir()

    with pytest.raises(StoreError):
        SqliteStore(tmp_path / "graph.db")


# ------------------------------------------------------------------------------------------------ damage
async def _everything_read(path: Path) -> None:
    store = SqliteStore(path)
    try:
        for entity in CATALOGUE.values():
            async for row in store.rows(entity.name):
                assert row["id"]
            lookups: list[Root] = [
                Lookup("x", everything(entity), entity.field("id"), Given(row["id"]), All(()))
                for row in REGION.things.get(entity.name, ())
            ]
            await store.read(store.compile(lookups), {}, heavy=True)
    finally:
        await store.close()


async def test_a_file_that_was_cut_off_is_damaged(tmp_path: Path) -> None:
    """A copy that was broken off."""
    path = tmp_path / "graph.db"
    await filled(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096])
    before = digest(path)

    with pytest.raises(DamagedStore):
        await _everything_read(path)

    assert digest(path) == before


@pytest.mark.parametrize("seed", [0x5A, 0xFF])
async def test_pages_of_noise_are_damage(tmp_path: Path, seed: int) -> None:
    """A disk that forgets: never a wrong answer without a word."""
    path = tmp_path / "graph.db"
    await filled(path)
    whole = bytearray(path.read_bytes())
    # All but the first page, which says what the file is.
    whole[4096:] = bytes((seed + number * 7) % 256 for number in range(len(whole) - 4096))
    path.write_bytes(whole)
    before = digest(path)

    with pytest.raises(DamagedStore):
        await _everything_read(path)

    assert digest(path) == before


async def test_a_reference_that_leads_nowhere_is_damage(tmp_path: Path) -> None:
    """The schema says that a tie has two ends: null in its place would be a lie that clients fail at."""
    path = tmp_path / "graph.db"
    await filled(path)
    raw = RawSqlite(path)
    raw.break_reference()
    raw.db.close()
    store = SqliteStore(path)
    tie = CATALOGUE["Collaboration"]
    (first,) = [row["id"] for row in REGION.things["Collaboration"]][:1]
    lookup = store.compile([Lookup("x", everything(tie), tie.field("id"), Given(first), All(()))])

    for heavy in (False, True):
        with pytest.raises(DamagedStore):
            await store.read(lookup, {}, heavy=heavy)
    wrong = await store.check()
    await store.close()
    assert len(wrong) == 1
    assert "collaboration" in wrong[0]


# ------------------------------------------------------------------------------------------------ room
async def test_a_full_disk_keeps_nothing_of_the_write(tmp_path: Path) -> None:
    """What was there stays, and there is room for a smaller one afterwards."""
    path = tmp_path / "graph.db"
    await filled(path)
    store = SqliteStore(path)
    pages = int(store._writer.execute("PRAGMA page_count").get)
    store._writer.execute(f"PRAGMA max_page_count={pages + 5}")
    rows = [actor(f"a{n}", f"Namn {n} " * 20, "OTHER", "HYBRID", sources=[]) for n in range(2000)]

    with pytest.raises(StoreFull):
        await store.write(Batch({"Actor": rows}), None, "test")

    info = await store.info()
    assert (info.counts["Actor"], info.revision) == (len(REGION.things["Actor"]), 1)
    assert await store.check() == []
    assert await store.write(Batch({"Actor": rows[:1]}), 1, "test") == 2
    await store.close()


# ------------------------------------------------------------------------------------------------ time
SLOW = Statement("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT count(*), 0 FROM n", (), ())
"""Never ends by itself."""


async def test_a_read_past_its_deadline_is_stopped(tmp_path: Path) -> None:
    """One question must not hold a thread for ever; the next one is answered."""
    store = SqliteStore(tmp_path / "graph.db", deadline=0.2, threads=1)
    began = time.monotonic()

    with pytest.raises(StoreBusy):
        await store.read(SLOW, {}, heavy=True)

    assert time.monotonic() - began < 20
    assert (await store.info()).revision == 0
    await store.close()


async def test_a_read_that_nobody_waits_for_is_stopped(tmp_path: Path) -> None:
    """Clients close their browsers."""
    store = SqliteStore(tmp_path / "graph.db", deadline=60, threads=1)
    reads = [asyncio.create_task(store.read(SLOW, {}, heavy=True)) for _ in range(3)]
    await asyncio.sleep(0.1)
    for read in reads:
        read.cancel()

    assert all(
        isinstance(found, asyncio.CancelledError) for found in await asyncio.gather(*reads, return_exceptions=True)
    )
    async with asyncio.timeout(20):
        assert (await store.info()).revision == 0
    await store.close()


# ------------------------------------------------------------------------------------------------ several processes
async def test_what_another_process_writes_is_seen(tmp_path: Path) -> None:
    """A server and a command share a file."""
    one, other = SqliteStore(tmp_path / "graph.db"), SqliteStore(tmp_path / "graph.db")

    await one.write(REGION, None, "test")

    assert await other.revision() == 1
    assert (await other.info()).counts["Actor"] == len(REGION.things["Actor"])
    assert await other.write(Batch(deleted=["actor:tom"]), 1, "test") == 2
    assert await one.revision() == 2
    await one.close()
    await other.close()


async def test_two_writers_of_a_file_lose_nothing(tmp_path: Path) -> None:
    """Each waits for the other."""
    stores = [SqliteStore(tmp_path / "graph.db") for _ in range(2)]
    batches = [Batch({"Actor": [actor(f"a{n}", f"Namn {n}", "OTHER", "HYBRID", sources=[])]}) for n in range(30)]

    revisions = await asyncio.gather(*(stores[n % 2].write(batch, None, "test") for n, batch in enumerate(batches)))

    assert sorted(revisions) == list(range(1, 31))
    assert (await stores[0].info()).counts["Actor"] == 30
    for store in stores:
        await store.close()
