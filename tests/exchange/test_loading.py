"""A folder → one write, and what is added to it about leads."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph_api.exchange.loading import load, with_leads
from graph_api.exchange.validation import BadFiles, read
from graph_api.model.changes import Batch, Row
from tests.exchange import region


def part(actor: str, role: str) -> Row:
    return {
        "id": f"participation:{actor}:i",
        "actor": f"actor:{actor}",
        "initiative": "initiative:i",
        "role": role,
        "sources": ["source:p"],
    }


def led(lead: str | None, *parts: Row) -> tuple[object, list[tuple[object, object]]]:
    """Lead of the initiative, and its participants with their roles, once loaded."""
    initiative: Row = {"id": "initiative:i", "slug": "i", "lead": lead, "sources": ["source:a", "source:b"]}
    batch = with_leads(Batch({"Initiative": [initiative], "Participation": parts}))
    return batch.things["Initiative"][0]["lead"], [(row["actor"], row["role"]) for row in batch.things["Participation"]]


def test_a_lead_that_does_not_take_part_does_so_as_lead() -> None:
    """The contract: the lead also is a participant as LEAD."""
    assert led("actor:a", part("b", "PARTNER")) == ("actor:a", [("actor:b", "PARTNER"), ("actor:a", "LEAD")])


def test_the_participation_that_is_added_has_the_sources_of_the_initiative(tmp_path: Path) -> None:
    """Every fact has a source: where the lead was read is where the initiative was."""
    added = with_leads(read(region.folder(tmp_path))).things["Participation"][-1]

    assert added == {
        "id": "participation:ale:test-bed",
        "actor": "actor:ale",
        "initiative": "initiative:test-bed",
        "role": "LEAD",
        "sources": ["source:page"],
    }


def test_a_lead_that_takes_part_in_another_role_leads_instead() -> None:
    """A participation is unique by actor and initiative, so there is no second one for it."""
    assert led("actor:a", part("a", "HOST"), part("b", "PARTNER")) == (
        "actor:a",
        [("actor:a", "LEAD"), ("actor:b", "PARTNER")],
    )


def test_the_only_participant_as_lead_is_the_lead_where_none_is_named() -> None:
    """A file may say it in the participations alone."""
    assert led(None, part("a", "LEAD"), part("b", "PARTNER"))[0] == "actor:a"


@pytest.mark.parametrize(
    "parts", [(), (part("a", "LEAD"), part("b", "LEAD")), (part("a", "PARTNER"),)], ids=["none", "two", "a partner"]
)
def test_no_lead_is_made_up(parts: tuple[Row, ...]) -> None:
    """Who of two leads is the lead is not known, and is not guessed."""
    assert led(None, *parts) == (None, [(row["actor"], row["role"]) for row in parts])


def test_other_participants_as_lead_stay(tmp_path: Path) -> None:
    """Some initiatives are led by several; one of them is the lead of the contract."""
    assert led("actor:a", part("a", "LEAD"), part("b", "LEAD"))[1] == [("actor:a", "LEAD"), ("actor:b", "LEAD")]


async def test_a_folder_is_written_at_once_with_its_leads(tmp_path: Path) -> None:
    """Readers must never see half of it."""
    store = region.Held(Batch())
    said: list[str] = []
    revision = await load(store, region.folder(tmp_path), by="test", on_progress=said.append)

    assert revision == 2
    assert store.batch == replace(with_leads(read(tmp_path)), imported=True)
    assert said == [f"Reading {tmp_path}", "Writing 15 rows"]


async def test_a_folder_with_a_fault_is_not_written(tmp_path: Path) -> None:
    """All or nothing."""
    store = region.Held(Batch())
    with pytest.raises(BadFiles):
        await load(store, region.folder(tmp_path, sources="slug,title\n"), by="test")

    assert store.now == 1
