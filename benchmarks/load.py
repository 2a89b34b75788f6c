"""HTTP load from this process on servers of this machine: so many connections, each with one request at a time, for so long.

A client builds its requests once and reads of an answer only its beginning and its length, so that it costs little beside the server. Knows no
GraphQL but that an answer without errors begins with data.
"""

import asyncio
import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

import uvloop

CONNECTIONS = 16
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """A POST of JSON to a port of this machine."""

    port: int
    path: str
    body: bytes

    @property
    def bytes(self) -> bytes:
        head = f"POST {self.path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\ncontent-type: application/json\r\n"
        return f"{head}accept: application/json\r\ncontent-length: {len(self.body)}\r\n\r\n".encode() + self.body


@dataclass(frozen=True, slots=True)
class Get:
    """A GET of a path of this machine; with a tag, of what the client may have already."""

    port: int
    path: str
    tag: str = ""

    @property
    def bytes(self) -> bytes:
        tag = f"if-none-match: {self.tag}\r\n" if self.tag else ""
        return (
            f"GET {self.path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\n{tag}accept: application/json\r\n\r\n".encode()
        )


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: answers a second, and how long each answer took, in seconds."""

    rate: float
    taken: Sequence[float]

    def quantile(self, share: float) -> float:
        """Milliseconds within which such a share of the answers came."""
        return sorted(self.taken)[max(math.ceil(share * len(self.taken)) - 1, 0)] * 1000


class _Client(asyncio.Protocol):
    """Sends the requests in turn, again and again, until the time is up."""

    def __init__(self, requests: Sequence[bytes], first: int, until: float) -> None:
        self.requests, self.next, self.until = requests, first, until
        self.missing, self.received, self.sent = 0, b"", 0.0
        self.taken: list[float] = []
        self.ended: asyncio.Future[list[float]] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports have the methods and not the class.
        self.transport = transport  # type: ignore[assignment]
        self._send()

    def _send(self) -> None:
        assert self.transport is not None
        self.sent = time.perf_counter()
        self.transport.write(self.requests[self.next % len(self.requests)])
        self.next += 1

    def data_received(self, data: bytes) -> None:
        assert self.transport is not None
        if self.missing:
            self.missing -= len(data)
        else:
            self.received += data
            head, blank, body = self.received.partition(b"\r\n\r\n")
            if blank and head.startswith(b"HTTP/1.1 304"):
                self.received = b""
                self._answered()
                return
            if not blank or len(body) < len(b'{"data":{'):
                return
            if not head.startswith(b"HTTP/1.1 200") or not body.startswith(b'{"data":{'):
                self.ended.set_exception(RuntimeError(self.received[:2000].decode(errors="replace")))
                self.transport.close()
                return
            self.missing = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]) - len(body)
            self.received = b""
        if self.missing == 0:
            self._answered()

    def _answered(self) -> None:
        assert self.transport is not None
        now = time.perf_counter()
        self.taken.append(now - self.sent)
        if now < self.until:
            self._send()
        else:
            self.transport.close()
            if not self.ended.done():
                self.ended.set_result(self.taken)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(error or ConnectionError("the server closed the connection"))


async def _put(requests: Sequence[Sequence[Request | Get]], connections: int, seconds: float) -> Load:
    texts = [[request.bytes for request in of] for of in requests]
    loop, start = asyncio.get_running_loop(), time.perf_counter()
    clients = []
    async with asyncio.timeout(seconds + PATIENCE):
        for number in range(connections):
            server = number % len(requests)
            # Connections begin at different requests, so that equal ones do not travel side by side.
            first = number * len(texts[server]) // connections
            client = _Client(texts[server], first, start + seconds)
            await loop.create_connection(lambda client=client: client, "127.0.0.1", requests[server][0].port)  # type: ignore[misc]
            clients.append(client)
        taken = [time for client in clients for time in await client.ended]
    return Load(len(taken) / (time.perf_counter() - start), taken)


def put(requests: Sequence[Sequence[Request | Get]], *, connections: int = CONNECTIONS, seconds: float = 1.0) -> Load:
    """Load on one server or several: of each its requests, which each of its connections sends in turn."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_put(requests, connections, seconds))


def rates(requests: Sequence[Request | Get], *, rounds: int = 7, seconds: float = 1.0) -> list[list[float]]:
    """Answers a second of each request, a figure a round; rounds take turns, so that what else the machine does falls on all."""
    for request in requests:
        put([[request]], seconds=seconds / 2)
    found: list[list[float]] = [[] for _ in requests]
    for _ in range(rounds):
        for request, rate in zip(requests, found, strict=True):
            rate.append(put([[request]], seconds=seconds).rate)
    return found


def ratio(ours: Sequence[float], baseline: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
