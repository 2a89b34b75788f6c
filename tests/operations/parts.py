"""Random documents by hypothesis-graphql, which is given a small random part of the schema for each.

The library draws a flag for each field of each type that it meets, and gives each argument. Of the whole schema that is a second a document, nearly
all of it about the types with the most fields, and hardly one is answered: both ends of a page at once, sizes in billions. A part has a few root
fields, a few fields of each type below them, and a few arguments of each. Names of inputs and scalars do not stand in a document, so each use of an
input is a type of its own in a part: inputs end, one that takes exactly one member has one, and a scalar is named for what fits in its place.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any

from graphql import (
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    FloatValueNode,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    IntValueNode,
    ListTypeNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    StringValueNode,
    TypeNode,
    UnionTypeDefinitionNode,
    ValueNode,
    build_ast_schema,
    parse,
)
from hypothesis import strategies as st
from hypothesis_graphql import mutations, queries

from tests.strategies import DATES, PARTS, TEXTS

ACTORS = [
    "chalmers",
    "rise",
    "business-region-goteborg",
    "volvo-cars",
    "goteborgsregionen",
    "lindholmen-science-park",
    "ale-kommun",
    "x",
]
WORDS = ["Göteborg", "goteborg", "chalmrs", "elektro", "Yesbox", "kompetens", "business region", "goteborg", "chalmers"]


def _ints(*numbers: int) -> st.SearchStrategy[ValueNode]:
    return st.sampled_from(numbers).map(lambda number: IntValueNode(value=str(number)))


def _floats(*numbers: str) -> st.SearchStrategy[ValueNode]:
    return st.sampled_from(numbers).map(lambda number: FloatValueNode(value=number))


def _texts(*texts: str) -> st.SearchStrategy[ValueNode]:
    return st.sampled_from(texts).map(lambda text: StringValueNode(value=text))


def _ids(kind: str, *slugs: str) -> st.SearchStrategy[ValueNode]:
    return _texts(*(f"{kind}:{slug}" for slug in slugs))


CHALLENGES = _ids("challenge", "kompetensforsorjning", "kompetens")
COMPETENCES = _ids("competence", "artificiell-intelligens", "elektromobilitet", "robotik")
INITIATIVES = _ids("initiative", "2d-tech", "accel-start", "elbil")
MUNICIPALITIES = _ids("actor", "ale-kommun", "tjorn-kommun", "ale")

SCALARS: Mapping[str, st.SearchStrategy[ValueNode]] = {
    "String": _texts(*WORDS, *TEXTS, *PARTS) | st.text(max_size=8).map(lambda text: StringValueNode(value=text)),
    "Int": _ints(0, 1, 2, 5, 1850, 2016, 2018, 2020, 2**31 - 1, -1, -(2**31)),
    "Float": _floats("0.05", "0.25", "0.5", "0.9", "1", "2.5", "1e9", "0", "-1.5", "11.97", "57.7"),
    "ID": _ids("actor", *ACTORS) | INITIATIVES | CHALLENGES | COMPETENCES | _texts("", "service:almi-invest-vast-service"),
    "PartialDate": _texts(*DATES),
    "DateTime": _texts("2018-04-12T00:00:00Z", "2026-01-01T12:00:00.5+01:00", "0001-01-01T00:00:00Z"),
    "JSON": _texts(*TEXTS),
    "ActorId": _ids("actor", *ACTORS),
    "ChallengeId": CHALLENGES,
    "CompetenceId": COMPETENCES,
    "InitiativeId": INITIATIVES,
    "ChangeId": _ids("change", "1:0000001", "1:0000935", "2:0000000", "2:0000001", "3:0000001", "x"),
    "MunicipalityId": MUNICIPALITIES,
    "Slug": _texts(*ACTORS, "ny", "helt-ny"),
    "Code": _texts("1440", "1480", "0000"),
    "Few": _ints(1, 2, 3, 5),
    "Year": _ints(2016, 2018, 2020),
    "Share": _floats("0.55", "0.7", "0.9"),
    "Revision": _ints(1),
    "Cursor": _texts("", "x", "eyJ4IjoxfQ"),
}  # fmt: skip
"""By the name of a scalar in a part: the values that it takes."""

FITTING = {
    "Int": {"first": "Few", "last": "Few", "draws": "Few", "size": "Few", "radius": "Few", "maxLength": "Few"}
    | {"from": "Year", "to": "Year", "atRevision": "Revision", "expectedRevision": "Revision"},
    "Float": {"confidence": "Share", "missing": "Share", "backbone": "Share"},
    "String": {"after": "Cursor", "before": "Cursor", "slug": "Slug", "code": "Code"},
    "ID": {"from": "ActorId", "to": "ActorId", "of": "ActorId", "for": "ActorId", "without": "ActorId"}
    | {"include": "ActorId", "actor": "ActorId", "keep": "ActorId", "merge": "ActorId", "provider": "ActorId"}
    | {"municipality": "MunicipalityId", "challenge": "ChallengeId", "initiative": "InitiativeId"}
    | {"competence": "CompetenceId", "competences": "CompetenceId", "changeId": "ChangeId"},
}
"""By the name of a scalar and of the argument or input field that takes it: the scalar of what fits there, most of the time."""

EITHER = [
    {"id", "slug"},
    {"code", "slug"},
    {"first", "last"},
    {"after", "before"},
    {"after", "last"},
    {"before", "first"},
]
"""Arguments of which one goes without the other."""


Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode


def named(type_: TypeNode) -> str:
    """The name within lists and marks."""
    while not isinstance(type_, NamedTypeNode):
        assert isinstance(type_, ListTypeNode | NonNullTypeNode)
        type_ = type_.type
    return type_.name.value


def never_null(type_: TypeNode) -> NonNullTypeNode:
    """The type without null."""
    if isinstance(type_, NonNullTypeNode):
        return type_
    assert isinstance(type_, NamedTypeNode | ListTypeNode)
    return NonNullTypeNode(type=type_)


def renamed(type_: TypeNode, name: str) -> TypeNode:
    """The same list or mark of another name; a list of nulls is refused everywhere."""
    match type_:
        case NonNullTypeNode():
            return never_null(renamed(type_.type, name))
        case ListTypeNode():
            return ListTypeNode(type=never_null(renamed(type_.type, name)))
    return NamedTypeNode(name=NameNode(value=name))


@dataclass(slots=True)
class Part:
    """A part of a schema while it is drawn."""

    whole: Mapping[str, DefinitionNode]
    random: Random
    made: dict[str, DefinitionNode] = field(default_factory=dict)
    wanted: list[tuple[str, int]] = field(default_factory=list)
    """Types that are still to be made, and how far below the root they were met."""
    implementing: dict[str, list[str]] = field(default_factory=dict)
    """Of an object type: the interfaces that have it as one of theirs in this part."""

    def once_in(self, of: int) -> bool:
        """Once in so many times."""
        return self.random.randrange(of) == 0

    def some(self, names: Iterable[str], most: int) -> list[str]:
        """At least one of them where there are any, at most so many."""
        known = sorted(names)
        return self.random.sample(known, min(len(known), self.random.randint(1, most)))

    def schema(self, root: str, fields: Sequence[str]) -> GraphQLSchema:
        """These fields of the root type, with some of what they lead to."""
        self.compose(root, fields, 0)
        while self.wanted:
            name, depth = self.wanted.pop(0)
            if name not in self.made:
                self.output(name, depth)
        return build_ast_schema(DocumentNode(definitions=tuple(self.made.values())), assume_valid=True)

    # -------------------------------------------------------------------------------------------- answers
    def output(self, name: str, depth: int) -> None:
        """What the part has of a type that answers hold."""
        match self.whole.get(name):
            case UnionTypeDefinitionNode() as union:
                members = self.some((member.name.value for member in union.types or ()), 3)
                types = tuple(NamedTypeNode(name=NameNode(value=member)) for member in members)
                self.made[name] = UnionTypeDefinitionNode(name=union.name, types=types)
                self.wanted += [(member, depth) for member in members]
            case InterfaceTypeDefinitionNode() as interface:
                objects = (each for each in self.whole.values() if isinstance(each, ObjectTypeDefinitionNode))
                ours = (each.name.value for each in objects if name in map(named, each.interfaces or ()))
                for each in self.some(ours, 2):
                    # One that is made already is made anew, as one of the interface's.
                    self.implementing.setdefault(each, []).append(name)
                    self.made.pop(each, None)
                    self.wanted.append((each, depth))
                self.compose(name, self.few(interface, depth), depth)
            case ObjectTypeDefinitionNode() as of:
                self.compose(name, self.few(of, depth), depth)
            case EnumTypeDefinitionNode() | ScalarTypeDefinitionNode() as leaf:
                self.made[name] = leaf

    def few(self, of: Composite, depth: int) -> list[str]:
        """A few plain fields, and a few of those that lead on, of which most types have more than a document should take."""
        leading = [each.name.value for each in of.fields or () if isinstance(self.whole.get(named(each.type)), LEADING)]
        plain = [each.name.value for each in of.fields or () if each.name.value not in leading]
        on = 4 if not plain else 2 if depth < DEPTH else 0
        chosen = {*self.some(plain, 4), *(self.some(leading, on) if on else ())}
        return sorted(chosen | (KEPT & {*plain, *leading}))

    def compose(self, name: str, chosen: Sequence[str], depth: int) -> None:
        """A type with these fields."""
        of = self.whole[name]
        assert isinstance(of, Composite)
        fields = {each.name.value: each for each in of.fields or ()}
        self.wanted += [(named(fields[each].type), depth + 1) for each in chosen]
        interfaces = tuple(NamedTypeNode(name=NameNode(value=each)) for each in self.implementing.get(name, ()))
        made = tuple(self.field(fields[each]) for each in chosen)
        self.made[name] = type(of)(name=of.name, fields=made, interfaces=interfaces)

    def field(self, of: FieldDefinitionNode) -> FieldDefinitionNode:
        """A field with a few arguments, of which none excludes another."""
        asked = {each.name.value: each for each in of.arguments or ()}
        chosen = [each for each in asked if isinstance(asked[each].type, NonNullTypeNode)]
        for each in [*self.some(asked, 3), *asked.keys() & {"first", "id", "slug"}]:
            if each not in chosen and not any({each, other} in EITHER for other in chosen):
                chosen.append(each)
        # Nearly every cursor that somebody makes up is refused.
        chosen = [each for each in chosen if each not in ("after", "before") or self.once_in(30)]
        arguments = tuple(self.taken(asked[each], 0) for each in chosen)
        return FieldDefinitionNode(name=of.name, type=of.type, arguments=arguments)

    # -------------------------------------------------------------------------------------------- values
    def taken(self, of: InputValueDefinitionNode, depth: int, *, one_of: bool = False) -> InputValueDefinitionNode:
        """An argument or a member of an input: of a type of its own, and rarely null."""
        name = named(of.type)
        type_ = renamed(of.type, self.taker(name, of.name.value, depth))
        if one_of or not self.once_in(12):
            type_ = never_null(type_)
        return InputValueDefinitionNode(name=of.name, type=type_)

    def taker(self, name: str, at: str, depth: int) -> str:
        """The type in the part that stands for one in the whole, at an argument or a member."""
        of = self.whole.get(name)
        if isinstance(of, EnumTypeDefinitionNode):
            self.made[name] = of
            return name
        if not isinstance(of, InputObjectTypeDefinitionNode):
            fitting = FITTING.get(name, {}).get(at, name)
            known = name if self.once_in(40) else fitting
            if known not in BUILT_IN:
                self.made[known] = ScalarTypeDefinitionNode(name=NameNode(value=known))
            return known
        members = {each.name.value: each for each in of.fields or ()}
        needed = [each for each in members if isinstance(members[each].type, NonNullTypeNode)]
        free = [each for each in members if each not in needed]
        if depth >= INPUT_DEPTH:
            free = [each for each in free if not self.deep(named(members[each].type))] or free
        one_of = any(each.name.value == "oneOf" for each in of.directives or ())
        chosen = [*needed, *self.some(free, 1 if one_of else 2)]
        own = f"Input{len(self.made)}"
        self.made[own] = of  # its place: members take the numbers that follow
        self.made[own] = InputObjectTypeDefinitionNode(
            name=NameNode(value=own),
            fields=tuple(self.taken(members[each], depth + 1, one_of=one_of) for each in chosen),
        )
        return own

    def deep(self, name: str) -> bool:
        """Whether an input holds inputs that hold inputs."""
        of = self.whole.get(name)
        if not isinstance(of, InputObjectTypeDefinitionNode):
            return False
        return any(
            isinstance(self.whole.get(named(each.type)), InputObjectTypeDefinitionNode) for each in of.fields or ()
        )


LEADING = (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, UnionTypeDefinitionNode)
BUILT_IN = ("String", "Int", "Float", "ID", "Boolean")
KEPT = {"userErrors", "code"}
"""Fields of what answers a write: without them none would know whether it was done."""
DEPTH = 5
"""Of fields within fields, from which on those end that can."""
INPUT_DEPTH = 2
"""Of inputs within inputs, from which on they hold plain comparisons alone."""


class Parts:
    """The parts of a schema.

    Args:
        text: the schema as it is printed.
        seed: another gives other parts.
    """

    def __init__(self, text: str, seed: int) -> None:
        definitions = [each for each in parse(text).definitions if hasattr(each, "name")]
        self.whole: Mapping[str, Any] = {each.name.value: each for each in definitions}
        self.seed = seed

    def part(self, root: str, number: int) -> GraphQLSchema:
        """One of the parts: each root field has its turn, in a query with up to two others."""
        random = Random(f"{self.seed} {number}")
        fields = [each.name.value for each in self.whole[root].fields]
        chosen = {fields[number % len(fields)], *random.sample(fields, random.randrange(3) if root == "Query" else 0)}
        return Part(self.whole, random).schema(root, sorted(chosen))

    def documents(self, root: str, most: int) -> st.SearchStrategy[str]:
        """Documents of a root type, `Query` or `Mutation`, of at most so many parts, or as many as it has fields."""
        make = {"Query": queries, "Mutation": mutations}[root]
        numbers = st.integers(0, max(most, len(self.whole[root].fields)) - 1)
        return numbers.flatmap(cache(lambda number: make(self.part(root, number), custom_scalars=SCALARS)))
