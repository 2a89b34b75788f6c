"""What a store reads, held against the twin: every field, operator, relation, order, page and group, on random regions.

All that is asked is a plan; the rows were put there past the store's own writer.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import Conflict
from graph_api.model.catalogue import CATALOGUE, PAIR, Entity, Field, Many, Scalar
from graph_api.model.snapshot import Scores
from graph_api.plan.arguments import filter_of, order_of, score_of
from graph_api.plan.nodes import (
    All,
    ById,
    ByIds,
    CursorOut,
    EdgeOutput,
    Edges,
    FactOut,
    FactReferenceOut,
    Given,
    Group,
    Grouped,
    GroupOut,
    GroupRoot,
    Leaf,
    Listing,
    NodeOut,
    Nodes,
    Output,
    Page,
    PageInfo,
    PageRoot,
    Reference,
    Root,
    Score,
    ScoreLeaf,
    Select,
    TieOut,
    Total,
    TypeName,
    Values,
    Var,
)
from tests import strategies
from tests.reference import Twin
from tests.region import REGION
from tests.stores.backends import Backend, Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")

REGIONS = st.integers(0, 11)
ENTITIES = sorted(CATALOGUE)
RELATIONS = [(entity.name, many.name) for entity in CATALOGUE.values() for many in entity.many]


# ------------------------------------------------------------------------------------------------ plans
def select(entity: Entity, *outputs: Output) -> Select:
    """The same of a thing of whatever type; without outputs, its id."""
    shown = outputs or (Leaf("id", entity.field("id")),)
    return Select(entity, tuple((name, shown) for name in entity.types or (entity.name,)))


def everything(entity: Entity) -> Select:
    """Every field and reference of a thing, each relation's count: what is of one type only is asked of that type."""
    by_type = []
    for name in entity.types or (entity.name,):
        kinds = (entity.types or {}).get(name, ())
        members: tuple[Field | Many, ...] = (*entity.fields, *entity.many)
        own = [member for member in members if not member.kinds or member.kinds == kinds]
        outputs: list[Output] = [TypeName("type")]
        for member in own:
            if isinstance(member, Many):
                outputs.append(
                    Listing(member.name, page(CATALOGUE[member.target], relation=member, parts=(Total("n"),)))
                )
            elif member.type is Scalar.POSITION:
                names = ("latitude", "__typename", "longitude")
                outputs.append(Leaf(member.name, member, parts=tuple((f"{name}_", name) for name in names)))
            else:
                outputs.append(Leaf(member.name, member))
                if member.translated:
                    outputs.append(Leaf(f"{member.name}En", member, english=True))
        outputs += [Reference(one.name, one, select(CATALOGUE[one.target])) for one in entity.ones]
        by_type.append((name, tuple(outputs)))
    return Select(entity, tuple(by_type))


def edge_outputs(relation: Many | None, target: Entity) -> tuple[EdgeOutput, ...]:
    """All that an edge can show."""
    outputs: list[EdgeOutput] = [TypeName("t", "AnEdge"), CursorOut("cursor"), NodeOut("node", select(target))]
    if relation and relation.tie:
        tie = CATALOGUE[relation.tie]
        outputs += [TieOut("tie", select(tie)), *(FactOut(name, tie.field(name)) for name in relation.edge)]
    elif relation and relation.edge:
        one = PAIR[relation.arms[0][0].table].one
        assert one is not None
        outputs.append(FactReferenceOut(one.name, one, select(CATALOGUE[one.target])))
    return tuple(outputs)


INFO = PageInfo("info", tuple((name, name) for name in ("hasNextPage", "hasPreviousPage", "startCursor", "endCursor")))


