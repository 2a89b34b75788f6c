"""A batch → nodes, relationships, change log and revision, in one transaction.

Takes an open managed transaction, which the driver may begin anew: nothing is kept between two tries. The whole batch is checked for references
before anything of it is kept; what is equal to what is there already is not written, so the same batch twice is one change. Counts, SPEAKS_OF and
search words follow in the same transaction.

Every statement is one of a few constant texts (Neo4j plans a new one in some 100 ms), sent with rows by the thousand. Rows are made in a thread while
the server works on those before them.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any, TypeVar

from neo4j import AsyncManagedTransaction, AsyncSession
from neo4j.exceptions import ConstraintError, DatabaseError, TransientError

from graph_api.errors import BadValue, Conflict, DamagedStore, Duplicate, NotFound, StoreFull
from graph_api.model.catalogue import CATALOGUE, MERGED, PAIR, PAIRS, TABLES, Entity, One, Pair, Step
from graph_api.model.changes import Batch, Edit, Link, Row, There, change_id
from graph_api.model.text import fold
from graph_api.stores.facts import (
    ORDER,
    action_of,
    as_json,
    check_none_newer,
    complete,
    link_fact,
    listed,
    listed_ids,
    without,
)
from graph_api.stores.neo4j import graph, searching
from graph_api.stores.neo4j.properties import WORDS, properties, reader, words

ROWS_AT_ONCE = 5_000
FEW = 500
"""So many rows are made in the event loop; a thread takes some 0.1 ms to reach."""

Change = tuple[str, Entity, str, Row | None, Row | None]
"""Action, entity, id, before, after."""
Rows = Sequence[Row]
Answer = TypeVar("Answer")
Given = TypeVar("Given")

_LOCK = "MATCH (g:Graph) SET g.lock = true RETURN g.revision"
"""Setting a property takes the lock before the revision is read; whoever writes waits here for the one before."""
_LOG = """
MATCH (g:Graph) SET g.revision = $c.revision, g.changed_at = $c.at WITH g UNWIND $c.rows AS r
CREATE (:Change {
  revision: $c.revision, at: $c.at, by: $c.by, by_fold: $c.by_fold,
  id: r[0], action: r[1], kind: r[2], node_id: r[3], before: r[4], after: r[5]
})
"""
"""With the revision: one statement less, of some seven."""
_SPEAKS_TOO = f"""
UNWIND $c.rows AS r MATCH (s:Source {{id: r[0]}}) MATCH (a:Actor {{id: r[1]}})
WHERE NOT EXISTS {{ (s)-[:{graph.SPEAKS_OF}]->(a) }} CREATE (s)-[:{graph.SPEAKS_OF}]->(a)
"""


_ALIASES = "UNWIND $c.rows AS id MATCH (x:Alias {id: id}) RETURN collect([id, x.kept])"
_ALIAS = """
UNWIND $c.rows AS r
CALL (r) { MATCH (x:Alias {kept: r[0]}) SET x.kept = r[1] }
CREATE (:Alias {id: r[0], kept: r[1]})
"""
_ANSWER = "UNWIND $c.rows AS r MERGE (x:Alias {id: r[0]}) SET x.kept = r[1]"
_UNALIAS = "UNWIND $c.rows AS id MATCH (x:Alias {id: id}) DELETE x"
_UNNAME = "UNWIND $c.rows AS id MATCH (x:Alias {kept: id}) DELETE x"


async def locked_revision(session: AsyncSession) -> int:
    """The revision, once nobody is writing; nothing is changed."""
    async with await session.begin_transaction() as tx:
        found = await (await tx.run(_LOCK)).single(strict=True)
        await tx.rollback()
        return int(found[0])


class Rehearsed(Exception):
    """All was done and can be done; the transaction is to be rolled back."""

    def __init__(self, revision: int) -> None:
        self.revision = revision


async def write(
    tx: AsyncManagedTransaction, edit: Batch | Edit, expected_revision: int | None, by: str, *, rehearsed: bool
) -> int:
    """Write the batch; the revision afterwards.

    Raises:
        Conflict, BadValue, NotFound, Duplicate, StoreFull: as `Store.write`; the transaction is to be rolled back.
        Rehearsed: so is it then.
    """
    try:
        locked = await (await tx.run(_LOCK)).single()
        if locked is None:
            raise DamagedStore("The node :Graph is not there.", hint="Run samverkan migrate.")
        revision = int(locked[0])
        if expected_revision is not None and expected_revision != revision:
            raise Conflict(
                f"The graph is at revision {revision}, not {expected_revision}.",
                hint="Read it again and repeat the change.",
            )
        writer = _Writer(tx, revision + 1)
        batch = edit if isinstance(edit, Batch) else edit.batch(await writer.there(edit))
        await writer.write(batch)
        if not isinstance(edit, Batch):
            edit.wrote([(action, entity.name, id_) for action, entity, id_, _, _ in writer.changes])
        if rehearsed:
            raise Rehearsed(revision)
        if writer.changes:
            revision += 1
            await writer.finish(by)
        return revision
    except ConstraintError as error:
        # All constraints are that something is there once.
        raise Duplicate(f"The row breaks a rule of the graph: {error.message}.", hint="Nothing was written.") from error
    except DatabaseError as error:
        if "too large to index" in (error.message or ""):
            hint = "Names, ids and addresses by which things are found take some 8,000 bytes. Nothing was written."
            raise BadValue("A text is too long to be found by.", hint=hint) from error
        raise
    except TransientError as error:
        if "OutOfMemory" in (error.code or ""):
            # Ours, so that the driver does not try the same again.
            hint = "Write less at once, or give it a larger heap: some 50 kB a row. Nothing was written."
            raise StoreFull("The server has too little memory for so large a write.", hint=hint) from error
        raise


class _Writer:
    def __init__(self, tx: AsyncManagedTransaction, revision: int) -> None:
        self.tx, self.revision = tx, revision
        self.changes: list[Change] = []
        self.imported = False
        self.touched: dict[str, set[str]] = defaultdict(set)
        """Ids of the things whose counts may be others now, by entity."""
        self.known: dict[str, set[str]] = defaultdict(set)
        """Ids of things that are there, by entity, as far as was looked."""
        self.spoken: set[tuple[str, str]] = set()
        """What new rows say: source, and actor of which it speaks."""
        self.doubted: set[str] = set()
        """Actors of which a source may speak no longer: all that is said of them is looked through."""
        self.words: Counter[str] = Counter()
        """By how much the vocabulary changes."""

    async def _send(
        self, text: str, rows: Sequence[Given], make: Callable[[Given], object] | None = None, **values: object
    ) -> list[Any]:
        """Run a statement with all rows, some thousand at once; what it returns, as one list a time, in one list."""
        found: list[Any] = []
        starts = iter(range(0, len(rows), ROWS_AT_ONCE))

        def chunk(at: int) -> list[object]:
            few = rows[at : at + ROWS_AT_ONCE]
            return [make(row) for row in few] if make else list(few)

        at = next(starts, None)
        made = None if at is None else await aside(len(rows), lambda: chunk(0))
        while made is not None:
            at = next(starts, None)
            ahead = None if at is None else asyncio.create_task(asyncio.to_thread(chunk, at))
            try:
                # One map: Neo4j plans anew for each type and size class of a parameter, but does not look into maps.
                result = await self.tx.run(text, {"c": {"rows": made, **values}})
                if record := await result.single():
                    found += record[0]
                await result.consume()
            except BaseException:
                # Nobody waits for the next rows any more.
                if ahead:
                    ahead.cancel()
                raise
            made = await ahead if ahead else None
        return found

    async def write(self, batch: Batch) -> None:
        """All of the batch, in an order in which nothing names what is not there yet, or no more."""
        self.imported = batch.imported
        await self._expect(batch.expected)
        await self.delete(batch.deleted)
        for name in ORDER:
            if rows := batch.things.get(name):
                await self.put(CATALOGUE[name], rows)
        for name, ends in batch.unlinked.items():
            await self.unlink(PAIR[name], ends)
        for name, links in batch.links.items():
            await self.link(PAIR[name], links)
        await self._send(_ALIAS, list(batch.merged.items()))
        await self.delete(list(batch.merged))
        await self._answer(batch.aliases)

    async def _answer(self, aliases: Mapping[str, str]) -> None:
        """Let ids answer as others', whose own thing was never here."""
        if missing := await self._missing(MERGED, set(aliases.values())):
            raise NotFound(f"An alias names {missing[0]}, which is not there.", hint="Nothing was written.")
        await self._send(_ANSWER, list(aliases.items()))

    async def _expect(self, expected: Mapping[str, Mapping[str, int]]) -> None:
        for name, revisions in expected.items():
            check_none_newer(await self._send(_newer(CATALOGUE[name]), list(revisions.items())), revisions)

    # -------------------------------------------------------------------------------------------- look
    async def there(self, edit: Edit) -> There:
        """What an edit sees."""
        wanted, whole = edit.wanted, edit.whole
        asked = {name: {*wanted.get(name, ()), *whole.get(name, ())} for name in (*wanted, *whole)}
        aliases: dict[str, str] = dict(await self._send(_ALIASES, sorted(set().union(*asked.values()))))
        for sought in asked.values():
            sought.update(aliases[id_] for id_ in sought & aliases.keys())
        things: dict[str, dict[str, Row]] = {}
        for name, sought in asked.items():
            things[name] = await self._present(CATALOGUE[name], sorted(sought))
        links: dict[str, list[Link]] = defaultdict(list)
        for name, ids in edit.linked.items():
            lefts = [aliases.get(id_, id_) for id_ in ids]
            links[name] += [
                (a, b, c)
                for a, b, c in await self._send(_read_linked(CATALOGUE[PAIR[name].left[1]], PAIR[name])[0], lefts)
            ]
        for name, ids in whole.items():
            entity, own = CATALOGUE[name], [*ids, *(aliases[id_] for id_ in ids if id_ in aliases)]
            async for other, rows in self._referring(entity, own):
                things.setdefault(other.name, {}).update({str(row["id"]): row for row in rows})
            async for pair, found in self._linked(entity, own):
                links[pair.name] += found
        return There(things, links, aliases)

    async def _referring(self, entity: Entity, ids: Sequence[str]) -> AsyncIterator[tuple[Entity, list[Row]]]:
        """The rows of other things that name some of these."""
        for other in CATALOGUE.values():
            read, known = reader(other), set(ids) if other is entity else set()
            for text in _read_referring(entity, other):
                rows: list[Row] = [read.row(values) for values in await self._send(text, ids)]
                if rows := [row for row in rows if row["id"] not in known]:
                    # One that names several of them is met as often.
                    yield other, list({str(row["id"]): row for row in rows}.values())

    async def _linked(self, entity: Entity, ids: Sequence[str]) -> AsyncIterator[tuple[Pair, list[Link]]]:
        """The links of which some of these are an end, or that refer to some."""
        for pair in PAIRS:
            if pair.one and (texts := _read_linked(entity, pair)):
                found = {(a, b): c for text in texts for a, b, c in await self._send(text, ids)}
                yield pair, [(a, b, c) for (a, b), c in sorted(found.items())]

    # -------------------------------------------------------------------------------------------- put
    async def put(self, entity: Entity, given: Sequence[Row]) -> None:
        """Insert or replace whole rows."""
        if not given:
            return
        rows = await aside(len(given), lambda: [complete(entity, row) for row in given])
        before = await self._present(entity, [str(row["id"]) for row in rows])
        ends = (entity.ends or ()) if graph.is_tie(entity) else ()
        await self._check_references(entity, rows, [one for one in entity.ones if one.name not in ends])
        # By id: of two rows of the same thing the later one counts.
        changed = list({str(row["id"]): row for row in rows if before.get(str(row["id"])) != row}.values())
        new = [row for row in changed if str(row["id"]) not in before]
        old = [row for row in changed if str(row["id"]) in before]
        if graph.is_tie(entity):
            await self._put_ties(entity, new, old, before)
        else:
            await self._put_nodes(entity, new, old, before)
        for row in changed:
            there = before.get(str(row["id"]))
            action = action_of(there, imported=self.imported)
            self.changes.append((action, entity, str(row["id"]), there, row))
        was = [before[str(row["id"])] for row in old]
        self._touch(entity, [*changed, *was])
        for row in new if _speaking(entity) else ():
            self.spoken.update(
                (source, actor) for actor in _spoken(entity, row) for source in listed_ids(row["sources"])
            )
        self.doubted.update(actor for row in (*old, *was) for actor in _spoken(entity, row))

    async def _put_nodes(self, entity: Entity, new: Rows, old: Rows, before: Mapping[str, Row]) -> None:
        await self._send(_create_node(entity), new, partial(_node, entity), revision=self.revision)
        await self._send(_update_node(entity), old, partial(_node, entity), revision=self.revision)
        self.known[entity.name].update(str(row["id"]) for row in new)
        if entity.name == MERGED:
            # What is there answers itself.
            await self._send(_UNALIAS, [row["id"] for row in new])
        for one in entity.ones:
            other = [row for row in old if before[str(row["id"])][one.name] != row[one.name]]
            await self._send(_part(entity, one), [row["id"] for row in other])
            named = [(row["id"], row[one.name]) for row in (*new, *other) if row[one.name] is not None]
            await self._send(_join(entity, graph.type_of_one(entity, one), one.target), named)
            await self._check_kind(entity, one, [*new, *old], before)
        for pair in listed(entity):
            gone, come = [], []
            for row in (*new, *old):
                had = set(listed_ids(before.get(str(row["id"]), {}).get(pair.listed_as)))
                has = set(listed_ids(row[pair.listed_as]))
                gone += [(row["id"], other) for other in had - has]
                come += [(row["id"], other) for other in sorted(has - had)]
            await self._send(_unlink(pair), gone)
            await self._send(_join(entity, graph.type_of_pair(pair), pair.right[1]), come)
        if entity.searched:
            for sign, held in ((1, new), (1, old), (-1, [before[str(row["id"])] for row in old])):
                self._count_words(entity, held, sign)

    def _count_words(self, entity: Entity, rows: Rows, sign: int) -> None:
        for row in rows:
            for word in words(entity, row)[0].split():
                self.words[word] += sign

    async def _put_ties(self, entity: Entity, new: Rows, old: Rows, before: Mapping[str, Row]) -> None:
        """A relationship cannot be led elsewhere: a tie with other ends is made anew."""
        assert entity.ends is not None
        moved = [row for row in old if any(before[str(row["id"])][end] != row[end] for end in entity.ends)]
        away = {str(row["id"]) for row in moved}
        await self._send(_delete_tie(entity), list(away))
        stayed = [row for row in old if str(row["id"]) not in away]
        await self._send(_update_tie(entity), stayed, partial(_tie, entity), revision=self.revision)
        made = await self._send(_create_tie(entity), [*new, *moved], partial(_tie, entity), revision=self.revision)
        if sum(made) != len(new) + len(moved):
            # Ends are looked for by what ties them: only where one is missing it is worth a statement to say which.
            await self._check_references(entity, [*new, *moved], entity.ones)

    async def _check_kind(self, entity: Entity, one: One, changed: Rows, before: Mapping[str, Row]) -> None:
        """A reference that is shown as a narrower type names a thing of that type; also after that thing was replaced."""
        kinds = [kind.value for kind in (CATALOGUE[one.target].types or {}).get(one.shown_as, ())]
        if not kinds:
            return
        named = {row[one.name]: row["id"] for row in changed if row[one.name] is not None}
        wrong = [(named[id_], id_) for (id_,) in await self._send(_of_other_kind(one), list(named), kinds=kinds)]
        turned = [
            str(row["id"]) for row in changed if (was := before.get(str(row["id"]))) and was["kind"] != row["kind"]
        ]
        wrong += await self._send(_named_by(entity, one), turned, kinds=kinds)
        for id_, other in wrong:
            hint = f"{one.name} takes a thing of kind {' or '.join(kinds)}. Nothing was written."
            raise BadValue(f"{id_} names {other}, which is none.", place=one.name, hint=hint)

    async def _present(self, entity: Entity, ids: Sequence[str]) -> dict[str, Row]:
        """The rows that are there."""
        if len(ids) > ROWS_AT_ONCE and not await self._any(entity):
            return {}
        read = reader(entity)
        found = map(read.row, await self._send(_read(entity), ids))
        there: dict[str, Row] = {str(row["id"]): row for row in found}
        self.known[entity.name].update(there)
        return there

    async def _any(self, entity: Entity) -> bool:
        found = await (await self.tx.run(_count(entity))).single(strict=True)
        return bool(found[0])

    async def _check_references(self, entity: Entity, rows: Rows, ones: Sequence[One]) -> None:
        named: dict[str, dict[str, Row]] = defaultdict(dict)
        for one in ones:
            named[one.target] |= {str(row[one.name]): row for row in reversed(rows) if row[one.name] is not None}
        for pair in listed(entity):
            named[pair.right[1]] |= {other: row for row in reversed(rows) for other in listed_ids(row[pair.listed_as])}
        own = {str(row["id"]) for row in rows}
        for target, ids in named.items():
            missing = await self._missing(target, ids.keys() - (own if target == entity.name else set()))
            if missing:
                raise NotFound(
                    f"{ids[missing[0]]['id']} names {missing[0]}, which is not there.", hint="Nothing was written."
                )

    async def _missing(self, target: str, ids: Set[str]) -> list[str]:
        sought = sorted(ids - self.known[target])
        there = set(await self._send(_there(CATALOGUE[target]), sought))
        self.known[target] |= there
        return [id_ for id_ in sought if id_ not in there]

    async def link(self, pair: Pair, links: Sequence[Link]) -> None:
        """Insert links, or give those that are there their reference anew."""
        assert pair.one is not None, "only pairs with a file of their own are linked"
        if not links:
            return
        for place, target in enumerate((pair.left[1], pair.right[1], pair.one.target)):
            if missing := await self._missing(target, {id_ for link in links if (id_ := link[place]) is not None}):
                raise NotFound(
                    f"A link of {pair.name} names {missing[0]}, which is not there.", hint="Nothing was written."
                )
        given = {(left, right): refers for left, right, refers in links}
        there = {(left, right): refers for left, right, refers in await self._send(_read_links(pair), list(given))}
        changed = [(*at, refers) for at, refers in given.items() if at not in there or there[at] != refers]
        await self._send(_update_link(pair), [link for link in changed if link[:2] in there], revision=self.revision)
        await self._send(
            _create_link(pair), [link for link in changed if link[:2] not in there], revision=self.revision
        )
        for link in changed:
            ends = link[:2]
            before = link_fact(pair, (*ends, there[ends])) if ends in there else None
            self._relinked(pair, ends, before, link_fact(pair, link))

    async def unlink(self, pair: Pair, ends: Sequence[tuple[str, str]]) -> None:
        """Take links away; those that are not there are no fault."""
        known = await self._send(_read_links(pair), list(dict.fromkeys(ends)))
        await self._send(_drop_link(pair), [end[:2] for end in known], revision=self.revision)
        for link in known:
            self._relinked(pair, (link[0], link[1]), link_fact(pair, tuple(link)), None)

    def _relinked(self, pair: Pair, ends: tuple[str, str], before: Row | None, after: Row | None) -> None:
        """Note that a link is new, another or gone: a change of the thing on its left."""
        entity = CATALOGUE[pair.left[1]]
        self.changes.append(("UPDATED", entity, ends[0], before, after))
        self.touched[entity.name].add(ends[0])
        self.touched[pair.right[1]].add(ends[1])

    # -------------------------------------------------------------------------------------------- delete
    async def delete(self, ids: Sequence[str]) -> None:
        """Delete things with what cannot be without them.

        Raises:
            NotFound: one of them is not there, or went with one before it.
        """
        if not ids:
            return
        found: dict[str, tuple[Entity, Row]] = {}
        for entity in CATALOGUE.values():
            present = await self._present(entity, [id_ for id_ in ids if id_ not in found])
            found |= {id_: (entity, row) for id_, row in present.items()}
        named: dict[str, tuple[Entity, Row]] = {}
        bound: dict[str, dict[str, tuple[Entity, Row]]] = defaultdict(dict)
        for entity in dict.fromkeys(entity for entity, _ in found.values()):
            own = {id_ for id_, (of, _) in found.items() if of is entity}
            async for other, rows in self._referring(entity, sorted(own)):
                named |= {str(row["id"]): (other, row) for row in rows}
                for one in other.ones:
                    if one.target == entity.name and one.required:
                        for row in rows:
                            bound[str(row[one.name])][str(row["id"])] = other, row
        going: dict[str, tuple[Entity, Row]] = {}
        for id_ in ids:
            if id_ not in found or id_ in going:
                raise NotFound(f"{id_} is not there.", place=id_, hint="Nothing was deleted.")
            going |= {tie: of for tie, of in bound[id_].items() if tie not in going}
            going[id_] = found[id_]
        gone: dict[str, set[str]] = defaultdict(set)
        for id_, (entity, _) in going.items():
            gone[entity.name].add(id_)
        # What stays is written without them first.
        for entity in CATALOGUE.values():
            staying = (row for id_, (of, row) in named.items() if of is entity and id_ not in going)
            await self.put(entity, [left for row in staying if (left := without(entity, row, gone)) is not None])
        for name, those in sorted(gone.items()):
            async for pair, links in self._linked(CATALOGUE[name], sorted(those)):
                await self.unlink(pair, [link[:2] for link in links if not those.isdisjoint(link[:2])])
                await self.link(pair, [(*link[:2], None) for link in links if those.isdisjoint(link[:2])])
        for id_, (entity, row) in going.items():
            self.changes.append(("DELETED", entity, id_, row, None))
            self._touch(entity, [row])
            self.doubted.update(_spoken(entity, row))
            if entity.searched:
                self._count_words(entity, [row], -1)
        for name in reversed(ORDER):
            entity = CATALOGUE[name]
            self.known[name].difference_update(gone[name])
            await self._send(_delete_tie(entity) if graph.is_tie(entity) else _delete_node(entity), sorted(gone[name]))
        await self._send(_UNNAME, sorted(gone[MERGED]))

    # -------------------------------------------------------------------------------------------- finish
    def _touch(self, entity: Entity, rows: Rows) -> None:
        """Note what the rows refer to: its counts follow."""
        self.touched[entity.name].update(str(row["id"]) for row in rows)
        for one in entity.ones:
            self.touched[one.target].update(str(row[one.name]) for row in rows if row[one.name] is not None)
        for pair in listed(entity):
            self.touched[pair.right[1]].update(other for row in rows for other in listed_ids(row[pair.listed_as]))

    async def finish(self, by: str) -> None:
        """Counts, what sources speak of, vocabulary, change log, revision."""
        for name, ids in self.touched.items():
            if CATALOGUE[name].counts:
                await self._send(_recount(CATALOGUE[name]), sorted(ids))
        await self._send(_speaks(), sorted(self.doubted))
        await self._send(_SPEAKS_TOO, [pair for pair in self.spoken if pair[1] not in self.doubted])
        changed = [(text, n) for text, n in self.words.items() if n]
        await self._send(searching.COUNT, changed)
        await self._send(searching.FORGET, [text for text, n in changed if n < 0])
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        logged = [(change_id(self.revision, number), change) for number, change in enumerate(self.changes, 1)]
        await self._send(_LOG, logged, _logged, revision=self.revision, at=at, by=by, by_fold=fold(by))


