"""The schema as text: what `schema.graphql` holds, and `samverkan schema` and `python -m graph_api.schema.printing` print; and
what of a change of it would break a client.
"""

import sys

import strawberry
from graphql import build_schema
from graphql.utilities import find_breaking_changes

from graph_api.schema.entities import OBJECT_TYPES
from graph_api.schema.mutation import Mutation
from graph_api.schema.query import Query
from graph_api.schema.scalars import CONFIG
from graph_api.schema.subscription import Subscription


def printed() -> str:
    """The schema in SDL, by Strawberry's printer: graphql-core's own leaves @oneOf out."""
    schema = strawberry.Schema(Query, Mutation, Subscription, types=OBJECT_TYPES, config=CONFIG)
    return schema.as_str() + "\n"


def breaking(released: str, present: str) -> list[str]:
    """What clients of the released schema would miss in the present one, a sentence each."""
    changes = find_breaking_changes(build_schema(released), build_schema(present))
    return [change.description for change in changes]


if __name__ == "__main__":
    sys.stdout.write(printed())
