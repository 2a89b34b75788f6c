"""Questions in, answers out, computed in one process beside the server.

Takes a snapshot, a question's name and its parameters and awaits the answer, so that no computation holds up the event loop. One worker computes
one question at a time; others wait in a bounded queue; the same question asked twice is computed once; answers are kept by the content of the
snapshot, so that they outlive a revision that changed nothing they rest on. What cannot be waited for is killed, and the next question gets a new
worker. Knows no measure: the worker finds it in `questions`. The server's process never imports SciPy or NetworkX.
"""

import asyncio
import logging
import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from hashlib import blake2b
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from types import ModuleType

import numpy as np

from graph_api.analysis.cache import Cache
from graph_api.analysis.projection import NetworkInput
from graph_api.errors import AnalysisBusy, AnalysisError, SamverkanError, TooSlow
from graph_api.model.snapshot import Snapshot

log = logging.getLogger(__name__)

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""So that results repeat, and the other core is left to serving."""


@dataclass(eq=False, slots=True)
class _Job:
    """A question that is being answered or waits for its turn."""

    snapshot: Snapshot
    content: bytes
    question: str
    network: NetworkInput
    parameters: dict[str, object]
    stop: threading.Event
    waiting: int = 0
    task: "asyncio.Task[object] | None" = None


class Analyst:
    """Answers questions about snapshots in a process of its own, which starts with the first question."""

    def __init__(self, *, time_limit: float = 30.0, queue_limit: int = 32, cache_bytes: int = 64_000_000) -> None:
        """An analyst without a process yet.

        Args:
            time_limit: seconds that one computation may take, its time in the queue not counted.
            queue_limit: questions that may wait or be computed at once; another is refused.
            cache_bytes: size of the answers that are kept.
        """
        self._time_limit = time_limit
        self._queue_limit = queue_limit
        self._answers: Cache[object] = Cache(cache_bytes)
        self._jobs: dict[Hashable, _Job] = {}
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, "analyst")
        self._process: ForkServerProcess | None = None
        self._connection: Connection | None = None
        self._sent = b""
        self._hashed: tuple[Snapshot, bytes] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The worker's process, None before the first question, after `close`, and after a worker was killed."""
        return self._process.pid if self._process else None

    async def run(
        self, snapshot: Snapshot, question: str, network: NetworkInput | None = None, **parameters: object
    ) -> object:
        """The answer to one of the questions of `questions.Answers`.

        A caller that is cancelled takes the computation with it, unless another waits for the same.

        Raises:
            TooSlow: it took longer than the time limit.
            AnalysisError: the worker ended in the middle of it, too many questions wait, or the analyst was closed.
            InputError: what the question itself raises.
        """
        network = network or NetworkInput()
        content = self._content(snapshot)
        key = (content, question, network.key, _key(parameters))
        kept = self._answers.get(key)
        if kept is not None:
            return kept
        job = self._jobs.get(key)
        if job is None:
            job = self._begin(key, _Job(snapshot, content, question, network, parameters, threading.Event()))
        assert job.task
        job.waiting += 1
        try:
            return await asyncio.shield(job.task)
        except asyncio.CancelledError:
            asker = asyncio.current_task()
            if job.task.cancelled() and asker and not asker.cancelling():
                raise AnalysisError("The analysis was ended: the server is closing.") from None
            raise
        finally:
            job.waiting -= 1
            if not job.waiting and not job.task.done():
                self._forget(key, job)
                job.task.cancel()

    async def close(self) -> None:
        """End what runs and waits, and the worker. Asking again is an error; closing again is not."""
        self._closed = True
        tasks = [job.task for job in self._jobs.values() if job.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(self._discard)
        self._thread.shutdown()

    def _begin(self, key: Hashable, job: _Job) -> _Job:
        if self._closed:
            raise AnalysisError("The analyst is closed.")
        if len(self._jobs) >= self._queue_limit:
            raise AnalysisBusy(f"{len(self._jobs)} analyses are waiting already.", hint="Ask again in a moment.")
        job.task = asyncio.create_task(self._answer(key, job))
        job.task.add_done_callback(lambda _: self._forget(key, job))
        self._jobs[key] = job
        return job

    def _forget(self, key: Hashable, job: _Job) -> None:
        if self._jobs.get(key) is job:
            del self._jobs[key]

    async def _answer(self, key: Hashable, job: _Job) -> object:
        async with self._turn:
            call = asyncio.get_running_loop().run_in_executor(self._thread, self._exchange, job)
            try:
                async with asyncio.timeout(self._time_limit):
                    raw = await asyncio.shield(call)
            except TimeoutError:
                await self._stop(job, call)
                raise TooSlow(
                    f"{job.question} took longer than {self._time_limit:g} seconds.",
                    hint="Ask about a smaller network.",
                ) from None
            except asyncio.CancelledError:
                await self._stop(job, call)
                raise
        # Bytes of our own worker, over a pipe that nobody else holds.
        answer = pickle.loads(raw)  # noqa: S301
        if isinstance(answer, SamverkanError):
            raise answer
        self._answers.put(key, answer, len(raw))
        return answer

    async def _stop(self, job: _Job, call: "asyncio.Future[bytes]") -> None:
        """Kill the worker and wait until the thread that listens to it has noticed."""
        job.stop.set()
        if self._process:
            self._process.kill()
        await asyncio.wait([call])
        # Asked for, so that nobody complains of an error that was never looked at.
        call.exception()

    def _exchange(self, job: _Job) -> bytes:
        """In the thread: send a question, wait for the answer's bytes."""
        try:
            connection = self._connected()
            # A stop that came before there was a process to kill is seen here; one that comes later kills it.
            if job.stop.is_set():
                raise EOFError
            if self._sent != job.content:
                connection.send(job.snapshot)
                self._sent = job.content
            connection.send((job.question, job.network, job.parameters))
            return connection.recv_bytes()
        except (EOFError, OSError) as error:
            self._discard()
            raise AnalysisError(f"The process that computed {job.question} ended in the middle of it.") from error

    def _connected(self) -> Connection:
        """The connection to a living worker; starts one where there is none."""
        if self._connection and self._process and self._process.is_alive():
            return self._connection
        self._discard()
        with _without_main():
            context = _context()
            ours, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs,), name="samverkan-analysis", daemon=True)
            process.start()
        theirs.close()
        self._process, self._connection = process, ours
        return ours

    def _discard(self) -> None:
        """End the worker, if there is one, and wait until it is gone."""
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection:
            self._connection.close()
        self._process, self._connection, self._sent = None, None, b""

    def _content(self, snapshot: Snapshot) -> bytes:
        """The hash of a snapshot's content; that of the last one is remembered."""
        if self._hashed is None or self._hashed[0] is not snapshot:
            self._hashed = snapshot, content_hash(snapshot)
        return self._hashed[1]


