"""Real clients against the running server: each scenario is a small program beside this, as its users would write it."""

import asyncio
import itertools
import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from gql import Client, gql
from gql.dsl import DSLQuery, DSLSchema, dsl_gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport

from graph_api.model.changes import Batch
from graph_api.stores.sqlite.store import SqliteStore
from tests.clients.conftest import FOLDER, Served
from tests.region import actor, collaboration
from tests.serving import ROOT

SECONDS = 60
"""Time after which a scenario is ended."""
NUMBERS = itertools.count(1)
"""Of the actors that are added."""


async def _write(store: SqliteStore, number: int) -> None:
    """A new actor, first by name, with a tie to one that others know: scores change, and some things have been read already."""
    slug = f"a{number}"
    new = {**actor(slug, f"A {number}", "BUSINESS", "INDUSTRY"), "sources": []}
    tie = {**collaboration(slug, "goteborgs-stad", "PROJECT"), "sources": []}
    await store.write(Batch({"Actor": [new], "Collaboration": [tie]}, {}), None, "test")


def played(node: list[str], served: Served, name: str, folder: Path) -> list[dict[str, Any]]:
    """Run a scenario; while it waits for others to write, write. What it said beside that."""
    known = {"SERVER": served.address, "FOLDER": str(folder), "SCHEMA": str(ROOT / "schema.graphql")}
    store = SqliteStore(served.database)
    said: list[dict[str, Any]] = []
    with subprocess.Popen(
        [*node, f"{name}.mjs"],
        cwd=FOLDER,
        env={**os.environ, **known},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        late = threading.Timer(SECONDS, process.kill)
        late.start()
        text = ""
        for line in process.stdout:
            if line == "write\n":
                asyncio.run(_write(store, next(NUMBERS)))
                process.stdin.write("written\n")
                process.stdin.flush()
            elif line.startswith("{"):
                said.append(json.loads(line))
            else:
                text += line
        process.stdin.close()
        code = process.wait()
        late.cancel()
    asyncio.run(store.close())
    assert code == 0, text
    return said


@pytest.mark.parametrize("name", ["apollo", "urql", "codegen", "federation"])
def test_a_client_finds_what_it_expects(node: list[str], served: Served, name: str, tmp_path: Path) -> None:
    """What each is asked, and what must come of it, stands in its program."""
    played(node, served, name, tmp_path)


async def _ids(database: Path) -> list[str]:
    store = SqliteStore(database)
    found = [str(row["id"]) async for row in store.rows("Actor")]
    await store.close()
    return found


def test_relay_meets_each_actor_once_while_others_write(node: list[str], served: Served, tmp_path: Path) -> None:
    """Sorted by measures that every write changes: those who were there are met, none of them twice."""
    there = set(asyncio.run(_ids(served.database)))
    pages = played(node, served, "relay", tmp_path)

    assert len(pages) == 2
    for page in pages:
        assert there <= set(page["ids"])


def test_gql_checks_documents_by_the_schema_that_the_server_shows(served: Served) -> None:
    """Python's own: a document is held against the introspected schema before it is sent, or built of it field by field."""
    client = Client(transport=HTTPXTransport(f"{served.address}/graphql"), fetch_schema_from_transport=True)
    with client as session:
        text = "query ($code: String!) { municipality(code: $code) { name actorsAggregate { count } } }"
        asked = gql(text)
        asked.variable_values = {"code": "1480"}
        found = session.execute(asked)["municipality"]
        assert client.schema
        schema = DSLSchema(client.schema)
        actors = schema.Query.actors(first=2, orderBy=[{"collaboratorCount": "DESC"}]).select(
            schema.ActorConnection.nodes.select(schema.Actor.id, schema.Actor.kind)
        )
        built = session.execute(dsl_gql(DSLQuery(actors)))
        with pytest.raises(TransportQueryError) as refused:
            session.execute(gql("{ actors(first: -1) { totalCount } }"))
        with pytest.raises(Exception, match="Cannot query field 'names'"):
            session.execute(gql("{ actors { names } }"))

    assert found["name"] == "Göteborgs Stad"
    assert found["actorsAggregate"][0]["count"] > 100
    assert len(built["actors"]["nodes"]) == 2
    assert refused.value.errors
    assert refused.value.errors[0]["extensions"]["code"] == "BAD_PAGE"
