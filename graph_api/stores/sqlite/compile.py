"""Plan → one SQLite statement.

Takes the planned roots of an operation and returns a statement whose single row holds the JSON text of each, and last
the revision. Knows tables and columns from the catalogue; knows no connection, no GraphQL, no values.

Rows are sorted and cut on keys first, and what is shown of them is built outside: built inside, every child of every
row would be built before the cut.
"""

import json
from collections.abc import Sequence
from functools import lru_cache

import orjson

from graph_api.model.catalogue import CATALOGUE, Entity, Field, Many, Scalar
from graph_api.plan import cursor
from graph_api.plan.nodes import (
    STATEMENTS_KEPT,
    THINGS,
    All,
    AnyReference,
    ById,
    ByIds,
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
    merged_outputs,
)
from graph_api.stores.scores import LAST_SCORE, SCORE_BYTES, revision_of
from graph_api.stores.sqlite.filters import Filters, all_by, parameter
from graph_api.stores.sqlite.statement import (
    Parameters,
    Piece,
    Statement,
    Text,
    as_object,
    joined,
    keyed,
    literal,
    quoted,
)

NULL = literal("null")
REVISION = "(SELECT value FROM meta WHERE key='revision')"
GREATEST_NUMBER, GREATEST_TEXT = str(LAST_SCORE), "char(1114111)"
"""What stands for null in a key that is never null."""


def compiled(roots: Sequence[Root]) -> Statement:
    """The statement that reads all roots, and the revision, of one snapshot."""
    compiler = Compiler()
    # A blob passes from SQLite to the answer without being decoded.
    columns = [f"CAST({compiler.root(root)} AS BLOB)" for root in roots]
    return compiler.to.statement(f"SELECT {','.join([*columns, REVISION])}")


@lru_cache(STATEMENTS_KEPT)
def compiled_references(selects: tuple[Select, ...]) -> Statement:
    """The statement that reads THINGS: a column a selection, a JSON array of (text or null) in the order of its ids."""
    compiler = Compiler()
    things = (compiler.by_ids((select,), Var((THINGS, number))) for number, select in enumerate(selects))
    columns = [f"CAST({each} AS BLOB)" for each in things]
    return compiler.to.statement(f"SELECT {','.join([*columns, REVISION])}")


