"""The schema as text: what `schema.graphql` holds, and `samverkan schema` and `python -m graph_api.schema.printing` print."""

import sys

import strawberry

from graph_api.schema.entities import OBJECT_TYPES
from graph_api.schema.mutation import Mutation
from graph_api.schema.query import Query
from graph_api.schema.scalars import CONFIG
from graph_api.schema.subscription import Subscription


def printed() -> str:
    """The schema in SDL, by Strawberry's printer: graphql-core's own leaves @oneOf out."""
    schema = strawberry.Schema(Query, Mutation, Subscription, types=OBJECT_TYPES, config=CONFIG)
    return schema.as_str() + "\n"


if __name__ == "__main__":
    sys.stdout.write(printed())
