"""A row → what every store keeps of it: the whole row, checked, and the values that stand beside its facts.

Takes rows as they come in a batch (`model.changes.Row`). Gives them with every key, and by the catalogue the facts to keep: a column of a table, a
property of a node. Also the words by which search finds a thing. Knows no table, no graph and no driver.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import orjson

from graph_api.errors import BadValue, Conflict
from graph_api.model.catalogue import PAIRS, Entity, Field, Pair, Scalar
from graph_api.model.changes import Change, Link, Row
from graph_api.model.text import fold, sort_key, words
from graph_api.model.values import span

ORDER = (
    "Source",
    "Challenge",
    "Competence",
    "Actor",
    "Initiative",
    "Collaboration",
    "Affiliation",
    "Participation",
    "Agreement",
    "Service",
)
"""Entities after those that they refer to."""

LOST_ALIAS, NEEDLESS_ALIAS = "An alias answers as what is not there", "An alias has the id of a thing that is there"
"""What may be wrong with the ids that answer as others', in words."""

LAST_TEXT = chr(0x10FFFF)
LAST_NUMBER: dict[object, int | float] = {Scalar.INT: 2**63 - 1, Scalar.FLOAT: 1e12}
"""What stands in a sort key for null: nulls come last ascending and first descending."""

KEY_BYTES = 2_000
"""Most that a text takes by which things are found or sorted: Neo4j's indexes hold some 8,000 bytes, of up to three such texts."""
_BYTES_A_CHARACTER = 80
"""Of a sort key, at the very most: U+FDFA is eighteen letters, of 4 bytes each with accent and case. ASCII takes no more than 4."""

_UNFIT = re.compile("[\0\ud800-\udfff]")
"""NUL ends a text for some of SQLite's functions; halves of surrogate pairs are no text at all."""

Getter = Callable[[Row], object]


# ------------------------------------------------------------------------------------------------ rows
@cache
def names(entity: Entity) -> tuple[str, ...]:
    """The keys of a whole row: fields, references, listed pairs."""
    fields = (name for field in entity.fields for name in _keys(field))
    return (*fields, *(one.name for one in entity.ones), *(pair.listed_as for pair in listed(entity)))


def _keys(field: Field) -> tuple[str, ...]:
    if field.type is Scalar.POSITION:
        return "longitude", "latitude"
    return (field.name, f"{field.name}En") if field.translated else (field.name,)


@cache
def listed(entity: Entity) -> tuple[Pair, ...]:
    """The links that the entity's own rows list."""
    return tuple(pair for pair in PAIRS if pair.listed_as and pair.left[1] == entity.name)


def listed_ids(value: object) -> list[str]:
    """The ids of a listed pair's value; none of null."""
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def complete(entity: Entity, row: Row) -> dict[str, object]:
    """The row with every key, lists of ids in order and once each; a municipality has its seat in itself.

    Raises:
        BadValue: a text cannot be stored as it is or is too long to be found by, or a number lies outside its range.
    """
    whole = {name: row.get(name) for name in names(entity)}
    for pair in listed(entity):
        whole[pair.listed_as] = sorted(set(listed_ids(whole[pair.listed_as])))
    for name in _lists(entity):
        if whole[name] is None:
            whole[name] = []
    for name, decimals in _rounded(entity):
        # What is kept of a number, so that every store writes the same text of it.
        if isinstance(value := whole[name], float):
            whole[name] = round(value, decimals)
    if entity.types and whole["kind"] == "MUNICIPALITY":
        whole["municipality"] = whole["id"]
        whole["inRegion"] = bool(whole["inRegion"])
    _check(entity, whole)
    return whole


