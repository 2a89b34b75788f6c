"""What an operation may cost at most, known from its plan and page sizes before anything is read.

The rows of a page are its size times one and the rows below each; of several roots or relations, the sum. Depth counts
relations inside one another. Fields are counted with fragments unfolded, since a statement grows with them: a fragment
that asks for the next one twice, and so on, doubles them each time.
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
    Select,
    TieOut,
    Total,
    TypeName,
    Value,
    Values,
)

FIELDS_MAX = 5000
"""Of an operation with its fragments unfolded: some 100 bytes of a statement each."""


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
    fields: int
    """What it asks for, with fragments unfolded."""

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


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a part of the plan costs: pages, depth, whether it is light, and how many fields it asks for."""

    pages: tuple[Rows, ...] = ()
    depth: int = 0
    light: bool = True
    fields: int = 1

    def __add__(self, other: "Reckoned") -> "Reckoned":
        return Reckoned(
            self.pages + other.pages,
            max(self.depth, other.depth),
            self.light and other.light,
            self.fields + other.fields,
        )


NOTHING = Reckoned(fields=0)


def cost_of(roots: tuple[Root, ...], depth_max: int) -> Cost:
    """The cost of planned roots.

    Raises:
        TooCostly: relations lie deeper than `depth_max`, or fragments unfold to more than `FIELDS_MAX` fields.
    """
    reckoner = _Reckoner()
    total = NOTHING
    for root in roots:
        total += reckoner.root(root)
        _check_fields(total)
    if total.depth > depth_max:
        raise TooCostly(
            f"The operation goes {total.depth} relations deep; {depth_max} are allowed.", hint="Ask in two operations."
        )
    return Cost(total.pages, total.depth, total.light, total.fields)


class _Reckoner:
    """Reckons each selection once, by identity: one may stand in very many places of the tree, which a walk, a hash or a
    comparison of the tree would all meet again.
    """

    def __init__(self) -> None:
        self.known: dict[int, Reckoned] = {}

    def root(self, root: Root) -> Reckoned:
        match root:
            case PageRoot(_, page):
                return self.page(page)
            case Lookup(_, select):
                return self.select(select)
            case ById(_, _, selects) | ByIds(_, _, selects):
                # One id is of one kind only, but which is not known before it is looked up.
                inner = sum(map(self.select, selects), NOTHING)
                pages = (Rows(root.value, inner.pages),) if isinstance(root, ByIds) else inner.pages
                return Reckoned(pages, inner.depth, inner.light, inner.fields)
            case GroupRoot(_, group):
                below = sum((self.select(output.select) for output in group.outputs if output.select), NOTHING)
                return Reckoned((), 0, light=False, fields=below.fields + len(group.outputs))
            case TypeName():
                return Reckoned()

    def page(self, page: Page) -> Reckoned:
        filtered = page.where != All(())
        light = not _by_relation(page.where) and not (filtered and any(isinstance(part, Total) for part in page.parts))
        light = light and (page.relation is not None or not filtered)
        inner = Reckoned(light=light, fields=len(page.parts) + 1)
        for part in page.parts:
            for select in _selects(part):
                inner += self.select(select)
        return Reckoned((Rows(page.size, inner.pages),), inner.depth + 1, inner.light, inner.fields)

    def select(self, select: Select) -> Reckoned:
        """Of a thing of whatever type: what several types ask alike counts once."""
        known = self.known.get(id(select))
        if known is None:
            alike = {_asks(output): output for _, outputs in select.by_type for output in outputs}
            known = self.known[id(select)] = sum(map(self.output, alike.values()), NOTHING)
            _check_fields(known)
        return known

    def output(self, output: Output) -> Reckoned:
        match output:
            case Listing(_, page):
                return self.page(page)
            case Reference(_, _, select):
                below = self.select(select)
                return Reckoned(below.pages, below.depth + 1, below.light, below.fields + 1)
            case _:
                return Reckoned()


def _check_fields(reckoned: Reckoned) -> None:
    if reckoned.fields > FIELDS_MAX:
        raise TooCostly(
            f"With its fragments unfolded the operation asks for more than {FIELDS_MAX:,} fields.",
            hint="Ask in several operations.",
        )


def _asks(output: Output) -> tuple[object, ...]:
    """Equal for outputs that ask alike, without a look into their selections: the planner makes one for the same fields."""
    match output:
        case Listing(key, page):
            selects = tuple(id(select) for part in page.parts for select in _selects(part))
            return key, page.where, page.size, selects
        case Reference(key, _, select):
            return key, id(select)
        case _:
            return (output.key,)


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
