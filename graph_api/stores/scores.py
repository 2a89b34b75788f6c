"""Scores as the stores take them: who has which, in what form, and of which revision.

A store sorts by a score as it is written in JSON, so that its cursors and answers are the same bytes in each. Knows no statement.
"""

from collections.abc import Callable, Iterator, Sequence

import orjson

from graph_api.errors import Conflict
from graph_api.model.catalogue import Scalar
from graph_api.model.snapshot import Scores
from graph_api.plan.nodes import Page, Values
from graph_api.stores.facts import LAST_NUMBER

LAST_SCORE = LAST_NUMBER[Scalar.INT]
"""What stands for an undefined score in an order: nothing is greater."""
SCORE_BYTES = 24
"""No number of JSON is longer."""


def made_of(place: str) -> str:
    """Where a store puts what it makes of the scores at a place."""
    return f"{place} made"


def revision_of(page: Page) -> Callable[[Values], object]:
    """What finds the revision of the scores that a page is sorted by."""
    place = page.scores[0].place

    def getter(values: Values) -> object:
        scores = values[place]
        assert isinstance(scores, Scores)
        return scores.revision

    return getter


def defined(scores: object) -> Iterator[tuple[str, float]]:
    """Each actor that has a score, with it."""
    assert isinstance(scores, Scores)
    return ((id_, score) for id_, score in zip(scores.ids, scores.values.tolist(), strict=True) if score == score)


def blob(scores: Scores, places: Sequence[tuple[int, str]]) -> bytes:
    """The scores as one text of pieces of the same length: that of an actor at its key.

    Args:
        places: key and id of every actor.
    """
    known = {id_: orjson.dumps(score).ljust(SCORE_BYTES) for id_, score in defined(scores)}
    unknown = str(LAST_SCORE).encode().ljust(SCORE_BYTES)
    pieces = [unknown] * (max((key for key, _ in places), default=0) + 1)
    for key, id_ in places:
        pieces[key] = known.get(id_, unknown)
    return b"".join(pieces)


def check_revision(places: Sequence[str], values: Values, revision: int) -> None:
    """See that what was read at a revision was read with scores of the same.

    Raises:
        Conflict: it was not.
    """
    for place in places:
        scores = values[place]
        assert isinstance(scores, Scores)
        if scores.revision != revision and not scores.earlier:
            raise Conflict("The graph changed while scores were computed.", hint="Ask again.")
