"""JSON as clients send it → values, each key once in its object."""

import json
from typing import NoReturn

import orjson

from graph_api.errors import InputError


class BadRequest(InputError):
    """The request holds no operation that could be run."""

    code = "BAD_REQUEST"


def parsed(text: bytes) -> object:
    """The value of a JSON text.

    Raises:
        BadRequest: it is no JSON, or an object has a key twice: what looks at the request before us may have taken the other one.
    """
    try:
        found: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"That is no JSON: {error}.", hint='Send an object with "query".') from error
    # Each key has its colon, and texts have theirs: where as many are left as were sent, no key was lost. A colon may be sent as
    # \u003a, too: such a text is looked through, as to read all of them so would take ten times as long.
    if b"\\u003" in text or text.count(b":") != _colons(found):
        _look_through(text)
    return found


def _colons(value: object) -> int | None:
    try:
        return orjson.dumps(value).count(b":")
    except orjson.JSONEncodeError:
        # It is nested deeper than orjson writes, though not deeper than it reads.
        return None


def _look_through(text: bytes) -> None:
    try:
        json.loads(text, object_pairs_hook=_once)
    except RecursionError as error:
        raise BadRequest("The JSON is nested too deeply.", hint="Send it flatter.") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice(next(key for key in keys if keys.count(key) > 1))
    return found


def twice(name: str) -> NoReturn:
    """Refuse what is said twice under one name.

    Raises:
        BadRequest: always.
    """
    raise BadRequest(f'"{name}" is there twice.', hint="Say it once.")
