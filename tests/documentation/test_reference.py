"""Pages that are made from the code are those that the code makes now."""

from pathlib import Path

import pytest
import reference

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", reference.PAGES)
def test_reference_page_is_as_the_code_makes_it(name: str) -> None:
    """A page that lags behind the code misleads; `python scripts/reference.py` makes it again."""
    committed = (COMMITTED / name).read_text("utf-8")

    assert committed == reference.PAGES[name]()
