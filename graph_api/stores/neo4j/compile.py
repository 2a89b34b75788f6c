"""Plan → one Cypher statement, and the template of its answer.

Takes the planned roots of an operation and returns a statement whose single record holds one list, and the revision. Rows are
flat lists: a thing, its tie, what it refers to and its counts stand side by side; a page inside is a list of lists. They are
sorted and cut first, and what is shown of them is joined after. Knows labels and properties from the catalogue; knows no
connection, no GraphQL, no values.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from graph_api.model.catalogue import CATALOGUE, Entity, Field, One, Scalar
from graph_api.plan import cursor
from graph_api.plan.nodes import (
    STATEMENTS_KEPT,
    THINGS,
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
    Group,
    Grouped,
    GroupOut,
    GroupRoot,
    Key,
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
    Refers,
    Related,
    Root,
    Score,
    ScoreLeaf,
    Select,
    TieOut,
    Total,
    TypeName,
    Value,
    Values,
    Var,
)
from graph_api.stores.facts import LAST_NUMBER, LAST_TEXT
from graph_api.stores.neo4j.filters import Filters, listed
from graph_api.stores.neo4j.graph import by_property, orders
from graph_api.stores.neo4j.statement import Parameters, Row, Statement, joined, literal, where
from graph_api.stores.scores import revision_of

GREATEST_NUMBER, GREATEST_TEXT = LAST_NUMBER[Scalar.INT], literal(LAST_TEXT)
"""What stands for null in a key that is never null."""


class HasKey(Protocol):
    """A part of an answer with its response key."""

    @property
    def key(self) -> str: ...


Keyed = TypeVar("Keyed", bound=HasKey)


def compiled(roots: Sequence[Root]) -> Statement:
    """The statement that reads all roots, and the revision, of one moment."""
    compiler, row = Compiler(), Row()
    return compiler.to.statement(row, [f"dumps({compiler.root(root, row)})" for root in roots])


@lru_cache(STATEMENTS_KEPT)
def compiled_references(selects: tuple[Select, ...]) -> Statement:
    """The statement that reads THINGS: for each selection the texts of its things, None where there is none."""
    compiler, row = Compiler(), Row()
    found = [compiler.by_ids((select,), Var((THINGS, number)), row) for number, select in enumerate(selects)]
    return compiler.to.statement(row, [f"[None if o is None else dumps(o) for o in {things}]" for things in found])


def compiled_matching(where_: Filter) -> Statement:
    """The statement that lists the ids of the actors for which a filter holds."""
    compiler, row = Compiler(), Row()
    thing = compiler.to.alias("n")
    pattern, conditions = compiler.filters.rows(CATALOGUE["Actor"], where_, thing)
    row.slot(f"COLLECT {{ MATCH {pattern}{where(conditions)} RETURN {thing}.id }}")
    return compiler.to.statement(row, ())


class Compiler:
    """Makes one statement. What a method returns is Python source that builds a value from the list `r`, unless it says otherwise."""

    def __init__(self) -> None:
        self.to = Parameters()
        self.filters = Filters(self.to)

    # -------------------------------------------------------------------------------------------- roots
    def root(self, root: Root, row: Row) -> str:
        """A root's value."""
        match root:
            case TypeName(_, name):
                return repr(name)
            case Lookup(_, select, by, value, condition):
                return _first([self._found(select, Compare(by, "eq", value), condition, row)])
            case ById(_, value, selects):
                by_id = ((select, Compare(select.entity.field("id"), "eq", value)) for select in selects)
                return _first([self._found(select, by, All(()), row) for select, by in by_id])
            case ByIds(_, value, selects):
                return self.by_ids(selects, value, row)
            case PageRoot(_, page):
                return self.page(page, None, None, row)
            case GroupRoot(_, group):
                if group.entity.name == "Actor":
                    return self._actor_groups(group, None, None, row)
                return self._tie_groups(group, row)

    def _found(self, select: Select, by: Filter, condition: Filter, row: Row) -> str:
        """A list of the thing with a unique value, or of none."""
        thing = self.to.alias("n")
        pattern, conditions = self.filters.rows(select.entity, All((by, condition)), thing)
        return self._list_of(select, thing, pattern, conditions, row)

    def _list_of(self, select: Select, thing: str, pattern: str, conditions: Sequence[str], row: Row) -> str:
        inner = Row()
        body = self.thing(select, thing, inner)
        text = joined(f"MATCH {pattern}{where(conditions)}", *inner.clauses, f"RETURN {inner.listed()}")
        return f"[{body} for r in {row.slot(f'COLLECT {{ {text} }}')}]"

    def by_ids(self, selects: Sequence[Select], value: Value, row: Row) -> str:
        """A list of the things with these ids, in their order; None where there is none."""
        asked = self.filters.parameter(value, listed, "list")
        found = []
        for select in selects:
            inner, thing = Row(), self.to.alias("n")
            pattern, conditions = self.filters.rows(select.entity, All(()), thing)
            inner.slot(f"{thing}.id")
            body = self.thing(select, thing, inner)
            match = f"UNWIND {asked} AS id MATCH {pattern}{where([f'{thing}.id=id', *conditions])}"
            text = joined(match, *inner.clauses, f"RETURN {inner.listed()}")
            found.append(f"**{{r[0]:{body} for r in {row.slot(f'COLLECT {{ {text} }}')}}}")
        return f"[o.get(i) for o in [{{{','.join(found)}}}] for i in {asked}]"

    # -------------------------------------------------------------------------------------------- things
    def thing(self, select: Select, thing: str, row: Row) -> str:
        """A thing as a dict: in the order asked, which may differ by object type."""
        entity = select.entity
        if len({tuple(map(id, outputs)) for _, outputs in select.by_type}) == 1:
            return _members(select.by_type[0][1], lambda output: self._output(entity, output, thing, row, ()))
        types = entity.types or {}
        built: dict[int, str] = {}
        for _, outputs in select.by_type:
            for output in outputs:
                if id(output) not in built:
                    asking = [name for name, others in select.by_type if any(other is output for other in others)]
                    kinds = (
                        ()
                        if len(asking) == len(types)
                        else tuple(kind.value for name in asking for kind in types[name])
                    )
                    built[id(output)] = f"{output.key!r}:{self._output(entity, output, thing, row, kinds)}"
        name = self.to.alias("o")
        arms = [
            f" if k=={type_name!r}: return {{{','.join(built[id(output)] for output in outputs)}}}"
            for type_name, outputs in select.by_type
        ]
        self.to.functions.append("\n".join([f"def {name}(r,p,n):", f" k={self._type_name(entity, thing, row)}", *arms]))
        return f"{name}(r,p,n)"

    def _type_name(self, entity: Entity, thing: str, row: Row) -> str:
        if not entity.types:
            return repr(entity.name)
        return f"T{entity.name}[{row.slot(f'{thing}.kind')}]"

    def _output(self, entity: Entity, output: Output, thing: str, row: Row, kinds: Sequence[str]) -> str:
        match output:
            case TypeName():
                return self._type_name(entity, thing, row)
            case Leaf(_, field, english, parts):
                if field.type is Scalar.POSITION:
                    return self._position(parts, thing, row)
                return _fact(field, thing, row, english=english)
            case ScoreLeaf(_, score):
                return row.slot(self._score(score, thing))
            case Reference(_, one, select):
                return self._reference(entity, one, select, thing, row)
            case AnyReference(_, field, selects):
                return _first([self._with_id(select, f"{thing}.{field.column}", row) for select in selects])
            case Listing(_, page):
                return self.page(page, entity, thing, row, kinds)
            case Grouped(_, group):
                return self._actor_groups(group, entity, thing, row, kinds)

    def _score(self, score: Score, thing: str) -> str:
        """An actor's score, found by its id among all of them; null where it has none."""
        return f"{self.to.scores_at(score.place)}[{thing}.id]"

    def _position(self, parts: Sequence[tuple[str, str]], thing: str, row: Row) -> str:
        members = (
            f"{key!r}:{repr('Position') if name == '__typename' else row.slot(f'{thing}.{name}')}"
            for key, name in parts
        )
        body = f"{{{','.join(members)}}}"
        return f"(None if {row.slot(f'{thing}.longitude')} is None else {body})"

    def _reference(self, entity: Entity, one: One, select: Select, thing: str, row: Row) -> str:
        """What a thing refers to; None where it refers to nothing."""
        if one.name in (entity.ends or ()):
            there = self.filters.end(entity, one, thing)
            if not there:
                there = row.joined.get((one, thing)) or self.to.alias("x")
                if (one, thing) not in row.joined:
                    row.joined[one, thing] = there
                    side = "start" if entity.ends and entity.ends[0] == one.name else "end"
                    row.clauses.append(f"WITH *,{side}Node({thing}) AS {there}")
            return self.thing(select, there, row)
        return self._named(one, select, thing, row)

    def _named(self, one: One, select: Select, thing: str, row: Row) -> str:
        """What a property names, or None: found by its id, since a step over a relationship reads all others of the node."""
        there = row.joined.get((one, thing))
        if there is None:
            there = row.joined[one, thing] = self.to.alias("x")
            row.clauses.append(f"OPTIONAL MATCH ({there}:{one.target} {{id:{thing}.{one.column}}})")
        return f"(None if {row.slot(f'{there}.id')} is None else {self.thing(select, there, row)})"

    def _with_id(self, select: Select, id_: str, row: Row) -> str:
        """A list of the thing of an entity that has an id known to the row, or of none."""
        there = self.to.alias("n")
        pattern, conditions = self.filters.rows(select.entity, All(()), there)
        return self._list_of(select, there, pattern, [f"{there}.id={id_}", *conditions], row)

    # -------------------------------------------------------------------------------------------- pages
    def page(self, page: Page, owner: Entity | None, of: str | None, row: Row, kinds: Sequence[str] = ()) -> str:
        """A connection, at the root or of the thing with the alias `of`, whose kind is one of `kinds` if there are some."""
        total = ""
        if any(isinstance(part, Total) for part in page.parts):
            counted = _of_kinds(self._total(page, owner, of), of, kinds)
            total = row.slot(counted, kept=of is None and page.where != All(()))
        if not page.reads_rows:
            return _members(page.parts, lambda part: self._told(page, part, total, "", ""))
        shown = Shown(page, self.to.alias("n"), self.to.alias("t") if page.relation else "")
        match, order = self._ordered(shown, owner, of)
        shows = {part.key: self._shown(shown, part) for part in page.parts if isinstance(part, Edges | Nodes)}
        infos = {name for part in page.parts if isinstance(part, PageInfo) for _, name in part.outputs}
        cursors = self._cursor(shown) if infos & {"startCursor", "endCursor"} else ""
        inner, number = shown.row, len(self.to.sizes)
        limit = self.to.limit(_size(page.size, more=1 if infos else 0))
        text = f"{match} WITH {shown.carried(match, order)} ORDER BY {order} LIMIT {limit}"
        # The order is said again, so that it is promised; the planner sees that it holds and sorts nothing.
        again = f"ORDER BY {order}" if inner.clauses else ""
        # What is found by looking at many rows is kept for as long as the graph stands.
        found = joined(text, *inner.clauses, f"RETURN {inner.listed()}", again)
        rows = row.slot(_of_kinds(f"COLLECT {{ {found} }}", of, kinds), kept=shown.scans)
        lines = [f" more=len(q)>=n[{number}]", f" q=q[:n[{number}]-1]"] if infos else []
        lines += [" q=q[::-1]"] if page.backward else []
        body = _members(page.parts, lambda part: shows.get(part.key) or self._told(page, part, "a", "more", cursors))
        name = self.to.alias("f")
        self.to.functions.append("\n".join([f"def {name}(q,a,p,n):", *lines, f" return {body}"]))
        return f"{name}({rows},{total or None},p,n)"

    def _total(self, page: Page, owner: Entity | None, of: str | None) -> str:
        """Cypher that counts the rows of all pages."""
        if page.relation:
            assert owner is not None, "a relation is some thing's"
            assert of is not None, "which is known by an alias"
            kept = next((count for count in owner.counts if owner.relation(count.relation) is page.relation), None)
            if kept and page.where == All(()):
                return f"{of}.{kept.column}"
            return self.filters.count(owner, page.relation, page.where, of)
        node = self.to.alias("n")
        parts = page.where.parts if isinstance(page.where, All) else (page.where,)
        some = next((part for part in parts if isinstance(part, Related) and part.how == "some"), None)
        if some is not None and not page.entity.ends:
            # From the other side, each once: few qualify as a rule. What a tie is linked with does not lead back to it.
            met = self.filters.met_where(page.entity, some.relation, some.part, node, labelled=True)
            pattern, conditions = self.filters.rows(
                page.entity, All(tuple(part for part in parts if part is not some)), node
            )
            return f"COUNT {{ {met} WITH DISTINCT {node} MATCH {pattern}{where(conditions)} RETURN {node} }}"
        pattern, conditions = self.filters.rows(page.entity, page.where, node)
        if (fixed := _fixed(page.where)) and (index := next((i for i in orders(page.entity) if i[0] == fixed), None)):
            # The index answers alone where all that it holds is known to be there.
            conditions = [*conditions, *(f"{node}.{column} IS NOT NULL" for column in index[1:])]
        return f"COUNT {{ MATCH {pattern}{where(conditions)}{f' RETURN {node}' if ' WITH ' in pattern else ''} }}"

    def _met(
        self, page: Page | Group, owner: Entity | None, of: str | None, tie: str, node: str
    ) -> tuple[str, list[str]]:
        """Pattern and conditions of what a thing has by the relation of a connection or group."""
        assert page.relation is not None, "at the root there is none"
        assert owner is not None, "a relation is some thing's"
        assert of is not None, "which is known by an alias"
        pattern, conditions = self.filters.met(owner, page.relation, of, tie, node)
        if page.relation.tie:
            return pattern, conditions + self.filters.conditions(CATALOGUE[page.relation.tie], page.where, tie, node)
        return pattern, conditions + self.filters.conditions(page.entity, page.where, node)

    def _ordered(self, shown: "Shown", owner: Entity | None, of: str | None) -> tuple[str, str]:
        """MATCH … WITH of a page's rows within its bounds, and the order in which they are cut."""
        page, node, tie = shown.page, shown.node, shown.tie
        if page.relation:
            pattern, conditions = self._met(page, owner, of, tie, node)
        else:
            pattern, conditions = self.filters.rows(page.entity, page.where, node)
        joins: list[str] = []
        named = [(self._key(key, page, node, tie, joins), key) for key in page.order]
        shown.keys += [text for text, _ in named]
        beyond = [
            text
            for bound, backward in ((page.after, False), (page.before, True))
            if bound is not None
            for text in self._beyond(page, named, bound, backward=backward)
        ]
        order = [f"{text}{' DESC' if key.descending != page.backward else ''}" for text, key in named]
        # Things that name their owner stand in an index under it, as those do that a filter fixes.
        named_by = by_property(page.relation) if page.relation else ""
        if page.relation is None and page.scores:
            shown.scans = True
        elif (page.relation is None or named_by) and not joins and not isinstance(page.order[0].by, Score):
            fixed, first = named_by or _fixed(page.where), page.order[0].column
            index = next((i for i in orders(page.entity) if i[:2] == (fixed, first)), None)
            if index:
                order.insert(0, f"{node}.{fixed}{' DESC' if order[0].endswith(' DESC') else ''}")
            elif conditions and page.relation is None:
                shown.scans = True
            if index is None and not named_by:
                index = next((i for i in orders(page.entity) if i[0] == first), None)
            conditions += [f"{node}.{column} IS NOT NULL" for column in index or () if column != fixed]
        elif page.relation is None:
            shown.scans = True
        if joins:
            match = joined(f"MATCH {pattern}{where(conditions)}", *joins, f"WITH *{where(beyond)}" if beyond else "")
        else:
            match = f"MATCH {pattern}{where([*conditions, *beyond])}"
        return match, ",".join(order)

    def _key(self, key: Key, page: Page, node: str, tie: str, joins: list[str]) -> str:
        """An order key's expression; what it needs joins `joins`."""
        thing, entity, sure = node, page.entity, True
        if key.of_tie:
            assert page.relation is not None, "only a relation has ties"
            assert page.relation.tie is not None, "which this one's is"
            thing, entity = tie, CATALOGUE[page.relation.tie]
        for one in key.through:
            if there := self.filters.end(entity, one, thing):
                thing, entity = there, CATALOGUE[one.target]
                continue
            there = self.to.alias("o")
            joins.append(f"OPTIONAL MATCH ({there}:{one.target} {{id:{thing}.{one.column}}})")
            thing, sure, entity = there, False, CATALOGUE[one.target]
        if isinstance(key.by, Score):
            return f"coalesce({self._score(key.by, thing)},{GREATEST_NUMBER})"
        column = f"{thing}.{key.column}"
        return column if sure else f"coalesce({column},{GREATEST_NUMBER if key.is_number else GREATEST_TEXT})"

    def _beyond(self, page: Page, named: Sequence[tuple[str, Key]], bound: Value, *, backward: bool) -> list[str]:
        """The rows strictly after (or before) those of a cursor: a bound that an index can serve, then the arms.

        A CASE, not an OR: 5.26 would take that apart into a union with a scan of the id's index.
        """

        def part(number: int) -> str:
            def getter(values: Values) -> object:
                return cursor.read(bound.of(values), page.bound_to(values), page.numbers)[number]

            return self.to.add(getter, (bound, page.tag, page.scores, number))

        texts = [text for text, _ in named]
        signs = ["<" if key.descending != backward else ">" for _, key in named]
        last = f"{texts[-1]}{signs[-1]}{part(len(texts) - 1)}"
        if len(texts) == 1:
            return [last]
        arms = [
            f"WHEN {text}<>{part(number)} THEN {f'{text}{signs[number]}{part(number)}' if number else 'true'}"
            for number, text in enumerate(texts[:-1])
        ]
        return [f"{texts[0]}{signs[0]}={part(0)}", f"CASE {' '.join(arms)} ELSE {last} END"]

    def _shown(self, shown: "Shown", part: Edges | Nodes) -> str:
        """The list of a page's edges or nodes, from its rows `q`."""
        if isinstance(part, Nodes):
            body = self.thing(part.select, shown.node, shown.row)
        else:
            body = _members(part.outputs, lambda output: self._edge(shown, output))
        return f"[{body} for r in q]"

    def _edge(self, shown: "Shown", output: EdgeOutput) -> str:
        match output:
            case TypeName(_, name):
                return repr(name)
            case CursorOut():
                return self._cursor(shown)
            case NodeOut(_, select):
                return self.thing(select, shown.node, shown.row)
            case TieOut(_, select):
                return self.thing(select, shown.tie, shown.row)
            case FactOut(_, field):
                return _fact(field, shown.tie, shown.row)
            case FactReferenceOut(_, one, select):
                return self._named(one, select, shown.tie, shown.row)

    def _cursor(self, shown: "Shown") -> str:
        """The cursor of a row."""
        page, tag = shown.page, repr(cursor.tag(shown.page.tag))
        keys = ",".join(shown.row.slot(key) for key in shown.keys)
        if page.scores:
            tag = self.to.add(lambda values: cursor.tag(page.bound_to(values)), ("tag", page.tag, page.scores))
            keys += f",{self.to.add(revision_of(page), ('revision', page.scores))}"
        return f"{tag}+dumps([{keys}]).hex().upper()"

    def _told(self, page: Page, part: Part, total: str, more: str, cursors: str) -> str:
        """What a page says beside its rows."""
        match part:
            case TypeName(_, name):
                return repr(name)
            case PageInfo(_, outputs):
                behind = repr((page.before if page.backward else page.after) is not None)
                values = {
                    "hasNextPage": behind if page.backward else more,
                    "hasPreviousPage": more if page.backward else behind,
                    "startCursor": f"([{cursors} for r in q[:1]] or [None])[0]",
                    "endCursor": f"([{cursors} for r in q[-1:]] or [None])[0]",
                    "__typename": repr("PageInfo"),
                }
                return f"{{{','.join(f'{key!r}:{values[name]}' for key, name in outputs)}}}"
            case _:
                return total

    # -------------------------------------------------------------------------------------------- groups
    def _actor_groups(
        self, group: Group, owner: Entity | None, of: str | None, row: Row, kinds: Sequence[str] = ()
    ) -> str:
        node, place, inner = self.to.alias("n"), self.to.alias("m"), Row()
        if group.relation is None:
            pattern, conditions = self.filters.rows(group.entity, group.where, node)
        else:
            pattern, conditions = self._met(group, owner, of, self.to.alias("t"), node)
            conditions += [f"{of}.kind IN [{','.join(map(literal, kinds))}]"] if kinds else []
        once = f" WITH DISTINCT {node}" if group.relation and group.relation.distinct else ""
        match = f"MATCH {pattern}{where(conditions)}{once}"
        # Inside a thing another group may lie within, whose names must be others.
        kind, helix, id_, count, earliest, latest = (
            name if group.relation is None else self.to.alias("g")
            for name in ("kind", "helix", "id", "count", "foundedInMin", "foundedInMax")
        )
        columns = {
            "KIND": f"{node}.kind AS {kind}",
            "HELIX": f"{node}.helix AS {helix}",
            "MUNICIPALITY": f"{node}.municipality AS {id_}",
        }
        figures = {
            "count": f"count(*) AS {count}",
            "foundedInMin": f"min({node}.founded_in) AS {earliest}",
            "foundedInMax": f"max({node}.founded_in) AS {latest}",
        }
        joins = [f"OPTIONAL MATCH ({place}:Actor {{id:{id_}}})"] if "MUNICIPALITY" in group.keys else []
        values = {"kind": kind, "helix": helix, "count": count, "foundedInMin": earliest, "foundedInMax": latest}
        orders_ = {"KIND": kind, "HELIX": helix, "MUNICIPALITY": f"{place}.name_key,{place}.id"}

        def value(output: GroupOut) -> str:
            if output.select:
                return f"(None if {inner.slot(f'{place}.id')} is None else {self.thing(output.select, place, inner)})"
            return inner.slot(values[output.what])

        text, order, body = self._grouped(group, inner, match, columns, figures, joins, value, orders_)
        if of is None:
            return f"[{body} for r in {row.slot(f'COLLECT {{ {text} RETURN {inner.listed()}{order} }}', kept=True)}]"
        # A clause of its own: 5.26 takes what is counted within an expression for an aggregation of the rows around it.
        found = self.to.alias("g")
        row.clauses.append(f"CALL (*) {{ {text} WITH *{order} RETURN collect({inner.listed()}) AS {found} }}")
        return f"[{body} for r in {row.slot(found)}]"

    def _tie_groups(self, group: Group, row: Row) -> str:
        tie, inner = self.to.alias("n"), Row()
        one, other, left, right = (self.to.alias("m") for _ in range(4))
        pattern, conditions = self.filters.rows(group.entity, group.where, tie)
        begun, ended = self.filters.ends[tie]
        helices, ids = (f"[{begun}.{name},{ended}.{name}]" for name in ("helix", "municipality"))
        known = f"{begun}.municipality IS NOT NULL AND {ended}.municipality IS NOT NULL"
        columns = {
            "KIND": f"{tie}.kind AS kind",
            "YEAR": f"toInteger(left({tie}.since_first,4)) AS year",
            "HELIX_PAIR": f"{_sorted(helices, f'{begun}.helix>{ended}.helix')} AS helices",
            "MUNICIPALITY_PAIR": f"CASE WHEN {known} THEN {_sorted(ids, f'{begun}.municipality>{ended}.municipality')} END AS ids",
        }
        # Sums of thousandths: floats would add up differently in another order, and so in another store.
        figures = {
            "count": "count(*) AS count",
            "strengthSum": f"sum(toInteger(round({tie}.strength*1000)))/1000.0 AS strengthSum",
            "strengthMin": f"min({tie}.strength) AS strengthMin",
            "strengthMax": f"max({tie}.strength) AS strengthMax",
        }
        joins = []
        if "MUNICIPALITY_PAIR" in group.keys:
            later = f"({one}.name_key>{other}.name_key OR ({one}.name_key={other}.name_key AND {one}.id>{other}.id))"
            joins = [f"OPTIONAL MATCH ({one}:Actor {{id:ids[0]}}) OPTIONAL MATCH ({other}:Actor {{id:ids[1]}})"]
            joins += [
                f"WITH *,CASE WHEN {later} THEN {other} ELSE {one} END AS {left},CASE WHEN {later} THEN {one} ELSE {other} END AS {right}"
            ]
        values = {"kind": "kind", "year": "year", "helices": "helices", **{name: name for name in figures}}
        orders_ = {
            "KIND": "kind",
            "HELIX_PAIR": "helices",
            "MUNICIPALITY_PAIR": f"{left}.name_key,{left}.id,{right}.name_key,{right}.id",
            "YEAR": "year",
        }

        def value(output: GroupOut) -> str:
            if output.select:
                pair = f"[{self.thing(output.select, left, inner)},{self.thing(output.select, right, inner)}]"
                return f"(None if {inner.slot(f'{left}.id')} is None else {pair})"
            return inner.slot(values[output.what])

        match = f"MATCH {pattern}{where(conditions)}"
        text, order, body = self._grouped(group, inner, match, columns, figures, joins, value, orders_)
        return f"[{body} for r in {row.slot(f'COLLECT {{ {text} RETURN {inner.listed()}{order} }}', kept=True)}]"

    def _grouped(
        self,
        group: Group,
        inner: Row,
        match: str,
        columns: Mapping[str, str],
        figures: Mapping[str, str],
        joins: Sequence[str],
        value: Callable[[GroupOut], str],
        orders_: Mapping[str, str],
    ) -> tuple[str, str, str]:
        """Groups: Cypher that finds them, the order of their keys, and what is made of the list of each."""
        given = {_SHOWN[key] for key in group.keys}

        def shown(output: GroupOut) -> str:
            if output.what == "__typename":
                return repr(group.type_name)
            return "None" if output.what in _SHOWN.values() and output.what not in given else value(output)

        body = _members(group.outputs, shown)
        asked = {output.what for output in group.outputs} & figures.keys() or {"count"}
        found = [columns[key] for key in group.keys] + [figures[name] for name in figures if name in asked]
        order = f" ORDER BY {','.join(orders_[key] for key in group.keys)}" if group.keys else ""
        return joined(match, f"WITH {','.join(found)}", *joins, *inner.clauses), order, body


