"""GET /export/graph.<ending>: the graph as a file, in chunks as the store gives them.

In: a request whose application holds the store in `state.store`. Out: a stream with the format's media type and a file name, tagged with the
revision, so that a client that has that revision already is told so and nothing is read. An error before the first byte is an answer in JSON; after
it the connection breaks off, and the file is not whole. Knows no format.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from graph_api.errors import SamverkanError
from graph_api.exchange.registry import FORMATS, Rows, stream


async def graph(request: Request) -> Response:
    """The graph at its present revision in the format of the address's ending."""
    chosen = FORMATS[f".{request.url.path.rpartition('.')[2]}"]
    store: Rows = request.app.state.store
    try:
        revision = await store.revision()
        tag = f'"{revision}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if _has(request, tag):
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = f'attachment; filename="{request.url.path.rpartition("/")[2]}"'
        if request.method == "HEAD":
            return Response(headers=headers, media_type=chosen.media_type)
        chunks = stream(store, chosen, revision)
        first = await anext(chunks)
    except SamverkanError as error:
        return _refusal(error)

    async def body() -> AsyncIterator[bytes]:
        async with aclosing(chunks):
            yield first
            async for chunk in chunks:
                yield chunk

    return StreamingResponse(body(), headers=headers, media_type=chosen.media_type)


def _has(request: Request, tag: str) -> bool:
    """Whether the client holds what the tag stands for (RFC 9110, 13.1.2: weak comparison)."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    return tag in given or given == ["*"]


def _refusal(error: SamverkanError) -> Response:
    """An error in the shape that the API's errors have."""
    extensions = {"code": error.code, "hint": error.hint}
    place = str(error.place) if error.place else None
    said = {
        "message": error.message,
        "extensions": {name: value for name, value in (*extensions.items(), ("place", place)) if value},
    }
    return Response(orjson.dumps({"errors": [said]}), status_code=error.status, media_type="application/json")


ROUTES = [Route(f"/export/graph{ending}", graph, methods=["GET"], name=f"export{ending}") for ending in FORMATS]
"""The addresses of this module, one a format."""
