"""Cypher text, its parameters, and the template that makes the answer of the list that comes back.

A statement knows no value and no response key: values travel in one map parameter, since Neo4j keeps a plan by the text and
by the type of each parameter, but does not look into maps; keys, type names, cursors and the order of fields are the
template's. So documents that differ only in those share a plan of Neo4j's, which costs it some 100 ms to make.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import orjson

from graph_api.model.catalogue import CATALOGUE
from graph_api.plan.nodes import Values
from graph_api.stores.scores import made_of

Getter = Callable[[Values], object]
Build = Callable[[list[Any], Sequence[Any], Sequence[Any]], list[Any]]
"""The value of each root, of the record's list, parameters and sizes of pages."""

_NAMES: Mapping[str, object] = {
    "dumps": orjson.dumps,
    "Fragment": orjson.Fragment,
    **{
        f"T{name}": {kind.value: type_ for type_, kinds in entity.types.items() for kind in kinds}
        for name, entity in CATALOGUE.items()
        if entity.types
    },
}
"""What a template may name: of each entity that is an interface, the object type by kind."""

_PARAMETER = re.compile(r"\$p(\d+)")
_SIZE = re.compile(r"\$n(\d+)")

_REVISION = "MATCH (g:Graph) WITH g.revision AS revision"
"""Read before all else: a write that comes between makes what follows newer than the revision says, never older."""


def literal(text: str) -> str:
    """A constant of the catalogue as a Cypher string.

    >>> literal("it's")
    "'it\\\\'s'"
    """
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def both(conditions: Sequence[str]) -> str:
    """The conditions as one that stands anywhere."""
    return f"({' AND '.join(conditions)})" if len(conditions) > 1 else conditions[0] if conditions else "true"


def where(conditions: Sequence[str]) -> str:
    """A WHERE of all of them, or nothing."""
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def joined(*clauses: str) -> str:
    """The clauses that are not empty, one after the other."""
    return " ".join(clause for clause in clauses if clause)


class Row:
    """What one list of the result holds: expressions without doubles, and the clauses that must run before it."""

    def __init__(self) -> None:
        self.slots: list[str] = []
        self.clauses: list[str] = []
        self.joined: dict[tuple[object, str], str] = {}
        self.kept: set[int] = set()
        """Slots whose values hold for a revision, whatever else the operation asks."""

    def slot(self, text: str, *, kept: bool = False) -> str:
        """The expression's place in the list, as Python source."""
        if text not in self.slots:
            self.slots.append(text)
        number = self.slots.index(text)
        if kept:
            self.kept.add(number)
        return f"r[{number}]"

    def listed(self, slots: Sequence[str] | None = None) -> str:
        """The list, as Cypher; never empty, since a row without facts still counts."""
        return f"[{','.join(self.slots if slots is None else slots) or '1'}]"


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A text in its forms, its parameters, and what turns its list into the JSON text of each root."""

    text: str
    """For one call."""
    shared: str
    """For many calls of the same page sizes; the same text however many."""
    lean: str
    """For one call whose kept slots are known already; empty where there are none."""
    lean_shared: str
    kept: Mapping[int, tuple[tuple[int, ...], tuple[int, ...]]]
    """Slots that hold for a revision, each with the parameters and sizes that it depends on."""
    kept_texts: Mapping[int, str]
    """The text of each, which tells it from those of other statements."""
    lean_is_cheap: bool
    """Whether what is left is found by key, or by an index in its order."""
    getters: tuple[Getter, ...]
    sizes: tuple[Getter, ...]
    build: Build
    scores: tuple[str, ...]
    """Places among the values where the store puts maps made of scores."""
    source: str
    """The template's Python source, for people."""

    def values(self, values: Values) -> tuple[list[object], list[object]]:
        """What is bound for these variables: parameters, and sizes of pages."""
        return [getter(values) for getter in self.getters], [getter(values) for getter in self.sizes]


