"""Random documents, drawn from the schema itself: whatever type or field is added to it is drawn from then on.

Aliases, the same relation several times with other arguments, inline and named fragments, spreads that are met twice,
directives with variables, and every value either spelled out, a variable, or spelled out with variables inside, which
may have defaults or be left out.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
)
from hypothesis import strategies as st

from graph_api.plan.select import GROUPS, LOOKUPS, PAGES
from tests import strategies

IDS = [f"{kind}:{slug}" for kind in ("actor", "initiative", "source", "service") for slug in strategies.SLUGS[:4]]
LEFT_OUT = object()


@dataclass(slots=True)
class Document:
    """A text with the values of its variables; its first page takes the variable `cursor`."""

    text: str
    variables: dict[str, Any]
    backward: bool


@dataclass(slots=True)
class Draft:
    """A document while it is drawn."""

    draw: st.DrawFn
    schema: GraphQLSchema
    declared: list[str] = field(default_factory=list)
    variables: dict[str, Any] = field(default_factory=dict)
    fragments: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, type, text."""
    aliases: int = 0

    def chance(self, of: int) -> bool:
        """Once in so many times."""
        return self.draw(st.integers(0, of - 1)) == of - 1

    def alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}"

    # -------------------------------------------------------------------------------------------- values
    def variable(self, type_: GraphQLInputType, value: Any, *, may_miss: bool = False) -> str:
        """A new variable with this value: given, by default, or left out where it may be."""
        name = f"v{len(self.declared)}"
        default = ""
        if value is LEFT_OUT or (may_miss and not isinstance(type_, GraphQLNonNull) and self.chance(4)):
            pass
        elif value is not None and not isinstance(type_, GraphQLNonNull) and self.chance(4):
            default = f" = {self.spelled(type_, value, plain=True)}"
        else:
            self.variables[name] = value
        self.declared.append(f"${name}: {type_}{default}")
        return f"${name}"

    def given(self, type_: GraphQLInputType, value: Any, *, may_miss: bool = False, required: bool = False) -> str:
        """A value, spelled out or as a variable."""
        if self.chance(3):
            asked = GraphQLNonNull(type_) if required and not isinstance(type_, GraphQLNonNull) else type_
            return self.variable(asked, value, may_miss=may_miss)
        return self.spelled(type_, value)

    def spelled(self, type_: GraphQLInputType, value: Any, *, plain: bool = False) -> str:
        """A value as the document has it; `plain` without variables inside."""
        if value is None:
            return "null"
        if isinstance(type_, GraphQLNonNull):
            return self.spelled(type_.of_type, value, plain=plain)

        def inner(of: GraphQLInputType, item: Any, *, required: bool = False) -> str:
            if plain:
                return self.spelled(of, item, plain=True)
            return self.given(of, item, may_miss=not required, required=required)

        if isinstance(type_, GraphQLList):
            return f"[{' '.join(inner(type_.of_type, item, required=True) for item in value)}]"
        if isinstance(type_, GraphQLInputObjectType):
            members = (
                f"{name}: {inner(type_.fields[name].type, item, required=type_.is_one_of)}"
                for name, item in value.items()
            )
            return f"{{{', '.join(members)}}}"
        if isinstance(type_, GraphQLEnumType):
            return str(value)
        return json.dumps(value, ensure_ascii=False)

    def directive(self) -> str:
        """None, mostly; else one by a literal or a variable."""
        if not self.chance(5):
            return ""
        name, flag = self.draw(st.sampled_from(["include", "skip"])), self.draw(st.booleans())
        return f" @{name}(if: {self.given(GraphQLNonNull(self.schema.type_map['Boolean']), flag)})"  # type: ignore[arg-type]

    # -------------------------------------------------------------------------------------------- arguments
    def arguments(self, of: GraphQLField) -> str:
        """Arguments of a connection, a group or a translated field."""
        values: dict[str, Any] = {}
        known = of.args
        if "where" in known and self.chance(2):
            entity = get_named_type(known["where"].type).name.removesuffix("Where")
            values["where"] = self.draw(st.none() | strategies.where(entity, 2))
        if "orderBy" in known and self.chance(2):
            values["orderBy"] = self.draw(
                strategies.order(get_named_type(known["orderBy"].type).name.removesuffix("Order"))
            )
        if "first" in known and self.chance(2):
            values[self.draw(st.sampled_from(["first", "last"]))] = self.draw(st.none() | st.integers(0, 3))
        if "groupBy" in known:
            keys = get_named_type(known["groupBy"].type)
            assert isinstance(keys, GraphQLEnumType)
            values["groupBy"] = self.draw(st.none() | st.lists(st.sampled_from(sorted(keys.values)), max_size=3))
        if "measure" in known:
            values |= {"measure": self.draw(strategies.MEASURES), "network": self.draw(strategies.networks())}
        if "language" in known:
            values["language"] = self.draw(st.sampled_from(["SV", "EN", None]))
        return self.listed(of, values)

    def listed(self, of: GraphQLField, values: dict[str, Any], more: str = "") -> str:
        """Arguments in their brackets."""
        texts = [f"{name}: {self.given(of.args[name].type, value, may_miss=True)}" for name, value in values.items()]
        texts += [more] if more else []
        return f"({', '.join(texts)})" if texts else ""

    # -------------------------------------------------------------------------------------------- selections
    def selection(self, type_: GraphQLNamedType, depth: int, *, aliased: bool = False) -> str:
        """What is asked of a type. `aliased`: of types that have nothing to do with one another, so that no two keys can be at odds."""
        parts = [
            self.draw(
                st.sampled_from(
                    ["__typename", f"{self.alias()}: __typename", "id" if self._has(type_, "id") else "__typename"]
                )
            )
        ]
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_.name != "Node":
            names = sorted(
                name
                for name, of in type_.fields.items()
                if depth > 0 or not is_composite_type(get_named_type(of.type)) or name == "position"
            )
            if type_.name.endswith("Connection"):
                # What a connection is asked for: fewer would be dull.
                names = ["edges", "nodes", "pageInfo", "totalCount"]
            asked = self.draw(st.lists(st.sampled_from(names), min_size=1, max_size=4))
            parts += [self.field(type_, name, depth, aliased=aliased) for name in asked]
        if isinstance(type_, GraphQLInterfaceType):
            possible = [one.name for one in self.schema.get_possible_types(type_)]
            for _ in range(self.draw(st.integers(0, 2))):
                name = self.draw(st.sampled_from([*possible, type_.name, *(["Actor"] if type_.name == "Node" else [])]))
                parts.append(self.fragment(name, depth, aliased=aliased or type_.name == "Node"))
        return f"{{ {' '.join(self.draw(st.permutations(parts)))} }}"

    def _has(self, type_: GraphQLNamedType, name: str) -> bool:
        return isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and name in type_.fields

    def fragment(self, name: str, depth: int, *, aliased: bool) -> str:
        """An inline fragment, a new named one, or one that was spread before."""
        known = [fragment for fragment, of, _ in self.fragments if of == name]
        if known and not aliased and self.chance(2):
            return f"...{self.draw(st.sampled_from(known))}{self.directive()}"
        text = self.selection(self.schema.type_map[name], max(0, depth - 1), aliased=aliased)
        if self.chance(2):
            return f"... on {name}{self.directive()} {text}"
        self.fragments.append((f"F{len(self.fragments)}", name, text))
        return f"...{self.fragments[-1][0]}{self.directive()}"

    def field(self, type_: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int, *, aliased: bool) -> str:
        """A field with its arguments and what is asked below it."""
        of = type_.fields[name]
        named, arguments = get_named_type(of.type), self.arguments(of)
        key = f"{self.alias()}: " if arguments or aliased or (is_composite_type(named) and self.chance(3)) else ""
        below = ""
        if is_composite_type(named):
            # Only a thing is a step further.
            further = depth - 1 if "id" in getattr(named, "fields", {}) else depth
            below = f" {self.selection(named, further)}"
        return f"{key}{name}{arguments}{self.directive()}{below}"

    # -------------------------------------------------------------------------------------------- roots
    def root(self, name: str) -> str:
        """A root field."""
        query = self.schema.query_type
        assert query is not None
        of = query.fields[name]
        if name == "node":
            arguments = self.listed(of, {"id": self.draw(st.sampled_from([*IDS, "nothing"]))})
        elif name == "nodes":
            arguments = self.listed(of, {"ids": self.draw(st.lists(st.sampled_from([*IDS, "nothing"]), max_size=4))})
        elif name in LOOKUPS:
            by = self.draw(st.sampled_from(LOOKUPS[name][1]))
            pool = IDS if by == "id" else strategies.SLUGS if by == "slug" else strategies.TEXTS
            arguments = f"({by}: {self.given(GraphQLNonNull(of.args[by].type), self.draw(st.sampled_from(pool)))})"
        else:
            arguments = self.arguments(of)
        return f"{self.alias()}: {name}{arguments}{self.directive()} {self.selection(get_named_type(of.type), 2)}"

    def first_page(self, name: str, *, backward: bool) -> str:
        """A root connection that is read page by page."""
        query = self.schema.query_type
        assert query is not None
        of = query.fields[name]
        entity = PAGES[name][0].name
        values = {
            "where": self.draw(st.none() | strategies.where(entity, 1)),
            "orderBy": self.draw(strategies.order(entity)),
            "last" if backward else "first": self.draw(st.integers(1, 3)),
        }
        arguments = "".join(
            self.listed(of, {key: value for key, value in values.items() if key not in ("first", "last")}, "SIZE")
        ).replace(
            "SIZE",
            f"{'last' if backward else 'first'}: {values['last' if backward else 'first']}, {'before' if backward else 'after'}: $cursor",
        )
        info = "info: pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
        return f"page: {name}{arguments} {{ {info} ...First }}"


@st.composite
def documents(draw: st.DrawFn, schema: GraphQLSchema) -> Document:
    """A document of one to three planned roots, the first a page."""
    draft = Draft(draw, schema)
    pages = sorted(PAGES)
    backward = draw(st.booleans())
    name = draw(st.sampled_from(pages))
    query = schema.query_type
    assert query is not None
    roots = [draft.first_page(name, backward=backward)]
    connection = get_named_type(query.fields[name].type)
    draft.fragments.append(("First", connection.name, draft.selection(connection, 2)))
    others = sorted([*pages, *LOOKUPS, *GROUPS, "node", "nodes", "node", "nodes", *GROUPS, *LOOKUPS])
    roots += [draft.root(other) for other in draw(st.lists(st.sampled_from(others), max_size=2))]
    head = " ".join(["$cursor: String", *draft.declared])
    fragments = " ".join(f"fragment {name} on {type_} {text}" for name, type_, text in draft.fragments)
    text = f"query Q({head}) {{ __typename {' '.join(draw(st.permutations(roots)))} }} {fragments}"
    return Document(text, draft.variables, backward)
