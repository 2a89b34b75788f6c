"""Which tests ask which field of the API: read from the documents that the tests hold, without running them.

Takes schema.graphql, the documents under tests/ and the texts in tests that are documents of the schema; gives for each field the first place that
asks it. A field that a type has by an interface counts as asked where the interface's is: both are made from one row of the catalogue. Random
documents ask all fields besides; they are not counted.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLObjectType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    parse,
    visit,
)

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = build_schema((ROOT / "schema.graphql").read_text("utf-8"))


class Fields(Visitor):
    """Writes down each field that it meets, by its type."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types, self.met = types, set[str]()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """A field of the schema, unless the document only looks like one of ours."""
        parent = self.types.get_parent_type()
        if parent and self.types.get_field_def():
            self.met.add(f"{parent.name}.{node.name.value}")


def documents() -> Iterator[tuple[str, DocumentNode]]:
    """Each document with the place where it stands: golden operations first, in the order of their names."""
    files = sorted((ROOT / "tests").rglob("*.graphql"), key=lambda file: (file.name != "operation.graphql", file))
    for file in files:
        name = file.parent if file.name == "operation.graphql" else file
        yield name.relative_to(ROOT).as_posix(), parse(file.read_text("utf-8"))
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for text in _texts(ast.parse(file.read_text("utf-8"))):
            try:
                yield file.relative_to(ROOT).as_posix(), parse(text)
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
    """By each field of the schema: the first place that asks it; None where none does."""
    found: dict[str, str] = {}
    for place, document in documents():
        types = TypeInfo(SCHEMA)
        fields = Fields(types)
        visit(document, TypeInfoVisitor(types, fields))
        for field in sorted(fields.met):
            found.setdefault(field, place)
    named = ((name, type_) for name, type_ in sorted(SCHEMA.type_map.items()) if not name.startswith("__"))
    return {
        f"{name}.{field}": place_of(found, name, field)
        for name, type_ in named
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        for field in type_.fields
    }


def place_of(found: Mapping[str, str], type_: str, field: str) -> str | None:
    """The place that asks a field of a type, itself or by an interface."""
    return next((found[f"{name}.{field}"] for name in (type_, *interfaces(type_)) if f"{name}.{field}" in found), None)


def interfaces(type_: str) -> list[str]:
    """Names of a type's interfaces."""
    of = SCHEMA.type_map[type_]
    assert isinstance(of, GraphQLObjectType | GraphQLInterfaceType)
    return [each.name for each in of.interfaces]


def page() -> str:
    """The page with a row a field; fields that a type has by an interface stand at the interface alone."""
    rows = [
        f"| `{field}` | {f'`{place}`' if place else '**none**'} |"
        for field, place in asked().items()
        if not any(f"{each}.{field.partition('.')[2]}" in asked() for each in interfaces(field.partition(".")[0]))
    ]
    return "\n".join(
        [
            "# Fields of the API and the tests that ask them",
            "",
            "<!-- Made by scripts/reference.py from the tests; change them there. -->",
            "",
            "The first test that asks a field, golden operations (`tests/operations/`) before others. What an actor's kind has as an `Actor` stands",
            "there alone. Inputs and values of closed lists are drawn at random, from the catalogue and the schema, in `tests/parity`,",
            "`tests/stores` and `tests/operations/test_fuzzing.py`.",
            "",
            "| field | asked by |",
            "| --- | --- |",
            *rows,
            "",
        ]
    )
