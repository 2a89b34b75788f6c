"""Values that look like something else, are huge, or are none: data and nothing but data, and the same answers and refusals on every store."""

from collections.abc import Iterator

import pytest

from graph_api.errors import BadValue, NotFound
from graph_api.model.catalogue import CATALOGUE, Entity, Field, Scalar
from graph_api.model.changes import Batch, Row
from graph_api.model.search import Term
from graph_api.plan.nodes import ById, Given, Nodes, PageRoot, Root, Total
from graph_api.stores.facts import KEY_BYTES
from tests.reference import Twin
from tests.region import REGION, actor
from tests.stores.backends import Backend, Shelf
from tests.stores.test_reads import page, read, select
from tests.stores.test_writes import contents

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "a" * 1_000_000

VALUES = {
    "an end of a statement": '"} RETURN 1 //',
    "another": "'}) DETACH DELETE n //",
    "and of SQL": "'; DROP TABLE actor; --",
    "backticks": "``a`` `b",
    "an escape": "\\u0027 OR 1=1",
    "another escape": "\\",
    "quotes": "'\"''\"\"",
    "a parameter": "$c.p0",
    "a call": "call[0]",
    "marks of patterns": "%_*?[a]",
    "a line end": "a\n\r\u2028\u0085b",
    "control characters": "\u0001\u001f\u007f",
    "beyond the first plane": "😀\U0010ffff",
    "empty": "",
    "1 MB": LONG,
    "1 MB of marks": "%_" * 500_000,
    "1 MB of quotes": "'\"\\" * 333_333,
}
valued = pytest.mark.parametrize("value", [pytest.param(value, id=name) for name, value in VALUES.items()])
OPERATORS = ("eq", "ne", "in", "notIn", "contains", "startsWith", "endsWith")


def texts(entity: Entity) -> Iterator[Field]:
    return (field for field in entity.fields if field.type in (Scalar.ID, Scalar.TEXT) and field.filter)


def roots(value: str) -> list[Root]:
    """A page for each text and operator that compares it with the value, alone and among others."""
    found: list[Root] = []
    for entity in CATALOGUE.values():
        for field in texts(entity):
            for op in OPERATORS if field.type is Scalar.TEXT else OPERATORS[:4]:
                where = {field.name: {op: ["x", value] if op in ("in", "notIn") else value}}
                parts = (Total("n"), Nodes("nodes", select(entity)))
                found.append(PageRoot(f"{entity.name}_{field.name}_{op}", page(entity, where, size=3, parts=parts)))
    return found


# ------------------------------------------------------------------------------------------------ what is asked
@valued
async def test_a_value_in_a_filter_is_data(shelf: Shelf, value: str) -> None:
    """Whatever a stranger types into a search box is compared, and nothing else: as the twin over lists does it."""
    backend, twin = await shelf.take("small", lambda: REGION)

    asked = roots(value)
    # Some at a time: a statement that holds them all is planned for seconds.
    for few in (asked[at : at + 20] for at in range(0, len(asked), 20)):
        found, _ = await backend.store.read(backend.store.compile(few), {}, heavy=True)
        for root, text in zip(few, found, strict=True):
            assert text == twin.answer(root, {}), root.key


@valued
async def test_a_value_that_names_a_thing_is_data(backend: Backend, value: str) -> None:
    """Also where it is looked up in an index of ids, or searched for."""
    store = backend.store
    entity = CATALOGUE["Actor"]

    assert await read(backend, ById("a", Given(value), (select(entity),))) == b"null"
    assert await store.references([(select(entity), [value, "x"])], {}) == [[None, None]]
    assert (await store.candidates([[Term(value or "x"), Term(value[:99] or "x", beginning=True)]], None))[0] == []
    with pytest.raises(NotFound):
        await store.write(Batch(deleted=[value]), None, "test")
    with pytest.raises((NotFound, BadValue)):
        await store.write(Batch({"Actor": [actor("a", "A", "OTHER", "HYBRID", sources=[value])]}), None, "test")
    assert await store.revision() == 0


