"""A collection in a temporary folder with an index in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qiyue.service import indexing
from qiyue.service.base import Service
from qiyue.settings import read_settings
from tests.support.quick import MemoryIndex


@pytest.fixture
def index() -> MemoryIndex:
    return MemoryIndex()


@pytest.fixture
def service(tmp_path: Path, index: MemoryIndex, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(indexing, "records_of", lambda service, contract: [service.store.catalogue.card(contract).id])
    opened = Service(read_settings({"QIYUE_DATA": str(tmp_path / "data")}))
    opened.__dict__["index"] = index
    yield opened
    opened.close()
