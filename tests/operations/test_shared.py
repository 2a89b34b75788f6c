"""Golden operations as they are answered under load, on Neo4j: three that wait share a statement, whose text is another than that of one alone."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from graphql.execution.values import VariableValues, get_variable_values
from neo4j import Query

from graph_api.schema.planned import ROWS_ON_THE_LOOP, PlannedSchema
from graph_api.schema.query import ANSWERS
from graph_api.stores.neo4j.lanes import GROUP, Answer, Lane, Texts
from graph_api.stores.neo4j.store import Neo4jStore, Ready
from tests.operations.region import Region, opened
from tests.operations.test_operations import OPERATIONS, rounded, variables
from tests.stores.backends import make_ready

pytestmark = pytest.mark.neo4j

read = Lane.read


@pytest.fixture(scope="module", params=["neo4j", "neo4j-5.26"])
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """The region's data on Neo4j."""
    make_ready(request.param, request.config)
    with opened(tmp_path_factory.mktemp("shared"), request.param) as region:
        yield region


async def thrice(
    lane: Lane, texts: Texts, values: Sequence[object], sizes: Sequence[object], *, since: float | None = None
) -> Answer:
    """The answer of one of three reads that began while all sessions were in use."""
    sessions, lane.free, lane.most = lane.free, [], GROUP
    asked = [asyncio.create_task(read(lane, texts, values, sizes)) for _ in range(3)]
    await asyncio.sleep(0)
    assert [len(group.calls) for group in lane.waiting] == [3]
    lane.free = sessions
    lane._begin()
    first, *others = await asyncio.gather(*asked)
    assert others == [first] * 2
    return first


def shared() -> list[Path]:
    """The operations of which a read goes with the cheap ones, which alone share: the first time, or when what is kept is left out."""
    schema = PlannedSchema(Neo4jStore("bolt://127.0.0.1:1", user="", password=""), ANSWERS)
    found = []
    for folder in OPERATIONS:
        document = schema.documents.get((folder / "operation.graphql").read_text(encoding="utf-8"))
        for operation in document.operations.values():
            values = get_variable_values(schema._schema, operation.node.variable_definitions or (), variables(folder))
            if isinstance(values, VariableValues):
                prepared = schema.documents.prepare(document, operation, values)
                rows, _ = prepared.cost.measured(values.coerced, schema.allowance.limits.page_max)
                if isinstance(ready := prepared.statement, Ready) and rows <= ROWS_ON_THE_LOOP and not prepared.scores:
                    lean = ready.statement.kept and ready.statement.lean_is_cheap
                    found += [folder] if prepared.cost.light or lean else []
    return found


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in shared()])
def test_an_answer_is_the_same_in_a_group(region: Region, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a compiler writes must also hold for many calls; and where what is kept is left out."""
    assert isinstance(region.store, Neo4jStore)
    cheap, question = region.store._cheap, (folder / "operation.graphql").read_text(encoding="utf-8")
    one_at_a_time, sent = asyncio.Lock(), list[str]()
    run = Lane._run

    async def one_of_three(lane: Lane, *read_: Any, since: float | None = None) -> Answer:
        if lane is not cheap:
            return await read(lane, *read_, since=since)
        async with one_at_a_time:
            return await thrice(lane, *read_, since=since)

    async def noted(lane: Lane, session: Any, text: Query, parameters: dict[str, object]) -> Answer:
        if lane is cheap:
            sent.append(str(text.text))
        return await run(lane, session, text, parameters)

    monkeypatch.setattr(Lane, "read", one_of_three)
    monkeypatch.setattr(Lane, "_run", noted)
    answer, _ = region.ask(question, variables(folder))
    again, _ = region.ask(question, variables(folder))

    assert rounded(answer) == rounded(again) == rounded(json.loads((folder / "answer.json").read_text("utf-8")))
    assert any(text != region.store._revision.shared.text for text in sent)
    assert all("$c.calls" in text for text in sent)
