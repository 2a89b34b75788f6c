"""Ids that answer as others': where a plan compares ids, and the plan that names what they became.

What was merged is named so by its filters on every store alike: a store keeps aliases and gives them, and looks none up in a statement.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TypeVar, cast

from graph_api.model.catalogue import CATALOGUE, MERGED
from graph_api.plan import nodes
from graph_api.plan.nodes import ById, ByIds, Compare, Given, Lookup, Value, Values

Tree = TypeVar("Tree")

_BEGINNING = f"{CATALOGUE[MERGED].prefix}:"


def compared(part: object) -> Iterator[Value]:
    """The values with which the filters of a plan, or of a part of one, compare ids; each part that several share is met once."""
    met, left = set[int](), [part]
    while left:
        one = left.pop()
        if id(one) in met:
            continue
        met.add(id(one))
        if isinstance(one, tuple):
            left += one
        elif _is_inner(one):
            if isinstance(one, Compare) and _is_id(one):
                yield one.value
            left += [getattr(one, name) for name in _names(one)]


def may_be_merged(asked: Iterable[Value], values: Values) -> bool:
    """Whether one of these may be the id of what was merged: others' ids never are."""
    for value in asked:
        found = value.of(values)
        for id_ in found if isinstance(found, list) else [found]:
            if isinstance(id_, str) and id_.startswith(_BEGINNING):
                return True
    return False


def renamed(part: Tree, aliases: Mapping[str, str], values: Values) -> Tree:
    """A plan, or a part of one, that names what the ids became; itself where no id of it is an alias."""
    return cast("Tree", _Renaming(aliases, values).of(part))


@dataclass(frozen=True, slots=True)
class _Renaming:
    aliases: Mapping[str, str]
    values: Values
    made: dict[int, object] = field(default_factory=dict)
    """By identity of the node: a planner makes each output once, and so it stays."""

    def of(self, part: object) -> object:
        if isinstance(part, tuple):
            items = tuple(map(self.of, part))
            return part if all(new is old for new, old in zip(items, part, strict=True)) else items
        if not _is_inner(part):
            return part
        if id(part) not in self.made:
            changed = {name: new for name in _names(part) if (new := self.of(old := getattr(part, name))) is not old}
            if isinstance(part, Compare | Lookup | ById | ByIds) and _is_id(part):
                value = self._value(part.value)
                changed |= {} if value is part.value else {"value": value}
            self.made[id(part)] = replace(part, **changed) if changed else part  # type: ignore[type-var]  # a dataclass of the plan
        return self.made[id(part)]

    def _value(self, value: Value) -> Value:
        asked = value.of(self.values)
        if isinstance(asked, list):
            new = [self.aliases.get(id_, id_) for id_ in asked]
            return value if new == asked else Given(tuple(new))
        return Given(self.aliases[str(asked)]) if asked in self.aliases else value


def _is_inner(part: object) -> bool:
    """Whether it is a node of the plan that may hold others; the catalogue's objects are not the plan's."""
    return type(part).__module__ == nodes.__name__ and not isinstance(part, Value)


def _names(part: object) -> list[str]:
    return [one.name for one in fields(part)]  # type: ignore[arg-type]  # a dataclass of the plan


def _is_id(part: Compare | Lookup | ById | ByIds) -> bool:
    if isinstance(part, Compare):
        return part.field.name == "id" and part.op != "isNull"
    return not isinstance(part, Lookup) or part.by.name == "id"
