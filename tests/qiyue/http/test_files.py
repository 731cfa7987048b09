"""Pictures of pages, originals, the parser over HTTP; corrections: on the shipped samples, read for real."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from corpus.packing import pack
from ingest.read import read
from nlp.parse import parse
from qiyue.accounts.person import Person
from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.service.base import Service
from qiyue.settings import read_settings
from schema.contract import Contract

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture(scope="module")
def lease() -> Contract:
    return parse(read(SAMPLES / "lease.pdf"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, lease: Contract) -> Iterator[Site]:
    data = tmp_path_factory.mktemp("files")
    settings = read_settings({"QIYUE_DATA": str(data), "QIYUE_JOBS": "1"})
    purchase = parse(read(SAMPLES / "purchase.docx"))
    with Service(settings) as service:
        for name, contract in (("lease.pdf", lease), ("purchase.docx", purchase)):
            with (SAMPLES / name).open("rb") as stream:
                service.store.originals.put(contract.id, stream)
            service.store.put(pack(contract), folder="合同")
    with open_site(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def http(site: Site) -> TestClient:
    account = site.door.add_account("editor", password=None, grants={"合同": "editor"})
    token, _ = site.door.make_token(
        Person(account.name, False, account.grants), label="", scopes=["read", "write"], days=1
    )
    return TestClient(build_app(site), headers={"Authorization": f"Bearer {token}"})


def identity(name: str) -> str:
    return hashlib.sha256((SAMPLES / name).read_bytes()).hexdigest()


def test_a_page_is_drawn_once_and_its_boxes_fit(http: TestClient, site: Site, lease: Contract) -> None:
    path = f"/v1/contracts/{lease.id}/pages/1.png"
    answer = http.get(path, params={"size": "large"})
    assert answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content)).convert("L")
    page = lease.pages[0]
    assert picture.width == 1654
    scale = picture.width / page.width
    assert picture.height / page.height == pytest.approx(scale, rel=0.01)
    for line in page.lines[:10]:
        left, top, right, bottom = (round(edge * scale) for edge in line.box)
        inside = picture.crop((left, top, right, bottom))
        assert min(inside.tobytes()) < 128, "a line of the text has no ink in its box"
    kept = list((site.settings.data / "pages").rglob("*.png"))
    assert [file.name for file in kept] == ["1-large.png"]
    assert http.get(path, params={"size": "large"}).content == kept[0].read_bytes()
    assert Image.open(io.BytesIO(http.get(path, params={"size": "small"}).content)).width == 240


@pytest.mark.parametrize(("name", "page"), [("lease.pdf", 99), ("purchase.docx", 1)])
def test_pages_that_have_no_picture(http: TestClient, name: str, page: int) -> None:
    answer = http.get(f"/v1/contracts/{identity(name)}/pages/{page}.png")
    assert (answer.status_code, answer.json()["code"]) == (404, "page_unknown")


def test_the_original_is_what_came_and_never_shown(http: TestClient) -> None:
    answer = http.get(f"/v1/contracts/{identity('purchase.docx')}/original")
    assert hashlib.sha256(answer.content).hexdigest() == identity("purchase.docx")
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_parse_stores_nothing(http: TestClient) -> None:
    words = "采购合同\n甲方：青禾商贸有限公司\n乙方：远山机械有限公司\n第一条 标的\n甲方向乙方购买水泵。"
    answer = http.post("/v1/parse", files={"file": ("采购.txt", words.encode())})
    record = Contract.model_validate_json(answer.content)
    assert [party.name for party in record.parties] == ["青禾商贸有限公司", "远山机械有限公司"]
    assert http.get(f"/v1/contracts/{record.id}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [(b"", 422, "file_empty"), (b"\x00\x01\x02" * 99, 415, "file_type_unknown"), (b"%PDF-1.7", 422, "file_damaged")],
)
def test_files_that_cannot_be_parsed(http: TestClient, sent: bytes, status: int, code: str) -> None:
    answer = http.post("/v1/parse", files={"file": ("x.pdf", sent)})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_fact_is_corrected_by_whoever_saw_it_last(http: TestClient, lease: Contract) -> None:
    path, fact = f"/v1/contracts/{lease.id}", lease.penalties[0]
    seen = http.get(path).headers["etag"]
    change = {"field": "trigger", "value": "逾期", "why": "手写更正"}
    assert http.patch(f"{path}/facts/{fact.id}", json=change).json()["code"] == "condition_missing"
    made = http.patch(f"{path}/facts/{fact.id}", json=change, headers={"If-Match": seen})
    assert made.status_code == 200
    assert (made.json()["correction"]["who"], made.json()["correction"]["value"]) == ("editor", "逾期")
    late = http.patch(f"{path}/facts/{fact.id}", json=change, headers={"If-Match": seen})
    assert (late.status_code, late.json()["code"]) == (412, "record_changed")
    record = http.get(path)
    assert record.headers["etag"] == made.headers["etag"] != seen
    assert record.json()["penalties"][0]["trigger"] == fact.trigger  # the parser's word stays
    number = record.json()["corrections"][0]["number"]
    assert http.delete(f"{path}/corrections/{number}").status_code == 204
    assert http.get(path).json()["corrections"] == []
    assert http.delete(f"{path}/corrections/{number}").json()["code"] == "correction_unknown"


@pytest.mark.parametrize(
    ("kind", "field", "typed", "kept"),
    [
        ("penalties", "rate", "0.05%", "0.0005"),
        ("penalties", "rate", "万分之五", "0.0005"),
        ("penalties", "rate", "0.0004", "0.0004"),
        ("payments", "percent", "30%", "30"),
        ("amounts", "value", "3万元", "30000"),
        ("amounts", "value", "人民币1,200.50元", "1200.50"),
        ("dates", "value", "2025年3月18日", "2025-03-18"),
        ("dates", "value", "二〇二五年三月", "2025-03"),
        ("dates", "value", "2025年2月30日", None),
        ("penalties", "liable", "双方", "both"),
        ("penalties", "liable", "某某", None),
        # of two values nobody knows which is meant
        ("amounts", "value", "3万元或5万元", None),
        ("penalties", "rate", "很多", None),
    ],
)
def test_values_may_be_typed_as_contracts_print_them(
    http: TestClient, lease: Contract, kind: str, field: str, typed: str, kept: str | None
) -> None:
    element = getattr(lease, kind)[-1].id
    path = f"/v1/contracts/{lease.id}"
    change = {"field": field, "value": typed, "why": "手写更正"}
    made = http.patch(f"{path}/facts/{element}", json=change, headers={"If-Match": "*"})
    if kept is None:
        assert (made.status_code, made.json()["code"]) == (422, "value_unreadable")
        return
    told = made.json()["correction"]
    assert told["value"] == kept
    assert http.delete(f"{path}/corrections/{told['number']}").status_code == 204


@pytest.mark.parametrize(
    ("element", "change", "status", "code"),
    [
        ("zz99", {"field": "value", "value": "1", "why": "x"}, 404, "element_unknown"),
        ("contract", {"field": "colour", "value": "1", "why": "x"}, 422, "field_unknown"),
        ("contract", {"field": "kind", "value": "poem", "why": "x"}, 422, "value_unreadable"),
        ("contract", {"field": "title", "value": "x\u0000", "why": ""}, 422, "request_invalid"),
    ],
)
def test_corrections_that_are_refused(
    http: TestClient, lease: Contract, element: str, change: dict[str, str], status: int, code: str
) -> None:
    path = f"/v1/contracts/{lease.id}/facts/{element}"
    answer = http.patch(path, json=change, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_schema_of_the_record(http: TestClient) -> None:
    assert http.get("/v1/schema/contract/1.0").json()["$id"] == "contract-1.0.json"
    assert http.get("/v1/schema/contract/9.9").status_code == 404
