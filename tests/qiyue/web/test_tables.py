"""Contracts, grid, due dates, overview, account and administration as a browser gets them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from corpus.catalogue import Wanted
from corpus.figures import figures
from corpus.ledger import FileRow
from qiyue.accounts.keys import masked
from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.service.grid import GridRequest, make_grid
from qiyue.settings import read_settings
from qiyue.web.admin_page import read_grants
from schema.errors import UsageError
from tests.qiyue.http.conftest import Client
from tests.support.served import Names, fill

PAGE = {"Accept": "text/html"}
PASSWORD = "四个词 的 长 口令"


def heads_of(page: str) -> list[str]:
    return re.findall(r'<th scope="col"[^>]*><a href="[^"]*">([^<\s]+)', page)


@pytest.mark.parametrize(
    "address", ["/contracts", "/grid", "/grid?what=clauses", "/due", "/overview", "/account", "/import"]
)
def test_every_page_shows_only_what_may_be_seen(client: Client, names: Names, address: str) -> None:
    own, foreign = (client(name).get(address, headers=PAGE) for name in ("reader", "stranger"))
    assert (own.status_code, foreign.status_code) == (200, 200)
    for words in ("办公用房租赁合同", "软件", names.hidden, names.loose, "行政"):
        assert words not in own.text
    assert "服务器采购合同" not in foreign.text
    assert "信达" not in foreign.text


def test_the_list_narrows(client: Client) -> None:
    browser = client("admin")
    assert browser.get("/contracts", headers=PAGE).text.count("data-item") == 3
    found = browser.get("/contracts?party=林岚&folder=行政&tag=", headers=PAGE).text
    assert found.count("data-item") == 1
    assert "没有合同" in browser.get("/contracts?tag=无此标签", headers=PAGE).text


@pytest.mark.parametrize("what", ["payments", "penalties", "deadlines", "amounts", "clauses", "findings", "contracts"])
def test_a_grid_and_its_spreadsheet_are_the_same(client: Client, what: str) -> None:
    browser = client("admin")
    page = browser.get(f"/grid?what={what}", headers=PAGE).text
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/grid.xlsx?what={what}").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert list(rows[0]) == heads_of(page)
    assert len(rows) - 1 == page.count("data-item")
    assert len(rows) > 1


def test_a_grid_is_sorted_filtered_and_cut_to_columns(client: Client) -> None:
    browser = client("admin")
    address = "/grid?what=amounts&column=value&column=label&sort=-value&holds.value=00"
    assert heads_of(browser.get(address, headers=PAGE).text) == ["金额", "名目"]
    book = openpyxl.load_workbook(io.BytesIO(browser.get(address.replace("/grid?", "/grid.xlsx?")).content))
    values = [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)]
    assert values == sorted(values, reverse=True)
    assert max(values) == 1_200_000


def test_a_grid_takes_only_clauses_of_a_search(client: Client) -> None:
    browser = client("admin")
    page = browser.get("/grid?what=penalties&q=逾期交货", headers=PAGE).text
    assert page.count("data-item") == 1
    assert "0.0005" in page
    assert browser.get("/grid?what=penalties&where=nonsense", headers=PAGE).status_code == 400


def test_nothing_comes_last_whichever_way_a_grid_is_sorted(site: Site) -> None:
    with site.pool.lend() as service:
        for sort in ("rate", "-rate"):
            grid = make_grid(service, GridRequest("penalties", columns=("rate",), sort=sort))
            values = [row.values[0] for row in grid.rows]
            known = [value for value in values if value is not None]
            assert values == known + [None] * (len(values) - len(known))
        with pytest.raises(UsageError):
            make_grid(service, GridRequest("nonsense"))


def test_figures_add_up_and_know_their_folders(site: Site) -> None:
    with site.pool.lend() as service:
        found = figures(service.store.database, Wanted())
        assert found.whole.contracts == 3
        assert sum(worth.contracts for worth in found.by_year.values()) == 3
        assert {code: str(total) for code, total in found.whole.sums.items()} == {"CNY": "1200000"}
        assert found.by_party["信达科技有限公司"].contracts == 2
        assert {one.code for one in found.findings} == {"penalty_without_cap", "blank_field"}
        some = figures(service.store.database, Wanted(folders=("行政",)))
        assert (some.whole.contracts, list(some.by_kind)) == (1, ["lease"])
        assert {one.code for one in some.findings} == {"blank_field"}
        assert figures(service.store.database, Wanted(folders=())).whole.contracts == 0


def test_rights_are_read_as_typed() -> None:
    assert read_grants("采购/2025： editor\n\n*: reader") == {"采购/2025": "editor", "": "reader"}
    for typed in ("采购", ": editor", "采购: owner"):
        with pytest.raises(UsageError):
            read_grants(typed)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Site, TestClient, str]]:
    """A site of its own, its owner's browser, and the id of a contract."""
    names = fill(tmp_path / "data")
    with (
        open_site(read_settings({"QIYUE_DATA": str(tmp_path / "data"), "USER": "owner"})) as site,
        TestClient(build_app(site), follow_redirects=False) as browser,
    ):
        browser.get(f"/sign-in/link?key={site.door.new_link()}")
        yield site, browser, names.hidden


def csrf(browser: TestClient) -> str:
    found = re.search(r'name="csrf" content="([^"]+)"', browser.get("/", headers=PAGE).text)
    assert found
    return found[1]


