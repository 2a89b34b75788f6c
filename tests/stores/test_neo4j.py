"""What only a graph of Neo4j can get wrong: its schema and how it is led there, what is kept twice, types of properties, Lucene's syntax."""

import asyncio
import re
from collections.abc import AsyncIterator

import neo4j
import pytest
import pytest_asyncio

from graph_api.errors import BadValue, NewerStore, NotAStore, StoreError
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch
from graph_api.model.search import Term
from graph_api.stores.neo4j import schema, searching, snapshots, writing
from graph_api.stores.neo4j.local import NEWEST
from graph_api.stores.neo4j.properties import properties
from tests.region import REGION, actor, collaboration
from tests.stores import neo4j_server
from tests.stores.backends import Backend, on_server
from tests.stores.neo4j_server import Graph
from tests.stores.test_writes import contents

pytestmark = pytest.mark.neo4j
asynchronous = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module", autouse=True)
def machine(request: pytest.FixtureRequest) -> None:
    neo4j_server.needed(NEWEST)
    request.config.add_cleanup(neo4j_server.close)


@pytest_asyncio.fixture(loop_scope="session")
async def graph() -> AsyncIterator[Graph]:
    """An empty database without a schema, past any store."""
    async with neo4j_server.lent(NEWEST) as graph:
        ask(graph, "MATCH (n) DETACH DELETE n")
        for (name,) in ask(graph, "SHOW CONSTRAINTS YIELD name"):
            ask(graph, f"DROP CONSTRAINT {name}")
        for (name,) in ask(graph, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"):
            ask(graph, f"DROP INDEX {name}")
        yield graph
        ask(graph, "MATCH (n) DETACH DELETE n")


@pytest_asyncio.fixture(loop_scope="session")
async def session(graph: Graph) -> AsyncIterator[neo4j.AsyncSession]:
    """A session on it."""
    auth = (graph.user, graph.password) if graph.user else None
    made = neo4j.AsyncGraphDatabase.driver(graph.uri, auth=auth, notifications_min_severity="OFF")
    async with made as driver, driver.session(database=graph.database) as session:
        yield session


@pytest_asyncio.fixture(loop_scope="session")
async def region(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Backend, Graph]]:
    """The small region, written by the store, and the database that holds it."""
    async with on_server(NEWEST)(tmp_path_factory.mktemp("region")) as backend:
        await backend.store.write(REGION, None, "test")
        (lent,) = (graph for graph in neo4j_server.SERVERS[NEWEST].made if graph.driver is backend.raw.driver)  # type: ignore[attr-defined]  # of RawNeo4j
        yield backend, lent


def ask(graph: Graph, text: str, **values: object) -> list[list[object]]:
    return [record.values() for record in graph.driver.execute_query(text, values, database_=graph.database).records]


# ------------------------------------------------------------------------------------------------ migrations
def test_migrations_lead_to_the_schema_of_the_catalogue() -> None:
    """A field that is added to the catalogue without a migration would lack its index in every database that is there already."""
    made: dict[str, str] = {}
    for step in schema.migrations():
        for statement in step.statements:
            if created := re.match(r"CREATE .*?(?:CONSTRAINT|INDEX) (\w+) IF NOT EXISTS", statement):
                made[created[1]] = statement
            elif dropped := re.match(r"DROP (?:CONSTRAINT|INDEX) (\w+) IF EXISTS", statement):
                del made[dropped[1]]

    assert sorted(made.values()) == sorted(schema.ddl())


def test_steps_are_numbered_without_a_gap() -> None:
    """The number of the last one says which schema a database has."""
    assert [step.number for step in schema.migrations()] == list(range(1, len(schema.migrations()) + 1))


@asynchronous
async def test_an_empty_database_gets_the_whole_schema_once(graph: Graph, session: neo4j.AsyncSession) -> None:
    """Every index serves when the first question comes."""
    steps = await schema.migrate(session)

    assert steps == schema.migrations()
    assert await schema.migrate(session) == await schema.pending(session) == []
    there = {str(name): state for name, state in ask(graph, "SHOW INDEXES YIELD name, state RETURN name, state")}
    for statement in schema.ddl():
        found = re.search(r"(?:CONSTRAINT|INDEX) (\w+)", statement)
        assert found is not None
        assert there[found[1]] == "ONLINE"
    assert ask(graph, "MATCH (g:Graph) RETURN g.revision, g.schema") == [[0, len(steps)]]
    assert ask(graph, "MATCH (m:Migration) RETURN m.number, m.name") == [[step.number, step.name] for step in steps]