def _check(entity: Entity, row: Row) -> None:
    place = row["id"]
    for value in row.values():
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and (found := _UNFIT.search(text)):
                message = f"A text holds the character U+{ord(found[0]):04X}."
                raise BadValue(message, place=place, hint="Remove it. Nothing was written.")
    for name, sorts in _found_by(entity):
        text = row[name]
        # A short one, as nearly all are, is not measured.
        if isinstance(text, str) and len(text) * (4 if text.isascii() else _BYTES_A_CHARACTER) > KEY_BYTES:
            size = len((sort_key(text) if sorts else text).encode())
            if size > KEY_BYTES:
                raise BadValue(
                    f"{name} takes {size:,} bytes in an index.",
                    place=None if name == "id" else place,
                    hint=f"At most {KEY_BYTES:,}, some {KEY_BYTES // 2:,} letters. Nothing was written.",
                )
    for name, (low, high) in _ranges(entity):
        number = row[name]
        # Not a number is in no range.
        if isinstance(number, int | float) and not low <= number <= high:
            raise BadValue(
                f"{name} is {number}.", place=place, hint=f"It goes from {low:g} to {high:g}. Nothing was written."
            )


@cache
def _found_by(entity: Entity) -> tuple[tuple[str, bool], ...]:
    """The texts of a row by which things are found or sorted, and whether it is by their sort key."""
    texts = [field for field in entity.fields if field.type in (Scalar.ID, Scalar.TEXT)]
    return tuple(
        (field.name, field.order and field.type is Scalar.TEXT)
        for field in texts
        if field.order or field.name == "slug" or (field.filter and field.kinds)
    )


@cache
def _lists(entity: Entity) -> tuple[str, ...]:
    """The lists of texts that are empty rather than null."""
    return tuple(field.name for field in entity.fields if field.type is Scalar.TEXTS and field.required)


@cache
def _rounded(entity: Entity) -> tuple[tuple[str, int], ...]:
    """The numbers of a row that may have decimals, and how many are kept."""
    found = (field for field in entity.fields if field.type in (Scalar.FLOAT, Scalar.INT, Scalar.POSITION))
    return tuple((name, field.decimals) for field in found for name in _keys(field))


@cache
def _ranges(entity: Entity) -> tuple[tuple[str, tuple[float, float]], ...]:
    """The numbers of a row that have bounds."""
    found = [(field.name, field.range) for field in entity.fields if field.range]
    if any(field.type is Scalar.POSITION for field in entity.fields):
        found += [("longitude", (-180, 180)), ("latitude", (-90, 90))]
    return tuple(found)


def without(entity: Entity, row: Row, gone: Mapping[str, Set[str]]) -> Row | None:
    """The row when things have gone, ids by entity: without them, or None where it cannot be without them."""
    none: Set[str] = frozenset()
    named = [one for one in entity.ones if row[one.name] in gone.get(one.target, none)]
    if any(one.required for one in named):
        return None
    lists = {
        pair.listed_as: [id_ for id_ in listed_ids(row[pair.listed_as]) if id_ not in gone.get(pair.right[1], none)]
        for pair in listed(entity)
    }
    return {**row, **{one.name: None for one in named}, **lists}


def link_fact(pair: Pair, link: Link) -> Row:
    """A link as the change log keeps it."""
    names = ("pair", pair.left[0], pair.right[0], *((pair.one.name,) if pair.one else ()))
    return dict(zip(names, (pair.name, *link), strict=False))


def action_of(before: Row | None, *, imported: bool) -> str:
    """What the change log calls that a thing is written, by what was there before."""
    if before is not None:
        return "UPDATED"
    return "IMPORTED" if imported else "CREATED"


def as_json(row: Row | None) -> str | None:
    """A row as the change log keeps it."""
    return None if row is None else orjson.dumps(row).decode()


def logged(values: Sequence[Any]) -> Change:
    """A change as the log keeps it: the members of `Change` in their order, rows as JSON."""
    id_, revision, at, by, action, kind, node_id, before, after = values
    rows = before and orjson.loads(before), after and orjson.loads(after)
    return Change(id_, int(revision), at, by, action, kind, node_id, *rows)