async def aside(size: int, work: Callable[[], Answer]) -> Answer:
    """Work on many rows in a thread, so that the event loop stays free; on few, here."""
    return await asyncio.to_thread(work) if size > FEW else work()


def _node(entity: Entity, row: Row) -> list[object]:
    return [*(part.value(row) for part in properties(entity)), *words(entity, row)]


def _tie(entity: Entity, row: Row) -> list[object]:
    return [*(part.value(row) for part in properties(entity)), *(row[end] for end in entity.ends or ())]


@cache
def _speaking(entity: Entity) -> tuple[str, ...]:
    """The keys of a row that name the actors of which its sources speak."""
    keys = []
    for first, *rest in CATALOGUE["Actor"].relation("sources").arms:
        if first.table in PAIR:
            pair = PAIR[first.table]
            if pair.left[1] == entity.name:
                keys.append(pair.listed_as if rest else "id")
        elif first.table == entity.table:
            keys.append(first.near)
    return tuple(keys)


def _spoken(entity: Entity, row: Row) -> Iterator[str]:
    """The actors of which a row's sources speak."""
    for key in _speaking(entity):
        yield from listed_ids(value) if isinstance(value := row[key], list) else [str(value)]


def _logged(item: tuple[str, Change]) -> list[object]:
    own, (action, entity, id_, before, after) = item
    return [own, action, entity.table.upper(), id_, as_json(before), as_json(after)]


