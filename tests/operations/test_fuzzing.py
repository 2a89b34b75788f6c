"""Random documents of the whole schema, sent to the server: each is answered, or refused with a documented code, and alike by each store.

Another seed each day, which the end of the run tells; `FUZZ_SEED=20261129` is that of a day. CI asks 300 on the embedded store and 25 on Neo4j,
which plans each new text for a tenth of a second; `scripts/deep.py` 5,000 on each. It writes a fifth as often.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import Phase, given, note, seed, settings
from starlette.applications import Starlette
from starlette.routing import Route

from graph_api.http.graphql import GraphQLRoute, Terms
from graph_api.http.persisted import Persisted
from graph_api.http.streaming import Lines
from graph_api.schema.planned import encode
from tests.operations.parts import Parts
from tests.operations.region import Region, opened
from tests.operations.reports import SEED, answered
from tests.operations.test_operations import rounded
from tests.region import REGION

ROOT = Path(__file__).resolve().parents[2]
CODES = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "reference" / "errors.md").read_text("utf-8"), re.MULTILINE))
"""The documented ones."""

MOST = 5_000 if settings().max_examples >= 5_000 else 300 if settings().max_examples > 2 else 25
"""Documents that ask, by hypothesis' profile; of those that write there are a fifth as many."""
PARTS = Parts((ROOT / "schema.graphql").read_text("utf-8"), SEED)
SECONDS_MAX = 60
"""An analysis on a busy machine; what is slower would be stopped on a server, too."""

OWN = {"store", "version", "changedAt", "at"}
"""Fields by which two stores, filled one after the other, may differ."""


class Wire:
    """The address of GraphQL over a region."""

    def __init__(self, region: Region) -> None:
        self.region = region
        route = GraphQLRoute(region.schema, region.context, Terms(), persisted=Persisted(1_000_000), lines=Lines(1))
        self.transport = httpx.ASGITransport(Starlette(routes=[Route("/graphql", route)]))

    def answer(self, document: str) -> Any:
        """What comes back, unless the server did wrong or took too long."""

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://samverkan.example") as client:
                headers = {"accept": "application/graphql-response+json"}
                asked = client.post("/graphql", json={"query": document}, headers=headers)
                return await asyncio.wait_for(asked, SECONDS_MAX)

        response = self.region.runner.run(ask())
        assert response.status_code < 500, response.text
        return in_order(orjson.loads(response.content))

    def written(self, document: str) -> Any:
        """The same for an editor."""
        context = replace(self.region.context, editor="anna")
        result = self.region.runner.run(
            asyncio.wait_for(self.region.schema.execute(document, None, context), SECONDS_MAX)
        )
        errors = [error.formatted for error in result.errors or ()]
        return in_order(orjson.loads(orjson.dumps({"data": result.data, "errors": errors}, default=encode)))


def in_order(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, whose errors are documented ones; by path, since fields that fail side by side do so in any order."""
    if "errors" in answer:
        answer["errors"].sort(key=lambda error: list(map(str, error.get("path", ()))))
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert codes <= CODES - {"INTERNAL"}, answer["errors"]
    return answer


def alike(value: Any) -> Any:
    """Without what is each store's own."""
    if isinstance(value, list):
        return [alike(item) for item in value]
    if isinstance(value, dict):
        return {key: None if key in OWN else alike(item) for key, item in value.items()}
    return value


@pytest.fixture(scope="module")
def wire(region: Region) -> Wire:
    return Wire(region)


@pytest.fixture(scope="module")
def embedded(wire: Wire, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """The embedded store, with which the others are compared, and it with itself: what is asked again comes from what is kept."""
    if wire.region.store.name == "sqlite":
        yield wire
        return
    with opened(tmp_path_factory.mktemp("embedded")) as region:
        yield Wire(region)


@pytest.fixture(scope="module")
def scratch(wire: Wire, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """The small region in a store of the same kind, that may be written."""
    with opened(tmp_path_factory.mktemp("scratch"), wire.region.store.name, REGION) as region:
        yield Wire(region)


# Nothing is made smaller: each attempt would be a new text to plan.
@seed(SEED)
@settings(max_examples=MOST, phases=[Phase.generate])
@given(document=PARTS.documents("Query", MOST // 12))
def test_a_random_question_is_answered_alike_by_each_store(wire: Wire, embedded: Wire, document: str) -> None:
    """No question breaks the server, and what it answers does not hang on where the graph is kept."""
    note(document)

    answer = wire.answer(document)

    answered(f"questions, {wire.region.store.name}", answer)
    assert rounded(alike(answer)) == rounded(alike(embedded.answer(document)))


# A write is not the same twice, so what fails is shown as it was found.
@seed(SEED)
@settings(max_examples=MOST // 5, phases=[Phase.generate])
@given(document=PARTS.documents("Mutation", 0))
def test_a_random_write_is_done_or_refused(scratch: Wire, document: str) -> None:
    """Whatever an editor sends, it is no fault of ours, and the data stay whole."""
    note(document)

    answer = scratch.written(document)

    answered(f"writes, {scratch.region.store.name}", answer)
    assert scratch.region.runner.run(scratch.region.store.check()) == []
