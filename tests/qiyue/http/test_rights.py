"""Role by endpoint by an object of another folder: nothing of it comes out, in no way."""

import json
import re

import pytest

from qiyue.accounts.person import Person
from qiyue.http.app import build_app
from qiyue.http.site import Site
from tests.qiyue.http.conftest import Client
from tests.support.collection import lease, purchase, software
from tests.support.served import Names

HIDDEN_WORDS = ("林", "办公", "租", "行政")


def paths(method: str) -> list[str]:
    """Paths of the description that take a method."""
    return [path for path, ways in build_app(None).openapi()["paths"].items() if method in ways]


PUBLIC = {"/healthz", "/readyz"}
OF_A_CONTRACT = [path for path in paths("get") if path.startswith("/v1/contracts/{id}")]


def fill(path: str, contract: str, names: Names) -> str:
    """A path about a contract."""
    values = {
        "id": contract,
        "other": names.seen,
        "n": "1",
        "element": "contract",
        "number": "1",
        "version": "1.0",
        "name": "admin",
    }
    if path.startswith("/v1/clauses"):
        values["id"] = f"{contract}/main/1"
    return re.sub(r"{(\w+)}", lambda m: values[m[1]], path)


def without(text: str) -> str:
    """An answer without what differs between any two requests."""
    return re.sub(r"[0-9a-f]{64}", "ID", text)


@pytest.mark.parametrize("method", ["get", "post", "patch", "delete"])
def test_nobody_gets_nothing(client: Client, names: Names, method: str) -> None:
    nobody = client()
    for path in paths(method):
        answer = nobody.request(method, fill(path, names.seen, names))
        assert answer.status_code == 200 if path in PUBLIC else answer.json()["code"] == "sign_in_needed", path


@pytest.mark.parametrize("person", ["reader", "editor", "stranger"])
@pytest.mark.parametrize("path", [*OF_A_CONTRACT, "/v1/clauses/{id}/similar"])
def test_a_contract_elsewhere_is_as_unknown_as_none(client: Client, names: Names, person: str, path: str) -> None:
    asker = client(person)
    for hidden in (names.hidden, names.loose):
        there = asker.get(fill(path, hidden, names))
        nowhere = asker.get(fill(path, "0" * 64, names))
        assert there.status_code == nowhere.status_code == 404
        assert without(there.text) == without(nowhere.text)
        assert asker.get(fill(path, hidden[:8], names)).status_code == 404


@pytest.mark.parametrize("person", ["reader", "editor", "stranger"])
@pytest.mark.parametrize("method", ["patch", "delete"])
def test_nothing_elsewhere_can_be_changed(client: Client, names: Names, person: str, method: str) -> None:
    asker = client(person)
    body = {"field": "title", "value": "x", "why": "x"} if method == "patch" else None
    for path in (p for p in paths(method) if p.startswith("/v1/contracts/{id}")):
        sent = body if "facts" in path else {"add_tags": ["x"]} if body else None
        answer = asker.request(method, fill(path, names.hidden, names), json=sent, headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["code"]) == (404, "contract_unknown"), path


def test_a_token_is_good_for_its_scopes_alone(client: Client, site: Site, names: Names) -> None:
    """Even an administrator's: what is neither for reading nor the asker's own needs the right scope."""
    account = site.door.accounts.get("admin")
    person = Person(account.name, account.admin, account.grants)
    free = {"/healthz", "/readyz", "/v1/me", "/v1/schema/contract/{version}", "/v1/calendar.ics"}
    own = {"/v1/parse", "/v1/searches", "/v1/searches/{number}", "/v1/searches/{number}/seen"}
    body = {"field": "title", "value": "x", "why": "x"}
    for scope, allowed in (("calendar", free), ("read", free | own | set(paths("get")))):
        token, _ = site.door.make_token(person, label="", scopes=[scope], days=1)
        program = client()
        program.headers["Authorization"] = f"Bearer {token}"
        for method in ("get", "post", "patch", "delete"):
            for path in paths(method):
                if path in allowed and (method == "get" or path in own):
                    continue
                sent = json_of(path, body) if method in ("post", "patch") else None
                answer = program.request(method, fill(path, names.seen, names), json=sent, headers={"If-Match": "*"})
                assert answer.json()["code"] == "not_allowed", (scope, method, path)


