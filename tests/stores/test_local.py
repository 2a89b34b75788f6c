"""A Neo4j of one's own: it starts, keeps its door and its data, says what is wrong, and leaves nothing running."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import AuthError

from graph_api.config import cache_folder
from graph_api.errors import BadValue, StoreAway
from graph_api.stores.neo4j import local
from graph_api.stores.neo4j.local import LONG_TERM, NEWEST, Home, LocalServer, answers, free_port, java_for
from tests.stores import neo4j_server

PASSWORD = "-@ of/this:tëst"


def ask(home: Home, text: str, password: str = PASSWORD) -> list[object]:
    """The first column of what a statement finds."""
    with neo4j.GraphDatabase.driver(home.uri, auth=("neo4j", password)) as driver:
        return [record[0] for record in driver.execute_query(text, database_="neo4j").records]


# ------------------------------------------------------------------------------------------------ running
@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    neo4j_server.needed(NEWEST)
    home = Home(tmp_path_factory.mktemp("neo4j"), password=PASSWORD)
    with LocalServer(NEWEST, cache_folder(), home, brief=True) as server:
        yield server


@pytest.mark.neo4j
def test_only_the_password_opens(server: LocalServer) -> None:
    """A server that lets everybody in would make each test of a wrong password pass."""
    (home,) = server.homes

    assert ask(home, "RETURN 1") == [1]
    with pytest.raises(AuthError):
        ask(home, "RETURN 1", "neo4j")


@pytest.mark.neo4j
def test_what_was_committed_outlives_a_kill(server: LocalServer) -> None:
    """The same home and port again, as after a power cut: faults are tested so, and a developer's graph survives them."""
    (home,) = server.homes
    ask(home, "CREATE (:Kept)")

    server.kill()
    assert not answers(home.port)
    server.start()
    assert ask(home, "MATCH (n:Kept) RETURN count(n)") == [1]


@pytest.mark.neo4j
def test_a_port_that_is_taken_is_said_before_anything_starts(server: LocalServer, tmp_path: Path) -> None:
    """Else another server's answers would be taken for those of this one."""
    second = LocalServer(NEWEST, cache_folder(), Home(tmp_path, port=server.homes[0].port))

    with pytest.raises(StoreAway, match="cannot be listened on"):
        second.start()


@pytest.mark.neo4j
def test_a_server_that_dies_at_its_start_says_why(tmp_path: Path) -> None:
    """A developer reads the reason, and looks for no log."""
    neo4j_server.needed(NEWEST)
    home = Home(tmp_path, settings={"server.memory.pagecache.size": "plenty"})

    with pytest.raises(StoreAway, match=r"(?s)ended with code 1.*plenty"):
        LocalServer(NEWEST, cache_folder(), home, brief=True).start()


