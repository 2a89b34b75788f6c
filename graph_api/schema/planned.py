"""The schema that answers operations: planned roots by one read of the store, the others by their resolvers, and all things
that these name by one read more.

Every transport passes through `PlannedSchema.execute`. Where all roots are planned no field is resolved: the store's texts
pass on as they are.
"""

import asyncio
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Hashable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, TypeVar

import orjson
import strawberry
from graphql import (
    SKIP,
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationType,
    VariableNode,
    Visitor,
    execute,
    get_named_type,
    is_input_object_type,
    visit,
)
from graphql import ExecutionResult as GraphQLResult
from graphql.execution.collect_fields import FieldDetails, collect_fields, collect_subfields
from graphql.execution.executor import Executor
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from graph_api.analysis.cache import Cache
from graph_api.errors import Conflict, InputError, SamverkanError, TooCostly, WrongMethod
from graph_api.model.catalogue import CATALOGUE, READ
from graph_api.model.changes import Change
from graph_api.plan.aliases import compared, may_be_merged, renamed
from graph_api.plan.bounds import Bounds
from graph_api.plan.cache import NESTED_TOO_DEEPLY, Document, Documents, Operation, Prepared
from graph_api.plan.cost import FIELDS_MAX, Cost, Measured, cost_of, cost_of_things
from graph_api.plan.explain import explain
from graph_api.plan.nodes import ById, ByIds, Lookup, Root, Select, Values
from graph_api.plan.select import Limits, Planner, Scored
from graph_api.resolvers import networks
from graph_api.resolvers.context import Context
from graph_api.schema import subscription
from graph_api.schema.bind import Resolver, bind
from graph_api.schema.entities import OBJECT_TYPES
from graph_api.schema.federation import add_machinery
from graph_api.schema.mutation import Mutation
from graph_api.schema.query import Query
from graph_api.schema.scalars import CONFIG
from graph_api.stores.base import Store

log = logging.getLogger(__name__)

Attend = Callable[[Coroutine[Any, Any, Any]], Awaitable[Any]]
Read = TypeVar("Read")

Answer = ExecutionResult
"""Data, which may hold texts and places, and errors."""

TELLINGS_KEPT = 256
"""Answers that tell of a change, for those who ask the same."""
ROWS_ON_THE_LOOP = 60
"""A read of at most so many rows costs less than a hop to a thread and back."""

TRIES = 3
"""So often scores are computed anew for a graph that has changed meanwhile."""

PREFIXES = {entity.prefix: entity.name for entity in READ.values()}
THINGS = frozenset(
    {
        "Node",
        "SearchHit",
        "JoinedBy",
        *READ,
        *(name for entity in CATALOGUE.values() for name in entity.types or ()),
    }
)
"""The outward types for which a resolver's record holds an id."""


class Forbidden(InputError):
    """Something that only editors may ask for."""

    code, status = "FORBIDDEN", 403


class NotStreamed(InputError):
    """A subscription where one answer is expected; the hint says where it is told."""

    code, status = "NOT_STREAMED", 406


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


class Completing(Executor[dict[str, Any]]):
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
    bounds: Bounds = field(default_factory=Bounds)
    rows_max: int = 50_000
    values_max: int = 1_000_000
    result_bytes_max: int = 32_000_000
    depth_max: int = 10
    cache_bytes: int = 16_000_000
    answers_bytes: int = 16_000_000
    introspection: bool = True


class _Telling:
    """An answer that is made once, whoever of those who wait for it goes."""

    # With `asyncio.shield` in place of the event, each of 1,000 who wait would be looked for among all of them.
    def __init__(self, making: asyncio.Future[Answer]) -> None:
        self._making, self._made = making, asyncio.Event()
        making.add_done_callback(lambda _: self._made.set())

    async def answer(self) -> Answer:
        """The answer, once it is there."""
        await self._made.wait()
        return self._making.result()


