"""Filters of a plan → conditions of SQL.

SQL's three values are the contract's: a condition on what is unknown is NULL, and so are AND, OR and NOT of it where
they must be. Knows the catalogue's tables and columns; knows no values.
"""

import json
from collections.abc import Callable

from graph_api.model.catalogue import CATALOGUE, READ, Entity, Field, Many, Scalar, Step
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
from graph_api.stores.sqlite.statement import Parameters, literal, quoted

CONDITIONS_AT_ONCE = 20
LOOKED_UP = 1
"""Relations inside so many others are looked up row by row, which stops early. What lies deeper is found once for all
rows: there the looks would multiply."""


def parameter(
    to: Parameters, value: Value, then: Callable[[object], object] = lambda value: value, as_: str = ""
) -> str:
    """A parameter for a value, converted by `then`; `as_` names the conversion, so that equal ones share a parameter."""

    def getter(values: Values) -> object:
        return then(value.of(values))

    return to.add(getter, (value, as_))


def _list(values: object) -> list[object]:
    return values if isinstance(values, list) else [values]


def all_by(word: str, conditions: list[str]) -> str:
    """The conditions as one; many of them in brackets, since SQLite's expressions grow deeper with each word."""
    while len(conditions) > CONDITIONS_AT_ONCE:
        rows = (conditions[i : i + CONDITIONS_AT_ONCE] for i in range(0, len(conditions), CONDITIONS_AT_ONCE))
        conditions = [f"({word.join(row)})" for row in rows]
    return word.join(conditions)


