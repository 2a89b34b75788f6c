"""Arguments of a field → filters, orders and sizes; variables → places and the shape that a plan's key holds.

The text of a statement may depend on which keys of a variable are there, which are null, on booleans, directions,
languages and group keys; on nothing else. `shape` is that of a variable's value, `marked` the value with a place
where everything else was.
"""

from collections.abc import Mapping, Sequence

from graphql import GraphQLInputObjectType, GraphQLInputType, GraphQLList, GraphQLNonNull, get_named_type

from graph_api.errors import BadPage, BadValue, NullOperator, TooCostly
from graph_api.model.catalogue import CATALOGUE, Entity, Many
from graph_api.plan.nodes import (
    ActiveOn,
    All,
    AnyOf,
    Compare,
    Counted,
    EitherEnd,
    Filter,
    Given,
    Identified,
    Key,
    Listed,
    Made,
    Near,
    Not,
    OtherEnd,
    Refers,
    Related,
    Score,
    Value,
    Var,
    identified,
    plain,
)

VALUE_IS_SHAPE = frozenset(
    {"SortDirection", "Language", "Boolean", "ActorGroupKey", "CollaborationGroupKey", "CentralityMeasure"}
)

FILTER_PARTS_MAX, FILTER_DEPTH_MAX, ORDER_STEPS_MAX = 500, 25, 30
"""What a store's statement can hold with room to spare: SQLite takes expressions 1,000 deep and joins of 64 tables."""

Arguments = Mapping[str, object]


def shape(type_: GraphQLInputType, value: object) -> object:
    """What of a variable's value the plan may depend on; hashable."""
    if value is None:
        return None
    if isinstance(type_, GraphQLNonNull):
        return shape(type_.of_type, value)
    if isinstance(type_, GraphQLList):
        if isinstance(get_named_type(type_), GraphQLInputObjectType) or get_named_type(type_).name in VALUE_IS_SHAPE:
            return tuple(shape(type_.of_type, item) for item in value)  # type: ignore[attr-defined]  # coerced: a list type's value is a list
        return "list"
    if isinstance(type_, GraphQLInputObjectType):
        return tuple((name, shape(type_.fields[name].type, value[name])) for name in sorted(value))  # type: ignore[call-overload, index]  # coerced
    return plain(value) if type_.name in VALUE_IS_SHAPE else True


def marked(type_: GraphQLInputType, value: object, path: tuple[str | int, ...]) -> object:
    """The value with places instead of all that the plan may not depend on; keys of objects sorted."""
    if value is None:
        return None
    if isinstance(type_, GraphQLNonNull):
        return marked(type_.of_type, value, path)
    if isinstance(type_, GraphQLList):
        if isinstance(get_named_type(type_), GraphQLInputObjectType) or get_named_type(type_).name in VALUE_IS_SHAPE:
            return [marked(type_.of_type, item, (*path, position)) for position, item in enumerate(value)]  # type: ignore[arg-type, var-annotated]
        return Var(path)
    if isinstance(type_, GraphQLInputObjectType):
        return {name: marked(type_.fields[name].type, value[name], (*path, name)) for name in sorted(value)}  # type: ignore[call-overload, index]
    return value if type_.name in VALUE_IS_SHAPE else Var(path)


def value_of(argument: object) -> Value:
    """An argument as a place or a literal, or what is made of those."""
    if isinstance(argument, Var):
        return argument
    if isinstance(argument, Mapping):
        # Sorted, so that equal ones are one.
        return Made(tuple((name, value_of(argument[name])) for name in sorted(argument)))
    if isinstance(argument, list):
        if any(isinstance(item, Var | Mapping | list) for item in argument):
            return Listed(tuple(map(value_of, argument)))
        return Given(tuple(argument))
    return Given(argument)


def ids_of(representations: object) -> Value:
    """The ids of what a federation's router names.

    Raises:
        BadValue: one that the document spells out holds no id.
    """
    if isinstance(representations, Var):
        return Identified(representations)
    return Listed(tuple(map(_id_of, _items(representations))))


