"""Plan → text: a tree with one short line a node, in the field's words, the same for the same plan.

Variables stand as $name.path, literals as a document would write them, a fact or relation under another key as `key: name`. Knows no store: what a
store makes of the plan is its statement.

    actor: the Actor with slug = $slug
      name
      partners: Collaborator page, first 5 after $after, by tie.strength-, id-, tie.id-
        where kind in [PROJECT, RESEARCH]
        totalCount
"""

import json
from collections.abc import Sequence
from enum import Enum

from graph_api.plan.nodes import (
    ActiveOn,
    All,
    AnyOf,
    AnyReference,
    ById,
    ByIds,
    Compare,
    Counted,
    CursorOut,
    EdgeOutput,
    Edges,
    EitherEnd,
    FactOut,
    FactReferenceOut,
    Filter,
    Given,
    Group,
    Grouped,
    GroupRoot,
    Identified,
    Leaf,
    Listed,
    Listing,
    Lookup,
    Made,
    Near,
    NodeOut,
    Nodes,
    Not,
    OtherEnd,
    Output,
    Page,
    PageInfo,
    PageRoot,
    Part,
    Reference,
    Refers,
    Related,
    Root,
    ScoreLeaf,
    Select,
    TieOut,
    Total,
    TypeName,
    Value,
    Var,
)

OPERATORS = {
    "eq": "=",
    "ne": "is known and not",
    "in": "in",
    "notIn": "is known and not in",
    "isNull": "is unknown:",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
    "contains": "contains",
    "startsWith": "begins with",
    "endsWith": "ends in",
}

Lines = list[str]


def explain(roots: Sequence[Root]) -> str:
    """The planned roots of an operation as a tree; ends in a line break unless there is none."""
    explainer = _Explainer()
    return "".join(f"{line}\n" for root in roots for line in explainer.root(root))


def _under(lines: Lines) -> Lines:
    return [f"  {line}" for line in lines]


def _named(key: str, name: str) -> str:
    return name if key == name else f"{key}: {name}"


def value_text(value: Value) -> str:
    """A place as $name.path, a literal as a document would write it."""
    match value:
        case Var(path):
            return "$" + ".".join(map(str, path))
        case Given(given):
            return _literal(given)
        case Listed(items):
            return f"[{', '.join(map(value_text, items))}]"
        case Made(members):
            return f"{{{', '.join(f'{name}: {value_text(member)}' for name, member in members)}}}"
        case Identified(of):
            return f"the ids of {value_text(of)}"


