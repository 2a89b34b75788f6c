"""GraphQL over HTTP: media types, bodies and addresses → operations; answers → bytes with the right status.

Reads no more of a body than is allowed. Knows no plan and no store.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

import orjson
from graphql import GraphQLError
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from graph_api.errors import InputError, SamverkanError, WrongMethod
from graph_api.http.identity import Tokens, Unauthenticated
from graph_api.resolvers.context import Context
from graph_api.schema.planned import Answer, PlannedSchema, encode

JSON = b"application/json"
GRAPHQL_RESPONSE = b"application/graphql-response+json"


class BodyTooLarge(InputError):
    """The body is larger than is allowed."""

    code, status = "BODY_TOO_LARGE", 413


class WrongMediaType(InputError):
    """The body is not JSON by its header, or it is compressed."""

    code, status = "WRONG_MEDIA_TYPE", 415


class NotAcceptable(InputError):
    """The client accepts no media type that we have."""

    code, status = "NOT_ACCEPTABLE", 406


class BadRequest(InputError):
    """The request holds no operation that could be run."""

    code = "BAD_REQUEST"


@dataclass(frozen=True, slots=True)
class Asked:
    """An operation as it came."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


class GraphQLRoute:
    """The address of GraphQL, as an ASGI application.

    Args:
        ide: the page for a browser that asks without an operation.
        tokens: of those who may write; None: nobody may.
    """

    def __init__(
        self,
        schema: PlannedSchema,
        context: Context,
        *,
        body_bytes_max: int,
        ide: Response | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        self.schema, self.context, self.body_bytes_max, self.ide, self.tokens = (
            schema,
            context,
            body_bytes_max,
            ide,
            tokens,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        media = JSON
        try:
            accept = headers.get(b"accept", b"")
            if (
                scope["method"] == "GET"
                and self.ide is not None
                and b"text/html" in accept
                and b"query=" not in scope["query_string"]
            ):
                await self.ide(scope, receive, send)
                return
            media = _accepted(accept)
            context = self.context
            if self.tokens and (authorization := headers.get(b"authorization")):
                context = replace(context, editor=self.tokens.editor(authorization))
            asked = await self._asked(scope, headers, receive)
            result = await self.schema.execute(
                asked.query, asked.variables, context, None, asked.operation_name, safe=scope["method"] != "POST"
            )
            status, body = _answer(result, media)
        except SamverkanError as error:
            status, body = error.status, refusal(error)
        extra = _BESIDE.get(status, [])
        await _send(send, status, media, body, extra)

    async def _asked(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> Asked:
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
            return _operation_of(_json(await self._body(headers, receive)))
        if scope["method"] in ("GET", "HEAD"):
            return _operation_of(_from_address(scope["query_string"]))
        raise WrongMethod("Only GET and POST are answered here.", hint="Send operations by POST.")

    async def _body(self, headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
        too_large = BodyTooLarge(
            f"The body is larger than {self.body_bytes_max:,} bytes.",
            hint="Send lists in variables, or in several operations.",
        )
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self.body_bytes_max:
            raise too_large
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            more = message.get("more_body", False)
            if size > self.body_bytes_max:
                raise too_large
        return b"".join(parts)


_BESIDE = {405: [(b"allow", b"GET, POST")], Unauthenticated.status: [(b"www-authenticate", b"Bearer")]}
"""Headers that a status asks for."""

OURS = {
    b"application/graphql-response+json": GRAPHQL_RESPONSE,
    b"application/json": JSON,
    b"application/*": JSON,
    b"*/*": JSON,
}


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


def _json(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"The body is no JSON: {error}.", hint='Send an object with "query".') from error


def _from_address(query_string: bytes) -> object:
    try:
        found = parse_qs(query_string.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="strict")
    except ValueError as error:
        raise BadRequest(
            "The address's query cannot be read.", hint="Write ?query=… in percent-encoded UTF-8."
        ) from error
    asked: dict[str, object] = {name: values[-1] for name, values in found.items()}
    for name in ("variables", "extensions"):
        if asked.get(name):
            asked[name] = _json(str(asked[name]).encode())
        else:
            asked.pop(name, None)
    return asked


def _operation_of(body: object) -> Asked:
    if not isinstance(body, dict):
        raise BadRequest(
            "The body is no JSON object.",
            hint='Send an object with "query", and perhaps "variables" and "operationName".',
        )
    query, variables, name = body.get("query"), body.get("variables"), body.get("operationName")
    if not isinstance(query, str):
        raise BadRequest("The request holds no query.", hint='Give the document as text in "query".')
    if not isinstance(variables, dict | None):
        raise BadRequest("variables must be an object.", hint="Leave it out where there are none.")
    if not isinstance(name, str | None):
        raise BadRequest("operationName must be a text.", hint="Leave it out where the document has one operation.")
    if not isinstance(body.get("extensions"), dict | None):
        raise BadRequest("extensions must be an object.", hint="Leave it out.")
    # Some clients send an empty name where there is none.
    return Asked(query, variables, name or None)


def _answer(result: Answer, media: bytes) -> tuple[int, bytes]:
    if not result.errors:
        return 200, orjson.dumps({"data": result.data}, default=encode)
    errors = [error.formatted for error in result.errors]
    if result.data is not None:
        return 200, orjson.dumps({"data": result.data, "errors": errors}, default=encode)
    return _status(result.errors, media), orjson.dumps({"errors": errors})


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


async def _send(send: Send, status: int, media: bytes, body: bytes, extra: list[tuple[bytes, bytes]]) -> None:
    headers = [(b"content-type", media + b"; charset=utf-8"), (b"content-length", str(len(body)).encode()), *extra]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
