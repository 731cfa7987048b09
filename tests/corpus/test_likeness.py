"""The sketch estimates how much two texts have in common."""

import random

import pytest

from corpus.likeness import likeness, resemblance
from tests.support.contracts import contract

LONG = "".join(random.Random(1).choices("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", k=4000))


def sketch(text: str) -> bytes:
    return likeness(contract(text=contract().text).model_copy(update={"text": text})).sketch


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_likeness_is_close_to_the_truth(share: float) -> None:
    cut = int(len(LONG) * share)
    other = LONG[:cut] + "".join(random.Random(2).choices("金木水火土日月星辰山川", k=len(LONG) - cut))
    expected = share / (2 - share)  # shared grams over all grams
    assert resemblance(sketch(LONG), sketch(other)) == pytest.approx(expected, abs=0.15)


def test_the_words_decide_not_their_form() -> None:
    one, other = likeness(contract()), likeness(contract(media_type="application/pdf"))
    assert one.text_hash == other.text_hash
    wide = contract().model_copy(update={"text": contract().text.replace("1", "１").replace("\n", " \n\n")})
    assert likeness(wide).text_hash == one.text_hash


def test_a_text_of_nothing_resembles_nothing() -> None:
    assert resemblance(sketch(""), sketch(LONG)) < 0.05


def test_a_form_without_names_has_no_key_to_be_found_by() -> None:
    blank = contract().model_copy(update={"parties": (), "contract_no": None})
    assert [key.partition(":")[0] for key in likeness(blank).keys] == ["amounts"]
