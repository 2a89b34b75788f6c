"""Documents that are parsed and checked, with the plans of their operations. Known text costs one look-up; known text
with a known shape of variables, two.

Bounded by the bytes of the texts and by the plans a document may have, so that neither a client that writes values
into its documents nor one whose variables always look different can fill the memory.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLID,
    GraphQLInputType,
    GraphQLSchema,
    GraphQLString,
    NoFragmentCyclesRule,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_input_type,
    is_list_type,
    specified_rules,
    type_from_ast,
    validate,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues
from graphql.validation.validate import ValidationAbortedError

from graph_api.errors import TooCostly
from graph_api.plan import bounds as bounds_of
from graph_api.plan.aliases import compared
from graph_api.plan.arguments import marked, shape
from graph_api.plan.bounds import Bounds
from graph_api.plan.cost import Cost, cost_of
from graph_api.plan.nodes import Root, Value
from graph_api.plan.select import Limits, Planner, Scored, Selected

BYTES_A_CHARACTER = 60
"""What a character of a document is reckoned to cost with its tree, plans and statements (measured: 40 to 60)."""
BYTES_A_FIELD = 500
"""What a field of a plan is reckoned to cost with its part of the statement (measured: 100 to 450); fragments unfold to many."""
PLANS_A_DOCUMENT = 50
LARGEST_SHARE = 0.25
"""Of the memory, for one document; a larger one is not kept, lest it drive out all others."""

NESTED_TOO_DEEPLY = TooCostly("The operation is nested too deeply to be read.", hint="Ask in several operations.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """An operation for one shape of variables: its planned roots with their statement, and the document of what is left to resolvers."""

    roots: tuple[Root, ...]
    statement: object
    cost: Cost
    keys: tuple[str, ...]
    rest: DocumentNode | None
    scores: Scored
    """What has to be computed before the statement is run."""
    writes: bool = False
    """A mutation: what one field wrote the next may have deleted."""
    lasting: bool = False
    """What is left reads the graph, so that its answer holds for a revision."""
    compared: tuple[Value, ...] = ()
    """With what its filters compare ids."""


@dataclass
class Operation:
    """An operation of a document, with the types of its variables and its plans by their shape."""

    node: OperationDefinitionNode
    types: Mapping[str, GraphQLInputType]
    plans: OrderedDict[object, Prepared] = field(default_factory=OrderedDict)

    @cached_property
    def _all_texts(self) -> object:
        """The shape of variables that are all texts; None where one cannot be."""
        texts = all(get_named_type(type_) in (GraphQLID, GraphQLString) for type_ in self.types.values())
        lists = any(is_list_type(get_nullable_type(type_)) for type_ in self.types.values())
        return tuple((name, True) for name in self.types) if texts and not lists else None

    def as_given(self, given: Mapping[str, object]) -> VariableValues | None:
        """Variables that are all there and all texts, where a plan for such is known: nothing has to be coerced."""
        if self._all_texts not in self.plans or given.keys() != self.types.keys():
            return None
        if any(type(value) is not str for value in given.values()):
            return None
        return VariableValues({}, {name: given[name] for name in self.types})


@dataclass(slots=True)
class Document:
    """A text's tree and operations, or what is wrong with it."""

    tree: DocumentNode | None
    errors: Sequence[GraphQLError]
    operations: Mapping[str | None, Operation]
    fragments: dict[str, FragmentDetails]
    size: int = 0
    """What it is reckoned to take of the memory, with its plans."""