def json_of(path: str, change: dict[str, str]) -> dict[str, object]:
    """A body that fits a path."""
    if "facts" in path:
        return {**change}
    if path.startswith("/v1/accounts"):
        return {"name": "x"} if path == "/v1/accounts" else {"admin": True}
    if path == "/v1/imports":
        return {"paths": ["/nowhere"]}
    return (
        {"scopes": ["read"]}
        if path == "/v1/tokens"
        else {"name": "x"}
        if path == "/v1/searches"
        else {"add_tags": ["x"]}
    )


def test_a_reader_changes_nothing_of_what_is_seen(client: Client, names: Names) -> None:
    reader = client("reader")
    change = {"field": "title", "value": "x", "why": "x"}
    answers = [
        reader.patch(f"/v1/contracts/{names.seen}/facts/contract", json=change, headers={"If-Match": "*"}),
        reader.patch(f"/v1/contracts/{names.seen}", json={"add_tags": ["x"]}),
        reader.delete(f"/v1/contracts/{names.seen}"),
        reader.delete(f"/v1/contracts/{names.seen}/corrections/1"),
    ]
    assert [answer.json()["code"] for answer in answers] == ["not_allowed"] * 4
    moved = client("editor").patch(f"/v1/contracts/{names.seen}", json={"folder": "行政"})
    assert (moved.status_code, moved.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("person", ["reader", "stranger"])
@pytest.mark.parametrize(
    "path",
    [
        "/v1/clauses?limit=200&facet=folder&facet=party&facet=kind&facet=tag&facet=contract&facet=year",
        "/v1/clauses?q=出租&facet=type",
        "/v1/clauses?q=chuzu",
        "/v1/clauses?where=folder=行政",
        "/v1/clauses?where=party=林&group=true",
        "/v1/clauses?q=租金 或 违约金&limit=200",
        "/v1/contracts",
        "/v1/contracts?folder=行政",
        "/v1/folders",
        "/v1/suggestions?q=林",
        "/v1/suggestions?q=租",
        "/v1/suggestions?q=zu",
        *(
            f"/v1/export?what={what}"
            for what in ("contracts", "clauses", "parties", "amounts", "deadlines", "findings")
        ),
        "/v1/export?what=deadlines&format=ics",
        "/v1/export?what=clauses&q=租金",
        "/v1/export?what=clauses&format=csv&folder=行政",
        "/v1/due",
        "/v1/due?past=20y&folder=行政",
        "/v1/jobs",
        "/v1/searches?count=true",
    ],
)
def test_lists_counts_and_suggestions_know_only_what_is_seen(
    client: Client, names: Names, person: str, path: str
) -> None:
    answer = client(person).get(path)
    assert answer.status_code == 200
    said = answer.text.replace(path, "")
    said = re.sub(r'"query":"[^"]*"', "", said)
    assert names.hidden not in said
    assert names.loose not in said
    for contract in (lease(), software()):
        for party in contract.parties:
            assert party.name is None or party.name not in said or party.name in purchase().text
    if person == "stranger" and said.startswith("{") and "total" in said:
        found = json.loads(answer.text)
        assert found["total"] == 0
        assert not any(found.get("facets", {}).values())


def test_a_count_is_of_what_is_seen(client: Client) -> None:
    everything = client("admin").get("/v1/clauses?q=合同").json()["total"]
    own = client("reader").get("/v1/clauses?q=合同").json()["total"]
    assert 0 < own < everything


def test_a_saved_search_follows_the_rights_of_today(client: Client, names: Names) -> None:
    reader = client("reader")
    saved = reader.post("/v1/searches", json={"name": "租金", "q": "租金 或 合同"}).json()
    assert saved["new"] == 0
    assert client("admin").get(f"/v1/searches/{saved['number']}").json()["code"] == "search_unknown"
    assert reader.get(f"/v1/searches/{saved['number']}").json()["hits"] == []
    assert reader.delete(f"/v1/searches/{saved['number']}").status_code == 204


def test_everything_seen_changed_and_taken_is_in_the_log(client: Client, site: Site, names: Names) -> None:
    reader = client("reader")
    reader.get(f"/v1/contracts/{names.seen}")
    reader.get("/v1/export?what=clauses")
    site.door.trail.note("-", "flush", wait=True)
    done = [(entry.who, entry.action, entry.object) for entry in site.door.audit.newest(10)]
    assert ("reader", "see contract", names.seen) in done
    assert ("reader", "export", "clauses") in done
    assert site.door.audit.broken_at() is None
