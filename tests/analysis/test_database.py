"""The database as an engine: Graph Data Science in a real Neo4j beside NetworkX, the same questions by GraphQL, and nothing left behind.

One server with the library, which holds the region's data, serves all of these tests.
"""

import asyncio
import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import orjson
import pytest
import pytest_asyncio

from graph_api.analysis import reference
from graph_api.analysis.communities import communities, modularity
from graph_api.analysis.database import NAME, engines_of, measures_by
from graph_api.analysis.projection import Network, NetworkInput, project
from graph_api.analysis.registry import FASTEST, computed
from graph_api.analysis.worker import Analyst
from graph_api.app import context_of, ready, schema_of
from graph_api.config import Settings, cache_folder, load, seed_folder
from graph_api.errors import AnalysisError, BadValue, StoreBusy, TooSlow
from graph_api.exchange.loading import load as load_folder
from graph_api.model.snapshot import Computation, Floats
from graph_api.model.vocabulary import CentralityMeasure, NetworkLevel
from graph_api.resolvers.context import Context
from graph_api.schema.planned import encode
from graph_api.stores.neo4j import measures
from graph_api.stores.neo4j.local import NEWEST, Home, LocalServer
from graph_api.stores.neo4j.store import Neo4jStore
from graph_api.stores.sqlite.store import SqliteStore
from tests.analysis.region import Actor, edges, small, snapshot
from tests.analysis.test_engines import scale_free
from tests.analysis.test_measures import karate, made
from tests.stores import neo4j_server

Test = TypeVar("Test", bound=Callable[..., Awaitable[None]])

ENGINES = measures_by(lambda _: np.zeros((1, 0)))
LOWER_BY = 0.01
"""No division of the database has a modularity that is lower by more than the best that is known, or that other engines find."""


def on_server(test: Test) -> Test:
    """It needs the server, and the loop in which the store was opened."""
    marked: Test = pytest.mark.neo4j(pytest.mark.asyncio(loop_scope="module")(test))
    return marked


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def store(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Neo4jStore]:
    neo4j_server.needed(NEWEST, gds=True)
    home = Home(tmp_path_factory.mktemp("gds"))
    server = LocalServer(NEWEST, cache_folder(), home, heap="1g", brief=True, gds=True)
    await asyncio.to_thread(server.start)
    store = Neo4jStore(home.uri, user="", password="", deadline=60)
    try:
        await store.ready()
        await load_folder(store, seed_folder(), "test")
        yield store
    finally:
        await store.close()
        await asyncio.to_thread(server.stop)


def asking(store: Neo4jStore) -> Callable[[Computation], Floats]:
    """How a computation in a thread asks the store, whose loop is this one."""
    loop = asyncio.get_running_loop()
    return lambda asked: asyncio.run_coroutine_threadsafe(store.compute(asked, 60), loop).result()


async def projections(store: Neo4jStore) -> list[str]:
    """Names of what the library holds."""
    assert store._driver
    found = await store._driver.execute_query("CALL gds.graph.list() YIELD graphName RETURN collect(graphName)")
    return list(found.records[0][0])


async def within_seconds(what: Callable[[], Awaitable[bool]]) -> bool:
    for _ in range(200):
        if await what():
            return True
        await asyncio.sleep(0.05)
    return False


def random_network(seed: int, *, weighted: bool) -> Network:
    """Some actors, parts and isolates, with strengths of which some have no exact length."""
    dice = random.Random(seed)
    size = dice.randrange(10, 40)
    ties = {
        (a, b): dice.choice((0.5, 0.7, 1.0, 2.0, 3.0))
        for a in range(size)
        for b in range(a)
        if dice.random() < dice.choice((0.03, 0.1))
    }
    return made(size, {(b, a): strength for (a, b), strength in ties.items()}, weighted=weighted)


SHAPES = {
    "random": lambda: random_network(1, weighted=False),
    "random and weighted": lambda: random_network(2, weighted=True),
    "parts and isolates": lambda: random_network(5, weighted=True),
    "hubs": lambda: scale_free(320, 2, 4, weighted=False, also=2),
    "hubs and weighted": lambda: scale_free(320, 2, 4, also=2),
    "without ties": lambda: project(edges([], also=["a", "b", "c"]), NetworkInput()),
    "one actor": lambda: project(snapshot([Actor("a")]), NetworkInput()),
    "nobody": lambda: project(snapshot([]), NetworkInput()),
    "municipalities": lambda: project(small(), NetworkInput(level=NetworkLevel.MUNICIPALITY)),
}


