"""The schema that answers operations: planned roots by one read of the store, the others by Strawberry, and all things
that these name by one read more.

Every transport passes through `PlannedSchema.execute`. Where all roots are planned nothing of Strawberry runs: the
store's texts pass on as they are.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson
import strawberry
from graphql import GraphQLError, GraphQLInputObjectType, GraphQLOutputType, get_named_type, is_input_object_type
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types import ExecutionResult

from graph_api.errors import Conflict, InputError, SamverkanError
from graph_api.model.catalogue import CATALOGUE
from graph_api.plan.cache import NESTED_TOO_DEEPLY, Document, Documents, Operation, Prepared
from graph_api.plan.cost import Cost, cost_of
from graph_api.plan.nodes import Select, Values
from graph_api.plan.select import Limits, Planner, Scored
from graph_api.resolvers import networks
from graph_api.resolvers.context import Context
from graph_api.schema.bind import Resolver, bind
from graph_api.schema.entities import OBJECT_TYPES
from graph_api.schema.federation import add_machinery
from graph_api.schema.query import Query
from graph_api.schema.scalars import CONFIG
from graph_api.stores.base import Store

log = logging.getLogger(__name__)

Read = TypeVar("Read")

Answer = ExecutionResult
"""Data, which may hold texts and places, and errors."""

ROWS_ON_THE_LOOP = 60
"""A read of at most so many rows costs less than a hop to a thread and back."""

TRIES = 3
"""So often scores are computed anew for a graph that has changed meanwhile."""

PREFIXES = {entity.prefix: entity.name for entity in CATALOGUE.values()}
THINGS = frozenset(
    {
        "Node",
        "SearchHit",
        "JoinedBy",
        *CATALOGUE,
        *(name for entity in CATALOGUE.values() for name in entity.types or ()),
    }
)
"""The outward types for which a resolver's record holds an id."""


# ------------------------------------------------------------------------------------------------ references
@dataclass(slots=True)
class Wanted:
    """Things that one field of resolved results names: what is asked of them, and their texts once read."""

    select: Select
    scores: Scored
    """What has to be computed before they can be read."""
    texts: dict[str, bytes | None] = field(default_factory=dict)


class Place:
    """Where a thing's text will stand in the answer. No dataclass: orjson would write one out itself."""

    __slots__ = ("id", "wanted")

    def __init__(self, wanted: Wanted, id_: str) -> None:
        self.wanted, self.id = wanted, id_


def encode(value: object) -> object:
    """For orjson: the text of a place."""
    assert isinstance(value, Place)
    text = value.wanted.texts[value.id]
    return orjson.Fragment(b"null" if text is None else text)


class Completing(StrawberryGraphQLCoreExecutionContext):
    """An id where the schema has a thing becomes a place, filled by the one read that ends the operation.

    `complete_value` is a private name of graphql-core, the only one that is used; `tests/schema/test_planned.py` says so if it goes.
    """

    def complete_value(
        self, return_type: GraphQLOutputType, details: Any, info: Any, path: Any, result: Any, *rest: Any
    ) -> Any:
        """The value completed as graphql-core does it, unless it is an id of a thing."""
        if type(result) is not str or (named := get_named_type(return_type)).name not in THINGS:
            return super().complete_value(return_type, details, info, path, result, *rest)
        if named.name in ("Node", "SearchHit", "JoinedBy"):
            named = self.schema.get_type(PREFIXES[result.partition(":")[0]])  # type: ignore[assignment]  # the catalogue's types are in the schema
        wanted: dict[tuple[str, int], Wanted] = self.context_value["wanted"]
        key = (named.name, id(details[0].node))
        group = wanted.get(key)
        if group is None:
            planner = Planner(
                self.schema, self.operation, self.fragments, self.variable_values, self.context_value["limits"]
            )
            group = wanted[key] = Wanted(planner.select(named, details), planner.scores)
        group.texts[result] = None
        return Place(group, result)


class Known(SchemaExtension):
    """The document was parsed and checked before it was planned: Strawberry need not do it again."""

    def on_parse(self) -> Iterator[None]:
        """Hand over the tree."""
        self.execution_context.graphql_document = self.execution_context.context["document"]
        yield

    def on_validate(self) -> Iterator[None]:
        """Hand over the verdict."""
        self.execution_context.pre_execution_errors = []
        yield


