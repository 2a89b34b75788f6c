"""The catalogue as tables: each entity's columns, what a row puts into them, and the text that makes them.

The migrations are the tables' history and are never changed; `ddl()` is what they must have led to, and a test compares the two.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import orjson

from graph_api.model.catalogue import CATALOGUE, PAIRS, Entity, Field, One, Pair, Scalar
from graph_api.stores.facts import LAST_NUMBER, Fact, Getter, Part, facts, listed
from graph_api.stores.sqlite.statement import literal, quoted


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the writer fills: its declaration, and its value of a row."""

    name: str
    declared: str
    value: Getter


@dataclass(frozen=True, slots=True)
class Computed:
    """A column that SQLite computes."""

    name: str
    declared: str


@cache
def columns(entity: Entity) -> tuple[Column | Computed, ...]:
    """The columns of the entity's fields."""
    return tuple(_column(fact) for fact in facts(entity))


def _column(fact: Fact) -> Column | Computed:
    field, name = fact.field, fact.name
    needed = " NOT NULL" if field.always else ""
    match field.type, fact.part:
        case (Scalar.INT | Scalar.FLOAT | Scalar.DATE) as type_, Part.KEY:
            declared = {Scalar.INT: "INTEGER", Scalar.FLOAT: "REAL", Scalar.DATE: "TEXT"}[type_]
            known, last = (
                (f"{field.column}_first", "char(1114111)") if type_ is Scalar.DATE else (field.column, _last(type_))
            )
            return Computed(name, f"{declared} NOT NULL GENERATED ALWAYS AS (coalesce({known},{last})) STORED")
        case _, Part.KEY:
            return Column(name, "TEXT NOT NULL", fact.value)
        case _, Part.FOLD:
            return Column(name, f"TEXT{needed}", fact.value)
        case _, Part.ENGLISH | Part.FIRST | Part.LAST:
            return Column(name, "TEXT", fact.value)
        case Scalar.POSITION, _:
            both = " CHECK((longitude IS NULL)=(latitude IS NULL))" if name == "longitude" else ""
            return Column(name, f"REAL{both}", fact.value)
        case Scalar.ID, _:
            return Column(name, "TEXT NOT NULL UNIQUE", fact.value)
        case Scalar.TEXTS, _:
            return Column(name, f"TEXT{needed}", _as_text(fact.value, field.always))
        case Scalar.BOOLEAN, _:
            return Column(name, f"INTEGER{needed} CHECK({name} IN (0,1))", _as_number(fact.value))
        case (Scalar.INT | Scalar.FLOAT) as type_, _:
            return Column(name, f"{'INTEGER' if type_ is Scalar.INT else 'REAL'}{needed}", fact.value)
        case ((Scalar.TEXT | Scalar.DATE), _):
            unique = " UNIQUE" if name == "slug" else ""
            return Column(name, f"TEXT{needed}{unique}", fact.value)
        case _:
            assert isinstance(field.type, type)
            allowed = ",".join(literal(str(item.value)) for item in field.type)
            return Column(name, f"TEXT{needed} CHECK({name} IN ({allowed}))", fact.value)


def _last(type_: Scalar) -> str:
    return "1e12" if type_ is Scalar.FLOAT else str(LAST_NUMBER[type_])


def _as_text(value: Getter, required: bool) -> Getter:
    absent = "[]" if required else None
    return lambda row: absent if (texts := value(row)) is None else orjson.dumps(texts).decode()


def _as_number(value: Getter) -> Getter:
    return lambda row: None if (known := value(row)) is None else int(bool(known))


def ddl() -> str:
    """The text that makes all tables of things and links, with their indexes."""
    return "\n".join([*(_table(entity) for entity in CATALOGUE.values()), *(_pair(pair) for pair in PAIRS)]) + "\n"


def _table(entity: Entity) -> str:
    lines = ["pk INTEGER PRIMARY KEY", "revision INTEGER NOT NULL"]
    lines += [f"{quoted(column.name)} {column.declared}" for column in columns(entity)]
    lines += [
        f"{quoted(one.column)} INTEGER{' NOT NULL' if one.required else ''} REFERENCES {CATALOGUE[one.target].table}(pk)"
        for one in entity.ones
    ]
    lines += [f"{count.column} INTEGER NOT NULL DEFAULT 0" for count in entity.counts]
    if entity.types:
        arms = " ".join(
            f"WHEN {literal(kind.value)} THEN {literal(name)}" for name, kinds in entity.types.items() for kind in kinds
        )
        lines.append(f"object_type TEXT NOT NULL GENERATED ALWAYS AS (CASE kind {arms} END) VIRTUAL")
    if entity.ends == ("from", "to"):
        lines.append('CHECK("from" <> "to")')
    body = ",\n  ".join(lines)
    return "\n".join([f"CREATE TABLE {entity.table}(\n  {body}\n) STRICT;", *_indexes(entity), ""])


