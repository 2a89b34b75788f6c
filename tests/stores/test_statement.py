"""Texts of Neo4j, without one."""

import pytest
from graphql.execution.values import VariableValues

from graph_api.schema.planned import PlannedSchema
from graph_api.schema.query import ANSWERS
from graph_api.stores.neo4j.store import Neo4jStore, Ready


@pytest.fixture(scope="module")
def schema() -> PlannedSchema:
    return PlannedSchema(Neo4jStore("bolt://127.0.0.1:1", user="", password=""), ANSWERS)


@pytest.mark.parametrize(
    ("asked", "cheap"),
    [
        ("name", True),
        ("municipality { name }", True),
        ("collaborators(first: 1) { nodes { name } }", False),
        ("collaborators(where: {kind: {eq: RESEARCH}}) { totalCount }", False),
        ("collaboratorsAggregate { count }", False),
        ("collaboratorsAggregate(groupBy: [KIND]) { foundedInMin }", False),
    ],
)
def test_what_is_left_beside_a_known_count_is_cheap_or_not(schema: PlannedSchema, asked: str, *, cheap: bool) -> None:
    """Cheap reads share a session and wait for each other; and 5.26 does not take groups inside a thing for several at once."""
    document = schema.documents.get(f"{{ actorsAggregate {{ count }} actors(first: 5) {{ nodes {{ {asked} }} }} }}")
    assert not document.errors
    (operation,) = document.operations.values()
    ready = schema.documents.prepare(document, operation, VariableValues({}, {})).statement

    assert isinstance(ready, Ready)
    assert ready.statement.kept
    assert ready.statement.lean_is_cheap is cheap
