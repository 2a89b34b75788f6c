"""Fields that ask the store directly: what it holds, and search."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_api import __version__
from graph_api.model.catalogue import CATALOGUE, snake
from graph_api.model.search import SearchHit, SearchResult
from graph_api.model.vocabulary import NodeKind
from graph_api.plan.nodes import plain
from graph_api.resolvers.context import Context
from graph_api.resolvers.search import search


async def graph(context: Context, _: object, __: Mapping[str, Any]) -> object:
    """Query.graph"""
    info = await context.store.info()
    counts = {f"{snake(name)}_count": info.counts[name] for name in CATALOGUE}
    known = {"revision": info.revision, "changed_at": info.changed_at, "store": info.store, "version": __version__}
    return _Record(**counts, **known)


class _Record:
    def __init__(self, **members: object) -> None:
        self.__dict__.update(members)


@dataclass(frozen=True, slots=True)
class Edge:
    """A hit as an edge; the node is its id."""

    cursor: str
    node: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits as a connection."""

    result: SearchResult

    @property
    def edges(self) -> list[Edge]:
        return [_edge(hit) for hit in self.result.hits]

    @property
    def nodes(self) -> list[str]:
        return [hit.id for hit in self.result.hits]

    @property
    def page_info(self) -> SearchResult:
        return self.result

    @property
    def total_count(self) -> int:
        return self.result.total_count

    @property
    def corrected_query(self) -> str | None:
        return self.result.corrected_query


def _edge(hit: SearchHit) -> Edge:
    return Edge(hit.cursor, hit.id, hit.score)


async def search_page(context: Context, _: object, given: Mapping[str, Any]) -> Found:
    """Query.search"""
    types, first = given.get("types"), given.get("first")
    kinds = None if types is None else [NodeKind(plain(kind)) for kind in types]
    return Found(await search(context.store, given["query"], kinds, 20 if first is None else first, given.get("after")))
