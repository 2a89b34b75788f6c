"""A batch → rows, change log and revision, in one transaction.

Takes an open connection. The whole batch is checked for references before anything is written; what is equal to what
is there already is not written, so the same batch twice is one change. Counts and search words follow in the same
transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

import apsw
import orjson

from graph_api.errors import BadValue, Conflict, Duplicate, NotFound
from graph_api.model.catalogue import CATALOGUE, MERGED, PAIR, Entity, One, Pair, Step
from graph_api.model.changes import Batch, Edit, Link, Row, There, change_id
from graph_api.model.text import fold
from graph_api.stores.facts import (
    ORDER,
    Getter,
    action_of,
    as_json,
    check_none_newer,
    complete,
    link_fact,
    listed,
    listed_ids,
    without,
)
from graph_api.stores.sqlite import searching
from graph_api.stores.sqlite.statement import literal, quoted
from graph_api.stores.sqlite.tables import Column, columns, reader

Change = tuple[str, Entity, str, Row | None, Row | None]
"""Action, entity, id, before, after."""

_REVISION = "UPDATE meta SET value=CASE key WHEN 'revision' THEN ?1 ELSE ?2 END WHERE key IN ('revision','changed_at')"


def write(
    connection: apsw.Connection, edit: Batch | Edit, expected_revision: int | None, by: str, *, rehearsed: bool
) -> int:
    """Write the batch within a transaction of its own; the revision afterwards.

    Raises:
        Conflict, BadValue, NotFound, Duplicate: as `Store.write`; the transaction was rolled back.
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
        batch = edit if isinstance(edit, Batch) else edit.batch(writer.there(edit))
        writer.write(batch)
        if not isinstance(edit, Batch):
            edit.wrote([(action, entity.name, id_) for action, entity, id_, _, _ in writer.changes])
        if rehearsed:
            return revision
        if writer.changes:
            revision += 1
            writer.finish(by)
        connection.execute("COMMIT")
        return revision
    except apsw.ConstraintError as error:
        # The stubs leave out what every error of SQLite has.
        found = error.extendedresult  # type: ignore[attr-defined]
        twice = found in (apsw.SQLITE_CONSTRAINT_UNIQUE, apsw.SQLITE_CONSTRAINT_PRIMARYKEY)
        kind = Duplicate if twice else BadValue
        raise kind(f"The row breaks a rule of the graph: {error}.", hint="Nothing was written.") from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


