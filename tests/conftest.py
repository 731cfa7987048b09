"""Fixtures that several rooms share."""

from collections.abc import Iterator

import pytest

from tests.support.postgres import Server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()
