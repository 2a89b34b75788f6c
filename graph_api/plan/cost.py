"""What an operation may cost at most, known from its plan and page sizes before anything is read.

The rows of a page are its size times one and the rows below each; of several roots or relations, the sum. Depth counts relations inside one another.
"""

from dataclasses import dataclass

from graph_api.errors import TooCostly
from graph_api.plan.arguments import check_size
from graph_api.plan.nodes import (
    All,
    AnyOf,
    ById,
    ByIds,
    Counted,
    Edges,
    EitherEnd,
    FactReferenceOut,
    Filter,
    Given,
    GroupRoot,
    Listing,
    Lookup,
    NodeOut,
    Nodes,
    Not,
    OtherEnd,
    Page,
    PageRoot,
    Part,
    Reference,
    Refers,
    Related,
    Root,
    Select,
    TieOut,
    Total,
    Value,
    Values,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a page or a list of ids: a size, one row each, and pages inside each row."""

    size: Value
    inner: tuple["Rows", ...]

    def at_most(self, values: Values, largest: int) -> int:
        found = self.size.of(values)
        size = check_size(len(found) if isinstance(found, list) else found, largest)
        return size * (1 + sum(rows.at_most(values, largest) for rows in self.inner))


@dataclass(frozen=True, slots=True)
class Cost:
    """Of an operation: its pages, how deep they lie, and whether each read of it is cheap for its rows."""

    pages: tuple[Rows, ...]
    depth: int
    light: bool
    """No filter by relation, no filtered total, no aggregate: the time follows the rows."""

    @property
    def fixed(self) -> bool:
        """No size comes from a variable."""
        return all(_fixed(rows) for rows in self.pages)

    def rows(self, values: Values, largest: int) -> int:
        """The rows that could be returned.

        Raises:
            BadPage: a size is out of range.
        """
        return sum(rows.at_most(values, largest) for rows in self.pages)

    def check(self, values: Values, *, page_max: int, rows_max: int) -> int:
        """The rows that could be returned.

        Raises:
            BadPage, TooCostly: a size is out of range; the rows are more than one operation may return.
        """
        rows = self.rows(values, page_max)
        if rows > rows_max:
            raise TooCostly(
                f"The operation could return {rows:,} rows; {rows_max:,} are allowed.",
                hint="Ask for smaller pages, or fewer inside one another.",
            )
        return rows


def cost_of(roots: tuple[Root, ...], depth_max: int) -> Cost:
    """The cost of planned roots.

    Raises:
        TooCostly: relations lie deeper than `depth_max`.
    """
    pages: list[Rows] = []
    depth, light = 0, True
    for root in roots:
        if isinstance(root, PageRoot):
            rows, deep, cheap = _page(root.page)
            found: tuple[Rows, ...] = (rows,)
        elif isinstance(root, Lookup):
            found, deep, cheap = _select(root.select)
        elif isinstance(root, ById | ByIds):
            inner = [_select(select) for select in root.selects]
            # One id is of one kind only, but which is not known before it is looked up.
            found = tuple(rows for pages_below, _, _ in inner for rows in pages_below)
            deep, cheap = max(d for _, d, _ in inner), all(c for _, _, c in inner)
            if isinstance(root, ByIds):
                found = (Rows(root.value, found),)
        else:
            found, deep, cheap = (), 0, not isinstance(root, GroupRoot)
        pages += found
        depth, light = max(depth, deep), light and cheap
    if depth > depth_max:
        raise TooCostly(
            f"The operation goes {depth} relations deep; {depth_max} are allowed.", hint="Ask in two operations."
        )
    return Cost(tuple(pages), depth, light)


def _fixed(rows: Rows) -> bool:
    return isinstance(rows.size, Given) and all(_fixed(inner) for inner in rows.inner)


def _page(page: Page) -> tuple[Rows, int, bool]:
    filtered = page.where != All(())
    light = not _by_relation(page.where) and not (filtered and any(isinstance(part, Total) for part in page.parts))
    light = light and (page.relation is not None or not filtered)
    inner: list[Rows] = []
    depth = 0
    for part in page.parts:
        for select in _selects(part):
            rows, deep, cheap = _select(select)
            inner += rows
            depth, light = max(depth, deep), light and cheap
    return Rows(page.size, tuple(inner)), depth + 1, light


def _selects(part: Part) -> list[Select]:
    if isinstance(part, Nodes):
        return [part.select]
    if isinstance(part, Edges):
        return [output.select for output in part.outputs if isinstance(output, NodeOut | TieOut | FactReferenceOut)]
    return []


def _select(select: Select) -> tuple[tuple[Rows, ...], int, bool]:
    """Of a thing of whatever type: pages that several types ask alike count once."""
    rows: list[Rows] = []
    depth, light = 0, True
    for output in dict.fromkeys(output for _, outputs in select.by_type for output in outputs):
        if isinstance(output, Listing):
            page, deep, cheap = _page(output.page)
            rows.append(page)
        elif isinstance(output, Reference):
            below, deep, cheap = _select(output.select)
            rows += below
            deep += 1
        else:
            continue
        depth, light = max(depth, deep), light and cheap
    return tuple(rows), depth, light


def _by_relation(part: Filter) -> bool:
    if isinstance(part, Related | Counted | EitherEnd):
        return True
    if isinstance(part, All | AnyOf):
        return any(_by_relation(inner) for inner in part.parts)
    if isinstance(part, Not | Refers | OtherEnd):
        return _by_relation(part.part)
    return False
