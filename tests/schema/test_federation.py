"""What a federation's router asks: things by representations, and the schema as a subgraph. A real composition is in tests/clients."""

from typing import Any

import orjson
import pytest

from graph_api.model.catalogue import CATALOGUE
from graph_api.schema.federation import subgraph
from graph_api.schema.planned import Allowance, PlannedSchema, encode
from graph_api.schema.printing import printed
from graph_api.schema.query import ANSWERS
from tests.stores.backends import Shelf

pytestmark = pytest.mark.asyncio(loop_scope="session")

VOLVO = {"__typename": "Business", "id": "actor:volvo"}


async def asked(shelf: Shelf, text: str, allowance: Allowance | None = None, **variables: Any) -> tuple[Any, list[str]]:
    """Data, and the codes of errors."""
    backend, _ = await shelf.region("small")
    found = await PlannedSchema(backend.store, ANSWERS, allowance).execute(text, variables)
    codes = [str((error.extensions or {})["code"]) for error in found.errors or ()]
    return orjson.loads(orjson.dumps(found.data, default=encode)), codes


async def test_a_thing_is_found_however_it_is_represented(shelf: Shelf) -> None:
    """As variables of a router, or as people write it in GraphiQL."""
    fields = "{ ... on Business { slug } }"
    texts = [
        f"query($r: [_Any!]!) {{ _entities(representations: $r) {fields} }}",
        f"query($one: _Any!) {{ _entities(representations: [$one]) {fields} }}",
        f'query($id: ID!) {{ _entities(representations: [{{__typename: "Business", id: $id}}]) {fields} }}',
        f'{{ _entities(representations: [{{__typename: "Business", id: "actor:volvo"}}]) {fields} }}',
    ]

    for text in texts:
        variables = {"r": [VOLVO]} if "$r" in text else {"one": VOLVO} if "$one" in text else {"id": VOLVO["id"]}
        given = variables if text.startswith("query") else {}
        assert await asked(shelf, text, **given) == ({"_entities": [{"slug": "volvo"}]}, [])


@pytest.mark.parametrize("wrong", [{"__typename": "Business"}, "actor:volvo", {"id": 1}, []])
async def test_a_representation_without_an_id_is_refused(shelf: Shelf, wrong: object) -> None:
    """Said as what it is, not as a fault of ours."""
    text = "query($r: [_Any!]!) { _entities(representations: $r) { __typename } }"

    assert await asked(shelf, text, r=[VOLVO, wrong]) == (None, ["BAD_VALUE"])


async def test_every_thing_has_its_key_in_the_subgraph() -> None:
    """And the public schema shows nothing of a federation."""
    names = [name for entity in CATALOGUE.values() for name in entity.types or (entity.name,)]

    assert [name for name in names if f"type {name} implements" not in subgraph()] == []
    assert subgraph().count('@key(fields: "id") {') == len(names) + 1
    assert "_entities" not in printed()


async def test_the_subgraph_is_as_open_as_introspection(shelf: Shelf) -> None:
    """Who closes one does not want to show the other."""
    text = "{ _service { sdl } }"

    assert await asked(shelf, text) == ({"_service": {"sdl": subgraph()}}, [])
    assert await asked(shelf, text, Allowance(introspection=False)) == (None, ["GRAPHQL"])
