"""Answers that are not planned are kept for their revision: made once, never old, and no refusal among them; on every store."""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
import pytest

from graph_api.analysis.worker import Analyst
from graph_api.errors import StoreAway
from graph_api.model.changes import Batch
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema.planned import Allowance, PlannedSchema, encode
from graph_api.schema.query import ANSWERS
from graph_api.stores.base import Store
from tests.region import REGION, actor
from tests.stores.backends import Backend

pytestmark = pytest.mark.asyncio(loop_scope="session")

SEARCH = """query($query: String!) {
    found: search(query: $query) { totalCount nodes { ... on Actor { name } } }
    actors(first: 1) { nodes { slug } }
}"""


class Asked:
    """A schema that counts how often search is computed."""

    def __init__(self, backend: Backend, allowance: Allowance | None = None) -> None:
        self.computed = 0
        self.schema = PlannedSchema(backend.store, {**ANSWERS, "Query.search": self._search}, allowance)
        self.context = Context(backend.store, Snapshots(backend.store), Analyst(), Feed(backend.store))

    def _search(self, context: Context, source: Any, arguments: Mapping[str, Any]) -> object:
        self.computed += 1
        return ANSWERS["Query.search"](context, source, arguments)

    async def bytes(self, text: str = SEARCH, **variables: Any) -> bytes:
        """The whole answer, as it is sent."""
        found = await self.schema.execute(text, variables, self.context)
        errors = [error.formatted for error in found.errors or ()]
        return orjson.dumps({"data": found.data, "errors": errors}, default=encode)


async def settle(store: Store) -> None:
    """Wait until the present revision is known to be there wholly."""
    revision = await store.revision()
    async with asyncio.timeout(20):
        while not store.settled(revision):  # noqa: ASYNC110 - a store tells of no such event
            await asyncio.sleep(0.01)


async def test_a_question_is_computed_once_a_revision(backend: Backend) -> None:
    """The second answer is the first to the byte, whatever was asked between; after a write it is another."""
    await backend.store.write(REGION, None, "test")
    await settle(backend.store)
    asked = Asked(backend)
    first, _, again = [await asked.bytes(query=query) for query in ("park", "zpark", "park")]
    before = asked.computed
    new = actor("zz", "Zparkering", "BUSINESS", "INDUSTRY", sources=[])
    await backend.store.write(Batch({"Actor": [new]}), None, "test")
    await settle(backend.store)
    after = await asked.bytes(query="zpark")

    assert again == first
    assert before == 2
    assert b"Zparkering" in after
    assert asked.computed == 3


async def test_what_failed_is_computed_anew(backend: Backend) -> None:
    """A refusal may be one of the moment."""
    await settle(backend.store)
    asked = Asked(backend)
    refused = [await asked.bytes(query="a" * 2000) for _ in range(2)]

    assert b"BAD_VALUE" in refused[0]
    assert refused[0] == refused[1]
    assert asked.computed == 2


async def test_what_was_computed_is_answered_though_the_store_goes_away_then(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is right; it only cannot be kept."""
    await settle(backend.store)
    asked, looks = Asked(backend), iter([await backend.store.revision()])

    async def revision() -> int:
        for known in looks:
            return known
        raise StoreAway("It does not answer.", hint="Try again.")

    monkeypatch.setattr(backend.store, "revision", revision)

    assert (
        await asked.bytes('{ search(query: "") { totalCount } }') == b'{"data":{"search":{"totalCount":0}},"errors":[]}'
    )


async def test_no_memory_keeps_nothing(backend: Backend) -> None:
    """The setting can be 0."""
    await settle(backend.store)
    asked = Asked(backend, Allowance(answers_bytes=0))
    answers = {await asked.bytes(query="a") for _ in range(2)}

    assert len(answers) == 1
    assert asked.computed == 2


async def test_the_schema_is_told_while_the_store_is_away(backend: Backend) -> None:
    """Tools ask for it when they start."""
    asked = Asked(backend)
    await backend.store.close()

    assert b'"Query"' in await asked.bytes("{ __schema { queryType { name } } }")
