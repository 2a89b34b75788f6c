"""The region, loaded once into each store for all golden operations."""

from collections.abc import Iterator

import pytest

from tests.conftest import stores
from tests.operations.region import Region, opened
from tests.operations.reports import SEED, SEEN
from tests.stores.backends import make_ready


@pytest.fixture(scope="session", params=stores())
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    make_ready(request.param, request.config)
    with opened(tmp_path_factory.mktemp("region"), request.param) as region:
        yield region


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell the day's seed, and what became of the random documents."""
    for where, seen in SEEN.items():
        shares = ", ".join(f"{name} {count}" for name, count in seen.most_common())
        terminalreporter.line(f"random documents, FUZZ_SEED={SEED}, {where}: {shares}")
