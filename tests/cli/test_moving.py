"""`samverkan copy`, `stats --hash` and `migrate` as their users type them; with real interruptions."""

import json
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from tests.cli.test_cli import ROOT, samverkan

INTERRUPTIBLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # what started the tests may ignore it
from graph_api.cli import main
main()
"""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the region's data."""
    path = tmp_path_factory.mktemp("moving") / "region.db"
    done = samverkan("seed", "--database", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def digest(region: Path) -> str:
    """The hash of the region's data."""
    done = samverkan("stats", "--json", "--hash", "--database", str(region))
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["hash"])


def interrupted(region: Path, target: Path, at: str, by: signal.Signals) -> subprocess.CompletedProcess[str]:
    """A copy that is sent a signal when it begins to write a table."""
    words = ["copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{target}", "--language", "en"]
    child = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr
    for line in child.stderr:
        if line == f"Writing {at}\n":
            child.send_signal(by)
            break
    out, err = child.communicate(timeout=60)
    return subprocess.CompletedProcess(words, child.returncode, out, err)


def test_a_copy_holds_the_same_and_says_so(region: Path, digest: str, tmp_path: Path) -> None:
    """Whoever moves to another machine sees that nothing was lost."""
    done = samverkan("copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{tmp_path}/copy.db", "--language", "en")
    seen = samverkan("stats", "--json", "--hash", "--database", str(tmp_path / "copy.db"))

    assert done.returncode == 0, done.stderr
    assert "both hold the same" in done.stdout
    assert done.stdout.splitlines()[-1] == digest == json.loads(seen.stdout)["hash"]


def test_a_copy_in_json_holds_counts_and_hash(region: Path, digest: str, tmp_path: Path) -> None:
    """For the log of a nightly copy."""
    done = samverkan("copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{tmp_path}/copy.db", "--json")

    held = json.loads(done.stdout)
    assert held["hash"] == digest
    assert (held["counts"]["Actor"], held["counts"]["Source"]) == (780, 912)


def test_the_source_is_the_store_of_the_settings_where_none_is_named(region: Path, digest: str, tmp_path: Path) -> None:
    """Most move the embedded store, whose path they do not know."""
    done = samverkan("copy", "--to", f"sqlite:{tmp_path}/copy.db", database=str(region))

    assert done.stdout.splitlines()[-1] == digest, done.stderr


