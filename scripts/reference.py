"""Make the reference pages of the docs from the code: `python scripts/reference.py` writes those that are stale and names them.

Takes what the code says of itself; writes docs/reference/. Runs in the project's environment. A test compares each committed page with
the one made here.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import asked
import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from typer.core import TyperCommand, TyperGroup, TyperOption

import graph_api
from graph_api.cli import app
from graph_api.config import PREFIX, AnalysisEngine, LogLevel, Settings
from graph_api.errors import SamverkanError
from graph_api.exchange.registry import FORMATS
from graph_api.exchange.rows import file_of
from graph_api.exchange.validation import FaultCode
from graph_api.model.catalogue import CHANGE, READ, Scalar
from graph_api.model.vocabulary import Language

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"

NOTE = "<!-- Made by scripts/reference.py from the code; change it there. -->"

KINDS: dict[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    SecretStr: "text, never shown",
    Path: "path",
    Path | None: "path",
    Language: "one of " + ", ".join(language.value for language in Language),
    AnalysisEngine: "one of " + ", ".join(get_args(AnalysisEngine)),
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
    if value is None or value == SecretStr(""):
        return "empty"
    return f"`{value.value if isinstance(value, Language) else str(value).lower()}`"


def errors_page() -> str:
    """The page on errors: a row a code, from the tree of classes."""
    for module in pkgutil.walk_packages(graph_api.__path__, "graph_api."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    rows = {f"| `{found.code}` | {found.status} | {_first_line(found)} |" for found in _below(SamverkanError)}
    rows |= {f"| `{code.name}` | 422 | In a file: {code.value} |" for code in FaultCode}
    rows |= {
        "| `GRAPHQL` | 400 | The document does not fit the schema, or a variable its type; in plain `application/json` the status is 200. |",
        "| `INTERNAL` | 500 | Something went wrong on our side; `extensions.id` is in the log too. |",
    }
    return "\n".join(
        [
            "# Errors",
            "",
            NOTE,
            "",
            "An error of GraphQL has its code in `extensions.code`, a message that says what would be right, and, where there is",
            "one, a `place`. The command prints the same and ends with exit code 2 for bad input, 3 where the store cannot serve,",
            "4 where an analysis could not be finished, 1 where a check found faults.",
            "",
            "| code | HTTP status | when |",
            "| --- | --- | --- |",
            *sorted(rows),
            "",
        ]
    )


def _below(error: type[SamverkanError]) -> Iterator[type[SamverkanError]]:
    for found in error.__subclasses__():
        yield found
        yield from _below(found)


def _first_line(found: type) -> str:
    return (found.__doc__ or "").strip().partition("\n")[0]


def commands_page() -> str:
    """The page on the command: a section a verb, from the command itself."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    lines = ["# The command samverkan", "", NOTE, "", str(group.help), "", str(group.epilog), ""]
    for name, verb in _verbs(group, "samverkan"):
        lines += [
            f"## {name}",
            "",
            " ".join(str(verb.help).split()),
            "",
            "| option | meaning |",
            "| --- | --- |",
        ]
        for parameter in verb.params:
            named = (
                ", ".join(f"`{option}`" for option in parameter.opts)
                if isinstance(parameter, TyperOption)
                else f"`{(parameter.name or '').upper()}`"
            )
            lines.append(f"| {named} | {getattr(parameter, 'help', '')} |")
        lines.append("")
    return "\n".join(lines)


def _verbs(group: TyperGroup, name: str) -> Iterator[tuple[str, TyperCommand]]:
    for word, found in group.commands.items():
        if isinstance(found, TyperGroup):
            yield from _verbs(found, f"{name} {word}")
        elif isinstance(found, TyperCommand):
            yield f"{name} {word}", found


def fields_page() -> str:
    """The page on the domain: a section an entity, from the catalogue."""
    lines = [
        "# Entities and their fields",
        "",
        NOTE,
        "",
        "Made from `graph_api/model/catalogue.py`. Filter and order say where the API takes a field; file is its column in CSV.",
        "",
    ]
    for entity in READ.values():
        lines += [
            f"## {entity.name}",
            "",
            entity.doc,
            "",
            "| field | type | filter | order | meaning |",
            "| --- | --- | --- | --- | --- |",
        ]
        for field in entity.fields:
            kind = field.type.value if isinstance(field.type, Scalar) else field.type.__name__
            marks = ["yes" if mark else "" for mark in (field.filter, field.order)]
            only = f" Of {', '.join(kind.value for kind in field.kinds)} alone." if field.kinds else ""
            lines.append(
                f"| `{field.name}` | {kind}{'!' if field.required else ''} | {marks[0]} | {marks[1]} | {field.doc}{only} |"
            )
        for one in entity.ones:
            kind = f"{one.shown_as or one.target}{'!' if one.required else ''}"
            marks = ["yes" if mark else "" for mark in (one.filter, one.order)]
            lines.append(f"| `{one.name}` | {kind} | {marks[0]} | {marks[1]} | {one.doc} |")
        for many in entity.many:
            lines.append(
                f"| `{many.name}` | {many.connection}Connection! | {'yes' if many.filter else ''} | | {many.doc} |"
            )
            if many.grouped:
                keys = f"[{many.target}Aggregate!]!"
                lines.append(f"| `{many.aggregate}` | {keys} | | | The same, counted by group. |")
        if entity.scored:
            lines.append(
                "| `centrality` | Float | | yes | The score by a measure in a network; null where undefined. |"
            )
        for count in entity.counts:
            lines.append(f"| `{count.name}` | order alone | | yes | How many {count.relation} there are. |")
        if entity is CHANGE:
            lines += ["", "No file: it is written by the stores alone. Every thing has its changes as `history`.", ""]
            continue
        file = file_of(entity)
        lines += ["", f"File `{file.name}`: {', '.join(f'`{column.name}`' for column in file.columns)}.", ""]
    return "\n".join(lines)


def formats_page() -> str:
    """The page on files: a row a format."""
    rows = [
        f"| `{ending}` | {found.name} | {found.media_type} | {found.carries} |" for ending, found in FORMATS.items()
    ]
    return "\n".join(
        [
            "# Formats of files",
            "",
            NOTE,
            "",
            "`samverkan export graph.graphml` writes a file, `samverkan export FOLDER` the tables;",
            "the server has the files at `/export/graph` and the ending.",
            "",
            "| ending | name | media type | carries |",
            "| --- | --- | --- | --- |",
            *rows,
            "| none | CSV | text/csv | Everything: a folder with a file an entity, as `seed/` is. |",
            "",
        ]
    )


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "errors.md": errors_page,
    "commands.md": commands_page,
    "fields.md": fields_page,
    "formats.md": formats_page,
    "tested.md": asked.page,
}
"""Each page by its name."""


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