def _literal(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _shared(named: Sequence[tuple[str, Sequence[Lines]]]) -> Lines:
    """What all have, then what only some have under their names."""
    names: dict[tuple[str, ...], list[str]] = {}
    for name, items in named:
        for item in items:
            names.setdefault(tuple(item), []).append(name)
    groups: dict[tuple[str, ...], Lines] = {}
    for shown, who in names.items():
        groups.setdefault(tuple(dict.fromkeys(who)), []).extend(shown)
    every = groups.pop(tuple(dict.fromkeys(name for name, _ in named)), [])
    return every + [line for who, lines in groups.items() for line in (f"on {', '.join(who)}", *_under(lines))]


class _Explainer:
    """Explains each selection once, by identity: one may stand in very many places of the tree."""

    def __init__(self) -> None:
        self.known: dict[int, Lines] = {}

    def root(self, root: Root) -> Lines:
        match root:
            case TypeName(key):
                return [_named(key, "__typename")]
            case Lookup(key, select, by, value, where):
                head = f"{key}: the {select.entity.name} with {by.name} = {value_text(value)}"
                return [head, *_under([*_where(where), *self.select(select)])]
            case ById(key, value, selects):
                return [f"{key}: the thing with id = {value_text(value)}", *_under(self.any_of(selects))]
            case ByIds(key, value, selects):
                return [f"{key}: the things with ids in {value_text(value)}", *_under(self.any_of(selects))]
            case PageRoot(key, page):
                return self.page(key, page)
            case GroupRoot(key, group):
                return self.group(key, group)

    def group(self, name: str, group: Group) -> Lines:
        keys = f" by {', '.join(group.keys)}" if group.keys else ", all in one group"
        lines = _where(group.where)
        for output in group.outputs:
            lines += [_named(output.key, output.what), *_under(self.select(output.select) if output.select else [])]
        return [f"{name}: {group.entity.name} counted{keys}", *_under(lines)]

    def any_of(self, selects: Sequence[Select]) -> Lines:
        """Of a thing of whatever entity: what several ask alike, together."""
        return _shared(
            [
                (name, [self.output(output) for output in outputs])
                for select in selects
                for name, outputs in select.by_type
            ]
        )

    def select(self, select: Select) -> Lines:
        known = self.known.get(id(select))
        if known is None:
            asked = [(name, [self.output(output) for output in outputs]) for name, outputs in select.by_type]
            known = self.known[id(select)] = _shared(asked)
        return known

    def output(self, output: Output) -> Lines:
        match output:
            case TypeName(key):
                return [_named(key, "__typename")]
            case Leaf(key, field, english, parts):
                members = f" {{{', '.join(_named(*part) for part in parts)}}}" if parts else ""
                return [f"{_named(key, field.name)}{members}{', in English' if english else ''}"]
            case ScoreLeaf(key, score):
                network = "" if score.network == Given(None) else f" in the network {value_text(score.network)}"
                return [f"{_named(key, score.name)}{network}"]
            case Reference(key, one, select):
                return [f"{_named(key, one.name)}: one {select.entity.name}", *_under(self.select(select))]
            case AnyReference(key, field, selects):
                return [f"{_named(key, 'node')}: the thing with the id in {field.name}", *_under(self.any_of(selects))]
            case Listing(key, page):
                assert page.relation is not None, "inside a thing a page is of a relation"
                return self.page(_named(key, page.relation.name), page)
            case Grouped(key, group):
                assert group.relation is not None, "inside a thing rows of a relation are counted"
                return self.group(_named(key, group.relation.aggregate), group)

    def page(self, name: str, page: Page) -> Lines:
        size = f"{'last' if page.backward else 'first'} {value_text(page.size)}"
        for word, bound in (("after", page.after), ("before", page.before)):
            size += f" {word} {value_text(bound)}" if bound is not None else ""
        order = ", ".join(key.name for key in page.order)
        head = f"{name}: {page.connection.removesuffix('Connection')} page, {size}, by {order}"
        parts = [line for part in page.parts for line in self.part(part)]
        return [head, *_under([*_where(page.where), *parts])]

    def part(self, part: Part) -> Lines:
        match part:
            case TypeName(key):
                return [_named(key, "__typename")]
            case Total(key):
                return [_named(key, "totalCount")]
            case PageInfo(key, outputs):
                return [f"{_named(key, 'pageInfo')} {{{', '.join(_named(*output) for output in outputs)}}}"]
            case Nodes(key, select):
                return [_named(key, "nodes"), *_under(self.select(select))]
            case Edges(key, outputs):
                return [_named(key, "edges"), *_under([line for output in outputs for line in self.edge(output)])]

    def edge(self, output: EdgeOutput) -> Lines:
        match output:
            case TypeName(key):
                return [_named(key, "__typename")]
            case CursorOut(key):
                return [_named(key, "cursor")]
            case FactOut(key, field):
                return [_named(key, field.name)]
            case NodeOut(key, select):
                return [_named(key, "node"), *_under(self.select(select))]
            case TieOut(key, select):
                return [f"{_named(key, select.entity.prefix)}: the tie", *_under(self.select(select))]
            case FactReferenceOut(key, one, select):
                return [f"{_named(key, one.name)}: one {select.entity.name}", *_under(self.select(select))]


# ------------------------------------------------------------------------------------------------ filters
def _where(part: Filter) -> Lines:
    if part == All(()):
        return []
    first, *others = _filter(part)
    return [f"where {first}", *others]


def _filter(part: Filter) -> Lines:
    """The condition; what it holds of, one level deeper."""
    match part:
        case All(parts):
            return ["all of", *_under(_each(parts))] if parts else ["anything"]
        case AnyOf(parts):
            return ["any of", *_under(_each(parts))] if parts else ["nothing"]
        case Not(inner):
            return ["known not to be", *_under(_filter(inner))]
        case Compare(field, op, value):
            return [f"{field.name} {OPERATORS[op]} {value_text(value)}"]
        case ActiveOn(since, until, value):
            return [f"{since.name} to {until.name} may touch {value_text(value)}"]
        case Near(longitude, latitude, kilometres):
            point = f"({value_text(longitude)}, {value_text(latitude)})"
            return [f"within {value_text(kilometres)} km of {point}"]
        case Refers(one, inner):
            return [f"{one.name} is one with", *_under(_filter(inner))]
        case OtherEnd(inner):
            return ["the other end has", *_under(_filter(inner))]
        case EitherEnd(inner):
            return ["either end has", *_under(_filter(inner))]
        case Related(relation, how, inner):
            return [f"{how} of {relation.name} with", *_under(_filter(inner))]
        case Counted(relation, inner, bounds):
            limits = " and ".join(f"{OPERATORS[op]} {value_text(bound)}" for op, bound in bounds) or "any number"
            return [f"count of {relation.name} {limits}, with", *_under(_filter(inner))]


def _each(parts: Sequence[Filter]) -> Lines:
    return [line for part in parts for line in _filter(part)]
