"""Rights: who may read and change which folder."""

import pytest

from qiyue.accounts.person import Person
from schema.errors import UsageError

GRANTED = Person("wang", grants={"采购": "editor", "人事/2025": "reader"})


@pytest.mark.parametrize(
    ("folder", "read", "edit"),
    [
        ("采购", True, True),
        ("采购/2025", True, True),
        ("采购部", False, False),
        ("人事", False, False),
        ("人事/2025", True, False),
        ("人事/2025/一季度", True, False),
        (None, False, False),
        ("", False, False),
    ],
)
def test_a_grant_holds_for_its_folder_and_those_below(folder: str | None, read: bool, edit: bool) -> None:
    assert (GRANTED.may_read(folder), GRANTED.may_edit(folder)) == (read, edit)


def test_a_grant_of_everything_includes_contracts_without_a_folder() -> None:
    person = Person("li", grants={"": "reader"})
    assert person.may_read(None)
    assert not person.may_edit(None)
    assert person.folders(["a", "b"]) is None


def test_folders_are_exact_names_of_what_there_is() -> None:
    assert GRANTED.folders(["采购", "采购/a", "采购部", "人事/2025", "人事"]) == ("人事/2025", "采购", "采购/a")
    assert Person("new").folders(["采购"]) == ()
    assert Person("boss", admin=True).folders(["采购"]) is None


def test_a_token_does_only_what_it_is_for() -> None:
    token = Person("boss", admin=True, scopes=frozenset({"read"}), via="token")
    assert token.may_read(None)
    assert not token.may_edit(None)
    assert not token.may_edit_somewhere
    assert not token.manages()
    with pytest.raises(UsageError, match="not_allowed"):
        token.need("write")
    with pytest.raises(UsageError, match="not_allowed"):
        token.need_to_manage()
    with pytest.raises(UsageError, match="not_allowed"):
        token.need_to_edit("x")
