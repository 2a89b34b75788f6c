"""GraphML, read back by NetworkX and by igraph."""

from pathlib import Path
from typing import Any

import igraph  # type: ignore[import-untyped]
import networkx as nx  # type: ignore[import-untyped]
import pytest
from lxml import etree  # type: ignore[import-untyped]

from graph_api.exchange.formats import graphml
from graph_api.exchange.registry import FORMATS, stream
from graph_api.exchange.validation import read
from graph_api.model.changes import Batch, Row
from tests.exchange import region
from tests.exchange.region import Held

SEED = Path(__file__).parents[2] / "seed"
ENDS = ("from", "to", "id")


async def written(batch: Batch) -> bytes:
    return b"".join([chunk async for chunk in stream(Held(batch), FORMATS[".graphml"], 1)])


def facts(row: Row) -> dict[str, object]:
    """What is known of a row, as GraphML can say it."""
    known = {name: value for name, value in row.items() if name not in ENDS and value not in (None, [])}
    return {name: ";".join(sorted(value)) if isinstance(value, list) else value for name, value in known.items()}


def expected(batch: Batch) -> tuple[dict[object, Any], dict[object, Any]]:
    """Facts of actors by id, and ends and facts of ties by id."""
    nodes = {row["id"]: facts(row) for row in batch.things["Actor"]}
    edges: dict[object, Any] = {}
    for name in ("Collaboration", "Affiliation"):
        for row in batch.things[name]:
            edges[row["id"]] = (
                row["from"],
                row["to"],
                facts(row) | {"directed": name == "Affiliation", "tie": row["id"]},
            )
    return nodes, edges


@pytest.fixture(scope="module")
def seed() -> Batch:
    return read(SEED)


async def test_networkx_reads_back_the_same_graph(seed: Batch, tmp_path: Path) -> None:
    """The library that most analysts have: every actor, tie and fact, with its type and its Swedish letters."""
    (tmp_path / "graph.graphml").write_bytes(await written(seed))
    graph = nx.read_graphml(tmp_path / "graph.graphml")
    nodes = dict(graph.nodes(data=True))
    edges = {key: (near, far, data) for near, far, key, data in graph.edges(keys=True, data=True)}

    assert (nodes, edges) == expected(seed)


async def test_igraph_reads_back_the_same_graph(seed: Batch, tmp_path: Path) -> None:
    """igraph says "" and NaN for what has no element, and False for an unknown boolean; all else is the same."""
    (tmp_path / "graph.graphml").write_bytes(await written(seed))
    graph = igraph.Graph.Read_GraphML(str(tmp_path / "graph.graphml"))
    nodes, edges = expected(seed)

    def same(read_back: dict[str, Any], told: dict[str, Any]) -> bool:
        known = {
            name: value
            for name, value in read_back.items()
            if name != "id" and value not in ("", False) and value == value
        }
        return known == {name: value for name, value in told.items() if value is not False}

    assert len(graph.vs) == len(nodes)
    assert len(graph.es) == len(edges)
    assert all(same(vertex.attributes(), nodes[vertex["id"]]) for vertex in graph.vs)
    for edge in graph.es:
        near, far, told = edges[edge["tie"]]
        assert (graph.vs[edge.source]["id"], graph.vs[edge.target]["id"]) == (near, far)
        assert same(edge.attributes(), told)


async def test_marks_of_xml_and_quotes_are_read_back_as_they_are(tmp_path: Path) -> None:
    """Names hold ampersands, addresses do too."""
    (tmp_path / "graph.graphml").write_bytes(await written(read(region.folder(tmp_path))))
    lab = nx.read_graphml(tmp_path / "graph.graphml").nodes["actor:lab"]

    assert (lab["name"], lab["website"]) == ('Lab "Å & Ö" <1>', "https://lab.example?a=1&b=2")


async def test_two_ties_of_the_same_actors_are_two_edges(tmp_path: Path) -> None:
    """A pair may have a project of 2018 and another of 2021."""
    more = region.FILES["collaborations.csv"] + ",ale,lab,PROJECT,1,2021,,,,page\n"
    (tmp_path / "graph.graphml").write_bytes(await written(read(region.folder(tmp_path, collaborations=more))))
    graph = nx.read_graphml(tmp_path / "graph.graphml")

    assert {data["since"] for data in graph.get_edge_data("actor:ale", "actor:lab").values()} == {"2018", "2021"}


async def test_a_character_that_xml_cannot_hold_is_replaced(tmp_path: Path) -> None:
    """Written as it is, it makes the whole file unreadable."""
    batch = read(region.folder(tmp_path))
    actors = [{**row, "description": "a\u000bb\ufffe\ud800c"} for row in batch.things["Actor"]]
    document = etree.fromstring(await written(Batch({**batch.things, "Actor": actors})))
    texts = document.xpath("//*[@key='node_description']/text()")

    assert texts == ["a\ufffdb\ufffd\ufffdc"] * 3


async def test_the_same_revision_is_the_same_bytes(seed: Batch) -> None:
    """Caches and checksums rely on it."""
    assert await written(seed) == await written(seed)


async def test_keys_have_the_types_of_the_catalogue(tmp_path: Path) -> None:
    """A year that is read as text cannot be sorted or filtered in Gephi."""
    document = etree.fromstring(await written(read(region.folder(tmp_path))))
    types = {key.get("id"): key.get("attr.type") for key in document.iter("{*}key")}
    some = (
        "node_foundedIn",
        "node_longitude",
        "node_regionWide",
        "node_code",
        "edge_strength",
        "edge_since",
        "graph_revision",
    )

    assert [types[name] for name in some] == ["int", "double", "boolean", "string", "double", "string", "int"]
    assert len(types) == len(list(document.iter("{*}key")))


async def test_the_file_says_its_revision_and_licence(tmp_path: Path) -> None:
    """A file that travels alone must still say where it is from and what one may do with it."""
    (tmp_path / "graph.graphml").write_bytes(await written(read(region.folder(tmp_path))))
    said = nx.read_graphml(tmp_path / "graph.graphml").graph

    assert said["revision"] == 1
    assert "CC BY 4.0" in said["licence"]
    assert "GeoNames" in said["credit"]
    assert "revision 1" in said["citation"]


async def test_an_empty_graph_is_a_whole_document(tmp_path: Path) -> None:
    """A new store can be exported too."""
    (tmp_path / "graph.graphml").write_bytes(await written(Batch()))

    assert len(nx.read_graphml(tmp_path / "graph.graphml")) == 0


async def test_the_graph_is_not_held_in_memory(seed: Batch) -> None:
    """The first bytes leave after a fraction of the rows were read, whatever the size of the graph."""
    store = Held(seed)
    chunks = graphml.stream({name: store.rows(name) for name in graphml.ENTITIES}, {})
    await anext(chunks)
    await chunks.aclose()

    assert 0 < store.reads < len(seed.things["Actor"])
