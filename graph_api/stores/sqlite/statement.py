"""SQL text and its parameters: how names are quoted, how JSON text is joined, how a value finds its place.

Values never become part of a text: a compiler hands out numbered parameters, each with a function that finds its value when the statement is run.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import apsw

from graph_api.plan.nodes import Values
from graph_api.stores.scores import made_of

Getter = Callable[[Values], object]

MOST_ARGUMENTS = 900
"""Of one concat(): SQLite takes 1,000."""


def quoted(name: str) -> str:
    """An identifier of the catalogue; quoted only where SQL has it as a word of its own."""
    return f'"{name}"' if name.upper() in apsw.keywords else name


def literal(text: str) -> str:
    """A constant of the compiler or a response key as an SQL text."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Text:
    """A constant piece of JSON text among expressions."""

    text: str


Piece = str | Text
"""An SQL expression, or constant text."""


def joined(pieces: Sequence[Piece]) -> str:
    """One expression that joins the pieces; null counts as nothing.

    `concat()` and not `||`, whose depth grows with the number of fields until SQLite refuses it.
    """
    merged: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + piece.text)
        else:
            merged.append(piece)
    texts = [literal(piece.text) if isinstance(piece, Text) else piece for piece in merged]
    while len(texts) > 1 or not texts:
        texts = [
            f"concat({','.join(texts[i : i + MOST_ARGUMENTS])})" for i in range(0, len(texts), MOST_ARGUMENTS)
        ] or ["''"]
    return texts[0]


def keyed(key: str, value: Sequence[Piece]) -> list[Piece]:
    """A member of a JSON object: its key, which comes from the document, and its value."""
    return [Text(json.dumps(key, ensure_ascii=False) + ":"), *value]


def as_object(members: Sequence[Sequence[Piece]]) -> list[Piece]:
    """A JSON object of members."""
    pieces: list[Piece] = [Text("{")]
    for number, member in enumerate(members):
        pieces += [Text(","), *member] if number else member
    return [*pieces, Text("}")]


@dataclass(frozen=True, slots=True)
class Statement:
    """A text with its parameters in order."""

    sql: str
    getters: tuple[Getter, ...]
    scores: tuple[str, ...]
    """Places among the values where the store puts texts made of scores."""

    @property
    def text(self) -> str:
        """Its SQL."""
        return self.sql

    def values(self, values: Values) -> list[object]:
        """What is bound, for these variables."""
        return [getter(values) for getter in self.getters]


@dataclass(slots=True)
class Parameters:
    """Hands out parameters and aliases while a text is made."""

    getters: list[Getter] = field(default_factory=list)
    known: dict[object, str] = field(default_factory=dict)
    scores: dict[str, None] = field(default_factory=dict)
    aliases: int = 0

    def add(self, getter: Getter, same: object = None) -> str:
        """A parameter; `same` names a value that is bound once however often it is needed."""
        if same is not None and (found := self.known.get(same)):
            return found
        self.getters.append(getter)
        name = f"?{len(self.getters)}"
        if same is not None:
            self.known[same] = name
        return name

    def scores_at(self, place: str) -> str:
        """A parameter for the text that the store makes of the scores at a place."""
        self.scores[place] = None
        return self.add(lambda values: values[made_of(place)], place)

    def alias(self, letter: str) -> str:
        """A table's name that stands nowhere else in the text."""
        self.aliases += 1
        return f"{letter}{self.aliases}"

    def statement(self, sql: str) -> Statement:
        """The text with the parameters that it came to use, numbered in order."""
        used = sorted({int(number) for number in re.findall(r"\?(\d+)", sql)})
        renumbered = {old: new for new, old in enumerate(used, 1)}
        return Statement(
            re.sub(r"\?(\d+)", lambda match: f"?{renumbered[int(match[1])]}", sql),
            tuple(self.getters[old - 1] for old in used),
            tuple(self.scores),
        )
