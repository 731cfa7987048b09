"""Snippets show what was found, and nothing that is not in the text."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiyue.web.snippets import Piece, merged, snippet

MARKS = st.lists(st.tuples(st.integers(-3, 90), st.integers(-3, 90)), max_size=4)
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("支付违约金。", [(2, 5)]) == [Piece("支付", False), Piece("违约金", True), Piece("。", False)]


def test_a_long_text_is_cut_around_its_marks() -> None:
    text = "甲" * 300 + "违约金" + "乙" * 300
    shown = snippet(text, [(300, 303)])
    assert shown[0] == shown[-1] == Piece("…", False)
    assert Piece("违约金", True) in shown
    assert sum(len(piece.text) for piece in shown) == 182


def test_rare_characters_count_as_one() -> None:
    assert Piece("违约", True) in snippet("𠮷𠮷违约", [(2, 4)])


@QUIET
@given(st.text(max_size=90), MARKS)
def test_a_snippet_is_a_stretch_of_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    pieces = snippet(text, marks, 20)
    words = "".join(piece.text for piece in pieces)
    assert words.removeprefix("…").removesuffix("…") in text or words in text
    if merged(marks, len(text)):
        assert any(piece.marked for piece in pieces)


def test_a_mark_far_behind_is_shown_in_a_short_stretch() -> None:
    assert Piece("违约金", True) in snippet("甲" * 80 + "违约金", [(80, 83)], 20)