# ------------------------------------------------------------------------------------------------ errors
def outward(error: GraphQLError) -> GraphQLError:
    """The error as a client may see it: ours with code and place, a foreign one masked by an id that the log holds too."""
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error:
        cause = cause.original_error
    if isinstance(cause, SamverkanError):
        extensions: dict[str, object] = {"code": cause.code}
        if cause.place is not None:
            extensions["place"] = str(cause.place)
        message = f"{cause.message} {cause.hint}" if cause.hint else cause.message
        if not isinstance(cause, InputError):
            log.error("%s", cause, exc_info=cause)
            extensions.pop("place", None)
        return GraphQLError(message, error.nodes, error.source, error.positions, error.path, cause, extensions)
    if cause is None or isinstance(cause, GraphQLError):
        if not (error.extensions and "code" in error.extensions):
            error.extensions = {**(error.extensions or {}), "code": "GRAPHQL"}
        return error
    number = secrets.token_hex(4)
    log.error("%s: %s", number, cause, exc_info=cause)
    extensions = {"code": "INTERNAL", "id": number}
    return GraphQLError(
        f"Something went wrong on our side. The log knows it as {number}.",
        error.nodes,
        error.source,
        error.positions,
        error.path,
        cause,
        extensions,
    )


def refused(error: Exception) -> ExecutionResult:
    """The answer to an operation that could not be begun, or whose planned part failed."""
    cause = error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
    return ExecutionResult(data=None, errors=[outward(cause)])


# ------------------------------------------------------------------------------------------------ the schema
@dataclass(frozen=True, slots=True)
class Allowance:
    """What one operation may ask."""

    limits: Limits = field(default_factory=Limits)
    rows_max: int = 50_000
    depth_max: int = 10
    tokens_max: int = 5000
    cache_bytes: int = 16_000_000
    introspection: bool = True