class Documents:
    """The documents last used.

    Args:
        compile_: the store's own, from planned roots to a statement.
        bounds: what a document may hold.
        bytes_max: memory for documents, reckoned by their length.
        introspection: whether documents may ask for the schema itself; where not, errors do not suggest names of it either.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        compile_: Callable[[Sequence[Root]], object],
        *,
        limits: Limits,
        depth_max: int,
        bounds: Bounds,
        bytes_max: int,
        introspection: bool = True,
    ) -> None:
        self.schema, self.compile = schema, compile_
        self.limits, self.depth_max, self.bounds, self.bytes_max = limits, depth_max, bounds, bytes_max
        self.introspection = introspection
        self.rules = specified_rules if introspection else (*specified_rules, NoSchemaIntrospectionCustomRule)
        self._known: OrderedDict[str, Document] = OrderedDict()
        self._bytes = 0

    def get(self, text: str) -> Document:
        """The document of a text; what is wrong with it is in it."""
        known = self._known.get(text)
        if known is not None:
            self._known.move_to_end(text)
            return known
        made = self._document(text)
        made.size = len(text) * BYTES_A_CHARACTER
        if made.size <= self.bytes_max * LARGEST_SHARE:
            self._known[text] = made
            self._bytes += made.size
            self._forget()
        return made

    def _forget(self) -> None:
        while self._bytes > self.bytes_max:
            _, oldest = self._known.popitem(last=False)
            self._bytes -= oldest.size

    def _document(self, text: str) -> Document:
        try:
            tree = bounds_of.parsed(text, self.bounds)
            errors = validate(self.schema, tree, (NoFragmentCyclesRule,))
            if any(isinstance(error, ValidationAbortedError) for error in errors):
                raise NESTED_TOO_DEEPLY
            if not errors:
                bounds_of.check(tree, self.bounds)
                errors = validate(self.schema, tree, self.rules, hide_suggestions=not self.introspection)
        except GraphQLError as error:
            return Document(None, [error], {}, {})
        except (TooCostly, RecursionError) as error:
            cause = error if isinstance(error, TooCostly) else NESTED_TOO_DEEPLY
            return Document(None, [GraphQLError(cause.message, original_error=cause)], {}, {})
        if errors:
            return Document(tree, errors, {}, {})
        operations = {
            node.name.value if node.name else None: Operation(node, self._types(node))
            for node in tree.definitions
            if isinstance(node, OperationDefinitionNode)
        }
        fragments = {
            node.name.value: FragmentDetails(node, None)
            for node in tree.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        return Document(tree, (), operations, fragments)

    def _types(self, operation: OperationDefinitionNode) -> Mapping[str, GraphQLInputType]:
        found = {}
        for definition in operation.variable_definitions or ():
            type_ = type_from_ast(self.schema, definition.type)
            assert is_input_type(type_), "validated"
            found[definition.variable.name.value] = type_
        return found

    def prepare(self, document: Document, operation: Operation, variables: VariableValues) -> Prepared:
        """The operation for the shape of these variables.

        Raises:
            InputError: an argument cannot be answered as it stands, or the operation goes too deep.
        """
        values = variables.coerced
        key = tuple((name, shape(operation.types[name], value)) for name, value in values.items()) if values else ()
        known = operation.plans.get(key)
        if known is None:
            known = operation.plans[key] = self._prepared(document, operation, variables)
            grown = known.cost.fields
            if len(operation.plans) > PLANS_A_DOCUMENT:
                grown -= operation.plans.popitem(last=False)[1].cost.fields
            self._grow(document, grown * BYTES_A_FIELD)
        return known

    def _grow(self, document: Document, size: int) -> None:
        # One that is not kept, or no longer, takes nothing of the memory.
        if any(document is kept for kept in self._known.values()):
            document.size += size
            self._bytes += size
            self._forget()

    def _prepared(self, document: Document, operation: Operation, variables: VariableValues) -> Prepared:
        places = VariableValues(
            variables.sources,
            {name: marked(operation.types[name], value, (name,)) for name, value in variables.coerced.items()},
        )
        selected: Selected = Planner(self.schema, operation.node, document.fragments, places, self.limits).roots()
        cost = cost_of(selected.roots, self.depth_max)
        statement = self.compile(selected.roots) if selected.roots else None
        return Prepared(
            selected.roots,
            statement,
            cost,
            selected.keys,
            _rest(document, operation.node, selected) if selected.rest else None,
            selected.scores,
            operation.node.operation is OperationType.MUTATION,
            operation.node.operation is OperationType.QUERY
            and any(not node.name.value.startswith("__") for node in selected.rest),
            tuple(compared(selected.roots)),
        )


def _rest(document: Document, operation: OperationDefinitionNode, selected: Selected) -> DocumentNode:
    """The document cut down to the roots that are left."""
    assert document.tree is not None
    cut = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=operation.directives,
        selection_set=SelectionSetNode(selections=selected.rest),
        loc=operation.loc,
    )
    return DocumentNode(
        definitions=tuple(cut if node is operation else node for node in document.tree.definitions),
        loc=document.tree.loc,
    )
