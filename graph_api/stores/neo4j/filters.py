"""Filters of a plan → conditions of Cypher.

Cypher's three values are the contract's: a condition on what is unknown is null, and so are AND, OR and NOT of it where they
must be. EXISTS knows no third value; nor does the contract there. Knows the catalogue's properties; knows no values.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial

from graph_api.model.catalogue import CATALOGUE, READ, Entity, Field, Many, One, Scalar
from graph_api.model.values import span
from graph_api.plan.nodes import (
    ActiveOn,
    All,
    AnyOf,
    Compare,
    Counted,
    EitherEnd,
    Filter,
    Near,
    Not,
    OtherEnd,
    Refers,
    Related,
    Value,
    Values,
)
from graph_api.stores.neo4j.graph import by_list, by_property, is_tie, pattern, type_of, type_of_one
from graph_api.stores.neo4j.statement import Parameters, both, literal, where
from graph_api.stores.operands import (
    COMPARISONS,
    DEGREE_KM,
    DIAMETER_KM,
    MOMENT_AFTER_ALL,
    MOMENT_BEFORE_ALL,
    UNIQUE,
    first_day,
    folded,
    last_day,
)

TEXTUAL = {"contains": "CONTAINS", "startsWith": "STARTS WITH", "endsWith": "ENDS WITH"}
FEW = 8
"""Of so many conditions alike each stands by itself, where an index may serve it."""
_HALF = re.compile("[\ud800-\udfff]")


def listed(values: object) -> list[object]:
    """A list; one value is a list of itself. Half a surrogate pair, which nothing holds and no message can, becomes NUL, which nothing holds."""
    found = values if isinstance(values, list) else [values]
    return [_HALF.sub("\0", value) if isinstance(value, str) else value for value in found]


def _as_given(value: object) -> object:
    return value


def _is_among(how: str, op: str) -> bool:
    return how == "any" and op == "eq"


def _all_of(asked: Sequence[Value], then: Callable[[object], object], values: Values) -> object:
    return [then(value.of(values)) for value in asked]


class Filters:
    """Conditions on things that a statement knows by an alias."""

    def __init__(self, to: Parameters) -> None:
        self.to = to
        self.ends: dict[str, tuple[str, str]] = {}
        """Aliases of the nodes at both ends of a tie, where they have some."""

    def parameter(self, value: Value, then: Callable[[object], object] = _as_given, as_: str = "") -> str:
        """A parameter for a value, converted by `then`; `as_` names the conversion, so that equal ones share a parameter."""

        def getter(values: Values) -> object:
            return then(value.of(values))

        return self.to.add(getter, (value, as_))

    def end(self, tie: Entity, one: One, row: str) -> str:
        """The alias of what is at this end of a tie; empty where it has none, or where the reference is no end."""
        if row not in self.ends or one.name not in (tie.ends or ()):
            return ""
        return self.ends[row][(tie.ends or ()).index(one.name)]

    # -------------------------------------------------------------------------------------------- conditions
    def conditions(self, entity: Entity, part: Filter, row: str, other: str | None = None) -> list[str]:
        """The condition as those that must all hold."""
        if isinstance(part, All):
            texts, others = self._alike(part.parts, row, "all")
            texts += [text for inner in others for text in self.conditions(entity, inner, row, other)]
            return list(dict.fromkeys(texts))
        return [self.condition(entity, part, row, other)]

    def condition(self, entity: Entity, part: Filter, row: str, other: str | None = None) -> str:
        """The condition that the filter puts on the row, one that stands anywhere.

        Args:
            row: alias of the thing.
            other: of a tie met from one of its ends, alias of the thing at the other.
        """
        match part:
            case All():
                return both(self.conditions(entity, part, row, other))
            case AnyOf(parts):
                return f"({' OR '.join(self._arms(entity, parts, row, other)) or 'false'})"
            case Not(inner):
                return f"(NOT {self.condition(entity, inner, row, other)})"
            case Compare(field, op, value):
                return (
                    self._date(field, op, value, row)
                    if field.type is Scalar.DATE
                    else self._compare(field, op, value, row)
                )
            case ActiveOn(since, until, value):
                first, last = self.parameter(value, first_day, "first"), self.parameter(value, last_day, "last")
                begun = f"coalesce({row}.{since.column}_first,{literal(MOMENT_BEFORE_ALL)})<={last}"
                return f"({begun} AND coalesce({row}.{until.column}_last,{literal(MOMENT_AFTER_ALL)})>={first})"
            case Near():
                return self._near(part, row)
            case Refers(one, inner):
                if there := self.end(entity, one, row):
                    return f"coalesce({self.condition(CATALOGUE[one.target], inner, there)},false)"
                there = self.to.alias("w")
                condition = where(self.conditions(CATALOGUE[one.target], inner, there))
                return f"EXISTS {{ MATCH ({there}:{one.target} {{id:{row}.{one.column}}}){condition} }}"
            case OtherEnd(inner):
                assert other is not None, "ties are met through a relation"
                return self.condition(CATALOGUE["Actor"], inner, other)
            case EitherEnd(inner):
                ends = (f"coalesce({self.condition(CATALOGUE['Actor'], inner, end)},false)" for end in self.ends[row])
                return f"({' OR '.join(ends)})"
            case Related(relation, how, inner):
                return self._related(entity, relation, how, inner, row)
            case Counted():
                return self._counted(entity, part, row)

    def _arms(self, entity: Entity, parts: Sequence[Filter], row: str, other: str | None) -> list[str]:
        """The arms of an OR, each once."""
        texts, others = self._alike(parts, row, "any")
        return list(dict.fromkeys([*texts, *(self.condition(entity, part, row, other) for part in others)]))

    def _alike(self, parts: Sequence[Filter], row: str, how: str) -> tuple[list[str], list[Filter]]:
        """Conditions for those parts that hold one field against many values in one way, and the other parts.

        The values are one list, since Neo4j plans hundreds of conditions for minutes; of an OR of equal ones an index can serve that list.
        """
        alike: dict[tuple[Field, str], list[Value]] = {}
        for part in parts:
            if isinstance(part, Compare) and part.field.type is not Scalar.DATE and part.op in (*COMPARISONS, *TEXTUAL):
                alike.setdefault((part.field, part.op), []).append(part.value)
        many = {of: values for of, values in alike.items() if len(values) > (1 if _is_among(how, of[1]) else FEW)}
        texts = [self._against(field, op, values, row, how) for (field, op), values in many.items()]
        return texts, [part for part in parts if not isinstance(part, Compare) or (part.field, part.op) not in many]

    def _against(self, field: Field, op: str, asked: Sequence[Value], row: str, how: str) -> str:
        then, as_ = (folded, "fold") if op in TEXTUAL else (_as_given, "")
        values = self.to.add(partial(_all_of, asked, then), (tuple(asked), as_))
        column = f"{row}.{field.column}"
        if _is_among(how, op):
            return f"{column} IN {values}"
        each = self.to.alias("v")
        one = f"{column}_fold {TEXTUAL[op]} {each}" if op in TEXTUAL else f"{column}{COMPARISONS[op]}{each}"
        return f"{how}({each} IN {values} WHERE {one})"

    def _compare(self, field: Field, op: str, value: Value, row: str) -> str:
        column = f"{row}.{field.column}"
        if op == "isNull":
            unknown = f"(({column} IS NULL)={self.parameter(value)})"
            if not field.kinds:
                return unknown
            return (
                f"CASE WHEN {row}.kind IN [{','.join(literal(kind.value) for kind in field.kinds)}] THEN {unknown} END"
            )
        if op in ("in", "notIn"):
            among = f"{column} IN {self.parameter(value, listed, 'list')}"
            among = f"(NOT {among})" if op == "notIn" else among
            # An unknown value is in no list and not outside one either, though Cypher calls null IN [] false.
            return among if field.always else f"CASE WHEN {column} IS NOT NULL THEN {among} END"
        if op in TEXTUAL:
            return f"{column}_fold {TEXTUAL[op]} {self.parameter(value, folded, 'fold')}"
        return f"{column}{COMPARISONS[op]}{self.parameter(value)}"

    def _date(self, field: Field, op: str, value: Value, row: str) -> str:
        column = f"{row}.{field.column}"
        starts, ends = f"{column}_first", f"{column}_last"
        if op == "isNull":
            return f"(({column} IS NULL)={self.parameter(value)})"
        if op in ("in", "notIn"):
            spans = self.parameter(value, lambda dates: [list(span(str(date))) for date in listed(dates)], "spans")
            within = f"any(span IN {spans} WHERE {starts}>=span[0] AND {ends}<=span[1])"
            return f"CASE WHEN {column} IS NOT NULL THEN {'NOT ' if op == 'notIn' else ''}{within} END"
        first, last = self.parameter(value, first_day, "first"), self.parameter(value, last_day, "last")
        lies_within = f"({starts}>={first} AND {ends}<={last})"
        match op:
            case "eq":
                return lies_within
            case "ne":
                return f"(NOT {lies_within})"
            case "lt":
                return f"{ends}<{first}"
            case "gt":
                return f"{starts}>{last}"
            case "lte":
                return f"({ends}<{first} OR {lies_within})"
            case _:
                return f"({starts}>{last} OR {lies_within})"

    def _near(self, near: Near, row: str) -> str:
        latitude, longitude = self.parameter(near.latitude), self.parameter(near.longitude)
        kilometres = self.parameter(near.kilometres)
        north, east = (
            f"sin(radians({row}.latitude-{latitude})/2)^2",
            f"sin(radians({row}.longitude-{longitude})/2)^2",
        )
        haversine = f"{north}+cos(radians({latitude}))*cos(radians({row}.latitude))*{east}"
        # Two bounds that an index on the latitude can serve. Rounding can lift the sine of opposite points above 1.
        degrees = f"{kilometres}/{DEGREE_KM}"
        bounds = f"{row}.latitude>={latitude}-{degrees} AND {row}.latitude<={latitude}+{degrees}"
        within = f"[sine IN [{haversine}] | CASE WHEN sine>1.0 THEN 1.0 ELSE sine END][0]"
        return f"({bounds} AND {DIAMETER_KM}*asin(sqrt({within}))<={kilometres})"

    # -------------------------------------------------------------------------------------------- relations
    def met(self, owner: Entity, relation: Many, of: str, tie: str, there: str) -> tuple[str, list[str]]:
        """Pattern and conditions of what a thing has by a relation, before any filter."""
        if column := by_property(relation):
            return f"({there}:{relation.target})", [f"{there}.{column}={of}.id"]
        if column := by_list(owner, relation):
            return f"({there}:{relation.target})", [f"{there}.id IN {of}.{column}"]
        step = relation.arms[0][0]
        if relation.tie and len(relation.arms) == 1:
            ends = CATALOGUE[relation.tie].ends
            outward = ends is not None and ends[0] == step.near
            self.ends[tie] = (of, there) if outward else (there, of)
        kinds = [f"{tie}.kind={literal(step.kind.value)}"] if step.kind else []
        return pattern(relation, of, tie, there), kinds

    def met_where(
        self,
        owner: Entity,
        relation: Many,
        part: Filter,
        of: str,
        *,
        there: str = "",
        failing: bool = False,
        labelled: bool = False,
    ) -> str:
        """MATCH … WHERE of the relation's ties that the filter holds for, or is not known to hold for.

        Args:
            there: alias of what is met.
            labelled: whether its label stands there, so that the planner may begin with it; else it would be looked at in each row.
        """
        tie, found = self.to.alias("t"), there or self.to.alias("x")
        text, conditions = self.met(owner, relation, of, tie, found)
        asked = (
            self.conditions(CATALOGUE[relation.tie], part, tie, found)
            if relation.tie
            else self.conditions(READ[relation.target], part, found)
        )
        if failing:
            asked = [f"NOT coalesce({both(asked)},false)"]
        label = [f"{found}:{relation.target}"] if labelled and any(f"{found}." in text for text in asked) else []
        return f"MATCH {text}{where([*conditions, *label, *asked])}"

    def count(self, owner: Entity, relation: Many, part: Filter, of: str) -> str:
        """How many of the relation the filter holds for."""
        there = self.to.alias("x")
        text = self.met_where(owner, relation, part, of, there=there)
        return f"COUNT {{ {text}{f' WITH DISTINCT {there} RETURN {there}' if relation.distinct else ''} }}"

    def _related(self, owner: Entity, relation: Many, how: str, part: Filter, row: str) -> str:
        text = self.met_where(owner, relation, part, row, failing=how == "every")
        return f"EXISTS {{ {text} }}" if how == "some" else f"(NOT EXISTS {{ {text} }})"

    def _counted(self, entity: Entity, counted: Counted, row: str) -> str:
        kept = next((count for count in entity.counts if count.relation == counted.relation.name), None)
        bounds = [(COMPARISONS[op], self.parameter(value)) for op, value in counted.bounds]
        if not bounds:
            return "true"
        if kept and counted.part == All(()):
            return both([f"{row}.{kept.column}{op}{bound}" for op, bound in bounds])
        count = self.count(entity, counted.relation, counted.part, row)
        # What is counted is never more than all: the kept count excludes most rows without a look at their ties.
        first = (
            [f"{row}.{kept.column}{op if op != '=' else '>='}{bound}" for op, bound in bounds if op in (">", ">=", "=")]
            if kept
            else []
        )
        return both([*first, *(f"{count}{op}{bound}" for op, bound in bounds)])

    # -------------------------------------------------------------------------------------------- whole entities
    def rows(self, entity: Entity, part: Filter, row: str) -> tuple[str, list[str]]:
        """Pattern and conditions of all things of an entity for which the filter holds; unknown is as good as false.

        What is referred to joins the pattern, with a label: so the planner may begin there.
        """
        if is_tie(entity):
            self.ends[row] = self.to.alias("a"), self.to.alias("a")
            patterns = [f"({self.ends[row][0]})-[{row}:{type_of(entity)}]->({self.ends[row][1]})"]
        else:
            patterns = [f"({row}:{entity.name})"]
        conditions = self._sought(entity, part, row, patterns)
        return ",".join(patterns), conditions

    def _sought(self, entity: Entity, part: Filter, row: str, patterns: list[str]) -> list[str]:
        match part:
            case All(parts):
                texts, others = self._alike(parts, row, "all")
                return [*texts, *(text for inner in others for text in self._sought(entity, inner, row, patterns))]
            case Refers(one, Compare(field, "eq", value)) if field.name == "id" and not self.end(entity, one, row):
                return [f"{row}.{one.column}={self.parameter(value)}"]
            case Refers(one, inner) if there := self.end(entity, one, row):
                return [f"{there}:{one.target}", *self.conditions(CATALOGUE[one.target], inner, there)]
            case Refers(one, inner) if not is_tie(entity):
                there = self.to.alias("w")
                patterns.append(f"({row})-[:{type_of_one(entity, one)}]->({there}:{one.target})")
                return self._sought(CATALOGUE[one.target], inner, there, patterns)
            case EitherEnd(Compare(field, "eq") as inner) if field.name in UNIQUE and " WITH " not in patterns[0]:
                # Of a tie between two things only one is that thing: so no tie is met twice.
                (begun, ended), there = self.ends[row], self.to.alias("w")
                known = self.condition(CATALOGUE["Actor"], inner, there)
                found = f"({there}:Actor)-[{row}:{type_of(entity)}]-() WHERE {known}"
                patterns[0] = f"{found} WITH *,startNode({row}) AS {begun},endNode({row}) AS {ended}"
                return []
            case _:
                return self.conditions(entity, part, row)