def _indexes(entity: Entity) -> Iterator[str]:
    table = entity.table

    def index(name: str, *names: str, unique: bool = False) -> str:
        return f"CREATE {'UNIQUE ' if unique else ''}INDEX {table}_{name} ON {table}({', '.join(names)});"

    if entity.default_order != "id":
        yield index("order", f"{entity.default_order}_key", "id")
    if entity.types:
        for column in ("kind", "helix", "municipality"):
            yield index(column, column, "name_key", "id")
    sortable = (
        field
        for field in entity.fields
        if field.order and field.name not in ("id", "kind", "helix", entity.default_order)
    )
    for field in sortable:
        yield index(f"{field.column}_order", quoted(field.sort_column), "id")
    for count in entity.counts:
        yield index(f"{count.column}_order", count.column, "id")
    if entity.ends == ("from", "to"):
        first = ("kind",) if entity.directed else ()
        yield index("ends", '"from"', '"to"', "kind", "coalesce(since,'')", unique=True)
        yield index("near", '"from"', *first, '"to"')
        yield index("far", '"to"', *first, '"from"')
    elif entity.ends:
        yield index("ends", *entity.ends, unique=True)
        yield index("far", *reversed(entity.ends))
    for one in entity.ones:
        if one.name not in (entity.ends or ()) and not entity.types:
            yield index(one.column, one.column)


def _pair(pair: Pair) -> str:
    (left, left_entity), (right, right_entity) = pair.left, pair.right

    def reference(column: str, entity: str, needed: str = " NOT NULL") -> str:
        return f"{column} INTEGER{needed} REFERENCES {CATALOGUE[entity].table}(pk)"

    lines = [reference(left, left_entity), reference(right, right_entity)]
    lines += [reference(pair.one.column, pair.one.target, "")] if pair.one else []
    lines.append(f"PRIMARY KEY({left}, {right})")
    made = [
        f"CREATE TABLE {pair.name}({', '.join(lines)}) STRICT, WITHOUT ROWID;",
        f"CREATE INDEX {pair.name}_{right} ON {pair.name}({right}, {left});",
    ]
    made += [f"CREATE INDEX {pair.name}_{pair.one.column} ON {pair.name}({pair.one.column});"] if pair.one else []
    return "\n".join(made)


# ------------------------------------------------------------------------------------------------ rows
@dataclass(frozen=True, slots=True)
class Reader:
    """How an entity's rows are read back in the form of `model.changes.Row`."""

    sql: str
    """Ends in FROM; `t` is the entity's table."""
    names: tuple[str, ...]
    convert: tuple[Callable[[object], object], ...]

    def row(self, values: tuple[object, ...]) -> dict[str, object]:
        """A row with every key."""
        return {
            name: None if value is None else convert(value)
            for name, convert, value in zip(self.names, self.convert, values, strict=True)
        }


@cache
def reader(entity: Entity) -> Reader:
    """The reader of an entity's rows: id, fields, references by id, listed pairs as ids in order."""
    found = [
        *(part for field in entity.fields for part in _read(field)),
        *map(_read_one, entity.ones),
        *(_read_pair(pair) for pair in listed(entity)),
    ]
    names, texts, converters = zip(*found, strict=True)
    return Reader(f"SELECT {','.join(texts)} FROM {entity.table} t", names, converters)


def _same(value: object) -> object:
    return value


def _array(value: object) -> object:
    return orjson.loads(str(value))


def _read(field: Field) -> Iterator[tuple[str, str, Callable[[object], object]]]:
    if field.type is Scalar.POSITION:
        yield from (("longitude", "t.longitude", _same), ("latitude", "t.latitude", _same))
        return
    convert = bool if field.type is Scalar.BOOLEAN else _array if field.type is Scalar.TEXTS else _same
    yield field.name, f"t.{quoted(field.column)}", convert
    if field.translated:
        yield f"{field.name}En", f"t.{field.column}_en", _same


def _read_one(one: One) -> tuple[str, str, Callable[[object], object]]:
    return one.name, f"(SELECT o.id FROM {CATALOGUE[one.target].table} o WHERE o.pk=t.{quoted(one.column)})", _same


def _read_pair(pair: Pair) -> tuple[str, str, Callable[[object], object]]:
    (left, _), (right, entity) = pair.left, pair.right
    other = CATALOGUE[entity].table
    array = f"(SELECT json_group_array(o.id ORDER BY o.id) FROM {pair.name} p JOIN {other} o ON o.pk=p.{right} WHERE p.{left}=t.pk)"
    return pair.listed_as, array, _array
