"""The words of the pages, Chinese and English side by side (`words.toml`).

    say = wording("zh")
    say("search.found", number=12, ms=3)     # 12条，3毫秒

Names of values (`penalty` → 违约责任) are those of search, so that pages, filters and command line say the same.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from schema.errors import CATALOGUE, QiyueError
from search.labels import label

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Say = Callable[..., str]


@cache
def words() -> dict[str, tuple[str, ...]]:
    """`section.key` to its words in the order of `LANGUAGES`."""
    table = tomllib.loads((files("qiyue.web") / "words.toml").read_text("utf-8"))
    return {f"{section}.{key}": tuple(pair) for section, rows in table.items() for key, pair in rows.items()}


@cache
def wording(language: Language) -> Say:
    """A function that says things in a language; `{name}` in the words takes a value.

    Args:
        language: of the page.
    """
    place = LANGUAGES.index(language)

    def say(key: str, **values: object) -> str:
        text = words()[key][place]
        return text.format(**values) if values else text

    return say


def value_name(language: Language, field: str, value: str) -> str:
    """What to call a value of the record.

    Args:
        language: of the page.
        field: table of names: `type`, `kind`, `finding`, `penalty.per` …
        value: in the record.
    """
    return label(field, value) if language == "zh" else value.replace("_", " ")


def trouble_words(language: Language, error: QiyueError) -> tuple[str, str]:
    """What went wrong, and what helps.

    Args:
        language: of the page.
        error: as raised.

    Returns:
        Sentence and remedy. In Chinese the general meaning of the code comes first, then the particulars as raised.
    """
    if language == "en":
        return error.message, error.remedy
    known = words().get(f"trouble.{error.code}", (error.message,))[0]
    meaning, _, remedy = known.partition("｜")
    told = error.remedy if error.remedy != CATALOGUE[error.code].remedy else ""
    return meaning, f"{remedy}（{error.message}{f'; {told}' if told else ''}）"
