"""Every test of the store runs on SQLite and on a genuine PostgreSQL server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store, open_store

ENGINES = [
    "sqlite",
    pytest.param("postgresql", marks=[pytest.mark.slow, pytest.mark.xdist_group("postgresql")]),
]


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/qiyue.sqlite"
    server = request.getfixturevalue("postgres")
    return str(server.url("store"))


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(database_url, str(tmp_path / "originals"))
    yield opened
    opened.close()
