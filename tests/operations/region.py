"""The real region, read through the schema, with every read of the store written down."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from graph_api.analysis.worker import Analyst
from graph_api.exchange.loading import load
from graph_api.plan.cache import Prepared
from graph_api.plan.nodes import Given, Select, Values
from graph_api.resolvers.context import Context, Snapshots
from graph_api.schema.planned import PlannedSchema, encode
from graph_api.schema.query import ANSWERS
from graph_api.stores.base import Compiled
from graph_api.stores.sqlite.compile import compiled_references
from graph_api.stores.sqlite.statement import Statement
from graph_api.stores.sqlite.store import SqliteStore

SEED = Path(__file__).parents[2] / "seed"


class Watched(SqliteStore):
    """A store that writes down every statement that reads for an answer: what it reads, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.statements: list[tuple[str, str]] = []

    async def read(self, statement: Compiled, values: Values, *, heavy: bool) -> tuple[list[bytes], int]:
        assert isinstance(statement, Statement)
        self.statements.append(("read", statement.sql))
        return await super().read(statement, values, heavy=heavy)

    async def references(self, wanted: Sequence[tuple[Select, Sequence[str]]]) -> list[list[bytes | None]]:
        text = compiled_references([(select, Given(tuple(ids))) for select, ids in wanted]).sql
        self.statements.append(("references", text))
        return await super().references(wanted)


class Region:
    """Asks the region, one operation at a time."""

    def __init__(self, runner: asyncio.Runner, store: Watched) -> None:
        self.runner, self.store = runner, store
        self.schema = PlannedSchema(store, ANSWERS)
        self.context = Context(store, Snapshots(store), Analyst())

    def ask(self, text: str, variables: dict[str, Any] | None = None) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """The answer as a client would have it, and the statements that it took."""
        self.store.statements.clear()
        result = self.runner.run(self.schema.execute(text, variables, self.context))
        answer = {"data": result.data} | ({"errors": [e.formatted for e in result.errors]} if result.errors else {})
        return orjson.loads(orjson.dumps(answer, default=encode)), list(self.store.statements)

    def prepared(self, text: str) -> Prepared:
        """What is kept of an operation that was asked once."""
        (operation,) = self.schema.documents.get(text).operations.values()
        (prepared,) = operation.plans.values()
        return prepared

    def close(self) -> None:
        self.runner.run(self.context.analyst.close())
        self.runner.run(self.store.close())


@contextmanager
def opened(folder: Path) -> Iterator[Region]:
    with asyncio.Runner() as runner:
        store = Watched(folder / "region.db")
        runner.run(load(store, SEED, by="seed"))
        region = Region(runner, store)
        try:
            yield region
        finally:
            region.close()