@dataclass(slots=True)
class Parameters:
    """Hands out parameters, aliases and names of the template while a text is made."""

    getters: list[Getter] = field(default_factory=list)
    known: dict[object, str] = field(default_factory=dict)
    sizes: list[Getter] = field(default_factory=list)
    functions: list[str] = field(default_factory=list)
    scores: dict[str, str] = field(default_factory=dict)
    aliases: int = 0

    def add(self, getter: Getter, same: object = None) -> str:
        """A parameter; `same` names a value that is bound once however often it is needed."""
        if same is not None and (found := self.known.get(same)):
            return found
        self.getters.append(getter)
        name = f"$p{len(self.getters) - 1}"
        if same is not None:
            self.known[same] = name
        return name

    def scores_at(self, place: str) -> str:
        """A parameter for the map that the store makes of the scores at a place."""
        self.scores[place] = self.add(lambda values: values[made_of(place)], place)
        return self.scores[place]

    def limit(self, getter: Getter) -> str:
        """A parameter of a LIMIT, which takes no entry of a map."""
        self.sizes.append(getter)
        return f"$n{len(self.sizes) - 1}"

    def alias(self, letter: str) -> str:
        """A name that stands nowhere else in the text: a letter and a number, as none of the frame's names is."""
        self.aliases += 1
        return f"{letter}{self.aliases}"

    def statement(self, row: Row, parts: Sequence[str]) -> Statement:
        """The statement of a record's list, and of the source of each root's value."""
        used = sorted(
            {int(number) for text in row.slots for number in _PARAMETER.findall(text)} | self._in_template(parts)
        )
        renumbered = {old: new for new, old in enumerate(used)}
        slots = [_PARAMETER.sub(lambda match: f"$p{renumbered[int(match[1])]}", text) for text in row.slots]
        source = "\n".join([*self.functions, f"def build(r,p,n): return [{','.join(parts)}]"])
        source = _PARAMETER.sub(lambda match: f"p[{renumbered[int(match[1])]}]", source)
        lean = ["null" if number in row.kept else text for number, text in enumerate(slots)]
        kept = {
            number: (
                tuple(sorted(set(map(int, _PARAMETER.findall(slots[number]))))),
                tuple(sorted(set(map(int, _SIZE.findall(slots[number]))))),
            )
            for number in sorted(row.kept)
        }
        return Statement(
            text=_alone(slots),
            shared=_shared(slots),
            lean=_alone(lean) if kept else "",
            lean_shared=_shared(lean) if kept else "",
            kept=kept,
            kept_texts={number: slots[number] for number in kept},
            lean_is_cheap=all(_is_cheap(text) for number, text in enumerate(slots) if number not in kept),
            getters=tuple(self.getters[number] for number in used),
            sizes=tuple(self.sizes),
            build=_template(source),
            scores=tuple(self.scores),
            source=source,
        )

    def _in_template(self, parts: Sequence[str]) -> set[int]:
        return {int(number) for text in (*self.functions, *parts) for number in _PARAMETER.findall(text)}


@lru_cache(maxsize=1024)
def _template(source: str) -> Build:
    """The function `build` of a template's source; what resolvers name is compiled anew each time, and to run a source takes longest."""
    names = dict(_NAMES)
    exec(compile(source, "<template>", "exec"), names)  # noqa: S102 - made of the catalogue's names and of reprs
    return cast("Build", names["build"])


def _is_cheap(slot: str) -> bool:
    """Whether it is one page at most, without a look at relations: what is found by a key, or by an index in its order."""
    return slot.count("LIMIT") <= 1 and not any(costly in slot for costly in ("EXISTS {", "COUNT {", "CALL ("))


def _alone(slots: Sequence[str]) -> str:
    listed = _PARAMETER.sub(r"$c.p\1", ",".join(slots))
    return f"{_REVISION} RETURN [{listed}],revision"


def _shared(slots: Sequence[str]) -> str:
    # No CALL for each: it would cost as much as what is read of one thing. Aggregations further in, which 5.26 takes for the row's own, go alone.
    listed = _PARAMETER.sub(lambda match: f"call[{match[1]}]", ",".join(slots))
    return f"{_REVISION} UNWIND $c.calls AS call WITH revision,[{listed}] AS row RETURN collect(row),revision"