STARTING = """
import sys
from pathlib import Path
from graph_api.config import cache_folder
from graph_api.stores.neo4j.local import NEWEST, Home, LocalServer

server = LocalServer(NEWEST, cache_folder(), Home(Path(sys.argv[1]), int(sys.argv[2])), brief=True)
server.start()
print(server.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.neo4j
def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    """A test session that is killed must leave nothing that eats the machine."""
    neo4j_server.needed(NEWEST)
    port = free_port()
    command = [sys.executable, "-c", STARTING, str(tmp_path), str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        assert answers(port)
        starter.kill()

    until = time.monotonic() + 20
    while _runs(pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    # The dead whom nobody has buried yet count as dead.
    return found.strip() != "" and not found.startswith("Z")


# ------------------------------------------------------------------------------------------------ lent graphs
@pytest.mark.neo4j
@pytest.mark.parametrize("version", [NEWEST, LONG_TERM])
async def test_a_lent_graph_is_empty_and_nobody_elses(version: str, request: pytest.FixtureRequest) -> None:
    """Tests must not see what others wrote, before them or beside them."""
    neo4j_server.needed(version)
    request.config.add_cleanup(neo4j_server.close)
    count = "MATCH (n) WHERE NOT n:Graph AND NOT n:Migration RETURN count(n) AS n"
    async with neo4j_server.lent(version) as one, neo4j_server.lent(version) as other:
        one.driver.execute_query("UNWIND range(1, 1000) AS i CREATE (:A {i: i})-[:T]->(:B)")
        found = one.driver.execute_query(count).records[0]["n"], other.driver.execute_query(count).records[0]["n"]
    async with neo4j_server.lent(version) as one, neo4j_server.lent(version) as other:
        left = one.driver.execute_query(count).records[0]["n"] + other.driver.execute_query(count).records[0]["n"]

    assert (found, left) == ((2000, 0), 0)
    assert one.driver.get_server_info().agent == f"Neo4j/{version}"


@pytest.mark.neo4j
async def test_the_server_itself_counts_statements(request: pytest.FixtureRequest) -> None:
    """That an operation is one statement is shown by what Neo4j saw, not by what we meant to send."""
    neo4j_server.needed(NEWEST)
    request.config.add_cleanup(neo4j_server.close)
    async with neo4j_server.lent() as graph:
        graph.driver.execute_query("RETURN 0")
        graph.forget_statements()
        for number in range(3):
            graph.driver.execute_query("RETURN $n", n=number)

        assert graph.statements() == {"RETURN $n": 3}


# ------------------------------------------------------------------------------------------------ what it needs
def test_a_version_that_is_not_known_is_bad_input() -> None:
    """Each version has settings of its own."""
    with pytest.raises(BadValue, match=NEWEST):
        java_for("4.4.0")


def test_a_machine_without_java_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One clear line."""
    monkeypatch.setattr(local, "_javas", lambda: iter([tmp_path / "java"]))

    with pytest.raises(StoreAway, match=r"needs Java 21 or newer.*Install a JDK"):
        java_for(NEWEST)


@pytest.fixture
def maven(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file to write a Maven into; the only program on the path beside a shell's own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder / "mvn"


def test_a_machine_without_maven_is_told_what_to_install(maven: Path, tmp_path: Path) -> None:
    """One clear line."""
    with pytest.raises(StoreAway, match="apt install maven"):
        local.jars_of(NEWEST, tmp_path)


def test_a_fetch_that_fails_leaves_nothing(maven: Path, tmp_path: Path) -> None:
    """Half of the jars would look like all of them."""
    maven.write_text('#!/bin/sh\n/bin/mkdir "${6#*=}"; echo half > "${6#*=}/a.jar"; echo no route >&2; exit 1\n')
    maven.chmod(0o755)

    with pytest.raises(StoreAway, match="no route"):
        local.jars_of(NEWEST, tmp_path / "kept")
    assert list((tmp_path / "kept" / "neo4j").iterdir()) == []


def test_what_was_fetched_is_whole_and_fetched_once(maven: Path, tmp_path: Path) -> None:
    """The second time needs no network."""
    maven.write_text('#!/bin/sh\n/bin/mkdir "${6#*=}"; echo whole > "${6#*=}/a.jar"\n')
    maven.chmod(0o755)
    jars = local.jars_of(NEWEST, tmp_path / "kept")
    maven.unlink()

    assert (jars / "a.jar").read_text() == "whole\n"
    assert local.jars_of(NEWEST, tmp_path / "kept") == jars
    assert list(jars.parent.iterdir()) == [jars]


def test_the_library_for_analyses_is_kept_beside_and_is_of_one_version(maven: Path, tmp_path: Path) -> None:
    """One that was made for another Neo4j would end its start with pages of Java."""
    maven.write_text('#!/bin/sh\n/bin/mkdir "${6#*=}"; echo whole > "${6#*=}/a.jar"\n')
    maven.chmod(0o755)
    jars, library = local.jars_of(NEWEST, tmp_path), local.gds_of(NEWEST, tmp_path)

    assert jars.parent == library.parent
    assert library.name == f"gds-{local.GDS[NEWEST]}"
    with pytest.raises(BadValue, match=NEWEST):
        local.gds_of(LONG_TERM, tmp_path)
