"""Writes: one tie with its change log, by the store beside the bare transaction that one would write by hand. Aim: no more than twice as long.

Both leave the same rows behind, the log's among them, and both are on the disk when they return. The bare one trusts what it is given.

The embedded store is measured by `python -m benchmarks`; a Neo4j, whose database is empty, by `python -m benchmarks.writing ADDRESS`.
"""

import asyncio
import itertools
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import apsw
import neo4j

from benchmarks.figures import Call, Figure, compared, in_turns, run
from benchmarks.graph import SMALL, draw
from benchmarks.importing import place, store_at
from graph_api.model.changes import Batch, Row
from graph_api.stores.base import Store
from graph_api.stores.sqlite.store import SqliteStore

WHAT = "one tie with its change log, beside a bare transaction"
TIMES = 20
LOGGED = '{"id":"collaboration:…","kind":"OTHER","strength":1.0,"since":"2001","until":null,"evidence":null,"from":"actor:…","to":"actor:…"}'
AT = "2026-11-28T12:00:00.000Z"

_SQL = (
    "UPDATE meta SET value=CASE key WHEN 'revision' THEN ? ELSE ? END WHERE key IN ('revision','changed_at')",
    """INSERT INTO collaboration(revision,id,kind,strength,since,since_first,since_last,"from","to")
    VALUES(?,?,'OTHER',1.0,'2001','2001-01-01','2001-12-31',(SELECT pk FROM actor WHERE id=?),(SELECT pk FROM actor WHERE id=?))""",
    "UPDATE actor SET collaborator_count=collaborator_count+1 WHERE id IN (?,?)",
    "INSERT INTO change(revision,id,at,by,by_fold,action,kind,node_id,after) VALUES(?,?,?,'bare','bare','CREATED','COLLABORATION',?,?)",
)
_CYPHER = (
    "MATCH (g:Graph) SET g.lock = true SET g.revision = g.revision + 1, g.changed_at = $at RETURN g.revision",
    """MATCH (a:Actor {id: $c.from}) MATCH (b:Actor {id: $c.to})
    CREATE (a)-[:COLLABORATION {id: $c.id, ends: $c.id, kind: 'OTHER', strength: 1.0, since: '2001', since_first: '2001-01-01',
      since_last: '2001-12-31', since_key: '2001-01-01', sources: [], revision: $c.revision}]->(b)
    SET a.collaborator_count = a.collaborator_count + 1, b.collaborator_count = b.collaborator_count + 1
    CREATE (:Change {revision: $c.revision, at: $c.at, by: 'bare', by_fold: 'bare', id: 'bare:' + $c.id, action: 'CREATED',
      kind: 'COLLABORATION', node_id: $c.id, after: $c.after})""",
)


def _ties(kind: str) -> Iterator[Row]:
    """New ties between actors of the drawn region, each once."""
    for one, other in itertools.combinations(range(SMALL.actors), 2):
        ends = {"from": f"actor:a{one:06d}", "to": f"actor:a{other:06d}"}
        yield {"id": f"collaboration:{kind}:{one}:{other}", **ends, "kind": kind, "strength": 1.0, "since": "2001"}


def _by_store(store: Store) -> Call:
    ties = _ties("RESEARCH")

    async def write() -> None:
        await store.write(Batch({"Collaboration": [next(ties)]}), None, "benchmark")

    return write


async def _embedded() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.db"
        store = SqliteStore(file)
        await store.write(draw(SMALL), None, "benchmark")
        connection = apsw.Connection(str(file))
        connection.execute("PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL")
        ties = _ties("OTHER")

        def written(tie: Row) -> None:
            id_, ends = str(tie["id"]), (str(tie["from"]), str(tie["to"]))
            connection.execute("BEGIN IMMEDIATE")
            revision = int(connection.execute("SELECT value FROM meta WHERE key='revision'").get) + 1
            values = ((revision, AT), (revision, id_, *ends), ends, (revision, f"bare:{revision}", AT, id_, LOGGED))
            for text, bound in zip(_SQL, values, strict=True):
                connection.execute(text, bound)
            connection.execute("COMMIT")

        async def bare() -> None:
            await asyncio.to_thread(written, next(ties))

        ours, baseline = await in_turns(_by_store(store), bare, times=TIMES)
        connection.close()
        await store.close()
        return [compared(f"SQLite: {WHAT}", ours, baseline, 2)]


async def _on_server(text: str) -> list[Figure]:
    store = store_at(text)
    await store.ready()
    await store.write(draw(SMALL), None, "benchmark")
    uri, auth = place(text)
    ties = _ties("OTHER")

    async def written(tx: neo4j.AsyncManagedTransaction, tie: Row) -> None:
        found = await (await tx.run(_CYPHER[0], {"at": AT})).single(strict=True)
        await (await tx.run(_CYPHER[1], {"c": {**tie, "revision": found[0], "at": AT, "after": LOGGED}})).consume()

    async with neo4j.AsyncGraphDatabase.driver(uri, auth=auth, telemetry_disabled=True) as driver:

        async def bare() -> None:
            async with driver.session() as session:
                await session.execute_write(written, next(ties))

        ours, baseline = await in_turns(_by_store(store), bare, times=TIMES)
    await store.close()
    return [compared(f"Neo4j: {WHAT}", ours, baseline, 2)]


def figures() -> list[Figure]:
    """Of the embedded store."""
    return run(_embedded)


if __name__ == "__main__":
    for figure in asyncio.run(_on_server(sys.argv[1])):
        print(
            f"{figure.what}: {figure.ours:.2f} {figure.unit}, {figure.baseline:.2f}; ratio {figure.value:.2f}, aim {figure.aim}"
        )
