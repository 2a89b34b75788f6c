"""Selection → tree. One operation's planned roots as plan nodes, the names of the roots that are left to resolvers.

Fragments, merging, @skip, @include and type conditions are graphql-core's own work (`collect_subfields`, once for
each concrete type, memoised), so they follow the specification by construction. Variables come as places
(`arguments.marked`). Knows no store.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    OperationDefinitionNode,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values

from graph_api.errors import InputError
from graph_api.model.catalogue import (
    CATALOGUE,
    CHANGE,
    HISTORY,
    PAIR,
    READ,
    Entity,
    Field,
    Many,
    One,
    Scalar,
    entity_of,
)
from graph_api.model.vocabulary import ActorKind, Language
from graph_api.plan.arguments import Arguments, filter_of, ids_of, one_of, order_of, page_size, score_of, value_of
from graph_api.plan.nodes import (
    All,
    AnyReference,
    ById,
    ByIds,
    Compare,
    CursorOut,
    EdgeOutput,
    Edges,
    FactOut,
    FactReferenceOut,
    Filter,
    Given,
    Group,
    Grouped,
    GroupOut,
    GroupRoot,
    Leaf,
    Listing,
    Lookup,
    NodeOut,
    Nodes,
    Output,
    Page,
    PageInfo,
    PageRoot,
    Part,
    Reference,
    Root,
    Score,
    ScoreLeaf,
    Select,
    TieOut,
    Total,
    TypeName,
    plain,
)

Details = Sequence[FieldDetails]
Made = TypeVar("Made")

ACTOR = CATALOGUE["Actor"]
MUNICIPALITY = Compare(ACTOR.field("kind"), "eq", Given(ActorKind.MUNICIPALITY))
IN_REGION = Compare(ACTOR.field("inRegion"), "eq", Given(True))

PAGES: Mapping[str, tuple[Entity, Filter | None]] = {
    **{entity.plural: (entity, None) for entity in READ.values() if entity.name != "Participation"},
    "municipalities": (ACTOR, IN_REGION),
}
"""Connections at the root: the entity, and what holds for all of it."""

LOOKUPS: Mapping[str, tuple[Entity, tuple[str, ...], Filter]] = {
    "actor": (ACTOR, ("id", "slug"), All(())),
    "initiative": (CATALOGUE["Initiative"], ("id", "slug"), All(())),
    "municipality": (ACTOR, ("code", "slug"), MUNICIPALITY),
}
"""Single things at the root: the entity, the arguments of which exactly one is given, and what must hold."""

GROUPS: Mapping[str, Entity] = {"actorsAggregate": ACTOR, "collaborationsAggregate": CATALOGUE["Collaboration"]}

PLANNED = frozenset({"node", "nodes", "_entities", "__typename", *PAGES, *LOOKUPS, *GROUPS})
"""The roots of a query that are read by plan."""
_TYPE_NAME = frozenset({"__typename"})


Scored = tuple[tuple[Score, tuple[Page, ...]], ...]
"""Scores, each with the pages that it sorts and that begin or end at a cursor."""


@dataclass(frozen=True, slots=True)
class Selected:
    """An operation's roots: the planned ones, the fields that are left over (fragments unfolded), and all keys in the order asked."""

    roots: tuple[Root, ...]
    rest: tuple[FieldNode, ...]
    keys: tuple[str, ...]
    scores: Scored
    """What has to be computed before the planned ones can be read."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may hold: by default, and at most."""

    page_default: int = 25
    page_max: int = 1000