def _id_of(representation: object) -> Value:
    if isinstance(representation, Var):
        return Identified(representation)
    id_ = _mapping(representation).get("id")
    return id_ if isinstance(id_, Var) else Given(identified(representation))


def score_of(given: Arguments) -> Score:
    """A measure in a network."""
    return Score(str(plain(given["measure"])), value_of(given.get("network")))


# ------------------------------------------------------------------------------------------------ where
def filter_of(entity: Entity, where: object, relation: Many | None = None) -> Filter:
    """A where-input as a filter on rows of the entity; `relation` is the one through which ties are met.

    Raises:
        NullOperator: an operator is null.
        TooCostly: the filter has more parts, or goes deeper, than one may.
    """
    found = _filter_of(entity, where, relation)
    parts, depth = _extent(found)
    if parts > FILTER_PARTS_MAX:
        raise TooCostly(
            f"A filter has {parts:,} parts; {FILTER_PARTS_MAX} are allowed.",
            hint="Ask for many values by `in`, or in several operations.",
        )
    if depth > FILTER_DEPTH_MAX:
        raise TooCostly(
            f"A filter is nested {depth} deep; {FILTER_DEPTH_MAX} are allowed.", hint="Ask in several operations."
        )
    return found


def _extent(part: Filter) -> tuple[int, int]:
    """How many parts a filter has, and how deep they lie."""
    if isinstance(part, All | AnyOf):
        inner: Sequence[Filter] = part.parts
    elif isinstance(part, Compare | ActiveOn | Near):
        inner = ()
    else:
        inner = (part.part,)
    extents = [_extent(below) for below in inner]
    return 1 + sum(parts for parts, _ in extents), 1 + max((depth for _, depth in extents), default=0)


def _filter_of(entity: Entity, where: object, relation: Many | None = None) -> Filter:
    parts = []
    for name, given in sorted(_mapping(where).items()):
        if given is not None:
            parts.append(_condition(entity, name, given, relation))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _mapping(value: object) -> Arguments:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def _condition(entity: Entity, name: str, given: object, relation: Many | None) -> Filter:
    if name in ("AND", "OR"):
        parts = tuple(_filter_of(entity, item, relation) for item in _items(given))
        return All(parts) if name == "AND" else AnyOf(parts)
    if name == "NOT":
        return Not(_filter_of(entity, given, relation))
    if name == "activeOn" and entity.active:
        return ActiveOn(entity.field(entity.active[0]), entity.field(entity.active[1]), value_of(given))
    if name == "near" and entity.near:
        near = _mapping(given)
        return Near(*(value_of(near[part]) for part in ("longitude", "latitude", "kilometres")))
    if name == "actor" and entity.ends == ("from", "to"):
        part = _filter_of(CATALOGUE["Actor"], given)
        return OtherEnd(part) if relation else EitherEnd(part)
    if field := next((field for field in entity.fields if field.name == name), None):
        parts = tuple(
            Compare(field, op, value_of(operand(field.name, op, value)))
            for op, value in sorted(_mapping(given).items())
        )
        return parts[0] if len(parts) == 1 else All(parts)
    if one := next((one for one in entity.ones if one.name == name), None):
        return Refers(one, _filter_of(CATALOGUE[one.target], given))
    return _related(entity.relation(name), _mapping(given))


def operand(field: str, op: str, value: object) -> object:
    """The operand of an operator.

    Raises:
        NullOperator: it is null.
    """
    if value is None:
        raise NullOperator(f"{field}: {op} cannot be null.", hint="To ask for what is unknown, write isNull: true.")
    return value


def _related(relation: Many, given: Arguments) -> Filter:
    entity = CATALOGUE[relation.where]
    parts: list[Filter] = []
    for how, value in sorted(given.items()):
        if value is None:
            continue
        if how == "count":
            count = _mapping(value)
            bounds = tuple(
                (op, value_of(operand("count", op, bound))) for op, bound in sorted(count.items()) if op != "where"
            )
            parts.append(Counted(relation, _filter_of(entity, count.get("where"), relation), bounds))
        else:
            parts.append(Related(relation, how, _filter_of(entity, value, relation)))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


