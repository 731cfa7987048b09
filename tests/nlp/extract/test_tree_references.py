"""References of the marked documents: each is found once, at its clause, with its target."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from nlp.parse import parse
from tests.support.trees import marked_tree

LABELS = tomllib.loads((Path(__file__).parent / "tree_references.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LABELS)
def test_references_point_where_a_reader_looks(name: str) -> None:
    record = parse(marked_tree(name).document)
    wanted = Counter(tuple(row) for row in LABELS[name])
    found = Counter(
        (r.clause or "", r.text.replace("\n", ""), (r.canonical if r.kind == "law" else r.target) or "")
        for r in record.references
        if r.kind != "document" and not r.this
    )
    assert (wanted - found).total() == 0, wanted - found
    # what is quoted of a statute may be named, but points nowhere
    assert [row for row in (found - wanted) if row[2]] == []
