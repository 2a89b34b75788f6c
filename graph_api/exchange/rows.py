"""The catalogue as files of rows: which files there are, their columns, and how each value is read from a cell and written to one.

In: `CATALOGUE` and `PAIRS`. Out: `FILES`, one for each entity and for each pair that no other file lists. Knows no folder, no bytes and no
rules between cells: a cell is text here, a value what `model.changes` says.

A file begins with `id` (of ties) or `slug` (of the others, whose id is made from it); then come a tie's ends, the facts in the catalogue's
order, the references, and the lists. In cells:

    nothing          unknown, or an empty list
    reference        the slug of the thing
    list             its items with semicolons between; a semicolon or backslash within an item has a backslash before it. References are in
                     order of slug, texts as they are
    true, false      a boolean
    number           digits with a point; as many decimals as the fact keeps, the rest is rounded away, and written without needless zeros
    closed list      the value's name
    date             a year, a month or a day: 2018, 2018-04 or 2018-04-12
    text             as it is; control characters (line breaks among them) and blanks at the ends are refused
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graph_api.errors import BadValue
from graph_api.model.catalogue import CATALOGUE, PAIRS, Entity, Field, One, Pair, Scalar
from graph_api.model.changes import Link, Row
from graph_api.model.values import span

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
ITEM = r"(?:[^\\;]|\\[\\;])+"
DATE = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
"""The forms of a slug, of an item in a list of texts, and of a partial date, as regular expressions."""

_SLUG = re.compile(SLUG)
_TIE = re.compile("[a-z]+(:[a-z0-9_-]+)+")
_LIST = re.compile(f"{ITEM}(;{ITEM})*")
_ITEM = re.compile(ITEM)
_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,20})?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: of a fact, of a reference, or of a list of references."""

    name: str
    doc: str
    field: Field | None = None
    """The fact; None: a reference to things of the entity `target`."""
    target: str = ""
    listed: bool = False
    required: bool = False
    municipality: bool = False
    """The thing referred to must be a municipality."""

    def read(self, text: str) -> object:
        """The value that a cell holds: None or [] if it is empty.

        Raises:
            BadValue: the text is no such value; the hint says what would be.
        """
        if self.field is None:
            slugs = text.split(";") if self.listed and text else [text] if text else []
            ids = [_reference(self.target, slug) for slug in slugs]
            return ids if self.listed else next(iter(ids), None)
        if not text:
            return [] if self.field.type is Scalar.TEXTS else None
        return _read(self.field, text)

    def fit(self, value: object) -> object:
        """The value that is kept of one, by the rules of a cell.

        Raises:
            BadValue: no cell holds such a value, or not as this one; the hint says what would be.
        """
        kept = self.read(self.write(value))
        if self.field is None and kept != (sorted(cast(Sequence[str], value)) if self.listed else value):
            raise BadValue(
                f'"{value}" is not the id of {_article(self.target.lower())}.', hint="Take it as it was answered."
            )
        return kept

    def write(self, value: object) -> str:
        """The cell of a value; `read` gives the value back, a number to the decimals that are kept."""
        if value is None:
            return ""
        if self.field is None:
            ids = cast(Sequence[str], value) if self.listed else [str(value)]
            return ";".join(sorted(slug_of(one) for one in ids))
        return _write(self.field, value)


@dataclass(frozen=True, slots=True)
class File:
    """A file of rows: of an entity, or of a pair."""

    name: str
    of: Entity | Pair
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def cells(self, row: Row) -> list[str]:
        """The cells of a row, or of a link as `link_row` gives it."""
        return [column.write(row.get(column.name)) for column in self.columns]


def slug_of(identifier: str) -> str:
    """What makes a thing with a slug unique: all after the first colon of its id.

    >>> slug_of("actor:chalmers")
    'chalmers'
    """
    return identifier.partition(":")[2]


def tie_id(entity: Entity, row: Row) -> str:
    """The id that a tie is given at its creation: the slugs of its ends, and where it has a kind that and since, if known.

    >>> tie_id(CATALOGUE["Collaboration"], {"from": "actor:a", "to": "actor:b", "kind": "PROJECT", "since": "2018-04"})
    'collaboration:a:b:project:2018-04'
    """
    ends = [slug_of(str(row[end])) for end in entity.ends or ()]
    since = [str(row["since"])] if row.get("kind") and row.get("since") else []
    kind = [str(row["kind"]).lower()] if row.get("kind") else []
    return ":".join([entity.prefix, *ends, *kind, *since])


def link_row(pair: Pair, link: Link) -> Row:
    """A link as a row of its pair's columns."""
    return dict(zip(_link_names(pair), link, strict=False))


def link_of(pair: Pair, row: Row) -> Link:
    """The link that a row of its pair's columns says."""
    return cast(Link, tuple(row.get(name) for name in _link_names(pair)))


def _link_names(pair: Pair) -> list[str]:
    return [pair.left[0], pair.right[0], pair.one.name if pair.one else ""]


