"""Actor.centrality and the order by it, through the whole schema, while others write."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from graph_api.model.changes import Batch
from graph_api.resolvers import networks
from tests.region import REGION, actor, collaboration
from tests.schema.test_contract import Asked
from tests.stores.backends import Backend

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGE = """query($orderBy: [ActorOrder!], $first: Int, $last: Int, $after: String, $before: String) {
    actors(orderBy: $orderBy, first: $first, last: $last, after: $after, before: $before) {
        nodes { id centrality(measure: PAGERANK) } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
}"""
THERE = sorted(str(row["id"]) for row in REGION.things["Actor"])


@pytest_asyncio.fixture(loop_scope="session")
async def api(backend: Backend) -> AsyncIterator[Asked]:
    """The small region, which may be written to."""
    await backend.store.write(REGION, None, "test")
    asked = Asked(backend)
    yield asked
    await asked.context.analyst.close()


async def write(api: Asked, number: int) -> None:
    """A new actor with a tie to one that is central: every PageRank changes."""
    ties = [collaboration("gu", f"ny{number}", "PROJECT"), collaboration("chalmers", f"ny{number}", "PROJECT")]
    new = actor(f"ny{number}", f"Ny {number}", "BUSINESS", "INDUSTRY")
    await api.backend.store.write(Batch({"Actor": [new], "Collaboration": ties}, {}), None, "test")


@pytest.mark.parametrize(("direction", "backward"), [("DESC", False), ("ASC", True)])
async def test_pages_by_a_score_meet_each_actor_once_while_others_write(
    api: Asked, direction: str, backward: bool
) -> None:
    """One tie changes every PageRank: a cursor that held the score alone would meet its own actor again."""
    order = [{"centrality": {"measure": "PAGERANK", "direction": direction}}]
    met: list[str] = []
    bounds: dict[str, Any] = {}
    for number in range(len(THERE)):
        page = (await api.data(PAGE, orderBy=order, **{"last" if backward else "first": 4}, **bounds))["actors"]
        met += [node["id"] for node in page["nodes"]]
        info = page["pageInfo"]
        if not info["hasPreviousPage" if backward else "hasNextPage"]:
            break
        bounds = {"before": info["startCursor"]} if backward else {"after": info["endCursor"]}
        await write(api, number)

    assert sorted(id_ for id_ in met if ":ny" not in id_) == THERE
    assert len(set(met)) == len(met)


async def test_a_cursor_is_bound_to_its_measure_and_network(api: Asked) -> None:
    """Another's scores say nothing of where it lies."""
    text = """query($network: NetworkInput, $after: String) {
        actors(first: 2, after: $after, orderBy: [{centrality: {measure: DEGREE, direction: DESC, network: $network}}]) {
            pageInfo { endCursor } }
    }"""
    end = (await api.data(text, network={"weighted": False}))["actors"]["pageInfo"]["endCursor"]

    await api.data(text, network={"weighted": False}, after=end)
    assert await api.code(text, network={"weighted": True}, after=end) == "BAD_CURSOR"
    assert await api.code(text.replace("DEGREE", "STRENGTH"), network={"weighted": False}, after=end) == "BAD_CURSOR"


async def test_a_score_that_is_undefined_is_null(api: Asked) -> None:
    """An actor without ties has no constraint; one outside the network has no score at all; NaN is no JSON."""
    text = """{ actor(slug: "tom") { centrality(measure: CONSTRAINT) degree: centrality(measure: DEGREE)
        outside: centrality(measure: DEGREE, network: {where: {kind: {eq: BUSINESS}}}) } }"""

    assert (await api.data(text))["actor"] == {"centrality": None, "degree": 0.0, "outside": None}


async def test_a_graph_that_changes_all_the_time_is_a_conflict(api: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Better no figure than one of another graph."""
    numbers = iter(range(100, 200))
    scores = networks.scores

    async def overtaken(*asked: Any) -> Any:
        found = await scores(*asked)
        await write(api, next(numbers))
        return found

    monkeypatch.setattr(networks, "scores", overtaken)
    assert await api.code('{ actor(slug: "gu") { centrality(measure: DEGREE) } }') == "CONFLICT"
    assert next(numbers) == 103


async def test_things_that_an_analysis_names_show_scores_too(api: Asked) -> None:
    """A resolved field's actors are read like any others."""
    text = "{ analysis { centrality(measure: DEGREE, first: 3) { score actor { centrality(measure: DEGREE) } } } }"
    found = (await api.data(text))["analysis"]["centrality"]

    assert [one["actor"]["centrality"] for one in found] == [one["score"] for one in found]
