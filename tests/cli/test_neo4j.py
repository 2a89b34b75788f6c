"""The verbs of `samverkan neo4j`, as a developer types them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_api.stores.neo4j.local import BRIEF, LONG_TERM, NEWEST, free_port
from tests.stores import neo4j_server


def typed(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "graph_api", "neo4j", *words],
        # Its Java compiles less well and answers sooner.
        env={**os.environ, "SAMVERKAN_LANGUAGE": "EN", "JAVA_TOOL_OPTIONS": " ".join(BRIEF), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder for its data; whatever runs there in the end is stopped."""
    yield tmp_path / "neo4j"
    assert typed("down", "--home", str(tmp_path / "neo4j")).returncode == 0


@pytest.mark.neo4j
def test_a_server_stays_until_it_is_brought_down_and_its_data_longer(home: Path) -> None:
    """A developer's day: up, look, up again by mistake, down, and the next morning the graph is there."""
    neo4j_server.needed(NEWEST)
    at = ("--home", str(home))
    port = str(free_port())

    first = json.loads(typed("up", *at, "--port", port, "--json").stdout)
    graph = neo4j_server.graph_at(first["address"])
    graph.driver.execute_query("CREATE (:Kept)")
    graph.driver.close()
    shown, again = typed("status", *at), json.loads(typed("up", *at, "--json").stdout)
    other = typed("up", *at, "--version", LONG_TERM)
    stopped, gone = typed("down", *at), typed("status", *at)
    refused = typed("up", *at, "--version", LONG_TERM)
    last = json.loads(typed("up", *at, "--json").stdout)
    graph = neo4j_server.graph_at(last["address"])
    kept = graph.driver.execute_query("MATCH (n:Kept) RETURN count(n)").records[0][0]
    graph.driver.close()

    # Others share the machine, and the address lets its reader in.
    assert home.with_name("neo4j.json").stat().st_mode & 0o077 == home.stat().st_mode & 0o077 == 0
    assert (first["version"], first["already"]) == (NEWEST, False)
    assert shown.returncode == 0
    assert f"{NEWEST} runs: 127.0.0.1:{port}, process {first['pid']}" in shown.stdout
    assert again == first | {"already": True}
    assert (other.returncode, NEWEST in other.stdout) == (0, True)
    assert (stopped.returncode, gone.returncode) == (0, 3)
    assert (refused.returncode, "BAD_VALUE" in refused.stderr) == (2, True)
    assert (last["address"], kept) == (first["address"], 1)


def test_a_machine_without_maven_is_told_in_a_line(tmp_path: Path) -> None:
    """No trace, and what to install."""
    python_alone = {
        "PATH": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "JAVA_HOME": os.environ.get("JAVA_HOME", ""),
    }
    done = typed("up", "--home", str(tmp_path / "neo4j"), **python_alone)

    assert done.returncode == 3
    assert "Install" in done.stderr
    assert "Traceback" not in done.stderr


def test_data_of_another_program_are_left_alone(tmp_path: Path) -> None:
    """A home that was not made here has a password that is not known here."""
    (tmp_path / "neo4j" / "data").mkdir(parents=True)
    done = typed("up", "--home", str(tmp_path / "neo4j"))

    assert (done.returncode, "BAD_VALUE" in done.stderr) == (2, True)


def test_nothing_to_stop_is_no_fault(tmp_path: Path) -> None:
    """The state that was asked for is there."""
    done = typed("down", "--home", str(tmp_path / "neo4j"))

    assert (done.returncode, "No Neo4j runs" in done.stdout) == (0, True)
