"""The locks: complete, free of addresses, and at one with each other and with what builds the project."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import environment
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")


def pins(lock: str) -> dict[str, str]:
    """Version by package."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text(lock), re.MULTILINE))


@pytest.mark.parametrize("lock", environment.LOCKS)
def test_every_package_has_hashes(lock: str) -> None:
    """pip refuses the whole lock where one is missing."""
    entries = re.split(r"^(?=[\w.-]+==)", text(lock), flags=re.MULTILINE)[1:]

    assert len(entries) == len(pins(lock)) > 0
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", environment.LOCKS)
def test_lock_names_no_registry(lock: str) -> None:
    """Where packages come from is the machine's choice."""
    assert "://" not in text(lock)


@pytest.mark.parametrize(("smaller", "larger"), list(pairwise(environment.LOCKS)))
def test_larger_lock_holds_the_smaller_in_the_same_versions(smaller: str, larger: str) -> None:
    """One environment takes them one after the other, and what was served is what is tested."""
    assert pins(smaller).items() <= pins(larger).items()


def test_what_builds_the_project_is_locked() -> None:
    """It is used without build isolation: the lock's version is the one that runs."""
    required = dict(requirement.split("==") for requirement in PROJECT["build-system"]["requires"])

    assert required.items() <= pins("serve").items()
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


def test_every_dependency_is_locked() -> None:
    """A dependency added without `scripts/lock.py` would be missing at the first start."""
    groups = PROJECT["dependency-groups"]
    wanted = {
        "serve": PROJECT["project"]["dependencies"],
        "test": groups["test"],
        "check": groups["check"],
    }
    missing = [
        (lock, requirement)
        for lock, requirements in wanted.items()
        for requirement in requirements
        if re.split(r"[^\w.-]", requirement)[0] not in pins(lock)
    ]

    assert missing == []
