"""Every word a page says exists in both languages, and no word is left that no page says."""

import re
from pathlib import Path
from typing import get_args

import pytest

from qiyue.web import wording
from qiyue.web.fact_words import KINDS
from schema.errors import CATALOGUE, QiyueError
from schema.money import AmountForm, RateRole
from schema.penalty import PenaltyKind, Remedy
from schema.timing import DateRole

WEB = Path(wording.__file__).parent
CALLED = re.compile(r"""(?:\bt|say)\(\s*f?["']([a-z_]+\.[A-Za-z0-9_-]+)["']""")
SOURCES = [*WEB.glob("templates/*.html"), *(path for path in WEB.glob("*.py") if path.name != "wording.py")]
KEYS = wording.words()


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_page_says_only_words_that_exist(source: Path) -> None:
    assert [key for key in CALLED.findall(source.read_text(encoding="utf-8")) if key not in KEYS] == []


def test_both_languages_say_something() -> None:
    lacking = [key for key, pair in KEYS.items() if not pair[0] or (not pair[1] and not key.startswith("trouble."))]
    assert lacking == []


def test_both_languages_take_the_same_values() -> None:
    odd = [
        key for key, (zh, en) in KEYS.items() if en and set(re.findall(r"{\w+}", zh)) != set(re.findall(r"{\w+}", en))
    ]
    assert odd == []


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_trouble_is_told_in_chinese(code: str) -> None:
    meaning, remedy = wording.trouble_words("zh", QiyueError(code, "what and where"))
    assert meaning.endswith("。")
    assert "what and where" in remedy


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("remedy", get_args(Remedy)),
        ("penalty_kind", get_args(PenaltyKind)),
        ("date", get_args(DateRole)),
        ("rate", get_args(RateRole)),
        ("form", get_args(AmountForm)),
        ("kind", tuple(KINDS)),
        ("head", tuple({head for heads, _ in KINDS.values() for head in heads})),
    ],
)
def test_every_value_of_the_record_has_its_word(section: str, values: tuple[str, ...]) -> None:
    assert [value for value in values if f"{section}.{value}" not in KEYS] == []


def test_values_are_called_as_search_calls_them() -> None:
    assert wording.value_name("zh", "type", "penalty") == "违约责任"
    assert wording.value_name("en", "type", "force_majeure") == "force majeure"
