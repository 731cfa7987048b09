"""A server that starts: what it loads before anybody asks."""

from pathlib import Path

import pytest

from qiyue.http.site import open_site
from qiyue.service.base import Service
from qiyue.settings import read_settings
from schema.errors import SearchError
from schema.query import ClauseQuery
from tests.support.served import fill


def test_one_search_is_made_before_anybody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "data")
    asked: list[ClauseQuery] = []
    settings = read_settings({"QIYUE_DATA": str(tmp_path / "data")})
    with Service(settings) as service:
        kind = type(service.index)
        monkeypatch.setattr(kind, "search", lambda _self, query: asked.append(query))
    with open_site(settings) as site:
        site.warm()
    assert len(asked) == 1
    with open_site(settings) as site:
        assert site.door.audit.newest(5) == []  # nobody asked


def test_a_server_starts_without_a_search_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings({"QIYUE_DATA": str(tmp_path / "data")})

    def down(_self: object, _query: ClauseQuery) -> None:
        raise SearchError("search_unreachable", "no answer")

    with Service(settings) as service:
        monkeypatch.setattr(type(service.index), "search", down)
    with open_site(settings) as site:
        site.warm()
