"""Random regions, and strategies for what is asked of them.

A region is a function of its number, so that a store filled with it serves many examples; what is asked is drawn by
hypothesis from the catalogue: each field, operator, relation and order key of it. Values of both come from the same
small pools, so that filters hit.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from graph_api.model.catalogue import CATALOGUE, PAIRS, READ, Entity, Field, Many, Scalar
from graph_api.model.changes import Batch, Link, Row
from graph_api.model.vocabulary import ActorKind

TEXTS = [
    "Åkeri",
    "Älv",
    "Öl",
    "Zebra",
    "apa",
    "Apa",
    "åkeri",
    "Café",
    "cafe",
    "Bo Ek AB",
    "bo ek",
    "Bo",
    'a"b\\c',
    "d\ne\u2028\u0001",
    "100 %_",
    "😀 Ü",
    "ø",
    "日本",
    "",
]
PARTS = ["å", "a", "A", "ek", "o", "bo", "%", "_", '"', "\\", "\n", "\u2028", "😀", "", "Z", "本", "café", "xyz"]
DATES = [
    "2017",
    "2018",
    "2018-04",
    "2018-04-12",
    "2018-12-31",
    "2019-01-01",
    "2019-02",
    "2020-02-29",
    "2020",
    "0001",
    "9999-12",
]
INTS = [0, 1, 1850, 1999, 2018, 2019, 2**31 - 1]
STRENGTHS = [0.001, 0.125, 0.3, 1.0, 1.1, 2.5, 1e9]
SHARES = [0.0001, 0.3333, 0.5, 1.0]
POINTS = [(11.97, 57.7), (12.94, 57.72), (0.0, 0.0), (-179.5, -33.25), (180.0, 90.0)]
SLUGS = [f"t{number}" for number in range(8)]


# ------------------------------------------------------------------------------------------------ regions
def region(number: int) -> Batch:
    """The region of a number: up to eight things of a kind, many of their facts unknown, many of their names alike."""
    rng = Random(number)
    things: dict[str, list[Row]] = {}
    for name in ("Source", "Challenge", "Competence", "Actor", "Initiative", "Agreement", "Service"):
        entity = CATALOGUE[name]
        # At least one, but for what a region can do without.
        slugs = rng.sample(SLUGS, rng.randint(0 if name != "Actor" else 1, len(SLUGS)))
        things[name] = [_row(entity, f"{entity.prefix}:{slug}", rng, {"slug": slug}) for slug in slugs]
        if name == "Actor":
            seats = [row["id"] for row in things[name] if row["kind"] == "MUNICIPALITY"]
            things[name] = [
                {**row, "municipality": row["id"] if row["id"] in seats else rng.choice([None, *seats])}
                for row in things[name]
            ]
    actors, initiatives = ([str(row["id"]) for row in things[name]] for name in ("Actor", "Initiative"))
    for row in things["Initiative"]:
        row["lead"] = rng.choice([None, *actors])  # type: ignore[index]  # a dict, made above
    things["Collaboration"] = _ties("Collaboration", actors, actors, rng, {"initiative": [None, *initiatives]})
    things["Affiliation"] = _ties("Affiliation", actors, actors, rng, {})
    things["Participation"] = _ties("Participation", actors, initiatives, rng, {})
    _listed(things, rng)
    return Batch(things, {pair.name: _links(pair.name, things, rng) for pair in PAIRS if not pair.listed_as})


def _row(entity: Entity, id_: str, rng: Random, known: Mapping[str, object]) -> dict[str, object]:
    row: dict[str, object] = {"id": id_}
    for field in entity.fields:
        if field.name in ("id", "slug") or (field.kinds and row["kind"] not in [kind.value for kind in field.kinds]):
            continue
        unknown = not field.required and rng.random() < 0.35
        if field.type is Scalar.POSITION:
            row |= dict(zip(("longitude", "latitude"), (None, None) if unknown else rng.choice(POINTS), strict=True))
        else:
            row[field.name] = None if unknown else _value(field, rng)
        if field.translated:
            row[f"{field.name}En"] = rng.choice([None, *TEXTS])
    return {**row, **known}


def _value(field: Field, rng: Random) -> object:
    if field.name == "kind" and field.type is ActorKind:
        # Seats are needed by the others.
        return rng.choice([*ActorKind, *[ActorKind.MUNICIPALITY, ActorKind.BUSINESS] * 4]).value
    match field.type:
        case Scalar.TEXT:
            return rng.choice(TEXTS)
        case Scalar.TEXTS:
            return rng.sample(TEXTS, rng.randint(0, 3))
        case Scalar.INT:
            low, high = field.range or (0, 0)
            return rng.choice([number for number in INTS if low <= number <= high])
        case Scalar.FLOAT:
            return rng.choice(SHARES if field.name == "share" else STRENGTHS)
        case Scalar.BOOLEAN:
            return rng.random() < 0.5
        case Scalar.DATE:
            return rng.choice(DATES)
    assert isinstance(field.type, type)
    return rng.choice(list(field.type)).value


def _ties(
    name: str, ones: Sequence[str], others: Sequence[str], rng: Random, refers: Mapping[str, Sequence[Any]]
) -> list[Row]:
    entity, made = CATALOGUE[name], {}
    for number in range(rng.randint(0, 14) if ones and others else 0):
        one, other = rng.choice(ones), rng.choice(others)
        if one == other:
            continue
        if not entity.directed:
            one, other = sorted((one, other))
        row = _row(entity, f"{entity.prefix}:{rng.randint(0, 99):02}{number}", rng, {})
        row |= dict(zip(entity.ends or (), (one, other), strict=True)) | {
            key: rng.choice(of) for key, of in refers.items()
        }
        made[(one, other, row.get("kind"), row.get("since") if name != "Participation" else None)] = row
    return list(made.values())


def _listed(things: Mapping[str, list[Row]], rng: Random) -> None:
    for pair in PAIRS:
        others = [row["id"] for row in things[pair.right[1]]]
        if pair.right[0] == "municipality":
            others = [row["id"] for row in things["Actor"] if row["kind"] == "MUNICIPALITY"]
        if pair.listed_as:
            for row in things[pair.left[1]]:
                row[pair.listed_as] = rng.sample(others, rng.randint(0, min(3, len(others))))  # type: ignore[index]


def _links(name: str, things: Mapping[str, list[Row]], rng: Random) -> list[Link]:
    pair = next(pair for pair in PAIRS if pair.name == name)
    ways = [(str(one["id"]), str(other["id"])) for one in things[pair.left[1]] for other in things[pair.right[1]]]
    sources = [str(row["id"]) for row in things["Source"]]
    return [(*way, rng.choice([None, *sources])) for way in rng.sample(ways, rng.randint(0, min(8, len(ways))))]


# ------------------------------------------------------------------------------------------------ values
def value(field: Field) -> st.SearchStrategy[Any]:
    """A value to compare a field with."""
    match field.type:
        case Scalar.ID:
            return st.sampled_from(
                [f"actor:{slug}" for slug in SLUGS] + [f"source:{slug}" for slug in SLUGS[:3]] + ["", "x"]
            )
        case Scalar.TEXT:
            return st.sampled_from([*TEXTS, *SLUGS])
        case Scalar.INT:
            return st.sampled_from([*INTS, -1, -(2**31)])
        case Scalar.FLOAT:
            return st.sampled_from([*STRENGTHS, *SHARES, 0.30000000000000004, -1.5, 1e308, 0.0])
        case Scalar.BOOLEAN:
            return st.booleans()
        case Scalar.DATE:
            return st.sampled_from(DATES)
    assert isinstance(field.type, type)
    listed = [item.value for item in field.type]
    return st.sampled_from([*listed, *[kind for kind in ("MUNICIPALITY", "BUSINESS") if kind in listed] * 5])


def comparison(field: Field) -> st.SearchStrategy[dict[str, Any]]:
    """A filter on a field: one operator, at times two."""
    one, many = value(field), st.lists(value(field), max_size=4)
    ops: dict[str, st.SearchStrategy[Any]] = {"eq": one, "ne": one}
    if field.type is not Scalar.BOOLEAN:
        ops |= {"in": many, "notIn": many, "isNull": st.booleans()}
    if field.type in (Scalar.INT, Scalar.FLOAT, Scalar.DATE):
        ops |= dict.fromkeys(("gt", "gte", "lt", "lte"), one)
    if field.type is Scalar.TEXT:
        ops |= dict.fromkeys(("contains", "startsWith", "endsWith"), st.sampled_from(PARTS))
    return st.lists(st.sampled_from(sorted(ops)), min_size=1, max_size=2, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: ops[name] for name in names})
    )


# ------------------------------------------------------------------------------------------------ filters
@st.composite
def where(draw: st.DrawFn, name: str, depth: int = 3) -> dict[str, Any]:
    """A where-input of an entity."""
    entity = READ[name]
    facts = [field for field in entity.fields if field.filter]
    choices: list[Any] = [*facts, *facts]
    choices += ["activeOn"] if entity.active else []
    choices += ["near"] if entity.near else []
    if depth > 0:
        choices += ["AND", "OR", "NOT", "NOT", "empty"]
        choices += ["actor", "actor"] if entity.ends == ("from", "to") else []
        choices += [*(one for one in entity.ones if one.filter), *(many for many in entity.many if many.filter)]
    given: dict[str, Any] = {}
    for choice in draw(st.lists(st.sampled_from(choices), min_size=1, max_size=2)):
        if choice == "empty":
            continue
        if isinstance(choice, Field):
            given[choice.name] = draw(comparison(choice))
        elif choice == "activeOn":
            given[choice] = draw(st.sampled_from(DATES))
        elif choice == "near":
            longitude, latitude = draw(st.sampled_from(POINTS))
            far = draw(st.sampled_from([0.0, 1.0, 60.0, 9000.0, 20016.0]))
            given[choice] = {"longitude": longitude, "latitude": latitude, "kilometres": far}
        elif choice in ("AND", "OR"):
            given[choice] = draw(st.lists(where(name, depth - 1), max_size=2))
        elif choice == "NOT":
            given[choice] = draw(where(name, depth - 1))
        elif choice == "actor":
            given[choice] = draw(where("Actor", depth - 1))
        elif isinstance(choice, Many):
            given[choice.name] = draw(related(choice, depth - 1))
        else:
            given[choice.name] = draw(where(choice.target, depth - 1))
    return given


@st.composite
def related(draw: st.DrawFn, relation: Many, depth: int) -> dict[str, Any]:
    """What holds for a relation's things or ties."""
    inner = where(relation.where, depth)
    given: dict[str, Any] = {}
    for how in draw(st.lists(st.sampled_from(["some", "every", "none", "count"]), min_size=1, max_size=2, unique=True)):
        if how != "count":
            given[how] = draw(inner)
            continue
        ops = draw(st.lists(st.sampled_from(["eq", "gt", "gte", "lt", "lte"]), max_size=2, unique=True))
        given[how] = {op: draw(st.integers(-2, 4)) for op in ops}
        if draw(st.booleans()):
            given[how]["where"] = draw(inner)
    return given


