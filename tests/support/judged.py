"""Facts of documents against rows written by hand: which are right, which are missed, which are too many."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from schema.contract import Contract
from schema.document import Document
from schema.reference import Reference
from tests.support.builders import document
from tests.support.trees import marked_tree

TESTS = Path(__file__).resolve().parents[1]
FACTS = "facts:"
# may be given or not
OPTIONAL = frozenset({"outside", "implied", "listed", "own", "work"})
_KINDS = {
    "law": {"law"},
    "document": {"document", "annex"},
    "annex": {"annex", "document"},
    "clause": {"clause"},
}
_STEP = re.compile(r"[条款项目章节]")


@dataclass(frozen=True)
class Row:
    """One reference as a reader finds it.

    Attributes:
        clause: where it stands.
        words: its words.
        kind: clause, annex, document, law, or one of OPTIONAL.
        target: what it points at; "" is nothing in this file.
    """

    clause: str
    words: str
    kind: str
    target: str


@dataclass(frozen=True)
class Verdict:
    """Right, missed and surplus."""

    right: tuple[Row, ...]
    missed: tuple[Row, ...]
    surplus: tuple[str, ...]


def read_rows(path: Path) -> dict[str, list[list[str]]]:
    """Rows of a file by document."""
    rows: dict[str, list[list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return rows


def judged_document(name: str) -> Document:
    """A marked document, or a contract of the golden facts."""
    if name.startswith(FACTS):
        path = TESTS / "golden" / "facts" / f"{name.removeprefix(FACTS)}.txt"
        return document(path.read_text(encoding="utf-8"))
    return marked_tree(name).document


def plain(words: str) -> str:
    """Words without blanks and line ends, wide characters narrow."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words))


def overlap(left: str, right: str) -> bool:
    """Whether one of two holds the other."""
    left, right = plain(left), plain(right)
    return left in right or right in left


def judge_references(contract: Contract, rows: Sequence[Row]) -> Verdict:
    """Match each row with one reference of its clause, words and target."""
    left = list(contract.references)
    right, missed = [], []
    for row in (r for r in rows if r.kind not in OPTIONAL):
        fits = [found for found in left if _fits(found, row)]
        fits.sort(key=lambda found: plain(found.text) != plain(row.words))
        if fits:
            left.remove(fits[0])
            right.append(row)
        else:
            missed.append(row)
    surplus = [found for found in left if not _is_neutral(found, rows, right)]
    return Verdict(tuple(right), tuple(missed), tuple(f"{f.clause} {f.text} → {_target(f)}" for f in surplus))


def _target(found: Reference) -> str:
    return (found.canonical if found.kind == "law" else found.target) or ""


def _fits(found: Reference, row: Row) -> bool:
    here = (found.clause or "") == row.clause and found.kind in _KINDS[row.kind] and overlap(found.text, row.words)
    own = row.kind == "document" and _target(found) == "main"
    return here and (_target(found) == row.target or own)


def _is_neutral(found: Reference, rows: Sequence[Row], right: Sequence[Row]) -> bool:
    """本合同, a paper without 《》, the 本条 in 本条第（二）项, and what a row allows."""
    if found.this and not _STEP.search(found.text):
        return True
    if found.kind == "document" and "《" not in found.text and not found.target:
        return True
    if any(_allows(row, found) for row in rows if row.kind in OPTIONAL and row.clause == found.clause):
        return True
    inside = [row for row in right if row.clause == found.clause and plain(found.text) in plain(row.words)]
    return any(found.this or found.kind == "annex" or row.target == _target(found) for row in inside)


def _allows(row: Row, found: Reference) -> bool:
    if not overlap(row.words, found.text):
        return False
    return row.kind in ("own", "work") or _target(found) == row.target or (row.kind == "implied" and not _target(found))


def definitions_of(contract: Contract) -> Iterator[tuple[str, str, str]]:
    """Clause, term and meaning of each definition."""
    for found in contract.definitions:
        yield found.clause or "", found.term, found.meaning_span.of(contract.text)
