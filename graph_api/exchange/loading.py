"""A folder of files → one write to a store.

In: a folder as `exchange.validation` reads it. Out: the store's new revision. Adds what the contract says of an initiative's lead, so that the
files may name it in one place only. Knows no particular store.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from graph_api.exchange.rows import tie_id
from graph_api.exchange.validation import read
from graph_api.model.catalogue import CATALOGUE
from graph_api.model.changes import Batch, Row
from graph_api.model.vocabulary import ParticipationRole

LEAD = ParticipationRole.LEAD.name


class Writer(Protocol):
    """What a store must do to be loaded."""

    async def write(self, batch: Batch, expected_revision: int | None, by: str) -> int:
        """Writes the batch wholly or not at all; returns the new revision."""
        ...


def with_leads(batch: Batch) -> Batch:
    """The batch with leads and participations of one voice: the lead of an initiative is a participant as LEAD.

    A lead that does not take part is added as one, with the initiative's sources; one that takes part in another role leads instead, since a
    participation is unique by actor and initiative. An initiative without a lead is given the only one that takes part as LEAD, if there is
    exactly one. Nothing else is touched, and other participants as LEAD stay.
    """
    initiatives = batch.things.get("Initiative", ())
    participations = {(row["actor"], row["initiative"]): row for row in batch.things.get("Participation", ())}
    leads: dict[object, list[object]] = defaultdict(list)
    for (actor, initiative), row in participations.items():
        if row["role"] == LEAD:
            leads[initiative].append(actor)
    led: list[Row] = []
    for initiative in initiatives:
        id_, lead = initiative["id"], initiative.get("lead")
        if lead is None and len(leads[id_]) == 1:
            initiative = {**initiative, "lead": leads[id_][0]}  # noqa: PLW2901
        elif lead is not None:
            ends = {"actor": lead, "initiative": id_}
            made = {"id": tie_id(CATALOGUE["Participation"], ends), **ends, "sources": initiative.get("sources", [])}
            participations[lead, id_] = {**participations.get((lead, id_), made), "role": LEAD}
        led.append(initiative)
    return replace(batch, things={**batch.things, "Initiative": led, "Participation": list(participations.values())})


async def load(
    store: Writer,
    folder: Path,
    by: str,
    on_progress: Callable[[str], None] | None = None,
    expected_revision: int | None = None,
) -> int:
    """Writes a folder to a store in one piece, over what is there; returns the new revision.

    In the change log what is new is IMPORTED, what was there and is another now UPDATED.

    Args:
        by: who does it, for the change log.
        on_progress: is told in a few words what is being done.
        expected_revision: the store's, if nothing may have been written to it since.
    Raises:
        Conflict: the store is at another revision; nothing was written.
        BadFiles: with all faults; nothing was written.
        StoreError: the store could not write; nothing was written.
    """
    say = on_progress or (lambda _: None)
    say(f"Reading {folder}")
    batch = replace(with_leads(read(folder)), imported=True)
    count = sum(len(rows) for rows in batch.things.values()) + sum(len(links) for links in batch.links.values())
    say(f"Writing {count} rows")
    return await store.write(batch, expected_revision=expected_revision, by=by)
