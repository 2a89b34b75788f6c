"""Settings: where they come from, and what becomes of bad ones."""

import os
import traceback
from pathlib import Path

import pytest
from platformdirs import user_data_path

from graph_api.config import Settings, load, seed_folder
from graph_api.errors import BadValue
from graph_api.model.vocabulary import Language

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without settings, whatever the developer's own has."""
    for name in os.environ:
        if name.upper().startswith("SAMVERKAN_"):
            monkeypatch.delenv(name)


def test_variable_sets_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment is set up by its environment alone."""
    monkeypatch.setenv("SAMVERKAN_PORT", "9000")

    assert load().port == 9000


def test_option_goes_before_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed now beats what was exported long ago."""
    monkeypatch.setenv("SAMVERKAN_PORT", "9000")

    assert load(port=9001).port == 9001


def test_option_that_was_not_given_leaves_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command hands on all of its options, most of them empty."""
    monkeypatch.setenv("SAMVERKAN_PORT", "9000")

    assert load(port=None).port == 9000


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SAMVERKAN_PORT", "http"),
        ("SAMVERKAN_PORT", "70000"),
        ("SAMVERKAN_LANGUAGE", "fr"),
        ("SAMVERKAN_ROWS_MAX", "0"),
        ("SAMVERKAN_DEADLINE_SECONDS", "-1"),
        ("SAMVERKAN_INTROSPECTION", "perhaps"),
        ("SAMVERKAN_LOG_LEVEL", "loud"),
        ("SAMVERKAN_ANALYSIS_ENGINE", "igraph"),
        ("SAMVERKAN_ANALYSIS_BYTES_MAX", "1000"),
    ],
)
def test_bad_value_is_named_by_its_variable(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the log must know which variable to mend."""
    monkeypatch.setenv(variable, value)

    with pytest.raises(BadValue) as refusal:
        load()

    assert refusal.value.message.startswith(f"{variable}: ")
    assert "\n" not in refusal.value.message


def test_bad_option_is_named_as_it_was_typed() -> None:
    """A variable's name would mislead one who typed an option."""
    with pytest.raises(BadValue) as refusal:
        load(page_size_max=0)

    assert refusal.value.message.startswith("--page-size-max: ")


def test_all_bad_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One start shows all that must be mended."""
    monkeypatch.setenv("SAMVERKAN_PORT", "x")
    monkeypatch.setenv("SAMVERKAN_DEPTH_MAX", "x")

    with pytest.raises(BadValue) as refusal:
        load()

    assert [line.split(":")[0] for line in refusal.value.message.splitlines()] == [
        "SAMVERKAN_PORT",
        "SAMVERKAN_DEPTH_MAX",
    ]


@pytest.mark.parametrize("written", ["EN", "en", "En"])
def test_language_may_be_written_in_any_case(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere on a machine a language is written small."""
    monkeypatch.setenv("SAMVERKAN_LANGUAGE", written)

    assert load().language is Language.EN


def test_database_is_kept_in_the_users_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same data wherever the command is called from; `scripts/serve.py` names a file in the checkout instead."""
    monkeypatch.delenv("SAMVERKAN_DATABASE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert load().database == user_data_path("samverkan", appauthor=False) / "samverkan.db"


def test_checkout_reads_its_own_seed() -> None:
    """Whoever edits a table sees the edit at the next start."""
    assert load().seed == seed_folder() == ROOT / "seed"


def test_settings_cannot_change_while_the_program_runs() -> None:
    """All parts must see the same limits from the first request to the last."""
    with pytest.raises(ValueError, match="frozen"):
        load().port = 1


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    """The page on settings is made of these sentences."""
    description = Settings.model_fields[name].description or ""

    assert description.endswith(".")


def test_password_comes_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of the store may then stand in plain sight."""
    monkeypatch.setenv("SAMVERKAN_STORE_PASSWORD", "s3cret")

    assert load().password() == "s3cret"


@pytest.mark.parametrize("written", ["s3cret å", "s3cret å\n", "s3cret å\r\n"])
def test_password_comes_from_a_file(written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As secrets of containers do; editors end a file with a line end that is not part of the password."""
    (tmp_path / "password").write_bytes(written.encode())
    monkeypatch.setenv("SAMVERKAN_STORE_PASSWORD_FILE", str(tmp_path / "password"))

    assert load().password() == "s3cret å"


def test_password_from_two_places_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody should have to find out which one was taken."""
    (tmp_path / "password").write_text("other")
    monkeypatch.setenv("SAMVERKAN_STORE_PASSWORD", "s3cret")
    monkeypatch.setenv("SAMVERKAN_STORE_PASSWORD_FILE", str(tmp_path / "password"))

    with pytest.raises(BadValue) as refusal:
        load().password()

    assert refusal.value.place == "SAMVERKAN_STORE_PASSWORD_FILE"
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize("held", [None, b"s3cret\xff"])
def test_password_file_that_cannot_be_read_is_named(
    held: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is not mounted, or no text; what it holds is not repeated."""
    if held:
        (tmp_path / "password").write_bytes(held)
    monkeypatch.setenv("SAMVERKAN_STORE_PASSWORD_FILE", str(tmp_path / "password"))

    with pytest.raises(BadValue) as refusal:
        load().password()

    assert str(tmp_path / "password") in refusal.value.message
    assert "s3cret" not in "".join(traceback.format_exception(refusal.value))


def test_settings_show_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings end up in logs and in what a debugger prints."""
    monkeypatch.setenv("SAMVERKAN_STORE", "neo4j://maria:s3cret@localhost")
    monkeypatch.setenv("SAMVERKAN_STORE_PASSWORD", "s3cret")
    settings = load()

    assert "s3cret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
