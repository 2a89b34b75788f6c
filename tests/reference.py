"""The slow twin: plans answered over lists of rows, in plain Python.

Takes rows as a store is given them, and plans with their values; gives what every store must give, as plain Python or
as the bytes of its JSON. Written from the contract, not from a store: of the package's own code it uses what is kept
beside each row (`fold`, `sort_key`, `span`) and the form of cursors. Knows no GraphQL and no SQL, and takes no care to
be quick.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cmp_to_key
from typing import Any

import orjson

from graph_api.model.catalogue import CATALOGUE, PAIR, PAIRS, TABLES, Count, Entity, Field, Many, One, Scalar, Step
from graph_api.model.changes import Batch, Row
from graph_api.model.text import fold, sort_key
from graph_api.model.values import span
from graph_api.plan import cursor
from graph_api.plan.nodes import (
    ActiveOn,
    All,
    AnyOf,
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
    Group,
    Grouped,
    GroupOut,
    GroupRoot,
    Key,
    Leaf,
    Listing,
    Lookup,
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
    Score,
    ScoreLeaf,
    Select,
    TieOut,
    Total,
    TypeName,
    Values,
)

EARTH_KM = 6371.0088
LAST_TEXT, LAST_INT, LAST_FLOAT = chr(0x10FFFF), 2**63 - 1, 1e12
"""The greatest, for what is unknown."""


# ------------------------------------------------------------------------------------------------ rows
@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A whole row, and what kind of thing it is."""

    entity: Entity
    row: Row

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def type(self) -> str:
        """Its outward object type."""
        if self.entity.types is None:
            return self.entity.name
        return next(name for name, kinds in self.entity.types.items() if self.row["kind"] in [k.value for k in kinds])

    def fact(self, of: Field, *, english: bool = False) -> Any:
        """The value of a field as the API shows it."""
        if of.type is Scalar.POSITION:
            known = self.row["longitude"] is not None
            return {name: self.row[name] for name in ("longitude", "latitude")} if known else None
        if english and self.row[f"{of.name}En"] is not None:
            return self.row[f"{of.name}En"]
        return self.row[of.name]


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """A thing as it is met: by a tie that is a thing of its own, or by a link with the id of what that refers to."""

    node: Thing
    tie: Thing | None = None
    refers: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a connection."""

    rows: Sequence[Met]
    cursors: Sequence[str]
    total: int
    has_next: bool
    has_previous: bool


def whole(entity: Entity, row: Row) -> dict[str, Any]:
    """The row with every key: what is missing is null, or an empty list; a municipality has its seat in itself."""
    names = [f.name for f in entity.fields if f.type is not Scalar.POSITION]
    names += [f"{f.name}En" for f in entity.fields if f.translated] + [one.name for one in entity.ones]
    names += ["longitude", "latitude"] if any(f.type is Scalar.POSITION for f in entity.fields) else []
    made: dict[str, Any] = {name: row.get(name) for name in names}
    for f in entity.fields:
        if f.type is Scalar.TEXTS and f.required:
            made[f.name] = list(row.get(f.name) or [])  # type: ignore[call-overload]
    for pair in PAIRS:
        if pair.left[1] == entity.name and pair.listed_as:
            made[pair.listed_as] = sorted(set(row.get(pair.listed_as) or []))  # type: ignore[call-overload]
    if entity.name == "Actor" and made["kind"] == "MUNICIPALITY":
        made |= {"municipality": made["id"], "inRegion": bool(made["inRegion"])}
    return made


# ------------------------------------------------------------------------------------------------ three values
def all3(parts: Iterable[bool | None]) -> bool | None:
    """Every one holds; unknown where none fails but one is unknown."""
    known = list(parts)
    return False if False in known else None if None in known else True


def any3(parts: Iterable[bool | None]) -> bool | None:
    """One holds; unknown where none does but one is unknown."""
    known = list(parts)
    return True if True in known else None if None in known else False


def not3(part: bool | None) -> bool | None:
    """It does not hold; unknown where that is."""
    return None if part is None else not part


def bounded(value: Any, op: str, other: Any) -> bool:
    """A comparison of two known values."""
    match op:
        case "eq":
            return bool(value == other)
        case "ne":
            return bool(value != other)
        case "lt":
            return bool(value < other)
        case "lte":
            return bool(value <= other)
        case "gt":
            return bool(value > other)
        case "gte":
            return bool(value >= other)
        case "in":
            return value in other
        case "notIn":
            return value not in other
    raise AssertionError(op)


def compared(of: Field, op: str, value: Any, other: Any) -> bool:
    """A comparison of a field's known value."""
    if of.type is Scalar.DATE:
        return dated(op, value, other)
    if op in ("contains", "startsWith", "endsWith"):
        text, sought = fold(value), fold(other)
        return {"contains": sought in text, "startsWith": text.startswith(sought), "endsWith": text.endswith(sought)}[
            op
        ]
    return bounded(value, op, other)


