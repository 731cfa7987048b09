"""Tokens joined are the text; values are whole tokens."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.language import build_nlp
from nlp.normalize import fold, fold_char
from nlp.words import read_terms, search_words


def tokens(text: str) -> list[str]:
    return [token.text for token in build_nlp().make_doc(text)]


def test_values_are_whole_tokens_and_the_words_around_them_survive() -> None:
    assert tokens("应在每月15日前,收到发票后30个工作日内付清10万元") == [
        *("应", "在", "每月15日", "前", ",", "收到", "发票", "后", "30个工作日", "内", "付清", "10万元"),
    ]


def test_party_words_are_not_swallowed_by_their_neighbours() -> None:
    assert tokens("甲方向乙方支付") == ["甲方", "向", "乙方", "支付"]


@given(st.text(alphabet="甲方向乙支付 \n\t。，1２3０,.年月日元%（）【】_第一条abé𠮷x", max_size=60))
@settings(max_examples=300, deadline=None)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert build_nlp().make_doc(text).text == text


@given(st.text(max_size=80))
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_folding_changes_width_but_no_clause_numbers() -> None:
    assert fold("（２）付款：５％，①甲方²、1，000") == "(2)付款:5%，①甲方²、1，000"
    assert fold_char("㎡") == "㎡"


def test_search_words_are_lower_case_and_contain_our_terms() -> None:
    words = search_words("甲方向乙方支付违约金（ＩＢＭ）")
    assert {"甲方", "乙方", "违约金", "ibm"} <= set(words)
    assert "（" not in words


def test_terms_are_listed_once() -> None:
    terms = read_terms()
    assert len(terms) == len(set(terms))
