"""The command as its users type it: in a process of its own, on a database in a temporary folder."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that the first verb fills with the region's data."""
    return tmp_path_factory.mktemp("cli") / "samverkan.db"


def samverkan(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What the command does with these words, and settings in the environment."""
    environment = {**os.environ, **{f"SAMVERKAN_{name.upper()}": value for name, value in settings.items()}}
    return subprocess.run(
        [sys.executable, "-m", "graph_api", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_stats_counts_what_the_seed_holds(database: Path) -> None:
    """An empty store fills itself, and a program can read the counts."""
    done = samverkan("stats", "--json", "--database", str(database))

    assert done.returncode == 0, done.stderr
    graph = json.loads(done.stdout)["graph"]
    assert (graph["actorCount"], graph["collaborationCount"], graph["affiliationCount"]) == (780, 677, 861)
    assert (graph["initiativeCount"], graph["sourceCount"], graph["revision"]) == (359, 912, 1)


def test_gaps_names_each_municipality_with_its_interval(database: Path) -> None:
    """Analysts without a browser get the same table, in words of their language."""
    done = samverkan("gaps", "--database", str(database), "--language", "en", "--explain")

    assert done.returncode == 0, done.stderr
    for name in (
        "Ale",
        "Alingsås",
        "Göteborg",
        "Härryda",
        "Kungsbacka",
        "Kungälv",
        "Lerum",
        "Lilla Edet",
        "Mölndal",
        "Öckerö",
    ):
        assert name in done.stdout
    assert "Interval" in done.stdout
    assert "Kungälv" in done.stdout.partition("Verdict")[2]


def test_gaps_in_json_holds_the_whole_record(database: Path) -> None:
    """A script asks for the ratio and its range, not for a drawing of a table."""
    done = samverkan("gaps", "--json", "--database", str(database))

    gaps = json.loads(done.stdout)["municipalityGaps"]
    assert len(gaps) == 13
    assert all(gap["ratioLow"] < gap["ratio"] < gap["ratioHigh"] and gap["explanation"] for gap in gaps)


def test_suggest_says_why_and_how_far_to_trust_it(database: Path) -> None:
    """A list without its reasons would be taken for a verdict."""
    done = samverkan("suggest", "--first", "2", "--quality", "--database", str(database), "--language", "EN")

    assert done.returncode == 0, done.stderr
    assert "Both have ties to" in done.stdout
    assert "ties were hidden" in done.stdout


def test_suggest_takes_a_slug_and_an_aim(database: Path) -> None:
    words = ("--for", "ockero-kommun", "--closing", "competence_need", "--first", "1", "--json")
    done = samverkan("suggest", *words, "--database", str(database))

    (found,) = json.loads(done.stdout)["suggestions"]
    assert found["from"]["id"] == "actor:ockero-kommun"
    assert "COMPLEMENTARY_COMPETENCE" in [reason["kind"] for reason in found["reasons"]]


def test_team_names_members_and_what_they_cover(database: Path) -> None:
    done = samverkan("team", "energi", "maritimt", "--size", "2", "--json", "--database", str(database))

    teams = json.loads(done.stdout)["teams"]
    assert all(len(team["actors"]) <= 2 for team in teams)
    assert {one["id"] for one in teams[0]["covered"]} == {"competence:energi", "competence:maritimt"}


def test_whatif_shows_both_and_writes_nothing(database: Path) -> None:
    """The table has the figures of what is beside those of what would be."""
    done = samverkan("whatif", "--add", "ale-kommun,volvo-cars,2", "--json", "--database", str(database))

    found = json.loads(done.stdout)
    assert found["whatIf"]["summary"]["tieCount"] == found["summary"]["tieCount"] + 1
    assert json.loads(samverkan("stats", "--json", "--database", str(database)).stdout)["graph"]["revision"] == 1


def test_a_tie_that_is_none_is_bad_input(database: Path) -> None:
    """In the command's own words, and in those of the analysis."""
    form = samverkan("whatif", "--add", "ale-kommun", "--database", str(database))
    there = samverkan("whatif", "--add", "chalmers,nobody", "--database", str(database))

    assert (form.returncode, there.returncode) == (2, 2)
    assert "ale-kommun,volvo-cars" in form.stderr
    assert "actor:nobody" in there.stderr


def test_timeline_has_a_row_a_year(database: Path) -> None:
    done = samverkan("timeline", "2019", "2020", "--database", str(database), "--language", "EN")

    assert done.returncode == 0, done.stderr
    assert [year in done.stdout for year in ("2018", "2019", "2020", "2021")] == [False, True, True, False]


def test_centrality_takes_a_measure_in_any_case(database: Path) -> None:
    done = samverkan("centrality", "Degree", "--first", "3", "--json", "--database", str(database))

    assert [one["rank"] for one in json.loads(done.stdout)["centrality"]] == [1, 2, 3]


def test_brokers_stand_between_the_groups_that_are_asked_for(database: Path) -> None:
    """By municipality a region-wide actor is a group of its own, and can coordinate nothing; by helix it can."""
    words = ("brokers", "--first", "8", "--json", "--database", str(database))

    by_helix, by_place = (
        {one["actor"]["id"]: one for one in json.loads(samverkan(*words, *more).stdout)["brokerage"]}
        for more in ((), ("--group-by", "municipality"))
    )
    assert len(by_helix) == 8
    assert (
        by_helix["actor:business-region-goteborg"]["coordinator"]
        > by_place["actor:business-region-goteborg"]["coordinator"]
        == 0
    )
    assert by_helix["actor:business-region-goteborg"]["total"] == by_place["actor:business-region-goteborg"]["total"]


def test_a_table_of_brokers_has_each_role_with_its_z_score(database: Path) -> None:
    """A count says little: whoever has many partners has many open pairs of every kind."""
    done = samverkan("brokers", "--first", "1", "--database", str(database), "--language", "EN")

    assert done.returncode == 0, done.stderr
    assert [word in done.stdout for word in ("Coordinator", "Itinerant", "Gatekeeper", "Liaison")] == [True] * 4
    (row,) = [line for line in done.stdout.splitlines() if "Chalmers" in line]
    assert len(re.findall(r"\d+ \(-?\d+\.\d\)", row)) == 4


def test_a_confidence_that_is_none_is_bad_input(database: Path) -> None:
    """Exit code 2, with what would be right."""
    done = samverkan("gaps", "--confidence", "1.5", "--database", str(database))

    assert done.returncode == 2
    assert "between 0 and 1" in done.stderr


def test_the_seed_has_no_faults() -> None:
    """CI runs this check; it ends with 0."""
    done = samverkan("seed", "--check", "--language", "EN")

    assert (done.returncode, done.stdout.startswith("No faults")) == (0, True), done.stdout


def test_a_broken_folder_is_named_fault_by_fault_and_not_loaded(tmp_path: Path, database: Path) -> None:
    """Exit code 1 from the check; loading refuses with 2 and changes nothing."""
    broken = tmp_path / "broken"
    shutil.copytree(ROOT / "seed", broken)
    table = broken / "collaborations.csv"
    table.write_text(table.read_text("utf-8").replace("chalmers,", "chalmersx,", 1), "utf-8")

    checked = samverkan("seed", "--check", str(broken))
    loaded = samverkan("seed", str(broken), "--database", str(database))

    assert checked.returncode == 1
    assert "collaborations.csv, line" in checked.stdout
    assert loaded.returncode == 2
    assert json.loads(samverkan("stats", "--json", "--database", str(database)).stdout)["graph"]["revision"] == 1


def test_loading_the_same_folder_twice_is_one_change(database: Path) -> None:
    """An import can be repeated without fear."""
    done = samverkan("seed", "--json", "--database", str(database))

    assert json.loads(done.stdout) == {"revision": 1, "changed": False}


def test_export_writes_a_file_that_begins_as_graphml(tmp_path: Path, database: Path) -> None:
    """And says where it is."""
    path = tmp_path / "graph.graphml"
    done = samverkan("export", str(path), "--database", str(database), "--language", "EN")

    assert done.returncode == 0, done.stderr
    assert path.read_bytes().startswith(b"<?xml")
    assert str(path) in done.stdout.replace("\n", "")


def test_an_unknown_ending_writes_nothing(tmp_path: Path, database: Path) -> None:
    """Exit code 2, and the endings that are known."""
    done = samverkan("export", str(tmp_path / "graph.xyz"), "--database", str(database))

    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert ".graphml" in done.stderr


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """Exit code 3 and a line, no trace."""
    path = tmp_path / "notes.txt"
    path.write_text("my notes, not a database at all\n" * 100, "utf-8")
    done = samverkan("stats", "--database", str(path))

    assert done.returncode == 3
    assert "NOT_A_STORE" in done.stderr
    assert "Traceback" not in done.stderr
    assert path.read_text("utf-8").startswith("my notes")


def test_an_address_that_is_taken_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    """The commonest mistake: the server runs already."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        path = tmp_path / "samverkan.db"
        done = samverkan("serve", "--port", str(taken.getsockname()[1]), "--database", str(path))

    assert (done.returncode, path.exists()) == (2, False)
    assert "--port" in done.stderr


def test_a_setting_that_does_not_fit_names_its_variable(database: Path) -> None:
    """A deployment is configured by environment variables."""
    done = samverkan("stats", "--database", str(database), page_size_max="many")

    assert done.returncode == 2
    assert "SAMVERKAN_PAGE_SIZE_MAX" in done.stderr


def test_help_lists_every_verb() -> None:
    """A new user begins here."""
    done = samverkan("--help")

    assert done.returncode == 0
    for verb in (
        "serve",
        "seed",
        "export",
        "gaps",
        "suggest",
        "team",
        "whatif",
        "timeline",
        "centrality",
        "brokers",
        "stats",
        "schema",
    ):
        assert f" {verb} " in done.stdout


def test_a_token_is_made_listed_and_revoked(tmp_path: Path) -> None:
    """On standard output stands the token alone, for `$(samverkan token create …)`."""
    settings = {"tokens": str(tmp_path / "tokens.json"), "language": "EN"}

    made = samverkan("token", "create", "Anna", **settings)
    listed = samverkan("token", "list", "--json", **settings)
    revoked = samverkan("token", "revoke", "Anna", **settings)
    again = samverkan("token", "revoke", "Anna", **settings)

    assert (made.returncode, made.stdout.count("\n")) == (0, 1)
    assert made.stdout.startswith("samverkan_")
    assert [one["name"] for one in json.loads(listed.stdout)] == ["Anna"]
    assert (revoked.returncode, again.returncode) == (0, 2)
    assert json.loads(samverkan("token", "list", "--json", **settings).stdout) == []
