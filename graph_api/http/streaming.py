"""What is answered piece by piece: graphql-transport-ws over a WebSocket, and GraphQL over SSE in distinct connections.

The protocol's states are Strawberry's handler's; here is what it leaves open: who may connect, how much may come in, how long a client may take to
read, and how an answer becomes bytes. Knows no plan and no store.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

import orjson
from graphql import GraphQLError
from starlette.responses import JSONResponse, StreamingResponse
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from strawberry.http.async_base_view import AsyncBaseHTTPView, AsyncWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.http.streaming import SSETransport, merge_stream_with_heartbeat
from strawberry.http.websocket_origin import is_same_origin
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler
from strawberry.subscriptions.protocols.graphql_transport_ws.types import ConnectionInitMessage, SubscribeMessage
from strawberry.types.unset import UNSET

from graph_api.errors import InputError, SamverkanError, TooCostly
from graph_api.http.bodies import BadRequest, parsed
from graph_api.http.identity import Tokens, Unauthenticated
from graph_api.http.persisted import Persisted
from graph_api.resolvers.context import Context
from graph_api.schema.planned import Answer, PlannedSchema, encode, refused

INIT_SECONDS = 10
"""Within which a client must say connection_init."""
SEND_SECONDS = 15.0
"""Within which a client must take a piece that waits for it."""
HEARTBEAT_SECONDS = 15.0
REASON_BYTES = 123
"""Of a closing frame (RFC 6455, 5.5)."""
TOO_SLOW = 1013
"""Try again later: the code with which a client is sent away that does not read."""

_EVENTS = SSETransport(HEARTBEAT_SECONDS)


class TooManyConnections(SamverkanError):
    """As many clients as are allowed listen already."""

    code, status = "TOO_MANY_CONNECTIONS", 503


@dataclass(slots=True)
class Lines:
    """The connections that are kept open for what comes."""

    most: int
    taken: int = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """A connection more, while it lasts.

        Raises:
            TooManyConnections: there are as many as are allowed.
        """
        if self.taken >= self.most:
            raise TooManyConnections(f"{self.most:,} clients listen already.", hint="Try again later.")
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1


# ------------------------------------------------------------------------------------------------ SSE
async def send_events(
    answers: AsyncGenerator[Answer, None], lines: Lines, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send answers as events, and complete after the last; a comment now and then shows whether the client is still there."""

    async def patient(message: Message) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await send(message)

    async def events() -> AsyncGenerator[str, None]:
        async with aclosing(answers):
            async for answer in answers:
                yield _EVENTS.encode_event("next", _text(_outward(answer)))
        yield _EVENTS.encode_complete()

    with lines.one():
        beating = merge_stream_with_heartbeat(
            events, lambda: _EVENTS.encode_comment(""), HEARTBEAT_SECONDS, send_initial_heartbeat=True
        )
        # A client that does not read is let go; it knows the last change that it saw.
        with suppress(TimeoutError):
            await StreamingResponse(beating(), headers=_EVENTS.headers)(scope, receive, patient)


def _outward(answer: Answer) -> Mapping[str, Any]:
    found: dict[str, Any] = {"data": answer.data} if answer.data is not None else {}
    if answer.errors:
        found["errors"] = [error.formatted for error in answer.errors]
    if answer.extensions:
        found["extensions"] = answer.extensions
    return found


def _text(value: object) -> str:
    return orjson.dumps(value, default=encode).decode()


# ------------------------------------------------------------------------------------------------ WebSocket
class _Socket(AsyncWebSocketAdapter):
    """A client's socket, as Strawberry's handler uses it."""

    def __init__(self, socket: WebSocket, message_bytes_max: int) -> None:
        self.socket, self.message_bytes_max = socket, message_bytes_max
        self.slow = asyncio.Event()
        """Set once a message has waited too long for a client that does not read."""
        self._waiting, self._moved = 0, 0.0
        self._watch: asyncio.TimerHandle | None = None

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """The client's messages, each of a form that the handler can read."""
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            if text is None:
                raise NonTextMessageReceived
            if len(text) > self.message_bytes_max:
                await self.close(1009, f"A message may have {self.message_bytes_max:,} bytes")
                return
            try:
                found = parsed(text.encode())
            except BadRequest as error:
                if isinstance(error.__cause__, orjson.JSONDecodeError):
                    raise NonJsonMessageReceived from error
                await self.close(4400, error.message)
                return
            if not _well_formed(found):
                await self.close(4400, "The message is not of the protocol graphql-transport-ws")
                return
            yield found

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send a message; whether the client takes it in time is seen by a watch that all messages share."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            self._moved = loop.time()
        # A timer a message would be a tenth of what it costs to tell 1,000 clients of a change.
        if self._watch is None:
            self._watch = loop.call_later(SEND_SECONDS, self._look)
        self._waiting += 1
        try:
            await self.socket.send_text(_text(message))
        except (WebSocketDisconnect, RuntimeError) as error:
            # Starlette raises a RuntimeError for what is sent after the end.
            raise WebSocketDisconnected from error
        finally:
            self._waiting -= 1
            self._moved = loop.time()

    def _look(self) -> None:
        """Whether a message waits, and none has been taken for too long; looks again while one waits."""
        self._watch = None
        if not self._waiting:
            return
        loop = asyncio.get_running_loop()
        left = self._moved + SEND_SECONDS - loop.time()
        if left > 0:
            self._watch = loop.call_later(left, self._look)
        else:
            self.slow.set()

    def forget(self) -> None:
        """Watch no longer."""
        if self._watch is not None:
            self._watch.cancel()

    async def close(self, code: int, reason: str) -> None:
        """End the conversation."""
        with suppress(WebSocketDisconnect, RuntimeError, TimeoutError):
            async with asyncio.timeout(1):
                await self.socket.close(code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))


