"""The account of what was left out, by pytest runs of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

SKIPPING = """
import pytest

def test_in_the_browser():
    pytest.skip("no Chromium on this machine")

def test_elsewhere():
    pass
"""


def run(folder: Path, source: str, *, ci: bool) -> subprocess.CompletedProcess[str]:
    shutil.copy(CONFTEST, folder)
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_some.py").write_text(source)
    environment = {name: value for name, value in os.environ.items() if name != "CI" and "COV" not in name}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment | ({"CI": "true"} if ci else {}),
        capture_output=True,
        text=True,
        check=False,
    )


def test_run_ends_with_what_was_left_out_and_why(tmp_path: Path) -> None:
    """Whoever sees "passed" must see what that does not speak for."""
    result = run(tmp_path, SKIPPING, ci=False)

    assert result.returncode == 0
    assert "left out: 1 test: no Chromium on this machine" in result.stdout


def test_ci_fails_where_something_was_left_out(tmp_path: Path) -> None:
    """A green CI that skipped a part says nothing of that part."""
    result = run(tmp_path, SKIPPING, ci=True)

    assert result.returncode == pytest.ExitCode.TESTS_FAILED
    assert "left out: 1 test: no Chromium on this machine" in result.stdout


def test_ci_passes_where_nothing_was_left_out(tmp_path: Path) -> None:
    """The rule must not fail what is whole."""
    result = run(tmp_path, "def test_here():\n    pass\n", ci=True)

    assert result.returncode == 0
    assert "nothing" in result.stdout.splitlines()
