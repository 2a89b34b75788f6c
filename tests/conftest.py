"""What all tests share: hypothesis profiles, stores to test, and an account of what this machine left out.

A test that cannot run here says why by `pytest.skip`; the run ends with a list of those reasons. In CI nothing may be left out: with
CI=true any skip fails the run.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

    from tests.stores.backends import Backend, Opener, Shelf

CI = os.environ.get("CI", "").lower() in ("1", "true")

# The machine is shared and slow at times: a deadline would fail tests for what they do not do.
# Documents and filters of some depth are many draws, which hypothesis would call too slow or too large.
_LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile("dev", max_examples=50, deadline=None, suppress_health_check=_LARGE)
# A Neo4j plans each new statement for a tenth of a second; and of two Pythons one draws many.
# CI draws the same each time, so that what fails there is the change's doing; `dev` and `deep` look for more.
settings.register_profile("few", max_examples=2, deadline=None, derandomize=True, suppress_health_check=_LARGE)
settings.register_profile("ci", max_examples=10, deadline=None, derandomize=True, suppress_health_check=_LARGE)
settings.register_profile("deep", max_examples=5_000, deadline=None, print_blob=True, suppress_health_check=_LARGE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if CI else "dev"))

STORES = ("sqlite", "neo4j")
"""The stores that the suites run on, by name; `tests/stores/backends.py` opens them."""
MORE_STORES = ("neo4j-5.26",)
"""Those that the store suite runs on besides: `tests/stores`."""


def stores(*more: str) -> list["ParameterSet"]:
    """Their names as parameters; those that need a server are marked."""
    return [pytest.param(name, marks=pytest.mark.neo4j if "neo4j" in name else ()) for name in (*STORES, *more)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "opener" in metafunc.fixturenames:
        of_stores = metafunc.definition.path.is_relative_to(Path(__file__).parent / "stores")
        metafunc.parametrize("opener", stores(*MORE_STORES if of_stores else ()), indirect=True, scope="session")


@pytest.fixture(scope="session")
def opener(request: pytest.FixtureRequest) -> "Opener":
    """How a store is opened, empty, in a folder."""
    from tests.stores.backends import BACKENDS, make_ready

    make_ready(request.param, request.config)
    return BACKENDS[request.param]


@pytest_asyncio.fixture(loop_scope="session")
async def backend(shelf: "Shelf", tmp_path: Path) -> "AsyncIterator[Backend]":
    """An open, empty store, and `raw` access beside its API."""
    async with shelf.empty(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shelf(opener: "Opener", tmp_path_factory: pytest.TempPathFactory) -> "AsyncIterator[Shelf]":
    """Stores that are filled already, and only read: the small region and random ones, each with its twin."""
    from tests.stores.backends import Shelf

    shelf = Shelf(opener, tmp_path_factory.mktemp("shelf"))
    yield shelf
    await shelf.close()


def left_out(config: pytest.Config) -> Counter[str]:
    """Reasons for which tests were skipped, with how many."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not isinstance(reporter, pytest.TerminalReporter):
        return Counter()
    skipped = [report for report in reporter.getreports("skipped") if isinstance(report.longrepr, tuple)]
    return Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if (
        CI
        and left_out(session.config)
        and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reasons = left_out(config)
    terminalreporter.section("left out on this machine")
    for reason, count in sorted(reasons.items()):
        terminalreporter.line(f"left out: {count} {'test' if count == 1 else 'tests'}: {reason}")
    if not reasons:
        terminalreporter.line("nothing")
    elif CI:
        terminalreporter.line("CI may leave nothing out: this run has failed.", red=True)