class PlannedSchema(strawberry.Schema):
    """Strawberry's schema, which answers planned roots itself.

    Args:
        store: what is read.
        answers: functions of the fields that are not planned.
    """

    def __init__(self, store: Store, answers: Mapping[str, Resolver], allowance: Allowance | None = None) -> None:
        super().__init__(
            Query,
            types=OBJECT_TYPES,
            extensions=[Known],
            execution_context_class=Completing,
            config=CONFIG,
        )
        self.store, self.allowance = store, allowance or Allowance()
        for type_ in self._schema.type_map.values():
            if is_input_object_type(type_) and type_.name.endswith("Order") and type_.name != "CentralityOrder":
                _make_one_of(type_)
        bind(self._schema, answers)
        add_machinery(self._schema, shown=self.allowance.introspection)
        self.documents = Documents(
            self._schema,
            store.compile,
            limits=self.allowance.limits,
            depth_max=self.allowance.depth_max,
            tokens_max=self.allowance.tokens_max,
            bytes_max=self.allowance.cache_bytes,
            introspection=self.allowance.introspection,
        )

    def process_errors(self, errors: list[GraphQLError], execution_context: object = None) -> None:
        """Nothing here: Strawberry would log a trace of what a client did wrong; `outward` logs what is our own."""

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Context | None = None,
        root_value: Any = None,
        operation_name: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> ExecutionResult:
        """Answer an operation. `data` holds texts that pass on as they are (`orjson.Fragment`) and places (`encode`)."""
        document = self.documents.get(query or "")
        if document.errors:
            return ExecutionResult(data=None, errors=[outward(error) for error in document.errors])
        try:
            operation = _operation(document, operation_name)
            variables = self._variables(operation, variable_values)
            prepared = self.documents.prepare(document, operation, variables)
            planned = await self._read(prepared, variables.coerced, context_value)
        except RecursionError:
            return refused(NESTED_TOO_DEEPLY)
        except (GraphQLError, SamverkanError) as error:
            return refused(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client sees a masked error and the log the trace
            return refused(error)
        if prepared.rest is None:
            return ExecutionResult(data=planned, errors=None)
        context: dict[str, Any] = {
            "request": context_value,
            "document": prepared.rest,
            "wanted": {},
            "limits": self.allowance.limits,
        }
        result: Any = await super().execute(
            query, variable_values, context, root_value, operation_name, *args, **kwargs
        )
        return await self._settled(result, context, prepared, planned)

    def _variables(self, operation: Operation, given: dict[str, Any] | None) -> VariableValues:
        if not operation.types:
            return _NO_VARIABLES
        if given and (known := operation.as_given(given)) is not None:
            return known
        values = get_variable_values(self._schema, operation.node.variable_definitions or (), given or {})
        if isinstance(values, list):
            raise values[0]
        return values

    async def _read(self, prepared: Prepared, values: Mapping[str, Any], context: Context | None) -> dict[str, Any]:
        """The planned roots' texts by key."""
        statement = prepared.statement
        if statement is None:
            return {}
        try:
            rows = self._rows(prepared.cost, values)
            heavy = not prepared.cost.light or rows > ROWS_ON_THE_LOOP
            if prepared.scores:
                texts, _ = await _scored(
                    context, prepared.scores, values, lambda known: self.store.read(statement, known, heavy=True)
                )
            else:
                texts, _ = await self.store.read(statement, values, heavy=heavy)
        except InputError as error:
            raise self._placed(error, prepared, values) from error
        return {root.key: orjson.Fragment(text) for root, text in zip(prepared.roots, texts, strict=True)}

    def _rows(self, cost: Cost, values: Mapping[str, Any]) -> int:
        allowed = self.allowance
        return cost.check(values, page_max=allowed.limits.page_max, rows_max=allowed.rows_max)

    def _placed(self, error: InputError, prepared: Prepared, values: Mapping[str, Any]) -> GraphQLError:
        """The error with the root whose values it speaks of, where that can be told without reading anything."""
        path = None
        for root in prepared.roots:
            try:
                self._rows(cost_of((root,), self.allowance.depth_max), values)
            except InputError:
                path = [root.key]
                break
        if path is None and len(prepared.roots) == 1:
            path = [prepared.roots[0].key]
        return GraphQLError(error.message, path=path, original_error=error)

    async def _settled(
        self, result: ExecutionResult, context: dict[str, Any], prepared: Prepared, planned: dict[str, Any]
    ) -> ExecutionResult:
        """The result with all things that it names, and its roots in the order that was asked for."""
        wanted: list[Wanted] = list(context["wanted"].values())
        errors = [outward(error) for error in result.errors or ()]
        if wanted and result.data is not None:
            try:
                asked = [(group.select, list(group.texts)) for group in wanted]
                scores = tuple(scored for group in wanted for scored in group.scores)
                found = await _scored(context["request"], scores, {}, lambda known: self.store.references(asked, known))
            except SamverkanError as error:
                return refused(error)
            for group, texts in zip(wanted, found, strict=True):
                group.texts.update(zip(group.texts, texts, strict=True))
            if any(text is None for group in wanted for text in group.texts.values()):
                return refused(Conflict("The graph changed while the answer was computed.", hint="Ask again."))
        if result.data is None:
            return ExecutionResult(data=None, errors=errors)
        data = {key: planned[key] if key in planned else result.data[key] for key in prepared.keys}
        return ExecutionResult(data=data, errors=errors or None)


async def _scored(
    context: Context | None, asked: Scored, values: Values, read: Callable[[Values], Awaitable[Read]]
) -> Read:
    """What is read with scores of the same revision.

    Raises:
        Conflict: the graph changed each time while scores were computed.
    """
    tries = TRIES
    while True:
        known = await networks.scores(context, asked, values) if asked and context else {}
        try:
            return await read({**values, **known})
        except Conflict:
            tries -= 1
            if not tries:
                raise


_NO_VARIABLES = VariableValues({}, {})


def _operation(document: Document, name: str | None) -> Operation:
    if name is not None:
        found = document.operations.get(name)
        if found is None:
            raise InputError(
                f"The document has no operation {name!r}.",
                hint=f"It has: {', '.join(known or 'one without a name' for known in document.operations)}.",
            )
        return found
    if len(document.operations) != 1:
        raise InputError("The document has several operations.", hint="Say which by operationName.")
    return next(iter(document.operations.values()))


def _make_one_of(type_: GraphQLInputObjectType) -> None:
    # Strawberry leaves this off the core type: without it two keys in one object pass both validation and coercion.
    type_.is_one_of = True