# ------------------------------------------------------------------------------------------------ order
DIRECTIONS = st.sampled_from(["ASC", "DESC"])
MEASURES = st.sampled_from(["DEGREE", "STRENGTH", "CONSTRAINT", "PAGERANK"])


def networks() -> st.SearchStrategy[dict[str, Any] | None]:
    """A network: the default one, or one of some ties and actors."""
    members: dict[str, st.SearchStrategy[Any]] = {
        "ties": st.sampled_from([None, ["COLLABORATION"], ["MEMBERSHIP", "OWNERSHIP"]]),
        "where": st.none() | where("Actor", 1),
        "weighted": st.booleans(),
    }
    return st.none() | st.fixed_dictionaries({}, optional=members)


@st.composite
def order_key(draw: st.DrawFn, name: str, depth: int = 2) -> dict[str, Any]:
    """One key of an order."""
    entity = READ[name]
    choices: list[Any] = [
        *(field.name for field in entity.fields if field.order),
        *(count.name for count in entity.counts),
    ]
    if depth:
        choices += [one for one in entity.ones if one.order]
        choices += ["actor"] if entity.ends == ("from", "to") else []
    choices += ["centrality"] if entity.scored else []
    choice = draw(st.sampled_from(choices))
    if choice == "centrality":
        return {choice: {"measure": draw(MEASURES), "direction": draw(DIRECTIONS), "network": draw(networks())}}
    if choice == "actor":
        return {"actor": draw(order_key("Actor", depth - 1))}
    if not isinstance(choice, str):
        return {choice.name: draw(order_key(choice.target, depth - 1))}
    return {choice: draw(DIRECTIONS)}


def order(name: str) -> st.SearchStrategy[list[dict[str, Any]] | None]:
    """An order: none, an empty one, or some keys."""
    return st.none() | st.lists(order_key(name), max_size=3)