class _Writer:
    def __init__(self, connection: apsw.Connection, revision: int) -> None:
        self.connection, self.revision = connection, revision
        self.changes: list[Change] = []
        self.imported = False
        self.touched: dict[tuple[str, str], set[str]] = defaultdict(set)
        """Ids of the things of which another number of rows may tell now, by their entity and the table of those rows."""

    def write(self, batch: Batch) -> None:
        """All of the batch, in an order in which nothing names what is not there yet, or no more."""
        self.imported = batch.imported
        self._expect(batch.expected)
        self.delete(batch.deleted)
        for name in ORDER:
            if rows := batch.things.get(name):
                self.put(CATALOGUE[name], rows)
        for name, ends in batch.unlinked.items():
            self.unlink(PAIR[name], ends)
        for name, links in batch.links.items():
            self.link(PAIR[name], links)
        self._name(batch.merged)
        self.delete(list(batch.merged))
        self._answer(batch.aliases)

    def _expect(self, expected: Mapping[str, Mapping[str, int]]) -> None:
        for name, revisions in expected.items():
            sought = orjson.dumps(list(revisions.items())).decode()
            newer = f"JOIN {CATALOGUE[name].table} t ON t.id=e.value->>0 WHERE t.revision>e.value->>1"
            found = self.connection.execute(f"SELECT t.id,t.revision FROM json_each(?) e {newer}", (sought,)).fetchall()
            check_none_newer(found, revisions)

    # -------------------------------------------------------------------------------------------- look
    def there(self, edit: Edit) -> There:
        """What an edit sees."""
        wanted, whole = edit.wanted, edit.whole
        asked = {name: {*wanted.get(name, ()), *whole.get(name, ())} for name in (*wanted, *whole)}
        every = orjson.dumps(sorted(set().union(*asked.values()))).decode()
        named = self.connection.execute(
            "SELECT id,kept FROM alias WHERE id IN (SELECT value FROM json_each(?))", (every,)
        )
        aliases = {str(id_): str(kept) for id_, kept in named}
        for sought in asked.values():
            sought.update(aliases[id_] for id_ in sought & aliases.keys())
        things = {name: self._present(CATALOGUE[name], list(ids)) for name, ids in asked.items()}
        links: dict[str, list[Link]] = defaultdict(list)
        for name, ids in edit.linked.items():
            lefts = orjson.dumps([aliases.get(id_, id_) for id_ in ids]).decode()
            links[name] += self._links(PAIR[name], "a.id IN (SELECT value FROM json_each(?))", lefts)
        for name, ids in whole.items():
            entity = CATALOGUE[name]
            own = [*ids, *(aliases[id_] for id_ in ids if id_ in aliases)]
            for other, rows in self._referring(entity, own):
                things[other.name] = {**things.get(other.name, {}), **{str(row["id"]): row for row in rows}}
            for pair, found in self._linked(entity, own):
                links[pair.name] += found
        return There(things, links, aliases)

    def _referring(self, entity: Entity, ids: Sequence[str]) -> Iterator[tuple[Entity, list[Row]]]:
        """The rows of other things that name some of these."""
        own = f"SELECT pk FROM {entity.table} WHERE id IN (SELECT value FROM json_each(?))"
        sought = orjson.dumps(list(ids)).decode()
        for other in CATALOGUE.values():
            ways = [f"t.{quoted(one.column)} IN ({own})" for one in other.ones if one.target == entity.name]
            ways += [
                f"t.pk IN (SELECT {pair.left[0]} FROM {pair.name} WHERE {pair.right[0]} IN ({own}))"
                for pair in listed(other)
                if pair.right[1] == entity.name
            ]
            for way in ways:
                read = reader(other)
                rows = [read.row(values) for values in self.connection.execute(f"{read.sql} WHERE {way}", (sought,))]
                if rows:
                    yield other, [row for row in rows if not (other is entity and row["id"] in ids)]

    def _linked(self, entity: Entity, ids: Sequence[str]) -> Iterator[tuple[Pair, list[Link]]]:
        """The links of which some of these are an end, or that refer to some."""
        own = f"SELECT pk FROM {entity.table} WHERE id IN (SELECT value FROM json_each(?1))"
        sought = orjson.dumps(list(ids)).decode()
        for pair in PAIR.values():
            if pair.one is None:
                continue
            ends = [*(column for column, name in (pair.left, pair.right) if name == entity.name)]
            ends += [pair.one.column] if pair.one.target == entity.name else []
            if ends:
                where = " OR ".join(f"p.{column} IN ({own})" for column in ends)
                yield pair, self._links(pair, where, sought)

    def _links(self, pair: Pair, where: str, sought: str) -> list[Link]:
        found = self.connection.execute(link_sql(pair, where), (sought,))
        return [(str(a), str(b), None if c is None else str(c)) for a, b, c in found]

    # -------------------------------------------------------------------------------------------- put
    def put(self, entity: Entity, given: Sequence[Row]) -> None:
        """Insert or replace whole rows."""
        if not given:
            return
        rows = [complete(entity, row) for row in given]
        before = self._present(entity, [str(row["id"]) for row in rows])
        self._check_references(entity, rows, [one for one in entity.ones if not one.required])
        changed = [row for row in rows if before.get(str(row["id"])) != row]
        try:
            self.connection.executemany(_upsert(entity), (self._values(entity, row) for row in changed))
        except apsw.ConstraintError:
            # One that is required and is not there is null in its column: only then it is worth a look to say which.
            self._check_references(entity, changed, entity.ones)
            raise
        for one in entity.ones:
            if one.target == entity.name:
                update = f"UPDATE {entity.table} SET {quoted(one.column)}=(SELECT pk FROM {entity.table} WHERE id=?) WHERE id=?"
                self.connection.executemany(update, ((row[one.name], row["id"]) for row in changed))
                self._check_kind(entity, one, [str(row["id"]) for row in changed])
        for pair in listed(entity):
            self._list(pair, changed, before)
        searching.index(self.connection, entity, changed)
        new = [str(row["id"]) for row in changed if str(row["id"]) not in before] if entity.name == MERGED else []
        if new:
            # What is there answers itself.
            self.connection.execute(
                "DELETE FROM alias WHERE id IN (SELECT value FROM json_each(?))", (orjson.dumps(new).decode(),)
            )
        for row in changed:
            old = before.get(str(row["id"]))
            action = action_of(old, imported=self.imported)
            self.changes.append((action, entity, str(row["id"]), old, row))
            self._touch(entity, row)
            self._touch(entity, old)

    def _check_kind(self, entity: Entity, one: One, changed: Sequence[str]) -> None:
        """A reference that is shown as a narrower type names a thing of that type; also after that thing was replaced."""
        kinds = [kind.value for kind in (CATALOGUE[one.target].types or {}).get(one.shown_as, ())]
        if not kinds:
            return
        other = f"FROM {entity.table} a JOIN {CATALOGUE[one.target].table} b ON b.pk=a.{quoted(one.column)}"
        named, among = ",".join(map(literal, kinds)), "IN (SELECT value FROM json_each(?1))"
        arms = (f"SELECT a.id,b.id {other} WHERE {end}.id {among} AND b.kind NOT IN ({named})" for end in "ab")
        sought = orjson.dumps(changed).decode()
        for id_, wrong in self.connection.execute(f"{' UNION ALL '.join(arms)} LIMIT 1", (sought,)):
            hint = f"{one.name} takes a thing of kind {' or '.join(kinds)}. Nothing was written."
            raise BadValue(f"{id_} names {wrong}, which is none.", place=one.name, hint=hint)

    def _present(self, entity: Entity, ids: Sequence[str]) -> dict[str, Row]:
        read = reader(entity)
        found = self.connection.execute(
            f"{read.sql} WHERE t.id IN (SELECT value FROM json_each(?))", (orjson.dumps(ids).decode(),)
        )
        return {str(row["id"]): row for row in map(read.row, found)}

    def _values(self, entity: Entity, row: Row) -> tuple[object, ...]:
        return (
            self.revision,
            *(value(row) for value in _facts(entity)),
            *(None if one.target == entity.name else row[one.name] for one in entity.ones),
        )

    def _list(self, pair: Pair, rows: Sequence[Row], before: Mapping[str, Row]) -> None:
        (left, left_entity), (right, right_entity) = pair.left, pair.right
        own = f"(SELECT pk FROM {CATALOGUE[left_entity].table} WHERE id=?)"
        if before:
            known = ((row["id"],) for row in rows if str(row["id"]) in before)
            self.connection.executemany(f"DELETE FROM {pair.name} WHERE {left}={own}", known)
        if any(row[pair.listed_as] for row in rows):
            insert = f"INSERT INTO {pair.name}({left},{right}) VALUES({own},(SELECT pk FROM {CATALOGUE[right_entity].table} WHERE id=?))"
            listed_ = ((row["id"], other) for row in rows for other in listed_ids(row[pair.listed_as]))
            self.connection.executemany(insert, listed_)

    def _check_references(self, entity: Entity, rows: Sequence[Row], ones: Sequence[One]) -> None:
        named: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            for one in ones:
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
        if not links:
            return
        for place, target in enumerate((pair.left[1], pair.right[1], pair.one.target)):
            ids = {id_ for link in links if (id_ := link[place]) is not None}
            if missing := self._missing(target, ids):
                raise NotFound(
                    f"A link of {pair.name} names {missing[0]}, which is not there.", hint="Nothing was written."
                )
        (left, left_entity), (right, right_entity), one = pair.left, pair.right, pair.one
        lefts = orjson.dumps(sorted({link[0] for link in links})).decode()
        there = {(a, b): c for a, b, c in self._links(pair, "a.id IN (SELECT value FROM json_each(?))", lefts)}
        changed = [link for link in links if (link[0], link[1]) not in there or there[link[0], link[1]] != link[2]]
        sought = ",".join(
            f"(SELECT pk FROM {CATALOGUE[name].table} WHERE id=?)" for name in (left_entity, right_entity, one.target)
        )
        insert = f"INSERT INTO {pair.name}({left},{right},{one.column}) VALUES({sought}) ON CONFLICT DO UPDATE SET {one.column}=excluded.{one.column}"
        self.connection.executemany(insert, changed)
        for link in changed:
            ends = link[:2]
            before = link_fact(pair, (*ends, there[ends])) if ends in there else None
            self._relinked(pair, ends, before, link_fact(pair, link))

    def unlink(self, pair: Pair, ends: Sequence[tuple[str, str]]) -> None:
        """Take links away; those that are not there are no fault."""
        (left, left_entity), (right, right_entity) = pair.left, pair.right
        lefts = orjson.dumps(sorted({end[0] for end in ends})).decode()
        there = {(a, b): c for a, b, c in self._links(pair, "a.id IN (SELECT value FROM json_each(?))", lefts)}
        gone = [end for end in dict.fromkeys(ends) if end in there]
        of = [
            f"{column}=(SELECT pk FROM {CATALOGUE[name].table} WHERE id=?)"
            for column, name in ((left, left_entity), (right, right_entity))
        ]
        self.connection.executemany(f"DELETE FROM {pair.name} WHERE {' AND '.join(of)}", gone)
        for end in gone:
            self._relinked(pair, end, link_fact(pair, (*end, there[end])), None)

    def _relinked(self, pair: Pair, ends: tuple[str, str], before: Row | None, after: Row | None) -> None:
        """Note that a link is new, another or gone: a change of the thing on its left."""
        entity = CATALOGUE[pair.left[1]]
        self.connection.execute(f"UPDATE {entity.table} SET revision=? WHERE id=?", (self.revision, ends[0]))
        self.changes.append(("UPDATED", entity, ends[0], before, after))
        self.touched[entity.name, pair.name].add(ends[0])
        self.touched[pair.right[1], pair.name].add(ends[1])

    # -------------------------------------------------------------------------------------------- delete
    def delete(self, ids: Sequence[str]) -> None:
        """Delete things with what cannot be without them; what can is written without them first.

        Raises:
            NotFound: one of them is not there, or went with one before it.
        """
        going: dict[str, tuple[Entity, Row]] = {}
        named: dict[str, tuple[Entity, Row]] = {}
        for id_ in ids:
            found = next(
                ((entity, rows[id_]) for entity in CATALOGUE.values() if (rows := self._present(entity, [id_]))), None
            )
            if found is None or id_ in going:
                raise NotFound(f"{id_} is not there.", place=id_, hint="Nothing was deleted.")
            for other, met in self._referring(found[0], [id_]):
                named |= {str(row["id"]): (other, row) for row in met}
                bound = (row for row in met if without(other, row, {found[0].name: {id_}}) is None)
                going |= {str(row["id"]): (other, row) for row in bound if row["id"] not in going}
            going[id_] = found
        if not going:
            return
        gone: dict[str, set[str]] = defaultdict(set)
        for id_, (entity, _) in going.items():
            gone[entity.name].add(id_)
        # What stays is written without them first.
        for entity in CATALOGUE.values():
            staying = (row for id_, (of, row) in named.items() if of is entity and id_ not in going)
            self.put(entity, [left for row in staying if (left := without(entity, row, gone)) is not None])
        for name, those in gone.items():
            for pair, links in self._linked(CATALOGUE[name], sorted(those)):
                self.unlink(pair, [link[:2] for link in links if not those.isdisjoint(link[:2])])
                self.link(pair, [(*link[:2], None) for link in links if those.isdisjoint(link[:2])])
        # Things that go together may name one another.
        self.connection.execute("PRAGMA defer_foreign_keys=ON")
        for id_, (entity, row) in going.items():
            self._drop(entity, id_)
            self.changes.append(("DELETED", entity, id_, row, None))
            self._touch(entity, row)

    def _drop(self, entity: Entity, id_: str) -> None:
        for pair in listed(entity):
            own = f"(SELECT pk FROM {entity.table} WHERE id=?)"
            self.connection.execute(f"DELETE FROM {pair.name} WHERE {pair.left[0]}={own}", (id_,))
        self.connection.execute(f"DELETE FROM {entity.table} WHERE id=?", (id_,))
        if entity.name == MERGED:
            self.connection.execute("DELETE FROM alias WHERE kept=?", (id_,))
        searching.forget(self.connection, id_)

    def _name(self, merged: Mapping[str, str]) -> None:
        """Let ids answer as others', and those that answered as them, too."""
        self.connection.executemany("UPDATE alias SET kept=?2 WHERE kept=?1", merged.items())
        self.connection.executemany("INSERT INTO alias(id,kept) VALUES(?,?)", merged.items())

    def _answer(self, aliases: Mapping[str, str]) -> None:
        """Let ids answer as others', whose own thing was never here."""
        if not aliases:
            return
        if missing := self._missing(MERGED, aliases.values()):
            raise NotFound(f"An alias names {missing[0]}, which is not there.", hint="Nothing was written.")
        put = "INSERT INTO alias(id,kept) VALUES(?,?) ON CONFLICT DO UPDATE SET kept=excluded.kept"
        self.connection.executemany(put, aliases.items())

    # -------------------------------------------------------------------------------------------- finish
    def _touch(self, entity: Entity, row: Row | None) -> None:
        """Note what the row refers to: its counts follow."""
        if row is None:
            return
        for one in entity.ones:
            if row[one.name] is not None:
                self.touched[one.target, entity.table].add(str(row[one.name]))
        for pair in listed(entity):
            self.touched[entity.name, pair.name].add(str(row["id"]))
            self.touched[pair.right[1], pair.name].update(listed_ids(row[pair.listed_as]))

    def finish(self, by: str) -> None:
        """Counts, change log, revision."""
        for (name, table), ids in self.touched.items():
            for text in _recounts(CATALOGUE[name], table):
                self.connection.execute(text, (orjson.dumps(sorted(ids)).decode(),))
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
        self.connection.execute(_REVISION, (self.revision, at))


