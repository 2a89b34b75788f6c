"""Query → ranked hits: the words asked for, corrected by the vocabulary, candidates of the store, one ranking for every store.

Each word must match: as the beginning of a word of name, English name or description, or as a word within one typing error (a letter more, less or
other, or two neighbours swapped), two from eight letters on. A word of up to three letters, or with a digit in it, is corrected only where nothing
begins with it: "gr" and "2018" are near to far too much. Hits come by class (`Match`), then Swedish name, then id. Knows no store's way of finding
words, and reads no thing: what a hit shows is read by its id.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from typing import Protocol
from weakref import WeakKeyDictionary

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from graph_api.errors import BadPage, BadValue
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.search import Candidate, Match, SearchHit, SearchResult, Term
from graph_api.model.text import words
from graph_api.model.vocabulary import NodeKind
from graph_api.plan import cursor

FIRST_MAX = 1000
QUERY_LENGTH_MAX = 1000
WORDS_MAX = 20
SHORT = 3
"""Letters of a word that is corrected only where nothing begins with it."""
LONG = 8
"""Letters of a word from which on two errors are forgiven."""
NEAR_MAX = 1_000
"""Words of which a vocabulary remembers what they could have been."""
FEW = 500
"""Things that are ranked in less time than another thread takes to begin."""
CORRECTIONS_MAX = 50
"""Of a word: the nearest; twenty words of as many stay below the 1,024 clauses that Lucene takes."""

ENTITIES: Mapping[NodeKind, str] = {
    NodeKind(entity.name.upper()): entity.name for entity in CATALOGUE.values() if entity.searched
}
"""The kinds that can be asked for."""


class SearchStore(Protocol):
    """What search needs of a store."""

    async def revision(self) -> int: ...

    async def vocabulary(self) -> Sequence[tuple[str, int]]: ...

    async def candidates(
        self, terms: Sequence[Sequence[Term]], entities: frozenset[str] | None
    ) -> tuple[Sequence[Candidate], int]: ...


class Vocabulary:
    """The words of a revision: what begins with a word, and what a word could have been."""

    def __init__(self, revision: int, counts: Sequence[tuple[str, int]]) -> None:
        self.revision = revision
        self._counts = dict(counts)
        self._words = sorted(self._counts)
        self._by_length: dict[int, list[str]] = {}
        for word in self._words:
            self._by_length.setdefault(len(word), []).append(word)
        self._near: dict[str, list[str]] = {}

    def begins(self, word: str) -> bool:
        """Whether some word begins with it."""
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at].startswith(word)

    async def near(self, asked: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """By word asked for, those within the forgiven errors that do not begin with it: nearest first, then most frequent, then by alphabet."""
        known = {word: self._near[word] for word in asked if word in self._near}
        if sought := [word for word in asked if word not in known]:
            # In a thread, so that a rare large vocabulary keeps nobody else waiting.
            known.update(zip(sought, await asyncio.to_thread(lambda: list(map(self._nearest, sought))), strict=True))
            if len(self._near) > NEAR_MAX:
                self._near.clear()
            self._near |= known
        return {word: known[word] for word in asked}

    def _nearest(self, word: str) -> list[str]:
        if (len(word) <= SHORT or any(char.isdigit() for char in word)) and self.begins(word):
            return []
        errors = 2 if len(word) >= LONG else 1
        close: list[tuple[int, int, str]] = []
        for length in range(len(word) - errors, len(word) + errors + 1):
            found = extract_iter(word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=errors)
            close += [(distance, -self._counts[text], text) for text, distance, _ in found if not text.startswith(word)]
        return [text for *_, text in nsmallest(CORRECTIONS_MAX, close)]


# One vocabulary a store, that of the revision last searched; it goes with the store.
_vocabularies: WeakKeyDictionary[SearchStore, Vocabulary] = WeakKeyDictionary()


async def search(
    store: SearchStore, query: str, kinds: Collection[NodeKind] | None, first: int, after: str | None
) -> SearchResult:
    """A page of what matches all words of the query, best first.

    Args:
        query: any text; at most 1,000 characters and 20 words. Without a word in it nothing is found.
        kinds: of things to find; None: all that can be found; an empty one finds nothing.
        first: hits on the page, 0 to 1,000.
        after: cursor of a hit of the same query and kinds.
    Raises:
        BadValue: the query is too long, or a kind cannot be searched.
        BadPage: `first` is out of its bounds.
        BadCursor: `after` is malformed or from elsewhere.
    """
    if not 0 <= first <= FIRST_MAX:
        raise BadPage(f"first is {first}.", place="search.first", hint=f"Ask for 0 to {FIRST_MAX}.")
    entities = _entities(kinds)
    asked = _asked(query)
    bound_to = f"search {' '.join(asked)} of {'any' if entities is None else ' '.join(sorted(entities))}"
    seen = None if after is None else tuple(cursor.read(after, bound_to, (True, False, False)))
    if not asked or entities == frozenset():
        return SearchResult(has_previous_page=seen is not None)

    known = _vocabularies.get(store) or await _read(store)
    near, found, revision = await _look(store, known, asked, entities)
    if revision > known.revision:
        # Others have written since: their words count.
        known = await _read(store)
        near, found, _ = await _look(store, known, asked, entities)
    ranked = partial(_ranked, found, asked, near, seen)
    left = ranked() if len(found) <= FEW else await asyncio.to_thread(ranked)
    hits = tuple(
        SearchHit(entity, id_, match.score, cursor.write(bound_to, (int(match), key, id_)))
        for match, key, id_, entity in left[:first]
    )
    return SearchResult(hits, len(found), len(left) > first, seen is not None, _corrected(asked, near, known))


async def _read(store: SearchStore) -> Vocabulary:
    # The revision is read first: words of a later one are then read again at the next search, never kept for too long.
    revision = await store.revision()
    known = _vocabularies[store] = await asyncio.to_thread(Vocabulary, revision, await store.vocabulary())
    return known


async def _look(
    store: SearchStore, known: Vocabulary, asked: Sequence[str], entities: frozenset[str] | None
) -> tuple[Mapping[str, Sequence[str]], Sequence[Candidate], int]:
    """By word asked for, the words that it could have been; what holds one for each; at which revision."""
    near = await known.near(asked)
    return near, *await store.candidates(
        [[Term(word, beginning=True), *map(Term, near[word])] for word in near], entities
    )


def _entities(kinds: Collection[NodeKind] | None) -> frozenset[str] | None:
    if kinds is None:
        return None
    for kind in kinds:
        if kind not in ENTITIES:
            can = ", ".join(kind.value for kind in ENTITIES)
            raise BadValue(f"{kind.value} cannot be searched.", place="search.types", hint=f"Ask for some of {can}.")
    return frozenset(ENTITIES[kind] for kind in kinds)


def _asked(query: str) -> list[str]:
    if len(query) > QUERY_LENGTH_MAX:
        raise BadValue(
            f"The query has {len(query)} characters.",
            place="search.query",
            hint=f"Ask with at most {QUERY_LENGTH_MAX}.",
        )
    asked = words(query)
    if len(asked) > WORDS_MAX:
        raise BadValue(
            f"The query has {len(asked)} words.", place="search.query", hint=f"Ask with at most {WORDS_MAX}."
        )
    return asked


def _ranked(
    found: Iterable[Candidate], asked: Sequence[str], near: Mapping[str, Sequence[str]], seen: tuple[object, ...] | None
) -> list[tuple[Match, str, str, str]]:
    """Class, key of the name, id and entity of each hit after the one seen; best first."""
    match = _matcher(asked, near)
    ranked = [(match(each), each.name_key, each.id, each.entity) for each in found]
    return sorted(ranked if seen is None else [rank for rank in ranked if rank[:3] > seen])


def _matcher(asked: Sequence[str], near: Mapping[str, Sequence[str]]) -> Callable[[Candidate], Match]:
    """How a thing that holds all words matches them."""
    whole = " ".join(asked)
    spaced = [(f" {word}", [f" {text} " for text in near[word]]) for word in near]

    def match(found: Candidate) -> Match:
        _, _, name, name_en, _ = found
        if name.startswith(whole) or name_en.startswith(whole):
            return Match.WHOLE_NAME if whole in (name, name_en) else Match.BEGINNING_OF_NAME
        names = f" {name} {name_en} "
        missing = [corrections for beginning, corrections in spaced if beginning not in names]
        if not missing:
            return Match.WORD_IN_NAME
        if all(any(word in names for word in corrections) for corrections in missing):
            return Match.CORRECTED_WORD
        return Match.DESCRIPTION

    return match


def _corrected(asked: Sequence[str], near: Mapping[str, Sequence[str]], known: Vocabulary) -> str | None:
    """The query with the best correction of each word that begins nothing; None where there is none to correct, or none for one of them."""
    put = list(_put(asked, near, known))
    return " ".join(put) if put != list(asked) and len(put) == len(asked) else None


def _put(asked: Sequence[str], near: Mapping[str, Sequence[str]], known: Vocabulary) -> Iterator[str]:
    for word in asked:
        if known.begins(word):
            yield word
        elif near[word]:
            yield near[word][0]