def test_an_administrator_makes_changes_and_closes_accounts(own: tuple[Site, TestClient, str]) -> None:
    site, browser, _ = own
    form = {"csrf": csrf(browser), "name": "李雷", "password": PASSWORD, "grants": "采购: reader"}
    assert browser.post("/admin/accounts", data=form).status_code == 303
    assert dict(site.door.accounts.get("李雷").grants) == {"采购": "reader"}
    assert browser.post("/admin/accounts/owner/remove", data={"csrf": csrf(browser)}).status_code == 409
    changed = {"csrf": csrf(browser), "disabled": "true", "grants": "*: editor"}
    assert browser.post("/admin/accounts/李雷", data=changed).status_code == 303
    assert site.door.accounts.get("李雷").disabled
    assert "停用" in browser.get("/admin", headers=PAGE).text
    weak = browser.post("/admin/accounts", data=form | {"name": "韩梅", "password": "123"}, headers=PAGE)
    assert (weak.status_code, "密码太简单" in weak.text) == (422, True)
    assert browser.post("/admin/accounts/李雷/remove", data={"csrf": csrf(browser)}).status_code == 303
    assert site.door.accounts.find("李雷") is None
    assert "remove account" in browser.get("/admin", headers=PAGE).text


def test_health_index_and_folders(own: tuple[Site, TestClient, str]) -> None:
    _, browser, contract = own
    page = browser.get("/admin?check=true", headers=PAGE).text
    assert "操作日志完整" in page
    assert "份原件" in page
    assert "original files" not in page
    browser.cookies.set("lang", "en")
    english = browser.get("/admin?check=true", headers=PAGE).text
    browser.cookies.set("lang", "zh")
    assert "original files" in english
    assert browser.post("/admin/reindex", data={"csrf": csrf(browser)}).status_code == 303
    renamed = {"csrf": csrf(browser), "folder": "行政", "to": "综合/房产"}
    assert browser.post("/admin/folders", data=renamed).status_code == 303
    assert "综合/房产" in browser.get("/contracts", headers=PAGE).text
    kept = {"csrf": csrf(browser), "folder": "档案", "tags": "重点，房屋"}
    assert browser.post(f"/contracts/{contract}/keep", data=kept).status_code == 303
    page = browser.get(f"/contracts/{contract}", headers=PAGE).text
    assert re.search(r"档案.*<span class=\"badge\">房屋</span>", page)


def test_tokens_are_shown_once_and_withdrawn(own: tuple[Site, TestClient, str]) -> None:
    site, browser, _ = own
    form = {"csrf": csrf(browser), "label": "报表", "scope": ["read"], "days": "30"}
    page = browser.post("/account/tokens", data=form, headers=PAGE).text
    token = re.search(r"qy_([0-9a-f]{12})_[\w-]+", page)
    assert token
    assert site.door.by_token(token[0]) is not None
    assert token[0] not in browser.get("/account", headers=PAGE).text
    assert browser.post(f"/account/tokens/{token[1]}/remove", data={"csrf": csrf(browser)}).status_code == 303
    assert site.door.by_token(token[0]) is None


def test_a_password_needs_the_old_one(own: tuple[Site, TestClient, str]) -> None:
    site, browser, _ = own
    assert browser.post("/account/password", data={"csrf": csrf(browser), "new": PASSWORD}).status_code == 303
    browser.post("/sign-in", data={"name": "owner", "password": PASSWORD})
    again = {"csrf": csrf(browser), "new": PASSWORD + "2", "old": "falsch"}
    assert browser.post("/account/password", data=again).status_code == 401
    assert browser.post("/account/password", data=again | {"old": PASSWORD}).status_code == 303
    assert site.door.accounts.get("owner").has_password


def test_the_calendar_is_subscribed_to_and_events_get_their_day(own: tuple[Site, TestClient, str]) -> None:
    _, browser, contract = own
    page = browser.post("/due/calendar", data={"csrf": csrf(browser)}, headers=PAGE).text
    address = re.search(r"/v1/calendar\.ics\?token=[\w-]+", page)
    assert address
    assert browser.get(address[0]).text.startswith("BEGIN:VCALENDAR")
    said = {"csrf": csrf(browser), "contract": contract, "event": "签订", "date": "2024-11-15"}
    assert browser.post("/due/anchor", data=said).status_code == 303
    assert browser.post("/due/anchor", data=said | {"date": "nie"}, headers=PAGE).status_code == 422


def test_no_form_works_without_its_secret(own: tuple[Site, TestClient, str]) -> None:
    _, browser, contract = own
    for address in (
        "/admin/accounts",
        "/admin/reindex",
        "/account/tokens",
        "/due/calendar",
        "/searches",
        f"/contracts/{contract}/keep",
        f"/contracts/{contract}/facts/n1",
        f"/contracts/{contract}/facts/n1/verdict",
    ):
        assert browser.post(address, data={"csrf": masked("wrong")}).status_code == 403


def test_an_import_is_done_when_search_knows_it(
    own: tuple[Site, TestClient, str],
) -> None:
    """All files have their final state, and the job is still open while the index is told."""
    site, browser, _ = own
    with site.pool.lend() as service:
        job = service.store.ledger.begin({"owner": "owner"})
        job.add([FileRow(job=job.number, place=0, path="a.txt", state="skipped")])
        page = browser.get(f"/import/{job.number}", headers=PAGE).text
        assert "正在进入索引" in page
        assert "data-running" in page
        job.close("done")
    page = browser.get(f"/import/{job.number}", headers=PAGE).text
    assert "完成" in page
    assert "data-running" not in page


def test_only_administrators_manage(client: Client) -> None:
    for name in ("reader", "editor"):
        assert client(name).get("/admin", headers=PAGE).status_code == 403
        assert client(name).post("/admin/reindex").status_code == 403
        assert 'href="/admin"' not in client(name).get("/", headers=PAGE).text
