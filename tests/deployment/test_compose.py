"""The files for containers, held to the code that they start. No container is started here."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from graph_api.config import PREFIX, Settings
from graph_api.stores.neo4j.local import NEWEST
from graph_api.stores.open import Server, address

ROOT = Path(__file__).resolve().parents[2]
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def test_neo4j_is_of_the_version_that_is_tested() -> None:
    """What runs in containers is what the suites have seen."""
    assert SERVICES["neo4j"]["image"] == f"neo4j:{NEWEST}"


def test_samverkan_finds_neo4j_by_settings_that_exist() -> None:
    """A variable that nobody reads would leave the store to be the embedded one."""
    given = {name.removeprefix(PREFIX).lower(): value for name, value in SERVICES["samverkan"]["environment"].items()}
    found = address(given["store"], embedded=Path("unused"), password="set")

    assert given.keys() <= Settings.model_fields.keys()
    assert isinstance(found, Server)
    assert (found.uri, found.user) == ("bolt://neo4j:7687", "neo4j")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_ports_are_of_this_machine_alone(name: str) -> None:
    """Who wants to be reached from elsewhere says so; nobody is by accident."""
    assert [port for port in SERVICES[name]["ports"] if not port.startswith("127.0.0.1:")] == []


def test_no_password_is_written_down() -> None:
    """It comes from whoever starts them, and without it nothing starts."""
    assert SERVICES["neo4j"]["environment"]["NEO4J_AUTH"] == "neo4j/${NEO4J_PASSWORD:?Set NEO4J_PASSWORD}"
    assert SERVICES["samverkan"]["environment"]["SAMVERKAN_STORE_PASSWORD"] == "${NEO4J_PASSWORD:?Set NEO4J_PASSWORD}"


def test_the_image_has_what_it_copies_and_settings_that_exist() -> None:
    """It is built from the checkout, and nobody builds it here."""
    copied = re.findall(r"^COPY ([^-]\S*) ", DOCKERFILE, re.MULTILINE)
    named = {name.lower() for name in re.findall(rf"{PREFIX}(\w+)=", DOCKERFILE)}

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert named <= Settings.model_fields.keys()
    assert re.search(r"^USER samverkan$", DOCKERFILE, re.MULTILINE)
