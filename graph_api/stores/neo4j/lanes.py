"""Reads over few sessions of the driver: who goes alone, who shares a statement, and what the driver raises as our own errors.

A statement costs the driver 0.35 ms of Python whatever it asks, so reads of one plan that wait while others are under way go
out together. A read that finds nothing under way goes at once, alone; any other joins the group of its plan and page sizes. Of sessions
that share, another begins as soon as as many reads wait as are under way: Neo4j is at work on some while answers are made of the others, and
statements do not become many and small. Knows texts and parameters; knows no plan.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from neo4j import AsyncSession, Query
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    DatabaseUnavailable,
    DriverError,
    Forbidden,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph_api.errors import BadValue, OlderStore, StoreAway, StoreBusy, StoreError, StoreFull, StoreRefused

GROUP = 16
"""Most reads that share a statement."""
PAUSES = (0.0, 0.1)
"""Seconds before a read is tried once more: at once, since a connection that was kept may be dead; then after a moment."""

AWAY = (ServiceUnavailable, SessionExpired, DatabaseUnavailable, ConnectionAcquisitionTimeoutError)
"""What is raised whatever is asked."""

REST = 0.3
"""Seconds for which a server that was found away is not asked again: to find out costs some ms, many times a second under load."""

Answer = tuple[list[Any], int]
"""The record's list, and the revision."""


@contextmanager
def translated() -> Iterator[None]:
    """What the driver raises, as our own errors."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise BadValue("A text holds half of a surrogate pair.", hint="Send whole characters.") from error
    except TimeoutError as error:
        raise StoreBusy("Neo4j did not answer in time.", hint="Try again, or ask for less at once.") from error
    except ConnectionAcquisitionTimeoutError as error:
        raise StoreBusy("No connection to Neo4j came free in time.", hint="Try again a little later.") from error
    except IncompleteCommit as error:
        raise StoreAway(
            "Neo4j went away while it kept a write.",
            hint="It is there wholly or not at all: look before you repeat it.",
        ) from error
    except (ServiceUnavailable, SessionExpired, OSError) as error:
        raise StoreAway(
            "Neo4j does not answer.", hint="Is it running, and is its address right? Nothing of a write is kept."
        ) from error
    except (AuthError, Forbidden) as error:
        raise StoreRefused(
            "Neo4j refused the user, the password or the rights.", hint="Look at SAMVERKAN_STORE and its password."
        ) from error
    except TransientError as error:
        if "OutOfMemory" in (error.code or ""):
            raise StoreFull(
                "Neo4j has not memory enough for so much at once.",
                hint="Nothing was kept. Ask for less, or give it more.",
            ) from error
        raise StoreBusy("Neo4j could not do it now, as others were at work.", hint="Try again.") from error
    except ClientError as error:
        code = error.code or ""
        if "DatabaseNotFound" in code:
            raise StoreRefused("Neo4j has no such database.", hint="Look at the end of SAMVERKAN_STORE.") from error
        if code.startswith("Neo.ClientError.Security."):
            raise StoreRefused("Neo4j lets us in no more, for now.", hint="Look at its log, and try again.") from error
        if "TransactionTimedOut" in code:
            raise StoreBusy("The read took too long.", hint="Ask for less at once, or filter first.") from error
        if "LockClientStopped" in code or "Terminated" in code:
            raise StoreBusy("Neo4j broke it off.", hint="Try again.") from error
        raise StoreError(f"Neo4j refused it: {code}.", hint="The log has its words.") from error
    except (ConfigurationError, DriverError, Neo4jError) as error:
        raise StoreError(f"Neo4j failed: {type(error).__name__}.", hint="The log has its words.") from error


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A read's text, for one call and for many. Known by itself: to compare it would take as long as to look it up."""

    alone: Query
    shared: Query


Call = tuple[Sequence[object], "asyncio.Future[Answer]"]
"""The values of a read, and who waits for it."""


