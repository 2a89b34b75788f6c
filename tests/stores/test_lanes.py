"""Reads that share statements, against the real server: who goes with whom, and that nobody pays for what another asked or gave up.

Of reads that begin in one turn of the event loop the first two take the lane's free sessions; the others wait, and so share.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from graph_api.errors import StoreAway, StoreBusy
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch
from graph_api.plan.nodes import ById, Leaf, Select, Var
from graph_api.stores.neo4j.lanes import GROUP, Answer, Texts
from graph_api.stores.neo4j.local import NEWEST
from graph_api.stores.neo4j.store import CHEAP_SESSIONS, HEAVY_SESSIONS, Neo4jStore
from tests.region import REGION
from tests.stores import neo4j_server
from tests.stores.neo4j_server import Graph
from tests.stores.raw_neo4j import RawNeo4j

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.neo4j]

SLOW = 200_000_000
"""So many steps take Neo4j seconds."""
NUMBERS = itertools.count()
ACTOR = CATALOGUE["Actor"]
NAME = ACTOR.field("name")


@pytest.fixture(scope="module", autouse=True)
def machine(request: pytest.FixtureRequest) -> None:
    neo4j_server.needed(NEWEST)
    request.config.add_cleanup(neo4j_server.close)


@pytest_asyncio.fixture(loop_scope="session")
async def graph() -> AsyncIterator[Graph]:
    async with neo4j_server.lent(NEWEST) as graph:
        graph.forget_statements()
        yield graph


def store_at(graph: Graph, *, sharing: bool = True) -> Neo4jStore:
    return Neo4jStore(
        graph.uri, user=graph.user, password=graph.password, database=graph.database, deadline=30, sharing=sharing
    )


@pytest_asyncio.fixture(loop_scope="session")
async def store(graph: Graph) -> AsyncIterator[Neo4jStore]:
    """The small region, behind a store whose every read runs on the server."""
    store = store_at(graph)
    await store.ready()
    RawNeo4j(graph.driver, graph.database).insert(REGION)
    yield store
    await store.close()


def texts(store: Neo4jStore, what: str) -> Texts:
    """A statement that nobody else sends; `what` speaks of `v`, a list of values."""
    mark = f"/* {next(NUMBERS)} */"
    return store._texts(
        f"WITH $c.p0 AS v RETURN [{what}] AS row, 1 {mark}",
        f"UNWIND $c.calls AS call CALL (call) {{ WITH call[0] AS v RETURN [{what}] AS row }} RETURN collect(row), 1 {mark}",
    )


def asked(graph: Graph, texts: Texts) -> tuple[int, int]:
    """How often a read's statement was run alone, and how often shared."""
    counts = graph.statements()
    return counts.get(str(texts.alone.text), 0), counts.get(str(texts.shared.text), 0)


COUNT = "COUNT { UNWIND range(1, v) AS i RETURN i }"
QUICK = "v"


async def read(store: Neo4jStore, texts: Texts, value: object, sizes: Sequence[int] = ()) -> Answer:
    return await store._cheap.read(texts, (value,), sizes)


async def all_sessions_serve(store: Neo4jStore) -> None:
    """Each lane runs as many statements at once as it was made for."""
    for lane, sessions in ((store._cheap, CHEAP_SESSIONS), (store._heavy, HEAVY_SESSIONS)):
        assert len(lane.free) == sessions
        quick = texts(store, QUICK)
        assert await asyncio.gather(*(lane.read(quick, (n,), ()) for n in range(sessions))) == [
            ([n], 1) for n in range(sessions)
        ]


# ------------------------------------------------------------------------------------------------ groups
async def test_reads_that_wait_share_a_statement_and_each_gets_its_own_answer(store: Neo4jStore, graph: Graph) -> None:
    """One statement costs the driver as much as thirty."""
    quick = texts(store, QUICK)

    numbers = range(CHEAP_SESSIONS + 2 * GROUP)

    answers = await asyncio.gather(*(read(store, quick, n) for n in numbers))

    assert answers == [([n], 1) for n in numbers]
    assert asked(graph, quick) == (CHEAP_SESSIONS, 2)


