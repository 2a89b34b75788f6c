"""GraphQL over HTTP: media types, bodies and addresses → operations; answers → bytes with the right status.

Reads no more of a body than is allowed, and waits no longer for it. Knows no plan, and of the store the revision alone.
"""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Any
from urllib.parse import parse_qs

import orjson
from graphql import GraphQLError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph_api import __version__
from graph_api.errors import InputError, SamverkanError, TooCostly, WrongMethod
from graph_api.http.bodies import BadRequest, parsed, twice
from graph_api.http.caching import NOT_KEPT, Stamps, has, shared
from graph_api.http.identity import Tokens, Unauthenticated
from graph_api.http.persisted import Persisted, PersistedQueryNotFound
from graph_api.http.streaming import Lines, send_events
from graph_api.resolvers.context import Context
from graph_api.schema.planned import Answer, Attend, PlannedSchema, encode

JSON = b"application/json"
GRAPHQL_RESPONSE = b"application/graphql-response+json"
EVENTS = b"text/event-stream"


class BodyTooLarge(InputError):
    """The body is larger than is allowed."""

    code, status = "BODY_TOO_LARGE", 413


class WrongMediaType(InputError):
    """The body is not JSON by its header, or it is compressed."""

    code, status = "WRONG_MEDIA_TYPE", 415


class NotAcceptable(InputError):
    """The client accepts no media type that we have."""

    code, status = "NOT_ACCEPTABLE", 406


class ClientGone(Exception):
    """Nobody waits for the answer any more."""