# ------------------------------------------------------------------------------------------------ order
def order_of(entity: Entity, relation: Many | None, given: object) -> tuple[Key, ...]:
    """The keys of an order, made complete by the node's id and the tie's.

    Args:
        entity: of the nodes.
        relation: through which they are met; where it has ties, `given` speaks of those.

    Raises:
        TooCostly: the order has more keys than one may.
    """
    tie = CATALOGUE[relation.tie] if relation and relation.tie else None
    keys: list[Key] = []
    for item in _items(given) if given else ():
        for name, value in _mapping(item).items():
            if value is not None:
                keys += _keys(tie or entity, name, value, of_tie=tie is not None, relation=relation)
    if (steps := sum(1 + len(key.through) for key in keys)) > ORDER_STEPS_MAX:
        raise TooCostly(
            f"An order has {steps} keys and references; {ORDER_STEPS_MAX} are allowed.", hint="Leave out the last ones."
        )
    if not keys:
        keys = [Key(of_tie=False, through=(), by=entity.field(entity.default_order), descending=entity.newest_first)]
    descending = keys[-1].descending
    keys.append(Key(of_tie=False, through=(), by=entity.field("id"), descending=descending))
    if tie:
        keys.append(Key(of_tie=True, through=(), by=tie.field("id"), descending=descending))
    met: set[tuple[object, ...]] = set()
    unique = []
    for key in keys:
        if (same := (key.of_tie, key.through, key.by)) not in met:
            met.add(same)
            unique.append(key)
    return tuple(unique)


def _keys(entity: Entity, name: str, value: object, *, of_tie: bool, relation: Many | None) -> list[Key]:
    if not isinstance(value, Mapping):
        by = next((count for count in entity.counts if count.name == name), None) or entity.field(name)
        return [Key(of_tie=of_tie, through=(), by=by, descending=plain(value) == "DESC")]
    if entity.scored and name == "centrality":
        return [Key(of_tie=of_tie, through=(), by=score_of(value), descending=plain(value["direction"]) == "DESC")]
    far = next(iter(relation.arms[0])).far if relation else ""
    if name == "actor" and entity.ends == ("from", "to"):
        # The other end of a tie that is met through a relation; at the root, the first.
        target, through, on_tie = CATALOGUE["Actor"], (() if of_tie else (entity.one("from"),)), False
    elif of_tie and name == far:
        target, through, on_tie = CATALOGUE[entity.one(name).target], (), False
    else:
        target, through, on_tie = CATALOGUE[entity.one(name).target], (entity.one(name),), of_tie
    return [
        Key(on_tie, through + key.through, key.by, key.descending)
        for inner, direction in value.items()
        if direction is not None
        for key in _keys(target, inner, direction, of_tie=False, relation=None)
    ]


# ------------------------------------------------------------------------------------------------ sizes
def page_size(arguments: Arguments, default: int, largest: int) -> tuple[Value, bool]:
    """How many rows, and whether from the end.

    Raises:
        BadPage: both first and last are given, or one that the document spells out is out of range.
    """
    first, last = arguments.get("first"), arguments.get("last")
    if first is not None and last is not None:
        raise BadPage("first and last cannot be given together.", hint="Use first with after, or last with before.")
    size = last if last is not None else first if first is not None else default
    value = value_of(size)
    if isinstance(value, Given):
        check_size(value.value, largest)
    return value, last is not None


def check_size(size: object, largest: int) -> int:
    """The size itself.

    Raises:
        BadPage: it is below 0 or above the largest.
    """
    if not isinstance(size, int) or not 0 <= size <= largest:
        raise BadPage(f"A page of {size} cannot be asked for.", hint=f"first and last go from 0 to {largest:,}.")
    return size


def one_of(arguments: Arguments, *names: str) -> tuple[str, object]:
    """The one argument that is given.

    Raises:
        BadValue: none or several are.
    """
    given = [(name, arguments[name]) for name in names if arguments.get(name) is not None]
    if len(given) != 1:
        raise BadValue(
            f"Exactly one of {' and '.join(names)} is needed, not {len(given)}.", hint=f"Give {' or '.join(names)}."
        )
    return given[0]