@asynchronous
async def test_two_that_migrate_at_once_do_it_once(graph: Graph, session: neo4j.AsyncSession) -> None:
    """Server processes start together."""
    auth = (graph.user, graph.password) if graph.user else None
    made = neo4j.AsyncGraphDatabase.driver(graph.uri, auth=auth, notifications_min_severity="OFF")
    async with made as driver, driver.session(database=graph.database) as other:
        await asyncio.gather(schema.migrate(session), schema.migrate(other))

    assert ask(graph, "MATCH (g:Graph) RETURN count(g)") == [[1]]
    assert ask(graph, "MATCH (m:Migration) RETURN count(m)") == [[len(schema.migrations())]]


@asynchronous
@pytest.mark.parametrize(
    ("made", "error"),
    [
        ("CREATE (:Person {name: 'Keanu Reeves'})", NotAStore),
        ("CREATE (:Graph {name: 'of another'})", NotAStore),
        ("CREATE (:Graph {id: 'graph', revision: 7, schema: 999})", NewerStore),
    ],
)
async def test_what_is_not_ours_is_left_alone(
    graph: Graph, session: neo4j.AsyncSession, made: str, error: type[StoreError]
) -> None:
    """A wrong address must not put our things among others'; an old program must not write by an old schema."""
    ask(graph, made)
    before = ask(graph, "MATCH (n) RETURN labels(n), properties(n)")

    with pytest.raises(error):
        await schema.migrate(session)
    assert ask(graph, "MATCH (n) RETURN labels(n), properties(n)") == before


def test_statements_are_cut_at_semicolons_that_end_a_line() -> None:
    """A remark is none, and a text may hold a semicolon."""
    assert schema.statements("// x;\n\nCREATE (:A {b: 'c; d'});\nMATCH (n)\nRETURN n;\n") == (
        "CREATE (:A {b: 'c; d'})",
        "MATCH (n)\nRETURN n",
    )


# ------------------------------------------------------------------------------------------------ what is kept
@asynchronous
async def test_numbers_are_kept_in_the_type_of_their_field(region: tuple[Backend, Graph]) -> None:
    """JSON knows one kind of number, Neo4j two: 1 and 1.0 would make two texts, and two cursors."""
    backend, graph = region
    whole = actor("hel", "Hel", "BUSINESS", "INDUSTRY", foundedIn=1900.0, longitude=11, latitude=57)
    tie = collaboration("gu", "volvo", "OTHER", 2)

    await backend.store.write(Batch({"Actor": [whole], "Collaboration": [tie]}), None, "test")

    types = "valueType(a.founded_in), valueType(a.founded_in_key), valueType(a.longitude), valueType(a.latitude)"
    assert ask(graph, f"MATCH (a:Actor {{id: 'actor:hel'}}) RETURN {types}") == [
        ["INTEGER NOT NULL", "INTEGER NOT NULL", "FLOAT NOT NULL", "FLOAT NOT NULL"]
    ]
    strengths = ask(graph, "MATCH ()-[t:COLLABORATION]->() RETURN DISTINCT valueType(t.strength)")
    shares = ask(graph, "MATCH ()-[t:AFFILIATION]->() RETURN DISTINCT valueType(t.share_key)")
    assert strengths == shares == [["FLOAT NOT NULL"]]


@asynchronous
async def test_every_key_of_an_order_is_there(region: tuple[Backend, Graph]) -> None:
    """An index gives only what has all its properties."""
    _, graph = region
    for entity in CATALOGUE.values():
        keys = [f"n.{part.name} IS NULL" for part in properties(entity) if part.name.endswith("_key")]
        if keys:
            what = f"()-[n:{entity.table.upper()}]->()" if entity.ends else f"(n:{entity.name})"
            assert ask(graph, f"MATCH {what} WHERE {' OR '.join(keys)} RETURN n.id") == []


@asynchronous
async def test_a_tie_with_other_ends_is_led_there(region: tuple[Backend, Graph]) -> None:
    """A relationship cannot be moved, only made anew: under its id, with its facts."""
    backend, graph = region
    row = {**collaboration("gu", "lindholmen", "EDUCATION", until="2010"), "to": "actor:volvo"}

    await backend.store.write(Batch({"Collaboration": [row]}), None, "test")

    found = "MATCH (a)-[t:COLLABORATION {id: $id}]->(b) RETURN a.id, b.id, t.until"
    assert ask(graph, found, id=row["id"]) == [["actor:gu", "actor:volvo", "2010"]]
    assert await backend.store.check() == []