_SHOWN = {
    "KIND": "kind",
    "HELIX": "helix",
    "MUNICIPALITY": "municipality",
    "HELIX_PAIR": "helices",
    "MUNICIPALITY_PAIR": "municipalities",
    "YEAR": "year",
}
"""The member of a group that shows a key."""


class Shown:
    """A page while it is spelled: its aliases, the list of each row, and the keys of its order."""

    def __init__(self, page: Page, node: str, tie: str) -> None:
        self.page, self.node, self.tie = page, node, tie
        self.row = Row()
        self.keys: list[str] = []
        self.scans = False
        """Of a page at the root: whether more rows are looked at than it shows."""

    def carried(self, match: str, order: str) -> str:
        """What has to be carried from the match to what is shown: the aliases that stand there."""
        used = {self.node, *_ALIAS.findall(" ".join([*self.row.slots, *self.row.clauses, order]))}
        names = ",".join(alias for alias in dict.fromkeys(_ALIAS.findall(match)) if alias in used)
        # What an order looks up belongs to the thing: it makes no row another.
        return f"DISTINCT {names}" if self.page.relation and self.page.relation.distinct else names


_ALIAS = re.compile(r"(?<![$\w.])[a-z]\d+\b")


def _first(lists: Sequence[str]) -> str:
    """The first item of these lists, or None. A thing of which nothing is asked is an empty dict: it, too, is there."""
    return f"([{','.join(f'*{each}' for each in lists)}] or [None])[0]"