# ------------------------------------------------------------------------------------------------ texts
def _tie_pattern(entity: Entity, facts: str = "") -> str:
    return f"(a)-[t:{graph.type_of(entity)}{facts}]->(b)"


def _thing(entity: Entity, at: str) -> str:
    """The pattern of a thing by its id."""
    return _tie_pattern(entity, f" {{id: {at}}}") if graph.is_tie(entity) else f"(n:{entity.name} {{id: {at}}})"


@cache
def _count(entity: Entity) -> str:
    what = f"()-[n:{graph.type_of(entity)}]->()" if graph.is_tie(entity) else f"(n:{entity.name})"
    return f"MATCH {what} RETURN count(n)"


@cache
def _read(entity: Entity) -> str:
    return f"UNWIND $c.rows AS id MATCH {_thing(entity, 'id')} RETURN collect({reader(entity).columns})"


@cache
def _there(entity: Entity) -> str:
    return f"UNWIND $c.rows AS id MATCH (n:{entity.name} {{id: id}}) RETURN collect(id)"


def _names(entity: Entity) -> list[str]:
    return [*(part.name for part in properties(entity)), *(WORDS if entity.searched else ())]


@cache
def _create_node(entity: Entity) -> str:
    facts = [f"{name}: r[{number}]" for number, name in enumerate(_names(entity))]
    facts += ["revision: $c.revision", *(f"{count.column}: 0" for count in entity.counts)]
    return f"UNWIND $c.rows AS r CREATE (:{entity.name} {{{', '.join(facts)}}})"