def page(
    entity: Entity,
    where: object = None,
    order: object = None,
    size: int = 1000,
    *,
    relation: Many | None = None,
    backward: bool = False,
    after: object = None,
    before: object = None,
    parts: tuple[Any, ...] | None = None,
) -> Page:
    """A page with all that a connection can show."""
    return Page(
        connection=f"{entity.name}Connection",
        entity=entity,
        relation=relation,
        where=filter_of(CATALOGUE[relation.where] if relation else entity, where, relation),
        order=order_of(entity, relation, order),
        size=Given(size),
        backward=backward,
        after=None if after is None else Given(after),
        before=None if before is None else Given(before),
        parts=(Edges("edges", edge_outputs(relation, entity)), INFO, Total("total")) if parts is None else parts,
    )


def scores_in(part: object) -> set[Score]:
    """All scores of a plan."""
    if isinstance(part, Score):
        return {part}
    if isinstance(part, tuple):
        return {score for inner in part for score in scores_in(inner)}
    if is_dataclass(part) and type(part).__module__ == Score.__module__:
        return {score for field in fields(part) for score in scores_in(getattr(part, field.name))}
    return set()


def scored(root: Root, twin: Twin, values: Values | None = None) -> Values:
    """The values, and for each score of the plan figures that lie far apart, near to one another, alike or nowhere."""
    ids = tuple(twin.things["Actor"])
    found = dict(values or {})
    for score in sorted(scores_in(root), key=lambda score: score.place):
        drawn = Random(score.place).choices(
            [0.0, 1.0, 3.0, 0.333333333333, 1e-07, 1.5e-12, 123456789012.0, math.nan], k=len(ids)
        )
        found[score.place] = Scores(1, ids, np.array(drawn))
    return found


async def read(backend: Backend, root: Root, values: Values | None = None, *, heavy: bool = False) -> bytes:
    """The JSON text of one root."""
    texts, _ = await backend.store.read(backend.store.compile([root]), values or {}, heavy=heavy)
    return texts[0]


async def agreed(shelf: Shelf, number: int | str, root: Root, values: Values | None = None) -> Any:
    """What the store answers, once it is the twin's answer to the byte."""
    backend, twin = await shelf.region(number)
    values = scored(root, twin, values)
    found, expected = await read(backend, root, values), twin.answer(root, values)
    assert found == expected, f"store {found.decode()}\n twin {expected.decode()}"
    return orjson.loads(found)


async def agreed_on_all(shelf: Shelf, number: int | str, name: str, filters: Sequence[Any]) -> None:
    """What the store answers to each filter, all in one statement, is the twin's answer."""
    backend, twin = await shelf.region(number)
    shown = (Total("n"), Nodes("r", select(CATALOGUE[name])))
    roots = [PageRoot(f"p{at}", page(CATALOGUE[name], where, parts=shown)) for at, where in enumerate(filters)]
    texts, _ = await backend.store.read(backend.store.compile(roots), {}, heavy=False)
    for where, root, found in zip(filters, roots, texts, strict=True):
        expected = twin.answer(root, {})
        assert found == expected, f"{where}\nstore {found.decode()}\n twin {expected.decode()}"


# ------------------------------------------------------------------------------------------------ facts
@pytest.mark.parametrize("name", ENTITIES)
async def test_each_field_reference_and_count_is_read_as_it_was_put(shelf: Shelf, name: str) -> None:
    """What is stored is what is shown, whatever characters it holds."""
    entity = CATALOGUE[name]

    for number in shelf.numbers(6):
        whole = page(entity, parts=(Nodes("nodes", everything(entity)),))
        await agreed(shelf, number, PageRoot("all", whole))


async def test_each_field_is_known_and_unknown_somewhere_in_the_small_region(shelf: Shelf) -> None:
    """Else the test above would not see it."""
    _, twin = await shelf.region("small")

    for entity in CATALOGUE.values():
        for field in entity.fields:
            facts = [thing.fact(field) for thing in twin.things[entity.name].values()]
            assert any(fact is not None for fact in facts), (entity.name, field.name)
            assert field.always or field.kinds or None in facts, (entity.name, field.name)


