"""Questions in, answers out, computed in processes beside the server.

Takes a snapshot, a question's name and its parameters and awaits the answer, so that no computation holds up the event loop. Workers, bounded in
number, memory and time, compute one question at a time each; others wait in a bounded queue; the same question asked twice is computed once;
answers are kept by the content of the snapshot, so that they outlive a revision that changed nothing they rest on, and in the worker scores by the
content of the network, so that they outlive an edit that leaves it as it was. What cannot be waited for is killed, and the next question gets a
new worker. Where measures are computed in the store's database, a worker asks the server's process for them, which holds the connections. Knows no
measure: the worker finds it in `questions`. The server's process never imports SciPy or NetworkX.
"""

import asyncio
import logging
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import threading
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from hashlib import blake2b
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from types import ModuleType

import numpy as np

from graph_api.analysis.cache import Cache
from graph_api.analysis.progress import Report, reporting
from graph_api.analysis.projection import NetworkInput
from graph_api.errors import AnalysisBusy, AnalysisError, OutOfMemory, SamverkanError, TooSlow
from graph_api.model.snapshot import Computation, Compute, Floats, Snapshot

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Takes a question, the steps done, and of how many."""
_PROGRESS, _ASKED = b"at ", b"compute "
"""How a message begins that is no answer: those are pickles."""
_NICE = 10
"""By how much a worker steps back behind the server: a tenth of its share of a core that both want."""
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
    """Answers questions about snapshots in processes of its own, which start when they are first needed."""

    def __init__(
        self,
        *,
        workers: int = 1,
        time_limit: float = 30.0,
        memory_limit: int = 4_000_000_000,
        queue_limit: int = 32,
        cache_bytes: int = 64_000_000,
        engine: str = "auto",
        compute: Compute | None = None,
        progress: Progress | None = None,
    ) -> None:
        """An analyst without a process yet.

        Args:
            workers: processes at most; each computes one question at a time.
            time_limit: seconds that one computation may take, its time in the queue not counted.
            memory_limit: bytes of address space that a process may have.
            queue_limit: questions that may wait or be computed at once; another is refused.
            cache_bytes: size of the answers that are kept.
            engine: what computes measures and communities, as the setting `analysis_engine` has it.
            compute: for the engine `gds`, what computes in the store's database.
            progress: is told how far a long computation has come: the question, steps done, of how many.
        """
        self._time_limit = time_limit
        self._queue_limit = queue_limit
        self._answers: Cache[object] = Cache(cache_bytes)
        self._jobs: dict[Hashable, _Job] = {}
        self._compute = compute
        self._workers = [_Worker(memory_limit, engine) for _ in range(workers)]
        self._idle = list(self._workers)
        self._turn = asyncio.Semaphore(workers)
        self._progress = progress
        self._hashed: tuple[Snapshot, bytes] | None = None
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """The workers' processes: none before the first question, and after `close`; one that was killed is missing until it is needed."""
        return [pid for worker in self._workers if (pid := worker.pid) is not None]

    async def run(
        self, snapshot: Snapshot, question: str, network: NetworkInput | None = None, **parameters: object
    ) -> object:
        """The answer to one of the questions of `questions.Answers`.

        A caller that is cancelled takes the computation with it, unless another waits for the same.

        Raises:
            TooSlow: it took longer than the time limit. OutOfMemory: it needed more than the limit.
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
        """End what runs and waits, and the workers. Asking again is an error; closing again is not."""
        if self._closed:
            return
        self._closed = True
        tasks = [job.task for job in self._jobs.values() if job.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for worker in self._workers:
            await asyncio.to_thread(worker.close)

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
            # One that has the snapshot already, if it is free.
            worker = max(self._idle, key=lambda idle: idle.sent == job.content)
            self._idle.remove(worker)
            try:
                raw = await self._computed(worker, job)
                # Bytes of our own worker, over a pipe that nobody else holds.
                answer = pickle.loads(raw)  # noqa: S301
                if isinstance(answer, OutOfMemory):
                    # What it holds on to, it would miss in the next question.
                    await asyncio.get_running_loop().run_in_executor(worker.thread, worker.discard)
            finally:
                # The last one first, so that no more processes are started than are needed.
                self._idle.insert(0, worker)
        if isinstance(answer, SamverkanError):
            raise answer
        self._answers.put(key, answer, len(raw))
        return answer

    async def _computed(self, worker: "_Worker", job: _Job) -> bytes:
        """The answer's bytes, within the time limit."""
        loop = asyncio.get_running_loop()

        def tell(done: int, of: int) -> None:
            if self._progress:
                loop.call_soon_threadsafe(self._progress, job.question, done, of)

        call = loop.run_in_executor(worker.thread, worker.exchange, job, tell)
        try:
            # Not wait_for: on Python 3.11 it loses a cancellation that meets the answer.
            async with asyncio.timeout(self._time_limit):
                raw = await asyncio.shield(call)
                while raw.startswith(_ASKED):
                    # Bytes of our own worker, as an answer's are.
                    found = await self._of_database(pickle.loads(raw[len(_ASKED) :]))  # noqa: S301
                    call = loop.run_in_executor(worker.thread, worker.exchange, job, tell, found)
                    raw = await asyncio.shield(call)
                return raw
        except (TimeoutError, asyncio.CancelledError) as error:
            # Kill the process and wait until the thread that listens to it has noticed.
            job.stop.set()
            worker.kill()
            await asyncio.wait([call])
            # Asked for, so that nobody complains of an error that was never looked at.
            call.exception()
            # While it waited for the database no thread listened to it, and for a moment the dead look alive.
            await loop.run_in_executor(worker.thread, worker.discard)
            if isinstance(error, asyncio.CancelledError):
                raise
            raise TooSlow(
                f"{job.question} took longer than {self._time_limit:g} seconds.", hint="Ask about a smaller network."
            ) from None

    async def _of_database(self, asked: Computation) -> "Floats | SamverkanError":
        """What the store's database computes, or why it did not: the worker that asked must hear of it."""
        try:
            assert self._compute, "the composition root gives it"
            return await self._compute(asked, self._time_limit)
        except SamverkanError as error:
            return error
        except Exception:
            # Whatever it is, the worker waits for an answer; the log has the trace.
            log.exception("The database was asked in vain")
            return AnalysisError("The database could not compute it.")

    def _content(self, snapshot: Snapshot) -> bytes:
        """The hash of a snapshot's content; that of the last one is remembered."""
        if self._hashed is None or self._hashed[0] is not snapshot:
            self._hashed = snapshot, content_hash(snapshot)
        return self._hashed[1]


