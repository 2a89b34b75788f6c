"""The README's first lines, and links between pages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_readme_begins_with_two_commands_that_exist() -> None:
    """They are all that a newcomer reads; `.ci/run` runs them, and this holds them to the scripts that it runs."""
    block = re.match(r"# Samverkan\n\n```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)

    assert block is not None
    commands = block.group(1).splitlines()
    assert commands == ["python3 scripts/serve.py", "python3 scripts/test.py"]
    assert all((ROOT / command.removeprefix("python3 ")).is_file() for command in commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A moved file takes its readers along."""
    targets = re.findall(r"\]\((?!\w+:|#)([^)#]+)", page.read_text("utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_script_that_contributors_are_told_of_exists() -> None:
    """A table of commands is copied from, line by line."""
    named = re.findall(r"scripts/\w+\.py", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))

    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_every_decision_is_listed() -> None:
    """A decision that nobody finds will be made again."""
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text("utf-8"))

    assert sorted(listed) == sorted(path.name for path in folder.glob("[0-9]*.md"))
