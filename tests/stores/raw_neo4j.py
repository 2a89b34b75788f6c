"""`raw` access to a graph of Neo4j: plain Cypher by a driver of its own, from the graph model as it is described, without the store's writer."""

from collections.abc import Mapping
from typing import Any

import neo4j
import orjson

from graph_api.model.catalogue import CATALOGUE, PAIR, PAIRS, Entity, Scalar, snake
from graph_api.model.changes import Batch, Link, Row
from graph_api.model.text import fold, sort_key
from graph_api.model.values import span
from tests.reference import LAST_FLOAT, LAST_INT, LAST_TEXT, Thing, Twin, whole


class RawNeo4j:
    """Plain Cypher on the database."""

    def __init__(self, driver: neo4j.Driver, database: str = "neo4j") -> None:
        self.driver, self.database = driver, database

    def _run(self, text: str, **values: object) -> list[Any]:
        """The rows of a statement's answer."""
        records = self.driver.execute_query(text, values, database_=self.database).records
        return [record.values() for record in records]

    def insert(self, batch: Batch) -> None:
        twin = Twin.of(batch)
        things = [thing for known in twin.things.values() for thing in known.values()]
        with self.driver.session(database=self.database) as session:
            session.execute_write(_insert, twin, things)

    def rows(self, entity: str) -> list[dict[str, Any]]:
        of = CATALOGUE[entity]
        if of.ends:
            found = self._run(f"MATCH (a)-[t:{_type(of.name)}]->(b) RETURN properties(t), a.id, b.id")
            rows = [facts | dict(zip(of.ends, ends, strict=True)) for facts, *ends in found]
        else:
            rows = [facts for (facts,) in self._run(f"MATCH (n:{entity}) RETURN properties(n)")]
            for pair in PAIRS:
                if pair.left[1] == entity and pair.listed_as:
                    linked = self._run(f"MATCH (n:{entity})-[:{_type(pair.name)}]->(o) RETURN n.id, o.id")
                    for row in rows:
                        row[snake(pair.listed_as)] = sorted(other for id_, other in linked if id_ == row["id"])
            for one in of.ones:
                type_ = f"{of.table}_{one.column}".upper()
                linked = self._run(f"MATCH (n:{entity})-[:{type_}]->(o:{one.target}) RETURN n.id, o.id")
                # Both forms of a reference, or the test that looks at them fails.
                assert sorted(linked) == sorted([row["id"], row[one.column]] for row in rows if one.column in row)
        named = [{name: row.get(snake(name)) for name in whole(of, {})} for row in rows]
        return sorted(named, key=lambda row: str(row["id"]))

    def links(self, pair: str) -> list[Link]:
        of = PAIR[pair]
        assert of.one is not None
        (_, left), (_, right) = of.left, of.right
        text = f"MATCH (a:{left})-[x:{_type(pair)}]->(b:{right}) RETURN a.id, b.id, x.{of.one.column}"
        return sorted((a, b, refers) for a, b, refers in self._run(text))

    def alias(self, id_: str, kept: str) -> None:
        self._run("CREATE (:Alias {id: $id, kept: $kept})", id=id_, kept=kept)

    def counts(self, entity: str, count: str) -> Mapping[str, int]:
        return dict(self._run(f"MATCH (n:{entity}) RETURN n.id, n.{snake(count)}"))

    def changes(self) -> list[tuple[int, str, str, Any, Any]]:
        facts = "c.revision, c.action, c.node_id, c.before, c.after"
        found = self._run(f"MATCH (c:Change) RETURN {facts} ORDER BY c.revision, c.id")
        return [(r, action, id_, b and orjson.loads(b), a and orjson.loads(a)) for r, action, id_, b, a in found]

    def revision(self) -> int:
        ((revision,),) = self._run("MATCH (g:Graph) RETURN g.revision")
        return int(revision)

    def break_reference(self) -> None:
        """A relationship has both its ends, whatever happens; so one loses what says which type of thing it is."""
        self._run("MATCH (a:Actor)-[t:COLLABORATION]->() WITH a ORDER BY t.id LIMIT 1 REMOVE a.kind")