class PlannedSchema(strawberry.Schema):
    """Strawberry's schema, which answers planned roots itself.

    Args:
        store: what is read.
        answers: functions of the fields that are not planned.
    """

    def __init__(self, store: Store, answers: Mapping[str, Resolver], allowance: Allowance | None = None) -> None:
        super().__init__(
            Query,
            mutation=Mutation,
            subscription=subscription.Subscription,
            types=OBJECT_TYPES,
            config=CONFIG,
        )
        self.store, self.allowance = store, allowance or Allowance()
        self._aliases: tuple[Mapping[str, str], int] | None = None
        """The last that were read, and the revision at which they held."""
        for type_ in self._schema.type_map.values():
            if is_input_object_type(type_) and type_.name.endswith("Order") and type_.name != "CentralityOrder":
                _make_one_of(type_)
        bind(self._schema, {**subscription.ANSWERS, **answers})
        self._tellings: OrderedDict[tuple[str, object], _Telling] = OrderedDict()
        self._answers: Cache[tuple[int, dict[str, bytes]]] = Cache(self.allowance.answers_bytes)
        """Of roots that are not planned, by question, each with its revision."""
        self._measured: OrderedDict[object, None] = OrderedDict()
        """What subscriptions asked that is not too costly."""
        add_machinery(self._schema, shown=self.allowance.introspection)
        self.documents = Documents(
            self._schema,
            store.compile,
            limits=self.allowance.limits,
            depth_max=self.allowance.depth_max,
            bounds=self.allowance.bounds,
            bytes_max=self.allowance.cache_bytes,
            introspection=self.allowance.introspection,
        )

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Context | None = None,
        root_value: Any = None,
        operation_name: str | None = None,
        *args: Any,
        operation_extensions: Mapping[str, Any] | None = None,
        safe: bool = False,
        attend: Attend | None = None,
        **kwargs: Any,
    ) -> ExecutionResult:
        """Answer an operation. `data` holds texts that pass on as they are (`orjson.Fragment`) and places (`encode`).

        Args:
            operation_extensions: with `cost` true the answer's extensions say what the operation could return; with `explain`, to editors, also
                the plan and the statement.
            safe: only a query is answered: a link, or another site's picture, must change nothing.
            attend: awaits what is computed, which may take long, and may end it; not a write.
        """
        document = self.documents.get(query or "")
        if document.errors:
            return ExecutionResult(data=None, errors=[outward(error) for error in document.errors])
        try:
            operation = _operation(document, operation_name)
            _check_type(operation, safe=safe)
            variables = self._variables(operation, variable_values)
            prepared = self.documents.prepare(document, operation, variables)
            if operation_extensions and operation_extensions.get("explain") is True and not _is_editor(context_value):
                raise Forbidden("Plans are shown to editors alone.", hint="Send an editor's token, or do not ask.")
            planned = await self._read(prepared, variables.coerced, context_value)
        except RecursionError:
            return refused(NESTED_TOO_DEEPLY)
        except (GraphQLError, SamverkanError) as error:
            return refused(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the client sees a masked error and the log the trace
            return refused(error)
        extensions = self._extensions(operation_extensions, prepared, variables) if operation_extensions else None
        if prepared.rest is None:
            return ExecutionResult(data=planned, errors=None, extensions=extensions)
        context: dict[str, Any] = {
            "request": context_value,
            "wanted": {},
            "limits": self.allowance.limits,
        }
        rest = prepared.rest

        async def computed() -> ExecutionResult:
            computing = self._resolved(rest, root_value, context, variable_values, operation_name)
            result = await (attend(computing) if attend and not prepared.writes else computing)
            return await self._settled(result, context, prepared.keys, planned, wrote=prepared.writes)

        if prepared.lasting and context_value is not None and self.allowance.answers_bytes:
            question = (query, operation_name, repr(variable_values))
            settled = await self._remembered(question, prepared.keys, planned, computed)
        else:
            settled = await computed()
        if prepared.writes and context_value is not None:
            context_value.feed.tell()
        settled.extensions = extensions
        return settled

    async def _resolved(
        self, tree: DocumentNode, root: Any, context: dict[str, Any], given: dict[str, Any] | None, name: str | None
    ) -> GraphQLResult:
        """What resolvers answer, with places where it names things. Not by Strawberry's `execute`, which would parse and check the document again."""
        result = execute(self._schema, tree, root, context, given, name, executor_class=Completing)
        return await result if isawaitable(result) else result

    async def _remembered(
        self,
        question: Hashable,
        keys: tuple[str, ...],
        planned: dict[str, Any],
        compute: Callable[[], Awaitable[ExecutionResult]],
    ) -> ExecutionResult:
        """What is not planned, kept as bytes for its revision: it is the same for all, and to complete it field by field costs some ms."""
        known = self._answers.get(question)
        try:
            revision = self.store.known()
            lasts = known is not None and known[0] == revision and await self.store.revision() == revision
        except SamverkanError as error:
            return refused(error)
        if known is not None and lasts:
            texts = known[1]
        else:
            result = await compute()
            if result.data is None or result.errors:
                return result
            texts = {key: orjson.dumps(result.data[key], default=encode) for key in keys if key not in planned}
            # Should another have written meanwhile, this revision does not come again, and nobody is told what is kept of it.
            if revision is not None:
                size = len(repr(question)) + sum(map(len, texts.values()))
                self._answers.put(question, (revision, texts), size)
        return ExecutionResult(
            data={key: planned[key] if key in planned else orjson.Fragment(texts[key]) for key in keys}, errors=None
        )

    async def stream(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Context | None = None,
        root_value: Any = None,
        operation_name: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> AsyncGenerator[ExecutionResult, None]:
        """For Strawberry's handler of WebSockets."""
        return self.answers(query, variable_values, context_value, operation_name)

    async def answers(
        self,
        query: str | None,
        given: dict[str, Any] | None,
        context: Context | None,
        name: str | None,
        extensions: Mapping[str, Any] | None = None,
        *,
        safe: bool = False,
    ) -> AsyncGenerator[ExecutionResult, None]:
        """The answers to an operation: one, unless it is a subscription. One that cannot be begun has a `PreExecutionError` alone."""
        document = self.documents.get(query or "")
        found = document.operations.get(name) or next(iter(document.operations.values()), None)
        if found is None or found.node.operation is not OperationType.SUBSCRIPTION or context is None:
            result = await self.execute(query, given, context, None, name, operation_extensions=extensions, safe=safe)
            yield result if result.data is not None else PreExecutionError(data=None, errors=result.errors)
            return
        try:
            operation = _operation(document, name)
            variables = self._variables(operation, given)
            wanted = subscribed(self._schema, document, operation, variables)
            question = (query, name, *((each, orjson.dumps(variables.coerced.get(each))) for each in wanted.variables))
            # The first change may be long in coming; what it would be refused for is said at once.
            if (measured := (question, wanted.kinds)) not in self._measured:
                for named in things_told(self._schema, document, operation, variables, wanted, self.allowance.limits):
                    self._checked(cost_of_things(named, self.allowance.depth_max), {})
                self._measured[measured] = None
                if len(self._measured) > TELLINGS_KEPT:
                    self._measured.popitem(last=False)
            place = await context.feed.begin(wanted.since, wanted.after)
        except RecursionError:
            yield PreExecutionError(data=None, errors=refused(NESTED_TOO_DEEPLY).errors)
            return
        except (GraphQLError, SamverkanError) as error:
            yield PreExecutionError(data=None, errors=refused(error).errors)
            return
        try:
            async with aclosing(context.feed.follow(place)) as changes:
                async for change in changes:
                    if wanted.kinds is not None and change.kind not in wanted.kinds:
                        continue
                    answer = await self._told(change, question, document, given, name, context)
                    yield answer
                    if answer.data is None:
                        # What follows would hide that this change was not told.
                        return
        except SamverkanError as error:
            yield refused(error)

    async def _told(
        self,
        change: Change,
        question: object,
        document: Document,
        given: dict[str, Any] | None,
        name: str | None,
        request: Context,
    ) -> ExecutionResult:
        """The answer that tells of a change: made once for all who put the same question."""
        key = (change.id, question)
        known = self._tellings.get(key)
        if known is None:
            known = self._tellings[key] = _Telling(
                asyncio.ensure_future(self._tell(change, document, given, name, request))
            )
            if len(self._tellings) > TELLINGS_KEPT:
                self._tellings.popitem(last=False)
        return await known.answer()

    async def _tell(
        self, change: Change, document: Document, given: dict[str, Any] | None, name: str | None, request: Context
    ) -> ExecutionResult:
        assert document.tree is not None
        context: dict[str, Any] = {"request": request, "wanted": {}, "limits": self.allowance.limits}
        result = await self._resolved(document.tree, change, context, given, name)
        told = await self._settled(result, context, tuple(result.data or ()), {}, gone=True)
        if told.data is not None:
            # Bytes from here on: they are sent to many.
            told.data = orjson.Fragment(orjson.dumps(told.data, default=encode))  # type: ignore[assignment]
        return told

    def _extensions(
        self, asked: Mapping[str, Any], prepared: Prepared, variables: VariableValues
    ) -> dict[str, Any] | None:
        """What the request wants to know of its operation besides the answer."""
        explained, told = asked.get("explain") is True, dict[str, Any]()
        if explained:
            statement: Any = prepared.statement
            told["explain"] = {
                "plan": explain(prepared.roots),
                "statement": None if statement is None else statement.text,
            }
        if not (explained or asked.get("cost") is True):
            return None
        allowed, cost = self.allowance, prepared.cost
        rows, values = cost.measured(variables.coerced, allowed.limits.page_max)
        measured = {
            "rows": (rows, allowed.rows_max),
            "values": (values, allowed.values_max),
            "depth": (cost.depth, allowed.depth_max),
            "fields": (cost.fields, FIELDS_MAX),
        }
        told["cost"] = {what: {"measured": found, "allowed": most} for what, (found, most) in measured.items()}
        return told

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
        statement: Any = prepared.statement
        if statement is None:
            return {}
        try:
            rows = self._checked(prepared.cost, values).rows
            heavy = not prepared.cost.light or rows > ROWS_ON_THE_LOOP
            heavy = heavy or bool(prepared.scores)

            async def read(known: Values) -> list[bytes]:
                texts, revision = await self.store.read(statement, known, heavy=heavy)
                if _misses(prepared.roots, texts) or may_be_merged(prepared.compared, known):
                    return await self._by_aliases(prepared.roots, known, revision) or texts
                return texts

            texts = await _scored(context, prepared.scores, values, read)
            self._bounded(sum(map(len, texts)))
        except InputError as error:
            raise self._placed(error, prepared, values) from error
        return {root.key: orjson.Fragment(text) for root, text in zip(prepared.roots, texts, strict=True)}

    def _bounded(self, size: int) -> None:
        if size > self.allowance.result_bytes_max:
            raise TooCostly(
                f"The answer has {size:,} bytes; {self.allowance.result_bytes_max:,} are allowed.",
                hint="Ask for smaller pages, or for fewer fields.",
            )

    async def _by_aliases(
        self, roots: tuple[Root, ...], values: Mapping[str, Any], revision: int
    ) -> list[bytes] | None:
        """The texts of the roots where an id that one of them names answers as another's; None where none does."""
        if self._aliases is None or self._aliases[1] != revision:
            self._aliases = await self.store.aliases()
        others = renamed(roots, self._aliases[0], values) if self._aliases[0] else roots
        if others is roots:
            return None
        return (await self.store.read(self.store.compile(others), values, heavy=True))[0]

    def _checked(self, cost: Cost, values: Mapping[str, Any]) -> Measured:
        allowed = self.allowance
        return cost.check(
            values, page_max=allowed.limits.page_max, rows_max=allowed.rows_max, values_max=allowed.values_max
        )

    def _placed(self, error: InputError, prepared: Prepared, values: Mapping[str, Any]) -> GraphQLError:
        """The error with the root whose values it speaks of, where that can be told without reading anything."""
        path = None
        for root in prepared.roots:
            try:
                self._checked(cost_of((root,), self.allowance.depth_max), values)
            except InputError:
                path = [root.key]
                break
        if path is None and len(prepared.roots) == 1:
            path = [prepared.roots[0].key]
        return GraphQLError(error.message, path=path, original_error=error)

    async def _settled(
        self,
        result: GraphQLResult,
        context: dict[str, Any],
        keys: tuple[str, ...],
        planned: dict[str, Any],
        *,
        gone: bool = False,
        wrote: bool = False,
    ) -> ExecutionResult:
        """The result with all things that it names, and its roots in the order of `keys`.

        Args:
            gone: a thing that is named may be there no more.
            wrote: so it may, and what was written is answered whatever it costs: it cannot be taken back.
        """
        wanted: list[Wanted] = list(context["wanted"].values())
        # Fields are computed side by side: their errors come in the order of the document, not of the clock.
        errors = [outward(error) for error in sorted(result.errors or (), key=_position)]
        if wanted and result.data is not None:
            try:
                if not wrote:
                    named = [(group.select, len(group.texts)) for group in wanted]
                    self._checked(cost_of_things(named, self.allowance.depth_max), {})
                selects = await self._selects(wanted)
                asked = [(select, list(group.texts)) for select, group in zip(selects, wanted, strict=True)]
                scores = tuple(scored for group in wanted for scored in group.scores)
                found = await _scored(context["request"], scores, {}, lambda known: self.store.references(asked, known))
                self._bounded(sum(len(text or b"") for texts in found for text in texts))
            except SamverkanError as error:
                return refused(error)
            for group, texts in zip(wanted, found, strict=True):
                group.texts.update(zip(group.texts, texts, strict=True))
            if not gone:
                await self._from_past(context["request"], wanted)
            if not (gone or wrote) and any(text is None for group in wanted for text in group.texts.values()):
                return refused(Conflict("The graph changed while the answer was computed.", hint="Ask again."))
        if result.data is None:
            return ExecutionResult(data=None, errors=errors)
        data = {key: planned[key] if key in planned else result.data[key] for key in keys}
        return ExecutionResult(data=data, errors=errors or None)

    async def _selects(self, wanted: list[Wanted]) -> tuple[Select, ...]:
        """What is asked of each, with the present ids of what was merged."""
        selects = tuple(group.select for group in wanted)
        if not may_be_merged(compared(selects), {}):
            return selects
        return renamed(selects, (await self.store.aliases())[0], {})

    async def _from_past(self, request: Context | None, wanted: list[Wanted]) -> None:
        """What a network of an earlier revision names and is gone: as it was then."""
        for store in request.snapshots.past.stores if request and request.snapshots.past else ():
            lost = [(group, [id_ for id_, text in group.texts.items() if text is None]) for group in wanted]
            if lost := [(group, ids) for group, ids in lost if ids]:
                found = await store.references([(group.select, ids) for group, ids in lost], {})
                for (group, ids), texts in zip(lost, found, strict=True):
                    group.texts.update(zip(ids, texts, strict=True))


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


def _position(error: GraphQLError) -> list[tuple[int, int]]:
    return [(place.line, place.column) for place in error.locations or ()]


_NO_VARIABLES = VariableValues({}, {})


def _by_id(root: Root) -> bool:
    return isinstance(root, ById | ByIds) or (isinstance(root, Lookup) and root.by.name == "id")


def _misses(roots: tuple[Root, ...], texts: list[bytes]) -> bool:
    """Whether a thing may not have been found by its id; of several, a null of something else looks the same."""
    return any(
        _by_id(root) and (text == b"null" or (isinstance(root, ByIds) and b"null" in text))
        for root, text in zip(roots, texts, strict=True)
    )


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


def _check_type(operation: Operation, *, safe: bool) -> None:
    found = operation.node.operation
    if found is OperationType.SUBSCRIPTION:
        raise NotStreamed(
            "A subscription has not one answer.",
            hint="Accept text/event-stream, or open a WebSocket with the protocol graphql-transport-ws.",
        )
    if safe and found is not OperationType.QUERY:
        raise WrongMethod("GET answers queries only.", hint="Send it by POST, as application/json.")


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What a subscription asks for."""

    since: int | None
    after: str | None
    kinds: frozenset[str] | None
    variables: tuple[str, ...]
    """Those that what is told of a change may depend on."""
    details: list[FieldDetails]
    """Where the one field stands."""


def subscribed(schema: GraphQLSchema, document: Document, operation: Operation, values: VariableValues) -> Subscribed:
    """The arguments of a subscription's one field.

    Raises:
        GraphQLError: an argument does not fit its type.
    """
    root = schema.subscription_type
    assert root is not None
    assert document.tree is not None
    (details,) = collect_fields(schema, document.fragments, values, root, operation.node).grouped_field_set.values()
    node = details[0].node
    arguments = get_argument_values(root.fields[node.name.value], node, values)
    kinds = arguments.get("types")
    outside = _Outside(node)
    visit(document.tree, outside)
    return Subscribed(
        arguments.get("since"),
        arguments.get("after"),
        None if kinds is None else frozenset(kind.value for kind in kinds),
        tuple(sorted(outside.variables & operation.types.keys())),
        details,
    )


def things_told(
    schema: GraphQLSchema,
    document: Document,
    operation: Operation,
    values: VariableValues,
    wanted: Subscribed,
    limits: Limits,
) -> Iterator[list[tuple[Select, int]]]:
    """What is asked of the thing of a change, and how many there are of it: for each kind that it may be.

    Raises:
        InputError: an argument cannot be answered as it stands.
    """
    change = schema.get_type("GraphChange")
    assert isinstance(change, GraphQLObjectType)
    below = collect_subfields(schema, document.fragments, values, operation.node, change, wanted.details)
    nodes = [details for details in below.grouped_field_set.values() if details[0].node.name.value == "node"]
    planner = Planner(schema, operation.node, document.fragments, values, limits)
    for entity in CATALOGUE.values():
        if nodes and (wanted.kinds is None or entity.table.upper() in wanted.kinds):
            named = schema.get_type(entity.name)
            assert named is not None, "what is in the catalogue is in the schema"
            yield [(planner.select(named, details), 1) for details in nodes]


class _Outside(Visitor):
    """Collects the variables that stand outside of a field's arguments."""

    def __init__(self, field: FieldNode) -> None:
        super().__init__()
        self.arguments = {id(argument) for argument in field.arguments or ()}
        self.variables: set[str] = set()

    def enter_variable_definition(self, *_: Any) -> Any:
        return SKIP

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        return SKIP if id(node) in self.arguments else None

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.variables.add(node.name.value)


def _is_editor(context: Context | None) -> bool:
    return context is not None and context.editor is not None


def _make_one_of(type_: GraphQLInputObjectType) -> None:
    # Strawberry leaves this off the core type: without it two keys in one object pass both validation and coercion.
    type_.is_one_of = True
