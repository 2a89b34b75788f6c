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
        while store.known() != revision:  # noqa: ASYNC110 - a store tells of no such event
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


async def test_a_new_question_costs_no_look_at_the_revision(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what is known already, one; and what was computed is answered though the store has gone away."""
    await settle(backend.store)
    asked, looks, present = Asked(backend), 0, await backend.store.revision()

    async def revision() -> int:
        nonlocal looks
        looks += 1
        if looks > 1:
            raise StoreAway("It does not answer.", hint="Try again.")
        return present

    monkeypatch.setattr(backend.store, "revision", revision)
    text, counts = '{ search(query: "") { totalCount } }', []
    for _ in range(2):
        assert await asked.bytes(text) == b'{"data":{"search":{"totalCount":0}},"errors":[]}'
        counts.append((asked.computed, looks))

    assert counts == [(1, 0), (1, 1)]
    assert b"STORE_AWAY" in await asked.bytes(text)


async def test_what_others_write_is_found(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process knows of an older revision alone until it reads; what it keeps under that one is told to nobody."""
    await backend.store.write(REGION, None, "test")
    await settle(backend.store)
    asked, before = Asked(backend), backend.store.known()
    await asked.bytes(query="zpark")
    new = actor("zz", "Zparkering", "BUSINESS", "INDUSTRY", sources=[])
    await backend.store.write(Batch({"Actor": [new]}), None, "test")
    present = await backend.store.revision()

    async def revision() -> int:
        return present

    monkeypatch.setattr(backend.store, "known", lambda: before)
    monkeypatch.setattr(backend.store, "revision", revision)

    found = [await asked.bytes(query="zpark") for _ in range(2)]

    assert all(b"Zparkering" in one for one in found)
    assert asked.computed == 3


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