class BodyTooSlow(InputError):
    """The body was not there in time."""

    code, status = "BODY_TOO_SLOW", 408


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation as it came."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    extensions: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request may be.

    `batch_max` is of operations in one request; 0: none come as a list.
    """

    body_bytes_max: int = 1_000_000
    body_seconds_max: float = 10
    batch_max: int = 0


class GraphQLRoute:
    """The address of GraphQL, as an ASGI application.

    Args:
        persisted: documents that are known by hash.
        lines: connections that are kept open.
        ide: the page for a browser that asks without an operation.
        tokens: of those who may write; None: nobody may.
    """

    def __init__(
        self,
        schema: PlannedSchema,
        context: Context,
        terms: Terms,
        *,
        persisted: Persisted,
        lines: Lines,
        ide: Response | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        self.schema, self.context, self.terms, self.ide, self.tokens = schema, context, terms, ide, tokens
        self.persisted, self.lines = persisted, lines
        self.stamps = Stamps(context.store, f"{__version__} {schema.allowance}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        media, safe, extra = JSON, scope["method"] != "POST", list[tuple[bytes, bytes]]()
        try:
            accept = headers.get(b"accept", b"")
            if (
                scope["method"] == "GET"
                and self.ide is not None
                and b"text/html" in accept
                and b"query=" not in scope["query_string"]
            ):
                # A copy: what compresses it writes into its headers.
                await Response(self.ide.body, headers=dict(self.ide.headers))(scope, receive, send)
                return
            wanted = _accepted(accept)
            media = JSON if wanted is EVENTS else wanted
            context, tag = self.context, None
            if self.tokens and (authorization := headers.get(b"authorization")):
                context = replace(context, editor=self.tokens.editor(authorization))
            elif safe and wanted is media:
                tag = await self.stamps.tag(scope["query_string"], media)
                if has(headers.get(b"if-none-match"), tag):
                    await _send(send, 304, None, b"", shared(tag))
                    return
            asked = await self._asked(scope, headers, receive)
            if wanted is EVENTS:
                await self._stream(asked, context, scope, receive, send, safe=safe)
                return
            attend = partial(_while_there, receive)
            status, body, whole = await self._answered(asked, context, media, attend, safe=safe)
            if safe:
                extra = shared(tag) if whole and tag else [*_BESIDE.get(status, []), *NOT_KEPT]
        except ClientGone:
            return
        except SamverkanError as error:
            # Clients of persisted queries look for this one in an answer that came through.
            status = 200 if media is JSON and isinstance(error, PersistedQueryNotFound) else error.status
            body, extra = refusal(error), [*_BESIDE.get(error.status, []), *NOT_KEPT]
        await _send(send, status, media, body, extra)

    async def _answered(
        self, asked: Asked | list[Asked], context: Context, media: bytes, attend: Attend, *, safe: bool
    ) -> tuple[int, bytes, bool]:
        """Status and body, and whether that is an answer without errors."""
        if isinstance(asked, Asked):
            result = await self._execute(asked, context, attend, safe=safe)
            return *_answer(result, media), not result.errors
        # One after the other: side by side they would take what others wait for.
        bodies = [_answer(await self._execute(one, context, attend, safe=safe), media)[1] for one in asked]
        return 200, b"[" + b",".join(bodies) + b"]", False

    async def _execute(self, asked: Asked, context: Context, attend: Attend, *, safe: bool) -> Answer:
        return await self.schema.execute(
            asked.query,
            asked.variables,
            context,
            None,
            asked.operation_name,
            operation_extensions=asked.extensions,
            safe=safe,
            attend=attend,
        )

    async def _stream(
        self, asked: Asked | list[Asked], context: Context, scope: Scope, receive: Receive, send: Send, *, safe: bool
    ) -> None:
        if not isinstance(asked, Asked):
            raise BadRequest("A list is not answered by events.", hint="Send each operation by itself.")
        answers = self.schema.answers(
            asked.query,
            asked.variables,
            context,
            asked.operation_name,
            asked.extensions,
            # A subscription changes nothing.
            safe=safe,
        )
        await send_events(answers, self.lines, scope, receive, send)

    async def _asked(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> Asked | list[Asked]:
        if scope["method"] == "POST":
            content = headers.get(b"content-type", b"").lower()
            if content.partition(b";")[0].strip() != JSON:
                raise WrongMediaType("The body must be JSON.", hint="Send Content-Type: application/json.")
            if b"charset" in content and b"utf-8" not in content and b"utf8" not in content:
                raise WrongMediaType(
                    "The body must be in UTF-8.", hint="Send Content-Type: application/json; charset=utf-8."
                )
            if headers.get(b"content-encoding", b"identity") != b"identity":
                raise WrongMediaType("A compressed body is not taken.", hint="Send it as it is.")
            body = parsed(await self._body(headers, receive))
            return self._batch(body) if isinstance(body, list) else self._operation_of(body)
        if scope["method"] in ("GET", "HEAD"):
            return self._operation_of(_from_address(scope["query_string"]))
        raise WrongMethod("Only GET and POST are answered here.", hint="Send operations by POST.")

    async def _body(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
        most = self.terms.body_bytes_max
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > most:
            raise BodyTooLarge(f"The body has {int(announced):,} bytes; {most:,} are allowed.", hint=_SMALLER)
        parts, size, more = [], 0, True
        try:
            async with asyncio.timeout(self.terms.body_seconds_max):
                while more:
                    message = await receive()
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    more = message.get("more_body", False)
                    if size > most:
                        raise BodyTooLarge(
                            f"The body has more than {most:,} bytes, which are the most that are allowed.",
                            hint=_SMALLER,
                        )
        except TimeoutError as error:
            seconds = self.terms.body_seconds_max
            raise BodyTooSlow(f"The body was not there after {seconds:g} s.", hint="Send it at once.") from error
        return b"".join(parts)

    def _batch(self, body: list[object]) -> list[Asked]:
        most = self.terms.batch_max
        if most == 0:
            raise BadRequest("A list of operations is not taken.", hint="Send an object for each by itself.")
        if len(body) > most:
            raise TooCostly(
                f"The request holds {len(body):,} operations; {most:,} are allowed.", hint="Send several requests."
            )
        if not body:
            raise BadRequest("The list holds no operation.", hint='Send an object with "query" for each.')
        return [self._operation_of(one) for one in body]

    def _operation_of(self, body: object) -> Asked:
        if not isinstance(body, dict):
            raise BadRequest(
                "The body is no JSON object.",
                hint='Send an object with "query", and perhaps "variables" and "operationName".',
            )
        query, variables, name = body.get("query"), body.get("variables"), body.get("operationName")
        document_id, extensions = body.get("documentId"), body.get("extensions")
        if not isinstance(query, str | None):
            raise BadRequest("query must be a text.", hint='Give the document as text in "query".')
        if not isinstance(document_id, str | None):
            raise BadRequest("documentId must be a text.", hint="Leave it out where the document is sent.")
        if not isinstance(variables, dict | None):
            raise BadRequest("variables must be an object.", hint="Leave it out where there are none.")
        if not isinstance(name, str | None):
            raise BadRequest("operationName must be a text.", hint="Leave it out where the document has one operation.")
        if not isinstance(extensions, dict | None):
            raise BadRequest("extensions must be an object.", hint="Leave it out.")
        extensions = extensions or {}
        text = self.persisted.text(query, document_id, extensions)
        if text is None:
            raise BadRequest("The request holds no query.", hint='Give the document as text in "query".')
        if (document_id is not None or "persistedQuery" in extensions) and not self.schema.documents.get(text).errors:
            self.persisted.keep(text)
        # Some clients send an empty name where there is none.
        return Asked(text, variables, name or None, extensions)


_SMALLER = "Send lists in variables, or in several operations."
_BESIDE = {
    405: [(b"allow", b"GET, POST")],
    Unauthenticated.status: [(b"www-authenticate", b"Bearer")],
    # What is left of the body is not waited for.
    BodyTooSlow.status: [(b"connection", b"close")],
    BodyTooLarge.status: [(b"connection", b"close")],
}
"""Headers that a status asks for."""


async def _while_there(receive: Receive, work: Coroutine[Any, Any, Any]) -> Any:
    """The result of a computation, which ends with the client."""

    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    computing, leaving = asyncio.create_task(work), asyncio.create_task(gone())
    try:
        await asyncio.wait((computing, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not computing.done():
            raise ClientGone
        return computing.result()
    finally:
        computing.cancel()
        leaving.cancel()
        await asyncio.gather(computing, leaving, return_exceptions=True)


ACCEPTS_KEPT = 64
"""Each client sends one, again and again."""
OURS = {
    b"application/graphql-response+json": GRAPHQL_RESPONSE,
    b"application/json": JSON,
    b"text/event-stream": EVENTS,
    b"application/*": JSON,
    b"*/*": JSON,
}


@lru_cache(ACCEPTS_KEPT)
def _accepted(accept: bytes) -> bytes:
    """The media type of the answer: of ours the one that is wanted most, then named first; JSON where anything is taken."""
    if not accept or accept == b"*/*":
        return JSON
    wanted = []
    for part in accept.lower().split(b","):
        name, *parameters = part.replace(b" ", b"").split(b";")
        quality = next((value[2:] for value in parameters if value.startswith(b"q=")), b"1")
        if (media := OURS.get(name)) and (weight := _weight(quality)) > 0:
            wanted.append((weight, media))
    if not wanted:
        hint = "Accept application/graphql-response+json or application/json."
        raise NotAcceptable("No accepted media type can be served.", hint=hint)
    return max(wanted, key=lambda one: one[0])[1]


def _weight(quality: bytes) -> float:
    try:
        return float(quality)
    except ValueError:
        return 0


def _from_address(query_string: bytes) -> object:
    try:
        found = parse_qs(query_string.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise BadRequest(
            "The address's query cannot be read.", hint="Write ?query=… in percent-encoded UTF-8."
        ) from error
    for name, values in found.items():
        if len(values) > 1:
            twice(name)
    asked: dict[str, object] = {name: value for name, (value,) in found.items()}
    for name in ("variables", "extensions"):
        if asked.get(name):
            asked[name] = parsed(str(asked[name]).encode())
        else:
            asked.pop(name, None)
    return asked


def _answer(result: Answer, media: bytes) -> tuple[int, bytes]:
    found: dict[str, Any] = {} if result.data is None else {"data": result.data}
    if result.errors:
        found["errors"] = [error.formatted for error in result.errors]
    if result.extensions:
        found["extensions"] = result.extensions
    status = 200 if result.data is not None or not result.errors else _status(result.errors, media)
    return status, orjson.dumps(found, default=encode)


def _status(errors: list[GraphQLError], media: bytes) -> int:
    """Of an answer without data.

    A fault of the document itself is 200 in plain JSON, since older clients take any other status for a broken network.
    """
    cause = errors[0].original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    if isinstance(cause, SamverkanError):
        return cause.status
    if cause is not None:
        return 500
    return 400 if media == GRAPHQL_RESPONSE else 200


def refusal(error: SamverkanError) -> bytes:
    """The body of an answer to a request that held no operation."""
    message = f"{error.message} {error.hint}" if error.hint else error.message
    return orjson.dumps({"errors": [{"message": message, "extensions": {"code": error.code}}]})


async def _send(
    send: Send, status: int, media: bytes | None, body: bytes, extra: Sequence[tuple[bytes, bytes]]
) -> None:
    headers = list(extra)
    if media is not None:
        headers += [(b"content-type", media + b"; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
