"""The server that the browser looks at."""

from collections.abc import Iterator

import pytest

from tests.serving import serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its address."""
    with serving(tmp_path_factory.mktemp("server") / "samverkan.db") as address:
        yield address
