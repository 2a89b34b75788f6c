"""The schema as text: fresh, described, and as the public contract has it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from graphql import (
    DEFAULT_DEPRECATION_REASON,
    GraphQLSchema,
    build_schema,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    is_specified_scalar_type,
)

from graph_api.schema.printing import breaking, printed

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT.parent / "shared" / "tools" / "contract.py"


def test_the_committed_schema_is_fresh() -> None:
    """Clients generate their types from the file; a change of the API is seen in a review."""
    committed = (ROOT / "schema.graphql").read_text(encoding="utf-8")

    assert committed == printed(), "python -m graph_api.schema.printing > schema.graphql"


def test_the_module_prints_the_schema() -> None:
    """So that a shell can write or compare it without a server."""
    run = subprocess.run(
        [sys.executable, "-m", "graph_api.schema.printing"], cwd=ROOT, capture_output=True, check=True, text=True
    )

    assert run.stdout == printed()


def _undescribed(schema: GraphQLSchema) -> Iterator[str]:
    for type_ in schema.type_map.values():
        if type_.name.startswith("__") or is_specified_scalar_type(type_):
            continue
        if not type_.description:
            yield type_.name
        if is_enum_type(type_):
            yield from (f"{type_.name}.{name}" for name, value in type_.values.items() if not value.description)
        if is_object_type(type_) or is_interface_type(type_):
            for name, field in type_.fields.items():
                if not field.description:
                    yield f"{type_.name}.{name}"
                yield from (f"{type_.name}.{name}({arg})" for arg, of in field.args.items() if not of.description)
        if is_input_object_type(type_):
            yield from (f"{type_.name}.{name}" for name, field in type_.fields.items() if not field.description)


def test_everything_in_the_schema_says_what_it_is() -> None:
    """GraphiQL and generated clients show the descriptions where people look for them."""
    assert list(_undescribed(build_schema(printed()))) == []


def _unsaid(schema: GraphQLSchema) -> Iterator[str]:
    """What is deprecated without a word on what to use instead."""
    for type_ in schema.type_map.values():
        members = getattr(type_, "values", None) or getattr(type_, "fields", None) or {}
        for name, member in members.items():
            arguments = getattr(member, "args", {}).items()
            for place, of in [(name, member), *((f"{name}({argument})", of) for argument, of in arguments)]:
                reason = of.deprecation_reason
                if reason is not None and reason.strip() in ("", DEFAULT_DEPRECATION_REASON):
                    yield f"{type_.name}.{place}"


def test_what_is_deprecated_says_what_to_use_instead() -> None:
    """A reader who meets it must know where to go."""
    told = build_schema('type Query { old: Int @deprecated(reason: "Use new.") older: Int @deprecated }')

    assert list(_unsaid(told)) == ["Query.older"]
    assert list(_unsaid(build_schema(printed()))) == []


def announced(changelog: str) -> list[str]:
    """The lines of the coming release that say what breaks."""
    coming = changelog.partition("## [Unreleased]")[2].partition("\n## ")[0]
    breaking_part = coming.partition("### Breaking")[2].partition("\n### ")[0]
    return [line for line in breaking_part.splitlines() if line.startswith("- ")]


def unannounced(changes: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The changes whose first name, a type or `Type.field`, no line holds."""
    named = "\n".join(lines)
    return [change for change in changes if f"`{_place(change)}`" not in named]


def _place(change: str) -> str:
    """The type, field or value that a sentence on a change speaks of."""
    found = re.search(r"\w+\.\w+", change)
    return found[0] if found else change.split(maxsplit=1)[0]


def test_what_breaks_a_client_is_announced() -> None:
    """schema.released.graphql is the schema of the last release; who upgrades reads the changelog first."""
    released = (ROOT / "schema.released.graphql").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert unannounced(breaking(released, printed()), announced(changelog)) == [], (
        'say it in CHANGELOG.md under "### Breaking", with its name in backticks'
    )


@pytest.mark.parametrize(
    ("present", "place"),
    [
        ("type Query { a(n: Int, m: Int): E } enum E { ONE TWO } type Gone { b: Int }", None),
        ("type Query { a(n: Int): E } enum E { ONE TWO }", "Gone"),
        ("type Query { b: E } enum E { ONE TWO } type Gone { b: Int }", "Query.a"),
        ("type Query { a(n: Int): E } enum E { ONE } type Gone { b: Int }", "E.TWO"),
        ("type Query { a(n: Int!): E } enum E { ONE TWO } type Gone { b: Int }", "Query.a"),
        ("type Query { a(n: Int): [E] } enum E { ONE TWO } type Gone { b: Int }", "Query.a"),
        ("type Query { a(n: Int, m: Int!): E } enum E { ONE TWO } type Gone { b: Int }", "Query.a"),
    ],
)
def test_a_breaking_change_is_found_unless_it_is_announced(present: str, place: str | None) -> None:
    """Else the test above would let everything pass."""
    changes = breaking("type Query { a(n: Int): E } enum E { ONE TWO } type Gone { b: Int }", present)
    said = f"# Changelog\n\n## [Unreleased]\n\n### Breaking\n\n- `{place}` is gone.\n\n### Added\n\n- More.\n"

    assert unannounced(changes, announced("## [Unreleased]\n\n### Added\n\n- `Query.a`\n")) == changes
    assert len(changes) == (place is not None)
    assert unannounced(changes, announced(said)) == []


@pytest.mark.skipif(
    not CONTRACT.is_file() and os.environ.get("CI") != "true", reason="the public contract is not beside this checkout"
)
def test_the_schema_keeps_the_public_contract() -> None:
    """Names, shapes and defaults that others build on."""
    run = subprocess.run(
        [sys.executable, str(CONTRACT), "schema.graphql"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