# ------------------------------------------------------------------------------------------------ beside NetworkX
@on_server
@pytest.mark.parametrize("shape", SHAPES)
async def test_the_database_equals_networkx(store: Neo4jStore, shape: str) -> None:
    """A region that moves to the database must not find its actors in another order."""
    network = SHAPES[shape]()
    served = [(measure, engine) for measure, engine in measures_by(asking(store)).items() if engine.serves(network)]

    for measure, engine in served if network.size else ():
        found = (await asyncio.to_thread(engine.compute, network)).column
        twin = reference.scores(network, measure)
        np.testing.assert_allclose(found, twin, rtol=engine.tolerance, atol=engine.tolerance, err_msg=measure.value)
    assert (CentralityMeasure.CLOSENESS in dict(served)) == (not network.weighted)


@on_server
@pytest.mark.parametrize(("weighted", "resolution"), [(True, 1.0), (True, 0.5), (False, 2.0)])
async def test_communities_are_as_good_as_networkxs(store: Neo4jStore, weighted: bool, resolution: float) -> None:
    """By our own modularity, at the resolution that was asked for: a library may mean something else by it."""
    engines = engines_of("gds", asking(store))
    network = scale_free(320, 2, 4, weighted=weighted, also=2)
    found = await asyncio.to_thread(communities, network, resolution, engines)
    again = await asyncio.to_thread(communities, network, resolution, engines)
    (twin,) = reference.communities(network, resolution, 1)

    assert found == again
    assert found[0].modularity >= modularity(network, twin, resolution) - LOWER_BY


@on_server
async def test_the_karate_club_is_divided_as_well_as_can_be(store: Neo4jStore) -> None:
    """Brandes et al. 2008, IEEE TKDE 20:172: no division of Zachary's club has a modularity above 0.4198."""
    club = project(karate(), NetworkInput(weighted=False))
    found = await asyncio.to_thread(communities, club, 1.0, engines_of("gds", asking(store)))

    assert 0.4198 - LOWER_BY <= found[0].modularity < 0.41985
    assert [community.index for community in found] == [1, 2, 3, 4]


# ------------------------------------------------------------------------------------------------ by GraphQL
QUESTIONS = """query($network: NetworkInput) { analysis(network: $network) {
  pagerank: centrality(measure: PAGERANK, first: 800) { ...ranked }
  betweenness: centrality(measure: BETWEENNESS, first: 800) { ...ranked }
  closeness: centrality(measure: CLOSENESS, first: 800) { ...ranked }
  degree: centrality(measure: DEGREE, first: 800) { ...ranked }
  communities { index size modularity }
  resilience(first: 5) { actors { id } efficiencyLoss }
  rankStability(measure: PAGERANK, draws: 10) { spearmanMean top10Overlap }
} }
fragment ranked on ActorScore { actor { id } score rank margin }"""


def settings(engine: str) -> Settings:
    return load(analysis_engine=engine, analysis_seconds_max=120)


