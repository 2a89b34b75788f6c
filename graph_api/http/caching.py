"""What a cache may keep of an answer: a tag of the question, the revision and whatever else the answer is made of.

A tag is weak: the same answer may be compressed or not. Knows no operation: the address says which it is.
"""

import hashlib

from graph_api.stores.base import Store

Headers = list[tuple[bytes, bytes]]

NOT_KEPT: Headers = [(b"cache-control", b"no-store")]
"""Of errors, and of what is one reader's alone."""


class Stamps:
    """What the answers to the same question differ by.

    Args:
        settings: whatever else than the graph an answer depends on.
    """

    def __init__(self, store: Store, settings: str) -> None:
        self.store, self.settings = store, settings
        self._revision, self._stamp = -1, b""

    async def tag(self, question: bytes, media: bytes) -> bytes:
        """The tag of an address's question at the present revision."""
        revision = await self.store.revision()
        if revision != self._revision:
            # Two graphs can be at the same revision; when it was made tells them apart.
            info = await self.store.info()
            self._stamp = f"{info.revision} {info.changed_at} {info.version} {self.settings}".encode()
            self._revision = info.revision
        return (
            b'W/"%b"' % hashlib.blake2b(b"\0".join((self._stamp, media, question)), digest_size=16).hexdigest().encode()
        )


def shared(tag: bytes) -> Headers:
    """That any cache may keep the answer, and asks before each use whether it still holds."""
    return [(b"etag", tag), (b"cache-control", b"public, no-cache"), (b"vary", b"Accept, Authorization")]


def has(given: bytes | None, tag: bytes) -> bool:
    """Whether a client holds what the tag stands for (RFC 9110, 13.1.2: weak comparison)."""
    if given is None:
        return False
    bare = tag.removeprefix(b"W/")
    return any(one.strip().removeprefix(b"W/") in (bare, b"*") for one in given.split(b","))
