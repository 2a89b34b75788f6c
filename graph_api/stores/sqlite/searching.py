"""Words of things, for search: rows in, candidates out, within the transaction of the caller.

`found` holds what the rank of a thing is made of, `search` finds things by their words (FTS5, without a copy of the text),
`word` is the vocabulary, in which typing errors are looked for. All words are those of `model.text`, so that every store
finds the same. Knows no ranking and no query.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

import apsw
import orjson

from graph_api.model.catalogue import Entity
from graph_api.model.changes import Row
from graph_api.model.search import Candidate, Term
from graph_api.stores.facts import found_by, name_key

ROWS_AT_ONCE = 5000

_UPSERT = """
INSERT INTO found(entity, thing, name, name_en, words, name_key) VALUES(?, ?, ?, ?, ?, ?)
ON CONFLICT(thing) DO UPDATE SET name=excluded.name, name_en=excluded.name_en, words=excluded.words, name_key=excluded.name_key
"""
_CANDIDATES = """
SELECT f.entity, f.thing, f.name, f.name_en, f.name_key FROM search s CROSS JOIN found f ON f.pk=s.rowid
WHERE search MATCH ?1 AND (?2 IS NULL OR f.entity IN (SELECT value FROM json_each(?2)))
"""


def index(connection: apsw.Connection, entity: Entity, rows: Iterable[Row]) -> None:
    """Keep the words of new or changed things; of an entity that is not searched, nothing."""
    if not entity.searched:
        return
    # By id: of two rows of the same thing the later one counts.
    remaining = iter({str(row["id"]): row for row in rows}.values())
    while chunk := [_found(entity, row) for row in islice(remaining, ROWS_AT_ONCE)]:
        ids = orjson.dumps([thing for _, thing, *_ in chunk]).decode()
        counts: Counter[str] = Counter()
        for (known,) in connection.execute(
            "SELECT words FROM found WHERE thing IN (SELECT value FROM json_each(?))", (ids,)
        ):
            counts.subtract(str(known).split())
        for *_, held, _ in chunk:
            counts.update(held.split())
        connection.executemany(_UPSERT, chunk)
        connection.execute(
            "INSERT OR REPLACE INTO search(rowid, words) SELECT pk, words FROM found WHERE thing IN (SELECT value FROM json_each(?))",
            (ids,),
        )
        _count(connection, counts)


def forget(connection: apsw.Connection, id_: str) -> None:
    """Drop the words of a thing that is gone; of one that was never indexed, nothing."""
    for pk, known in connection.execute("SELECT pk, words FROM found WHERE thing=?", (id_,)).fetchall():
        connection.execute("DELETE FROM search WHERE rowid=?", (pk,))
        connection.execute("DELETE FROM found WHERE pk=?", (pk,))
        _count(connection, Counter(dict.fromkeys(str(known).split(), -1)))


def vocabulary(connection: apsw.Connection) -> list[tuple[str, int]]:
    """Every word and how many things hold it, in the order of code points."""
    return [(str(text), int(count)) for text, count in connection.execute("SELECT text, n FROM word ORDER BY text")]


def candidates(
    connection: apsw.Connection, terms: Sequence[Sequence[Term]], entities: Iterable[str] | None
) -> list[Candidate]:
    """The things that hold one term of each group, in no order; none where there is no group, or an empty one."""
    if not terms or not all(terms):
        return []
    among = None if entities is None else orjson.dumps(sorted(entities)).decode()
    return list(map(Candidate._make, connection.execute(_CANDIDATES, (_match(terms), among))))


def _match(terms: Sequence[Sequence[Term]]) -> str:
    """FTS5's query; quoted, a word can be no operator."""
    return " AND ".join(f"({' OR '.join(map(_spelled, group))})" for group in terms)


def _spelled(term: Term) -> str:
    quoted = '"' + term.text.replace('"', '""') + '"'
    return f"{quoted} *" if term.beginning else quoted


def _found(entity: Entity, row: Row) -> tuple[str, str, str, str, str, str]:
    known = found_by(entity, row)
    return entity.name, str(row["id"]), known.name, known.name_en, known.held, name_key(entity, row)


def _count(connection: apsw.Connection, changes: Counter[str]) -> None:
    """Add to the vocabulary; a word that no thing holds any more goes."""
    connection.executemany(
        "INSERT INTO word(text, n) VALUES(?, ?) ON CONFLICT(text) DO UPDATE SET n=n+excluded.n",
        ((text, change) for text, change in changes.items() if change),
    )
    connection.executemany(
        "DELETE FROM word WHERE text=? AND n<=0", ((text,) for text, change in changes.items() if change < 0)
    )
