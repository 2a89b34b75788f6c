"""The environment of the checkout: what makes it anew, and what it says where it cannot be made."""

import ast
import subprocess
import sys
from pathlib import Path

import environment
import pytest

SCRIPTS = Path(environment.__file__).parent


def test_old_python_is_refused_in_a_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A syntax error would tell a newcomer nothing."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 1, "final", 0))

    with pytest.raises(SystemExit) as refusal:
        environment.ready("serve")

    assert "Python 3.11 or newer is needed; this is 3.10" in str(refusal.value.code)


@pytest.mark.parametrize("script", ["environment.py", "serve.py", "test.py", "check.py", "format.py"])
def test_old_python_can_read_the_script(script: str) -> None:
    """Only a script that an old Python can read can tell that it is too old."""
    ast.parse((SCRIPTS / script).read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("lacking", ["ensurepip", "venv"])
def test_python_without_environments_says_what_to_install(lacking: str) -> None:
    """Debian's python3 comes without ensurepip."""
    program = f"import sys; sys.modules[{lacking!r}] = None; import environment; environment.ready('serve')"
    run = subprocess.run([sys.executable, "-c", program], cwd=SCRIPTS, capture_output=True, text=True, check=False)

    assert run.returncode == 1
    assert f"apt install python3.{sys.version_info.minor}-venv" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another checkout: two files of the web application and one that its build leaves."""
    for name in ("web/src/page.ts", "web/package.json", "web/node_modules/left.js"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


def test_pages_sources_are_all_but_what_was_installed(checkout: Path) -> None:
    """An edit of a page makes a new build; installing packages for the build does not."""
    assert environment._web_sources() == [checkout / "web/package.json", checkout / "web/src/page.ts"]


def test_digest_changes_with_content_name_and_words(checkout: Path) -> None:
    """Whatever decides the result must make the environment anew."""
    file = checkout / "web/package.json"
    before = environment._digest(["3.11"], [file])
    other_words = environment._digest(["3.13"], [file])
    other_name = environment._digest(["3.11"], [file.rename(checkout / "web/other.json")])
    (checkout / "web/other.json").write_text("changed")
    other_content = environment._digest(["3.11"], [checkout / "web/other.json"])

    assert len({before, other_words, other_name, other_content}) == 4


@pytest.mark.parametrize("content", [None, "", '{"base": "0'])
def test_stamp_cut_short_counts_as_none(content: str | None, tmp_path: Path) -> None:
    """A start that was broken off is begun anew by the next."""
    stamp = tmp_path / "stamp.json"
    if content is not None:
        stamp.write_text(content)

    assert environment._read(stamp) == {}
