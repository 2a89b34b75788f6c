"""Actors and their ties → GraphML (http://graphml.graphdrawing.org), as a stream of bytes.

In: a store's rows, in order of id. Out: chunks of one document, the same bytes whenever the rows and the heading are the same. Holds no more than
one row and one chunk.

Every actor is a node and every collaboration and affiliation an edge, each with all of its facts as keys that are typed by the catalogue.
Initiatives, agreements, services and competences are neither and are not in it: the CSV files have them. Ids and references are the API's ids;
lists have semicolons between, escaped as in the CSV files; what is unknown has no element.

All edges run from → to, since NetworkX refuses a document that mixes both sorts, and igraph ignores the difference; the key `directed` says of each
edge whether its direction means anything: it does for affiliations, it does not for collaborations. Two actors may have several edges. An edge's id
stands in the key `tie` too, since igraph 1.0 reads the ids of edges wrongly.

A character that XML 1.0 cannot hold is replaced by U+FFFD.
"""

import re
from collections.abc import AsyncGenerator, AsyncIterable, Iterator, Mapping

from lxml import etree  # type: ignore[import-untyped]

from graph_api.exchange.rows import FILES, Column
from graph_api.model.catalogue import CATALOGUE, Entity, Scalar
from graph_api.model.changes import Row

CHUNK = 64 * 1024
"""About as many bytes are handed out at once."""
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
ENTITIES = ("Actor", "Collaboration", "Affiliation")
"""What the document holds, in the order in which it stands there."""

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {Scalar.INT: "int", Scalar.FLOAT: "double", Scalar.BOOLEAN: "boolean"}


class _Chunk:
    """What lxml writes into, and the stream takes from."""

    def __init__(self) -> None:
        self.bytes = bytearray()

    def write(self, data: bytes) -> None:
        self.bytes += data

    def take(self) -> bytes:
        taken = bytes(self.bytes)
        self.bytes.clear()
        return taken


async def stream(
    rows: Mapping[str, AsyncIterable[Row]], heading: Mapping[str, str | int]
) -> AsyncGenerator[bytes, None]:
    """The document in chunks.

    Args:
        rows: of `ENTITIES`, each in order of id.
        heading: facts of the whole, such as revision, licence and citation.
    """
    chunk = _Chunk()
    with etree.xmlfile(chunk, encoding="utf-8") as document:
        document.write_declaration()
        with document.element("graphml", nsmap={None: NAMESPACE}):
            document.write("\n")
            for key in _keys(heading):
                document.write(key, "\n")
            with document.element("graph", {"id": "samverkan", "edgedefault": "directed"}):
                document.write("\n")
                for name, value in heading.items():
                    document.write(_data(f"graph_{name}", str(value)), "\n")
                for name in ENTITIES:
                    async for row in rows[name]:
                        document.write(_element(CATALOGUE[name], row), "\n")
                        if len(chunk.bytes) > CHUNK:
                            document.flush()
                            yield chunk.take()
    yield chunk.take()


def _keys(heading: Mapping[str, str | int]) -> Iterator[etree._Element]:
    """A key for every fact of the graph, of nodes and of edges; a fact that both kinds of ties have is one key."""
    for name, value in heading.items():
        yield _key(f"graph_{name}", "int" if isinstance(value, int) else "string", "Of the whole graph.")
    yield _key("edge_tie", "string", "The id of the tie.")
    yield _key("edge_directed", "boolean", "Whether the direction from source to target means anything.")
    said = set()
    for name in ENTITIES:
        for column in _facts(CATALOGUE[name]):
            kind = column.field.type if column.field else None
            known = f"{_domain(CATALOGUE[name])}_{column.name}"
            if known not in said:
                said.add(known)
                yield _key(known, _TYPES.get(kind, "string") if isinstance(kind, Scalar) else "string", column.doc)


def _key(identifier: str, kind: str, doc: str) -> etree._Element:
    domain, _, name = identifier.partition("_")
    key = etree.Element("key", {"id": identifier, "for": domain, "attr.name": name, "attr.type": kind})
    etree.SubElement(key, "desc").text = doc
    return key


def _domain(entity: Entity) -> str:
    return "edge" if entity.ends else "node"


def _facts(entity: Entity) -> list[Column]:
    columns = FILES[f"{entity.plural}.csv"].columns
    return [column for column in columns if column.name not in ("id", *(entity.ends or ()))]


def _element(entity: Entity, row: Row) -> etree._Element:
    if entity.ends:
        near, far = entity.ends
        element = etree.Element("edge", {"id": row["id"], "source": row[near], "target": row[far]})
        element.append(_data("edge_tie", str(row["id"])))
        element.append(_data("edge_directed", "true" if entity.directed else "false"))
    else:
        element = etree.Element("node", {"id": row["id"]})
    for column in _facts(entity):
        value = row.get(column.name)
        if value is None or value == []:
            continue
        text = column.write(value) if column.field else _references(value)
        element.append(_data(f"{_domain(entity)}_{column.name}", text))
    return element


def _references(value: object) -> str:
    return ";".join(sorted(value)) if isinstance(value, (list, tuple)) else str(value)


def _data(key: str, text: str) -> etree._Element:
    data = etree.Element("data", {"key": key})
    data.text = _UNFIT.sub("\ufffd", text)
    return data