@pytest.mark.parametrize(("name", "relation"), RELATIONS)
async def test_each_relation_shows_its_edges_with_their_facts(shelf: Shelf, name: str, relation: str) -> None:
    """Ties from both ends, links with what they refer to, longer ways once a target."""
    entity = CATALOGUE[name]
    many = entity.relation(relation)
    listing = Listing(relation, page(CATALOGUE[many.target], relation=many))

    met = 0
    for number in shelf.numbers(6):
        found = await agreed(shelf, number, PageRoot("all", page(entity, parts=(Nodes("n", select(entity, listing)),))))
        met += sum(len(node[relation]["edges"]) for node in found["n"])
    assert met > 0


async def test_types_may_ask_for_the_same_in_other_orders(shelf: Shelf) -> None:
    """Keys stand in the order asked, which fragments on types can make differ."""
    actor = CATALOGUE["Actor"]
    leaves = tuple(Leaf(name, actor.field(name)) for name in ("id", "slug", "kind"))
    turned = tuple((name, leaves if number % 2 else leaves[::-1]) for number, name in enumerate(actor.types or ()))
    partly = tuple((name, leaves[: number % 4]) for number, name in enumerate(actor.types or ()))

    for by_type in (turned, partly):
        await agreed(shelf, "small", PageRoot("a", page(actor, parts=(Nodes("n", Select(actor, by_type)),))))


async def test_things_are_found_by_id_whatever_their_kind(shelf: Shelf) -> None:
    """node and nodes: in the order asked, the same one twice, null for what is not there."""
    _, twin = await shelf.region("small")
    selects = tuple(map(everything, CATALOGUE.values()))
    ids = [next(iter(known)) for known in twin.things.values()]
    asked = [*ids[::-1], "actor:nobody", "", "nothing", ids[0], "' OR 1=1 --"]

    found = await agreed(shelf, "small", ByIds("nodes", Var(("ids",)), selects), {"ids": asked})
    await agreed(shelf, "small", ByIds("nodes", Given(()), selects))
    for id_ in asked:
        await agreed(shelf, "small", ById("node", Given(id_), selects))
    assert [node and node["id"] for node in found] == [*ids[::-1], None, None, None, ids[0], None]


async def test_things_that_resolvers_name_are_read_together(shelf: Shelf) -> None:
    """Search and analyses give ids only; null says that a thing is gone."""
    backend, twin = await shelf.region("small")
    actor, source = everything(CATALOGUE["Actor"]), everything(CATALOGUE["Source"])
    wanted = [(actor, ["actor:volvo", "actor:nobody", "actor:konstig"]), (source, ["source:arkiv"]), (source, [])]

    found = await backend.store.references(wanted, {})

    assert [[text and orjson.loads(text) for text in texts] for texts in found] == [
        [orjson.loads(twin.answer(ById("", Given(id_), (of,)), {})) for id_ in ids] for of, ids in wanted
    ]


async def test_one_read_sees_one_revision_and_all_roots(shelf: Shelf) -> None:
    """Several roots are one statement."""
    backend, twin = await shelf.region("small")
    roots = [PageRoot(name, page(CATALOGUE[name], size=3)) for name in ENTITIES] + [TypeName("__typename", "Query")]

    texts, revision = await backend.store.read(backend.store.compile(roots), {}, heavy=True)

    assert texts == [twin.answer(root, {}) for root in roots]
    assert revision == 1


# ------------------------------------------------------------------------------------------------ filters
@given(number=REGIONS, data=st.data())
@pytest.mark.parametrize("name", [name for name in ENTITIES if name != "Participation"])
async def test_any_filter_lets_through_what_the_twin_lets_through(
    shelf: Shelf, name: str, number: int, data: st.DataObject
) -> None:
    """Comparisons, three values, relations, nested in any way; rows and totals are found by different conditions."""
    where = data.draw(strategies.where(name))

    await agreed(shelf, number, PageRoot("p", page(CATALOGUE[name], where)))


