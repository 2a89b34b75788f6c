"""The schema as text: fresh, described, and as the public contract has it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLSchema,
    build_schema,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    is_specified_scalar_type,
)

from graph_api.schema.printing import printed

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


@pytest.mark.skipif(
    not CONTRACT.is_file() and os.environ.get("CI") != "true", reason="the public contract is not beside this checkout"
)
def test_the_schema_keeps_the_public_contract() -> None:
    """Names, shapes and defaults that others build on."""
    without = "analysis,writes,live,aggregates,scores"
    run = subprocess.run(
        [sys.executable, str(CONTRACT), "schema.graphql", "--without", without],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
