"""What a store writes, seen past its own reads: rows, links, counts, change log and revision; all of a batch or nothing."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph_api.errors import BadValue, Conflict, InputError, NotFound
from graph_api.model.catalogue import CATALOGUE, PAIR, PAIRS
from graph_api.model.changes import Batch, Change, end_of
from graph_api.model.search import Term
from tests import strategies
from tests.reference import Twin
from tests.region import REGION, actor, collaboration, participation
from tests.stores.backends import Backend, Opener, Raw, Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")

Graph = dict[str, Any]


def contents(raw: Raw) -> Graph:
    """Rows by entity and id, links by pair."""
    graph: Graph = {name: {row["id"]: row for row in raw.rows(name)} for name in CATALOGUE}
    return graph | {pair.name: raw.links(pair.name) for pair in PAIRS if pair.one}


def expected(batch: Batch) -> Graph:
    """The same of a batch that only creates."""
    twin = Twin.of(batch)
    graph: Graph = {name: {thing.id: thing.row for thing in known.values()} for name, known in twin.things.items()}
    return graph | {pair.name: sorted(twin.links[pair.name]) for pair in PAIRS if pair.one}


def as_batch(graph: Graph) -> Batch:
    return Batch(
        {name: list(graph[name].values()) for name in CATALOGUE}, {p.name: graph[p.name] for p in PAIRS if p.one}
    )


def without(graph: Graph, id_: str) -> None:
    """Take a thing away, with all that cannot be without it."""
    entity = next((name for name in CATALOGUE if id_ in graph[name]), None)
    if entity is None:
        return
    del graph[entity][id_]
    for other in CATALOGUE.values():
        for one in other.ones:
            if one.target == entity:
                for row in [row for row in graph[other.name].values() if row[one.name] == id_]:
                    if one.required:
                        without(graph, row["id"])
                    else:
                        graph[other.name][row["id"]] = {**row, one.name: None}
    for pair in PAIRS:
        if pair.one:
            left = [link for link in graph[pair.name] if id_ not in link[:2]]
            graph[pair.name] = [(one, two, None if refers == id_ else refers) for one, two, refers in left]
        elif pair.right[1] == entity:
            rows = graph[pair.left[1]]
            rows |= {
                row["id"]: {**row, pair.listed_as: [other for other in row[pair.listed_as] if other != id_]}
                for row in rows.values()
            }


def assert_counts_are_kept(raw: Raw) -> None:
    twin = Twin.of(as_batch(contents(raw)))
    for entity in CATALOGUE.values():
        for count in entity.counts:
            there = {thing.id: twin.count(thing, count) for thing in twin.things[entity.name].values()}
            assert raw.counts(entity.name, count.name) == there, (entity.name, count.name)


# ------------------------------------------------------------------------------------------------ create, replace, delete
@pytest.mark.parametrize("batch", [REGION, *map(strategies.region, range(2))], ids=["small", "0", "1"])
async def test_what_is_written_is_there_whole(backend: Backend, batch: Batch) -> None:
    """Every row with every field, every link, every count, one change a row, and the first revision."""
    revision = await backend.store.write(batch, None, "test")

    assert revision == backend.raw.revision() == 1
    assert contents(backend.raw) == expected(batch)
    assert_counts_are_kept(backend.raw)
    created = [id_ for _, action, id_, _, _ in backend.raw.changes() if action == "CREATED"]
    assert sorted(created) == sorted(str(row["id"]) for rows in batch.things.values() for row in rows)


async def test_the_same_batch_twice_is_one_change(backend: Backend) -> None:
    """A program that repeats a call after a lost answer does no harm."""
    await backend.store.write(REGION, None, "test")
    there, changes = contents(backend.raw), backend.raw.changes()

    assert await backend.store.write(REGION, None, "again") == 1
    assert contents(backend.raw) == there
    assert backend.raw.changes() == changes


async def test_an_empty_batch_is_no_change(backend: Backend) -> None:
    """A revision says that something differs."""
    assert await backend.store.write(Batch(), None, "test") == 0


async def test_a_replaced_thing_loses_what_its_new_row_does_not_say(backend: Backend) -> None:
    """A row is whole: what it leaves out is unknown, also its listed links; ties of the thing stay."""
    await backend.store.write(REGION, None, "test")
    row = actor("chalmers", "Chalmers", "UNIVERSITY", "ACADEMIA", sources=["source:arkiv"])

    assert await backend.store.write(Batch({"Actor": [row]}), 1, "test") == 2
    new = contents(backend.raw)
    assert new["Actor"]["actor:chalmers"] == expected(Batch({"Actor": [row]}))["Actor"]["actor:chalmers"]
    assert new["Collaboration"] == expected(REGION)["Collaboration"]
    revision, action, id_, before, after = backend.raw.changes()[-1]
    assert (revision, action, id_) == (2, "UPDATED", "actor:chalmers")
    assert before["foundedIn"] == 1829
    assert after["foundedIn"] is None


async def test_a_link_is_given_its_reference_anew(backend: Backend) -> None:
    """Links of pairs with a file of their own are found by their ends."""
    await backend.store.write(REGION, None, "test")
    link = ("actor:volvo", "competence:batteri", "source:arkiv")

    await backend.store.write(Batch(links={"actor_competence": [link]}), None, "test")

    assert link in backend.raw.links("actor_competence")
    assert len(backend.raw.links("actor_competence")) == 2
    assert await backend.store.write(Batch(links={"actor_competence": [link]}), None, "test") == 2


@pytest.mark.parametrize(
    "id_",
    [
        "actor:chalmers",
        "actor:goteborg",
        "initiative:elbil",
        "source:rapport",
        "competence:batteri",
        "collaboration:chalmers:volvo:project",
        "agreement:avtal",
        "challenge:kompetens",
    ],
)
async def test_what_is_deleted_takes_its_ties_along(backend: Backend, id_: str) -> None:
    """Ties go, references to it become unknown, counts follow, and the log has all that went."""
    await backend.store.write(REGION, None, "test")
    left = expected(REGION)
    without(left, id_)

    assert await backend.store.write(Batch(deleted=[id_]), None, "test") == 2
    assert contents(backend.raw) == left
    assert_counts_are_kept(backend.raw)
    gone = {row for name in CATALOGUE for row in expected(REGION)[name].keys() - left[name].keys()}
    assert {
        id_ for revision, action, id_, _, _ in backend.raw.changes() if (revision, action) == (2, "DELETED")
    } == gone
    assert await backend.store.check() == []


@settings(suppress_health_check=[*HealthCheck], max_examples=max(4, settings().max_examples // 5))
@given(st.data())
async def test_any_row_of_writes_leaves_what_a_dictionary_would(
    shelf: Shelf, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Creating, replacing and deleting in any order; a refused batch leaves everything as it was."""
    async with shelf.empty(tmp_path_factory.mktemp("rows")) as backend:
        graph = expected(Batch())
        for number in data.draw(st.lists(st.integers(0, 30), min_size=1, max_size=3)):
            batch = strategies.region(number)
            there = [id_ for name in CATALOGUE for id_ in graph[name]]
            deleted = data.draw(st.lists(st.sampled_from(there), max_size=3, unique=True)) if there else []
            new: Graph = {name: rows.copy() for name, rows in graph.items()}
            for id_ in deleted:
                without(new, id_)
            gone = [id_ for id_ in deleted if id_ in there]
            revision = backend.raw.revision()
            try:
                await backend.store.write(Batch(batch.things, batch.links, gone), None, "test")
            except InputError:
                assert backend.raw.revision() == revision
            else:
                for name, found in expected(batch).items():
                    if isinstance(found, dict):
                        new[name] |= found
                    else:
                        ends = {link[:2] for link in found}
                        new[name] = sorted([link for link in new[name] if link[:2] not in ends] + found)
                graph = new
            assert contents(backend.raw) == {name: _sorted(rows) for name, rows in graph.items()}
            assert_counts_are_kept(backend.raw)
            assert await backend.store.check() == []


