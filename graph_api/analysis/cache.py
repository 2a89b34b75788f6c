"""A cache bounded by bytes: the least recently used goes first.

Takes a value with its size and hands it back by key until there is no room for it. Knows nothing of what it keeps.
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Values by key, at most `max_bytes` of them together. A value larger than that is not kept."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()

    @property
    def nbytes(self) -> int:
        """Sum of the sizes of what is kept."""
        return self._bytes

    def get(self, key: Hashable) -> Value | None:
        """The value, None where it is not (or no longer) kept."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, value: Value, nbytes: int) -> None:
        """Keep a value of this size; what was used longest ago makes room."""
        old = self._kept.pop(key, None)
        self._bytes -= old[1] if old else 0
        if nbytes > self._max_bytes:
            return
        self._kept[key] = value, nbytes
        self._bytes += nbytes
        while self._bytes > self._max_bytes:
            _, (_, freed) = self._kept.popitem(last=False)
            self._bytes -= freed
