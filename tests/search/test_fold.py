"""What counts as the same character."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import index_pairs, pairs
from search.fold import END, ONLY_FOLDED, fold, fold_with_places, literal, spaced

SAME = {
    "违约金": ["違約金", "违 约 金", "违　约金", "违、约（金）", "“违约金”"],
    "ip地址": ["IP地址", "ＩＰ地址", "IP 地址", "ip位址"[:2] + "地址"],
    "7*24": ["7×24", "７＊２４", "7 * 24"],
    "4004736.60": ["4,004,736.60", "４，００４，７３６．６０"],
    "0.01%": ["0.01 %", "０．０１％"],
}


@pytest.mark.parametrize(("folded", "written"), [(k, w) for k, ws in SAME.items() for w in ws])
def test_width_case_script_and_spacing_do_not_matter(folded: str, written: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(("one", "other"), [("定金", "订金"), ("1.5", "15"), ("抵押", "质押"), ("5%", "5‰")])
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(), st.text(), st.text())
def test_a_piece_of_a_text_stays_a_piece_once_folded(before: str, piece: str, after: str) -> None:
    assert fold(piece) in fold(before + piece + after)
    assert literal(piece) in literal(before + piece + after)


@given(st.text())
def test_the_literal_view_keeps_every_character_and_no_blank(text: str) -> None:
    view = literal(text)
    assert len(view) == len(text)
    assert not any(c.isspace() for c in view)
    view.encode()


@given(st.text())
def test_folded_characters_know_where_they_came_from(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert [fold(text[place]) for place in places] == list(folded)


@given(st.text(alphabet="甲乙 ＡaA，\n", min_size=1), st.data())
def test_every_piece_has_all_its_pairs_in_the_index(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    joined, _ = index_pairs(text, spaced(text))
    grams = set(joined.split(" "))
    assert set(pairs(literal(piece))) <= grams
    assert set(pairs(fold(piece))) <= grams
    assert any(gram[0] == literal(piece)[0] for gram in grams)
    assert not fold(piece) or any(gram[0] == fold(piece)[0] for gram in grams)


@given(st.text(alphabet="甲乙 ＡaA，\n違违"), st.text(alphabet="甲乙 ＡaA，\n違违", min_size=1, max_size=3))
def test_what_only_the_folded_text_has_is_named(text: str, piece: str) -> None:
    joined, bridges = index_pairs(text, spaced(text))
    tokens, named, wanted = joined.split(" "), bridges.split(" "), literal(piece)
    if len(piece) == 1:
        found = any(token[:1] == wanted for token in tokens) and ONLY_FOLDED + wanted not in named
    elif len(piece) == 2:
        found = wanted in tokens and wanted not in named
    else:
        found = any([one, two] == pairs(wanted) for one, two in pairwise(tokens))
    assert found == (piece in text)


def test_plain_text_needs_no_bridges_and_ends_with_the_mark() -> None:
    assert index_pairs("违约金", "违约金") == (f"违约 约金 金{END}", "")
