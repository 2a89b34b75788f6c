"""The plan: a tree of what an operation asks of the graph, the same for every store.

Nodes are frozen and compare by value. A plan holds no values of variables: where one will be needed stands a place
(`Var`); literals of the document are part of the plan (`Given`). Names of entities, fields and relations are the
catalogue's own objects.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from graph_api.errors import BadValue
from graph_api.model.catalogue import Count, Entity, Field, Many, One

Values = Mapping[str, object]
"""The coerced variables of a request."""


# ------------------------------------------------------------------------------------------------ values
def plain(value: object) -> object:
    """Closed lists by name, everything else as it is."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A literal of the document. True is another than 1, for a database that has both; for Python they are equal."""

    value: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Given) and repr(self.value) == repr(other.value)

    def __hash__(self) -> int:
        return hash(repr(self.value))

    def of(self, values: Values) -> object:
        return plain(self.value)


@dataclass(frozen=True, slots=True)
class Var:
    """The place of a value in the variables: a name, then keys and positions."""

    path: tuple[str | int, ...]

    def of(self, values: Values) -> object:
        found: object = values
        for step in self.path:
            found = found[step]  # type: ignore[index]  # the path was made from the variables' own types
        return plain(found)


THINGS = "things of resolved roots"
"""Where their ids lie among the values, a list a selection; no variable has such a name."""

STATEMENTS_KEPT = 256
"""Of those that read THINGS: their selections are made at each request, and are equal where the document is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the document that holds variables."""

    items: tuple["Value", ...]

    def of(self, values: Values) -> object:
        return [item.of(values) for item in self.items]


@dataclass(frozen=True, slots=True)
class Made:
    """An input object whose members are literals, places, or objects of the same kind."""

    members: tuple[tuple[str, "Value"], ...]

    def of(self, values: Values) -> object:
        return {name: value.of(values) for name, value in self.members}


@dataclass(frozen=True, slots=True)
class Identified:
    """The id of a representation as a federation's router sends it, or the ids of a list of them."""

    value: Var

    def of(self, values: Values) -> object:
        found = self.value.of(values)
        return list(map(identified, found)) if isinstance(found, list) else identified(found)


def identified(representation: object) -> str:
    """The id that a representation holds.

    Raises:
        BadValue: it is no object with an id.
    """
    id_ = representation.get("id") if isinstance(representation, Mapping) else None
    if not isinstance(id_, str):
        raise BadValue("A representation holds no id.", hint='Send {"__typename": "Business", "id": "actor:volvo"}.')
    return id_


Value = Given | Var | Listed | Made | Identified


# ------------------------------------------------------------------------------------------------ filters
@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, all rows."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Some part holds; without parts, no row."""

    parts: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is known not to hold."""

    part: "Filter"


@dataclass(frozen=True, slots=True)
class Compare:
    """A field against a value, three-valued: what is null fails all but isNull. `op` is the outward operator."""

    field: Field
    op: str
    value: Value


@dataclass(frozen=True, slots=True)
class ActiveOn:
    """The span of the row's own dates and that of the value may overlap; an unknown beginning has begun, an unknown end goes on."""

    since: Field
    until: Field
    value: Value


@dataclass(frozen=True, slots=True)
class Near:
    """Within so many kilometres of a point, by haversine; unknown where the position is."""

    longitude: Value
    latitude: Value
    kilometres: Value


@dataclass(frozen=True, slots=True)
class Refers:
    """The reference names a thing that the filter holds for."""

    one: One
    part: "Filter"


@dataclass(frozen=True, slots=True)
class OtherEnd:
    """Of a tie met from one of its ends: the filter holds for the thing at the other."""

    part: "Filter"


@dataclass(frozen=True, slots=True)
class EitherEnd:
    """Of a tie met at the root: the filter holds for the thing at one end or the other."""

    part: "Filter"