async def test_a_session_begins_beside_another_where_as_many_wait_as_are_under_way(
    store: Neo4jStore, graph: Graph
) -> None:
    """Else the two would take turns at statements of one read each, which cost as much as those of many."""
    lane, slow, quick = store._cheap, texts(store, COUNT), texts(store, QUICK)
    sessions, lane.free = lane.free, []
    running = [asyncio.create_task(read(store, slow, SLOW // 20)) for _ in range(3)]
    await asyncio.sleep(0)
    lane.free = sessions
    lane._begin()
    assert [len(group.calls) for group in lane.running] == [3]

    waiting = [asyncio.create_task(read(store, quick, n)) for n in range(2)]
    await asyncio.sleep(0.2)
    assert len(lane.free) == CHEAP_SESSIONS - 1
    answers = [await read(store, quick, 2), *await asyncio.gather(*waiting)]

    assert answers == [([n], 1) for n in (2, 0, 1)]
    assert not any(task.done() for task in running)
    assert asked(graph, quick) == (0, 1)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def test_reads_of_other_texts_or_sizes_go_by_themselves(store: Neo4jStore, graph: Graph) -> None:
    """A page size is a parameter of its own: one statement has one."""
    first, second = texts(store, "v + $n0"), texts(store, "v + $n0")
    sizes = [10, 10, 20, 20]

    answers = await asyncio.gather(
        *(read(store, each, 1, (size,)) for each in (first, second) for size in (10, *sizes))
    )

    assert [row for row, _ in answers] == [[11], [11], [11], [21], [21]] * 2
    # The first two go alone, and what is left of that size; of the second text none does.
    assert asked(graph, first) == (3, 1)
    assert asked(graph, second) == (0, 2)


async def test_real_questions_are_answered_alike_alone_and_shared(store: Neo4jStore) -> None:
    """Under load, a hundred people ask for an actor each."""
    actor = CATALOGUE["Actor"]
    shown = tuple(Leaf(name, actor.field(name)) for name in ("id", "name", "foundedIn"))
    select = Select(actor, tuple((name, shown) for name in actor.types or ()))
    root = ById("actor", Var(("id",)), (select,))
    statement = store.compile([root])
    ids = [*(row["id"] for row in REGION.things["Actor"]), "actor:none"] * 8

    alone = [await store.read(statement, {"id": id_}, heavy=False) for id_ in ids]
    shared = await asyncio.gather(*(store.read(statement, {"id": id_}, heavy=False) for id_ in ids))

    assert shared == alone


async def test_the_revision_is_asked_for_together(store: Neo4jStore, graph: Graph) -> None:
    """Every search and every export begins with it."""
    revisions = await asyncio.gather(*(store.revision() for _ in range(GROUP)))

    assert revisions == [1] * GROUP
    assert asked(graph, store._revision) == (CHEAP_SESSIONS, 1)


# ------------------------------------------------------------------------------------------------ keeping
@pytest.mark.parametrize("sharing", [True, False])
async def test_what_is_not_cheap_is_read_once_a_revision(graph: Graph, sharing: bool) -> None:
    """Most visitors open the same pages; who writes must not be shown the old ones."""
    store = store_at(graph, sharing=sharing)
    await store.ready()
    RawNeo4j(graph.driver, graph.database).insert(REGION)
    root = ById(
        "actor", Var(("id",)), (Select(ACTOR, tuple((name, (Leaf("n", NAME),)) for name in ACTOR.types or ())),)
    )
    statement = store.compile([root])
    ale = next(row for row in REGION.things["Actor"] if row["id"] == "actor:ale")

    async def found() -> tuple[list[bytes], int]:
        return await store.read(statement, {"id": "actor:ale"}, heavy=True)

    await store._settle()
    before = [await found() for _ in range(3)]
    asked_before = asked(graph, statement.whole)[0]  # type: ignore[attr-defined]  # opaque elsewhere
    await store.write(Batch(things={"Actor": [{**ale, "name": "Ale nya"}]}), None, "test")
    after = [await found() for _ in range(3)]
    await store.close()

    assert before == [([f'{{"n":"{ale["name"]}"}}'.encode()], 1)] * 3
    assert after == [([b'{"n":"Ale nya"}'], 2)] * 3
    assert asked_before == (1 if sharing else 3)
    assert asked(graph, statement.whole)[0] == (2 if sharing else 6)  # type: ignore[attr-defined]


# ------------------------------------------------------------------------------------------------ failing
@pytest.mark.parametrize(
    ("what", "bad"),
    [
        ("1 / v", 0),
        ("v + 1", {"a": 1}),
        ("v", "half \ud800"),
        ("v", 2**64),
        ("v", object()),
    ],
    ids=["at run time", "type", "no text", "too large", "no value"],
)
async def test_a_value_that_fails_spoils_no_other_read(store: Neo4jStore, graph: Graph, what: str, bad: object) -> None:
    """Strangers share a statement: nobody may see, or feel, what another asks."""
    each = texts(store, what)
    values: list[object] = [1, 1, bad, 1]

    answers = await asyncio.gather(*(read(store, each, value) for value in values), return_exceptions=True)

    good = await read(store, each, 1)
    assert [answers[0], answers[1], answers[3]] == [good] * 3
    assert isinstance(answers[2], Exception)
    assert not isinstance(answers[2], TimeoutError | StoreBusy)
    await all_sessions_serve(store)


# ------------------------------------------------------------------------------------------------ going away
async def test_a_reader_who_leaves_frees_the_session_at_once(store: Neo4jStore) -> None:
    """Browsers are closed while the answer is computed; the statement is broken off, not waited for."""
    for _ in range(3):
        task = asyncio.create_task(read(store, texts(store, COUNT), SLOW))
        await asyncio.sleep(0.2)
        task.cancel()
        began = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        await read(store, texts(store, QUICK), 1)
        assert time.monotonic() - began < 10

    await all_sessions_serve(store)


async def test_a_reader_who_leaves_a_group_takes_nobody_along(store: Neo4jStore, graph: Graph) -> None:
    """Neither one who leaves before the group goes out, nor one who leaves while it is answered."""
    slow, quick = texts(store, COUNT), texts(store, QUICK)
    first = [asyncio.create_task(read(store, slow, SLOW // 200)) for _ in range(CHEAP_SESSIONS)]
    group = [asyncio.create_task(read(store, quick, n)) for n in range(4)]
    await asyncio.sleep(0)
    group[0].cancel()
    await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
    group[1].cancel()
    answers = await asyncio.gather(*group, return_exceptions=True)

    assert [isinstance(answer, asyncio.CancelledError) for answer in answers] == [True, True, False, False]
    assert answers[2:] == [([2], 1), ([3], 1)]
    assert asked(graph, quick) == (0, 1)
    await asyncio.gather(*first)
    await all_sessions_serve(store)


async def test_a_group_that_all_have_left_is_broken_off(store: Neo4jStore) -> None:
    """Else impatient people who ask again and again would hold the lane with questions that nobody waits for."""
    slow = texts(store, COUNT)
    tasks = [asyncio.create_task(read(store, slow, size)) for size in (*[1] * CHEAP_SESSIONS, SLOW, SLOW)]
    await asyncio.gather(*tasks[:CHEAP_SESSIONS])
    await asyncio.sleep(0.2)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    began = time.monotonic()
    await read(store, texts(store, QUICK), 1)

    assert time.monotonic() - began < 10
    await all_sessions_serve(store)


async def test_each_read_has_its_own_deadline_also_in_a_group(graph: Graph) -> None:
    """Waiting counts; and whoever asks after that is answered."""
    store = store_at(graph)
    await store.ready()
    # Only now: to connect may take longer on a busy machine.
    store._cheap.deadline = 1
    slow, quick = texts(store, COUNT), texts(store, QUICK)
    began = time.monotonic()
    late = await asyncio.gather(*(read(store, slow, SLOW) for _ in range(4)), return_exceptions=True)
    took = time.monotonic() - began

    assert [type(error) for error in late] == [StoreBusy] * 4
    assert took < 10
    store._cheap.deadline = 30
    assert await read(store, quick, 1) == ([1], 1)
    await all_sessions_serve(store)
    await store.close()


async def test_closing_ends_what_waits_and_what_runs(graph: Graph) -> None:
    """A server that is told to stop does not wait for its readers' deadlines, and leaves no connection."""
    store = store_at(graph)
    await store.ready()
    slow = texts(store, COUNT)
    running = [asyncio.create_task(read(store, slow, SLOW)) for _ in range(4)]
    running += [asyncio.create_task(store._heavy.read(slow, (SLOW,), ())) for _ in range(4)]
    await asyncio.sleep(0.3)

    began = time.monotonic()
    await store.close()
    answers = await asyncio.gather(*running, return_exceptions=True)

    assert [type(answer) for answer in answers] == [StoreAway] * 8
    assert time.monotonic() - began < 10
    await store.close()