class _Worker:
    """A process that computes, one question at a time, the thread that talks to it, and the snapshot that it was sent last."""

    def __init__(self, memory_limit: int, engine: str) -> None:
        self.thread = ThreadPoolExecutor(1, "analyst")
        self.sent = b""
        self._memory_limit, self._engine = memory_limit, engine
        self._process: ForkServerProcess | None = None
        self._connection: Connection | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def exchange(self, job: _Job, tell: Report, found: object = None) -> bytes:
        """In the thread: send a question, or what was found that the worker asked for; wait for the bytes of its answer, or of what it asks."""
        try:
            # A new process would not know what was found for the one before it.
            connection = self._connected() if found is None else self._connection
            if connection is None:
                raise EOFError
            # A stop that came before there was a process to kill is seen here; one that comes later kills it.
            if job.stop.is_set():
                raise EOFError
            if found is not None:
                connection.send(found)
            else:
                if self.sent != job.content:
                    connection.send(job.snapshot)
                    self.sent = job.content
                connection.send((job.question, job.network, job.parameters))
            while (raw := connection.recv_bytes()).startswith(_PROGRESS):
                done, of = raw[len(_PROGRESS) :].split()
                tell(int(done), int(of))
            return raw
        except (EOFError, OSError) as error:
            self.discard()
            raise AnalysisError(f"The process that computed {job.question} ended in the middle of it.") from error

    def kill(self) -> None:
        """End the process, if there is one; whoever waits for it notices."""
        process = self._process
        if process:
            # The thread may have noticed an end of its own accord, and closed it.
            with suppress(ValueError):
                process.kill()

    def discard(self) -> None:
        """In the thread: end the process, if there is one, and wait until it is gone."""
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._connection:
            self._connection.close()
        self._process, self._connection, self.sent = None, None, b""

    def close(self) -> None:
        """End the process and the thread, after what the thread does at present."""
        self.thread.submit(self.discard).result()
        self.thread.shutdown()

    def _connected(self) -> Connection:
        """The connection to a living process; starts one where there is none."""
        if self._connection and self._process and self._process.is_alive():
            return self._connection
        self.discard()
        with _without_main():
            context = _context()
            ours, theirs = context.Pipe()
            arguments = (theirs, self._memory_limit, self._engine)
            process = context.Process(target=serve, args=arguments, name="samverkan-analysis", daemon=True)
            process.start()
        theirs.close()
        self._process, self._connection = process, ours
        return ours


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


def serve(connection: Connection, memory_limit: int, engine: str) -> None:
    """The worker's life: snapshots and questions come in, an answer or an error goes out for each question, and before it how far it has come.

    What the store's database is to compute goes out, too, and what it found comes in.
    """
    # Ctrl-C in a terminal reaches all its processes; the server alone decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Where there is more to do than there are cores, what is quickly answered goes first.
    os.nice(_NICE)
    threading.Thread(target=_leave_with_the_server, daemon=True).start()
    from graph_api.analysis.database import engines_of
    from graph_api.analysis.questions import KEPT_BYTES, Answers, Kept

    resource.setrlimit(resource.RLIMIT_AS, (memory_limit, resource.getrlimit(resource.RLIMIT_AS)[1]))

    def ask(computation: Computation) -> Floats:
        connection.send_bytes(_ASKED + pickle.dumps(computation))
        found: Floats | SamverkanError = connection.recv()
        if isinstance(found, SamverkanError):
            raise found
        return found

    engines = engines_of(engine, ask)
    answers: Answers | None = None
    kept = Kept(KEPT_BYTES)
    while True:
        try:
            message = connection.recv()
        except EOFError:
            return
        if isinstance(message, Snapshot):
            answers = Answers(message, kept, engines=engines)
            continue
        question, network, parameters = message
        try:
            assert answers
            with reporting(lambda done, of: connection.send_bytes(_PROGRESS + f"{done} {of}".encode())):
                answer: object = answers.of(question, network, **parameters)
        except SamverkanError as error:
            answer = error
        except MemoryError:
            answer = OutOfMemory(
                f"{question} needs more than {memory_limit:,} bytes of memory.", hint="Ask about a smaller network."
            )
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
    if isinstance(value, NetworkInput):
        return value.key
    if isinstance(value, Snapshot):
        return content_hash(value)
    assert isinstance(value, Hashable)
    return value
