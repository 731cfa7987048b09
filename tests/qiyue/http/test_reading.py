"""Search, records, findings, differences, exports: answered as export.md words them."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from schema.contract import Contract
from schema.query import Results
from tests.qiyue.http.conftest import Client
from tests.support.served import Names


def test_a_search_says_where_and_why(client: Client, names: Names) -> None:
    answer = client("admin").get("/v1/clauses", params={"q": "违约金", "facet": ["folder", "type"], "limit": 50})
    found = Results.model_validate(answer.json())
    assert found.total == len(found.hits) > 1
    for hit in found.hits:
        assert [hit.text[m.start : m.end] for m in hit.highlights]
        assert hit.matched_by
        assert (hit.page is not None) == bool(hit.boxes) == (hit.contract != names.loose)
    counts = {value.value: value.count for value in found.facets["folder"]}
    assert counts["采购/2025"] == sum(hit.contract == names.seen for hit in found.hits)


def test_filters_pages_and_groups(client: Client, names: Names) -> None:
    admin = client("admin")
    where = {"where": ["deadline.who=甲方", "deadline.workday=true"]}
    assert [h["contract"] for h in admin.get("/v1/clauses", params=where).json()["hits"]] == [names.seen]
    first = admin.get("/v1/clauses", params={"limit": 2}).json()
    second = admin.get("/v1/clauses", params={"limit": 2, "cursor": first["cursor"]}).json()
    assert not {h["clause"] for h in first["hits"]} & {h["clause"] for h in second["hits"]}
    grouped = admin.get("/v1/clauses", params={"q": "合同", "group": True}).json()
    assert len({h["contract"] for h in grouped["hits"]}) == len(grouped["hits"]) == grouped["total"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/clauses?where=colour=red", 422, "field_unknown"),
        ("/v1/clauses?where=nonsense", 422, "value_unreadable"),
        ("/v1/clauses?cursor=abc", 422, "value_unreadable"),
        ("/v1/clauses?limit=100000", 422, "request_invalid"),
        ("/v1/clauses?facet=colour", 422, "field_unknown"),
        ("/v1/contracts?cursor=%F0", 422, "value_unreadable"),
        ("/v1/contracts/ffffffff", 404, "contract_unknown"),
        ("/v1/export?what=clauses&format=ics", 422, "value_unreadable"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(client: Client, path: str, status: int, code: str) -> None:
    answer = client("admin").get(path)
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["status"]) == (status, code, status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["remedy"]


def test_the_list_and_the_record(client: Client, names: Names) -> None:
    admin = client("admin")
    listed = admin.get("/v1/contracts", params={"folder": "采购"}).json()
    assert [c["id"] for c in listed["contracts"]] == [names.seen]
    answer = admin.get(f"/v1/contracts/{names.seen[:12]}")
    record = Contract.model_validate_json(answer.content)
    assert record.id == names.seen
    assert answer.headers["etag"].strip('"') == listed["contracts"][0]["changed_at"]
    assert admin.get("/v1/folders").json() == {"folders": {"行政": 1, "采购/2025": 1}}


def test_findings_and_differences(client: Client, names: Names) -> None:
    admin = client("admin")
    found = admin.get(f"/v1/contracts/{names.seen}/findings").json()
    assert found["contract"] == names.seen
    changed = admin.get(f"/v1/contracts/{names.seen}/diff/{names.hidden}").json()
    assert (changed["before"], changed["after"]) == (names.seen, names.hidden)
    assert changed["values"]


def test_what_is_owed_when(client: Client, names: Names) -> None:
    admin = client("admin")
    found = admin.get("/v1/due", params={"past": "10y", "contract": names.seen[:10]}).json()
    assert {item["contract"] for item in (*found["due"], *found["unanchored"])} == {names.seen}
    assert all(item["reason"] for item in found["unanchored"])
    assert admin.get("/v1/due?within=soon").json()["code"] == "value_unreadable"


def test_the_same_clause_elsewhere(client: Client, names: Names) -> None:
    admin = client("admin")
    found = Results.model_validate(admin.get(f"/v1/clauses/{names.seen}/main/3/1/similar").json())
    assert all(hit.clause != "main/3/1" or hit.contract != names.seen for hit in found.hits)
    assert admin.get(f"/v1/clauses/{names.seen}/main/99/similar").json()["code"] == "element_unknown"


def test_suggestions_finish_words_and_names(client: Client) -> None:
    found = client("admin").get("/v1/suggestions", params={"q": "信达"}).json()["suggestions"]
    assert found == ["信达科技有限公司"]


def test_exports_are_streamed_in_every_format(client: Client, names: Names) -> None:
    admin = client("admin")
    lines = admin.get("/v1/export?what=clauses").text.splitlines()
    assert names.seen in {json.loads(line)["contract"] for line in lines}
    rows = list(
        csv.DictReader(io.StringIO(admin.get("/v1/export?what=penalties&format=csv").content.decode("utf-8-sig")))
    )
    assert {row["contract"] for row in rows} >= {names.seen}
    book = load_workbook(io.BytesIO(admin.get("/v1/export?what=amounts&format=xlsx&headers=zh").content))
    assert book.active is not None
    assert book.active.max_row > 1
    calendar = admin.get("/v1/export?what=deadlines&format=ics")
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    chosen = admin.get("/v1/export", params={"what": "penalties", "q": "逾期交货"}).text.splitlines()
    assert {json.loads(line)["clause"] for line in chosen} == {"main/3/1"}


def test_a_program_needs_one_call(client: Client) -> None:
    """As docs/http.md shows it."""
    http = client("admin")
    hits = http.get("/v1/clauses", params={"q": "违约金", "where": "penalty.rate>=0.0005"}).json()["hits"]
    assert [hit["citation"] for hit in hits] == ["《服务器采购合同》第三条 1"]
