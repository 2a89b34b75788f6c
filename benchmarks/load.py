"""HTTP load from this process on a server of this machine: so many connections, each with one request at a time, for so long.

The client builds its request once and reads of an answer only its length, so that it costs little beside the server. Knows no GraphQL.
"""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

CONNECTIONS = 16
PATIENCE = 5.0


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


class _Client(asyncio.Protocol):
    """Sends the request again and again until the time is up."""

    def __init__(self, request: bytes, until: float) -> None:
        self.request, self.until = request, until
        self.answers, self.missing, self.received = 0, 0, b""
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        assert self.transport is not None
        if self.missing:
            self.missing -= len(data)
        else:
            self.received += data
            head, blank, body = self.received.partition(b"\r\n\r\n")
            if not blank:
                return
            if not head.startswith(b"HTTP/1.1 200"):
                self.ended.set_exception(RuntimeError(self.received.decode(errors="replace")))
                self.transport.close()
                return
            self.missing = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]) - len(body)
            self.received = b""
        if self.missing == 0:
            self.answers += 1
            if time.perf_counter() < self.until:
                self.transport.write(self.request)
            else:
                self.transport.close()
                if not self.ended.done():
                    self.ended.set_result(self.answers)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_exception(error or ConnectionError("the server closed the connection"))


async def _rate(request: Request, seconds: float) -> float:
    loop, start = asyncio.get_running_loop(), time.perf_counter()
    clients = [_Client(request.bytes, start + seconds) for _ in range(CONNECTIONS)]
    async with asyncio.timeout(seconds + PATIENCE):
        for client in clients:
            await loop.create_connection(lambda client=client: client, "127.0.0.1", request.port)  # type: ignore[misc]
        answers = await asyncio.gather(*(client.ended for client in clients))
    return sum(answers) / (time.perf_counter() - start)


def rates(requests: Sequence[Request], *, rounds: int = 7, seconds: float = 1.0) -> list[list[float]]:
    """Answers a second of each request, a figure a round; rounds take turns, so that what else the machine does falls on all."""
    for request in requests:
        asyncio.run(_rate(request, seconds / 2))
    found: list[list[float]] = [[] for _ in requests]
    for _ in range(rounds):
        for request, rate in zip(requests, found, strict=True):
            rate.append(asyncio.run(_rate(request, seconds)))
    return found


def ratio(ours: Sequence[float], baseline: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(ours, baseline, strict=True))
