"""Generated documents are in step with the code, and the check notices when they are not."""

import pytest

from tools import docs


def test_documents_are_in_step() -> None:
    assert docs.main(["--check"]) == 0


def test_a_stale_document_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(docs.DOCUMENTS, "docs/errors.md", lambda: "something else")
    assert docs.main(["--check"]) == 1
