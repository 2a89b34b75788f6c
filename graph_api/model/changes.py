"""Rows as they travel between files, stores and writers, and a batch of them as one write.

A row maps outward names to plain values: `id`; fields (a translated one also as `nameEn`; closed lists by name; dates
as text; `position` as `longitude` and `latitude`); references by the id of the thing, or None; listed pairs
(`Pair.listed_as`) as a list of ids. A missing key means None or [].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
    """Ids of things that go, with their ties and links."""
