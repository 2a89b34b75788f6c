"""Words of things, for search: the vocabulary and candidates, within the transaction of the caller.

A searched node holds its words (`properties.WORDS`); the full-text index `search` finds it by them, with the plainest analyser. `Word` is the
vocabulary, in which typing errors are looked for. All words are those of `model.text`, so that every store finds
the same. Knows no ranking and no query.
"""

import re
from collections.abc import Iterable, Sequence

from neo4j import AsyncManagedTransaction, AsyncTransaction

from graph_api.model.catalogue import CATALOGUE
from graph_api.model.search import Term
from graph_api.stores.neo4j.graph import LABELS

COUNT = "UNWIND $c.rows AS r MERGE (w:Word {text: r[0]}) ON CREATE SET w.n = r[1] ON MATCH SET w.n = w.n + r[1]"
"""Add to the vocabulary."""
FORGET = "UNWIND $c.rows AS text MATCH (w:Word {text: text}) WHERE w.n <= 0 DELETE w"
"""A word that no thing holds any more goes."""

_VOCABULARY = "MATCH (w:Word) RETURN collect([w.text, w.n])"
_KEY = "coalesce(n.name_key, n.title_key)"
CANDIDATES = f"""
MATCH (g:Graph) WITH g.revision AS revision RETURN COLLECT {{
  CALL db.index.fulltext.queryNodes('search', $c.p0) YIELD node AS n
  WITH n, labels(n)[0] AS entity WHERE entity IN $c.p1
  RETURN [entity, n.id, n.words_name, n.words_name_en, {_KEY}]
}}, revision
"""
"""The things that Lucene's query finds among some entities, and the revision."""
_SYNTAX = re.compile(r"([^\w])")

Transaction = AsyncManagedTransaction | AsyncTransaction


async def vocabulary(tx: Transaction) -> list[tuple[str, int]]:
    """Every word and how many things hold it, in the order of code points."""
    found = await (await tx.run(_VOCABULARY)).single(strict=True)
    return sorted((str(text), int(n)) for text, n in found[0])


def values(terms: Sequence[Sequence[Term]], entities: Iterable[str] | None) -> list[object]:
    """The parameters of `CANDIDATES`: of what holds one term of each group; of nothing where there is no group, or an empty one."""
    among = [name for name in LABELS if CATALOGUE[name].searched] if entities is None else sorted(entities)
    return [query(terms), among] if terms and all(terms) else [query([[Term("x")]]), []]


def query(terms: Sequence[Sequence[Term]]) -> str:
    """Lucene's query; in it a word can be no operator.

    >>> query([[Term("ale"), Term("al", beginning=True)], [Term('a"b')]])
    '+("ale" al*) +("a\\\\"b")'
    """
    return " ".join(f"+({' '.join(map(_spelled, group))})" for group in terms)


def _spelled(term: Term) -> str:
    if term.beginning:
        return _SYNTAX.sub(r"\\\1", term.text) + "*"
    return '"' + term.text.replace("\\", "\\\\").replace('"', '\\"') + '"'