@cache
def _update_node(entity: Entity) -> str:
    facts = [f"n.{name} = r[{number}]" for number, name in enumerate(_names(entity)) if name != "id"]
    return f"UNWIND $c.rows AS r MATCH {_thing(entity, 'r[0]')} SET {', '.join([*facts, 'n.revision = $c.revision'])}"


@cache
def _create_tie(entity: Entity) -> str:
    names = [part.name for part in properties(entity)]
    facts = [f"{name}: r[{number}]" for number, name in enumerate(names)]
    one, other = (entity.one(end).target for end in entity.ends or ())
    ends = f"MATCH (a:{one} {{id: r[{len(names)}]}}) MATCH (b:{other} {{id: r[{len(names) + 1}]}})"
    tie = _tie_pattern(entity, f" {{{', '.join([*facts, 'revision: $c.revision'])}}}")
    return f"UNWIND $c.rows AS r {ends} CREATE {tie} RETURN [count(*)]"


@cache
def _update_tie(entity: Entity) -> str:
    facts = [f"t.{part.name} = r[{number}]" for number, part in enumerate(properties(entity)) if part.name != "id"]
    return f"UNWIND $c.rows AS r MATCH {_thing(entity, 'r[0]')} SET {', '.join([*facts, 't.revision = $c.revision'])}"