@given(number=REGIONS, data=st.data())
@pytest.mark.parametrize(("name", "relation"), RELATIONS)
async def test_any_filter_order_and_page_of_a_relation_is_the_twins(
    shelf: Shelf, name: str, relation: str, number: int, data: st.DataObject
) -> None:
    """Inside a thing, a filter speaks of the tie where the relation has one."""
    entity = CATALOGUE[name]
    many = entity.relation(relation)
    listed = page(
        CATALOGUE[many.target],
        data.draw(strategies.where(many.where, 2)),
        data.draw(strategies.order(many.where)),
        data.draw(st.integers(0, 3)),
        relation=many,
        backward=data.draw(st.booleans()),
    )

    root = PageRoot("p", page(entity, parts=(Nodes("n", select(entity, Listing("l", listed))),)))
    await agreed(shelf, number, root)


async def test_an_or_beside_another_condition_binds_as_it_is_written(shelf: Shelf) -> None:
    """Inside a relation, too, where it speaks of the other end, and before a cursor."""
    entity = CATALOGUE["Actor"]
    either = {"OR": [{"id": {"eq": id_}} for id_ in ("actor:chalmers", "actor:volvo")]}
    for where, after in (
        ({"actor": either, "id": {"eq": "nothing"}}, False),
        ({"OR": [{"kind": {"isNull": False}}] * 2}, True),
    ):
        for name in ("collaborators", "ownedBy"):
            listed = page(entity, where, None, 1, relation=entity.relation(name))
            found = await agreed(
                shelf, "small", PageRoot("p", page(entity, parts=(Nodes("n", select(entity, Listing("l", listed))),)))
            )
            cursors = {node["l"]["info"]["endCursor"] for node in found["n"]} - {None}
            for cursor in cursors if after else ():
                listed = page(entity, where, None, 1, after=cursor, relation=entity.relation(name))
                await agreed(
                    shelf,
                    "small",
                    PageRoot("p", page(entity, parts=(Nodes("n", select(entity, Listing("l", listed))),))),
                )


FILTERED = [
    (entity.name, field)
    for entity in CATALOGUE.values()
    for field in entity.fields
    if field.filter and entity.name != "Participation"
]


@pytest.mark.parametrize(("name", "field"), FILTERED, ids=lambda of: of if isinstance(of, str) else of.name)
async def test_each_operator_of_each_field_is_the_twins_also_negated(shelf: Shelf, name: str, field: Field) -> None:
    """What is unknown fails an operator and its negation alike."""
    for number in shelf.numbers(2):
        _, twin = await shelf.region(number)
        known = sorted({fact for thing in twin.things[name].values() if (fact := thing.fact(field)) is not None})[:6]
        for together in _comparisons(field, [*known, *_beside(field)]):
            wrapped = [form for where in together for form in (where, {"NOT": where}, {"NOT": {"NOT": where}})]
            await agreed_on_all(shelf, number, name, wrapped)


NAMED = [
    (entity.name, name, target)
    for entity in CATALOGUE.values()
    for name, target in [
        *((one.name, one.target) for one in entity.ones if one.filter),
        *([("actor", "Actor")] if entity.ends == ("from", "to") else []),
    ]
    if entity.name != "Participation"
]


@pytest.mark.parametrize(("name", "through", "target"), NAMED)
@pytest.mark.parametrize("field", ["id", "slug"])
async def test_what_names_one_thing_is_the_twins_however_it_is_wrapped(
    shelf: Shelf, name: str, through: str, target: str, field: str
) -> None:
    """A store may find one thing by its id or slug in another way than many; the answer must not show it."""
    for number in shelf.numbers(2):
        _, twin = await shelf.region(number)
        for value in [*(str(thing.row[field]) for thing in twin.things[target].values()), "nothing"]:
            one = {through: {field: {"eq": value}}}
            wrapped: list[Any] = [one, {"NOT": one}, {"NOT": {"NOT": one}}, {"OR": [one, {"id": {"eq": "x"}}]}]
            wrapped += [{"AND": [one, {"id": {"ne": "x"}}]}, {through: {"NOT": {field: {"eq": value}}}}]
            await agreed_on_all(shelf, number, name, wrapped)