@pytest.mark.parametrize("table", ["Actor", "Affiliation", "Participation"])
def test_a_copy_that_was_killed_is_finished_by_resume(region: Path, digest: str, table: str, tmp_path: Path) -> None:
    """Power fails in the middle of hours: what was written stays, and is not taken for the whole."""
    target = tmp_path / "copy.db"
    killed = interrupted(region, target, table, signal.SIGKILL)
    refused = samverkan("copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{target}")
    done = samverkan("copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{target}", "--resume")

    assert killed.returncode == -signal.SIGKILL
    assert (refused.returncode, "TARGET_TAKEN" in refused.stderr) == (2, True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == digest


def test_a_copy_that_is_stopped_says_how_to_go_on(region: Path, digest: str, tmp_path: Path) -> None:
    """Ctrl-C leaves a target that looks like a graph: one has to know that it is not all of it."""
    target = tmp_path / "copy.db"
    stopped = interrupted(region, target, "Affiliation", signal.SIGINT)
    done = samverkan("copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{target}", "--resume")

    assert stopped.returncode == 130
    assert "--resume" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert done.stdout.splitlines()[-1] == digest, done.stderr


def test_resume_onto_another_graph_is_refused(region: Path, tmp_path: Path) -> None:
    """One row of somebody else is enough."""
    target = tmp_path / "other.db"
    shutil.copytree(ROOT / "seed", tmp_path / "seed")
    with (tmp_path / "seed" / "competences.csv").open("a", encoding="utf-8") as file:
        file.write("aaa,En egen,\n")
    samverkan("seed", str(tmp_path / "seed"), "--database", str(target))

    done = samverkan("copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{target}", "--resume")

    assert done.returncode == 2
    assert "competence:aaa is there, and not in the source" in done.stderr


def test_a_copy_onto_itself_is_refused(region: Path) -> None:
    """Named twice by another path."""
    done = samverkan("copy", "--from", f"sqlite:{region}", "--to", f"sqlite:{region.parent}/./region.db", "--resume")

    assert (done.returncode, "the same" in done.stderr) == (2, True)


def test_a_source_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A slip in the path must not leave empty databases behind."""
    done = samverkan("copy", "--from", f"sqlite:{tmp_path}/slip.db", "--to", f"sqlite:{tmp_path}/copy.db")

    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "from: No database is at" in done.stderr


def test_migrate_check_names_the_steps_and_changes_nothing(tmp_path: Path) -> None:
    """A deployment asks before it stops the old version."""
    done = samverkan("migrate", "--check", "--database", str(tmp_path / "new.db"), "--language", "en")

    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "To do: 0001_first")
    assert list(tmp_path.iterdir()) == []


def test_migrate_does_the_steps_once(tmp_path: Path) -> None:
    """Twice, or before each start, does no harm; the store is left empty, not filled with the region's data."""
    words = ("--database", str(tmp_path / "new.db"), "--language", "en")
    done, again, checked = (samverkan("migrate", *more, *words) for more in ((), (), ("--check",)))

    assert [(one.returncode, one.stdout.splitlines()[0][:16]) for one in (done, again, checked)] == [
        (0, "Done: 0001_first"),
        (0, f"{tmp_path}/new.db"[:16]),
        (0, f"{tmp_path}/new.db"[:16]),
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["new.db"]


def test_check_finds_nothing_in_a_sound_store(region: Path) -> None:
    """After a restored backup one wants to know before the users do."""
    done = samverkan("check", "--database", str(region), "--language", "en")

    assert (done.returncode, done.stdout.strip()) == (0, f"No faults in {region}.")


def test_check_names_what_is_damaged(region: Path, tmp_path: Path) -> None:
    """A reference that leads nowhere is told with its row; exit code 1, for scripts."""
    shutil.copy(region, tmp_path / "damaged.db")
    damaged = apsw.Connection(str(tmp_path / "damaged.db"))
    damaged.execute('PRAGMA foreign_keys=OFF; UPDATE collaboration SET "from"=99999 WHERE pk=1')
    damaged.close()

    done = samverkan("check", "--database", str(tmp_path / "damaged.db"), "--language", "en")

    assert done.returncode == 1
    assert "collaboration: row 1 refers to a actor that is not there" in done.stdout


# ------------------------------------------------------------------------------------------------ a server that is not there
@pytest.fixture
def nowhere() -> str:
    """The address of a server on a port that nobody listens on, with a password in it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return f"neo4j://maria:s3cret@127.0.0.1:{port}"


@pytest.mark.parametrize(
    "words", [("stats",), ("serve", "--port", "0"), ("migrate", "--check"), ("export", "x.graphml")]
)
def test_a_server_that_is_away_is_one_clear_line(words: tuple[str, ...], nowhere: str) -> None:
    """At once, with the exit code of a store that cannot serve, and never with the password."""
    done = samverkan(*words, "--store", nowhere)

    assert done.returncode == 3
    assert "[STORE_AWAY]" in done.stderr
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_a_start_waits_for_the_server_if_asked(nowhere: str) -> None:
    """Containers start in any order."""
    done = samverkan("stats", "--store", nowhere, store_wait_seconds="1.5")

    assert done.returncode == 3
    assert "Waiting" in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_an_address_that_is_none_is_bad_input_without_its_password() -> None:
    """An unescaped character in the password is the usual reason."""
    done = samverkan("stats", store="neo4j://maria:s3#cret@localhost")

    assert done.returncode == 2
    assert "store: " in done.stderr
    assert "s3" not in done.stderr.replace("sqlite", "")