def _type(name: str) -> str:
    return snake(name).upper()


def _insert(tx: neo4j.ManagedTransaction, twin: Twin, things: list[Thing]) -> None:
    def run(text: str, rows: list[dict[str, Any]]) -> None:
        tx.run(f"UNWIND $rows AS r {text}", rows=rows).consume()

    def join(type_: str, ends: tuple[str, str], rows: list[dict[str, Any]]) -> None:
        one, other = ends
        run(
            f"MATCH (a:{one} {{id: r.a}}) MATCH (b:{other} {{id: r.b}}) CREATE (a)-[t:{type_}]->(b) SET t = r.facts",
            rows,
        )

    for entity in CATALOGUE.values():
        if not entity.ends:
            rows = [
                {"facts": _facts(entity, thing.row) | {c.column: twin.count(thing, c) for c in entity.counts}}
                for thing in things
                if thing.entity is entity
            ]
            run(f"CREATE (n:{entity.name}) SET n = r.facts", rows)
    for entity in CATALOGUE.values():
        known = [thing.row for thing in things if thing.entity is entity]
        if entity.ends:
            one, other = entity.ends
            ties = [{"a": row[one], "b": row[other], "facts": _facts(entity, row)} for row in known]
            join(_type(entity.name), (entity.one(one).target, entity.one(other).target), ties)
            continue
        for reference in entity.ones:
            named = [{"a": row["id"], "b": row[reference.name], "facts": {}} for row in known if row[reference.name]]
            join(f"{entity.table}_{reference.column}".upper(), (entity.name, reference.target), named)
    for name, links in twin.links.items():
        pair = PAIR[name]
        if not CATALOGUE[pair.left[1]].ends:
            linked = [{"a": a, "b": b, "facts": {pair.one.column: c} if pair.one and c else {}} for a, b, c in links]
            join(name.upper(), (pair.left[1], pair.right[1]), linked)
    sources = CATALOGUE["Actor"].relation("sources")
    spoken = [
        {"a": met.node.id, "b": thing.id, "facts": {}}
        for thing in things
        if thing.entity.name == "Actor"
        for met in twin.met(thing, sources)
    ]
    join("SPEAKS_OF", ("Source", "Actor"), spoken)
    tx.run("MATCH (g:Graph) SET g.revision = 1").consume()


def _facts(entity: Entity, row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {"revision": 1}
    for field in entity.fields:
        if field.type is Scalar.POSITION:
            made |= {"longitude": row["longitude"], "latitude": row["latitude"]}
            continue
        value: Any = row[field.name]
        made[field.column] = value
        if field.translated:
            made[f"{field.column}_en"] = row[f"{field.name}En"]
        key = f"{field.column}_key"
        if field.type is Scalar.TEXT:
            if field.filter:
                made[f"{field.column}_fold"] = None if value is None else fold(value)
            if field.order:
                made[key] = LAST_TEXT if value is None else sort_key(value)
        elif field.type is Scalar.DATE:
            first, last = span(value) if value else (None, None)
            made |= {f"{field.column}_first": first, f"{field.column}_last": last}
            if field.order:
                made[key] = first or LAST_TEXT
        elif field.type in (Scalar.INT, Scalar.FLOAT) and field.order and not field.always:
            last_number = LAST_INT if field.type is Scalar.INT else LAST_FLOAT
            made[key] = last_number if value is None else value
    made |= {one.column: row[one.name] for one in entity.ones if one.name not in (entity.ends or ())}
    if entity.ends:
        made |= {snake(p.listed_as): row[p.listed_as] for p in PAIRS if p.left[1] == entity.name and p.listed_as}
        ends = [str(row[end]) for end in entity.ends]
        made["ends"] = "\0".join(
            ends if entity.ends != ("from", "to") else [*ends, str(row["kind"]), str(row["since"] or "")]
        )
    return {name: value for name, value in made.items() if value is not None}