def _beside(field: Field) -> list[Any]:
    match field.type:
        case Scalar.TEXT:
            return ["", "Å", "a\x00b", "%"]
        case Scalar.INT:
            return [-(2**31), 2**31 - 1]
        case Scalar.FLOAT:
            return [1e308, -0.0, 1]
        case Scalar.DATE:
            return ["2018", "2018-04", "9999-12-31", "0001"]
    return []


def _comparisons(field: Field, values: list[Any]) -> list[list[Mapping[str, Any]]]:
    """Lists of filters: those of each value have the same operators, so that a store makes one statement for all values."""
    ops = ["eq", "ne"]
    if field.type in (Scalar.INT, Scalar.FLOAT, Scalar.DATE):
        ops += ["gt", "gte", "lt", "lte"]
    if field.type is Scalar.TEXT:
        ops += ["contains", "startsWith", "endsWith"]
    made: list[list[Mapping[str, Any]]] = [[{field.name: {op: value}} for op in ops] for value in values]
    if field.type is not Scalar.BOOLEAN:
        made += [[{field.name: {op: some}} for op in ("in", "notIn")] for some in ([], values[:1], values)]
        made += [[{field.name: {"isNull": flag}}] for flag in (True, False)]
    return made


# ------------------------------------------------------------------------------------------------ order and pages
@given(number=REGIONS, data=st.data())
@pytest.mark.parametrize("name", [name for name in ENTITIES if name != "Participation"])
async def test_pages_of_any_order_lead_through_all_rows_once(
    shelf: Shelf, name: str, number: int, data: st.DataObject
) -> None:
    """Forward and backward, by the cursors that the pages themselves give; unknown values last ascending, first descending."""
    entity, backward = CATALOGUE[name], data.draw(st.booleans())
    order, size = data.draw(strategies.order(name)), data.draw(st.integers(1, 3))
    where = data.draw(st.none() | strategies.where(name, 1))
    whole = await agreed(shelf, number, PageRoot("p", page(entity, where, order)))

    met: list[Any] = []
    bound = None
    for _ in range(len(whole["edges"]) + 1):
        bounds = {"before": bound} if backward else {"after": bound}
        found = await agreed(
            shelf, number, PageRoot("p", page(entity, where, order, size, backward=backward, **bounds))
        )
        met = [*found["edges"], *met] if backward else [*met, *found["edges"]]
        bound = found["info"]["startCursor" if backward else "endCursor"]
        if not found["info"]["hasPreviousPage" if backward else "hasNextPage"]:
            break

    assert met == whole["edges"]


@given(number=REGIONS, data=st.data())
async def test_a_page_may_lie_between_two_cursors(shelf: Shelf, number: int, data: st.DataObject) -> None:
    """after and before together cut out a middle, also an empty one."""
    name = data.draw(st.sampled_from(["Actor", "Collaboration", "Source"]))
    order = data.draw(strategies.order(name))
    whole = await agreed(shelf, number, PageRoot("p", page(CATALOGUE[name], None, order)))
    cursors = [edge["cursor"] for edge in whole["edges"]] or [None]
    after, before = data.draw(st.sampled_from(cursors)), data.draw(st.sampled_from(cursors))
    size, backward = data.draw(st.integers(0, 4)), data.draw(st.booleans())

    cut = page(CATALOGUE[name], None, order, size, backward=backward, after=after, before=before)
    await agreed(shelf, number, PageRoot("p", cut))


PARTS = [("nodes",), ("info",), ("cursors",), ("nodes", "total"), ("nodes", "info"), ("hasNextPage", "total"), ()]