def _members(items: Sequence[Keyed], value: Callable[[Keyed], str]) -> str:
    """A dict display of items by their response keys."""
    return f"{{{','.join(f'{item.key!r}:{value(item)}' for item in items)}}}"


def _of_kinds(text: str, of: str | None, kinds: Sequence[str]) -> str:
    """The expression where the thing is of one of these kinds, of whatever kind if there are none."""
    return f"CASE WHEN {of}.kind IN [{','.join(map(literal, kinds))}] THEN {text} END" if kinds else text


def _sorted(pair: str, swapped: str) -> str:
    return f"CASE WHEN {swapped} THEN reverse({pair}) ELSE {pair} END"


def _size(size: Value, *, more: int) -> Callable[[Values], object]:
    def getter(values: Values) -> object:
        asked = size.of(values)
        assert isinstance(asked, int), "checked before"
        return asked + more

    return getter


def _fixed(part: Filter) -> str:
    """The property of an actor that an equality at the top of the filter fixes, where an index begins with it; or nothing."""
    for inner in part.parts if isinstance(part, All) else (part,):
        match inner:
            case Compare(field, "eq") if field.name in ("kind", "helix"):
                return field.column
            case Refers(one, Compare(field, "eq")) if one.name == "municipality" and field.name == "id":
                return one.column
    return ""


def _fact(field: Field, thing: str, row: Row, *, english: bool = False) -> str:
    column = f"{thing}.{field.column}"
    if field.type is Scalar.JSON:
        return f"(None if {row.slot(column)} is None else Fragment({row.slot(column)}))"
    return row.slot(f"coalesce({column}_en,{column})" if english else column)
