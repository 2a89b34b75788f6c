"""What an operation may cost at most, known from its plan and page sizes before anything is read.

The rows of a page are its size times one and the rows below each; of several roots or relations, the sum. Values are what
these rows show: an answer's length follows them. Depth counts relations inside one another. Fields are counted with
fragments unfolded, since a statement grows with them: a fragment that asks for the next one twice, and so on, doubles them
each time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

from graph_api.errors import TooCostly
from graph_api.model.vocabulary import ActorKind, Helix
from graph_api.plan import cursor
from graph_api.plan.arguments import check_size
from graph_api.plan.nodes import (
    All,
    AnyOf,
    AnyReference,
    ById,
    ByIds,
    Counted,
    Edges,
    EitherEnd,
    FactReferenceOut,
    Filter,
    Given,
    Group,
    Grouped,
    GroupRoot,
    Listing,
    Lookup,
    NodeOut,
    Nodes,
    Not,
    OtherEnd,
    Output,
    Page,
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
    Value,
    Values,
    merged_outputs,
)

FIELDS_MAX = 5000
"""Of an operation with its fragments unfolded: some 100 bytes of a statement each."""
GROUPS = 50
"""So many groups are reckoned to an aggregate at most: how many there are is not known before it is read."""
GROUPS_OF = {"KIND": len(ActorKind), "HELIX": len(Helix)}
"""So many there can be by a key that is a closed list."""


class Measured(NamedTuple):
    """What could be returned at most."""

    rows: int
    values: int


def _sum(parts: Iterable[Measured]) -> Measured:
    rows = values = 0
    for part in parts:
        rows += part.rows
        values += part.values
    return Measured(rows, values)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a page or a list of ids: a size, one row each, and pages inside each row."""

    size: Value
    inner: tuple["Rows", ...]
    shown: int
    """Values of a row, those inside its pages apart."""
    times: int = 1
    unread: tuple[tuple[Value, Page], ...] = ()
    """Cursors of a page that shows no rows: no store reads them, yet a wrong one is refused."""

    def at_most(self, values: Values, largest: int) -> Measured:
        for bound, page in self.unread:
            cursor.read(bound.of(values), page.bound_to(values), page.numbers)
        found = self.size.of(values)
        size = self.times * check_size(len(found) if isinstance(found, list) else found, largest)
        below = _sum(rows.at_most(values, largest) for rows in self.inner)
        return Measured(size * (1 + below.rows), size * (self.shown + below.values))


@dataclass(frozen=True, slots=True)
class Cost:
    """Of an operation: its pages, how deep they lie, and whether each read of it is cheap for its rows."""

    pages: tuple[Rows, ...]
    depth: int
    light: bool
    """No filter by relation, no filtered total, no aggregate: the time follows the rows."""
    fields: int
    """What it asks for, with fragments unfolded."""

    shown: int
    """Values outside of all pages."""

    def measured(self, values: Values, page_max: int) -> Measured:
        """What could be returned.

        Raises:
            BadPage: a size is out of range.
        """
        found = _sum(rows.at_most(values, page_max) for rows in self.pages)
        return Measured(found.rows, found.values + self.shown)

    def check(self, values: Values, *, page_max: int, rows_max: int, values_max: int) -> Measured:
        """What could be returned.

        Raises:
            BadPage, TooCostly: a size is out of range; the rows or values are more than one operation may return.
        """
        found = self.measured(values, page_max)
        for measured, what, most in ((found.rows, "rows", rows_max), (found.values, "values", values_max)):
            if measured > most:
                raise TooCostly(
                    f"The operation could return {measured:,} {what}; {most:,} are allowed.",
                    hint="Ask for smaller pages, or fewer inside one another.",
                )
        return found


def cost_of(roots: tuple[Root, ...], depth_max: int) -> Cost:
    """The cost of planned roots.

    Raises:
        TooCostly: relations lie deeper than `depth_max`, or fragments unfold to more than `FIELDS_MAX` fields.
    """
    walk = _Walk()
    found = [walk.root(root) for root in roots]
    pages = tuple(rows for extent in found for rows in extent.pages)
    return _cost(found, pages, sum(extent.shown for extent in found), depth_max)


def cost_of_things(wanted: Sequence[tuple[Select, int]], depth_max: int) -> Cost:
    """The cost of things that results name: of each selection so many.

    Raises:
        TooCostly: as `cost_of`.
    """
    walk = _Walk()
    found = [walk.select(select) for select, _ in wanted]
    pages = [
        Rows(Given(1), extent.pages, extent.shown, count) for extent, (_, count) in zip(found, wanted, strict=True)
    ]
    return _cost(found, tuple(pages), 0, depth_max)


def _cost(found: Sequence["_Extent"], pages: tuple[Rows, ...], shown: int, depth_max: int) -> Cost:
    depth = max((extent.depth for extent in found), default=0)
    if depth > depth_max:
        raise TooCostly(
            f"The operation goes {depth} relations deep; {depth_max} are allowed.", hint="Ask in two operations."
        )
    fields = _bounded(sum(extent.fields for extent in found))
    return Cost(pages, depth, all(extent.light for extent in found), fields, shown)


