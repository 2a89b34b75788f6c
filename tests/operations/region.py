"""The real region, read through the schema, with every read of the store written down."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import orjson

from graph_api.analysis.worker import Analyst
from graph_api.exchange.loading import load
from graph_api.model.changes import Batch
from graph_api.plan.cache import Prepared
from graph_api.plan.nodes import Select, Values
from graph_api.resolvers.changes import Feed
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema import mutation, query
from graph_api.schema.planned import PlannedSchema, encode
from graph_api.stores.base import Compiled, Store
from graph_api.stores.neo4j import compile as cypher
from graph_api.stores.past import Past
from graph_api.stores.sqlite import compile as sql
from tests.stores.backends import BACKENDS

SEED = Path(__file__).parents[2] / "seed"

Selects = tuple[Select, ...]
SPELLED: Mapping[str, tuple[Callable[[Any], str], Callable[[Selects], str]]] = {
    "sqlite": (lambda compiled: str(compiled.sql), lambda selects: sql.compiled_references(selects).sql),
    "neo4j": (lambda compiled: str(compiled.statement.text), lambda selects: cypher.compiled_references(selects).text),
}
"""By store: the text of what it compiled, and of what it reads references by."""


def watched(store: Store) -> list[tuple[str, str]]:
    """A list in which the store from now on writes every statement that reads for an answer: what it reads, and its text."""
    statements: list[tuple[str, str]] = []
    read, references = store.read, store.references
    spelled, spelled_references = SPELLED[store.name]

    async def watched_read(statement: Compiled, values: Values, *, heavy: bool) -> tuple[list[bytes], int]:
        statements.append(("read", spelled(statement)))
        return await read(statement, values, heavy=heavy)

    async def watched_references(
        wanted: Sequence[tuple[Select, Sequence[str]]], values: Values
    ) -> list[list[bytes | None]]:
        statements.append(("references", spelled_references(tuple(select for select, _ in wanted))))
        return await references(wanted, values)

    store.read, store.references = watched_read, watched_references  # type: ignore[method-assign]
    return statements


class Region:
    """Asks the region, one operation at a time."""

    def __init__(self, runner: asyncio.Runner, store: Store) -> None:
        self.runner, self.store = runner, store
        self.statements = watched(store)
        self.schema = PlannedSchema(store, {**query.ANSWERS, **mutation.ANSWERS})
        self.context = Context(store, Snapshots(store, Past(store)), Analyst(), Feed(store))

    def ask(self, text: str, variables: dict[str, Any] | None = None) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """The answer as a client would have it, and the statements that it took."""
        self.statements.clear()
        result = self.runner.run(self.schema.execute(text, variables, self.context))
        answer = {"data": result.data} | ({"errors": [e.formatted for e in result.errors]} if result.errors else {})
        return orjson.loads(orjson.dumps(answer, default=encode)), list(self.statements)

    def prepared(self, text: str) -> Prepared:
        """What is kept of an operation that was asked once."""
        (operation,) = self.schema.documents.get(text).operations.values()
        (prepared,) = operation.plans.values()
        return prepared


@contextmanager
def opened(folder: Path, name: str = "sqlite", batch: Batch | None = None) -> Iterator[Region]:
    """The region, or a batch instead, in a store of this name; an embedded one has its file in the folder."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        backend = runner.run(stack.enter_async_context(BACKENDS[name](folder)))
        try:
            if batch is None:
                runner.run(load(backend.store, SEED, by="seed"))
            else:
                runner.run(backend.store.write(batch, None, "seed"))
            region = Region(runner, backend.store)
            yield region
            runner.run(region.context.close())
        finally:
            runner.run(stack.aclose())
