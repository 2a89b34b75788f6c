"""Which tests ask which field, argument, input field and value of a closed list of the API: read from the documents that the tests hold, without
running them.

Takes schema.graphql, the documents under tests/ with their variables, and the texts in tests that are documents of the schema; gives for each member
the first place that asks it. A field that a type has by an interface counts as asked where the interface's is: both are made from one row of the
catalogue. Values that are answered alone, and never asked, count where a test names them. Random documents ask all of it besides; they are not
counted.
"""

import ast
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLType,
    ObjectFieldNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    parse,
    type_from_ast,
    visit,
)

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = build_schema((ROOT / "schema.graphql").read_text("utf-8"))


class Members(Visitor):
    """Writes down each field, argument, input field and value of a closed list that it meets, by its type."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types, self.met, self._field = types, set[str](), ""

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """A field of the schema, unless the document only looks like one of ours."""
        parent = self.types.get_parent_type()
        if parent and self.types.get_field_def():
            self._field = f"{parent.name}.{node.name.value}"
            self.met.add(self._field)

    def enter_argument(self, node: ArgumentNode, *_: Any) -> None:
        """An argument of the field that was met last: arguments stand before all that lies within."""
        if self.types.get_argument() and not self.types.get_directive():
            self.met.add(f"{self._field}({node.name.value}:)")

    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        """A field of an input."""
        parent = self.types.get_parent_input_type()
        if parent and self.types.get_input_type():
            self.met.add(f"{get_named_type(parent).name}.{node.name.value}")

    def enter_enum_value(self, node: EnumValueNode, *_: Any) -> None:
        """A value of a closed list."""
        named = get_named_type(self.types.get_input_type())
        if isinstance(named, GraphQLEnumType) and self.types.get_enum_value():
            self.met.add(f"{named.name}.{node.value}")


def given(type_: GraphQLType | None, value: Any) -> Iterator[str]:
    """The input fields and values of closed lists that a variable's value holds."""
    named = get_named_type(type_)
    if isinstance(value, list):
        for item in value:
            yield from given(named, item)
    elif isinstance(named, GraphQLInputObjectType) and isinstance(value, dict):
        for name, inner in value.items():
            yield f"{named.name}.{name}"
            yield from given(named.fields[name].type, inner)
    elif isinstance(named, GraphQLEnumType) and value is not None:
        yield f"{named.name}.{value}"


def documents() -> Iterator[tuple[str, DocumentNode, Mapping[str, Any]]]:
    """Each document with the place where it stands, and its variables where they are known: golden operations first, in the order of their names."""
    files = sorted((ROOT / "tests").rglob("*.graphql"), key=lambda file: (file.name != "operation.graphql", file))
    for file in files:
        name = file.parent if file.name == "operation.graphql" else file
        variables = file.parent / "variables.json"
        values = json.loads(variables.read_text("utf-8")) if name is file.parent and variables.exists() else {}
        yield name.relative_to(ROOT).as_posix(), parse(file.read_text("utf-8")), values
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for text in _texts(ast.parse(file.read_text("utf-8"))):
            try:
                yield file.relative_to(ROOT).as_posix(), parse(text), {}
            except GraphQLError:
                continue