def _reference(target: str, slug: str) -> str:
    entity = CATALOGUE[target]
    if not _SLUG.fullmatch(slug):
        raise BadValue(
            f'"{slug}" is not the slug of {_article(entity.prefix)}.', hint="Small letters, digits and hyphens."
        )
    return f"{entity.prefix}:{slug}"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _read(field: Field, text: str) -> object:
    if isinstance(field.type, Scalar):
        match field.type:
            case Scalar.INT | Scalar.FLOAT:
                return _number(field, text)
            case Scalar.BOOLEAN:
                if text not in ("true", "false"):
                    raise BadValue(f'"{text}" is neither true nor false.', hint="Write true or false.")
                return text == "true"
            case Scalar.DATE:
                span(text)
                return text
            case Scalar.TEXTS:
                if not _LIST.fullmatch(_text(text)):
                    raise BadValue(
                        f'"{text}" has an empty item, or a backslash before something else than a semicolon or a backslash.',
                        hint="Write items with one semicolon between.",
                    )
                return [_text(re.sub(r"\\(.)", r"\1", item)) for item in _ITEM.findall(text)]
            case Scalar.ID:
                if not _TIE.fullmatch(text):
                    raise BadValue(
                        f'"{text}" is not the id of a tie.',
                        hint="Leave it empty: it is then made of the ends, the kind and since.",
                    )
                return text
            case _ if field.name == "slug" and not _SLUG.fullmatch(text):
                raise BadValue(f'"{text}" is not a slug.', hint="Small letters, digits and hyphens.")
            case _:
                return _text(text)
    if text not in field.type.__members__:
        raise BadValue(f'"{text}" is not one of the values.', hint=f"Write one of {', '.join(field.type.__members__)}.")
    return text


def _text(text: str) -> str:
    if found := _CONTROL.search(text):
        raise BadValue(
            f"The text holds the control character U+{ord(found[0]):04X}.", hint="Remove it; a text is one line."
        )
    if text != text.strip():
        raise BadValue(f'"{text}" has blanks at its ends.', hint="Remove them.")
    return text


def _number(field: Field, text: str) -> int | float:
    whole = field.type is Scalar.INT
    if not (_INT if whole else _FLOAT).fullmatch(text):
        what = "a whole number" if whole else "a number"
        raise BadValue(
            f'"{text}" is not {what}.', hint="Digits only." if whole else "Digits, and a point before decimals."
        )
    value = int(text) if whole else float(text)
    low, high = field.range or (-(2**31), 2**31 - 1)
    if not low <= value <= high:
        raise BadValue(
            f'"{text}" is out of range.',
            hint=f"From {_decimal(low, field.decimals)} to {_decimal(high, field.decimals)}.",
        )
    return value if whole else round(value, field.decimals)


def _decimal(value: float, decimals: int) -> str:
    """The shortest form of a number, without an exponent.

    >>> _decimal(12.050, 6), _decimal(1.0, 3), _decimal(-0.0, 3)
    ('12.05', '1', '0')
    """
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _write(field: Field, value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return _decimal(value, field.decimals)
        case list() | tuple():
            return ";".join(re.sub(r"([\\;])", r"\\\1", str(item)) for item in value)
        case _:
            return str(value)


def _facts(field: Field) -> Iterator[Column]:
    if field.type is Scalar.POSITION:
        for name, limit in (("longitude", 180), ("latitude", 90)):
            doc = f"{field.doc} In degrees, WGS 84."
            part = Field(name, Scalar.FLOAT, doc, kinds=field.kinds, decimals=field.decimals, range=(-limit, limit))
            yield Column(name, doc, part)
        return
    empty = field.type is Scalar.TEXTS or field.type is Scalar.ID
    doc = field.doc
    if field.name == "name" and field.translated:
        doc = f"{doc.partition(' in the asked language')[0]}, in Swedish."
    # What only some kinds have is asked for at those, in validation.
    yield Column(field.name, doc, field, required=field.always and not empty)
    if field.translated:
        name = f"{field.name}En"
        doc = f"{field.name} in English; empty where it is not known, and the Swedish one stands in."
        yield Column(name, doc, Field(name, field.type, doc, kinds=field.kinds))


def _reference_column(one: One) -> Column:
    return Column(
        one.name, one.doc, target=one.target, required=one.required, municipality=one.shown_as == "Municipality"
    )


def _entity_file(entity: Entity) -> File:
    facts = [field for field in entity.fields if entity.ends or field.name != "id"]
    ends = [one for one in entity.ones if one.name in (entity.ends or ())]
    columns = [
        *(column for field in facts[:1] for column in _facts(field)),
        *(_reference_column(one) for one in ends),
        *(column for field in facts[1:] for column in _facts(field)),
        *(_reference_column(one) for one in entity.ones if one not in ends),
    ]
    for pair in PAIRS:
        if pair.listed_as and pair.left[1] == entity.name:
            doc = next(many.doc for many in entity.many if many.name == pair.listed_as)
            if pair.listed_as == "sources":
                doc = "Where the facts of this row were read."
            columns.append(
                Column(
                    pair.listed_as,
                    doc,
                    target=pair.right[1],
                    listed=True,
                    required=pair.listed_as == "sources",
                    municipality=pair.right[0] == "municipality",
                )
            )
    return File(f"{entity.plural}.csv", entity, tuple(columns))


def _pair_file(pair: Pair) -> File:
    columns = [
        Column(name, CATALOGUE[target].doc, target=target, required=True) for name, target in (pair.left, pair.right)
    ]
    if pair.one:
        # Every fact has a source: a link's reference is asked for here, though the catalogue lets it be unknown.
        columns.append(Column(pair.one.name, pair.one.doc, target=pair.one.target, required=True))
    return File(f"{pair.name}.csv", pair, tuple(columns))


FILES: Mapping[str, File] = {
    file.name: file
    for file in (
        *(_entity_file(entity) for entity in CATALOGUE.values()),
        *(_pair_file(pair) for pair in PAIRS if not pair.listed_as),
    )
}
"""Every file by its name."""


def file_of(entity: Entity) -> File:
    """The file of an entity."""
    return FILES[f"{entity.plural}.csv"]
