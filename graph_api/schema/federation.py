"""The schema as a subgraph of an Apollo Federation 2: what its router asks for, and the text that it composes.

`_entities` is planned like `nodes`: all representations are read at once. The public schema, printed, shows nothing of this.
"""

import re
from functools import cache

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
)

from graph_api.model.catalogue import CATALOGUE
from graph_api.schema.printing import printed

LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])'
SHARED = ("PageInfo",)
"""Types that other subgraphs may define alike."""


@cache
def subgraph() -> str:
    """The public schema with the directives of a subgraph: every thing is known by its id."""
    keyed = "|".join(name for entity in CATALOGUE.values() for name in (entity.name, *(entity.types or ())))
    found = re.sub(
        rf"^((?:type|interface) (?:{keyed}) implements [^{{]+) \{{",
        r'\1 @key(fields: "id") {',
        printed(),
        flags=re.MULTILINE,
    )
    found = re.sub(rf"^type ({'|'.join(SHARED)}) \{{", r"type \1 @shareable {", found, flags=re.MULTILINE)
    return f"{LINK}\n\n{found}"


def add_machinery(schema: GraphQLSchema, *, shown: bool) -> None:
    """Give the root of reads what a router asks: `_entities`, and `_service` where the schema may be shown to anyone."""
    query = schema.query_type
    assert query is not None, "a schema has a query type"
    things = [schema.get_type(name) for entity in CATALOGUE.values() for name in entity.types or (entity.name,)]
    any_ = GraphQLScalarType("_Any", description="A representation of a thing: its type's name and its id.")
    entity = GraphQLUnionType(
        "_Entity",
        [thing for thing in things if isinstance(thing, GraphQLObjectType)],
        description="Every thing with an id.",
    )
    representations = GraphQLArgument(
        GraphQLNonNull(GraphQLList(GraphQLNonNull(any_))), description="The things, each by its type's name and id."
    )
    query.fields["_entities"] = GraphQLField(
        GraphQLNonNull(GraphQLList(entity)),
        {"representations": representations},
        description="The things that a federation's router names, in their order; null where there is none.",
    )
    schema.type_map |= {"_Any": any_, "_Entity": entity}
    if shown:
        text = GraphQLField(GraphQLNonNull(GraphQLString), description="The schema with a subgraph's directives.")
        service = GraphQLObjectType("_Service", {"sdl": text}, description="What a federation's router composes.")
        query.fields["_service"] = GraphQLField(
            GraphQLNonNull(service), resolve=lambda *_: {"sdl": subgraph()}, description="This schema as a subgraph."
        )
        schema.type_map["_Service"] = service
