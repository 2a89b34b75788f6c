"""The seed's descriptor: as the catalogue makes it, and as Frictionless judges the files by it."""

import shutil
from pathlib import Path

import frictionless
import pytest

from graph_api.exchange.datapackage import datapackage, text
from graph_api.exchange.rows import FILES

SEED = Path(__file__).parents[2] / "seed"


def test_the_descriptor_of_the_seed_is_the_one_that_the_catalogue_makes() -> None:
    """A column that is added to the catalogue must be described; python -m graph_api.exchange.datapackage writes it anew."""
    assert (SEED / "datapackage.json").read_text(encoding="utf-8") == text()


def test_the_descriptor_names_every_file_of_data_in_the_seed() -> None:
    """A file without a schema and a licence is one that nobody can use with a good conscience."""
    resources = datapackage()["resources"]
    assert isinstance(resources, list)
    files = {
        path.relative_to(SEED).as_posix() for pattern in ("*.csv", "geography/*.geojson") for path in SEED.glob(pattern)
    }

    assert {resource["path"] for resource in resources} == files
    assert all(resource["licenses"] for resource in resources)


def test_frictionless_finds_the_seed_valid() -> None:
    """The tool that others check data packages with."""
    report = frictionless.validate(str(SEED / "datapackage.json"))

    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert len(report.tasks) == len(FILES) + 2


@pytest.mark.parametrize(
    ("name", "old", "new", "kind"),
    [
        ("actors.csv", ",UNIVERSITY,ACADEMIA,", ",SCHOOL,ACADEMIA,", "constraint-error"),
        ("initiatives.csv", ",2022-05,", ",2022-13,", "constraint-error"),
        ("actor_need.csv", "\nale-kommun,", "\nale-kommuun,", "foreign-key"),
        ("challenges.csv", "\nforetagsklimatet,", "\nbesoksnaring,", "primary-key"),
    ],
)
def test_frictionless_finds_a_fault_by_the_descriptor(name: str, old: str, new: str, kind: str, tmp_path: Path) -> None:
    """A schema that lets everything pass describes nothing."""
    shutil.copytree(SEED, tmp_path / "seed")
    file = tmp_path / "seed" / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8", newline="")
    report = frictionless.validate(str(tmp_path / "seed" / "datapackage.json"))

    assert kind in {error[0] for error in report.flatten(["type"])}