def content_hash(snapshot: Snapshot) -> bytes:
    """Equal for snapshots of equal content, whatever their revision."""
    digest = blake2b(digest_size=20)

    def add(value: object) -> None:
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype.str}{value.shape}".encode())
            digest.update(np.ascontiguousarray(value).data)
        elif isinstance(value, tuple):
            digest.update(f"{len(value)}\0".encode() + "\0".join(map(str, value)).encode())
        elif is_dataclass(value):
            for field in fields(value):
                if field.name != "revision":
                    add(getattr(value, field.name))
        else:
            digest.update(f"{value}\0".encode())

    add(snapshot)
    return digest.digest()


def serve(connection: Connection) -> None:
    """The worker's life: snapshots and questions come in, an answer or an error goes out for each question."""
    # Ctrl-C in a terminal reaches all its processes; the server alone decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_server, daemon=True).start()
    from graph_api.analysis.questions import Answers

    answers: Answers | None = None
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        if isinstance(message, Snapshot):
            answers = Answers(message)
            continue
        question, network, parameters = message
        try:
            assert answers
            answer: object = answers.of(question, network, **parameters)
        except SamverkanError as error:
            answer = error
        except Exception:
            # Whatever it is, the asker must hear of it: a worker that ended instead would look like one that was killed.
            log.exception("%s failed", question)
            answer = AnalysisError(f"{question} could not be computed.")
        connection.send_bytes(pickle.dumps(answer))


def _leave_with_the_server() -> None:
    """A killed server cannot end its worker, which may be in the middle of something long."""
    server = multiprocessing.parent_process()
    if server:
        server.join()
        os._exit(1)


def _context() -> multiprocessing.context.ForkServerContext:
    """Processes forked off a small one that has imported what they need: a new worker takes some 10 ms."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["graph_api.analysis.questions"])
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        forkserver.ensure_running()
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value
    return context


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program's main module while a process starts.

    multiprocessing would run it again in the worker, under another name, for the sake of what is defined there: the whole command or
    server once more, and an unguarded script without end. The worker needs nothing of it.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _key(value: object) -> Hashable:
    """A value of a question's parameters as part of a key."""
    if isinstance(value, dict):
        return tuple((name, _key(value[name])) for name in sorted(value))
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    assert isinstance(value, Hashable)
    return value