@asynchronous
async def test_a_name_too_long_to_be_sorted_by_is_refused(region: tuple[Backend, Graph]) -> None:
    """Neo4j's indexes take some 8,000 bytes; a text that none holds may be a thousand times longer."""
    backend, _ = region
    before = contents(backend.raw)
    with pytest.raises(BadValue):
        await backend.store.write(Batch({"Actor": [actor("x", "å" * 100_000, "OTHER", "HYBRID")]}), None, "test")
    assert contents(backend.raw) == before

    text = "å" * 1_000_000
    await backend.store.write(Batch({"Actor": [actor("x", "X", "OTHER", "HYBRID", description=text)]}), None, "test")

    assert [row["description"] async for row in backend.store.rows("Actor") if row["id"] == "actor:x"] == [text]


@asynchronous
async def test_rows_sent_in_several_steps_come_to_the_same(
    region: tuple[Backend, Graph], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large writes go in chunks that are made in a thread; their borders must not show, nor those of what a snapshot reads."""
    backend, _ = region
    for module, name, value in ((writing, "ROWS_AT_ONCE", 2), (writing, "FEW", 0), (snapshots, "ROWS_AT_ONCE", 2)):
        monkeypatch.setattr(module, name, value)
    async with on_server(NEWEST)(tmp_path_factory.mktemp("steps")) as other:
        await other.store.write(REGION, None, "test")

        assert contents(other.raw) == contents(backend.raw)
        assert await other.store.vocabulary() == await backend.store.vocabulary()
        assert (await other.store.snapshot()).actors.ids == (await backend.store.snapshot()).actors.ids
        assert await other.store.check() == []


# ------------------------------------------------------------------------------------------------ check
@asynchronous
@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("MATCH (a:Actor {slug: 'gu'}) REMOVE a.kind", "Actor lacks a fact: actor:gu"),
        ("MATCH (a:Actor {slug: 'gu'}) SET a.kind = 'BAKERY'", "Actor has a kind that is none: actor:gu"),
        ("MATCH (a:Actor {slug: 'gu'}) SET a.municipality = 'actor:ale'", "names another municipality .*: actor:gu"),
        ("MATCH (:Actor {slug: 'gu'})-[x:ACTOR_MUNICIPALITY]->() DELETE x", "names another municipality .*: actor:gu"),
        ("MATCH (a:Actor {slug: 'gu'}) SET a.collaborator_count = 9", "another collaboratorCount .*: actor:gu"),
        ("MATCH (:Actor {slug: 'gu'})<-[x:SPEAKS_OF]-() DELETE x", "SPEAKS_OF .*: actor:gu"),
        ("MATCH ()-[t:COLLABORATION {kind: 'EDUCATION'}]->() SET t.ends = 'x'", "other ends .*: collaboration:gu"),
        (
            "MATCH ()-[t:COLLABORATION {kind: 'EDUCATION'}]->() SET t.initiative = 'x'",
            "names a Initiative .*: collaboration:gu",
        ),
        (
            "MATCH ()-[t:COLLABORATION {kind: 'EDUCATION'}]->() SET t.sources = ['x']",
            "lists a Source .*: collaboration:gu",
        ),
        (
            "MATCH (:Actor {slug: 'volvo'})-[x:ACTOR_COMPETENCE]->() SET x.source = 'x'",
            "actor_competence .*: actor:volvo",
        ),
        ("MATCH (w:Word {text: 'chalmers'}) SET w.n = 9", "A word is counted otherwise .*: chalmers"),
        ("CREATE (:Word {text: 'zzz', n: 1})", "The vocabulary holds words"),
    ],
)
async def test_check_tells_what_differs(region: tuple[Backend, Graph], damage: str, told: str) -> None:
    """What is kept twice can disagree once another tool has written."""
    backend, graph = region
    assert await backend.store.check() == []

    ask(graph, damage)

    found = await backend.store.check()
    assert any(re.search(told, line) for line in found), found


# ------------------------------------------------------------------------------------------------ search
def test_a_word_is_never_an_operator_of_lucene() -> None:
    """What is quoted or escaped is data."""
    assert searching.query([[Term('a" OR "b'), Term("c\\")]]) == '+("a\\" OR \\"b" "c\\\\")'
    assert searching.query([[Term("a* OR (b", beginning=True)]]) == "+(a\\*\\ OR\\ \\(b*)"


@asynchronous
async def test_any_text_can_be_searched_for(region: tuple[Backend, Graph]) -> None:
    """An error of the query parser would be ours."""
    backend, _ = region
    for text in (
        '"',
        "\\",
        "*",
        "?",
        "~",
        "a AND",
        "[a TO",
        "{",
        "a:b",
        "/",
        "+-!^",
        "&&",
        "||",
        "😀",
        "\u2028",
        "a\nb",
    ):
        for beginning in (False, True):
            assert list(await backend.store.candidates([[Term(text, beginning)]], None)) == [], text