@dataclass(slots=True, eq=False)
class Group:
    """Reads that wait for one statement."""

    key: object
    texts: Texts
    sizes: dict[str, object]
    calls: list[Call] = field(default_factory=list)
    left: int = 0
    """How many who asked wait no more."""
    task: asyncio.Task[None] | None = None
    """Once it is under way."""

    def leave(self) -> None:
        """One who asked has its answer, or gave up; what nobody waits for is broken off."""
        self.left += 1
        if self.task and self.left == len(self.calls):
            self.task.cancel()


class Lane:
    """Sessions that take turns.

    Args:
        connect: makes a session.
        sessions: how many statements may run at once.
        shares: whether reads that wait go out together.
        deadline: seconds for one read, waiting included.
    """

    def __init__(self, connect: Callable[[], AsyncSession], *, sessions: int, shares: bool, deadline: float) -> None:
        self.most, self.deadline = GROUP if shares else 1, deadline
        self.sessions = [connect() for _ in range(sessions)]
        self.free = list(self.sessions)
        self.running: set[Group] = set()
        self.waiting: deque[Group] = deque()
        self.open: dict[object, Group] = {}
        """Groups that have room, by text and sizes."""
        self.asked: dict[asyncio.Future[Answer], float] = {}
        """Reads that wait or are under way, and the time of the loop at which each is given up."""
        self.timer: asyncio.TimerHandle | None = None
        """At the first of these times. One for all: a timer a read costs as much as to make its answer."""
        self.away: tuple[float, Exception] | None = None
        """Until when the server is taken to be away, and what it said."""
        self.seen = -1
        """The latest revision that a read found."""
        self.closing: asyncio.Event | None = None
        """Set once no session is in use any more."""

    async def read(
        self, texts: Texts, values: Sequence[object], sizes: Sequence[object], *, since: float | None = None
    ) -> Answer:
        """The list and the revision of one read; its deadline counts from `since`, a time of the loop, or from now.

        Raises:
            StoreError: Neo4j is away, refuses, or took too long; or the lane was closed.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self.closing:
            raise _closed()
        if self.away and now < self.away[0]:
            with translated():
                raise self.away[1]
        # Waited for apart from the statement: a driver whose server is just starting was seen to outlast its caller.
        answer: asyncio.Future[Answer] = loop.create_future()
        self.asked[answer] = until = (now if since is None else since) + self.deadline
        if self.timer is None or until < self.timer.when():
            self._watch(until)
        group = self._joined((values, answer), texts, sizes)
        self._begin()
        try:
            return await answer
        except Exception:
            # Whatever it is, as our own. Only now: to enter it takes time, and nearly every read is answered.
            with translated():
                raise
        finally:
            del self.asked[answer]
            group.leave()

    def _watch(self, until: float) -> None:
        if self.timer:
            self.timer.cancel()
        self.timer = asyncio.get_running_loop().call_at(until, self._give_up)

    def _give_up(self) -> None:
        """Tell those whose time is over, and look again when that of the next one is."""
        self.timer, now = None, asyncio.get_running_loop().time()
        _tell((answer for answer, until in self.asked.items() if until <= now), TimeoutError())
        if left := [until for until in self.asked.values() if until > now]:
            self._watch(min(left))

    def _joined(self, call: Call, texts: Texts, sizes: Sequence[object]) -> Group:
        """The group of the same text and sizes, with one call more."""
        key = (texts, *sizes)
        group = self.open.get(key)
        if group is None:
            named = {f"n{number}": size for number, size in enumerate(sizes)}
            group = self.open[key] = Group(key, texts, named)
            self.waiting.append(group)
        group.calls.append(call)
        if len(group.calls) >= self.most:
            del self.open[key]
        return group

    def _begin(self) -> None:
        """Free sessions take the oldest groups, where so many reads wait that it is worth a statement."""
        while self.free and self.waiting and not self.closing:
            if self.most > 1 and _calls(self.running) > _calls(self.waiting):
                return
            session, group = self.free.pop(), self.waiting.popleft()
            if self.open.get(group.key) is group:
                del self.open[group.key]
            self.running.add(group)
            group.task = asyncio.create_task(self._together(session, group))

    def _release(self, session: AsyncSession, group: Group) -> None:
        """The session has answered the group, and takes another or rests."""
        self.running.remove(group)
        self.free.append(session)
        self._begin()
        if self.closing and len(self.free) == len(self.sessions):
            self.closing.set()

    async def _together(self, session: AsyncSession, group: Group) -> None:
        """Answer the reads of a group for as long as anybody waits: each has a deadline of its own, and may be cancelled."""
        calls = [(values, answer) for values, answer in group.calls if not answer.done()]
        try:
            if self.away and asyncio.get_running_loop().time() < self.away[0]:
                _tell((answer for _, answer in calls), self.away[1])
            else:
                await self._answer(session, group, calls)
        finally:
            self._release(session, group)

    async def _answer(self, session: AsyncSession, group: Group, calls: Sequence[Call]) -> None:
        """Run a group's statement; where a value makes it fail, each of its reads by itself, so that one does not spoil the others."""
        if len(calls) > 1:
            many = {"c": {"calls": [values for values, _ in calls]}, **group.sizes}
            try:
                rows, revision = await self._run(session, group.texts.shared, many)
            except AWAY as error:
                # Not for what was asked: one by one they would only fail one after the other.
                _tell((answer for _, answer in calls), error)
                return
            except Exception:  # noqa: BLE001, S110 - whatever it is, it comes again with the one whose value it is
                pass
            else:
                for row, (_, answer) in zip(rows, calls, strict=True):
                    if not answer.done():
                        answer.set_result((row, revision))
                return
        for values, answer in calls:
            if answer.done():
                continue
            try:
                found = await self._run(session, group.texts.alone, _named(values, group.sizes))
            except Exception as error:  # noqa: BLE001 - whatever it is, the one who waits for it is told
                _tell([answer], error)
            else:
                if not answer.done():
                    answer.set_result(found)

    async def _run(self, session: AsyncSession, text: Query, parameters: dict[str, object]) -> Answer:
        try:
            for pause in (*PAUSES, None):
                try:
                    result = await session.run(text, parameters)
                    record = await result.single()
                except (ServiceUnavailable, SessionExpired, TransientError) as error:
                    task = asyncio.current_task()
                    if pause is None or not error.is_retryable() or (task and task.cancelling()):
                        raise
                    await asyncio.sleep(pause)
                else:
                    if record is None:
                        raise OlderStore(
                            "The database holds no graph yet.", hint="Run samverkan migrate, then load data."
                        )
                    self.away, self.seen = None, max(self.seen, record[1])
                    return record[0], record[1]
        except BaseException as error:
            if isinstance(error, ServiceUnavailable | SessionExpired | DatabaseUnavailable):
                self.away = asyncio.get_running_loop().time() + REST, error
            # Whatever is under way is broken off, with its connection; the session begins anew.
            session.cancel()
            raise
        raise AssertionError("the last try returns or raises")

    async def close(self) -> None:
        """Let go of the sessions; reads that wait or are under way fail at once. A second time does nothing."""
        self.closing = self.closing or asyncio.Event()
        if self.timer:
            self.timer.cancel()
        _tell(self.asked, _closed())
        if len(self.free) < len(self.sessions):
            await self.closing.wait()
        for session in self.sessions:
            await session.close()


def _named(values: Sequence[object], sizes: dict[str, object]) -> dict[str, object]:
    return {"c": {f"p{number}": value for number, value in enumerate(values)}, **sizes}


def _calls(groups: Iterable[Group]) -> int:
    return sum(len(group.calls) for group in groups)


def _tell(answers: "Iterable[asyncio.Future[Answer]]", error: Exception) -> None:
    """Say to those who still wait what happened."""
    for answer in answers:
        if not answer.done():
            answer.set_exception(error)


def _closed() -> StoreAway:
    return StoreAway("The connection to Neo4j was closed.", hint="The server is about to end.")
