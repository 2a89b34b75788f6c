"""The server's GraphQL address over the region, in this process."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from graph_api.app import application
from graph_api.config import Settings
from graph_api.exchange.loading import load
from graph_api.http.graphql import GraphQLRoute, Terms
from graph_api.http.persisted import Persisted
from graph_api.http.streaming import Lines
from graph_api.stores.sqlite.store import SqliteStore
from tests.operations.region import SEED, Region, opened

BODY_BYTES_MAX = 1_000_000
BOTH = "application/graphql-response+json, application/json;q=0.9"


class Client:
    """Sends requests to an ASGI application as they are given."""

    def __init__(self, runner: asyncio.Runner, app: Starlette) -> None:
        self.runner, self.transport = runner, httpx.ASGITransport(app)

    def send(
        self, method: str, address: str = "/graphql", headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://samverkan.example") as client:
                return await client.request(method, address, content=content, headers=headers)

        return self.runner.run(ask())

    def post(self, content: bytes | Mapping[str, Any], **headers: str) -> httpx.Response:
        """A POST of JSON, unless the headers say otherwise."""
        given = {"content-type": "application/json", "accept": BOTH} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        return self.send(
            "POST", headers=given, content=content if isinstance(content, bytes) else orjson.dumps(content)
        )

    def ask(self, query: str, variables: Mapping[str, Any] | None = None, **headers: str) -> httpx.Response:
        return self.post({"query": query} | ({} if variables is None else {"variables": variables}), **headers)


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    with opened(tmp_path_factory.mktemp("region")) as region:
        yield region


@pytest.fixture(scope="session")
def client(region: Region) -> Client:
    return Client(region.runner, Starlette(routes=[Route("/graphql", route(region))]))


def route(region: Region, terms: Terms | None = None, registered: Mapping[str, str] | None = None) -> GraphQLRoute:
    persisted = Persisted(1_000_000, registered)
    return GraphQLRoute(region.schema, region.context, terms or Terms(), persisted=persisted, lines=Lines(100))


@contextmanager
def served(folder: Path, *, buffer: int | None = None, **settings: Any) -> Iterator[str]:
    """The whole application over the region by Uvicorn on a free port; ends when the block does.

    Args:
        buffer: bytes that the system takes for a client that does not read; None: as many as it likes.
    """
    store = SqliteStore(folder / "served.db")
    asyncio.run(load(store, SEED, by="seed"))
    app = application(store, Settings(database=folder / "served.db", tokens=folder / "tokens.json", **settings))
    with socket.socket() as listener:
        if buffer is not None:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws_per_message_deflate=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/graphql"
        finally:
            server.should_exit = True
            thread.join()