def _well_formed(message: object) -> bool:
    """Whether a message has the fields of its type; one of an unknown type is the handler's to refuse."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] == "complete":
        return isinstance(message.get("id"), str)
    if message["type"] != "subscribe":
        return True
    payload = message.get("payload")
    return (
        isinstance(message.get("id"), str)
        and isinstance(payload, dict)
        and isinstance(payload.get("query"), str | None)
        and isinstance(payload.get("documentId"), str | None)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
        and isinstance(payload.get("extensions"), dict | None)
    )


class _View:
    """What the handler asks of Strawberry's own routes."""

    async def on_ws_connect(self, _: object) -> object:
        return UNSET


class _Conversation(BaseGraphQLTransportWSHandler[Any, None]):
    """Strawberry's states, with our tokens and limits."""

    tokens: Tokens | None
    persisted: Persisted

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Learn who it is, from what stands beside: browsers cannot send headers with a WebSocket."""
        payload = message.get("payload")
        given = payload.get("authorization", payload.get("Authorization")) if isinstance(payload, dict) else None
        if given is not None and self.tokens is not None:
            try:
                self.context = replace(self.context, editor=self.tokens.editor(str(given).encode()))
            except Unauthenticated:
                await self.websocket.close(4403, "Forbidden: the token is not known here")
                return
        await super().handle_connection_init(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Refuse one operation more than may run at once, and documents that are not answered here."""
        most, payload = self.max_subscriptions_per_connection, cast("dict[str, Any]", message["payload"])
        try:
            if most is not None and len(self.operations) >= most:
                raise TooCostly(f"{most:,} operations run on this connection; {most:,} are allowed.", hint="End one.")
            text = self.persisted.text(payload.get("query"), payload.get("documentId"), payload.get("extensions") or {})
            if text is None:
                raise InputError("The message holds no query.", hint='Give the document as text in "query".')
        except SamverkanError as error:
            if self.connection_acknowledged:
                errors = [found.formatted for found in refused(error).errors or ()]
                await self.send_message({"id": message["id"], "type": "error", "payload": errors})
                return
            text = ""
        payload["query"] = text
        await super().handle_subscribe(message)

    @staticmethod
    def _get_pre_execution_close_reason(_: GraphQLError) -> None:
        """None: a wrong document ends its own operation, and not those beside it."""


class LiveRoute:
    """The address of GraphQL for WebSockets, as an ASGI application.

    Args:
        lines: connections, with those of SSE.
        operations_max: most operations that one connection runs at once.
    """

    def __init__(
        self,
        schema: PlannedSchema,
        context: Context,
        lines: Lines,
        *,
        persisted: Persisted,
        message_bytes_max: int,
        operations_max: int,
        tokens: Tokens | None = None,
    ) -> None:
        self.schema, self.context, self.lines, self.tokens = schema, context, lines, tokens
        self.persisted = persisted
        self.message_bytes_max, self.operations_max = message_bytes_max, operations_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one conversation."""
        socket = WebSocket(scope, receive, send)
        # A browser always says which page opens the socket, and sends that page's visitor's cookies along; others say nothing.
        origin = socket.headers.get("origin")
        if origin is not None and not is_same_origin(origin, socket.headers.get("host")):
            await _deny(socket, 403, "CROSS_SITE", "A page of another site may not connect here.")
            return
        try:
            with self.lines.one():
                await self._converse(socket)
        except TooManyConnections as error:
            await _deny(socket, error.status, error.code, f"{error.message} {error.hint}")

    async def _converse(self, socket: WebSocket) -> None:
        spoken = GRAPHQL_TRANSPORT_WS_PROTOCOL in socket.scope["subprotocols"]
        await socket.accept(GRAPHQL_TRANSPORT_WS_PROTOCOL if spoken else None)
        adapter = _Socket(socket, self.message_bytes_max)
        if not spoken:
            await adapter.close(4406, "Subprotocol not acceptable: speak graphql-transport-ws")
            return
        handler = _Conversation(
            cast("AsyncBaseHTTPView[Any, Any, Any, Any, Any, Any, None]", _View()),
            adapter,
            self.context,
            None,
            self.schema,
            timedelta(seconds=INIT_SECONDS),
            self.operations_max,
        )
        handler.tokens, handler.persisted = self.tokens, self.persisted
        talking = asyncio.create_task(handler.handle())
        slow = asyncio.create_task(adapter.slow.wait())
        try:
            await asyncio.wait((talking, slow), return_when=asyncio.FIRST_COMPLETED)
        finally:
            adapter.forget()
            slow.cancel()
            talking.cancel()
            with suppress(asyncio.CancelledError):
                await talking
        if adapter.slow.is_set():
            await adapter.close(TOO_SLOW, "Too slow: subscribe again after the last change that was seen")


async def _deny(socket: WebSocket, status: int, code: str, message: str) -> None:
    """Refuse the handshake, in the shape that errors have."""
    body = {"errors": [{"message": message, "extensions": {"code": code}}]}
    await socket.send_denial_response(JSONResponse(body, status_code=status))
