"""A network's arrays → Graph Data Science → a number a node.

Takes a session and what is asked. The network is sent as lists and projected under a name of its own, its nodes numbered as they come, so that what
is stored is neither read nor touched. Settles where the library's definitions are not ours. Knows no NetworkInput: what a network is made of is said
once, elsewhere.
"""

import asyncio
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from neo4j import AsyncManagedTransaction, AsyncSession, Query
from neo4j.exceptions import Neo4jError

from graph_api.errors import AnalysisError, OutOfMemory
from graph_api.model.snapshot import Computation, Floats
from graph_api.model.vocabulary import CentralityMeasure

LIBRARY = "Graph Data Science"
LEFT_SECONDS = 86_400
"""A projection of ours that is as old was left by a process that died."""
PAUSE = 0.05

_PREFIX = "samverkan-"
_FUNCTION = "gds.graph.project"
_PROCEDURES: Mapping[CentralityMeasure | None, str] = {
    CentralityMeasure.PAGERANK: "gds.pageRank.stream",
    CentralityMeasure.BETWEENNESS: "gds.betweenness.stream",
    CentralityMeasure.CLOSENESS: "gds.closeness.stream",
    None: "gds.leiden.stream",
}
_LIST, _DROP = "gds.graph.list", "gds.graph.drop"

_PROJECT = f"""UNWIND range(0, size($c.a) - 1) AS i
RETURN {_FUNCTION}($c.name, $c.a[i], $c.b[i], {{relationshipProperties: {{weight: coalesce($c.weight[i], 1.0)}}}},
  {{undirectedRelationshipTypes: ['*'], readConcurrency: 1}})"""
"""A node without edges has no other end: `b` is shorter than `a`."""
_FORGET = f"CALL {_DROP}($c.name, false) YIELD graphName RETURN graphName"
_RUNNING = (
    "SHOW TRANSACTIONS YIELD transactionId, metaData WHERE metaData.projection = $c.name RETURN collect(transactionId)"
)


async def lacking(tx: AsyncManagedTransaction) -> list[str]:
    """What the server has not, or does not let us call: procedures by name, or the library where it has none of them."""
    needed, found = [_FUNCTION, _LIST, _DROP, *_PROCEDURES.values()], set()
    for kind in ("FUNCTIONS", "PROCEDURES"):
        result = await tx.run(f"SHOW {kind} EXECUTABLE YIELD name WHERE name IN $c RETURN name", c=needed)
        found |= {name async for (name,) in result}
    missing = [name for name in needed if name not in found]
    return [LIBRARY] if missing == needed else missing


async def computed(session: AsyncSession, asked: Computation, name: str, seconds: float) -> Floats:
    """One row a run, one entry a node. Of what fails half-way a projection of this name may be left: see `forget`.

    Raises:
        OutOfMemory: the server has not memory enough. AnalysisError: the library failed.
    """
    weighted = asked.weight is not None and len(asked.a) > 0
    alone = np.setdiff1d(np.arange(asked.size), np.concatenate([asked.a, asked.b]))
    sent = {
        "a": [*asked.a.tolist(), *alone.tolist()],
        "b": asked.b.tolist(),
        "weight": asked.weight.tolist() if asked.weight is not None else [],
    }
    column = "score" if asked.measure else "communityId"
    text = f"CALL {_PROCEDURES[asked.measure]}($c.name, $c.configuration) YIELD nodeId, {column} RETURN collect(nodeId), collect({column})"
    found = np.zeros((asked.runs, asked.size))
    with _failing():
        await _rows(session, _PROJECT, name, seconds, **sent)
        for run in range(asked.runs):
            # One thread, so that the same question has the same answer; on two cores, more were slower.
            configuration = {"concurrency": 1, "logProgress": False, **_configuration(asked, run)}
            if weighted:
                configuration["relationshipWeightProperty"] = "weight"
            ((nodes, values),) = await _rows(session, text, name, seconds, configuration=configuration)
            found[run, nodes] = values
        await _rows(session, _FORGET, name, seconds)
    if asked.measure is CentralityMeasure.PAGERANK:
        # There each jump is worth 0.15 wherever it leads, and one with nowhere to go is lost: only the sum is another.
        found /= found.sum()
    return found


def _configuration(asked: Computation, run: int) -> dict[str, object]:
    match asked.measure:
        case CentralityMeasure.PAGERANK:
            # 0.85 to the power of 200 is below what a float tells apart.
            return {"dampingFactor": 0.85, "maxIterations": 200, "tolerance": 1e-12}
        case CentralityMeasure.CLOSENESS:
            return {"useWassermanFaust": True}
        case None:
            return {"gamma": asked.resolution, "randomSeed": run + 1}
        case _:
            return {}


def new_name() -> str:
    """A name for a projection that no other has, and that says when it was made."""
    return f"{_PREFIX}{int(time.time())}-{secrets.token_hex(8)}"


async def forget(session: AsyncSession, name: str, seconds: float) -> None:
    """Drop a projection whose computation was broken off, if there is one; first end what still runs for it, which might make it afterwards."""
    await asyncio.sleep(PAUSE)
    while running := (await _rows(session, _RUNNING, name, seconds, marked=False))[0][0]:
        await _rows(session, "TERMINATE TRANSACTIONS $c.running", name, seconds, marked=False, running=running)
        await asyncio.sleep(PAUSE)
    await _rows(session, _FORGET, name, seconds, marked=False)


async def sweep(session: AsyncSession, seconds: float) -> None:
    """Drop what processes have left that died."""
    now = time.time()
    for (name,) in await _rows(session, f"CALL {_LIST}() YIELD graphName RETURN graphName", "", seconds, marked=False):
        made = name.removeprefix(_PREFIX).partition("-")[0]
        if name.startswith(_PREFIX) and made.isdecimal() and now - int(made) > LEFT_SECONDS:
            await _rows(session, _FORGET, name, seconds, marked=False)


async def _rows(
    session: AsyncSession, text: str, name: str, seconds: float, *, marked: bool = True, **values: object
) -> list[list[Any]]:
    """The rows of a statement; the server is told the time, too, and by the mark what it is for."""
    query = Query(text, metadata={"projection": name} if marked else {}, timeout=seconds)
    result = await session.run(query, c={"name": name, **values})
    return await result.values()


@contextmanager
def _failing() -> Iterator[None]:
    """What the library raises, as our own errors; what befalls any statement is left to others."""
    try:
        yield
    except Neo4jError as error:
        code, said = error.code or "", (error.message or "").lower()
        if "OutOfMemory" in code or ("Procedure" in code and "memory" in said):
            hint = "Ask about a smaller network, or give Neo4j a larger heap."
            raise OutOfMemory("Neo4j has not memory enough for this network.", hint=hint) from error
        if "Procedure" in code:
            raise AnalysisError(f"{LIBRARY} failed.", hint="Neo4j's log has its words.") from error
        raise
