"""Notes of search are told in the language of the page."""

import pytest

from qiyue.http.site import Site
from qiyue.service.searching import search_clauses
from qiyue.web.notes import said
from schema.query import ClauseQuery

TYPED = (
    "违约金" * 400,
    "-定金",
    "“违约金",
    "weiyuejin",
    "合同专用张",
    "金额:无此数",
    " ".join(f"且 ({n} 或 类型:付款)" for n in range(70)),
)


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed[:10])
def test_what_search_notes_is_said_in_chinese(site: Site, typed: str) -> None:
    with site.pool.lend() as service:
        notes = search_clauses(service, ClauseQuery(text=typed)).notes
    assert notes
    assert said(notes, "en") == list(notes)
    assert all(told != note for told, note in zip(said(notes, "zh"), notes, strict=True))


def test_an_unknown_note_is_shown_as_it_is() -> None:
    assert said(["something new"], "zh") == ["something new"]
