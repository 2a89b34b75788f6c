"""The worker: what happens when it is slow, killed, asked twice, given up, or closed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import pytest
import pytest_asyncio

from graph_api.analysis import registry
from graph_api.analysis.projection import Network, NetworkInput, Supposed
from graph_api.analysis.questions import Answers, Kept
from graph_api.analysis.registry import NETWORKX, Engines, Scores
from graph_api.analysis.worker import Analyst, content_hash
from graph_api.errors import AnalysisError, NotFound, OutOfMemory, TooLittleData, TooSlow
from graph_api.model.results import NetworkSummary
from graph_api.model.snapshot import Snapshot
from graph_api.model.vocabulary import CentralityMeasure, ParticipationRole
from tests.analysis.region import Actor, Initiative, edges, path, small, snapshot

HEAVY: dict[str, Any] = {"measure": CentralityMeasure.BETWEENNESS, "draws": 1000}
"""What takes a minute at least, whatever the engine: the stability of a ranking."""


@pytest.fixture(scope="module")
def large() -> Snapshot:
    """A network to ask `HEAVY` of."""
    return edges((str(a), str(b)) for a, b in nx.barabasi_albert_graph(2000, 4, seed=1).edges)


@pytest_asyncio.fixture
async def analyst() -> AsyncIterator[Analyst]:
    analyst = Analyst()
    yield analyst
    await analyst.close()


def alive(pid: int) -> bool:
    """Whether a process is there and not a corpse."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def long_job(analyst: Analyst, graph: Snapshot) -> tuple["asyncio.Task[object]", int]:
    """A computation that is well on its way, and the process that computes it."""
    await analyst.run(small(), "summary")
    task = asyncio.create_task(analyst.run(graph, "rank_stability", **HEAVY))
    await asyncio.sleep(0.5)
    (pid,) = analyst.pids
    assert not task.done()
    return task, pid


async def test_an_answer_is_that_of_a_direct_computation(analyst: Analyst) -> None:
    graph = small()

    for question, parameters in {
        "summary": {},
        "centrality": {"measure": CentralityMeasure.PAGERANK, "first": 3},
        "coverage": {},
        "municipality_gaps": {"confidence": 0.8},
        "municipality_gap": {"municipality": "actor:adal"},
        "compare": {"with_": NetworkInput(as_of="2018")},
        "timeline": {"first": 2018, "last": 2019},
        "communities": {},
        "rank_stability": {"measure": CentralityMeasure.DEGREE, "draws": 3},
        "resilience": {"without": ("actor:uni",)},
    }.items():
        assert await analyst.run(graph, question, **parameters) == Answers(graph).of(question, **parameters)  # type: ignore[arg-type]


async def test_a_killed_worker_is_an_error_for_its_question_and_the_next_gets_a_new_one(
    analyst: Analyst, large: Snapshot
) -> None:
    """The kernel kills the largest process when memory runs out; the server lives on."""
    task, pid = await long_job(analyst, large)
    os.kill(pid, signal.SIGKILL)

    with pytest.raises(AnalysisError, match="ended in the middle"):
        await task
    assert isinstance(await analyst.run(large, "summary"), NetworkSummary)
    assert analyst.pids
    assert pid not in analyst.pids


async def test_what_takes_too_long_is_killed_and_said_so(large: Snapshot) -> None:
    """One heavy question must not keep all others waiting."""
    analyst = Analyst(time_limit=2)
    await analyst.run(small(), "summary")
    (pid,) = analyst.pids
    began = time.monotonic()

    with pytest.raises(TooSlow, match="2 seconds"):
        await analyst.run(large, "rank_stability", **HEAVY)
    assert time.monotonic() - began < 20
    assert not alive(pid)
    assert isinstance(await analyst.run(small(), "summary"), NetworkSummary)
    await analyst.close()


async def test_a_network_to_compare_with_is_known_again(analyst: Analyst) -> None:
    """It is part of the question by what it asks for, not by which object it is."""
    graph = small()
    first = await analyst.run(graph, "compare", with_=NetworkInput(as_of="2018"))

    assert await analyst.run(graph, "compare", with_=NetworkInput(as_of="2018")) is first
    assert await analyst.run(graph, "compare", with_=NetworkInput(as_of="2019")) is not first
    assert await analyst.run(graph, "compare", with_=NetworkInput(as_of="2018"), graph=path("a", "b")) is not first


