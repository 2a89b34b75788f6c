"""Keyset cursors: 8 hex digits that bind one to its connection and order, then the hex of the JSON array of the row's keys,
and last, where a key is a score, of the revision that it was computed at.

Stores write them (the same bytes in each); this module says the tag, and reads them back.
"""

import zlib
from collections.abc import Sequence
from functools import lru_cache

import orjson

from graph_api.errors import BadCursor

_HINT = "Take it as it stands from pageInfo or an edge of the same connection, asked with the same orderBy."


def tag(bound_to: str) -> str:
    """The first 8 characters of the cursors of a connection and order."""
    return f"{zlib.crc32(bound_to.encode()):08x}"


def write(bound_to: str, keys: Sequence[object]) -> str:
    """The cursor of a row with these keys."""
    return tag(bound_to) + orjson.dumps(list(keys)).hex().upper()


def read(cursor: object, bound_to: str, numbers: tuple[bool, ...]) -> tuple[str | int | float, ...]:
    """The keys that a cursor holds.

    Args:
        cursor: what the client sent.
        bound_to: connection and order, in words.
        numbers: of each key, whether it is a number rather than text.
    Raises:
        BadCursor: the cursor is malformed, or was made by another connection or order; names the connection.
    """
    return _read(str(cursor), bound_to, numbers)


# Each key of a cursor is asked for by itself; a few are kept, since a client may send a long one.
@lru_cache(maxsize=4)
def _read(text: str, bound_to: str, numbers: tuple[bool, ...]) -> tuple[str | int | float, ...]:
    place = bound_to.partition(" ")[0]
    try:
        keys = orjson.loads(bytes.fromhex(text[8:]))
    except ValueError as error:
        raise BadCursor("This is no cursor.", place=place, hint=_HINT) from error
    if text[:8] != tag(bound_to):
        raise BadCursor("This cursor was made by another connection or with another order.", place=place, hint=_HINT)
    if not isinstance(keys, list) or len(keys) != len(numbers) or not all(map(_fits, keys, numbers)):
        raise BadCursor("This is no cursor of the connection.", place=place, hint=_HINT)
    return tuple(keys)


def _fits(key: object, number: bool) -> bool:
    if not number:
        return isinstance(key, str)
    # SQLite's integers have 64 bits.
    return isinstance(key, int | float) and not isinstance(key, bool) and abs(key) < 2**63
