"""GET /export/graph.graphml."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import networkx as nx  # type: ignore[import-untyped]
import pytest
from starlette.applications import Starlette

from graph_api.errors import StoreBusy
from graph_api.exchange.validation import read
from graph_api.http.export import ROUTES
from graph_api.model.changes import Row
from tests.exchange import region
from tests.exchange.region import Held

PATH = "/export/graph.graphml"


@pytest.fixture
def store(tmp_path: Path) -> Held:
    return Held(read(region.folder(tmp_path)), revision=7)


@pytest.fixture
async def client(store: Held) -> AsyncIterator[httpx.AsyncClient]:
    application = Starlette(routes=ROUTES)
    application.state.store = store
    transport = httpx.ASGITransport(application)
    async with httpx.AsyncClient(transport=transport, base_url="http://samverkan.example") as client:
        yield client


async def test_the_graph_is_given_as_a_file_that_others_can_read(client: httpx.AsyncClient, tmp_path: Path) -> None:
    """A browser saves it, Gephi and NetworkX open it."""
    answer = await client.get(PATH)
    (tmp_path / "graph.graphml").write_bytes(answer.content)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/graphml+xml"
    assert answer.headers["content-disposition"] == 'attachment; filename="graph.graphml"'
    assert set(nx.read_graphml(tmp_path / "graph.graphml")) == {"actor:ale", "actor:club", "actor:lab"}


@pytest.mark.parametrize("held", ['"7"', 'W/"7"', '"6", "7"', "*"])
async def test_a_client_that_has_the_revision_is_told_so_and_nothing_is_read(
    held: str, client: httpx.AsyncClient, store: Held
) -> None:
    """Whoever looks every hour for news must not cost a whole export each time."""
    answer = await client.get(PATH, headers={"If-None-Match": held})

    assert (answer.status_code, answer.content, store.reads) == (304, b"", 0)
    assert answer.headers["etag"] == '"7"'


async def test_another_revision_is_given_whole(client: httpx.AsyncClient, store: Held) -> None:
    """A tag that never changed would hide every edit."""
    first = (await client.get(PATH)).headers["etag"]
    store.now += 1
    answer = await client.get(PATH, headers={"If-None-Match": first})

    assert (answer.status_code, answer.headers["etag"]) == (200, '"8"')


async def test_head_says_what_get_would_without_reading(client: httpx.AsyncClient, store: Held) -> None:
    """Download managers ask first."""
    answer = await client.head(PATH)

    assert (answer.status_code, answer.headers["etag"], answer.content, store.reads) == (200, '"7"', b"", 0)


async def test_an_error_before_the_first_byte_is_an_answer(
    client: httpx.AsyncClient, store: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that holds an error message would be opened as a graph."""

    async def rows(entity: str) -> AsyncIterator[Row]:
        if entity:
            raise StoreBusy("Another process keeps the store.", hint="Ask again.")
        yield {}

    monkeypatch.setattr(store, "rows", rows)
    answer = await client.get(PATH)

    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/json")
    assert answer.json() == {
        "errors": [
            {"message": "Another process keeps the store.", "extensions": {"code": "STORE_BUSY", "hint": "Ask again."}}
        ]
    }