@cache
def _delete_tie(entity: Entity) -> str:
    return f"UNWIND $c.rows AS id MATCH {_thing(entity, 'id')} DELETE t"


@cache
def _delete_node(entity: Entity) -> str:
    return f"UNWIND $c.rows AS id MATCH {_thing(entity, 'id')} DETACH DELETE n"


@cache
def _join(entity: Entity, type_: str, target: str) -> str:
    ends = f"MATCH (a:{entity.name} {{id: r[0]}}) MATCH (b:{target} {{id: r[1]}})"
    return f"UNWIND $c.rows AS r {ends} CREATE (a)-[:{type_}]->(b)"


@cache
def _part(entity: Entity, one: One) -> str:
    return f"UNWIND $c.rows AS id MATCH {_thing(entity, 'id')}-[x:{graph.type_of_one(entity, one)}]->() DELETE x"


def _linked(pair: Pair) -> str:
    type_ = graph.type_of_pair(pair)
    return f"MATCH (a:{pair.left[1]} {{id: r[0]}})-[x:{type_}]->(b:{pair.right[1]} {{id: r[1]}})"


@cache
def _unlink(pair: Pair) -> str:
    return f"UNWIND $c.rows AS r {_linked(pair)} DELETE x"


@cache
def _read_links(pair: Pair) -> str:
    assert pair.one is not None
    return f"UNWIND $c.rows AS r {_linked(pair)} RETURN collect([r[0], r[1], x.{pair.one.column}])"