@dataclass(frozen=True, slots=True)
class Related:
    """Some, every or none of a relation's ties (or things, where the tie is no entity) satisfy the filter."""

    relation: Many
    how: str
    part: "Filter"


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a relation satisfy the filter, against bounds (operator, value)."""

    relation: Many
    part: "Filter"
    bounds: tuple[tuple[str, Value], ...]


Filter = All | AnyOf | Not | Compare | ActiveOn | Near | Refers | OtherEnd | EitherEnd | Related | Counted


# ------------------------------------------------------------------------------------------------ scores
@dataclass(frozen=True, slots=True)
class Score:
    """A measure of every actor in a network: computed before the statement is run, and an input of it."""

    measure: str
    network: Value

    @property
    def name(self) -> str:
        return f"centrality {self.measure}"

    @property
    def place(self) -> str:
        """Where its scores lie among the values of a request; no variable has such a name."""
        return f"{self.name} {self.network}"


# ------------------------------------------------------------------------------------------------ order
@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order: a field, a count or a score of the node or of the tie, perhaps through references. What is missing is the greatest."""

    of_tie: bool
    through: tuple[One, ...]
    by: Field | Count | Score
    descending: bool

    @property
    def is_number(self) -> bool:
        return isinstance(self.by, Count | Score) or self.by.is_number

    @property
    def column(self) -> str:
        assert not isinstance(self.by, Score), "a score stands in no column"
        return self.by.column if isinstance(self.by, Count) else self.by.sort_column

    @property
    def name(self) -> str:
        """How the order names it: municipality.name-"""
        return (
            ("tie." if self.of_tie else "")
            + ".".join([*(one.name for one in self.through), self.by.name])
            + ("-" if self.descending else "+")
        )


# ------------------------------------------------------------------------------------------------ outputs
@dataclass(frozen=True, slots=True)
class TypeName:
    """__typename; `name` where it is known without looking."""

    key: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A fact. `parts` of a position: keys and names of its members."""

    key: str
    field: Field
    english: bool = False
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreLeaf:
    """A score, or null where it is undefined."""

    key: str
    score: Score


@dataclass(frozen=True, slots=True)
class Reference:
    """The thing that a reference names, or null."""

    key: str
    one: One
    select: "Select"


@dataclass(frozen=True, slots=True)
class AnyReference:
    """The thing, of whatever kind, whose id a field holds: a selection an entity; null where it is gone."""

    key: str
    field: Field
    selects: tuple["Select", ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A connection inside a thing."""

    key: str
    page: "Page"


@dataclass(frozen=True, slots=True)
class Grouped:
    """An aggregate inside a thing."""

    key: str
    group: "Group"


Output = TypeName | Leaf | ScoreLeaf | Reference | AnyReference | Listing | Grouped


@dataclass(frozen=True, slots=True)
class Select:
    """What is asked of a thing, by the object type that it turns out to be; each in the order asked."""

    entity: Entity
    by_type: tuple[tuple[str, tuple[Output, ...]], ...]


def merged_outputs(select: Select) -> list[tuple[Output, list[str]]] | None:
    """The outputs of all types in one order, each with its types; None where the types ask in orders that do not agree.

    What is equal is known by identity: a planner makes each output once.
    """
    merged: list[tuple[Output, list[str]]] = []
    for name, outputs in select.by_type:
        at = 0
        for output in outputs:
            found = next((number for number, (known, _) in enumerate(merged) if known is output), None)
            if found is None:
                merged.insert(at, (output, [name]))
                at += 1
            else:
                merged[found][1].append(name)
                at = found + 1
    agree = all(
        [id(output) for output, types in merged if name in types] == list(map(id, outputs))
        for name, outputs in select.by_type
    )
    return merged if agree else None


# ------------------------------------------------------------------------------------------------ pages
@dataclass(frozen=True, slots=True)
class CursorOut:
    """The cursor of an edge."""

    key: str


