"""A store → another store: the whole graph in batches, and the proof that both hold the same.

In: two open stores, of any kind. Out: what both hold, as counts and a digest. The change log stays behind: the target has one of its own, in which
each row was created by the copy. Knows no particular store and no address.

One write of everything would be atomic and would not fit into memory, so a copy is many writes and can end in the middle. It is taken up again
by the same call with `resume`: a row is written whole or not at all, so what the target holds is known to be right as soon as it is equal, and
whatever is not in the source, or other there, is somebody else's and ends the call before anything is written.
"""

import contextlib
import hashlib
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TypeVar

import orjson

from graph_api.errors import BadValue, InputError, StoreError
from graph_api.exchange.registry import GraphChanged
from graph_api.model.catalogue import CATALOGUE, MERGED, PAIR, PAIRS, Entity, Scalar
from graph_api.model.changes import Batch, Row
from graph_api.stores.base import Store

Item = TypeVar("Item")

ROWS_A_WRITE = 5000
BY = "samverkan copy"

LINKED = tuple(pair.name for pair in PAIRS if not pair.listed_as)
"""The pairs whose links no row lists."""
ALIASES = "alias"
"""The ids of what was merged, each with the id of the actor that answers."""
TABLES = (*CATALOGUE, *LINKED, ALIASES)
"""What a store holds, by name, in the order of the digest."""

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many rows of it are done, and how many there are."""


class TargetTaken(InputError):
    """The target of a copy is not empty, or holds what the source does not hold so."""

    code, status = "TARGET_TAKEN", 409


class CopyDiffers(StoreError):
    """A copy has ended and does not hold what its source holds."""

    code, status = "COPY_DIFFERS", 500


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds."""

    counts: Mapping[str, int]
    """Rows by entity, links by pair, and aliases."""
    digest: str
    """Of every row, link and alias, as `contents` says."""


def _unheard(_doing: str, _done: int, _of: int) -> None:
    """Progress that nobody looks at."""


async def contents(store: Store, on_progress: Progress = _unheard, doing: str = "Reading") -> Contents:
    """Counts, and a digest that is the same wherever the same facts are kept.

    The digest is `sha256:` and the SHA-256, in hexadecimal digits, of one line a row: UTF-8, each ended by a line feed. A line is a JSON
    array without blanks, of the table's name and the row. Tables are in the order of `TABLES`, rows in that of their ids by code points. An
    entity's row is an object, its keys in the order of code points, without those that are null or an empty list; a pair's link an array of
    the ids of left thing, right thing, and what it refers to or null; an alias an array of itself and the id that answers. Dates and names of
    closed lists are texts, lists of ids are in order, numbers are the shortest that give the value back, those that are not whole by nature
    with a point: 1.0. Neither revision nor change log is in it.
    """
    digest, counts = hashlib.sha256(), dict.fromkeys(TABLES, 0)
    # Links are not counted by stores; there are few.
    done, total = 0, sum((await store.info()).counts.values())
    for table in TABLES:
        on_progress(f"{doing} {table}", done, max(done, total))
        async for _, line in _lines(store, table):
            digest.update(line)
            counts[table] += 1
            done += 1
            if done % ROWS_A_WRITE == 0:
                on_progress(f"{doing} {table}", done, max(done, total))
    return Contents(counts, f"sha256:{digest.hexdigest()}")


async def copy(
    source: Store,
    target: Store,
    *,
    resume: bool = False,
    on_progress: Progress = _unheard,
    rows_a_write: int = ROWS_A_WRITE,
) -> Contents:
    """Write all of the source to the target, and compare both; what they hold.

    Args:
        resume: the target may hold the beginning of a copy of the same source.
    Raises:
        BadValue: the source is empty.
        TargetTaken: the target holds something else; nothing was written.
        GraphChanged: the source was changed meanwhile.
        Conflict: somebody else wrote to the target meanwhile.
        CopyDiffers: the target does not hold what the source holds, though it took all of it.
        StoreError: a store failed. The target holds the beginning of the copy.
    """
    revision, at = await source.revision(), await target.revision()
    if not revision:
        raise BadValue("There is nothing to copy: the source is empty.", place="from", hint="Nothing was written.")
    if at and not resume:
        hint = "Name an empty one, or continue a copy that was interrupted by --resume. Nothing was written."
        raise TargetTaken("The target is not empty.", place="to", hint=hint)
    held = await contents(source, on_progress, "Reading from the source:")
    total = sum(held.counts.values())
    there = await _leading(source, target, on_progress, total) if at else dict.fromkeys(TABLES, 0)
    done = sum(there.values())
    for table in _in_order_of_reference():
        async with contextlib.aclosing(_batches(source, table, there[table], rows_a_write)) as batches:
            async for batch in batches:
                on_progress(f"Writing {table}", done, total)
                at = await target.write(batch, at, BY)
                done += sum(map(len, (*batch.things.values(), *batch.links.values(), batch.aliases)))
    copied = await contents(target, on_progress, "Checking the copy:")
    if await source.revision() != revision:
        hint = "Stop what writes to it, empty the target, and copy again."
        raise GraphChanged("The source was changed while it was being copied.", place="from", hint=hint)
    if copied != held:
        found = [f"{copied.counts[table]} of {count} in {table}" for table, count in held.counts.items()]
        raise CopyDiffers(
            f"The copy differs from its source: {', '.join(found)}; {copied.digest}, not {held.digest}.", place="to"
        )
    return held