@cache
def _update_link(pair: Pair) -> str:
    assert pair.one is not None
    return f"UNWIND $c.rows AS r {_linked(pair)} SET x.{pair.one.column} = r[2], a.revision = $c.revision"


@cache
def _create_link(pair: Pair) -> str:
    assert pair.one is not None
    ends = f"MATCH (a:{pair.left[1]} {{id: r[0]}}) MATCH (b:{pair.right[1]} {{id: r[1]}})"
    made = f"CREATE (a)-[:{graph.type_of_pair(pair)} {{{pair.one.column}: r[2]}}]->(b) SET a.revision = $c.revision"
    return f"UNWIND $c.rows AS r {ends} {made}"


@cache
def _drop_link(pair: Pair) -> str:
    return f"UNWIND $c.rows AS r {_linked(pair)} DELETE x SET a.revision = $c.revision"


@cache
def _of_other_kind(one: One) -> str:
    return f"UNWIND $c.rows AS id MATCH (m:{one.target} {{id: id}}) WHERE NOT m.kind IN $c.kinds RETURN collect([id])"


@cache
def _named_by(entity: Entity, one: One) -> str:
    to = f"MATCH (n:{entity.name})-[:{graph.type_of_one(entity, one)}]->(m:{one.target} {{id: id}})"
    return f"UNWIND $c.rows AS id {to} WHERE NOT m.kind IN $c.kinds RETURN collect([n.id, id])"