class Planner:
    """Plans the fields of one operation; `variables` hold places."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDetails],
        variables: VariableValues,
        limits: Limits,
    ) -> None:
        self.schema, self.operation, self.fragments, self.variables, self.limits = (
            schema,
            operation,
            fragments,
            variables,
            limits,
        )
        self.known: dict[tuple[object, ...], Select] = {}
        self.made: dict[object, object] = {}
        self._scores: dict[Score, list[Page]] = {}

    @property
    def scores(self) -> Scored:
        """Those that were met."""
        return tuple((score, tuple(pages)) for score, pages in self._scores.items())

    def _once(self, node: Made, *parts: object) -> Made:
        """The node, or the equal one that was made before; `parts` tell nodes of a class apart, those made once by identity.

        A plan is a tree only to look at: equal parts are one, else comparing or hashing it would take each path through
        the types of actors, nine to a level.
        """
        return cast("Made", self.made.setdefault((type(node), *parts), node))

    def roots(self) -> Selected:
        """The operation's root fields.

        Raises:
            GraphQLError: an argument cannot be answered as it stands: an InputError, and the root field that has it.
        """
        query = self.schema.get_root_type(self.operation.operation)
        assert query is not None, "validated"
        planned = PLANNED if query is self.schema.query_type else _TYPE_NAME
        grouped = collect_fields(self.schema, self.fragments, self.variables, query, self.operation).grouped_field_set
        roots: list[Root] = []
        rest: list[FieldNode] = []
        for key, details in grouped.items():
            name = details[0].node.name.value
            if name in planned:
                try:
                    roots.append(self._root(key, name, query, details))
                except InputError as error:
                    raise GraphQLError(
                        error.message, [detail.node for detail in details], path=[key], original_error=error
                    ) from error
            else:
                rest += [detail.node for detail in details]
        return Selected(tuple(roots), tuple(rest), tuple(grouped), self.scores)

    def _root(self, key: str, name: str, query: GraphQLObjectType, details: Details) -> Root:
        if name == "__typename":
            return TypeName(key, query.name)
        named, arguments = get_named_type(query.fields[name].type), self._arguments(query, details)
        if name in PAGES:
            entity, scope = PAGES[name]
            return PageRoot(key, self.page(entity, None, named, details, arguments, scope))
        if name in GROUPS:
            return GroupRoot(key, self._group(GROUPS[name], None, named, details, arguments))
        if name == "node":
            return ById(key, value_of(arguments["id"]), self._any_of(READ, details))
        if name == "nodes":
            return ByIds(key, value_of(arguments["ids"]), self._any_of(READ, details))
        if name == "_entities":
            return ByIds(key, ids_of(arguments["representations"]), self._any_of(CATALOGUE, details))
        entity, names, where = LOOKUPS[name]
        by, value = one_of(arguments, *names)
        return Lookup(key, self.select(named, details), entity.field(by), value_of(value), where)

    def _any_of(self, entities: Iterable[str], details: Details) -> tuple[Select, ...]:
        return tuple(self.select(self._type(name), details) for name in entities)

    def _type(self, name: str) -> GraphQLNamedType:
        found = self.schema.get_type(name)
        assert found is not None, f"{name} is in the catalogue, so it is in the schema"
        return found

    def _arguments(self, type_: GraphQLObjectType, details: Details) -> Arguments:
        node = details[0].node
        return get_argument_values(type_.fields[node.name.value], node, self.variables)

    def _sub(self, type_: GraphQLObjectType, details: Details) -> Mapping[str, Details]:
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, type_, list(details)
        ).grouped_field_set

    # -------------------------------------------------------------------------------------------- things
    def select(self, named: GraphQLNamedType, details: Details) -> Select:
        """What these fields ask of a thing of the named type."""
        key = (named.name, *(id(detail.node) for detail in details))
        if (known := self.known.get(key)) is not None:
            return known
        entity = entity_of(named.name)
        concrete = (
            self.schema.get_possible_types(named)
            if isinstance(named, GraphQLInterfaceType | GraphQLUnionType)
            else [named]
        )
        by_type = tuple(
            (type_.name, self._outputs(entity, type_, self._sub(type_, details)))
            for type_ in concrete
            if isinstance(type_, GraphQLObjectType)
        )
        parts = tuple((name, *map(id, outputs)) for name, outputs in by_type)
        made = self.known[key] = self._once(Select(entity, by_type), entity, parts)
        return made

    def _outputs(self, entity: Entity, type_: GraphQLObjectType, grouped: Mapping[str, Details]) -> tuple[Output, ...]:
        every: tuple[Field | One | Many, ...] = (*entity.fields, *entity.ones, *entity.many)
        members = {member.name: member for member in every} | ({} if entity is CHANGE else {HISTORY.name: HISTORY})
        members |= {many.aggregate: many for many in entity.many if many.grouped}
        return tuple(self._output(key, entity, type_, members, details) for key, details in grouped.items())

    def _output(
        self,
        key: str,
        entity: Entity,
        type_: GraphQLObjectType,
        members: Mapping[str, Field | One | Many],
        details: Details,
    ) -> Output:
        name = details[0].node.name.value
        if name == "__typename":
            return self._once(TypeName(key), key)
        if entity is CHANGE and name == "node":
            selects = self._any_of(CATALOGUE, details)
            return self._once(AnyReference(key, CHANGE.field("nodeId"), selects), key, *map(id, selects))
        if entity.scored and name == "centrality":
            scored = ScoreLeaf(key, score_of(self._arguments(type_, details)))
            self._scores.setdefault(scored.score, [])
            return self._once(scored, scored)
        member, field = members[name], type_.fields[name]
        named = get_named_type(field.type)
        if isinstance(member, One):
            select = self.select(named, details)
            return self._once(Reference(key, member, select), key, member, id(select))
        if isinstance(member, Many) and name == member.aggregate:
            group = self._group(CATALOGUE[member.target], member, named, details, self._arguments(type_, details))
            return self._once(Grouped(key, group), key, id(group))
        if isinstance(member, Many):
            page = self.page(READ[member.target], member, named, details, self._arguments(type_, details))
            return self._once(Listing(key, page), key, id(page))
        if member.type is Scalar.POSITION:
            position = Leaf(key, member, parts=self._names(named, details))
            return self._once(position, position)
        english = member.translated and plain(self._arguments(type_, details).get("language")) == Language.EN.value
        leaf = Leaf(key, member, english)
        return self._once(leaf, leaf)

    def _names(self, named: GraphQLNamedType, details: Details) -> tuple[tuple[str, str], ...]:
        assert isinstance(named, GraphQLObjectType)
        return tuple((key, found[0].node.name.value) for key, found in self._sub(named, details).items())

    # -------------------------------------------------------------------------------------------- pages
    def page(
        self,
        entity: Entity,
        relation: Many | None,
        named: GraphQLNamedType,
        details: Details,
        arguments: Arguments,
        scope: Filter | None = None,
    ) -> Page:
        """A connection field.

        Raises:
            BadPage, NullOperator: its arguments cannot be answered as they stand.
        """
        assert isinstance(named, GraphQLObjectType)
        size, backward = page_size(arguments, self.limits.page_default, self.limits.page_max)
        where = filter_of(READ[relation.where] if relation else entity, arguments.get("where"), relation)
        after, before = (
            value_of(given) if (given := arguments.get(name)) is not None else None for name in ("after", "before")
        )
        page = Page(
            connection=named.name,
            entity=entity,
            relation=relation,
            where=where if scope is None else scope if where == All(()) else All((scope, where)),
            order=order_of(entity, relation, arguments.get("orderBy")),
            size=size,
            backward=backward,
            after=after,
            before=before,
            parts=tuple(self._part(key, relation, named, found) for key, found in self._sub(named, details).items()),
        )
        for score in page.scores:
            self._scores.setdefault(score, []).extend([page] if after or before else [])
        parts = tuple(map(id, page.parts))
        return self._once(page, replace(page, parts=()), parts)

    def _part(self, key: str, relation: Many | None, connection: GraphQLObjectType, details: Details) -> Part:
        name = details[0].node.name.value
        if name == "__typename":
            return self._once(TypeName(key, connection.name), key, connection.name)
        if name == "totalCount":
            return self._once(Total(key), key)
        named = get_named_type(connection.fields[name].type)
        if name == "nodes":
            select = self.select(named, details)
            return self._once(Nodes(key, select), key, id(select))
        if name == "pageInfo":
            info = PageInfo(key, self._names(named, details))
            return self._once(info, info)
        assert isinstance(named, GraphQLObjectType)
        edges = tuple(self._edge(k, relation, named, found) for k, found in self._sub(named, details).items())
        return self._once(Edges(key, edges), key, *map(id, edges))

    def _edge(self, key: str, relation: Many | None, edge: GraphQLObjectType, details: Details) -> EdgeOutput:
        name = details[0].node.name.value
        if name == "__typename":
            return self._once(TypeName(key, edge.name), key, edge.name)
        if name == "cursor":
            return self._once(CursorOut(key), key)
        named = get_named_type(edge.fields[name].type)
        if name == "node":
            select = self.select(named, details)
            return self._once(NodeOut(key, select), key, id(select))
        assert relation is not None, "only edges of relations have more"
        if relation.tie and name == CATALOGUE[relation.tie].prefix:
            select = self.select(named, details)
            return self._once(TieOut(key, select), key, id(select))
        if relation.tie:
            fact = FactOut(key, CATALOGUE[relation.tie].field(name))
            return self._once(fact, fact)
        one = PAIR[relation.arms[0][0].table].one
        assert one is not None, "the catalogue puts only a link's reference on its edge"
        select = self.select(named, details)
        return self._once(FactReferenceOut(key, one, select), key, one, id(select))

    # -------------------------------------------------------------------------------------------- groups
    def _group(
        self, entity: Entity, relation: Many | None, named: GraphQLNamedType, details: Details, arguments: Arguments
    ) -> Group:
        assert isinstance(named, GraphQLObjectType)
        outputs = []
        for key, found in self._sub(named, details).items():
            name = found[0].node.name.value
            thing = get_named_type(named.fields[name].type) if name in ("municipality", "municipalities") else None
            select = self.select(thing, found) if thing else None
            outputs.append(self._once(GroupOut(key, name, select), key, name, id(select)))
        asked = arguments.get("groupBy")
        keys = tuple(dict.fromkeys(str(plain(item)) for item in asked)) if isinstance(asked, list) else ()
        where = filter_of(CATALOGUE[relation.where] if relation else entity, arguments.get("where"), relation)
        group = Group(named.name, entity, relation, keys, where, tuple(outputs))
        return self._once(group, replace(group, outputs=()), *map(id, outputs))
