"""What travels between search and a store, and what search finds.

Term          a word, or a word's beginning, that a thing must hold
Candidate     a thing that holds what was asked, with what its rank is made of; the store gives it
Match         how a thing matches, best first
SearchHit     a thing found, with its score and cursor
SearchResult  a page of hits
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Term:
    """A word by `text.words`; a thing holds it in its name, English name or description."""

    text: str
    beginning: bool = False
    """Any word that begins with it will do."""


class Candidate(NamedTuple):
    """A thing that holds the terms. There may be very many at once, so a plain tuple."""

    entity: str
    id: str
    name: str
    """The words of its name, by `text.words`, joined by spaces."""
    name_en: str
    """Those of its English name; empty where there is none."""
    name_key: str
    """Its Swedish name by `text.sort_key`."""


class Match(IntEnum):
    """How a thing matches a query."""

    WHOLE_NAME = 0
    BEGINNING_OF_NAME = 1
    WORD_IN_NAME = 2
    CORRECTED_WORD = 3
    DESCRIPTION = 4

    @property
    def score(self) -> float:
        """1 for a whole name, a fifth less for each class after it.

        >>> [match.score for match in Match]
        [1.0, 0.8, 0.6, 0.4, 0.2]
        """
        return (5 - self) / 5


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A thing found."""

    entity: str
    id: str
    score: float
    cursor: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, best first."""

    hits: tuple[SearchHit, ...] = ()
    total_count: int = 0
    has_next_page: bool = False
    has_previous_page: bool = False
    corrected_query: str | None = None
    """The folded words that were searched for, where one of the query's begins nothing and a near one took its place."""

    @property
    def start_cursor(self) -> str | None:
        return self.hits[0].cursor if self.hits else None

    @property
    def end_cursor(self) -> str | None:
        return self.hits[-1].cursor if self.hits else None