@pytest.mark.parametrize("parts", [*PARTS, *((name,) for name, _ in INFO.outputs)])
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("size", [0, 1, 3, 1000])
async def test_each_part_of_a_page_is_the_same_without_the_others(
    shelf: Shelf, parts: tuple[str, ...], backward: bool, size: int
) -> None:
    """A page is read in the cheapest way for what is asked of it; ways must not differ."""
    actor = CATALOGUE["Actor"]
    all_parts: dict[str, Any] = {
        "nodes": Nodes("nodes", select(actor)),
        "info": INFO,
        "cursors": Edges("edges", (CursorOut("c"),)),
        "total": Total("total"),
        **{name: PageInfo(name, (("it", name),)) for name, _ in INFO.outputs},
    }
    asked = (TypeName("t", "ActorConnection"), *(all_parts[part] for part in parts))

    wheres: list[Any] = [None, {"kind": {"eq": "BUSINESS"}}, {"OR": []}]
    for where in wheres:
        await agreed(shelf, "small", PageRoot("p", page(actor, where, None, size, backward=backward, parts=asked)))


# ------------------------------------------------------------------------------------------------ scores
NETWORK = score_of({"measure": "DEGREE", "network": {"weighted": False}})


@given(number=REGIONS)
@pytest.mark.parametrize("name", ["Actor", "Collaboration", "Affiliation", "Participation"])
async def test_a_score_is_shown_wherever_an_actor_is(shelf: Shelf, name: str, number: int) -> None:
    """Of the actor itself, of what refers to it, and of one that has none: null."""
    entity, shown = CATALOGUE[name], select(CATALOGUE["Actor"], ScoreLeaf("s", NETWORK), ScoreLeaf("t", NETWORK))
    outputs = [Reference(one.name, one, shown) for one in entity.ones if one.target == "Actor"]
    asked = select(entity, *outputs) if name != "Actor" else select(entity, ScoreLeaf("s", NETWORK), *outputs)

    await agreed(shelf, number, PageRoot("all", page(entity, parts=(Nodes("n", asked),))))


async def test_scores_of_another_revision_are_refused(shelf: Shelf) -> None:
    """An actor would be shown, or sorted, by what it no longer is; those of an earlier page are meant so."""
    backend, twin = await shelf.region("small")
    root = PageRoot("p", page(CATALOGUE["Actor"], None, {"centrality": {"measure": "DEGREE", "direction": "ASC"}}))
    values = scored(root, twin)
    ((place, scores),) = values.items()
    assert isinstance(scores, Scores)

    with pytest.raises(Conflict):
        await read(backend, root, {place: replace(scores, revision=2)})
    earlier = {place: replace(scores, revision=2, earlier=True)}
    assert await read(backend, root, earlier) == twin.answer(root, earlier)


# ------------------------------------------------------------------------------------------------ groups
GROUP_KEYS = {
    "Actor": (
        ["KIND", "HELIX", "MUNICIPALITY"],
        ["kind", "helix", "municipality", "count", "foundedInMin", "foundedInMax"],
    ),
    "Collaboration": (
        ["KIND", "HELIX_PAIR", "MUNICIPALITY_PAIR", "YEAR"],
        ["kind", "helices", "municipalities", "year", "count", "strengthSum", "strengthMin", "strengthMax"],
    ),
}


GROUPED = [(entity.name, many.name) for entity in CATALOGUE.values() for many in entity.many if many.grouped]


@given(number=REGIONS, data=st.data())
@pytest.mark.parametrize(("name", "relation"), GROUPED)
async def test_groups_inside_a_thing_are_the_twins(
    shelf: Shelf, name: str, relation: str, number: int, data: st.DataObject
) -> None:
    """What a relation leads to, counted by its keys: the rows of the connection, each in one group."""
    entity, many = CATALOGUE[name], CATALOGUE[name].relation(relation)
    by = tuple(data.draw(st.lists(st.sampled_from(GROUP_KEYS["Actor"][0]), unique=True)))
    where = data.draw(st.none() | strategies.where(many.where, 2))
    actor = CATALOGUE["Actor"]
    seats = Group("ActorAggregate", actor, actor.relation("collaborators"), by, All(()), (GroupOut("n", "count"),))
    seat = select(actor, Leaf("id", actor.field("id")), Grouped("within", seats))
    outputs = tuple(GroupOut(what, what, seat if what == "municipality" else None) for what in GROUP_KEYS["Actor"][1])
    group = Group("ActorAggregate", actor, many, by, filter_of(CATALOGUE[many.where], where, many), outputs)
    total = page(CATALOGUE["Actor"], where, relation=many, parts=(Total("n"),))
    shown = select(entity, Grouped("g", group), Listing("p", total))
    found = await agreed(shelf, number, PageRoot("all", page(entity, parts=(Nodes("n", shown),))))

    assert all(sum(group["count"] for group in node["g"]) == node["p"]["n"] for node in found["n"])
    ids = (f"{entity.prefix}:t0", f"{entity.prefix}:t1", "x")
    await agreed(shelf, number, ByIds("ids", Given(ids), (shown,)))


