"""Make the reference pages of the docs from the code: `python scripts/reference.py` writes those that are stale and names them.

Takes what the code says of itself; writes docs/reference/. Runs in the project's environment. A test compares each committed page with
the one made here.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from graph_api.config import PREFIX, LogLevel, Settings
from graph_api.model.vocabulary import Language

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"

NOTE = "<!-- Made by scripts/reference.py from the code; change it there. -->"

KINDS: dict[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Path: "path",
    Language: "one of " + ", ".join(language.value for language in Language),
    LogLevel: "one of " + ", ".join(get_args(LogLevel)),
}


def settings_page() -> str:
    """The page on settings: a row each."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {KINDS[field.annotation]} | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            NOTE,
            "",
            "Each is an environment variable. Where the command `samverkan` has an option of the same name, the option goes first.",
            "A value that does not fit ends the program with a line that names the variable.",
            "",
            "| variable | type | default | meaning |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        # Worked out where it runs: said in words.
        extra = field.json_schema_extra
        assert isinstance(extra, dict), field
        return str(extra["default"])
    value = field.default
    if value == "":
        return "empty"
    return f"`{value.value if isinstance(value, Language) else str(value).lower()}`"


PAGES: dict[str, Callable[[], str]] = {"settings.md": settings_page}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        page, file = make(), FOLDER / name
        if not file.exists() or file.read_text("utf-8") != page:
            file.write_text(page, "utf-8")
            print(f"reference: wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