async def test_a_supposed_graph_is_a_question_of_its_own(analyst: Analyst) -> None:
    graph, supposed = small(), NetworkInput(supposed=Supposed((("actor:cdal", "actor:out", 1.0),)))
    real, other = await analyst.run(graph, "summary"), await analyst.run(graph, "summary", network=supposed)

    assert isinstance(real, NetworkSummary)
    assert isinstance(other, NetworkSummary)
    assert other.tie_count == real.tie_count + 1
    assert await analyst.run(graph, "summary") is real


async def test_too_little_to_learn_from_is_said_by_the_worker(analyst: Analyst) -> None:
    with pytest.raises(TooLittleData, match="at least 30"):
        await analyst.run(small(), "suggestions")


async def test_a_question_asked_twice_at_once_is_computed_once() -> None:
    """A page that many open at the same time costs one computation."""
    analyst, graph = Analyst(cache_bytes=0), small()
    one, other = await asyncio.gather(analyst.run(graph, "summary"), analyst.run(graph, "summary"))

    # Nothing is kept here, so that two computations would have come back as two records.
    assert one is other
    assert await analyst.run(graph, "summary") is not one
    await analyst.close()


async def test_an_answer_is_kept_for_the_same_content_and_no_other(analyst: Analyst) -> None:
    """An edit to a description, a new revision, leaves the figures warm."""
    graph = small()
    first = await analyst.run(graph, "summary")

    assert await analyst.run(replace(small(), revision=2), "summary") is first
    assert await analyst.run(edges([("a", "b")]), "summary") != first
    assert content_hash(graph) != content_hash(replace(graph, source_count=99))


async def test_who_gives_up_takes_the_computation_with_him(analyst: Analyst, large: Snapshot) -> None:
    """A closed browser tab does not heat the machine."""
    task, pid = await long_job(analyst, large)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    await analyst.run(small(), "summary", None)  # answered from what is kept; the loop has had its turn
    for _ in range(50):
        await asyncio.sleep(0.05)
        if not alive(pid):
            break
    assert not alive(pid)


async def test_one_of_two_who_gives_up_leaves_the_other_his_answer(analyst: Analyst) -> None:
    graph = edges((str(a), str(b)) for a, b in nx.barabasi_albert_graph(300, 4, seed=1).edges)
    network, measure = NetworkInput(weighted=False), CentralityMeasure.BETWEENNESS
    one, other = (asyncio.create_task(analyst.run(graph, "centrality", network, measure=measure)) for _ in range(2))
    await asyncio.sleep(0.05)
    one.cancel()

    assert await other == Answers(graph).of("centrality", network, measure=measure)


async def test_two_workers_compute_two_questions_at_once(large: Snapshot) -> None:
    """Somebody's heavy question need not hold up all others, where the machine has cores for it."""
    analyst = Analyst(workers=2)
    heavy, pid = await long_job(analyst, large)

    assert isinstance(await analyst.run(large, "summary"), NetworkSummary)
    assert not heavy.done()
    assert len(analyst.pids) == 2
    await analyst.close()
    assert not alive(pid)
    with pytest.raises(AnalysisError):
        await heavy


async def test_what_needs_too_much_memory_is_given_up_and_said_so() -> None:
    """A region of one enormous initiative must not drag the machine down with it."""
    analyst = Analyst(memory_limit=1_500_000_000)
    await analyst.run(small(), "summary")
    (pid,) = analyst.pids
    everybody = [Actor(f"{i:05}") for i in range(20_000)]
    crowd = snapshot(
        everybody, initiatives=[Initiative("all", [(a.slug, ParticipationRole.PARTNER) for a in everybody])]
    )

    with pytest.raises(OutOfMemory, match="1,500,000,000 bytes"):
        await analyst.run(crowd, "summary")
    assert not alive(pid)
    assert isinstance(await analyst.run(small(), "summary", NetworkInput(weighted=False)), NetworkSummary)
    await analyst.close()


async def test_how_far_a_long_computation_has_come_is_told() -> None:
    """Who waits for the command sees that it is alive."""
    told: list[tuple[str, int, int]] = []
    analyst = Analyst(progress=lambda *step: told.append(step))
    graph = edges((str(a), str(b)) for a, b in nx.barabasi_albert_graph(300, 4, seed=1).edges)
    answer = await analyst.run(graph, "rank_stability", measure=CentralityMeasure.BETWEENNESS, draws=20)

    assert answer is not None
    assert told
    assert {(question, of) for question, _, of in told} == {("rank_stability", 20)}
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    await analyst.close()


