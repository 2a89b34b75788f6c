"""The catalogue as properties: what a row puts on a node or a relationship, and how a row is read back from there.

Takes whole rows (`facts.complete`). What SQLite's columns refuse by their declarations is refused here, since a property has no declared type.
Knows Cypher's expressions for a row, no statement around them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cache

from graph_api.errors import BadValue
from graph_api.model.catalogue import Entity, Scalar, snake
from graph_api.model.changes import Row
from graph_api.stores.facts import Fact, Getter, Part, facts, found_by, listed, names
from graph_api.stores.neo4j.graph import is_tie, listed_property, type_of_pair

WORDS = ("words", "words_name", "words_name_en")
"""Of a thing that is searched: all its words, which the full-text index holds; those of its name; those of its English name."""
_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Property:
    """What is kept of a row under one name."""

    name: str
    value: Getter
    """Raises BadValue for what is no value of its type."""


@cache
def properties(entity: Entity) -> tuple[Property, ...]:
    """What is kept of a row but for its revision, counts and words; of a tie also what it refers to, what it lists and its ends."""
    found = [Property(fact.name, _fitting(fact)) for fact in facts(entity)]
    found += [Property(one.column, _get(one.name)) for one in entity.ones if one.name not in (entity.ends or ())]
    if is_tie(entity):
        found += [Property(listed_property(pair), _get(pair.listed_as)) for pair in listed(entity)]
        found.append(Property("ends", lambda row: ends(entity, row)))
    return tuple(found)


def ends(entity: Entity, row: Row) -> str:
    """What is there once: the ends of a tie, and of one between actors its kind and since. No id holds the divider, NUL.

    Raises:
        BadValue: the tie leads to where it comes from.
    """
    assert entity.ends is not None
    one, other = (str(row[end]) for end in entity.ends)
    if entity.ends != ("from", "to"):
        return f"{one}\0{other}"
    if one == other:
        raise BadValue(f"It leads from {one} to itself.", place=row["id"], hint="Name two actors. Nothing was written.")
    return f"{one}\0{other}\0{row['kind']}\0{row['since'] or ''}"


def words(entity: Entity, row: Row) -> tuple[str, ...]:
    """The values of `WORDS`; none of a thing that is not searched."""
    if not entity.searched:
        return ()
    known = found_by(entity, row)
    return known.held, known.name, known.name_en


def _get(name: str) -> Getter:
    return lambda row: row[name]


# ------------------------------------------------------------------------------------------------ what fits
def _fitting(fact: Fact) -> Getter:
    """The fact's value, if it is one of its type."""
    field, value, needed = fact.field, fact.value, fact.field.always and fact.part is Part.VALUE
    name = fact.name if field.type is Scalar.POSITION else field.name
    fit = _FIT[field.type] if isinstance(field.type, Scalar) else _one_of(field.type)
    if fact.part in (Part.FOLD, Part.KEY, Part.FIRST, Part.LAST):
        # Made of a value that was looked at before; a number becomes what its field's numbers are.
        return (lambda row: fit(value(row))) if field.is_number else value

    def checked(row: Row) -> object:
        known = value(row)
        if known is None:
            if needed or (field.type is Scalar.POSITION and row["longitude"] is not row["latitude"]):
                raise BadValue(f"{name} is missing.", place=row["id"], hint="Nothing was written.")
            return None
        try:
            return fit(known)
        except ValueError as error:
            hint = f"It takes {error}. Nothing was written."
            raise BadValue(f"{name} is {repr(known)[:100]}.", place=row["id"], hint=hint) from error

    return checked


def _text(value: object) -> str:
    if type(value) is not str:
        raise ValueError("a text")
    return value


def _texts(value: object) -> list[str]:
    if not isinstance(value, list | tuple):
        raise ValueError("a list of texts")
    return [_text(item) for item in value]


def _int(value: object) -> int:
    # As an int first: a range looks for a float by trying each number.
    whole = int(value) if isinstance(value, int) or (isinstance(value, float) and value.is_integer()) else None
    if whole is None or whole not in _INT64:
        raise ValueError("a whole number of at most 64 bits")
    return whole


def _float(value: object) -> float:
    if not isinstance(value, int | float):
        raise ValueError("a number")
    return float(value)


def _one_of(listed: type[Enum]) -> Callable[[object], object]:
    values = {item.value: item.value for item in listed}

    def fit(value: object) -> object:
        if not isinstance(value, str) or value not in values:
            raise ValueError(f"one of {', '.join(values)}")
        return value

    return fit


_FIT: dict[Scalar, Callable[[object], object]] = {
    Scalar.ID: _text,
    Scalar.TEXT: _text,
    Scalar.TEXTS: _texts,
    Scalar.INT: _int,
    Scalar.FLOAT: _float,
    Scalar.BOOLEAN: bool,
    Scalar.DATE: _text,
    Scalar.POSITION: _float,
}


# ------------------------------------------------------------------------------------------------ back
@dataclass(frozen=True, slots=True)
class Reader:
    """How an entity's rows are read back in the form of `model.changes.Row`."""

    columns: str
    """A list of Cypher's expressions; `n` is the node, of a tie `t` the relationship between `a` and `b`."""
    names: tuple[str, ...]
    lists: tuple[str, ...]
    """The names of listed pairs, which come in no order."""

    def row(self, values: list[object]) -> dict[str, object]:
        """A row with every key."""
        row = dict(zip(self.names, values, strict=True))
        for name in self.lists:
            row[name] = sorted(row[name] or ())  # type: ignore[call-overload]  # a list of texts
        return row


@cache
def reader(entity: Entity) -> Reader:
    """The reader of an entity's rows."""
    of = "t" if is_tie(entity) else "n"
    special = {pair.listed_as: _listed(entity, of, number) for number, pair in enumerate(listed(entity))}
    special |= {end: f"{side}.id" for end, side in zip(entity.ends or (), "ab", strict=False)}
    columns = [special.get(name) or f"{of}.{snake(name)}" for name in names(entity)]
    return Reader(f"[{','.join(columns)}]", names(entity), tuple(pair.listed_as for pair in listed(entity)))


def _listed(entity: Entity, of: str, number: int) -> str:
    pair = listed(entity)[number]
    if is_tie(entity):
        return f"{of}.{listed_property(pair)}"
    return f"COLLECT {{ MATCH (n)-[:{type_of_pair(pair)}]->(o{number}) RETURN o{number}.id }}"