class Compiler:
    """Makes one statement."""

    def __init__(self) -> None:
        self.to = Parameters()
        self.filters = Filters(self.to)
        self.within = 0
        """How many pages the part that is being spelled lies inside."""

    # -------------------------------------------------------------------------------------------- roots
    def root(self, root: Root) -> str:
        """The scalar expression of a root's JSON text."""
        match root:
            case TypeName(_, name):
                return literal(f'"{name}"')
            case Lookup(_, select, by, value, where):
                row = self.to.alias("t")
                condition = f"{row}.{quoted(by.column)}={parameter(self.to, value)}"
                condition += "" if where == All(()) else f" AND {self.filters.nested(select.entity, where, row)}"
                return f"coalesce((SELECT {self.thing(select, row)} FROM {select.entity.table} {row} WHERE {condition}),{NULL})"
            case ById(_, value, selects):
                sought = parameter(self.to, value)
                return self._first_found(selects, sought)
            case ByIds(_, value, selects):
                return self.by_ids(selects, value)
            case PageRoot(_, page):
                return f"({self.page(page, None)})"
            case GroupRoot(_, group):
                return (
                    f"({self._actor_groups(group, None) if group.entity.name == 'Actor' else self._tie_groups(group)})"
                )

    def _first_found(self, selects: Sequence[Select], sought: str) -> str:
        found = []
        for select in selects:
            row = self.to.alias("t")
            found.append(f"(SELECT {self.thing(select, row)} FROM {select.entity.table} {row} WHERE {row}.id={sought})")
        return f"coalesce({','.join([*found, NULL])})"

    def by_ids(self, selects: Sequence[Select], value: Value) -> str:
        """A JSON array of the things with these ids, in their order."""
        ids, each = parameter(self.to, value, _json, "json"), self.to.alias("j")
        return f"(SELECT concat('[',group_concat({self._first_found(selects, f'{each}.value')},','),']') FROM json_each({ids}) {each})"

    # -------------------------------------------------------------------------------------------- things
    def thing(self, select: Select, row: str) -> str:
        """The JSON text of a thing."""
        return joined(self.pieces(select, row))

    def pieces(self, select: Select, row: str) -> list[Piece]:
        """The JSON text of a thing, in pieces: in the order asked, which may differ by object type."""
        merged = merged_outputs(select)
        if merged is None:
            # Rare: the order differs by type, so each type has an arm of its own.
            arms = (
                f"WHEN {self._is(row, [name])} THEN {self.thing(Select(select.entity, ((name, outputs),)), row)}"
                for name, outputs in select.by_type
            )
            return [f"CASE {' '.join(arms)} END"]
        if all(len(types) == len(select.by_type) for _, types in merged):
            return as_object([keyed(output.key, self._output(select.entity, output, row)) for output, _ in merged])
        members: list[Piece] = []
        for output, types in merged:
            text: list[Piece] = [Text(","), *keyed(output.key, self._output(select.entity, output, row))]
            members += (
                text
                if len(types) == len(select.by_type)
                else [f"CASE WHEN {self._is(row, types)} THEN {joined(text)} END"]
            )
        return [Text("{"), f"substr({joined(members)},2)", Text("}")]

    def _is(self, row: str, types: Sequence[str]) -> str:
        return f"{row}.object_type IN ({','.join(map(literal, types))})"

    def _output(self, entity: Entity, output: Output, row: str) -> list[Piece]:
        match output:
            case TypeName():
                return [Text('"'), f"{row}.object_type", Text('"')] if entity.types else [Text(f'"{entity.name}"')]
            case Leaf(_, field, english, parts):
                return (
                    self._position(parts, row)
                    if field.type is Scalar.POSITION
                    else [_fact(field, row, english=english)]
                )
            case ScoreLeaf(_, score):
                return [f"coalesce(nullif(rtrim({self._score(score, row)}),{literal(GREATEST_NUMBER)}),{NULL})"]
            case Reference(_, one, select):
                return [self._reference(select, f"{row}.{quoted(one.column)}", required=one.required)]
            case AnyReference(_, field, selects):
                return [self._first_found(selects, f"{row}.{quoted(field.column)}")]
            case Listing(_, page):
                return [f"({self.page(page, row)})"]
            case Grouped(_, group):
                return [f"({self._actor_groups(group, row)})"]

    def _score(self, score: Score, row: str) -> str:
        """The JSON text of an actor's score, cut from the text of all of them: its place is that of the actor's key."""
        scores = self.to.scores_at(score.place)
        piece = f"CAST(substr({scores},{row}.pk*{SCORE_BYTES}+1,{SCORE_BYTES}) AS TEXT)"
        # A newer actor lies behind their end.
        return f"coalesce(nullif({piece},''),{literal(GREATEST_NUMBER)})"

    def _position(self, parts: Sequence[tuple[str, str]], row: str) -> list[Piece]:
        members = [
            keyed(key, [Text('"Position"')] if name == "__typename" else [f"{row}.{name}"]) for key, name in parts
        ]
        return [f"CASE WHEN {row}.longitude IS NULL THEN {NULL} ELSE {joined(as_object(members))} END"]

    def _reference(self, select: Select, column: str, *, required: bool) -> str:
        there = self.to.alias("o")
        read = f"(SELECT {self.thing(select, there)} FROM {select.entity.table} {there} WHERE {there}.pk={column})"
        # A reference that must be there and is not is damage: malformed JSON stops the statement instead of a null that the schema forbids.
        return f"coalesce({read},{NULL if not required else 'json(char(0))'})"

    # -------------------------------------------------------------------------------------------- pages
    def page(self, page: Page, parent: str | None) -> str:
        """A SELECT of the JSON text of a connection, at the root or of the thing with the alias `parent`."""
        node, tie = self.to.alias("n"), self.to.alias("k") if page.relation and page.relation.tie else None
        source, condition = self._rows(page, parent, node, tie)
        total = self._total(page, parent)
        if not page.reads_rows:
            members = [keyed(part.key, self._part(page, part, "", "", parent, "", total)) for part in page.parts]
            return f"SELECT {joined(as_object(members))}"
        shown, thing = self.to.alias("r"), self.to.alias("x")
        keys = [(self._key(key, node, tie), key) for key in page.order]
        joins = "".join(join for (_, join), _ in keys)
        named = [(text, key) for (text, _), key in keys]
        conditions = [condition] if condition != "1" else []
        for bound, backward in ((page.after, False), (page.before, True)):
            if bound is not None:
                conditions.append(self._beyond(page, named, bound, backward=backward))
        infos = {name for part in page.parts if isinstance(part, PageInfo) for _, name in part.outputs}
        cursors = bool(infos & {"startCursor", "endCursor"}) or any(
            isinstance(o, CursorOut) for part in page.parts if isinstance(part, Edges) for o in part.outputs
        )
        looks = bool(infos)
        size = parameter(self.to, page.size)
        limit = f"{size}+1" if looks else size
        columns = [f"{node}.pk AS pk"]
        columns += [f"{tie}.pk AS tie"] if tie else []
        order = ",".join(
            f"{_sorted(text, key)}{' DESC' if key.descending != page.backward else ''}" for text, key in named
        )
        where = f"{joins} WHERE {' AND '.join(conditions)}" if conditions else joins
        if page.relation and not _names_parent(page) and not self.within:
            # No index has the order, so all rows are sorted. LIMIT would sort them in a table of its own, which costs more to open
            # than the sorting of some dozens of ties; a window sorts in place. Inside another page one table serves all parents.
            columns += [f"{text} AS o{number}" for number, (text, _) in enumerate(named)] if cursors else []
            made = [f"{self._cursor(page, [f'o{number}' for number in range(len(named))])} AS cur"] if cursors else []
            rows = f"SELECT {','.join(columns)},row_number() OVER (ORDER BY {order}) AS rn FROM {source}{where}"
            rows = f"SELECT {','.join(['*', *made])} FROM ({rows}) WHERE rn<={limit}"
            rows = f"SELECT *,count(*) OVER () AS n FROM ({rows})" if looks else rows
        else:
            columns += [f"{self._cursor(page, [text for text, _ in named])} AS cur"] if cursors else []
            rows = f"SELECT {','.join(columns)} FROM {source}{where} ORDER BY {order} LIMIT {limit}"
            if looks or page.backward:
                rows = f"SELECT *,row_number() OVER () AS rn,count(*) OVER () AS n FROM ({rows})"
        self.within += 1
        members = [
            keyed(part.key, self._part(page, part, shown, thing, parent, size if looks else None, total))
            for part in page.parts
        ]
        self.within -= 1
        text = joined(as_object(members))
        source = f"({rows}) {shown} CROSS JOIN {page.entity.table} {thing} ON {thing}.pk={shown}.pk"
        return f"SELECT {text} FROM {source}{self._facts(page, shown, thing, parent)}"

    def _rows(self, page: Page | Group, parent: str | None, node: str, tie: str | None) -> tuple[str, str]:
        """Source and condition of a connection's rows."""
        if page.relation is None:
            return f"{page.entity.table} {node}", self.filters.sought(page.entity, page.where, node)
        if _names_parent(page):
            step = page.relation.arms[0][0]
            # The things themselves name the parent: without a step between, an index on the reference gives them in order, and stops.
            condition = self.filters.condition(page.entity, page.where, node)
            named = f"{node}.{quoted(step.near)}={parent}.{'id' if step.by_id else 'pk'}"
            return f"{page.entity.table} {node}", named if condition == "1" else f"{named} AND ({condition})"
        edge = self.to.alias("e")
        source = f"({self.filters.arms(page.relation, parent)}) {edge} CROSS JOIN {page.entity.table} {node} ON {node}.pk={edge}.other"
        if tie:
            source += f" CROSS JOIN {CATALOGUE[page.relation.tie].table} {tie} ON {tie}.pk={edge}.tie"
            return source, self.filters.condition(CATALOGUE[page.relation.tie], page.where, tie, node)
        return source, self.filters.condition(page.entity, page.where, node)

    def _total(self, page: Page, parent: str | None) -> str:
        if not any(isinstance(part, Total) for part in page.parts):
            return ""
        if page.relation:
            kept = next(
                (
                    count
                    for entity in CATALOGUE.values()
                    for count in entity.counts
                    if entity.relation(count.relation) is page.relation
                ),
                None,
            )
            if kept and page.where == All(()):
                return f"{parent}.{kept.column}"
            source, condition = self.filters.ties(page.relation, page.where, parent)
        else:
            row = self.to.alias("n")
            source, condition = f"{page.entity.table} {row}", self._whole(page.entity, page.where, row)
        return f"(SELECT count(*) FROM {source}{'' if condition == '1' else f' WHERE {condition}'})"

    def _whole(self, entity: Entity, part: Filter, row: str) -> str:
        """A condition on all rows of an entity: what a relation's `some` holds for is found from the other side, once."""
        match part:
            case All(parts) if parts:
                return all_by(" AND ", [self._whole(entity, inner, row) for inner in parts])
            case Related(relation, "some", inner):
                source, condition = self.filters.ties(relation, inner, None)
                return f"{row}.pk IN (SELECT near FROM {source} WHERE {condition})"
            case _:
                return self.filters.sought(entity, part, row)

    def _key(self, key: Key, node: str, tie: str | None) -> tuple[str, str]:
        """An order key's expression, of a score its text, and the joins that it needs."""
        row, joins, sure = (tie or node) if key.of_tie else node, "", True
        for one in key.through:
            there = self.to.alias("o")
            joins += f" LEFT JOIN {CATALOGUE[one.target].table} {there} ON {there}.pk={row}.{quoted(one.column)}"
            row, sure = there, sure and one.required
        if isinstance(key.by, Score):
            return self._score(key.by, row), joins
        column = f"{row}.{quoted(key.column)}"
        return column if sure else f"coalesce({column},{GREATEST_NUMBER if key.is_number else GREATEST_TEXT})", joins

    def _beyond(self, page: Page, named: Sequence[tuple[str, Key]], bound: Value, *, backward: bool) -> str:
        """The rows strictly after (or before) those of a cursor."""

        def part(number: int) -> str:
            def getter(values: Values) -> object:
                found = cursor.read(bound.of(values), page.bound_to(values), page.numbers)[number]
                # As text, so that the database reads it as it reads the scores.
                return orjson.dumps(found).decode() if isinstance(page.order[number].by, Score) else found

            return _sorted(self.to.add(getter, (bound, page.tag, page.scores, number)), page.order[number])

        signs = ["<" if key.descending != backward else ">" for _, key in named]
        texts = [_sorted(text, key) for text, key in named]
        if len(set(signs)) == 1:
            return f"({','.join(texts)}){signs[0]}({','.join(part(i) for i in range(len(texts)))})"
        arms = [
            " AND ".join([*(f"{texts[j]}={part(j)}" for j in range(i)), f"{texts[i]}{signs[i]}{part(i)}"])
            for i in range(len(texts))
        ]
        # The bound on the first key alone lets an index stop; the arms cannot.
        return f"{texts[0]}{signs[0]}={part(0)} AND ({' OR '.join(f'({arm})' for arm in arms)})"

    def _cursor(self, page: Page, keys: Sequence[str]) -> str:
        """The expression of a row's cursor."""
        if not page.scores:
            return f"concat({literal(cursor.tag(page.tag))},hex(json_array({','.join(keys)})))"
        tag = self.to.add(lambda values: cursor.tag(page.bound_to(values)), ("tag", page.tag, page.scores))
        shown = [
            f"json({text})" if isinstance(key.by, Score) else text for text, key in zip(keys, page.order, strict=True)
        ]
        shown.append(self.to.add(revision_of(page), ("revision", page.scores)))
        return f"concat({tag},hex(json_array({','.join(shown)})))"

    def _facts(self, page: Page, shown: str, thing: str, parent: str | None) -> str:
        """The join to the tie's or link's row, where an edge shows something of it."""
        outputs = [output for part in page.parts if isinstance(part, Edges) for output in part.outputs]
        if page.relation is None or not any(
            isinstance(output, FactOut | FactReferenceOut | TieOut) for output in outputs
        ):
            return ""
        if page.relation.tie:
            return f" CROSS JOIN {CATALOGUE[page.relation.tie].table} f ON f.pk={shown}.tie"
        step = page.relation.arms[0][0]
        return f" CROSS JOIN {step.table} f ON f.{quoted(step.near)}={parent}.pk AND f.{quoted(step.far)}={thing}.pk"

    def _part(
        self, page: Page, part: Part, shown: str, thing: str, parent: str | None, size: str | None, total: str
    ) -> list[Piece]:
        match part:
            case TypeName():
                return [Text(f'"{page.connection}"')]
            case Total():
                return [total]
            case Nodes(_, select):
                return self._array(page, self.thing(select, thing), shown, size)
            case Edges(_, outputs):
                edge = as_object(
                    [keyed(output.key, self._edge(page.relation, output, shown, thing)) for output in outputs]
                )
                return self._array(page, joined(edge), shown, size)
            case PageInfo(_, outputs):
                assert size is not None, "pageInfo looks one row further"
                return as_object([keyed(key, self._info(page, name, shown, size)) for key, name in outputs])

    def _array(self, page: Page, text: str, shown: str, size: str | None) -> list[Piece]:
        # SQLite keeps the order of the rows that it is given; the store suite tests it.
        turned = f" ORDER BY {shown}.rn DESC" if page.backward else ""
        kept = f"CASE WHEN {shown}.rn<={size} THEN {text} END" if size else text
        return [Text("["), f"group_concat({kept},','{turned})", Text("]")]

    def _edge(self, relation: Many | None, output: EdgeOutput, shown: str, thing: str) -> list[Piece]:
        match output:
            case TypeName(_, name):
                return [Text(f'"{name}"')]
            case CursorOut():
                return [Text('"'), f"{shown}.cur", Text('"')]
            case NodeOut(_, select):
                return self.pieces(select, thing)
            case TieOut(_, select):
                return self.pieces(select, "f")
            case FactOut(_, field):
                return [_fact(field, "f")]
            case FactReferenceOut(_, one, select):
                return [self._reference(select, f"f.{quoted(one.column)}", required=False)]

    def _info(self, page: Page, name: str, shown: str, size: str) -> list[Piece]:
        more = f"CASE WHEN coalesce(max({shown}.n),0)>{size} THEN 'true' ELSE 'false' END"
        came_from = page.before if page.backward else page.after
        behind: Piece = Text("false" if came_from is None else "true")
        first = f"json_quote(max(CASE WHEN {shown}.rn=1 AND {size}>0 THEN {shown}.cur END))"
        last = f"json_quote(max(CASE WHEN {shown}.rn=min({shown}.n,{size}) THEN {shown}.cur END))"
        match name:
            case "hasNextPage":
                return [behind if page.backward else more]
            case "hasPreviousPage":
                return [more if page.backward else behind]
            case "startCursor":
                return [last if page.backward else first]
            case "endCursor":
                return [first if page.backward else last]
            case _:
                return [Text('"PageInfo"')]

    # -------------------------------------------------------------------------------------------- groups
    def _actor_groups(self, group: Group, parent: str | None) -> str:
        row, counted, place = self.to.alias("n"), self.to.alias("g"), self.to.alias("m")
        if group.relation is None:
            source, condition = f"actor {row}", self._whole(group.entity, group.where, row)
        else:
            source, condition = self._rows(group, parent, row, self.to.alias("k") if group.relation.tie else None)
        columns = {"KIND": f"{row}.kind", "HELIX": f"{row}.helix", "MUNICIPALITY": f"{row}.municipality"}
        shown = {output.what for output in group.outputs}
        figures = {
            "count": "count(*)",
            "foundedInMin": f"min({row}.founded_in)",
            "foundedInMax": f"max({row}.founded_in)",
        }
        asked = [f"{columns[key]} AS {key.lower()}" for key in group.keys] + [
            f"{figures[name]} AS {name}" for name in figures if name in shown
        ]
        inner = self._grouped(asked or ["1"], source, condition, len(group.keys))
        values: dict[str, list[Piece]] = {
            "kind": [f"json_quote({counted}.kind)"],
            "helix": [f"json_quote({counted}.helix)"],
            "count": [f"{counted}.count"],
            "foundedInMin": [f"coalesce({counted}.foundedInMin,{NULL})"],
            "foundedInMax": [f"coalesce({counted}.foundedInMax,{NULL})"],
        }
        for output in group.outputs:
            if output.select:
                values[f"{output.what} {output.key}"] = [
                    f"CASE WHEN {place}.pk IS NULL THEN {NULL} ELSE {self.thing(output.select, place)} END"
                ]
        join = f" LEFT JOIN actor {place} ON {place}.pk={counted}.municipality" if "MUNICIPALITY" in group.keys else ""
        orders = {
            "KIND": f"{counted}.kind",
            "HELIX": f"{counted}.helix",
            "MUNICIPALITY": f"{place}.name_key IS NULL,{place}.name_key,{place}.id",
        }
        return self._listed(group, values, f"({inner}) {counted}{join}", [orders[key] for key in group.keys])

    def _tie_groups(self, group: Group) -> str:
        row, counted, left, right = self.to.alias("n"), self.to.alias("g"), self.to.alias("m"), self.to.alias("m")
        one, other, one_place, other_place = (self.to.alias("a") for _ in range(4))
        condition = self._whole(group.entity, group.where, row)
        source = f"collaboration {row}"
        asked: list[str] = []
        if "HELIX_PAIR" in group.keys or "MUNICIPALITY_PAIR" in group.keys:
            source += (
                f' CROSS JOIN actor {one} ON {one}.pk={row}."from" CROSS JOIN actor {other} ON {other}.pk={row}."to"'
            )
        if "MUNICIPALITY_PAIR" in group.keys:
            source += f" LEFT JOIN actor {one_place} ON {one_place}.pk={one}.municipality"
            source += f" LEFT JOIN actor {other_place} ON {other_place}.pk={other}.municipality"
        for key in group.keys:
            if key == "KIND":
                asked.append(f"{row}.kind AS kind")
            elif key == "YEAR":
                asked.append(f"CAST(substr({row}.since_first,1,4) AS INTEGER) AS year")
            elif key == "HELIX_PAIR":
                asked += [f"min({one}.helix,{other}.helix) AS helix1", f"max({one}.helix,{other}.helix) AS helix2"]
            else:
                swapped = f"({one_place}.name_key,{one_place}.id)>({other_place}.name_key,{other_place}.id)"
                both = f"{one_place}.pk IS NOT NULL AND {other_place}.pk IS NOT NULL"
                asked.append(
                    f"CASE WHEN {both} THEN CASE WHEN {swapped} THEN {other_place}.pk ELSE {one_place}.pk END END AS place1"
                )
                asked.append(
                    f"CASE WHEN {both} THEN CASE WHEN {swapped} THEN {one_place}.pk ELSE {other_place}.pk END END AS place2"
                )
        number = len(asked)
        shown = {output.what for output in group.outputs}
        # Sums of thousandths: floats would add up differently in another order, and so in another store.
        figures = {
            "count": "count(*)",
            "strengthSum": f"sum(CAST(round({row}.strength*1000) AS INTEGER))/1000.0",
            "strengthMin": f"min({row}.strength)",
            "strengthMax": f"max({row}.strength)",
        }
        asked += [f"{figures[name]} AS {name}" for name in figures if name in shown]
        inner = self._grouped(asked or ["1"], source, condition, number)
        values: dict[str, list[Piece]] = {
            "kind": [f"json_quote({counted}.kind)"],
            "year": [f"coalesce({counted}.year,{NULL})"],
            "helices": as_array([[f"json_quote({counted}.helix1)"], [f"json_quote({counted}.helix2)"]]),
            "count": [f"{counted}.count"],
            "strengthSum": [f"coalesce({counted}.strengthSum,0.0)"],
            "strengthMin": [f"coalesce({counted}.strengthMin,{NULL})"],
            "strengthMax": [f"coalesce({counted}.strengthMax,{NULL})"],
        }
        for output in group.outputs:
            if output.select:
                pair = joined(as_array([self.pieces(output.select, left), self.pieces(output.select, right)]))
                values[f"{output.what} {output.key}"] = [f"CASE WHEN {left}.pk IS NULL THEN {NULL} ELSE {pair} END"]
        join = ""
        if "MUNICIPALITY_PAIR" in group.keys:
            join = f" LEFT JOIN actor {left} ON {left}.pk={counted}.place1 LEFT JOIN actor {right} ON {right}.pk={counted}.place2"
        places = f"{left}.name_key IS NULL,{left}.name_key,{left}.id,{right}.name_key,{right}.id"
        orders = {
            "KIND": f"{counted}.kind",
            "HELIX_PAIR": f"{counted}.helix1,{counted}.helix2",
            "MUNICIPALITY_PAIR": places,
            "YEAR": f"{counted}.year IS NULL,{counted}.year",
        }
        return self._listed(group, values, f"({inner}) {counted}{join}", [orders[key] for key in group.keys])

    def _grouped(self, columns: Sequence[str], source: str, condition: str, keys: int) -> str:
        by = f" GROUP BY {','.join(str(number + 1) for number in range(keys))}" if keys else ""
        if not keys and columns == ["1"]:
            # One group even of nothing, as an aggregate is.
            columns = ["count(*)"]
        return f"SELECT {','.join(columns)} FROM {source}{'' if condition == '1' else f' WHERE {condition}'}{by}"

    def _listed(self, group: Group, values: dict[str, list[Piece]], source: str, order: Sequence[str]) -> str:
        known = {
            "KIND": ("kind",),
            "HELIX": ("helix",),
            "MUNICIPALITY": ("municipality",),
            "HELIX_PAIR": ("helices",),
            "MUNICIPALITY_PAIR": ("municipalities",),
            "YEAR": ("year",),
        }
        given = {name for key in group.keys for name in known[key]}
        unasked = {name for names in known.values() for name in names} - given

        def value(output: GroupOut) -> list[Piece]:
            if output.what == "__typename":
                return [Text(f'"{group.type_name}"')]
            if output.what in unasked:
                return [Text("null")]
            return values[f"{output.what} {output.key}" if output.select else output.what]

        members = [keyed(output.key, value(output)) for output in group.outputs]
        sorted_ = f" ORDER BY {','.join(order)}" if order else ""
        return f"SELECT concat('[',group_concat({joined(as_object(members))},','{sorted_}),']') FROM {source}"


