"""The pages as a browser gets them: what they show, to whom, and that nothing in a contract becomes markup."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from qiyue.accounts.person import Person
from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.service.indexing import drain
from qiyue.settings import read_settings
from schema.finding import Finding
from tests.qiyue.http.conftest import Client
from tests.support.hostile import hostile
from tests.support.served import Names, put

PAGE = {"Accept": "text/html"}
SMALL = 100_000


class Tags(HTMLParser):
    """Elements of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def words_of(page: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


def test_the_start_page_is_small_and_in_chinese(client: Client) -> None:
    browser = client("reader")
    page = browser.get("/", headers=PAGE)
    assert page.status_code == 200
    assert 'lang="zh-CN"' in page.text
    parts = [address for _, a in Tags(page.text).found for address in (a.get("src"), a.get("href")) if address]
    own = {address for address in parts if address.startswith("/static/")}
    assert len(own) == 3
    assert len(page.content) + sum(len(browser.get(address).content) for address in own) < SMALL


def test_language_and_light_are_kept(client: Client) -> None:
    browser = client("reader")
    answer = browser.get("/preferences?lang=en&theme=dark&next=//evil.example/x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    page = browser.get("/", headers=PAGE).text
    assert 'lang="en" data-theme="dark"' in page
    assert "Search the clauses of your contracts" in page


def test_hits_are_grouped_with_their_place_and_words(client: Client, names: Names) -> None:
    page = client("reader").get("/?q=违约金", headers=PAGE).text
    assert page.count('<article class="group">') == 1
    assert "服务器采购合同" in page
    assert "<mark>违约金</mark>" in page
    assert re.search(r"第三条<span aria-hidden=\"true\"> › </span>1", page)
    assert f"/contracts/{names.seen}?q=" in page
    assert f"clause={quote('main/3/1', safe='')}" in page


def test_a_facet_narrows_and_can_be_taken_away(client: Client) -> None:
    browser = client("admin")
    page = browser.get("/?q=违约金", headers=PAGE).text
    address = re.search(r'href="(/\?q=[^"]*where=kind%3Dlease)"', page)
    assert address
    narrowed = browser.get(address[1].replace("&amp;", "&"), headers=PAGE).text
    assert "合同类型：租赁" in narrowed
    assert narrowed.count('<article class="group">') == 1


def test_nothing_found_says_what_to_leave_out(client: Client) -> None:
    page = client("admin").get("/?q=违约金&where=kind=loan", headers=PAGE).text
    assert "没有找到条款" in page
    assert "不要“合同类型：借款”" in page


def test_a_filter_that_cannot_be_read_is_told_and_nothing_is_listed(client: Client) -> None:
    page = client("admin").get("/?q=违约金&where=penalti.rate=1", headers=PAGE)
    assert page.status_code == 400
    assert "penalty.rate" in page.text
    assert "<article" not in page.text


@pytest.mark.parametrize("tab", ["text", "facts", "findings", "blanks", "tables", "versions"])
def test_a_contract_has_its_tabs(client: Client, names: Names, tab: str) -> None:
    page = client("reader").get(f"/contracts/{names.seen}?tab={tab}&q=违约金", headers=PAGE)
    assert page.status_code == 200
    shown = re.findall(r'data-panel="(\w+)"(?! hidden)', page.text)
    assert shown == [tab]


def test_differences_to_another_contract(client: Client, names: Names) -> None:
    page = client("admin").get(f"/contracts/{names.seen}?tab=versions&other={names.hidden}", headers=PAGE).text
    assert "数值变化" in page
    assert "办公用房租赁合同" in page


def test_what_lies_elsewhere_is_not_there(client: Client, names: Names) -> None:
    stranger = client("reader")
    for address in (
        f"/contracts/{names.hidden}",
        f"/contracts/{names.hidden}/map",
        f"/contracts/{names.hidden}/facts/n1",
        f"/contracts/{names.seen}?tab=versions&other={names.hidden}",
    ):
        answer = stranger.get(address, headers=PAGE)
        assert answer.status_code == 404
        assert "办公用房租赁合同" not in answer.text
    for address in ("/", "/?q=租金", "/?where=kind=lease", f"/contracts/{names.seen}?tab=versions"):
        assert "办公用房租赁合同" not in stranger.get(address, headers=PAGE).text


def test_a_reader_corrects_nothing(client: Client, names: Names) -> None:
    reader = client("reader")
    form = {"field": "rate", "value": "0.001", "why": "改错"}
    assert reader.get(f"/contracts/{names.seen}/facts/n1", headers=PAGE).status_code == 403
    assert reader.post(f"/contracts/{names.seen}/facts/n1", data=form, headers=PAGE).status_code == 403
    assert reader.post(f"/contracts/{names.seen}/facts/n1/verdict", data={"word": "accepted"}).status_code == 403
    assert "更正" not in reader.get(f"/contracts/{names.seen}?tab=facts", headers=PAGE).text.split("<dialog")[0]


def test_the_working_of_a_finding_gives_its_reasons_in_the_language_of_the_page(tmp_path: Path) -> None:
    reasons = ("comment of a reviewer", "deleted, the deletion is tracked", "something new")
    finding = Finding(code="noise_text", severity="info", message="文件中有3处批注", data={"reasons": reasons})
    contract = hostile().model_copy(update={"findings": (finding,)})
    with open_site(read_settings({"QIYUE_DATA": str(tmp_path), "USER": "owner"})) as site, site.pool.lend() as service:
        put(service, contract, None)
        site.door.add_account("owner", password=None, admin=True)
        token, _ = site.door.make_token(Person("owner", True), label="test", scopes=["read"], days=1)
        browser = TestClient(build_app(site), headers={"Authorization": f"Bearer {token}"} | PAGE)
        page = browser.get(f"/contracts/{contract.id}?tab=findings").text
        assert "审阅批注；修订中删除的文字；something new" in page


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[TestClient, str]]:
    """An editor before a collection of one hostile contract."""
    settings = read_settings({"QIYUE_DATA": str(tmp_path / "data"), "USER": "owner"})
    with open_site(settings) as site, site.pool.lend() as service:
        contract = hostile()
        put(service, contract, "采购")
        drain(service, wait=10)
        account = site.door.add_account("editor", password=None, grants={"采购": "editor"})
        person = Person(account.name, account.admin, account.grants)
        token, _ = site.door.make_token(person, label="test", scopes=["read", "write"], days=1)
        with TestClient(build_app(site), follow_redirects=False) as browser:
            browser.headers["Authorization"] = f"Bearer {token}"
            yield browser, contract.id


def test_a_fact_is_corrected_and_the_correction_taken_back(opened: tuple[TestClient, str]) -> None:
    browser, contract = opened
    form = browser.get(f"/contracts/{contract}/facts/n1?part=true", headers=PAGE)
    assert "<html" not in form.text
    since = re.search(r'name="unchanged_since" value="([^"]+)"', form.text)
    assert since
    sent = {"field": "rate", "value": "0.0008", "why": "见补充协议", "unchanged_since": since[1]}
    answer = browser.post(f"/contracts/{contract}/facts/n1", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/contracts/{contract}?tab=facts#fact-n1")
    page = browser.get(f"/contracts/{contract}?tab=facts", headers=PAGE).text
    assert "rate：0.0005 → 0.0008（editor：见补充协议）" in page
    late = browser.post(f"/contracts/{contract}/facts/n1", data=sent, headers=PAGE)
    assert late.status_code == 412
    assert "刚刚被他人更改" in late.text
    number = re.search(r"/corrections/(\d+)/withdraw", page)
    assert number
    assert browser.post(f"/contracts/{contract}/corrections/{number[1]}/withdraw").status_code == 303
    assert "0.0008" not in browser.get(f"/contracts/{contract}?tab=facts", headers=PAGE).text


def test_a_verdict_is_kept(opened: tuple[TestClient, str]) -> None:
    browser, contract = opened
    said = browser.post(f"/contracts/{contract}/facts/n1/verdict", data={"word": "rejected"})
    assert said.json() == {"element": "n1", "word": "rejected", "who": "editor"}
    assert "已驳回" in browser.get(f"/contracts/{contract}?tab=facts", headers=PAGE).text
    assert browser.post(f"/contracts/{contract}/facts/n1/verdict", data={"word": "none"}).json()["word"] is None


@pytest.mark.parametrize(
    "address", ["/", "/?q=违约金", "/contracts/{id}?q=违约金", "/contracts/{id}/facts/n1", "/?q=%3Cimg%20src%3Dx%3E"]
)
def test_nothing_in_a_contract_becomes_markup(opened: tuple[TestClient, str], address: str) -> None:
    browser, contract = opened
    page = browser.get(address.format(id=contract), headers=PAGE)
    assert page.status_code == 200
    tags = Tags(page.text).found
    assert [a.get("src") for tag, a in tags if tag == "script"] == [
        next(a["src"] for tag, a in tags if tag == "script" and (a.get("src") or "").startswith("/static/app.js"))
    ]
    assert not [a for _, a in tags if any(name.startswith("on") or name == "style" for name in a)]
    assert not [a for tag, a in tags if tag == "img" and not (a.get("src") or "").startswith("/v1/")]
    assert "49" not in words_of(page.text).replace("7 * 7", "")


def test_errors_of_pages_are_pages(client: Client) -> None:
    answer = client("reader").get("/contracts/ffffffff", headers=PAGE)
    assert answer.status_code == 404
    assert "没有这份合同。" in answer.text
    assert client("reader").get("/nowhere", headers=PAGE).status_code == 404


def test_saved_searches_count_what_is_new(client: Client) -> None:
    browser = client("editor")
    saved = browser.post("/searches", data={"q": "违约金", "name": "我的检索"})
    assert saved.status_code == 303
    assert "我的检索" in browser.get("/", headers=PAGE).text
    number = re.search(r"/searches/(\d+)/remove", browser.get("/", headers=PAGE).text)
    assert number
    assert browser.get(f"/searches/{number[1]}").headers["location"].startswith("/?q=")
    assert client("reader").get(f"/searches/{number[1]}").status_code == 404
    assert browser.post(f"/searches/{number[1]}/remove").status_code == 303
    assert "我的检索" not in browser.get("/", headers=PAGE).text


def test_a_saved_search_shows_what_is_new_until_it_is_marked_as_seen(client: Client, names: Names) -> None:
    browser = client("editor")
    browser.post("/searches", data={"q": "违约金", "name": "待阅"})
    number = re.findall(r"/searches/(\d+)/remove", browser.get("/", headers=PAGE).text)[-1]
    assert browser.get(f"/searches/{number}").status_code == 303, "nothing is new yet"
    saved = browser.app.state.site.door.saved  # type: ignore[attr-defined]
    saved.mark_seen("editor", int(number), [])
    for _ in range(2):  # looking alone marks nothing
        page = browser.get(f"/searches/{number}", headers=PAGE).text
        shown = re.findall(r'name="shown" value="([^"]*)"', page)
        assert f"新增{len(shown)}条" in page
        assert "<mark>违约金</mark>" in page
    assert f"{names.seen}/main/3/1" in shown
    assert page.count('<li class="hit">') == len(shown)
    browser.post(f"/searches/{number}/seen", data={"shown": "somewhere/else"})
    assert browser.get(f"/searches/{number}").status_code == 200, "what was not shown stays new"
    browser.post(f"/searches/{number}/seen", data={"shown": shown})
    assert browser.get(f"/searches/{number}").headers["location"].startswith("/?q=")
    browser.post(f"/searches/{number}/remove")


def test_a_page_of_trouble_still_leads_on(client: Client, site: Site) -> None:
    browser = client()
    assert '<nav class="places"' not in browser.get("/nowhere", headers=PAGE).text
    browser.get(f"/sign-in/link?key={site.door.new_link()}")
    for address in ("/contracts/ffffffff", "/nowhere"):
        page = browser.get(address, headers=PAGE).text
        assert '<nav class="places"' in page, address
        assert "owner" in page


def test_the_sign_in_page_tells_what_was_wrong(client: Client) -> None:
    page = client().get("/sign-in?error=sign_in_failed&next=/grid").text
    assert "账号或密码不对" in page
    assert 'name="next" value="/grid"' in page
    assert 'value="/"' in client().get("/sign-in?next=https://evil.example/").text