@dataclass(frozen=True, slots=True)
class NodeOut:
    """The node of an edge."""

    key: str
    select: Select


@dataclass(frozen=True, slots=True)
class TieOut:
    """The tie of an edge, as a thing."""

    key: str
    select: Select


@dataclass(frozen=True, slots=True)
class FactOut:
    """A fact of the tie on its edge."""

    key: str
    field: Field


@dataclass(frozen=True, slots=True)
class FactReferenceOut:
    """What a link refers to, on its edge."""

    key: str
    one: One
    select: Select


EdgeOutput = TypeName | CursorOut | NodeOut | TieOut | FactOut | FactReferenceOut


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of a page, and what is asked of each."""

    key: str
    outputs: tuple[EdgeOutput, ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a page without their edges."""

    key: str
    select: Select


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Members of pageInfo by key."""

    key: str
    outputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Total:
    """How many rows there are on all pages."""

    key: str


Part = TypeName | Edges | Nodes | PageInfo | Total


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a connection: where, order, and a cut after or before a cursor. Without `relation` it is at the root."""

    connection: str
    entity: Entity
    relation: Many | None
    where: Filter
    order: tuple[Key, ...]
    """Complete: ends in the node's id, and the tie's."""
    size: Value
    backward: bool
    after: Value | None
    before: Value | None
    parts: tuple[Part, ...]

    @property
    def reads_rows(self) -> bool:
        """Whether an answer depends on rows; what lies behind is told by the cursor alone."""
        told = {"__typename", "hasNextPage" if self.backward else "hasPreviousPage"}
        return any(
            isinstance(part, Edges | Nodes)
            or (isinstance(part, PageInfo) and any(name not in told for _, name in part.outputs))
            for part in self.parts
        )

    @property
    def tag(self) -> str:
        """What its cursors are bound to, in words; beside the networks of its scores, which are values."""
        return f"{self.connection} {' '.join(key.name for key in self.order)}"

    @property
    def scores(self) -> tuple[Score, ...]:
        """Those that its order needs."""
        return tuple(key.by for key in self.order if isinstance(key.by, Score))

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Of each part of a cursor, whether it is a number: the keys, and where they hold a score its revision."""
        return (*(key.is_number for key in self.order), *((True,) if self.scores else ()))

    def bound_to(self, values: Values) -> str:
        """What its cursors are bound to, in words."""
        return " ".join([self.tag, *(repr(score.network.of(values)) for score in self.scores)])


# ------------------------------------------------------------------------------------------------ groups
@dataclass(frozen=True, slots=True)
class GroupOut:
    """A figure or a key of a group, by its outward name; things of the key `municipality` or `municipalities` have a selection."""

    key: str
    what: str
    select: Select | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a connection counted by a combination of keys of their things. Without `relation` it is at the root."""

    type_name: str
    entity: Entity
    relation: Many | None
    keys: tuple[str, ...]
    where: Filter
    outputs: tuple[GroupOut, ...]


# ------------------------------------------------------------------------------------------------ roots
@dataclass(frozen=True, slots=True)
class Lookup:
    """The one thing with this value of a unique field, if `where` holds for it."""

    key: str
    select: Select
    by: Field
    value: Value
    where: Filter


@dataclass(frozen=True, slots=True)
class ById:
    """The thing with this id, of whatever kind: a selection an entity."""

    key: str
    value: Value
    selects: tuple[Select, ...]


@dataclass(frozen=True, slots=True)
class ByIds:
    """The things with these ids, in their order; null where there is none."""

    key: str
    value: Value
    selects: tuple[Select, ...]


@dataclass(frozen=True, slots=True)
class PageRoot:
    """A connection at the root."""

    key: str
    page: Page


@dataclass(frozen=True, slots=True)
class GroupRoot:
    """An aggregate at the root."""

    key: str
    group: Group


Root = TypeName | Lookup | ById | ByIds | PageRoot | GroupRoot