def _bounded(fields: int) -> int:
    if fields > FIELDS_MAX:
        raise TooCostly(
            f"With its fragments unfolded the operation asks for more than {FIELDS_MAX:,} fields.",
            hint="Fragments that hold one another multiply. Ask in several operations.",
        )
    return fields


@dataclass(frozen=True, slots=True)
class _Extent:
    """Of a part of a plan: its pages, how deep they lie, its fields, whether each read is cheap, and its values outside of pages."""

    pages: tuple[Rows, ...] = ()
    depth: int = 0
    fields: int = 1
    light: bool = True
    shown: int = 1


class _Walk:
    """Measures a plan, each part of it once however often it is met: written out, a plan can be beyond measure."""

    def __init__(self) -> None:
        self.known: dict[int, _Extent] = {}

    def root(self, root: Root) -> _Extent:
        if isinstance(root, PageRoot):
            return self.page(root.page)
        if isinstance(root, Lookup):
            return self.select(root.select)
        if isinstance(root, ById | ByIds):
            # One id is of one kind only, but which is not known before it is looked up.
            extent = _together([self.select(select) for select in root.selects])
            if isinstance(root, ById):
                return extent
            return replace(extent, pages=(Rows(root.value, extent.pages, extent.shown),), shown=0)
        if isinstance(root, GroupRoot):
            return self.group(root.group)
        return _Extent()

    def group(self, group: Group) -> _Extent:
        below = _together([self.select(output.select) for output in group.outputs if output.select])
        groups = min(GROUPS, prod(GROUPS_OF.get(key, GROUPS) for key in group.keys))
        rows = Rows(Given(1), below.pages, below.shown + len(group.outputs), groups)
        return _Extent((rows,), below.depth + 1, below.fields + len(group.outputs), light=False, shown=0)

    def page(self, page: Page) -> _Extent:
        filtered = page.where != All(())
        light = not _by_relation(page.where) and not (filtered and any(isinstance(part, Total) for part in page.parts))
        light = light and (page.relation is not None or not filtered) and not page.scores
        below = _together([self.select(select) for part in page.parts for select in _selects(part)])
        bounds = () if page.reads_rows else ((bound, page) for bound in (page.after, page.before) if bound is not None)
        edges = sum(len(part.outputs) for part in page.parts if isinstance(part, Edges))
        rows = Rows(page.size, below.pages, below.shown + edges, unread=tuple(bounds))
        return _Extent((rows,), below.depth + 1, below.fields + len(page.parts), light and below.light, len(page.parts))

    def select(self, select: Select) -> _Extent:
        """Of a thing of whatever type: what several types ask alike, in one order, counts once."""
        if (known := self.known.get(id(select))) is not None:
            return known
        merged = merged_outputs(select)
        every = [output for _, outputs in select.by_type for output in outputs]
        outputs = [output for output, _ in merged] if merged is not None else every
        extent = _together([self.output(output) for output in outputs])
        if merged is None:
            # Each type is read by itself, but one thing is of one type.
            rows = {id(page): page for page in extent.pages}
            extent = replace(extent, pages=tuple(rows.values()))
        self.known[id(select)] = extent
        return extent

    def output(self, output: Output) -> _Extent:
        if isinstance(output, ScoreLeaf):
            return _Extent(light=False)
        if not isinstance(output, Listing | Reference | AnyReference | Grouped):
            return _Extent()
        if (known := self.known.get(id(output))) is None:
            if isinstance(output, Listing):
                known = self.page(output.page)
            elif isinstance(output, AnyReference):
                # Of one kind only, but which is not known before it is looked up.
                below = _together([self.select(select) for select in output.selects])
                known = replace(below, depth=below.depth + 1, light=False)
            elif isinstance(output, Grouped):
                known = self.group(output.group)
            else:
                below = self.select(output.select)
                known = replace(below, depth=below.depth + 1)
            self.known[id(output)] = known
        return known


def _together(extents: Sequence[_Extent]) -> _Extent:
    return _Extent(
        tuple(rows for extent in extents for rows in extent.pages),
        max((extent.depth for extent in extents), default=0),
        _bounded(1 + sum(extent.fields for extent in extents)),
        all(extent.light for extent in extents),
        sum(extent.shown for extent in extents),
    )


def _selects(part: Part) -> list[Select]:
    if isinstance(part, Nodes):
        return [part.select]
    if isinstance(part, Edges):
        return [output.select for output in part.outputs if isinstance(output, NodeOut | TieOut | FactReferenceOut)]
    return []


def _by_relation(part: Filter) -> bool:
    if isinstance(part, Related | Counted | EitherEnd):
        return True
    if isinstance(part, All | AnyOf):
        return any(_by_relation(inner) for inner in part.parts)
    if isinstance(part, Not | Refers | OtherEnd):
        return _by_relation(part.part)
    return False