def link_sql(pair: Pair, where: str = "1") -> str:
    """Links of a pair: ids of the left and the right thing, and of what it refers to; in their order."""
    assert pair.one is not None
    (left, left_entity), (right, right_entity) = pair.left, pair.right
    joins = f"JOIN {CATALOGUE[left_entity].table} a ON a.pk=p.{left} JOIN {CATALOGUE[right_entity].table} b ON b.pk=p.{right}"
    refers = f"(SELECT s.id FROM {CATALOGUE[pair.one.target].table} s WHERE s.pk=p.{pair.one.column})"
    return f"SELECT a.id,b.id,{refers} FROM {pair.name} p {joins} WHERE {where} ORDER BY a.id,b.id"


@cache
def _facts(entity: Entity) -> tuple[Getter, ...]:
    return tuple(column.value for column in columns(entity) if isinstance(column, Column))


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
def _recounts(entity: Entity, table: str) -> tuple[str, ...]:
    """What counts rows of a table anew, for things whose ids are given as JSON."""
    relations = [(count, entity.relation(count.relation).arms) for count in entity.counts]
    return tuple(
        f"UPDATE {entity.table} SET {count.column}={' + '.join(_count_of(entity, arm) for arm in arms)} WHERE id IN (SELECT value FROM json_each(?))"
        for count, arms in relations
        if any(arm[0].table == table for arm in arms)
    )


def _count_of(entity: Entity, arm: Sequence[Step]) -> str:
    return f"(SELECT count(*) FROM {arm[0].table} WHERE {quoted(arm[0].near)}={entity.table}.pk)"
