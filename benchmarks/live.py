"""How soon 1,000 subscribers of one process are told of a change: `python -m benchmarks.live`.

Each is a WebSocket of its own that does nothing else. The time runs from just before the write is sent until each client's bytes are there, so it
holds the write. The clients share a process of their own and look at the clock before they look at a message: a browser has one to read, not 1,000.
"""

import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import cast

import uvloop
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.typing import Subprotocol
from websockets.uri import parse_uri

from benchmarks.figures import Figure
from benchmarks.serving import serving, started
from graph_api.http.identity import Tokens

SUBSCRIBERS = 1000
CHANGES = 20
QUERY = "subscription { graphChanged { id node { id ... on Actor { name } } } }"
WRITE = (
    'mutation ($name: String!) { updateActor(input: { id: "actor:chalmers", name: $name }) { userErrors { message } } }'
)


class Client(asyncio.Protocol):
    """One WebSocket, without what a library does for those who write programs with it."""

    def __init__(self, address: str) -> None:
        self.protocol = ClientProtocol(parse_uri(address), subprotocols=[Subprotocol("graphql-transport-ws")])
        self.messages: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        """What came, and when."""
        self.greeted = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have the methods and not the class.
        self.transport = cast("asyncio.Transport", transport)
        self.protocol.send_request(self.protocol.connect())
        self._flush()

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        self.protocol.receive_data(data)
        for event in self.protocol.events_received():
            if isinstance(event, Response):
                self.greeted.set()
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self.messages.put_nowait((at, bytes(event.data)))
        self._flush()

    def say(self, **message: object) -> None:
        self.protocol.send_text(json.dumps(message).encode())
        self._flush()

    def _flush(self) -> None:
        for data in self.protocol.data_to_send():
            if data:
                self.transport.write(data)


async def _opened(port: int, payload: object) -> Client:
    address = f"ws://127.0.0.1:{port}/graphql"
    _, client = await asyncio.get_running_loop().create_connection(lambda: Client(address), "127.0.0.1", port)
    await client.greeted.wait()
    client.say(type="connection_init", payload=payload)
    _, answer = await client.messages.get()
    assert b"connection_ack" in answer
    return client


async def _told(port: int, token: str) -> list[float]:
    readers = [await _opened(port, {}) for _ in range(SUBSCRIBERS)]
    for reader in readers:
        reader.say(type="subscribe", id="1", payload={"query": QUERY})
    await asyncio.sleep(2)
    editor = await _opened(port, {"authorization": f"Bearer {token}"})
    taken: list[float] = []
    for number in range(CHANGES):
        await asyncio.sleep(0.2)
        began = time.perf_counter()
        payload = {"query": WRITE, "variables": {"name": f"Chalmers {number}"}}
        editor.say(type="subscribe", id=str(number), payload=payload)
        heard = [await reader.messages.get() for reader in readers]
        assert all(b'"next"' in message and b'"errors"' not in message for _, message in heard)
        taken += [at - began for at, _ in heard]
        assert [b"next" in (await editor.messages.get())[1], b"complete" in (await editor.messages.get())[1]] == [
            True
        ] * 2
    for client in (*readers, editor):
        client.transport.close()
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