def as_array(items: Sequence[Sequence[Piece]]) -> list[Piece]:
    """A JSON array of a fixed number of items."""
    pieces: list[Piece] = [Text("[")]
    for number, item in enumerate(items):
        pieces += [Text(","), *item] if number else item
    return [*pieces, Text("]")]


def _names_parent(page: Page | Group) -> bool:
    """Whether the things of a relation name the thing that has it themselves, without a tie or link between."""
    relation = page.relation
    return (
        relation is not None and not relation.tie and [[step.far for step in arm] for arm in relation.arms] == [["pk"]]
    )


def _sorted(text: str, key: Key) -> str:
    """What rows are sorted by: of a score the number that its text is."""
    return f"({text}+0)" if isinstance(key.by, Score) else text


def _json(value: object) -> str:
    # By json and not orjson, which refuses halves of surrogate pairs: here they are just ids that nothing has.
    return json.dumps(value)


def _fact(field: Field, row: str, *, english: bool = False) -> str:
    column = f"{row}.{quoted(field.column)}"
    if english:
        column = f"coalesce({row}.{field.column}_en,{column})"
    match field.type:
        case Scalar.INT | Scalar.FLOAT:
            return column if field.always else f"coalesce({column},{NULL})"
        case Scalar.BOOLEAN:
            return f"CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END"
        case Scalar.TEXTS | Scalar.JSON:
            return column if field.always else f"coalesce({column},{NULL})"
        case _:
            return f"json_quote({column})"