@cache
def _newer(entity: Entity) -> str:
    of = "t" if graph.is_tie(entity) else "n"
    return f"UNWIND $c.rows AS r MATCH {_thing(entity, 'r[0]')} WHERE {of}.revision > r[1] RETURN collect([r[0], {of}.revision])"


@cache
def _read_referring(entity: Entity, other: Entity) -> tuple[str, ...]:
    """The rows of another entity that name a thing of this one: by ends, by a reference, in a list."""
    ways = [
        _bound(other, one.name) for one in other.ones if one.target == entity.name and one.name in (other.ends or ())
    ]
    named = [one for one in other.ones if one.target == entity.name and one.name not in (other.ends or ())]
    what = (
        f"(a)-[t:{graph.type_of(other)} {{{{{{}}: id}}}}]->(b)"
        if graph.is_tie(other)
        else f"(n:{other.name} {{{{{{}}: id}}}})"
    )
    ways += [f"MATCH {what.format(one.column)}" for one in named]
    for pair in listed(other):
        if pair.right[1] == entity.name and graph.is_tie(other):
            # What lists a source is a tie of an actor of which the source speaks.
            near = f"MATCH (:{entity.name} {{id: id}})-[:{graph.SPEAKS_OF}]->()-[t:{graph.type_of(other)}]-()"
            among = f"WHERE id IN t.{graph.listed_property(pair)}"
            ways.append(f"{near} {among} WITH DISTINCT t, startNode(t) AS a, endNode(t) AS b")
        elif pair.right[1] == entity.name:
            ways.append(f"MATCH (n:{other.name})-[:{graph.type_of_pair(pair)}]->(:{entity.name} {{id: id}})")
    return tuple(f"UNWIND $c.rows AS id {way} RETURN collect({reader(other).columns})" for way in ways)