Asked = Callable[[dict[str, Any]], Awaitable[Any]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def answers(store: Neo4jStore) -> AsyncIterator[list[Asked]]:
    """What a server answers that has the database compute, and one by default."""

    def asking(asked: Settings, context: Context) -> Asked:
        schema = schema_of(store, asked)

        async def answer(network: dict[str, Any]) -> Any:
            found = await schema.execute(QUESTIONS, {"network": network}, context)
            assert found.errors is None, found.errors
            return orjson.loads(orjson.dumps(found.data, default=encode))["analysis"]

        return answer

    both = [settings("gds"), settings("auto")]
    contexts = [context_of(store, asked) for asked in both]
    await ready(store, both[0])
    yield [asking(asked, context) for asked, context in zip(both, contexts, strict=True)]
    for context in contexts:
        await context.close()


@on_server
@pytest.mark.parametrize(
    "network",
    [
        {},
        {"weighted": False, "where": {"helix": {"in": ["INDUSTRY", "ACADEMIA"]}}, "asOf": "2020"},
        {"level": "MUNICIPALITY", "ties": ["COLLABORATION", "MEMBERSHIP"], "backbone": 0.5},
    ],
    ids=["default", "some actors on a date", "backbone of municipalities"],
)
async def test_the_regions_data_have_the_same_answers(
    store: Neo4jStore, answers: list[Asked], network: dict[str, Any]
) -> None:
    """Whatever makes the network: it is projected by one piece of code, and only then sent."""
    found, expected = [await answer(network) for answer in answers]

    for measure, tolerance in (("pagerank", 1e-6), ("betweenness", 1e-9), ("closeness", 1e-9), ("degree", 0)):
        scores = [{row["actor"]["id"]: row["score"] for row in each[measure]} for each in (found, expected)]
        assert scores[0].keys() == scores[1].keys()
        assert scores[0] == pytest.approx(scores[1], rel=tolerance, abs=tolerance)
        assert [row["rank"] for row in found[measure]] == [row["rank"] for row in expected[measure]]
    assert [row["actor"] for row in found["pagerank"]] == [row["actor"] for row in expected["pagerank"]]
    assert found["communities"][0]["modularity"] >= expected["communities"][0]["modularity"] - LOWER_BY
    assert found["rankStability"] == expected["rankStability"]
    assert [loss["actors"] for loss in found["resilience"]] == [loss["actors"] for loss in expected["resilience"]]
    assert await projections(store) == []


# ------------------------------------------------------------------------------------------------ nothing is left
def long() -> Computation:
    """What the database needs minutes for."""
    size = 20_000
    ends = np.sort(np.random.default_rng(1).integers(0, size, (2, 6 * size), np.int32), axis=0)
    pairs = np.unique(ends[:, ends[0] < ends[1]], axis=1)
    return Computation(CentralityMeasure.BETWEENNESS, size, pairs[0], pairs[1], None)


async def busy(store: Neo4jStore) -> bool:
    """Whether a statement of ours is at work there."""
    assert store._driver
    text = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.projection IS NOT NULL RETURN count(*)"
    return bool((await store._driver.execute_query(text)).records[0][0])


@on_server
async def test_nothing_is_left_of_what_is_cancelled(store: Neo4jStore) -> None:
    """A projection is memory of the database, and its computation a core of it."""
    task = asyncio.create_task(store.compute(long(), 60))

    async def begun() -> bool:
        return bool(await projections(store))

    async def gone() -> bool:
        return not await projections(store) and not await busy(store)

    assert await within_seconds(begun)
    assert await busy(store)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert task.cancelled()
    assert await within_seconds(gone)


@on_server
async def test_nothing_is_left_of_what_is_cancelled_while_it_is_projected(store: Neo4jStore) -> None:
    """The library names a projection when it is made: to drop it before would drop nothing."""
    size = 60_000
    ends = np.arange(size, dtype=np.int32)
    task = asyncio.create_task(
        store.compute(Computation(CentralityMeasure.PAGERANK, size + 1, ends, ends + 1, None), 60)
    )
    while not await busy(store):
        assert not task.done()
    assert await projections(store) == []
    task.cancel()
    await asyncio.wait([task])

    async def gone() -> bool:
        return not store._tasks and not await busy(store)

    assert task.cancelled()
    assert await within_seconds(gone)
    assert await projections(store) == []


@on_server
async def test_nothing_is_left_of_what_fails(store: Neo4jStore) -> None:
    """What the library says in Java is in Neo4j's log; the asker reads what failed."""
    nobody = np.zeros(0, np.int32)
    with pytest.raises(AnalysisError, match="Graph Data Science failed"):
        # Of ties that are none, for which we do not ask, it finds no communities.
        await store.compute(Computation(None, 3, nobody, nobody, None), 60)

    async def gone() -> bool:
        return not await projections(store)

    assert await within_seconds(gone)


@on_server
async def test_what_takes_too_long_is_ended_in_the_database_too(store: Neo4jStore) -> None:
    """And the worker that asked for it is not lost to the next question."""
    asked = [long()]
    analyst = Analyst(
        engine="gds",
        compute=lambda computation, seconds: store.compute(asked.pop() if asked else computation, seconds),
        time_limit=5,
    )
    measure: dict[str, Any] = {"measure": CentralityMeasure.BETWEENNESS}
    with pytest.raises(TooSlow):
        await analyst.run(small(), "centrality", **measure)

    async def gone() -> bool:
        return not await projections(store) and not await busy(store)

    assert asked == []
    assert await within_seconds(gone)
    # On a busy machine a new worker is slow to begin.
    analyst._time_limit = 60
    assert await analyst.run(small(), "centrality", **measure, first=1)
    await analyst.close()


@on_server
async def test_what_a_process_left_that_died_is_dropped_at_a_start(store: Neo4jStore) -> None:
    """Nobody else's: not what others project there, and not what a process beside this one works on."""
    assert store._driver
    old, own = f"samverkan-{1_700_000_000}-0", measures.new_name()
    for name in (old, own, "others"):
        await store._driver.execute_query("UNWIND [0] AS i RETURN gds.graph.project($name, i, null)", name=name)
    await ready(store, settings("gds"))
    left = set(await projections(store))
    for name in left:
        await store._driver.execute_query("CALL gds.graph.drop($name)", name=name)

    assert left == {own, "others"}


# ------------------------------------------------------------------------------------------------ what it needs
@on_server
async def test_a_neo4j_without_the_library_ends_the_start(request: pytest.FixtureRequest) -> None:
    """Whoever asks for the database must not be answered by something else unawares."""
    neo4j_server.needed(NEWEST)
    request.config.add_cleanup(neo4j_server.close)
    async with neo4j_server.lent() as graph:
        plain = Neo4jStore(graph.uri, user=graph.user, password=graph.password, deadline=60)
        await plain.ready()
        with pytest.raises(BadValue) as caught:
            await ready(plain, settings("gds"))
        await plain.close()

    assert re.fullmatch(
        r"SAMVERKAN_ANALYSIS_ENGINE: Neo4j lacks Graph Data Science\. Install .* or choose auto\. \[BAD_VALUE\]",
        str(caught.value),
    )


async def test_a_store_that_is_no_neo4j_ends_the_start(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "samverkan.db", deadline=10)
    await store.ready()
    await ready(store, settings("auto"))
    with pytest.raises(BadValue, match="the store is embedded"):
        await ready(store, settings("gds"))
    await store.close()


# ------------------------------------------------------------------------------------------------ without a server
def test_networks_that_the_database_does_not_serve_go_where_they_went() -> None:
    """Weighted closeness it counts in ties; of large networks its betweenness would be too low, and say nothing of it."""
    asked: list[CentralityMeasure | None] = []

    def ask(computation: Computation) -> Floats:
        asked.append(computation.measure)
        return np.ones((computation.runs, computation.size))

    engines = engines_of("gds", ask)
    for weighted in (True, False):
        network = scale_free(60, 2, 1, weighted=weighted)
        for measure in CentralityMeasure:
            found = computed(network, measure, engines).column
            if measure not in asked:
                np.testing.assert_array_equal(found, computed(network, measure, FASTEST).column)
    large = scale_free(4_000, 7, 1, weighted=False)

    assert asked == [
        CentralityMeasure.BETWEENNESS,
        CentralityMeasure.PAGERANK,
        CentralityMeasure.BETWEENNESS,
        CentralityMeasure.CLOSENESS,
        CentralityMeasure.PAGERANK,
    ]
    assert ENGINES[CentralityMeasure.CLOSENESS].serves(large)
    assert not ENGINES[CentralityMeasure.BETWEENNESS].serves(large)


async def test_a_database_that_fails_is_told_to_the_asker_and_the_worker_goes_on() -> None:
    """It may be away for a minute; nobody starts the server anew for that."""
    said: list[object] = [StoreBusy("Neo4j is not there."), RuntimeError("a slip")]

    async def compute(asked: Computation, seconds: float) -> Floats:
        if said:
            raise said.pop(0)  # type: ignore[misc]
        return np.full((asked.runs, asked.size), 0.5)

    analyst = Analyst(engine="gds", compute=compute)
    measure: dict[str, Any] = {"measure": CentralityMeasure.PAGERANK}
    with pytest.raises(StoreBusy, match="not there"):
        await analyst.run(small(), "centrality", **measure)
    with pytest.raises(AnalysisError, match="could not compute"):
        await analyst.run(small(), "centrality", **measure)
    found: Any = await analyst.run(small(), "centrality", **measure, first=1)
    pids = analyst.pids
    await analyst.close()

    assert found[0].score == 0.5
    assert len(pids) == 1


def test_the_method_and_the_page_on_size_name_it() -> None:
    """An analyst reads what computed a figure, and how far it may be from NetworkX."""
    docs = Path(__file__).parents[2] / "docs"
    rows = [row for row in (docs / "method.md").read_text("utf-8").splitlines() if f"| {NAME} |" in row]

    assert [measure.value for measure, _ in ENGINES.items() if not any(measure.value in row for row in rows)] == []
