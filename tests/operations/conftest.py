"""The region, loaded once into each store for all golden operations."""

from collections.abc import Iterator

import pytest

from tests.conftest import stores
from tests.operations.region import Region, opened
from tests.stores.backends import make_ready


@pytest.fixture(scope="session", params=stores())
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    make_ready(request.param, request.config)
    with opened(tmp_path_factory.mktemp("region"), request.param) as region:
        yield region
