"""The checkout's own environment: one step that all scripts take first.

Takes the name of a lock in requirements/; gives a Python in `.venv/<minor version>` of the checkout that has what the lock names and
the project itself, installed in place. Installs only when something that decides the result has changed. Standard library only, and
written so that an old Python (from 3.6 on) can still read it and say that it is too old.
"""

import hashlib
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)

LOCKS = ("serve", "test", "check")
"""Each holds all of those before it, in the same versions."""


def say(text: str) -> None:
    print(f"samverkan: {text}", flush=True)


def ready(lock: str) -> Path:
    """The Python of an environment that has all of `lock`; made, completed or renewed where needed. Ends the program where it cannot be."""
    refusal = _refusal()
    if refusal:
        sys.exit(f"samverkan: {refusal}")
    folder = ROOT / ".venv" / "{}.{}".format(*sys.version_info)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent / f"{folder.name}.lock"):
        try:
            return _ready(folder, lock)
        except subprocess.CalledProcessError as error:
            sys.exit(
                f"samverkan: installing failed, see above (exit code {error.returncode}). Once it can work, run the same command again."
            )


def hand_over(program: Path, arguments: "Sequence[str]") -> None:
    """Become that program, so that signals and the exit code are its own."""
    command = [str(program), *arguments]
    if os.name == "nt":
        # Windows has no exec: it would start a second process and return to the prompt at once.
        sys.exit(subprocess.call(command, cwd=ROOT))
    os.chdir(ROOT)
    os.execv(command[0], command)  # noqa: S606


def tool(python: Path, name: str) -> Path:
    """A command that the environment brings."""
    return python.with_name(name + (".exe" if os.name == "nt" else ""))


def _refusal() -> "str | None":
    if sys.version_info < OLDEST:
        return "Python {}.{} or newer is needed; this is {}.{} ({}). Run the same command with a newer one, such as python3.11.".format(
            *OLDEST, *sys.version_info[:2], sys.executable
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info)
        return (
            f"this Python ({sys.executable}) cannot make environments. "
            f"On Debian and Ubuntu: apt install {package}. Then run the same command again."
        )
    return None


def _ready(folder: Path, lock: str) -> Path:
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "samverkan.json"
    # An environment holds absolute paths and its Python's version; moved or upgraded, it is made anew.
    base = _digest(
        [str(ROOT), sys.version, sys.base_prefix], [ROOT / "requirements" / f"{name}.lock" for name in LOCKS]
    )
    project = _digest([], [ROOT / "pyproject.toml", ROOT / "hatch_build.py", *_web_sources()])
    done = _read(stamp) if python.exists() else {}

    if done.get("base") != base:
        say(f"making {folder.relative_to(ROOT)} with Python {sys.version.split()[0]}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        done = {"base": base}
    if done.get("lock") not in LOCKS[LOCKS.index(lock) :]:
        say(f"installing what requirements/{lock}.lock names; the first time this takes a minute or two")
        # Compiling all modules takes longer than to unpack them; Python compiles those that are used, unless it may not write.
        later = [] if sys.dont_write_bytecode else ["--no-compile"]
        _pip(
            python, *later, "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", f"requirements/{lock}.lock"
        )
        done["lock"] = lock
        stamp.write_text(json.dumps(done), "utf-8")
    if done.get("project") != project:
        say("installing this checkout in place, and building its pages")
        _pip(python, "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
        done["project"] = project
        stamp.write_text(json.dumps(done), "utf-8")
    return python


def _read(stamp: Path) -> "dict[str, object]":
    try:
        return dict(json.loads(stamp.read_text("utf-8")))
    except (FileNotFoundError, ValueError):
        # Never finished, or cut short: begin anew.
        return {}


def _pip(python: Path, *arguments: str) -> None:
    # PIP_USER, set for the whole machine by some, would go outside of the environment.
    environment = {**os.environ, "PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", *arguments], cwd=ROOT, env=environment, check=True)


def _web_sources() -> "list[Path]":
    found = []
    for folder, folders, files in os.walk(ROOT / "web"):
        folders[:] = [name for name in folders if name not in ("node_modules", "dist") and not name.startswith(".")]
        found += [Path(folder, name) for name in files]
    return sorted(found)


def _digest(words: "Sequence[str]", files: "Sequence[Path]") -> str:
    digest = hashlib.sha256(json.dumps(words).encode())
    for file in files:
        if file.exists():
            digest.update(f"\n{file.relative_to(ROOT).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def _alone(file: Path) -> "Iterator[None]":
    """Wait while another of the scripts installs into the same environment; without effect on Windows."""
    if os.name == "nt":
        yield
        return
    import fcntl

    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
