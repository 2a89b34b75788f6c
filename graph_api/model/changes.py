"""Rows as they travel between files, stores and writers, a batch of them as one write, and a write as the change log keeps it.

A row maps outward names to plain values: `id`; fields (a translated one also as `nameEn`; closed lists by name; dates
as text; `position` as `longitude` and `latitude`); references by the id of the thing, or None; listed pairs
(`Pair.listed_as`) as a list of ids. A missing key means None or [].
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graph_api.errors import BadValue

Row = Mapping[str, object]
Link = tuple[str, str, str | None]
"""Of a pair with a file of its own: id of the left thing, id of the right one, id of what the pair refers to."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one write does, wholly or not at all."""

    things: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """By entity: whole rows. One with a known id replaces that thing, with all its listed pairs."""
    links: Mapping[str, Sequence[Link]] = field(default_factory=dict)
    """By pair: links of the pairs that have a file of their own; one that is there already is given its reference anew."""
    deleted: Sequence[str] = ()
    """Ids of things that go before all else is written, with their ties and links."""
    unlinked: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """By pair: both ends of links that go; one that is not there is no fault."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Things that go after all else is written, each by its id, which from then on answers as another's."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Ids of what was merged elsewhere, each with that of the thing that answers: one of those that are written, or are there."""
    imported: bool = False
    """It comes from files: a thing that is new by it is IMPORTED in the change log; what was there and is another now UPDATED, as by any write."""
    expected: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By entity and id: a revision since which the thing must not have changed."""


@dataclass(frozen=True, slots=True)
class There:
    """What a write sees before it begins."""

    things: Mapping[str, Mapping[str, Row]]
    """By entity and id: the things that were asked for, and those that refer to some of them."""
    links: Mapping[str, Sequence[Link]]
    """By pair: the links that were asked for, and those of them whose referrers were."""
    aliases: Mapping[str, str]
    """Of the ids that were asked for: those that answer as another's."""


class Edit(Protocol):
    """A write that depends on what is there; a store may begin it anew."""

    @property
    def wanted(self) -> Mapping[str, Collection[str]]:
        """By entity: ids of things that it looks at."""

    @property
    def whole(self) -> Mapping[str, Collection[str]]:
        """By entity: ids of those of which it also sees what refers to them, and all their links."""

    @property
    def linked(self) -> Mapping[str, Collection[str]]:
        """By pair: ids of those on its left of which it sees these links."""

    def batch(self, there: There) -> Batch:
        """What it does then. Whatever this raises ends the write, and nothing is written."""

    def wrote(self, log: Sequence[tuple[str, str, str]]) -> None:
        """Is told action, entity and id of each change before they are kept."""


# ------------------------------------------------------------------------------------------------ the change log
Place = tuple[int, str]
"""Where a change lies in the log: its revision and its id. Places compare as the changes came."""


@dataclass(frozen=True, slots=True)
class Change:
    """One recorded change."""

    id: str
    revision: int
    at: str
    """RFC 3339, in UTC."""
    by: str
    action: str
    kind: str
    node_id: str
    before: Row | None
    """The whole row; of a link: `pair`, and the ids of its two ends and of what it refers to, of which `node_id` is the left one."""
    after: Row | None

    @property
    def place(self) -> Place:
        return self.revision, self.id


def change_id(revision: int, number: int) -> str:
    """The id of a revision's change; ids of one revision sort as their numbers.

    >>> change_id(12, 3)
    'change:12:0000003'
    """
    return f"change:{revision}:{number:07}"


def end_of(revision: int) -> Place:
    """Behind all changes of a revision, and before those of the next."""
    return revision, "~"


def place_of(id_: str) -> Place:
    """Where the change with this id lies.

    Raises:
        BadValue: no change has such an id.
    """
    prefix, _, rest = id_.partition(":")
    revision, _, number = rest.partition(":")
    if prefix != "change" or not (revision.isdecimal() and number.isdecimal()) or len(revision) > 18:
        raise BadValue(f'"{id_}" is not the id of a change.', hint="Take it as it was answered.")
    return int(revision), id_
