"""Fixtures that several rooms share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.support.postgres import Server

# a busy machine is slow, not wrong; the same examples in every run, so that a failure is a change of the code
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()