def dated(op: str, value: str, other: Any) -> bool:
    """A comparison of partial dates as spans of days."""
    first, last = span(value)

    def within(date: str) -> bool:
        return span(date)[0] <= first and last <= span(date)[1]

    match op:
        case "eq":
            return within(other)
        case "ne":
            return not within(other)
        case "in":
            return any(map(within, other))
        case "notIn":
            return not any(map(within, other))
        case "lt" | "lte":
            return last < span(other)[0] or (op == "lte" and within(other))
    return first > span(other)[1] or (op == "gte" and within(other))


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two points (longitude, latitude), by haversine."""
    (east, north), (to_east, to_north) = one, other
    north_part = math.sin(math.radians(north - to_north) / 2) ** 2
    east_part = math.sin(math.radians(east - to_east) / 2) ** 2
    return (
        2
        * EARTH_KM
        * math.asin(
            math.sqrt(
                min(1.0, north_part + math.cos(math.radians(to_north)) * math.cos(math.radians(north)) * east_part)
            )
        )
    )


# ------------------------------------------------------------------------------------------------ the twin
@dataclass(frozen=True, slots=True)
class Twin:
    """A graph in lists."""

    things: Mapping[str, dict[str, Thing]]
    """By entity, then by id in order."""
    links: Mapping[str, Sequence[tuple[str, str, str | None]]]
    """By pair: ids of the left and the right thing, and of what it refers to."""
    _ways: dict[tuple[str, str], Mapping[str, list[tuple[str, Thing | None, str | None]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: Batch) -> "Twin":
        """The graph of a batch that only creates."""
        things = {
            entity.name: {
                str(row["id"]): Thing(entity, whole(entity, row))
                for row in sorted(batch.things.get(entity.name, ()), key=lambda row: str(row["id"]))
            }
            for entity in CATALOGUE.values()
        }
        links: dict[str, list[tuple[str, str, str | None]]] = {
            pair.name: sorted(batch.links.get(pair.name, ())) for pair in PAIRS
        }
        for pair in PAIRS:
            if pair.listed_as:
                links[pair.name] = [
                    (thing.id, other, None)
                    for thing in things[pair.left[1]].values()
                    for other in thing.row[pair.listed_as]  # type: ignore[attr-defined]
                ]
        return cls(things, links)

    def thing(self, id_: object) -> Thing | None:
        """The thing with an id, of whatever kind."""
        return next((known[str(id_)] for known in self.things.values() if str(id_) in known), None)

    def referred(self, thing: Thing, one: One) -> Thing | None:
        """What a reference names."""
        id_ = thing.row[one.name]
        return None if id_ is None else self.things[one.target][str(id_)]

    def count(self, thing: Thing, count: Count) -> int:
        """How many a relation has."""
        return len(self.met(thing, thing.entity.relation(count.relation)))

    # -------------------------------------------------------------------------------------------- relations
    def met(self, thing: Thing, relation: Many) -> list[Met]:
        """All that a thing meets through a relation."""
        found: list[Met] = []
        for arm in relation.arms:
            ends: list[tuple[str, Thing | None, str | None]] = [(thing.id, None, None)]
            for step in arm:
                ends = [way for end, _, _ in ends for way in self._from(step, end)]
            found += [
                Met(self.things[relation.target][end], tie if relation.tie else None, refers)
                for end, tie, refers in ends
            ]
        return list({met.node.id: met for met in found}.values()) if relation.distinct else found

    def _from(self, step: Step, id_: str) -> list[tuple[str, Thing | None, str | None]]:
        """Where a step leads from a thing: far id, the row that leads there, and what a link refers to."""
        if (step.table, step.near) not in self._ways:
            ways: dict[str, list[tuple[str, Thing | None, str | None]]] = defaultdict(list)
            for near, row, refers in self._near(step):
                ways[near].append((row if isinstance(row, str) else "", None if isinstance(row, str) else row, refers))
            self._ways[step.table, step.near] = ways
        found: list[tuple[str, Thing | None, str | None]] = []
        for far, tie, refers in self._ways[step.table, step.near].get(id_, []):
            if tie is None:
                found.append((far, tie, refers))
            elif step.kind is None or tie.row["kind"] == step.kind.value:
                found.append((tie.id if step.far == "pk" else str(tie.row[step.far]), tie, refers))
        return found

    def _near(self, step: Step) -> Iterable[tuple[str, Thing | str, str | None]]:
        if step.table in TABLES:
            for row in self.things[TABLES[step.table].name].values():
                near = row.id if step.near == "pk" else row.row[step.near]
                if near is not None:
                    yield str(near), row, None
        else:
            turned = step.near == PAIR[step.table].right[0]
            for left, right, refers in self.links[step.table]:
                yield (right, left, refers) if turned else (left, right, refers)

    # -------------------------------------------------------------------------------------------- filters
    def holds(self, part: Filter, thing: Thing, values: Values, other: Thing | None = None) -> bool | None:
        """Whether a filter holds for a thing; of a tie met from one end, `other` is the thing at the other."""

        def inner(below: Filter) -> bool | None:
            return self.holds(below, thing, values, other)

        match part:
            case All(parts):
                return all3(map(inner, parts))
            case AnyOf(parts):
                return any3(map(inner, parts))
            case Not(below):
                return not3(inner(below))
            case Compare(of, op, value):
                if of.kinds and thing.row["kind"] not in [kind.value for kind in of.kinds]:
                    return None
                known, asked = thing.fact(of), value.of(values)
                if op == "isNull":
                    return (known is None) == asked
                return None if known is None else compared(of, op, known, asked)
            case ActiveOn(since, until, value):
                first, last = span(str(value.of(values)))
                begun, ended = thing.fact(since), thing.fact(until)
                return (begun is None or span(begun)[0] <= last) and (ended is None or span(ended)[1] >= first)
            case Near(longitude, latitude, far):
                here = thing.fact(CATALOGUE["Actor"].field("position"))
                if here is None:
                    return None
                point: Any = (longitude.of(values), latitude.of(values))
                return bounded(kilometres((here["longitude"], here["latitude"]), point), "lte", far.of(values))
            case Refers(one, below):
                there = self.referred(thing, one)
                return there is not None and self.holds(below, there, values) is True
            case OtherEnd(below):
                assert other is not None
                return self.holds(below, other, values)
            case EitherEnd(below):
                ends = [self.referred(thing, thing.entity.one(end)) for end in thing.entity.ends or ()]
                return any(end is not None and self.holds(below, end, values) is True for end in ends)
            case Related(relation, how, below):
                known3 = [self._met_holds(below, met, values) for met in self.met(thing, relation)]
                return {"some": any(known3), "every": all(known3), "none": not any(known3)}[how]
            case Counted(relation, below, bounds):
                number = sum(self._met_holds(below, met, values) for met in self.met(thing, relation))
                return all(bounded(number, op, value.of(values)) for op, value in bounds)

    def _met_holds(self, part: Filter, met: Met, values: Values) -> bool:
        if met.tie:
            return self.holds(part, met.tie, values, met.node) is True
        return self.holds(part, met.node, values) is True

    # -------------------------------------------------------------------------------------------- order
    def score(self, score: Score, thing: Thing, values: Values) -> float | None:
        """An actor's score among those of the request; None where it is undefined."""
        scores: Any = values[score.place]
        found = dict(zip(scores.ids, scores.values.tolist(), strict=True)).get(thing.id, math.nan)
        return None if math.isnan(found) else found

    def key(self, key: Key, met: Met, values: Values) -> Any:
        """What a thing is sorted by; what is unknown is the greatest."""
        row: Thing | None = met.tie if key.of_tie else met.node
        for one in key.through:
            row = row and self.referred(row, one)
        if isinstance(key.by, Count):
            return LAST_INT if row is None else self.count(row, key.by)
        if isinstance(key.by, Score):
            scored = None if row is None else self.score(key.by, row, values)
            return LAST_INT if scored is None else scored
        known = None if row is None else row.fact(key.by)
        match key.by.type:
            case Scalar.INT:
                return LAST_INT if known is None else known
            case Scalar.FLOAT:
                return LAST_FLOAT if known is None else known
            case Scalar.TEXT:
                return LAST_TEXT if known is None else sort_key(known)
            case Scalar.DATE:
                return LAST_TEXT if known is None else span(known)[0]
        return LAST_TEXT if known is None else known

    def keys(self, page: Page, met: Met, values: Values) -> list[Any]:
        """All that a thing is sorted by."""
        return [self.key(key, met, values) for key in page.order]

    def _rows(self, page: Page | Group, parent: Thing | None) -> list[Met]:
        """All that a connection or group speaks of, before its filter."""
        if page.relation is None:
            return [Met(thing) for thing in self.things[page.entity.name].values()]
        assert parent is not None
        return self.met(parent, page.relation)

    def page(self, page: Page, values: Values, parent: Thing | None = None) -> Found:
        """A page of a connection, of the whole graph or of a thing."""
        rows = [met for met in self._rows(page, parent) if self._met_holds(page.where, met, values)]
        total = len(rows)

        def compare(one: Sequence[Any], other: Sequence[Any]) -> int:
            # A cursor holds one more where it holds a score: the revision.
            for key, a, b in zip(page.order, one, other, strict=False):
                if a != b:
                    return (-1 if a < b else 1) * (-1 if key.descending else 1)
            return 0

        rows.sort(key=cmp_to_key(lambda a, b: compare(self.keys(page, a, values), self.keys(page, b, values))))
        bound_to = page.bound_to(values)
        after, before = (
            None if bound is None else cursor.read(bound.of(values), bound_to, page.numbers)
            for bound in (page.after, page.before)
        )
        left = [
            met
            for met in rows
            if (after is None or compare(self.keys(page, met, values), after) > 0)
            and (before is None or compare(self.keys(page, met, values), before) < 0)
        ]
        size: Any = page.size.of(values)
        kept = left[max(0, len(left) - size) :] if page.backward else left[:size]
        more = len(left) > len(kept)
        at: list[Any] = [values[score.place] for score in page.scores[:1]]
        revision = [scores.revision for scores in at]
        return Found(
            rows=kept,
            cursors=[cursor.write(bound_to, [*self.keys(page, met, values), *revision]) for met in kept],
            total=total,
            has_next=before is not None if page.backward else more,
            has_previous=more if page.backward else after is not None,
        )

    # -------------------------------------------------------------------------------------------- groups
    def groups(self, group: Group, values: Values, parent: Thing | None = None) -> list[dict[str, Any]]:
        """The groups in order, of the whole graph or of a thing: figures and keys by their outward names; municipalities as things."""
        counted = [met.node for met in self._rows(group, parent) if self._met_holds(group.where, met, values)]
        found: dict[tuple[Any, ...], list[Thing]] = {} if group.keys else {(): []}
        for thing in counted:
            found.setdefault(tuple(self._group_key(thing, key) for key in group.keys), []).append(thing)
        shown = {
            "KIND": "kind",
            "HELIX": "helix",
            "MUNICIPALITY": "municipality",
            "HELIX_PAIR": "helices",
            "MUNICIPALITY_PAIR": "municipalities",
            "YEAR": "year",
        }

        def show(key: str, value: Any) -> Any:
            if value is None:
                return None
            if key == "MUNICIPALITY":
                return self.things["Actor"][value]
            return [self.things["Actor"][id_] for id_ in value] if key == "MUNICIPALITY_PAIR" else value

        def sorted_by(keys: tuple[Any, ...]) -> list[Any]:
            return [(value is None, self._group_sort(key, value)) for key, value in zip(group.keys, keys, strict=True)]

        return [
            {shown[key]: show(key, value) for key, value in zip(group.keys, keys, strict=True)}
            | _figures(group.entity, found[keys])
            for keys in sorted(found, key=sorted_by)
        ]

    def _group_key(self, thing: Thing, key: str) -> Any:
        match key:
            case "KIND" | "HELIX":
                return thing.row[key.lower()]
            case "MUNICIPALITY":
                return thing.row["municipality"]
            case "YEAR":
                since = thing.row["since"]
                return None if since is None else int(str(since)[:4])
        ends = [self.things["Actor"][str(thing.row[end])] for end in ("from", "to")]
        if key == "HELIX_PAIR":
            return tuple(sorted(str(end.row["helix"]) for end in ends))
        places = [end.row["municipality"] for end in ends]
        return None if None in places else tuple(sorted(map(str, places), key=self._place))

    def _place(self, id_: str) -> tuple[str, str]:
        return sort_key(str(self.things["Actor"][id_].row["name"])), id_

    def _group_sort(self, key: str, value: Any) -> Any:
        if value is None:
            return ()
        if key == "MUNICIPALITY":
            return self._place(value)
        return tuple(map(self._place, value)) if key == "MUNICIPALITY_PAIR" else value

    # -------------------------------------------------------------------------------------------- answers
    def answer(self, root: Root, values: Values) -> bytes:
        """The JSON text of a root."""
        return orjson.dumps(self._root(root, values))

    def _root(self, root: Root, values: Values) -> Any:
        match root:
            case TypeName(_, name):
                return name
            case Lookup(_, select, by, value, where):
                asked = value.of(values)
                found = [t for t in self.things[select.entity.name].values() if t.fact(by) == asked]
                return next((self._show(select, t, values) for t in found if self.holds(where, t, values)), None)
            case ById(_, value, selects):
                return self._show_any(selects, value.of(values), values)
            case ByIds(_, value, selects):
                ids: Any = value.of(values)
                return [self._show_any(selects, id_, values) for id_ in ids]
            case PageRoot(_, page):
                return self._show_page(page, None, values)
            case GroupRoot(_, group):
                return self._show_groups(group, None, values)

    def _show_any(self, selects: Sequence[Select], id_: Any, values: Values) -> Any:
        thing = self.thing(id_)
        return thing and next(self._show(select, thing, values) for select in selects if select.entity is thing.entity)

    def _show(self, select: Select, thing: Thing | None, values: Values) -> Any:
        if thing is None:
            return None
        outputs = next(outputs for name, outputs in select.by_type if name == thing.type)
        return {output.key: self._output(output, thing, values) for output in outputs}

    def _output(self, output: Output, thing: Thing, values: Values) -> Any:
        match output:
            case TypeName():
                return thing.type
            case Leaf(_, of, english, parts):
                fact = thing.fact(of, english=english)
                if of.type is not Scalar.POSITION or fact is None:
                    return fact
                return {key: "Position" if name == "__typename" else fact[name] for key, name in parts}
            case ScoreLeaf(_, score):
                return self.score(score, thing, values)
            case Reference(_, one, select):
                return self._show(select, self.referred(thing, one), values)
            case Listing(_, page):
                return self._show_page(page, thing, values)
            case Grouped(_, group):
                return self._show_groups(group, thing, values)

    def _show_page(self, page: Page, parent: Thing | None, values: Values) -> Any:
        found = self.page(page, values, parent)
        return {part.key: self._part(page, part, found, values) for part in page.parts}

    def _part(self, page: Page, part: Part, found: Found, values: Values) -> Any:
        match part:
            case TypeName(_, name):
                return name
            case Total():
                return found.total
            case Nodes(_, select):
                return [self._show(select, met.node, values) for met in found.rows]
            case Edges(_, outputs):
                return [
                    {output.key: self._edge(output, met, cursor_, values) for output in outputs}
                    for met, cursor_ in zip(found.rows, found.cursors, strict=True)
                ]
            case PageInfo(_, outputs):
                known = {
                    "__typename": "PageInfo",
                    "hasNextPage": found.has_next,
                    "hasPreviousPage": found.has_previous,
                    "startCursor": found.cursors[0] if found.cursors else None,
                    "endCursor": found.cursors[-1] if found.cursors else None,
                }
                return {key: known[name] for key, name in outputs}

    def _edge(self, output: EdgeOutput, met: Met, cursor_: str, values: Values) -> Any:
        match output:
            case TypeName(_, name):
                return name
            case CursorOut():
                return cursor_
            case NodeOut(_, select):
                return self._show(select, met.node, values)
            case TieOut(_, select):
                return self._show(select, met.tie, values)
            case FactOut(_, of):
                assert met.tie is not None
                return met.tie.fact(of)
            case FactReferenceOut(_, one, select):
                return self._show(select, self.things[one.target][met.refers] if met.refers else None, values)

    def _show_groups(self, group: Group, parent: Thing | None, values: Values) -> Any:
        return [
            {output.key: self._show_group(group, output, found, values) for output in group.outputs}
            for found in self.groups(group, values, parent)
        ]

    def _show_group(self, group: Group, output: GroupOut, found: Mapping[str, Any], values: Values) -> Any:
        if output.what == "__typename":
            return group.type_name
        value = found.get(output.what)
        if output.select is None or value is None:
            return value
        if isinstance(value, list):
            return [self._show(output.select, thing, values) for thing in value]
        return self._show(output.select, value, values)


def _figures(entity: Entity, things: Sequence[Thing]) -> dict[str, Any]:
    if entity.name == "Actor":
        years: list[Any] = [t.row["foundedIn"] for t in things if t.row["foundedIn"] is not None]
        return {
            "count": len(things),
            "foundedInMin": min(years, default=None),
            "foundedInMax": max(years, default=None),
        }
    strengths: list[Any] = [t.row["strength"] for t in things]
    return {
        "count": len(things),
        "strengthSum": sum(round(strength * 1000) for strength in strengths) / 1000,
        "strengthMin": min(strengths, default=None),
        "strengthMax": max(strengths, default=None),
    }