def _texts(tree: ast.AST) -> Iterator[str]:
    """Texts that could be documents. What a program puts into one is not read, but what stands around it."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if "{" in text:
                yield text
            case ast.JoinedStr():
                text = "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "__typename" for part in node.values
                )
                if "{" in text:
                    yield text


@cache
def asked() -> Mapping[str, str | None]:
    """By each member of the schema, in its order: the first place that asks it; None where none does."""
    found: dict[str, str] = {}
    for place, document, values in documents():
        types = TypeInfo(SCHEMA)
        members = Members(types)
        visit(document, TypeInfoVisitor(types, members))
        met = members.met | set(_of_variables(document, values))
        for member in sorted(met):
            found.setdefault(member, place)
    for member, place in _named().items():
        found.setdefault(member, place)
    return {member: place_of(found, member) for member in members_of_schema()}


def _of_variables(document: DocumentNode, values: Mapping[str, Any]) -> Iterator[str]:
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            for definition in node.variable_definitions or ():
                name = definition.variable.name.value
                if name in values and (type_ := type_from_ast(SCHEMA, definition.type)):
                    yield from given(type_, values[name])


def members_of_schema() -> Iterator[str]:
    """Fields, arguments, input fields and values, by their types."""
    for name, type_ in sorted(SCHEMA.type_map.items()):
        if name.startswith("__"):
            continue
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for field, known in type_.fields.items():
                yield f"{name}.{field}"
                yield from (f"{name}.{field}({argument}:)" for argument in known.args)
        elif isinstance(type_, GraphQLInputObjectType):
            yield from (f"{name}.{field}" for field in type_.fields)
        elif isinstance(type_, GraphQLEnumType):
            yield from (f"{name}.{value}" for value in type_.values)


def _named() -> Mapping[str, str]:
    """Values of the closed lists that no input takes, with the first test that names or answers them."""
    taken = {
        get_named_type(field.type)
        for type_ in SCHEMA.type_map.values()
        if isinstance(type_, GraphQLInputObjectType)
        for field in type_.fields.values()
    }
    taken |= {
        get_named_type(argument.type)
        for type_ in SCHEMA.type_map.values()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        for field in type_.fields.values()
        for argument in field.args.values()
    }
    answered = {
        value: name
        for name, type_ in SCHEMA.type_map.items()
        if isinstance(type_, GraphQLEnumType) and type_ not in taken and not name.startswith("__")
        for value in type_.values
    }
    found: dict[str, str] = {}
    for file in sorted((ROOT / "tests").rglob("answer.json")):
        for value, name in answered.items():
            if f'"{value}"' in file.read_text("utf-8"):
                found.setdefault(f"{name}.{value}", file.parent.relative_to(ROOT).as_posix())
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            named = (
                node.value if isinstance(node, ast.Constant) else node.attr if isinstance(node, ast.Attribute) else None
            )
            if isinstance(named, str) and named in answered:
                found.setdefault(f"{answered[named]}.{named}", file.relative_to(ROOT).as_posix())
    return found


def place_of(found: Mapping[str, str], member: str) -> str | None:
    """The place that asks a member of a type, by itself or by an interface."""
    type_, _, rest = member.partition(".")
    return next((found[f"{name}.{rest}"] for name in (type_, *interfaces(type_)) if f"{name}.{rest}" in found), None)


def interfaces(type_: str) -> list[str]:
    """Names of a type's interfaces."""
    of = SCHEMA.type_map[type_]
    return [each.name for each in of.interfaces] if isinstance(of, GraphQLObjectType | GraphQLInterfaceType) else []


def page() -> str:
    """The page with a row a member; what a type has by an interface stands at the interface alone."""
    known = asked()
    own = {
        member: place
        for member, place in known.items()
        if not any(f"{each}.{member.partition('.')[2]}" in known for each in interfaces(member.partition(".")[0]))
    }
    holes = [member for member, place in own.items() if place is None]
    rows = [f"| `{member}` | {f'`{place}`' if place else '**none**'} |" for member, place in own.items()]
    return "\n".join(
        [
            "# The API and the tests that ask it",
            "",
            "<!-- Made by scripts/reference.py from the tests; change them there. -->",
            "",
            "The first test that asks a field, an argument, a field of an input or a value of a closed list: golden operations",
            "(`tests/operations/`) before others. What an actor's kind has as an `Actor` stands there alone. A value that is only answered",
            "stands with a test that answers or names it. All of it is drawn at random besides, in `tests/parity`, `tests/stores` and",
            "`tests/operations/test_fuzzing.py`.",
            "",
            f"{len(own):,} members; asked by no document: {len(holes)}.",
            "",
            "| member | asked by |",
            "| --- | --- |",
            *rows,
            "",
        ]
    )