# ------------------------------------------------------------------------------------------------ lines
async def _lines(store: Store, table: str) -> AsyncGenerator[tuple[tuple[str, ...], bytes], None]:
    """Each row of a table: what it is known by, and its line."""
    if table in PAIR:
        async for link in store.links(table):
            yield link[:2], _line(table, link)
        return
    if table == ALIASES:
        for alias in sorted((await store.aliases())[0].items()):
            yield alias[:1], _line(table, alias)
        return
    floats = _floats(CATALOGUE[table])
    async for row in store.rows(table):
        known = {name: value for name, value in row.items() if value is not None and value != []}
        for name in floats:
            # A store may give a whole number back for 1.0, and may tell −0.0 from 0.0.
            if isinstance(value := known.get(name), int | float):
                known[name] = value + 0.0
        yield (str(row["id"]),), _line(table, known)


def _line(table: str, value: Row | tuple[str | None, ...]) -> bytes:
    return orjson.dumps([table, value], option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _floats(entity: Entity) -> frozenset[str]:
    names = {field.name for field in entity.fields if field.type is Scalar.FLOAT}
    position = any(field.type is Scalar.POSITION for field in entity.fields)
    return frozenset(names | ({"longitude", "latitude"} if position else set()))


# ------------------------------------------------------------------------------------------------ what is there
async def _leading(source: Store, target: Store, on_progress: Progress, total: int) -> dict[str, int]:
    """How many rows at the beginning of each table the target holds already.

    Raises:
        TargetTaken: the target holds a row that the source has not, or has otherwise.
    """
    leading, done = dict.fromkeys(TABLES, 0), 0
    for table in TABLES:
        on_progress(f"Comparing {table}", done, total)
        async with (
            contextlib.aclosing(_lines(target, table)) as theirs,
            contextlib.aclosing(_lines(source, table)) as ours,
        ):
            found, gap = await anext(theirs, None), False
            async for key, line in ours:
                if found is None or found[0] < key:
                    break
                if found[0] > key:
                    gap = True
                    continue
                if found[1] != line:
                    raise _taken(f"{_named_by(table, key)} is another there than in the source")
                leading[table] += not gap
                done += 1
                found = await anext(theirs, None)
            if found is not None:
                raise _taken(f"{_named_by(table, found[0])} is there, and not in the source")
    return leading


def _named_by(table: str, key: Sequence[str]) -> str:
    return key[0] if len(key) == 1 else f"{table} of {' and '.join(key)}"


def _taken(what: str) -> TargetTaken:
    hint = "Only the beginning of a copy of the same source can be continued. Nothing was written."
    return TargetTaken(f"The target holds something else: {what}.", place="to", hint=hint)


# ------------------------------------------------------------------------------------------------ batches
def _in_order_of_reference() -> Sequence[str]:
    """Every table after those that its rows refer to; that some of them refer to others of the same table is seen to in `_batches`."""
    before = {
        entity.name: sorted({*(one.target for one in entity.ones), *_listed(entity)} - {entity.name})
        for entity in CATALOGUE.values()
    }
    return (*TopologicalSorter(before).static_order(), *LINKED)


def _listed(entity: Entity) -> Iterator[str]:
    return (pair.right[1] for pair in PAIRS if pair.listed_as and pair.left[1] == entity.name)


async def _batches(source: Store, table: str, leading: int, size: int) -> AsyncGenerator[Batch, None]:
    """The rows of a table after so many, each batch in itself or with those before it complete in what it refers to, actors with their aliases."""
    if table in PAIR:
        async for links in _chunks(source.links(table), leading, size):
            yield Batch(links={table: links})
        return
    kept: dict[object, list[str]] = defaultdict(list)
    for alias, id_ in (await source.aliases())[0].items() if table == MERGED else ():
        kept[id_].append(alias)

    def batch(rows: Sequence[Row]) -> Batch:
        return Batch(things={table: rows}, aliases={alias: str(row["id"]) for row in rows for alias in kept[row["id"]]})

    named = await _named(source, CATALOGUE[table])
    if named:
        yield batch(list(named.values()))
    async for rows in _chunks(source.rows(table), leading, size):
        yield batch([row for row in rows if row["id"] not in named])


async def _named(source: Store, entity: Entity) -> dict[object, Row]:
    """The rows that other rows of the same entity refer to, by id: the municipalities. They refer to no rows but one another."""
    inward = [one.name for one in entity.ones if one.target == entity.name]
    if not inward:
        return {}
    ids = {row[name] for name in inward async for row in source.rows(entity.name) if row[name] != row["id"]}
    return {row["id"]: row async for row in source.rows(entity.name) if row["id"] in ids}


async def _chunks(items: AsyncIterator[Item], leading: int, size: int) -> AsyncGenerator[list[Item], None]:
    """Lists of so many, without the first ones."""
    held: list[Item] = []
    async for item in items:
        if leading:
            leading -= 1
            continue
        held.append(item)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
