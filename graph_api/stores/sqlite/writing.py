"""A batch → rows, change log and revision, in one transaction.

Takes an open connection. The whole batch is checked for references before anything is written; what is equal to what
is there already is not written, so the same batch twice is one change. Counts and search words follow in the same
transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

import apsw
import orjson

from graph_api.errors import BadValue, Conflict, NotFound
from graph_api.model.catalogue import CATALOGUE, PAIR, Count, Entity, Many, One, Pair
from graph_api.model.changes import Batch, Link, Row, change_id
from graph_api.model.text import fold
from graph_api.stores.facts import ORDER, as_json, complete, listed, listed_ids
from graph_api.stores.sqlite import searching
from graph_api.stores.sqlite.statement import literal, quoted
from graph_api.stores.sqlite.tables import Column, columns, reader

Change = tuple[str, Entity, str, Row | None, Row | None]
"""Action, entity, id, before, after."""


def write(connection: apsw.Connection, batch: Batch, expected_revision: int | None, by: str) -> int:
    """Write the batch within a transaction of its own; the revision afterwards.

    Raises:
        Conflict, BadValue, NotFound: as `Store.write`; the transaction was rolled back.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        revision = int(connection.execute("SELECT value FROM meta WHERE key='revision'").get)
        if expected_revision is not None and expected_revision != revision:
            raise Conflict(
                f"The graph is at revision {revision}, not {expected_revision}.",
                hint="Read it again and repeat the change.",
            )
        writer = _Writer(connection, revision + 1)
        writer.delete(batch.deleted)
        for name in ORDER:
            if rows := batch.things.get(name):
                writer.put(CATALOGUE[name], rows)
        for name, links in batch.links.items():
            writer.link(PAIR[name], links)
        if writer.changes:
            revision += 1
            writer.finish(by)
        connection.execute("COMMIT")
        return revision
    except apsw.ConstraintError as error:
        raise BadValue(f"The row breaks a rule of the graph: {error}.", hint="Nothing was written.") from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


