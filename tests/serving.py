"""A real server in a process of its own, on the region's data."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def serving(database: Path) -> Iterator[str]:
    """Its address; it listens on a free port and keeps its database in this file."""
    command = [sys.executable, "-m", "graph_api", "serve", "--port", "0", "--database", str(database)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if found := re.search(r"(http://\S+)/$", line.strip()):
                break
        else:
            pytest.fail(f"the server ended before it listened: {''.join(said)}")
        yield found[1]
        process.terminate()
        process.wait(timeout=20)