def test_scores_are_kept_for_the_same_network_in_another_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new name leaves who is tied to whom as it was; its score must still be told under the new name. Engines differ in the last digits."""
    counted: list[int] = []
    computed = registry.computed

    def remembered(network: Network, measure: CentralityMeasure, engines: Engines) -> Scores:
        counted.append(network.size)
        return computed(network, measure, engines)

    monkeypatch.setattr(registry, "computed", remembered)
    kept = Kept(1_000_000)
    first = Answers(edges([("a", "b"), ("b", "c")]), kept).of("centrality", measure=CentralityMeasure.KATZ)
    other = Answers(edges([("x", "y"), ("y", "z")]), kept).of("centrality", measure=CentralityMeasure.KATZ)
    Answers(edges([("a", "b"), ("a", "c")]), kept).of("centrality", measure=CentralityMeasure.KATZ)
    by_another = Answers(edges([("a", "b"), ("b", "c")]), kept, engines=NETWORKX)
    by_another.of("centrality", measure=CentralityMeasure.KATZ)

    assert len(counted) == 3
    assert [s.score for s in first] == [s.score for s in other]  # type: ignore[attr-defined]
    assert [s.actor for s in other] == ["actor:y", "actor:x", "actor:z"]  # type: ignore[attr-defined]


async def test_a_full_queue_refuses(large: Snapshot) -> None:
    """Better a clear no than an answer after everybody has left."""
    analyst = Analyst(queue_limit=1)
    task, _ = await long_job(analyst, large)

    with pytest.raises(AnalysisError, match="waiting already"):
        await analyst.run(large, "summary")
    await analyst.close()
    with pytest.raises(AnalysisError, match="closing"):
        await task


async def test_an_error_of_the_question_reaches_the_asker_whole(analyst: Analyst) -> None:
    with pytest.raises(NotFound, match="actor:nowhere") as caught:
        await analyst.run(small(), "municipality_gap", municipality="actor:nowhere")

    assert caught.value.place == "municipality"
    assert analyst.pids


async def test_nothing_is_left_after_closing(large: Snapshot) -> None:
    analyst = Analyst()
    task, pid = await long_job(analyst, large)
    await analyst.close()

    assert not alive(pid)
    assert analyst.pids == []
    with pytest.raises(AnalysisError):
        await task
    with pytest.raises(AnalysisError, match="closed"):
        await analyst.run(large, "summary")
    await analyst.close()


SCRIPT = """
import asyncio, os, signal, sys
from graph_api.analysis.worker import Analyst
assert not {"scipy", "networkx"} & set(sys.modules), "the server must stay small"
from tests.analysis.region import edges
from graph_api.model.vocabulary import CentralityMeasure

async def main():
    analyst = Analyst()
    graph = edges((str(i), str(j)) for i in range(150) for j in range(i))
    await analyst.run(graph, "summary")
    assert not {"scipy", "networkx"} & set(sys.modules), "nor by asking"
    if sys.argv[1] == "killed":
        big = edges((str(i), str((i * k + 1) % 2000)) for i in range(2000) for k in (2, 3, 5) if i != (i * k + 1) % 2000)
        asyncio.create_task(analyst.run(big, "rank_stability", measure=CentralityMeasure.BETWEENNESS, draws=1000))
        await asyncio.sleep(0.5)
        os.kill(os.getpid(), signal.SIGKILL)
    await analyst.close()

asyncio.run(main())
"""


@pytest.mark.parametrize("end", ["closed", "killed"])
def test_a_server_that_ends_leaves_no_process_behind(end: str) -> None:
    """Closed or killed: after it no process of its session lives on. Nor does a server import what only the worker needs."""
    server = subprocess.Popen([sys.executable, "-c", SCRIPT, end], start_new_session=True)
    code, left = server.wait(timeout=60), list[Path]()
    for _ in range(100):
        left = [path for path in Path("/proc").glob("[0-9]*/stat") if session(path) == server.pid]
        if not left:
            break
        time.sleep(0.05)

    assert code == (0 if end == "closed" else -signal.SIGKILL)
    assert left == []


def test_a_program_without_a_guard_is_not_run_again_by_its_worker(tmp_path: Path) -> None:
    """A script of three lines that asks a question must not start itself over and over."""
    script = tmp_path / "ask.py"
    script.write_text(SCRIPT.replace('sys.argv[1] == "killed"', "False") + '\nprint("once")\n', "utf-8")
    root = str(Path(__file__).parents[2])
    asked = subprocess.run(
        [sys.executable, script],
        cwd=root,
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        timeout=60,
        check=True,
    )

    assert asked.stderr == b""
    assert asked.stdout == b"once\n"


def session(path: Path) -> int | None:
    """The session of a living process."""
    try:
        state, *fields = path.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if state == "Z" else int(fields[2])