@given(number=REGIONS, data=st.data())
@pytest.mark.parametrize("name", sorted(GROUP_KEYS))
async def test_groups_by_any_keys_are_the_twins(shelf: Shelf, name: str, number: int, data: st.DataObject) -> None:
    """Groups, their order and their figures, of what any filter leaves; one group without keys, even of nothing."""
    keys, figures = GROUP_KEYS[name]
    asked = data.draw(st.lists(st.sampled_from([*figures, "__typename"]), min_size=1, max_size=6, unique=True))
    outputs = tuple(
        GroupOut(what, what, select(CATALOGUE["Actor"]) if what.startswith("municipalit") else None) for what in asked
    )
    by = tuple(data.draw(st.lists(st.sampled_from(keys), unique=True)))
    where = data.draw(st.none() | strategies.where(name, 2))

    group = Group(f"{name}Aggregate", CATALOGUE[name], None, by, filter_of(CATALOGUE[name], where), outputs)
    await agreed(shelf, number, GroupRoot("g", group))


# ------------------------------------------------------------------------------------------------ other reads
@given(number=REGIONS, where=strategies.where("Actor"))
async def test_actors_that_match_are_told_by_id(shelf: Shelf, number: int, where: dict[str, Any]) -> None:
    """Networks are cut by the same filters as pages."""
    backend, twin = await shelf.region(number)
    part = filter_of(CATALOGUE["Actor"], where)

    found = await backend.store.matching(part, {})

    assert found == {thing.id for thing in twin.things["Actor"].values() if twin.holds(part, thing, {}) is True}


async def test_info_counts_every_entity(shelf: Shelf) -> None:
    """The first thing that a newcomer asks."""
    backend, twin = await shelf.region("small")

    info = await backend.store.info()

    assert info.counts == {name: len(known) for name, known in twin.things.items()}
    assert info.revision == await backend.store.revision() == 1


@pytest.mark.parametrize("number", ["small", 0, 1, 2])
async def test_rows_and_links_come_whole_and_in_the_order_of_ids(shelf: Shelf, number: int | str) -> None:
    """An export is what was put in."""
    backend, twin = await shelf.region(number)

    for name, known in twin.things.items():
        assert [row async for row in backend.store.rows(name)] == [thing.row for thing in known.values()]
    for pair in PAIR.values():
        if pair.one:
            assert [link async for link in backend.store.links(pair.name)] == sorted(twin.links[pair.name])


async def test_a_whole_graph_has_nothing_wrong_with_it(shelf: Shelf) -> None:
    """`check` is asked where something seems lost."""
    backend, _ = await shelf.region("small")

    assert await backend.store.check() == []


async def test_twin_knows_unknown_from_false() -> None:
    """The twin is what all others are held against: its own three values are checked by hand."""
    twin = Twin.of(REGION)
    volvo, ale = twin.things["Actor"]["actor:volvo"], twin.things["Actor"]["actor:ale"]
    many = filter_of(CATALOGUE["Actor"], {"population": {"gt": 5}})

    assert twin.holds(many, volvo, {}) is None
    assert twin.holds(many, ale, {}) is None
    assert twin.holds(many, twin.things["Actor"]["actor:goteborg"], {}) is True
    assert twin.holds(filter_of(CATALOGUE["Actor"], {"NOT": {"population": {"gt": 5}}}), ale, {}) is None
    assert twin.holds(All(()), ale, {}) is True
