"""Pages that are made from the code are those that the code makes now."""

from pathlib import Path

import asked
import pytest
import reference

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", reference.PAGES)
def test_reference_page_is_as_the_code_makes_it(name: str) -> None:
    """A page that lags behind the code misleads; `python scripts/reference.py` makes it again."""
    committed = (COMMITTED / name).read_text("utf-8")

    assert committed == reference.PAGES[name]()


def test_every_field_of_the_api_is_asked_by_a_test() -> None:
    """A field that no test asks is a promise that nobody keeps an eye on; `docs/reference/tested.md` has the table."""
    assert [field for field, place in asked.asked().items() if place is None] == []


def test_a_field_that_no_test_asks_is_found() -> None:
    """A check that cannot fail is none."""
    assert asked.place_of({"Actor.name": "a test"}, "Municipality", "name") == "a test"
    assert asked.place_of({"Actor.name": "a test"}, "Municipality", "code") is None
