"""The server over a genuine PostgreSQL: the same answers, rights and log."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qiyue.accounts.person import Person
from qiyue.http.app import build_app
from qiyue.http.site import open_site
from qiyue.settings import read_settings
from tests.support.postgres import Server
from tests.support.served import fill


@pytest.mark.slow
@pytest.mark.xdist_group("postgresql")
def test_it_serves_from_postgresql(tmp_path: Path, postgres: Server) -> None:
    url = str(postgres.url("served"))
    names = fill(tmp_path, url)
    with open_site(read_settings({"QIYUE_DATA": str(tmp_path), "QIYUE_DATABASE_URL": url})) as site:
        account = site.door.add_account("editor", password=None, grants={"采购": "editor"})
        person = Person(account.name, False, account.grants)
        token, _ = site.door.make_token(person, label="", scopes=["read", "write"], days=1)
        http = TestClient(build_app(site), headers={"Authorization": f"Bearer {token}"})
        assert http.get("/v1/contracts").json()["total"] == 1
        assert http.get("/v1/clauses?q=违约金").json()["hits"][0]["contract"] == names.seen
        assert http.get(f"/v1/contracts/{names.hidden}").status_code == 404
        seen = http.get(f"/v1/contracts/{names.seen}")
        change = {"field": "title", "value": "采购合同", "why": "更正"}
        path = f"/v1/contracts/{names.seen}/facts/contract"
        assert http.patch(path, json=change, headers={"If-Match": seen.headers["etag"]}).status_code == 200
        assert http.patch(path, json=change, headers={"If-Match": seen.headers["etag"]}).status_code == 412
        assert http.get("/v1/contracts").json()["contracts"][0]["title"] == "采购合同"
        assert len(http.get("/v1/export?what=clauses").text.splitlines()) > 5
        assert http.post("/v1/searches", json={"name": "x", "q": "违约金"}).status_code == 201
        assert http.get("/v1/searches?count=true").json()["searches"][0]["new"] == 0
        site.door.trail.note("-", "flush", wait=True)
        assert site.door.audit.broken_at() is None