# ------------------------------------------------------------------------------------------------ facts
class Part(Enum):
    """Of a field: its value, or what is kept beside it."""

    VALUE = "value"
    ENGLISH = "English form"
    FOLD = "as filters compare it"
    KEY = "as orders compare it; never null"
    FIRST = "first day"
    LAST = "last day"


@dataclass(frozen=True, slots=True)
class Fact:
    """What is kept of a row under one name."""

    name: str
    field: Field
    part: Part
    value: Getter


@cache
def facts(entity: Entity) -> tuple[Fact, ...]:
    """What is kept of the entity's fields, in their order; references and links are the store's."""
    return tuple(fact for field in entity.fields for fact in _of_field(field))


def _of_field(field: Field) -> Iterator[Fact]:
    name, column = field.name, field.column
    if field.type is Scalar.POSITION:
        for key in _keys(field):
            yield Fact(key, field, Part.VALUE, _get(key))
        return
    yield Fact(column, field, Part.VALUE, _get(name))
    if field.translated:
        yield Fact(f"{column}_en", field, Part.ENGLISH, _get(f"{name}En"))
    if field.type is Scalar.TEXT:
        if field.filter:
            yield Fact(f"{column}_fold", field, Part.FOLD, _of_text(name, fold, None))
        if field.order:
            yield Fact(f"{column}_key", field, Part.KEY, _of_text(name, sort_key, LAST_TEXT))
    elif field.type is Scalar.DATE:
        yield Fact(f"{column}_first", field, Part.FIRST, _of_text(name, _first, None))
        yield Fact(f"{column}_last", field, Part.LAST, _of_text(name, _last, None))
        if field.order:
            yield Fact(field.sort_column, field, Part.KEY, _of_text(name, _first, LAST_TEXT))
    elif field.type in LAST_NUMBER and field.order and not field.always:
        yield Fact(field.sort_column, field, Part.KEY, _number_key(name, LAST_NUMBER[field.type]))


def _get(name: str) -> Getter:
    return lambda row: row.get(name)


def _of_text(name: str, make: Callable[[str], str], absent: str | None) -> Getter:
    def value(row: Row) -> object:
        text = row.get(name)
        return absent if text is None else make(str(text))

    return value


def _number_key(name: str, absent: float) -> Getter:
    def value(row: Row) -> object:
        number = row.get(name)
        return absent if number is None else number

    return value


def _first(date: str) -> str:
    return span(date)[0]


def _last(date: str) -> str:
    return span(date)[1]


# ------------------------------------------------------------------------------------------------ words
@dataclass(frozen=True, slots=True)
class Words:
    """By what search finds a thing, and ranks it; each joined by spaces."""

    name: str
    name_en: str
    """Empty where there is none."""
    held: str
    """Each word of names and descriptions once."""


def found_by(entity: Entity, row: Row) -> Words:
    """The words of a thing of an entity that is searched."""
    first, *others = entity.searched
    name, name_en = words(_text(row, first.name)), words(_text(row, f"{first.name}En"))
    described = [word for field in others for text in _texts(row, field) for word in words(text)]
    return Words(" ".join(name), " ".join(name_en), " ".join(dict.fromkeys([*name, *name_en, *described])))


def name_key(entity: Entity, row: Row) -> str:
    """The sort key of a searched thing's name."""
    return sort_key(_text(row, entity.searched[0].name))


def check_none_newer(newer: Sequence[Sequence[Any]], expected: Mapping[str, int]) -> None:
    """See that no thing was changed after the revision that its writer expects it to be of.

    Args:
        newer: id and revision of those that were.
    Raises:
        Conflict: one was.
    """
    if newer:
        id_, revision = newer[0]
        raise Conflict(
            f"{id_} was changed at revision {revision}, after {expected[str(id_)]}.",
            place=id_,
            hint="Read it again and repeat the change. Nothing was written.",
        )


def _texts(row: Row, field: Field) -> Iterator[str]:
    yield _text(row, field.name)
    if field.translated:
        yield _text(row, f"{field.name}En")


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value)
