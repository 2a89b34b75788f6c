"""What the documents show is run: each GraphQL block, on the region's data; each verb of the README's table, by name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from graph_api.cli import app
from tests.operations.region import Region, opened

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = [
    pytest.param(block, id=f"{page.name}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"```graphql\n(.*?)```", page.read_text("utf-8"), re.DOTALL), 1)
]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """The region's data."""
    with opened(tmp_path_factory.mktemp("examples")) as region:
        yield region


@pytest.mark.parametrize("document", EXAMPLES)
def test_an_example_is_answered_with_data(document: str, region: Region) -> None:
    """A reader copies it; an error would be the first thing that they meet."""
    answer, _ = region.ask(document)

    assert "errors" not in answer
    assert all(value is not None for value in answer["data"].values())


def test_the_readme_names_every_verb_and_no_other() -> None:
    """The table is where a reader looks for what the command can do."""
    command = typer.main.get_command(app)
    named = set(re.findall(r"^\| `samverkan (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))

    assert isinstance(command, TyperGroup)
    assert named == set(command.commands)
