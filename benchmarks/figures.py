"""A measured figure beside its aim, and time taken in turns."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: ours and the baseline in one unit, and the number that the aim speaks of."""

    what: str
    unit: str
    ours: float
    baseline: float | None
    value: float
    aim: float | None
    at_least: bool = False

    @property
    def kept(self) -> bool | None:
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim


Call = Callable[[], Awaitable[object]]


async def in_turns(*calls: Call, rounds: int = 15, times: int = 1) -> list[list[float]]:
    """Milliseconds a call, of each a figure a round."""
    for call in calls:
        await call()
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, taken in zip(calls, found, strict=True):
            start = time.perf_counter()
            for _ in range(times):
                await call()
            taken.append((time.perf_counter() - start) * 1000 / times)
    return found


def compared(
    what: str, ours: list[float], baseline: list[float], aim: float, *, faster: bool = False, unit: str = "ms"
) -> Figure:
    """Ours against a baseline of the same rounds: how much longer ours takes, or with `faster` how many times faster it is."""
    ratios = [b / a if faster else a / b for a, b in zip(ours, baseline, strict=True)]
    middle = statistics.median
    return Figure(what, unit, middle(ours), middle(baseline), middle(ratios), aim, at_least=faster)


def run(main: Callable[[], Awaitable[list[Figure]]]) -> list[Figure]:
    """The figures of an asynchronous measurement."""

    async def awaited() -> list[Figure]:
        return await main()

    return asyncio.run(awaited())
