"""A graph that an earlier version wrote, brought to this one: its change log is read, undone and gone on with as if it had always been so."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import apsw
import orjson
import pytest
import pytest_asyncio

from graph_api.errors import OlderStore
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Change, change_id
from graph_api.stores.neo4j import schema
from graph_api.stores.neo4j.store import Neo4jStore
from graph_api.stores.sqlite.store import APPLICATION_ID, SqliteStore, migrations
from tests.reference import whole
from tests.region import REGION
from tests.schema.test_mutations import Editor
from tests.stores import neo4j_server
from tests.stores.backends import VERSIONS, Backend, RawSqlite
from tests.stores.raw_neo4j import RawNeo4j

pytestmark = pytest.mark.asyncio(loop_scope="session")

CHALMERS = next(whole(CATALOGUE["Actor"], row) for row in REGION.things["Actor"] if row["id"] == "actor:chalmers")
GONE = {**CHALMERS, "id": "actor:gammal", "slug": "gammal", "name": "Gamla Bolaget ÅÄÖ"}
AT = "2026-11-01T12:00:00.000Z"

Log = list[tuple[int, int, str, str, str, Any, Any]]
"""Revision, number, writer, action, id, before, after: the log as it was at schema 1."""
LOG: Log = [
    *((1, number, "samverkan seed", "CREATED", f"actor:nr{number}", None, {"id": f"actor:nr{number}"}) for number in range(1, 12)),
    (1, 12, "samverkan seed", "CREATED", "actor:gammal", None, GONE),
    (1, 13, "samverkan seed", "CREATED", "actor:chalmers", None, {**CHALMERS, "foundedIn": 1830}),
    (2, 1, "Samverkan Copy", "UPDATED", "actor:chalmers", {**CHALMERS, "foundedIn": 1830}, CHALMERS),
    (3, 1, "samverkan seed", "DELETED", "actor:gammal", GONE, None),
]  # fmt: skip


@asynccontextmanager
async def old_file(folder: Path) -> AsyncIterator[Backend]:
    """A file as the first step made it."""
    path = folder / "graph.db"
    db = apsw.Connection(str(path))
    (_, first), *_ = migrations()
    db.execute(
        f"PRAGMA journal_mode=WAL; PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version=1; {first}"
    ).fetchall()
    db.close()
    raw = RawSqlite(path)
    raw.insert(REGION)
    names = "revision,number,at,by,action,kind,node_id,before,after"
    rows = (
        (revision, number, AT, by, action, "ACTOR", id_, *(fact and orjson.dumps(fact).decode() for fact in facts))
        for revision, number, by, action, id_, *facts in LOG
    )
    raw.db.executemany(f"INSERT INTO change({names}) VALUES(?,?,?,?,?,?,?,?,?)", rows)
    raw.db.execute("UPDATE meta SET value=3 WHERE key='revision'")
    closed = SqliteStore(path, migrating=False)
    assert await closed.migrate(check=True) == ["0002_changes"]
    await closed.close()
    store = SqliteStore(path)
    assert await store.migrate(check=False) == ["0002_changes"]
    yield Backend(store, raw)
    raw.db.close()
    await store.close()


def old_graph(version: str) -> Callable[[Path], AbstractAsyncContextManager[Backend]]:
    @asynccontextmanager
    async def opened(_: Path) -> AsyncIterator[Backend]:
        """A database as the first step made it."""
        async with neo4j_server.lent(version) as graph:
            raw = RawNeo4j(graph.driver, graph.database)
            run = raw._run
            run("MATCH (n) DETACH DELETE n")
            first, second = schema.migrations()
            # What was lent may have the present schema: only what the second step made goes.
            for statement in second.statements:
                if made := re.match(r"CREATE (CONSTRAINT|INDEX) (\w+)", statement):
                    run(f"DROP {made[1]} {made[2]} IF EXISTS")
            for statement in first.statements:
                run(statement)
            run(schema._RECORD, c={"number": first.number, "name": first.name, "at": AT})
            raw.insert(REGION)
            log = [
                [revision, number, by, action, id_, *(fact and orjson.dumps(fact).decode() for fact in facts)]
                for revision, number, by, action, id_, *facts in LOG
            ]
            facts = "revision: r[0], number: r[1], at: $at, by: r[2], action: r[3], kind: 'ACTOR', node_id: r[4], before: r[5], after: r[6]"
            run(f"UNWIND $rows AS r CREATE (:Change {{{facts}}})", rows=log, at=AT)
            run("MATCH (g:Graph) SET g.revision = 3")
            store = Neo4jStore(
                graph.uri, user=graph.user, password=graph.password, database=graph.database, deadline=60
            )
            with pytest.raises(OlderStore, match="0002_changes"):
                await store.ready()
            assert await store.migrate(check=True) == ["0002_changes"]
            assert await store.migrate(check=False) == ["0002_changes"]
            await store.ready()
            try:
                yield Backend(store, raw)
            finally:
                await store.close()

    return opened


@pytest_asyncio.fixture(
    params=["sqlite", *(pytest.param(name, marks=pytest.mark.neo4j) for name in VERSIONS)], loop_scope="session"
)
async def old(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Editor]:
    """An editor at a graph of schema 1, which was brought to the present one."""
    if request.param in VERSIONS:
        neo4j_server.needed(VERSIONS[request.param])
        request.config.add_cleanup(neo4j_server.close)
    opened = old_graph(VERSIONS[request.param]) if request.param in VERSIONS else old_file
    async with opened(tmp_path) as backend:
        editor = Editor(backend)
        yield editor
        await editor.context.close()


async def test_an_old_log_is_read_and_gone_on_with(old: Editor) -> None:
    """In the order in which it was written, by whom, and whole; what was changed by then is undone like what is changed now."""
    store = old.backend.store
    made = [
        Change(change_id(revision, number), revision, AT, by, action, "ACTOR", id_, before, after)
        for revision, number, by, action, id_, before, after in LOG
    ]

    assert await store.changes((0, ""), 100) == made
    data = await old.data("""{
        actor(id: "actor:chalmers") { history { totalCount nodes { id revision action by before } } }
        changes(where: {nodeId: {eq: "actor:gammal"}}) { nodes { id action node { id } before after } }
        by: changes(where: {by: {contains: "COPY"}}) { nodes { id by } }
        page: changes(orderBy: [{revision: ASC}], first: 2, after: null) { nodes { id } }
        last: changes(orderBy: [{revision: ASC}], last: 4) { nodes { id } }
        network(network: {atRevision: 2, where: {slug: {eq: "gammal"}}}) { actors { id name } }
    }""")
    assert data["actor"]["history"]["totalCount"] == 2
    assert [(one["id"], one["action"]) for one in data["actor"]["history"]["nodes"]] == [
        ("change:2:0000001", "UPDATED"),
        ("change:1:0000013", "CREATED"),
    ]
    assert data["actor"]["history"]["nodes"][0]["before"]["foundedIn"] == 1830
    gone, came = data["changes"]["nodes"]
    assert gone == {"id": "change:3:0000001", "action": "DELETED", "node": None, "before": GONE, "after": None}
    assert (came["id"], came["after"]) == ("change:1:0000012", GONE)
    assert data["by"]["nodes"] == [{"id": "change:2:0000001", "by": "Samverkan Copy"}]
    assert [one["id"] for one in data["page"]["nodes"]] == ["change:1:0000001", "change:1:0000002"]
    assert [one["id"] for one in data["last"]["nodes"]] == [
        change_id(r, n) for r, n in ((1, 12), (1, 13), (2, 1), (3, 1))
    ]
    assert data["network"]["actors"] == [{"id": "actor:gammal", "name": GONE["name"]}]

    undone = [await old.undo(id_) for id_ in ("change:3:0000001", "change:2:0000001")]

    assert [one["userErrors"] for one in undone] == [[], []]
    assert [one["change"] for one in undone] == [
        {"id": "change:4:0000001", "nodeId": "actor:gammal"},
        {"id": "change:5:0000001", "nodeId": "actor:chalmers"},
    ]
    merged = await old.write("mergeActors", {"keep": "actor:chalmers", "merge": ["actor:gammal"]})
    data = await old.data('{ actor(id: "actor:gammal") { slug foundedIn } }')
    assert (merged["revision"], data["actor"]) == (6, {"slug": "chalmers", "foundedIn": 1830})
