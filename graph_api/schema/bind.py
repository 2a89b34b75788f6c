"""Makes Strawberry types of names and annotations, and ties fields to the functions that answer them.

Annotations are texts that are looked up in `types`, so types may name each other before they are made. No code makes an instance of an entity type:
what is planned never becomes an object, and resolvers return records.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Optional

import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from graph_api.model.catalogue import snake
from graph_api.resolvers.context import Context
from graph_api.schema import types

RESERVED = frozenset({"for", "from", "in", "with"})
"""Outward names that Python keeps for itself."""

Resolver = Callable[[Context, Any, Mapping[str, Any]], object]
"""What answers a field: of the request, the record that the field belongs to, and the arguments as they were coerced."""

types.Optional = Optional  # type: ignore[attr-defined]  # annotations are looked up there
types.strawberry = strawberry  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a field: its annotation, and its default unless it must be given."""

    type: str
    default: object = None
    doc: str | None = None


class Described(StrawberryField):
    """Remembers its annotation until its type is made."""

    annotated: str = ""


def put(name: str, made: Any) -> Any:
    """Let annotations find a type by its name."""
    setattr(types, name, made)
    return made


def python_name(name: str) -> str:
    """An outward name as an attribute: snake case, and out of the way of Python's own words."""
    return f"{name}_" if name in RESERVED else name if name.isupper() else snake(name)


def field(
    name: str, annotation: str, arguments: Mapping[str, Argument] | None = None, doc: str | None = None
) -> Described:
    """A field of an object type; a record holds its value under `python_name(name)`."""
    made = Described(python_name=python_name(name), graphql_name=name, description=doc)
    made.annotated = annotation
    made.arguments = [
        StrawberryArgument(
            python_name=python_name(argument),
            graphql_name=argument,
            type_annotation=StrawberryAnnotation(of.type, namespace=vars(types)),
            description=of.doc,
            default=of.default,
        )
        for argument, of in (arguments or {}).items()
    ]
    return made


def object_type(
    name: str,
    fields: Sequence[Described],
    *,
    bases: tuple[type, ...] = (),
    interface: bool = False,
    doc: str | None = None,
) -> Any:
    """An object type or an interface."""
    members: dict[str, Any] = {
        "__annotations__": {one.python_name: one.annotated for one in fields},
        "__module__": types.__name__,
    }
    members |= {one.python_name: one for one in fields}
    plain = type(name, bases, members)
    made = (
        strawberry.interface(plain, name=name, description=doc)
        if interface
        else strawberry.type(plain, name=name, description=doc)
    )
    return put(name, made)


@dataclass(frozen=True, slots=True)
class InputField:
    """A field of an input: its annotation, and its default where it has one."""

    type: str
    doc: str | None = None
    default: object = strawberry.UNSET


def input_type(name: str, fields: Mapping[str, InputField], *, one_of: bool = False, doc: str | None = None) -> Any:
    """An input type."""
    members: dict[str, Any] = {
        "__annotations__": {python_name(one): of.type for one, of in fields.items()},
        "__module__": types.__name__,
    }
    for one, of in fields.items():
        # What has no default and is not optional must be given.
        needed = of.default is strawberry.UNSET and not of.type.startswith("Optional")
        default = dataclasses.MISSING if needed else of.default
        members[python_name(one)] = strawberry.field(name=one, description=of.doc, default=default)
    plain = type(name, (), members)
    return put(name, strawberry.input(plain, name=name, description=doc, one_of=one_of or None))


def enum_type(listed: type[Enum], meanings: Mapping[str, str]) -> Any:
    """A closed list of the vocabulary, with what each value means."""
    made = strawberry.enum(listed, description=listed.__doc__)
    for value in made.__strawberry_definition__.values:  # type: ignore[attr-defined]  # Strawberry's mark on an enum
        value.description = meanings[value.name]
    return put(listed.__name__, made)


def bind(schema: GraphQLSchema, answers: Mapping[str, Resolver]) -> None:
    """Tie fields, named `Type.field`, to their functions. Arguments reach them as plain mappings, so that a where goes to the planner as it is."""
    for place, answer in answers.items():
        owner, _, name = place.partition(".")
        type_ = schema.get_type(owner)
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)

        def resolve(source: Any, info: GraphQLResolveInfo[Any], _answer: Resolver = answer, **arguments: Any) -> object:
            return _answer(info.context["request"], source, arguments)

        type_.fields[name].resolve = resolve