def _sorted(rows: Any) -> Any:
    return dict(sorted(rows.items())) if isinstance(rows, dict) else sorted(rows)


async def test_numbers_are_kept_to_the_decimals_that_every_store_writes_alike(backend: Backend) -> None:
    """1/3 has no text that two databases agree on."""
    tie = collaboration("gu", "volvo", "OTHER", 1 / 3)
    await backend.store.write(REGION, None, "test")
    revision = await backend.store.write(Batch({"Collaboration": [tie]}), None, "test")

    assert contents(backend.raw)["Collaboration"][tie["id"]]["strength"] == 0.333
    assert await backend.store.write(Batch({"Collaboration": [tie]}), None, "test") == revision


# ------------------------------------------------------------------------------------------------ refusals
GOOD = actor("ny", "Ny", "BUSINESS", "INDUSTRY")
REFUSED: Mapping[str, tuple[Batch, type[Exception]]] = {
    "unknown seat": (Batch({"Actor": [GOOD, actor("b", "B", "BUSINESS", "INDUSTRY", "nowhere")]}), NotFound),
    "seat in a business": (Batch({"Actor": [GOOD, actor("b", "B", "BUSINESS", "INDUSTRY", "volvo")]}), BadValue),
    "unknown source": (
        Batch({"Actor": [GOOD, {**GOOD, "id": "actor:b", "slug": "b", "sources": ["source:no"]}]}),
        NotFound,
    ),
    "unknown end": (Batch({"Actor": [GOOD], "Collaboration": [collaboration("ny", "nobody", "OTHER")]}), NotFound),
    "unknown link": (Batch({"Actor": [GOOD]}, {"actor_need": [("actor:ny", "competence:no", None)]}), NotFound),
    "unknown reference of a link": (
        Batch({"Actor": [GOOD]}, {"actor_need": [("actor:ny", "competence:robotik", "source:no")]}),
        NotFound,
    ),
    "unknown deletion": (Batch({"Actor": [GOOD]}, deleted=["actor:nobody"]), NotFound),
    "no name": (Batch({"Actor": [{**GOOD, "name": None}]}), BadValue),
    "unknown kind": (Batch({"Actor": [{**GOOD, "kind": "BAKERY"}]}), BadValue),
    "no kind": (Batch({"Actor": [{**GOOD, "kind": None}]}), BadValue),
    "slug of another": (Batch({"Actor": [{**GOOD, "slug": "volvo"}]}), BadValue),
    "half a position": (Batch({"Actor": [{**GOOD, "longitude": 1.0}]}), BadValue),
    "text for a number": (Batch({"Actor": [{**GOOD, "foundedIn": "old"}]}), BadValue),
    "no date": (Batch({"Collaboration": [collaboration("gu", "volvo", "OTHER", since="2018-13")]}), BadValue),
    "tie to itself": (Batch({"Collaboration": [collaboration("gu", "gu", "OTHER")]}), BadValue),
    "tie that is there": (
        Batch({"Collaboration": [{**collaboration("chalmers", "volvo", "PROJECT"), "id": "collaboration:x"}]}),
        BadValue,
    ),
    "participation that is there": (
        Batch({"Participation": [{**participation("gu", "elbil", "HOST"), "id": "participation:x"}]}),
        BadValue,
    ),
    "NUL in a text": (Batch({"Actor": [{**GOOD, "name": "a\x00b"}]}), BadValue),
    "half a surrogate pair": (Batch({"Actor": [{**GOOD, "name": "a\ud800"}]}), BadValue),
    "infinite strength": (Batch({"Collaboration": [collaboration("gu", "volvo", "OTHER", float("inf"))]}), BadValue),
    "no number for a strength": (
        Batch({"Collaboration": [collaboration("gu", "volvo", "OTHER", float("nan"))]}),
        BadValue,
    ),
    "too large a number": (Batch({"Actor": [{**GOOD, "employees": 2**63}]}), BadValue),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
async def test_a_refused_batch_changes_nothing(backend: Backend, name: str) -> None:
    """An error says what is wrong; good rows before the bad one are not kept, in no table and no log."""
    await backend.store.write(REGION, None, "test")
    there, changes, words = contents(backend.raw), backend.raw.changes(), await backend.store.vocabulary()
    batch, error = REFUSED[name]

    with pytest.raises(error):
        await backend.store.write(batch, None, "test")

    assert contents(backend.raw) == there
    assert backend.raw.changes() == changes
    assert backend.raw.revision() == 1
    assert await backend.store.vocabulary() == words
    assert await backend.store.write(Batch({"Actor": [GOOD]}), 1, "test") == 2


async def test_an_outdated_revision_is_a_conflict(backend: Backend) -> None:
    """Who changes what another has changed since must look again."""
    await backend.store.write(REGION, 0, "test")
    there = contents(backend.raw)

    for revision in (0, 2):
        with pytest.raises(Conflict):
            await backend.store.write(Batch({"Actor": [GOOD]}), revision, "test")
    assert contents(backend.raw) == there


# ------------------------------------------------------------------------------------------------ the change log
async def test_the_log_is_read_in_order_and_from_any_place(backend: Backend) -> None:
    """A client that was away gets what it missed, once and in order, however small the portions."""
    await backend.store.write(REGION, None, "first")
    await backend.store.write(Batch({"Actor": [{**GOOD, "sources": []}]}), None, "second")
    await backend.store.write(Batch(deleted=["actor:ny"]), None, "third")
    whole = await backend.store.changes(end_of(0), 1000)

    place, portions = end_of(0), list[Change]()
    while found := await backend.store.changes(place, 7):
        portions += found
        place = found[-1].place
    assert portions == whole
    assert [(c.revision, c.action, c.node_id, c.before, c.after) for c in whole] == backend.raw.changes()
    assert [(c.by, c.action, c.kind, c.node_id) for c in await backend.store.changes(end_of(1), 1000)] == [
        ("second", "CREATED", "ACTOR", "actor:ny"),
        ("third", "DELETED", "ACTOR", "actor:ny"),
    ]
    assert await backend.store.changes(end_of(3), 1000) == []


# ------------------------------------------------------------------------------------------------ side by side
async def test_writers_side_by_side_lose_nothing(backend: Backend) -> None:
    """Each gets a revision of its own."""
    batches = [Batch({"Actor": [actor(f"a{n}", f"Namn {n}", "OTHER", "HYBRID", sources=[])]}) for n in range(20)]

    revisions = await asyncio.gather(*(backend.store.write(batch, None, "test") for batch in batches))

    assert sorted(revisions) == list(range(1, 21))
    assert len(backend.raw.rows("Actor")) == 20


async def test_a_writer_that_goes_away_leaves_a_whole_batch(backend: Backend) -> None:
    """A lost connection must not leave half of what was asked."""
    rows = [actor(f"a{n}", f"Namn {n}", "OTHER", "HYBRID", sources=[]) for n in range(500)]
    task = asyncio.create_task(backend.store.write(Batch({"Actor": rows}), None, "test"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    # The next write waits for the one that was left.
    await backend.store.write(Batch({"Actor": [{**GOOD, "sources": []}]}), None, "test")

    assert len(backend.raw.rows("Actor")) == 501


async def test_a_batch_may_name_what_it_creates_itself(backend: Backend) -> None:
    """Whole regions come in one batch, in whatever order of kinds."""
    turned = Batch(dict(reversed(list(REGION.things.items()))), REGION.links)

    await backend.store.write(turned, None, "test")

    assert contents(backend.raw) == expected(REGION)


# ------------------------------------------------------------------------------------------------ round trip, search, snapshot
@pytest.mark.parametrize("number", range(2))
async def test_what_one_store_gives_another_takes(
    backend: Backend, opener: Opener, tmp_path_factory: pytest.TempPathFactory, number: int
) -> None:
    """Export and import lose nothing."""
    await backend.store.write(strategies.region(number), None, "test")
    things = {name: [row async for row in backend.store.rows(name)] for name in CATALOGUE}
    links = {pair.name: [link async for link in backend.store.links(pair.name)] for pair in PAIR.values() if pair.one}
    async with opener(tmp_path_factory.mktemp("second")) as second:
        await second.store.write(Batch(things, links), None, "test")

        assert contents(second.raw) == contents(backend.raw)


async def test_rows_come_whole_where_they_fill_several_batches(backend: Backend) -> None:
    """Rows are read a thousand at a time."""
    rows = [actor(f"a{n:04}", "Namn", "OTHER", "HYBRID", sources=[]) for n in range(2001)]
    await backend.store.write(Batch({"Actor": rows}), None, "test")

    assert [row["slug"] async for row in backend.store.rows("Actor")] == [row["slug"] for row in rows]


async def test_words_are_found_as_long_as_something_holds_them(backend: Backend) -> None:
    """Search follows writes: new words, changed names, deleted things."""
    await backend.store.write(REGION, None, "test")
    found, revision = await backend.store.candidates([[Term("chalmers")]], None)
    assert ([candidate.id for candidate in found], revision) == (["actor:chalmers"], 1)

    await backend.store.write(
        Batch({"Actor": [actor("chalmers", "Högskolan", "UNIVERSITY", "ACADEMIA")]}), None, "test"
    )
    assert await backend.store.candidates([[Term("chalmers")]], None) == ([], 2)
    found, _ = await backend.store.candidates([[Term("hogskol", beginning=True)]], frozenset({"Actor"}))
    assert [candidate.id for candidate in found] == ["actor:chalmers"]

    await backend.store.write(Batch(deleted=["actor:chalmers"]), None, "test")
    assert await backend.store.candidates([[Term("hogskolan")]], None) == ([], 3)
    assert "hogskolan" not in dict(await backend.store.vocabulary())


async def test_an_alias_is_written_with_what_answers(backend: Backend) -> None:
    """One that leads nowhere, or hides a thing, is found by a look at the store; none can be written so."""
    await backend.store.write(REGION, None, "test")
    await backend.store.write(Batch(aliases={"actor:förr": "actor:volvo"}, deleted=["actor:tom"]), None, "test")
    with pytest.raises(NotFound, match="actor:ingen"):
        await backend.store.write(Batch(aliases={"actor:då": "actor:ingen"}), None, "test")
    assert await backend.store.aliases() == ({"actor:förr": "actor:volvo"}, 2)
    assert await backend.store.check() == []

    backend.raw.alias("actor:då", "actor:ingen")
    backend.raw.alias("actor:gu", "actor:volvo")

    lost, needless = await backend.store.check()
    assert re.fullmatch(r"An alias answers as what is not there: actor:då( \(1\))?", lost)
    assert re.fullmatch(r"An alias has the id of a thing that is there: actor:gu( \(1\))?", needless)
