"""A store → a file or a folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph_api.errors import BadValue
from graph_api.exchange.loading import load
from graph_api.exchange.registry import ATTEMPTS, FORMATS, GraphChanged, export, stream
from graph_api.exchange.validation import read
from graph_api.model.changes import Row
from graph_api.stores.open import File, open_store
from tests.exchange import region
from tests.exchange.region import Held

SEED = Path(__file__).parents[2] / "seed"


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


class Restless(Held):
    """A store that another writer changes while its first so many exports run."""

    disturbances = 0

    async def rows(self, entity: str) -> AsyncIterator[Row]:
        if entity == "Actor" and self.disturbances:
            self.disturbances -= 1
            self.now += 1
        async for row in super().rows(entity):
            yield row


async def test_the_seed_is_what_an_export_writes(tmp_path: Path) -> None:
    """Byte for byte: whoever edits the graph can put the export where the seed was, and see in a diff what is new.

    Compared before loading adds what it adds about leads.
    """
    await export(Held(read(SEED)), tmp_path / "out")
    written = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}

    assert written == {file.name: file.read_bytes() for file in SEED.glob("*.csv")}


async def test_the_seed_in_a_real_store_comes_out_with_its_leads_and_otherwise_the_same(tmp_path: Path) -> None:
    """The list-backed store above could hold what a database cannot; the README tells users of exactly this difference."""
    store = open_store(File(tmp_path / "graph.db"), deadline=60)
    try:
        await load(store, SEED, by="test")
        await export(store, tmp_path / "out")
    finally:
        await store.close()
    before = {file.name: set(file.read_text(encoding="utf-8").splitlines()) for file in SEED.glob("*.csv")}
    after = {file.name: set(file.read_text(encoding="utf-8").splitlines()) for file in (tmp_path / "out").iterdir()}
    changed = after["participations.csv"] - before["participations.csv"]

    assert {name for name in before if before[name] != after[name]} == {"participations.csv"}
    assert (len(changed), len(before["participations.csv"] - after["participations.csv"])) == (5, 3)
    assert all(",LEAD," in line for line in changed)


async def test_an_exported_folder_is_read_back_to_the_same_rows(tmp_path: Path) -> None:
    """Marks, quotes and lists of texts included."""
    folder = region.folder(
        tmp_path,
        agreements=region.FILES["agreements.csv"].replace("growth;skills", '"growth\\; or not;skills, ""new"""'),
    )
    batch = read(folder)
    await export(Held(batch), tmp_path / "out")

    assert read(tmp_path / "out") == batch
    assert batch.things["Agreement"][0]["areas"] == ["growth; or not", 'skills, "new"']


async def test_an_export_takes_the_place_of_an_older_one_and_of_nothing_else(tmp_path: Path) -> None:
    """A folder of data has a README beside the files."""
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "actors.csv").write_text("old")
    (tmp_path / "in").mkdir()
    batch = read(region.folder(tmp_path / "in"))
    await export(Held(batch), tmp_path)

    assert (tmp_path / "README.md").read_text() == "mine"
    assert (tmp_path / "actors.csv").read_text(encoding="utf-8") == region.FILES["actors.csv"]


async def test_a_graph_that_changes_meanwhile_is_written_again(tmp_path: Path) -> None:
    """A file must be of one revision: else a tie may name an actor that is not in it."""
    store = Restless(read(region.folder(tmp_path)))
    store.disturbances = ATTEMPTS - 1
    await export(store, tmp_path / "graph.graphml")

    assert f">{ATTEMPTS}</data>".encode() in (tmp_path / "graph.graphml").read_bytes()


async def test_an_export_that_never_finds_the_graph_at_rest_leaves_the_older_file(tmp_path: Path) -> None:
    """Half a file, or an empty one, is worse than an old one."""
    store = Restless(read(region.folder(tmp_path)))
    store.disturbances = ATTEMPTS
    (tmp_path / "graph.graphml").write_text("old")
    with pytest.raises(GraphChanged):
        await export(store, tmp_path / "graph.graphml")

    assert (tmp_path / "graph.graphml").read_text() == "old"
    assert names(tmp_path) == {*region.FILES, "graph.graphml"}


async def test_a_stream_of_a_graph_that_changed_lacks_its_end(tmp_path: Path) -> None:
    """What was sent cannot be taken back, but no reader must take it for whole."""
    store = Restless(read(region.folder(tmp_path)))
    store.disturbances = 1
    given = bytearray()

    async def receive() -> None:
        async for chunk in stream(store, FORMATS[".graphml"], 1):
            given.extend(chunk)

    with pytest.raises(GraphChanged):
        await receive()

    assert b"</graphml>" not in given


async def test_an_ending_that_no_format_has_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    """A slip must not end in a folder called graph.graphlm."""
    with pytest.raises(BadValue) as refused:
        await export(Held(read(region.folder(tmp_path))), tmp_path / "graph.graphlm")

    assert refused.value.hint == "Known are .graphml, and a folder for CSV files."


async def test_a_place_that_cannot_be_written_to_is_said_as_such(tmp_path: Path) -> None:
    """Not as a trace of the program."""
    store = Held(read(region.folder(tmp_path)))
    with pytest.raises(BadValue, match="cannot be written to"):
        await export(store, tmp_path / "actors.csv" / "graph.graphml")
