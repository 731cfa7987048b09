"""Text, names and files full of mark-up, scripts, formulas, turned text and NULs: nothing runs, nothing breaks."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from corpus.packing import pack
from ingest.options import ReadOptions
from ingest.read import read
from nlp.parse import parse
from qiyue.accounts.person import Person
from qiyue.executors import Opened
from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.settings import read_settings
from qiyue.tasks import Limits, Parsed, Task
from tests.support.quick import Inline

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","点")'
TURNED = "\u202e\u2066公\u2069"
TEXT = f"""{SCRIPT}采购合同
甲方：{FORMULA}有限公司
乙方：{TURNED}远山<img src=x onerror=alert(2)>有限公司
第一条 标的
@SUM(A1) 甲方向乙方购买水泵。\x00\x07{SCRIPT}
第二条 价款
合同总价为人民币120000元。-1+1|cmd
第三条 违约责任
乙方逾期交货的，每逾期一日按合同总价的0.05%支付违约金{SCRIPT}。
"""
NAME = f'../{TURNED}\r\nSet-Cookie: a=b"{SCRIPT}.txt'


def real_read(task: Task, _limits: Limits) -> Parsed:
    data = task.source if isinstance(task.source, bytes) else task.source.read_bytes()
    return Parsed(packed=pack(parse(read(data, ReadOptions(name=task.name)))))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(read_settings({"QIYUE_DATA": str(tmp_path_factory.mktemp("hostile"))})) as opened:
        opened.readers.__dict__["opened"] = lambda: Opened(Inline(real_read), 1)
        yield opened


@pytest.fixture(scope="module")
def http(site: Site) -> TestClient:
    account = site.door.add_account("boss", password=None, admin=True)
    person = Person(account.name, True)
    token, _ = site.door.make_token(person, label="", scopes=["read", "write"], days=1)
    made = TestClient(build_app(site), headers={"Authorization": f"Bearer {token}"})
    body = b"".join(
        [
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="',
            NAME.replace("\r\n", "%0D%0A").replace('"', "%22").encode(),
            b'"\r\n\r\n',
            TEXT.encode(),
            b"\r\n--b--\r\n",
        ]
    )
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    job = made.post("/v1/imports", content=body, headers=headers).json()["job"]
    with made.stream("GET", f"/v1/jobs/{job}/events") as events:
        assert any(line == "event: done" for line in events.iter_lines())
    site.imports.close()
    return made


@pytest.fixture(scope="module")
def contract(http: TestClient) -> str:
    listed = http.get("/v1/contracts").json()["contracts"]
    assert len(listed) == 1
    return str(listed[0]["id"])


def test_answers_are_data_that_no_browser_runs(http: TestClient, contract: str) -> None:
    for path in ("/v1/clauses?q=违约金", f"/v1/contracts/{contract}", "/v1/suggestions?q=远山", "/v1/jobs/1"):
        answer = http.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        json.loads(answer.content)
    hit = http.get("/v1/clauses?q=违约金").json()["hits"][0]
    assert SCRIPT in hit["text"]  # kept as written: whoever shows it must escape it
    assert hit["text"][hit["highlights"][0]["start"] : hit["highlights"][0]["end"]] == "违约金"


def test_the_name_breaks_no_header_and_leaves_no_folder(http: TestClient, contract: str, site: Site) -> None:
    answer = http.get(f"/v1/contracts/{contract}/original")
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-disposition"].isascii()
    assert answer.content == TEXT.encode()
    name = http.get("/v1/contracts").json()["contracts"][0]["source"]["name"]
    assert "/" not in name.replace("</script>", "")
    assert not any(c in name for c in "\r\n\x00\u202e\u2066")
    outside = [path for path in site.settings.data.rglob("*.txt") if not path.is_relative_to(site.imports.uploads)]
    assert outside == []


@pytest.mark.parametrize("what", ["contracts", "clauses", "parties", "penalties", "amounts", "findings"])
def test_tables_hold_no_formula(http: TestClient, what: str) -> None:
    text = http.get(f"/v1/export?what={what}&format=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1
    for cell in (cell for row in rows[1:] for cell in row):
        assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
        assert not cell.startswith("-") or cell.lstrip("-").replace(".", "").isdigit(), cell
    book = load_workbook(io.BytesIO(http.get(f"/v1/export?what={what}&format=xlsx").content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_calendar_stays_one(http: TestClient) -> None:
    lines = http.get("/v1/export?what=deadlines&format=ics").text.split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert all(not line or line[0] == " " or ":" in line for line in lines)


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "((((((((",
        "且 或 且",
        "类型:",
        "a" * 1000,
        "%",
        "'; DROP TABLE contract; --",
        TURNED,
        SCRIPT,
        "\ud7ff\U0001f600",
        "*",
        "-" * 500,
        "金额:>" + "9" * 400,
    ],
)
def test_no_query_breaks_anything(http: TestClient, query: str) -> None:
    answer = http.get("/v1/clauses", params={"q": query})
    assert answer.status_code == 200
    assert http.get("/v1/suggestions", params={"q": query}).status_code == 200


@pytest.mark.parametrize("value", ["a\x00b", "\ud800"])
def test_characters_no_text_has_are_refused(http: TestClient, contract: str, value: str) -> None:
    body = json.dumps({"field": "title", "value": value, "why": value})
    headers = {"If-Match": "*", "Content-Type": "application/json"}
    answer = http.patch(f"/v1/contracts/{contract}/facts/contract", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
    saved = http.post("/v1/searches", content=json.dumps({"name": value}), headers=headers)
    assert saved.status_code == 422


@pytest.mark.parametrize("path", [f"/v1/contracts/{SCRIPT}", "/v1/contracts/..%2f..%2fetc", "/static/../app.py"])
def test_addresses_are_not_paths(http: TestClient, path: str) -> None:
    answer = http.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_nothing_of_a_contract_is_logged(http: TestClient, caplog: pytest.LogCaptureFixture, site: Site) -> None:
    http.get("/v1/clauses?q=违约金")
    site.door.trail.note("-", "flush", wait=True)
    said = caplog.text + json.dumps([entry.detail for entry in site.door.audit.newest(100)], ensure_ascii=False)
    assert "违约金" not in said