@cache
def _read_linked(entity: Entity, pair: Pair) -> tuple[str, ...]:
    """The links of which a thing is an end, or that refer to it."""
    assert pair.one is not None
    type_, (_, left), (_, right) = graph.type_of_pair(pair), pair.left, pair.right
    ways = [f"MATCH (a:{left} {{id: id}})-[x:{type_}]->(b)"] if left == entity.name else []
    ways += [f"MATCH (a)-[x:{type_}]->(b:{right} {{id: id}})"] if right == entity.name else []
    ways += [f"MATCH (a)-[x:{type_} {{{pair.one.column}: id}}]->(b)"] if pair.one.target == entity.name else []
    return tuple(f"UNWIND $c.rows AS id {way} RETURN collect([a.id, b.id, x.{pair.one.column}])" for way in ways)


def _bound(entity: Entity, end: str) -> str:
    assert entity.ends is not None
    side = "a" if entity.ends[0] == end else "b"
    return f"MATCH ({side}:{entity.one(end).target} {{id: id}}) MATCH {_tie_pattern(entity)}"


@cache
def _recount(entity: Entity) -> str:
    counts = (
        f"n.{count.column} = COUNT {{ {graph.pattern(entity.relation(count.relation), 'n', '', '')} }}"
        for count in entity.counts
    )
    return f"UNWIND $c.rows AS id MATCH {_thing(entity, 'id')} SET {', '.join(counts)}"


def speaks_of() -> str:
    """The ids of the sources that the actor `a` has by its own row, its ties and its agreements, once each, as a list."""
    return f"COLLECT {{ {' UNION '.join(map(_arm, CATALOGUE['Actor'].relation('sources').arms))} }}"


@cache
def _speaks() -> str:
    """Make what is wanted and not there, and drop what is there and no longer wanted."""
    return f"""
UNWIND $c.rows AS id MATCH (a:Actor {{id: id}})
WITH a, {speaks_of()} AS wanted, COLLECT {{ MATCH (a)<-[:{graph.SPEAKS_OF}]-(s) RETURN s.id }} AS there
CALL (a, wanted, there) {{ UNWIND [x IN wanted WHERE NOT x IN there] AS id MATCH (s:Source {{id: id}}) CREATE (s)-[:{graph.SPEAKS_OF}]->(a) }}
CALL (a, wanted, there) {{
  UNWIND [x IN there WHERE NOT x IN wanted] AS id MATCH (:Source {{id: id}})-[x:{graph.SPEAKS_OF}]->(a) DELETE x
}}
"""


def _arm(steps: Sequence[Step]) -> str:
    """The sources that an actor has by one way."""
    first, *rest = steps
    if not rest:
        return f"MATCH (a)-[:{first.table.upper()}]->(s) RETURN s.id AS source"
    if first.table in PAIR:
        outward = PAIR[first.table].left[0] == first.near
        way = f"(a){'' if outward else '<'}-[:{first.table.upper()}]-{'>' if outward else ''}()"
        return f"MATCH {way}-[:{rest[0].table.upper()}]->(s) RETURN s.id AS source"
    tie = TABLES[first.table]
    outward = tie.ends is not None and tie.ends[0] == first.near
    way = f"(a){'' if outward else '<'}-[t:{graph.type_of(tie)}]-{'>' if outward else ''}()"
    return f"MATCH {way} UNWIND t.{graph.listed_property(PAIR[rest[0].table])} AS source RETURN source"
