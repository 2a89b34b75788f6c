"""Empty graphs of a real Neo4j, lent to tests and taken back.

Neo4j's Community edition has one database a server, and several stores are open at once. So each graph is a server of its own, but all of a version
run in one process: the first takes seconds, one more a fraction of one. They start when they are asked for and end with the test session, however
that ends. With NEO4J_TEST_URI set (addresses with user and password, one space between) those servers are lent instead, and emptied.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import neo4j
import pytest

from graph_api.config import cache_folder
from graph_api.errors import StoreAway
from graph_api.stores.neo4j.local import NEWEST, USER, Home, LocalServer, gds_of, jars_of, java_for

PASSWORD = "not-a-secret"
GRAPHS_MAX = 24
SETTINGS = {
    # A wrong password is tried on purpose; three of them would lock the door for everybody.
    "dbms.security.auth_max_failed_attempts": "0",
    # Each test begins with another graph: a statement is not planned anew for that.
    "dbms.cypher.min_replan_interval": "1d",
    "dbms.cypher.statistics_divergence_threshold": "1.0",
}
EMPTY = (
    "MATCH (n) WHERE NOT (n:Graph AND n.schema > 0) AND NOT n:Migration DETACH DELETE n",
    "MATCH (g:Graph) SET g = {id: g.id, revision: 0, schema: g.schema}",
)


class NoneFree(Exception):
    """Every graph is lent."""


@dataclass(frozen=True, slots=True)
class Graph:
    """An empty graph, and how to get at it; `driver` is for whoever looks past the store."""

    uri: str
    """Without user, password and database."""
    user: str
    password: str
    database: str
    driver: neo4j.Driver

    @property
    def address(self) -> str:
        """All in one, for SAMVERKAN_STORE."""
        scheme, _, place = self.uri.partition("://")
        return f"{scheme}://{self.user}:{self.password}@{place}/{self.database}"

    def statements(self) -> dict[str, int]:
        """Each statement that the server's own account has, and how often; its memory goes back 8,192 statements."""
        text = "CALL db.stats.retrieve('QUERIES') YIELD data RETURN data.query, data.invocationSummary.invocationCount"
        found = self.driver.execute_query(text, database_=self.database).records
        return {query: count for query, count in found if not query.startswith("CALL db.stats")}

    def forget_statements(self) -> None:
        """Begin that account anew."""
        for step in ("stop", "clear", "collect"):
            self.driver.execute_query(f"CALL db.stats.{step}('QUERIES')", database_=self.database)

    def empty(self) -> None:
        """Delete all data; constraints and indexes stay, and so does the account of how they came there: to make them takes seconds."""
        for text in EMPTY:
            self.driver.execute_query(text, database_=self.database)


class Servers:
    """The graphs of one version."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.free: list[Graph] = []
        self.made: list[Graph] = []
        self.server: LocalServer | None = None
        self.folder: Path | None = None
        self.given = os.environ.get("NEO4J_TEST_URI", "").split() if version == NEWEST else []

    def take(self) -> Graph:
        """An empty graph that nobody else has.

        Raises:
            NoneFree: all servers that NEO4J_TEST_URI names are lent.
        """
        graph = self.free.pop() if self.free else self._another()
        graph.empty()
        return graph

    def take_new(self) -> Graph:
        """A graph without constraints and indexes; not to be given back."""
        return self._another()

    def give_back(self, graph: Graph) -> None:
        """Say that nobody uses it any more."""
        self.free.append(graph)

    def _another(self) -> Graph:
        number = len(self.made)
        if self.given:
            if number == len(self.given):
                raise NoneFree("Give NEO4J_TEST_URI the address of one server more.")
            graph = graph_at(self.given[number])
        else:
            if number == GRAPHS_MAX:
                raise NoneFree(f"{GRAPHS_MAX} graphs are open at once: is one not given back?")
            graph = self._local(number)
        self.made.append(graph)
        return graph

    def _local(self, number: int) -> Graph:
        self.folder = self.folder or Path(tempfile.mkdtemp(prefix="samverkan-neo4j-"))
        home = Home(self.folder / str(number), password=PASSWORD, settings=SETTINGS)
        if self.server is None:
            self.server = LocalServer(self.version, cache_folder(), home, heap="1g", brief=True)
            self.server.start()
        else:
            self.server.add(home)
        return graph_at(home.address)

    def close(self) -> None:
        """End the process; what it held is gone."""
        for graph in self.made:
            graph.driver.close()
        if self.server:
            self.server.stop()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def graph_at(address: str) -> Graph:
    """The graph at an address with user and password; whoever asks closes the driver."""
    parts = urlsplit(address)
    uri = f"{parts.scheme}://{parts.hostname}:{parts.port or 7687}"
    user, password = unquote(parts.username or USER), unquote(parts.password or "")
    database = parts.path.removeprefix("/") or "neo4j"
    driver = neo4j.GraphDatabase.driver(
        uri, auth=(user, password) if password else None, notifications_min_severity="OFF", telemetry_disabled=True
    )
    return Graph(uri, user if password else "", password, database, driver)


SERVERS: dict[str, Servers] = {}


def close() -> None:
    """End all servers; the session calls it once, at its end."""
    while SERVERS:
        SERVERS.popitem()[1].close()


def needed(version: str, *, gds: bool = False) -> None:
    """Leave the test out, with the reason, on a machine that cannot have such a server; of one with Graph Data Science there is never another."""
    if version == NEWEST and not gds and os.environ.get("NEO4J_TEST_URI"):
        return
    try:
        java_for(version)
        jars_of(version, cache_folder())
        if gds:
            gds_of(version, cache_folder())
    except StoreAway as error:
        pytest.skip(str(error))


@asynccontextmanager
async def lent(version: str = NEWEST, *, new: bool = False) -> AsyncIterator[Graph]:
    """An empty graph for as long as the block lasts; a `new` one has no constraints and indexes yet, and may be spoilt."""
    servers = SERVERS.setdefault(version, Servers(version))
    graph = await asyncio.to_thread(servers.take_new if new else servers.take)
    try:
        yield graph
    finally:
        if not new:
            servers.give_back(graph)