class Filters:
    """Conditions on rows of an entity that a statement knows by an alias."""

    def __init__(self, to: Parameters) -> None:
        self.to = to
        self.within = 0
        """How many relations the part that is being spelled lies inside."""

    def condition(self, entity: Entity, part: Filter, row: str, other: str | None = None) -> str:
        """The condition that the filter puts on the row.

        Args:
            row: alias of the entity's table.
            other: of a tie met from one of its ends, alias of the thing at the other.
        """
        match part:
            case All(parts):
                return all_by(" AND ", [self.nested(entity, inner, row, other) for inner in parts]) or "1"
            case AnyOf(parts):
                # In brackets of its own: whoever joins it to other conditions need not know that it is a list.
                text = all_by(" OR ", [self.nested(entity, inner, row, other) for inner in parts]) or "0"
                return f"({text})" if len(parts) > 1 else text
            case Not(inner):
                return f"NOT ({self.condition(entity, inner, row, other)})"
            case Compare(field, op, value):
                return (
                    self._date(field, op, value, row)
                    if field.type is Scalar.DATE
                    else self._compare(field, op, value, row)
                )
            case ActiveOn(since, until, value):
                first, last = parameter(self.to, value, first_day, "first"), parameter(self.to, value, last_day, "last")
                begun = f"coalesce({row}.{since.column}_first,{literal(MOMENT_BEFORE_ALL)})<={last}"
                return f"({begun} AND coalesce({row}.{quoted(until.column + '_last')},{literal(MOMENT_AFTER_ALL)})>={first})"
            case Near():
                return self._near(part, row)
            case Refers(one, inner):
                there = self.to.alias("w")
                source = f"FROM {CATALOGUE[one.target].table} {there} WHERE {there}.pk={row}.{quoted(one.column)}"
                return f"EXISTS(SELECT 1 {source} AND {self.nested(CATALOGUE[one.target], inner, there)})"
            case OtherEnd(inner):
                assert other is not None, "ties are met through a relation"
                return self.condition(CATALOGUE["Actor"], inner, other)
            case EitherEnd(inner):
                there = self.to.alias("w")
                condition = self.nested(CATALOGUE["Actor"], inner, there)
                ends = [quoted(CATALOGUE[entity.name].one(end).column) for end in entity.ends or ()]
                return (
                    "("
                    + " OR ".join(
                        f"EXISTS(SELECT 1 FROM actor {there} WHERE {there}.pk={row}.{end} AND {condition})"
                        for end in ends
                    )
                    + ")"
                )
            case Related(relation, how, inner):
                return self._related(relation, how, inner, row)
            case Counted():
                return self._counted(entity, part, row)

    def sought(self, entity: Entity, part: Filter, row: str) -> str:
        """The condition where it must hold, so that unknown is as good as false.

        What names one thing by id or slug is found by an index on the reference.
        """
        match part:
            case All(parts) if parts:
                return all_by(" AND ", [self.sought(entity, inner, row) for inner in parts])
            case Refers(one, Compare(field, "eq") as inner) if field.name in UNIQUE:
                return f"{row}.{quoted(one.column)}={self._pk(one.target, inner)}"
            case EitherEnd(Compare(field, "eq") as inner) if field.name in UNIQUE:
                ends = [quoted(entity.one(end).column) for end in entity.ends or ()]
                arms = [f"{row}.{end}={self._pk('Actor', inner)}" for end in ends]
                return f"({' OR '.join(arms)})"
            case _:
                return self.nested(entity, part, row)

    def _pk(self, name: str, part: Compare) -> str:
        there = self.to.alias("w")
        return f"(SELECT {there}.pk FROM {CATALOGUE[name].table} {there} WHERE {self.condition(CATALOGUE[name], part, there)})"

    def nested(self, entity: Entity, part: Filter, row: str, other: str | None = None) -> str:
        """The condition, in brackets where it is a list of others."""
        text = self.condition(entity, part, row, other)
        return f"({text})" if isinstance(part, All) and len(part.parts) > 1 else text

    def _compare(self, field: Field, op: str, value: Value, row: str) -> str:
        column = f"{row}.{quoted(field.column)}"
        if op == "isNull":
            unknown = f"({column} IS NULL)={parameter(self.to, value)}"
            if not field.kinds:
                return unknown
            return (
                f"CASE WHEN {row}.kind IN ({','.join(literal(kind.value) for kind in field.kinds)}) THEN {unknown} END"
            )
        if op in ("in", "notIn"):
            among = parameter(self.to, value, lambda found: json.dumps(_list(found)), "json")
            listed = f"{column} {'NOT ' if op == 'notIn' else ''}IN (SELECT value FROM json_each({among}))"
            # An unknown value is in no list and not outside one either, though SQL calls NULL IN () false. A CASE hides the column from its index.
            return listed if field.always else f"CASE WHEN {column} IS NOT NULL THEN {listed} END"
        if op in ("contains", "startsWith", "endsWith"):
            text, sought = f"{row}.{field.column}_fold", parameter(self.to, value, folded, "fold")
            match op:
                case "contains":
                    return f"instr({text},{sought})>0"
                case "startsWith":
                    return f"substr({text},1,length({sought}))={sought}"
                case _:
                    return f"(length({sought})<=length({text}) AND substr({text},length({text})-length({sought})+1)={sought})"
        return f"{column}{COMPARISONS[op]}{parameter(self.to, value)}"

    def _date(self, field: Field, op: str, value: Value, row: str) -> str:
        column = f"{row}.{quoted(field.column)}"
        if op == "isNull":
            return f"({column} IS NULL)={parameter(self.to, value)}"
        starts, ends = f"{row}.{quoted(field.column + '_first')}", f"{row}.{quoted(field.column + '_last')}"
        if op in ("in", "notIn"):
            spans = parameter(
                self.to, value, lambda dates: json.dumps([span(str(date)) for date in _list(dates)]), "spans"
            )
            within = f"EXISTS(SELECT 1 FROM json_each({spans}) WHERE {starts}>=value->>0 AND {ends}<=value->>1)"
            return f"CASE WHEN {column} IS NOT NULL THEN {'NOT ' if op == 'notIn' else ''}{within} END"
        first, last = parameter(self.to, value, first_day, "first"), parameter(self.to, value, last_day, "last")
        lies_within = f"({starts}>={first} AND {ends}<={last})"
        match op:
            case "eq":
                return lies_within
            case "ne":
                return f"NOT {lies_within}"
            case "lt":
                return f"{ends}<{first}"
            case "gt":
                return f"{starts}>{last}"
            case "lte":
                return f"({ends}<{first} OR {lies_within})"
            case _:
                return f"({starts}>{last} OR {lies_within})"

    def _near(self, near: Near, row: str) -> str:
        latitude, longitude = parameter(self.to, near.latitude), parameter(self.to, near.longitude)
        north, east = (
            f"pow(sin(radians({row}.latitude-{latitude})/2),2)",
            f"pow(sin(radians({row}.longitude-{longitude})/2),2)",
        )
        haversine = f"{north}+cos(radians({latitude}))*cos(radians({row}.latitude))*{east}"
        kilometres = parameter(self.to, near.kilometres)
        # Most places lie too far north or south already: the bound is a subtraction, the distance is eight functions.
        bound = f"abs({row}.latitude-{latitude})<={kilometres}/{DEGREE_KM}"
        # Rounding can lift the sine of opposite points above 1.
        return f"({bound} AND {DIAMETER_KM}*asin(sqrt(min(1.0,{haversine})))<={kilometres})"

    # -------------------------------------------------------------------------------------------- relations
    def arms(self, relation: Many, of: str | None) -> str:
        """Rows (other, and tie where it is an entity; near where `of` is None) of a relation, of the thing with this alias or of all.

        Undirected ties have an arm an end, with the thing's key inside each: through a view it would not be pushed down under ORDER BY and LIMIT.
        """
        selects = [self._arm(arm, of, tie=bool(relation.tie)) for arm in relation.arms]
        if relation.distinct and len(selects) == 1:
            return selects[0].replace("SELECT", "SELECT DISTINCT", 1)
        return (" UNION " if relation.distinct else " UNION ALL ").join(selects)

    def _arm(self, arm: tuple[Step, ...], of: str | None, *, tie: bool) -> str:
        aliases = [self.to.alias("s") for _ in arm] if len(arm) > 1 else [""]
        dots = [f"{alias}." if alias else "" for alias in aliases]
        columns = [f"{dots[-1]}{quoted(arm[-1].far)} AS other"]
        columns += [f"{dots[0]}pk AS tie"] if tie else []
        columns += [f"{dots[0]}{quoted(arm[0].near)} AS near"] if of is None else []
        source = f"{arm[0].table} {aliases[0]}".rstrip()
        for number, step in enumerate(arm[1:], 1):
            joined = f"{dots[number]}{quoted(step.near)}={dots[number - 1]}{quoted(arm[number - 1].far)}"
            source += f" CROSS JOIN {step.table} {aliases[number]} ON {joined}"
        conditions = [f"{dots[0]}{quoted(arm[0].near)}={of}.{'id' if arm[0].by_id else 'pk'}"] if of else []
        conditions += [
            f"{dot}kind={literal(step.kind.value)}" for dot, step in zip(dots, arm, strict=True) if step.kind
        ]
        return f"SELECT {','.join(columns)} FROM {source}" + (
            f" WHERE {' AND '.join(conditions)}" if conditions else ""
        )

    def ties(self, relation: Many, part: Filter, of: str | None) -> tuple[str, str]:
        """Source and condition of the relation's ties that the filter speaks of; the tie's end is `other` of the first alias."""
        edge, there = self.to.alias("e"), self.to.alias("x")
        target = READ[relation.target]
        source = f"({self.arms(relation, of)}) {edge}"
        joins = f" CROSS JOIN {target.table} {there} ON {there}.pk={edge}.other"
        self.within += 1
        if relation.tie:
            tie = self.to.alias("k")
            condition = self.condition(CATALOGUE[relation.tie], part, tie, there)
            source += joins if f"{there}." in condition else ""
            source += (
                f" CROSS JOIN {CATALOGUE[relation.tie].table} {tie} ON {tie}.pk={edge}.tie"
                if f"{tie}." in condition
                else ""
            )
        else:
            condition = self.condition(target, part, there)
            source += joins if f"{there}." in condition else ""
        self.within -= 1
        return source, condition

    def _related(self, relation: Many, how: str, part: Filter, row: str) -> str:
        if self.within > LOOKED_UP:
            source, condition = self.ties(relation, part, None)
            failing = f"({condition}) IS NOT TRUE" if how == "every" else condition
            return f"{row}.pk {'IN' if how == 'some' else 'NOT IN'} (SELECT near FROM {source} WHERE {failing})"
        source, condition = self.ties(relation, part, row)
        if how == "every":
            return f"NOT EXISTS(SELECT 1 FROM {source} WHERE ({condition}) IS NOT TRUE)"
        return f"{'NOT ' if how == 'none' else ''}EXISTS(SELECT 1 FROM {source} WHERE {condition})"

    def _counted(self, entity: Entity, counted: Counted, row: str) -> str:
        kept = next((count for count in entity.counts if count.relation == counted.relation.name), None)
        bounds = [(COMPARISONS[op], parameter(self.to, value)) for op, value in counted.bounds]
        if not bounds:
            return "1"
        if kept and counted.part == All(()):
            return " AND ".join(f"{row}.{kept.column}{op}{bound}" for op, bound in bounds)
        source, condition = self.ties(counted.relation, counted.part, row)
        # One more than the largest bound is enough to know; there the counting stops.
        enough = f"max(0,{','.join(bound for _, bound in bounds)})+1"
        count = f"(SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {condition} LIMIT {enough}))"
        # What is counted is never more than all: the kept count excludes most rows without a look at their ties.
        first = (
            [f"{row}.{kept.column}{op if op != '=' else '>='}{bound}" for op, bound in bounds if op in (">", ">=", "=")]
            if kept
            else []
        )
        return "(" + " AND ".join([*first, *(f"{count}{op}{bound}" for op, bound in bounds)]) + ")"