class _Writer:
    def __init__(self, connection: apsw.Connection, revision: int) -> None:
        self.connection, self.revision = connection, revision
        self.changes: list[Change] = []
        self.touched: dict[str, set[str]] = defaultdict(set)
        """Ids of the things whose counts may be others now, by entity."""

    # -------------------------------------------------------------------------------------------- put
    def put(self, entity: Entity, given: Sequence[Row]) -> None:
        """Insert or replace whole rows."""
        rows = [complete(entity, row) for row in given]
        before = self._present(entity, [str(row["id"]) for row in rows])
        self._check_references(entity, rows)
        changed = [row for row in rows if before.get(str(row["id"])) != row]
        self.connection.executemany(_upsert(entity), (self._values(entity, row) for row in changed))
        for one in entity.ones:
            if one.target == entity.name:
                update = f"UPDATE {entity.table} SET {quoted(one.column)}=(SELECT pk FROM {entity.table} WHERE id=?) WHERE id=?"
                self.connection.executemany(update, ((row[one.name], row["id"]) for row in changed))
                self._check_kind(entity, one)
        for pair in listed(entity):
            self._list(pair, changed, before)
        searching.index(self.connection, entity, changed)
        for row in changed:
            old = before.get(str(row["id"]))
            self.changes.append(("UPDATED" if old else "CREATED", entity, str(row["id"]), old, row))
            self._touch(entity, row)
            self._touch(entity, old)

    def _check_kind(self, entity: Entity, one: One) -> None:
        """A reference that is shown as a narrower type names a thing of that type; also after that thing was replaced."""
        kinds = [kind.value for kind in (CATALOGUE[one.target].types or {}).get(one.shown_as, ())]
        if not kinds:
            return
        other = f"FROM {entity.table} a JOIN {CATALOGUE[one.target].table} b ON b.pk=a.{quoted(one.column)}"
        named = ",".join(map(literal, kinds))
        for id_, wrong in self.connection.execute(f"SELECT a.id,b.id {other} WHERE b.kind NOT IN ({named}) LIMIT 1"):
            hint = f"{one.name} takes a thing of kind {' or '.join(kinds)}. Nothing was written."
            raise BadValue(f"{id_} names {wrong}, which is none.", place=one.name, hint=hint)

    def _present(self, entity: Entity, ids: Sequence[str]) -> dict[str, Row]:
        read = reader(entity)
        found = self.connection.execute(
            f"{read.sql} WHERE t.id IN (SELECT value FROM json_each(?))", (orjson.dumps(ids).decode(),)
        )
        return {str(row["id"]): row for row in map(read.row, found)}

    def _values(self, entity: Entity, row: Row) -> tuple[object, ...]:
        facts = [column.value(row) for column in columns(entity) if isinstance(column, Column)]
        return (self.revision, *facts, *(None if one.target == entity.name else row[one.name] for one in entity.ones))

    def _list(self, pair: Pair, rows: Sequence[Row], before: Mapping[str, Row]) -> None:
        (left, left_entity), (right, right_entity) = pair.left, pair.right
        own = f"(SELECT pk FROM {CATALOGUE[left_entity].table} WHERE id=?)"
        self.connection.executemany(
            f"DELETE FROM {pair.name} WHERE {left}={own}", ((row["id"],) for row in rows if str(row["id"]) in before)
        )
        insert = f"INSERT INTO {pair.name}({left},{right}) VALUES({own},(SELECT pk FROM {CATALOGUE[right_entity].table} WHERE id=?))"
        self.connection.executemany(
            insert, ((row["id"], other) for row in rows for other in listed_ids(row[pair.listed_as]))
        )

    def _check_references(self, entity: Entity, rows: Sequence[Row]) -> None:
        named: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            for one in entity.ones:
                if row[one.name] is not None:
                    named[one.target].setdefault(str(row[one.name]), row)
            for pair in listed(entity):
                for other in listed_ids(row[pair.listed_as]):
                    named[pair.right[1]].setdefault(other, row)
        own = {str(row["id"]) for row in rows}
        for target, ids in named.items():
            missing = self._missing(target, ids.keys() - (own if target == entity.name else set()))
            if missing:
                raise NotFound(
                    f"{ids[missing[0]]['id']} names {missing[0]}, which is not there.", hint="Nothing was written."
                )

    def _missing(self, target: str, ids: Iterable[str]) -> list[str]:
        sought = orjson.dumps(sorted(ids)).decode()
        there = f"SELECT id FROM {CATALOGUE[target].table}"
        return [
            str(row[0])
            for row in self.connection.execute(
                f"SELECT value FROM json_each(?) WHERE value NOT IN ({there})", (sought,)
            )
        ]

    def link(self, pair: Pair, links: Sequence[Link]) -> None:
        """Insert links, or give those that are there their reference anew."""
        assert pair.one is not None, "only pairs with a file of their own are linked"
        for place, target in enumerate((pair.left[1], pair.right[1], pair.one.target)):
            ids = {id_ for link in links if (id_ := link[place]) is not None}
            if missing := self._missing(target, ids):
                raise NotFound(
                    f"A link of {pair.name} names {missing[0]}, which is not there.", hint="Nothing was written."
                )
        (left, left_entity), (right, right_entity), one = pair.left, pair.right, pair.one
        there = {(str(a), str(b)): c for a, b, c in self.connection.execute(link_sql(pair))}
        changed = [link for link in links if (link[0], link[1]) not in there or there[link[0], link[1]] != link[2]]
        sought = ",".join(
            f"(SELECT pk FROM {CATALOGUE[name].table} WHERE id=?)" for name in (left_entity, right_entity, one.target)
        )
        insert = f"INSERT INTO {pair.name}({left},{right},{one.column}) VALUES({sought}) ON CONFLICT DO UPDATE SET {one.column}=excluded.{one.column}"
        self.connection.executemany(insert, changed)
        entity = CATALOGUE[left_entity]
        for link in changed:
            fact = {"pair": pair.name, left: link[0], right: link[1], one.name: link[2]}
            self.changes.append(("UPDATED", entity, link[0], None, fact))
            self.touched[left_entity].add(link[0])
            self.touched[right_entity].add(link[1])

    # -------------------------------------------------------------------------------------------- delete
    def delete(self, ids: Sequence[str]) -> None:
        """Delete things with what cannot be without them.

        Raises:
            NotFound: one of them is not there.
        """
        for id_ in ids:
            entity = next((entity for entity in CATALOGUE.values() if self._present(entity, [id_])), None)
            if entity is None:
                raise NotFound(f"{id_} is not there.", hint="Nothing was deleted.")
            self._delete(entity, id_)

    def _delete(self, entity: Entity, id_: str) -> None:
        found = self._present(entity, [id_])
        if not found:
            return
        own = f"(SELECT pk FROM {entity.table} WHERE id=?)"
        for other in CATALOGUE.values():
            for one in other.ones:
                if one.target != entity.name:
                    continue
                if one.required:
                    bound = self.connection.execute(
                        f"SELECT id FROM {other.table} WHERE {quoted(one.column)}={own}", (id_,)
                    ).fetchall()
                    for (tie,) in bound:
                        self._delete(other, str(tie))
                else:
                    self.connection.execute(
                        f"UPDATE {other.table} SET {quoted(one.column)}=NULL WHERE {quoted(one.column)}={own}", (id_,)
                    )
        for pair in PAIR.values():
            for (column, name), (far, other_name) in ((pair.left, pair.right), (pair.right, pair.left)):
                if name == entity.name:
                    met = f"SELECT o.id FROM {pair.name} p JOIN {CATALOGUE[other_name].table} o ON o.pk=p.{far}"
                    found_there = self.connection.execute(f"{met} WHERE p.{column}={own}", (id_,))
                    self.touched[other_name].update(str(there) for (there,) in found_there)
                    self.connection.execute(f"DELETE FROM {pair.name} WHERE {column}={own}", (id_,))
            if pair.one and pair.one.target == entity.name:
                self.connection.execute(
                    f"UPDATE {pair.name} SET {pair.one.column}=NULL WHERE {pair.one.column}={own}", (id_,)
                )
        self.connection.execute(f"DELETE FROM {entity.table} WHERE id=?", (id_,))
        searching.forget(self.connection, id_)
        self.changes.append(("DELETED", entity, id_, found[id_], None))
        self._touch(entity, found[id_])

    # -------------------------------------------------------------------------------------------- finish
    def _touch(self, entity: Entity, row: Row | None) -> None:
        """Note what the row refers to: its counts follow."""
        if row is None:
            return
        self.touched[entity.name].add(str(row["id"]))
        for one in entity.ones:
            if row[one.name] is not None:
                self.touched[one.target].add(str(row[one.name]))
        for pair in listed(entity):
            self.touched[pair.right[1]].update(listed_ids(row[pair.listed_as]))

    def finish(self, by: str) -> None:
        """Counts, change log, revision."""
        for name, ids in self.touched.items():
            sought = orjson.dumps(sorted(ids)).decode()
            for count in CATALOGUE[name].counts:
                self.connection.execute(
                    f"{_recount(CATALOGUE[name], count)} WHERE id IN (SELECT value FROM json_each(?))", (sought,)
                )
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        who = by, fold(by)
        rows = (
            (
                self.revision,
                change_id(self.revision, number),
                at,
                *who,
                action,
                entity.table.upper(),
                id_,
                as_json(before),
                as_json(after),
            )
            for number, (action, entity, id_, before, after) in enumerate(self.changes, 1)
        )
        names = "revision,id,at,by,by_fold,action,kind,node_id,before,after"
        self.connection.executemany(f"INSERT INTO change({names}) VALUES(?,?,?,?,?,?,?,?,?,?)", rows)
        self.connection.executemany(
            "UPDATE meta SET value=? WHERE key=?", ((self.revision, "revision"), (at, "changed_at"))
        )


