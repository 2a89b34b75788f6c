"""Refresh the locks: `python scripts/lock.py` keeps versions where they still fit, `--upgrade` takes the newest.

Takes pyproject.toml; writes one lock a step, each with hashes and for every platform and Python from 3.11 on. A later lock holds
all that an earlier one holds, in the same version, so that one environment can take them one after the other. Needs `uv` on the
path or in the Python that runs this.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The largest first: it decides the versions of the others.
LOCKS = {"check": ("build", "test", "check"), "test": ("build", "test"), "serve": ("build",)}


def main(arguments: list[str]) -> int:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        print("lock: `uv` is missing. Install it (pip install uv), and run this again.", file=sys.stderr)
        return 2
    for name, groups in LOCKS.items():
        lock = f"requirements/{name}.lock"
        command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--fork-strategy", "fewest", "--generate-hashes", "--no-annotate", "--no-emit-index-url"]
        command += ["--custom-compile-command", "python scripts/lock.py", "--output-file", lock]
        for group in groups:
            command += ["--group", group]
        command += arguments if name == "check" else ["--constraints", "requirements/check.lock"]
        print(f"lock: {lock}", flush=True)
        subprocess.run(command, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