# ------------------------------------------------------------------------------------------------ what is written
def filled(entity: Entity, value: str) -> Row:
    """A thing that has the value in each text, but for those that it is found by where it is long."""
    found_by = value[:100]
    row = next(iter(REGION.things[entity.name]))
    made: dict[str, object] = {**row}
    for field in entity.fields:
        if field.type is Scalar.TEXT and field.name != "slug":
            known = found_by if field.order or field.kinds else value
            made |= {field.name: known, **({f"{field.name}En": value} if field.translated else {})}
        elif field.type is Scalar.TEXTS:
            made[field.name] = [value, "x"]
    return made


@valued
async def test_a_value_that_is_written_is_data(backend: Backend, value: str) -> None:
    """It is read as it was given, from every text of every thing, and nothing beside it has changed."""
    await backend.store.write(REGION, None, "test")
    before = contents(backend.raw)
    rows = {name: [filled(entity, value)] for name, entity in CATALOGUE.items()}
    expected = {name: {**known} if isinstance(known, dict) else known for name, known in before.items()}
    for name, twin in Twin.of(Batch(rows)).things.items():
        expected[name] |= {id_: thing.row for id_, thing in twin.items()}

    for name, row in rows.items():
        await backend.store.write(Batch({name: row}), None, value)

    assert contents(backend.raw) == expected
    for name, known in expected.items():
        if name in CATALOGUE:
            assert [row async for row in backend.store.rows(name)] == [known[id_] for id_ in sorted(known)]
    assert await backend.store.check() == []


@pytest.mark.parametrize("bad", ["a\0b", "\ud800", "a\udfff", "\ud83d\ude00"], ids=ascii)
async def test_what_is_no_text_is_refused_in_every_field(backend: Backend, bad: str) -> None:
    """NUL ends a text for one store, half a character has no bytes in any: neither may come in by the back door."""
    for entity in CATALOGUE.values():
        row = next(iter(REGION.things[entity.name]))
        for field in entity.fields:
            if field.type in (Scalar.ID, Scalar.TEXT, Scalar.TEXTS):
                given = [bad] if field.type is Scalar.TEXTS else bad
                with pytest.raises(BadValue):
                    await backend.store.write(Batch({entity.name: [{**row, field.name: given}]}), None, "test")
    assert await backend.store.revision() == 0


FOUND_BY = [
    (entity.name, field.name)
    for entity in CATALOGUE.values()
    for field in entity.fields
    if field.type in (Scalar.ID, Scalar.TEXT)
    and (field.order or field.name == "slug" or (field.filter and field.kinds))
]


@pytest.mark.parametrize(("name", "field"), FOUND_BY)
async def test_what_things_are_found_by_has_a_length(backend: Backend, name: str, field: str) -> None:
    """Neo4j's indexes end at some 8,000 bytes; a graph that one store takes must fit into the other."""
    await backend.store.write(REGION, None, "test")
    row = next(iter(REGION.things[name]))
    before = contents(backend.raw)

    for text in ("a" * (KEY_BYTES + 1), "å" * (KEY_BYTES + 1), LONG, "\ufdfa" * 100):
        if text[0] == "\ufdfa" and (field in ("id", "slug") or not CATALOGUE[name].field(field).order):
            continue
        with pytest.raises(BadValue, match=rf"{field} takes [\d,]+ bytes in an index\. At most 2,000"):
            await backend.store.write(Batch({name: [{**row, field: text}]}), None, "test")
    assert contents(backend.raw) == before


async def test_the_longest_of_all_fit_together(backend: Backend) -> None:
    """An index holds up to three such texts of a row, a tie's uniqueness two."""
    at_most = "x" * (KEY_BYTES - 10)
    things = {
        "Actor": [
            {**actor("m", at_most, "MUNICIPALITY", "GOVERNMENT", code=at_most), "id": f"actor:m{at_most[4:]}"},
            {**actor("n", at_most, "OTHER", "HYBRID"), "id": f"actor:n{at_most[4:]}", "slug": at_most},
        ]
    }
    for row in things["Actor"]:
        row |= {"municipality": things["Actor"][0]["id"], "sources": []}
    ends = [row["id"] for row in things["Actor"]]
    tie = {"id": at_most, "from": ends[0], "to": ends[1], "kind": "PARTNERSHIP", "strength": 1.0, "sources": []}

    await backend.store.write(Batch({**things, "Collaboration": [{**tie, "since": "2018-04-12"}]}), None, "test")

    assert {row["id"] async for row in backend.store.rows("Actor")} == set(ends)
    assert await backend.store.check() == []