def link_sql(pair: Pair) -> str:
    """Every link of a pair: ids of the left and the right thing, and of what it refers to; in their order."""
    assert pair.one is not None
    (left, left_entity), (right, right_entity) = pair.left, pair.right
    joins = f"JOIN {CATALOGUE[left_entity].table} a ON a.pk=p.{left} JOIN {CATALOGUE[right_entity].table} b ON b.pk=p.{right}"
    refers = f"(SELECT s.id FROM {CATALOGUE[pair.one.target].table} s WHERE s.pk=p.{pair.one.column})"
    return f"SELECT a.id,b.id,{refers} FROM {pair.name} p {joins} ORDER BY a.id,b.id"


@cache
def _upsert(entity: Entity) -> str:
    names = [
        "revision",
        *(quoted(column.name) for column in columns(entity) if isinstance(column, Column)),
        *(quoted(one.column) for one in entity.ones),
    ]
    facts = ["?"] * (1 + sum(isinstance(column, Column) for column in columns(entity)))
    ones = [f"(SELECT pk FROM {CATALOGUE[one.target].table} WHERE id=?)" for one in entity.ones]
    sets = ",".join(f"{name}=excluded.{name}" for name in names if name != "id")
    return f"INSERT INTO {entity.table}({','.join(names)}) VALUES({','.join([*facts, *ones])}) ON CONFLICT(id) DO UPDATE SET {sets}"


@cache
def _recount(entity: Entity, count: Count) -> str:
    relation: Many = entity.relation(count.relation)
    arms = " + ".join(
        f"(SELECT count(*) FROM {arm[0].table} WHERE {quoted(arm[0].near)}={entity.table}.pk)" for arm in relation.arms
    )
    return f"UPDATE {entity.table} SET {count.column}={arms}"
