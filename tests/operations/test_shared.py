"""Golden operations as they are answered under load, on Neo4j: three that wait share a statement, whose text is another than that of one alone."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from graph_api.stores.neo4j import searching
from graph_api.stores.neo4j.lanes import GROUP, Answer, Lane, Texts
from graph_api.stores.neo4j.local import NEWEST
from graph_api.stores.neo4j.store import Neo4jStore
from tests.operations.region import Region, opened
from tests.operations.test_operations import OPERATIONS, rounded
from tests.stores import neo4j_server

pytestmark = pytest.mark.neo4j

read = Lane.read


@pytest.fixture(scope="module")
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """The region's data on Neo4j."""
    neo4j_server.needed(NEWEST)
    request.config.add_cleanup(neo4j_server.close)
    with opened(tmp_path_factory.mktemp("shared"), "neo4j") as region:
        yield region


async def thrice(
    lane: Lane, texts: Texts, values: Sequence[object], sizes: Sequence[object], *, since: float | None = None
) -> Answer:
    """The answer of one of three reads that began while all sessions were in use; candidates of search are read alone, and have no other text."""
    if not texts.shared.text:
        return await read(lane, texts, values, sizes, since=since)
    sessions, lane.free, lane.most = lane.free, [], GROUP
    asked = [asyncio.create_task(read(lane, texts, values, sizes)) for _ in range(3)]
    await asyncio.sleep(0)
    assert [len(group.calls) for group in lane.waiting] == [3]
    for session in sessions:
        lane._release(session)
    first, *others = await asyncio.gather(*asked)
    assert others == [first] * 2
    return first


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in OPERATIONS])
def test_an_answer_is_the_same_in_a_group(region: Region, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a compiler writes must also hold within the frame of many calls; and where what is kept is left out."""
    assert isinstance(region.store, Neo4jStore)
    question = (folder / "operation.graphql").read_text(encoding="utf-8")
    given = folder / "variables.json"
    variables = json.loads(given.read_text(encoding="utf-8")) if given.exists() else None
    sent: list[str] = []
    run = Lane._run

    async def noted(lane: Lane, session: object, text: object, parameters: dict[str, object]) -> Answer:
        sent.append(str(getattr(text, "text", "")))
        return await run(lane, session, text, parameters)  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr(Lane, "read", thrice)
    monkeypatch.setattr(Lane, "_run", noted)
    answer, statements = region.ask(question, variables)
    again, _ = region.ask(question, variables)

    assert rounded(answer) == rounded(again) == rounded(json.loads((folder / "answer.json").read_text("utf-8")))
    assert all("$c.calls" in text or text == searching.CANDIDATES for text in sent)
    assert len(sent) >= 2 * len(statements)
