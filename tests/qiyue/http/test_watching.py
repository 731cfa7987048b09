"""Numbers for Prometheus, and the calendar programs subscribe to."""

from qiyue.accounts.person import Person
from qiyue.http.site import Site
from tests.qiyue.http.conftest import Client
from tests.support.served import Names


def test_numbers_are_for_administrators(client: Client, names: Names) -> None:
    admin = client("admin")
    admin.get(f"/v1/contracts/{names.seen}")
    text = admin.get("/metrics").text
    assert "qiyue_contracts 3.0" in text
    assert 'route="/v1/contracts/{id}",status="200"' in text
    assert names.seen not in text
    assert client("reader").get("/metrics").json()["code"] == "not_allowed"


def test_a_calendar_is_subscribed_to_with_a_token_for_it_alone(
    client: Client, site: Site, tokens: dict[str, str]
) -> None:
    account = site.door.accounts.get("reader")
    person = Person(account.name, account.admin, account.grants)
    token, _ = site.door.make_token(person, label="calendar", scopes=["calendar"], days=1)
    nobody = client()
    answer = nobody.get("/v1/calendar.ics", params={"token": token})
    assert answer.text.startswith("BEGIN:VCALENDAR")
    assert "办公用房" not in answer.text
    assert "服务器采购" in answer.text
    refused = nobody.get("/v1/calendar.ics", params={"token": tokens["admin"]})
    assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_needed")
    assert client().get("/v1/contracts", headers={"Authorization": f"Bearer {token}"}).json()["code"] == "not_allowed"
