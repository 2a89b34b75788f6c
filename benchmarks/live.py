"""How soon 1,000 subscribers of one process are told of a change: `python -m benchmarks.live`.

Each is a WebSocket of its own that does nothing else. The time runs from just before the write is sent until each client has
the message, so it holds the write, and the client's own work on the same machine.
"""

import asyncio
import json
import tempfile
import time
from pathlib import Path

import uvloop
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.figures import Figure
from benchmarks.serving import serving, started
from graph_api.http.identity import Tokens

SUBSCRIBERS = 1000
CHANGES = 20
QUERY = "subscription { graphChanged { id node { id ... on Actor { name } } } }"
WRITE = (
    'mutation ($name: String!) { updateActor(input: { id: "actor:chalmers", name: $name }) { userErrors { message } } }'
)


async def _told(port: int, token: str) -> list[float]:
    address, protocols = f"ws://127.0.0.1:{port}/graphql", [Subprotocol("graphql-transport-ws")]

    async def opened(payload: object) -> ClientConnection:
        socket = await connect(address, subprotocols=protocols, compression=None, ping_interval=None)
        await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        await socket.recv()
        return socket

    readers = [await opened({}) for _ in range(SUBSCRIBERS)]
    for reader in readers:
        await reader.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": QUERY}}))
    await asyncio.sleep(2)
    editor = await opened({"authorization": f"Bearer {token}"})
    taken: list[float] = []
    began = 0.0

    async def hear(reader: ClientConnection) -> None:
        message = await reader.recv()
        taken.append(time.perf_counter() - began)
        assert b"errors" not in message if isinstance(message, bytes) else '"errors"' not in message

    for number in range(CHANGES):
        hearing = [asyncio.create_task(hear(reader)) for reader in readers]
        await asyncio.sleep(0.2)
        began = time.perf_counter()
        payload = {"query": WRITE, "variables": {"name": f"Chalmers {number}"}}
        await editor.send(json.dumps({"type": "subscribe", "id": str(number), "payload": payload}))
        await asyncio.gather(*hearing)
        await editor.recv()
        await editor.recv()
    await asyncio.gather(*(socket.close() for socket in (*readers, editor)))
    return sorted(taken)


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        tokens = Path(folder) / "tokens.json"
        token = Tokens(tokens).create("benchmark")
        with started(*serving(Path(folder) / "region.db"), environment={"SAMVERKAN_TOKENS": str(tokens)}) as server:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                taken = runner.run(_told(server.port, token))
            used = server.memory()["VmRSS"]
    last = taken[len(taken) * 99 // 100] * 1000
    what = f"a change told to {SUBSCRIBERS:,} subscribers, 99th percentile"
    return [
        Figure(what, "ms", last, None, last, 250),
        Figure(f"memory with {SUBSCRIBERS:,} subscribers", "MB", used, None, used, None),
    ]


if __name__ == "__main__":
    for figure in figures():
        print(f"{figure.what}: {figure.ours:.0f} {figure.unit}")
