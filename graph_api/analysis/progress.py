"""How far a computation has come, told to whoever waits for it.

Takes what a long loop runs over and hands it on, telling now and then how much of it is done. Knows no process and no screen: where nobody listens
nothing is told.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Step = TypeVar("Step")
Report = Callable[[int, int], None]
"""Takes how many steps are done, and of how many."""

PAUSE = 0.1
"""Seconds between two reports."""

_listener: ContextVar[Report | None] = ContextVar("listener", default=None)


@contextmanager
def reporting(report: Report) -> Iterator[None]:
    """Tell how far what runs within has come."""
    token = _listener.set(report)
    try:
        yield
    finally:
        _listener.reset(token)


def steps(over: Sequence[Step]) -> Iterator[Step]:
    """Each of them in turn. A loop within another tells nothing: the outer one is what is waited for."""
    report = _listener.get()
    if report is None:
        yield from over
        return
    token, told = _listener.set(None), time.monotonic()
    try:
        for done, step in enumerate(over):
            if time.monotonic() - told >= PAUSE:
                report(done, len(over))
                told = time.monotonic()
            yield step
    finally:
        _listener.reset(token)
