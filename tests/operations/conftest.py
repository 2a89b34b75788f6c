"""The region, loaded once for all golden operations."""

from collections.abc import Iterator

import pytest

from tests.operations.region import Region, opened


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    with opened(tmp_path_factory.mktemp("region")) as region:
        yield region
