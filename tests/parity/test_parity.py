"""The planned answer of a document is, to the byte, what graphql-core makes of it field by field over lists."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
import pytest_asyncio
from graphql import GraphQLSchema, OperationDefinitionNode, build_schema, parse, print_ast, print_schema
from hypothesis import given, note, settings
from hypothesis import strategies as st

from graph_api.analysis.worker import Analyst
from graph_api.plan.select import PLANNED
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema.planned import Allowance, PlannedSchema, encode
from graph_api.schema.query import ANSWERS
from tests.parity.documents import Document, documents
from tests.parity.field_by_field import FieldByField
from tests.stores.backends import Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")

ALLOWANCE = Allowance(rows_max=10**12, values_max=10**15, depth_max=30)


@dataclass(frozen=True, slots=True)
class Both:
    """The two ways to an answer."""

    planned: PlannedSchema
    context: Context
    twin: FieldByField

    async def agree(self, text: str, variables: dict[str, Any] | None = None) -> Any:
        """The answer, once both ways give the same bytes."""
        result = await self.planned.execute(text, variables, self.context)
        assert result.errors is None, result.errors
        found, expected = orjson.dumps(result.data, default=encode), self.twin.answer(text, variables or {})
        assert found == expected, f"planned {found.decode()}\n   twin {expected.decode()}"
        return orjson.loads(found)


class Pairs:
    """Both ways for each region of a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.known: dict[object, Both] = {}
        self.core: GraphQLSchema | None = None
        self.analyst = Analyst()

    async def of(self, number: int | str) -> Both:
        backend, twin = await self.shelf.region(number)
        if number not in self.known or self.known[number].planned.store is not backend.store:
            planned = PlannedSchema(backend.store, ANSWERS, ALLOWANCE)
            self.core = self.core or build_schema(print_schema(planned._schema))
            context = Context(backend.store, Snapshots(backend.store), self.analyst, Feed(backend.store))
            snapshot = await context.snapshots.present()
            self.known[number] = Both(planned, context, FieldByField(self.core, twin, snapshot))
        return self.known[number]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def pairs(shelf: Shelf) -> AsyncIterator[Pairs]:
    pairs = Pairs(shelf)
    yield pairs
    await pairs.analyst.close()


@given(number=st.integers(0, 5), data=st.data())
@settings(max_examples=max(12, settings().max_examples))
async def test_any_document_is_answered_as_by_graphql_core(pairs: Pairs, number: int, data: st.DataObject) -> None:
    """Fragments, merging, directives, variables and their defaults are the specification's, page after page."""
    both = await pairs.of(number)
    document: Document = data.draw(documents(both.planned._schema))
    note(document.text)

    cursor = None
    for _ in range(3):
        answer = await both.agree(document.text, {**document.variables, "cursor": cursor})
        info = answer["page"]["info"]
        cursor = info["startCursor" if document.backward else "endCursor"]
        if not info["hasPreviousPage" if document.backward else "hasNextPage"]:
            break


ROOTS = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).with_name("roots").glob("*.graphql")}


@pytest.mark.parametrize("root", sorted(ROOTS))
async def test_each_root_field_is_answered_as_by_graphql_core(pairs: Pairs, root: str) -> None:
    """One plain document a root field, in `roots/`, for whoever wants to see what is asked."""
    both = await pairs.of("small")

    await both.agree(ROOTS[root])


async def test_each_planned_root_has_a_fixed_document() -> None:
    """A new root field brings one along."""
    assert set(ROOTS) == PLANNED


INPUTS = {
    f"{path.stem}-{node.name.value}": print_ast(node)
    for path in sorted(Path(__file__).with_name("inputs").glob("*.graphql"))
    for node in parse(path.read_text(encoding="utf-8")).definitions
    if isinstance(node, OperationDefinitionNode) and node.name
}


@pytest.mark.parametrize("name", INPUTS)
async def test_each_member_of_an_input_is_answered_as_by_graphql_core(pairs: Pairs, name: str) -> None:
    """Each filter by each operator, each key of an order, each argument of a page: `docs/reference/tested.md` says where."""
    both = await pairs.of("small")

    first = await both.agree(INPUTS[name])
    if cursors := dict(_cursors(first)):
        assert await both.agree(INPUTS[name], cursors) != first


def _cursors(answer: Any) -> Iterator[tuple[str, str]]:
    """The cursor from which each page goes on, by the name of its variable, which is that of its key."""
    for key, value in (
        answer.items() if isinstance(answer, dict) else enumerate(answer) if isinstance(answer, list) else ()
    ):
        if isinstance(value, dict) and "pageInfo" in value:
            cursor = value["pageInfo"].get("endCursor") or value["pageInfo"].get("startCursor")
            if cursor is not None:
                yield str(key), cursor
        else:
            yield from _cursors(value)
