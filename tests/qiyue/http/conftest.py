"""A served collection of invented contracts in several folders, and people who may see some of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from qiyue.accounts.person import Person
from qiyue.http.app import build_app
from qiyue.http.site import Site, open_site
from qiyue.settings import read_settings
from tests.support.served import Names, fill

Client = Callable[..., TestClient]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Names]:
    """The folder of a collection that tests of reading share."""
    data = tmp_path_factory.mktemp("served") / "data"
    return data, fill(data)


@pytest.fixture(scope="session")
def site(filled: tuple[Path, Names]) -> Iterator[Site]:
    with open_site(read_settings({"QIYUE_DATA": str(filled[0]), "USER": "owner"})) as opened:
        yield opened


@pytest.fixture(scope="session")
def names(filled: tuple[Path, Names]) -> Names:
    """Ids of its contracts by folder."""
    return filled[1]


@pytest.fixture(scope="session")
def tokens(site: Site) -> dict[str, str]:
    """A token of each sort of person."""
    people = {
        "admin": ({}, True),
        "reader": ({"采购": "reader"}, False),
        "editor": ({"采购": "editor"}, False),
        "stranger": ({"空": "editor"}, False),
    }
    found = {}
    for name, (grants, admin) in people.items():
        account = site.door.add_account(name, password=None, admin=admin, grants=grants)  # type: ignore[arg-type]
        person = Person(account.name, account.admin, account.grants)
        scopes = ["read", "write", "calendar", *(["admin", "metrics"] if admin else [])]
        found[name], _ = site.door.make_token(person, label="test", scopes=scopes, days=1)
    return found


@pytest.fixture(scope="session")
def client(site: Site, tokens: dict[str, str]) -> Client:
    """Makes a client of a person; nobody's without a name."""
    app = build_app(site)

    def make(name: str | None = None) -> TestClient:
        made = TestClient(app, follow_redirects=False)
        if name is not None:
            made.headers["Authorization"] = f"Bearer {tokens[name]}"
        return made

    return make
