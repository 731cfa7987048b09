"""Errors carry code, remedy and exit code, also through a process border."""

import pickle

import pytest

from schema.errors import CATALOGUE, ExitCode, ReadError, UsageError


def test_message_is_one_line_with_code_and_remedy() -> None:
    error = ReadError("file_encrypted", "contract.pdf needs a password")
    assert str(error) == "file_encrypted: contract.pdf needs a password (give the password with --password)"


def test_error_survives_the_way_back_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(UsageError("usage", "no such verb", remedy="try import")))
    assert (type(error), error.code, error.remedy, error.exit_code) == (
        UsageError,
        "usage",
        "try import",
        ExitCode.USAGE,
    )


def test_a_code_outside_the_catalogue_is_refused() -> None:
    with pytest.raises(KeyError):
        ReadError("no_such_code", "…")


@pytest.mark.parametrize("code", CATALOGUE)
def test_catalogue_entries_say_what_helps(code: str) -> None:
    entry = CATALOGUE[code]
    assert entry.meaning.endswith(".")
    assert entry.remedy
    assert not entry.remedy.endswith(".")
