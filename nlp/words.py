"""Words by jieba (`rjieba`) with the terms of this field.

Sample: `甲方向乙方支付` → `甲方 向 乙方 支付` (without our terms 甲 方向 乙方 …). Values are kept whole by
`nlp.tokenizer`, not here. The segmenter is an own instance: no shared dictionary, no cache file.
"""

import tomllib
from functools import cache
from importlib import resources
from typing import Protocol

from nlp.normalize import fold

_FREQUENCY = 100_000


class Segmenter(Protocol):
    """What is used of jieba."""

    def cut(self, text: str) -> list[str]:
        """Cut into words; joined they are the text."""

    def cut_for_search(self, text: str) -> list[str]:
        """Cut into overlapping words, short and long."""

    def has_word(self, word: str) -> bool:
        """Whether the dictionary knows a word."""


@cache
def build_segmenter() -> Segmenter:
    """The segmenter with our terms, one a process."""
    import rjieba

    segmenter: Segmenter = rjieba.Jieba()
    for term in read_terms():
        segmenter.add_word(term, _FREQUENCY, "n")  # type: ignore[attr-defined]
    return segmenter


def read_terms() -> tuple[str, ...]:
    """The terms of nlp/data/terms.toml."""
    table = tomllib.loads((resources.files("nlp.data") / "terms.toml").read_text(encoding="utf-8"))
    return tuple(term for group in table.values() for term in group)


def search_words(text: str) -> list[str]:
    """Words for search: short and long ones, folded and lower-cased, in text order; no white space, no punctuation.

    Args:
        text: what is indexed or asked for.
    """
    words = build_segmenter().cut_for_search(fold(text).lower())
    return [word for word in words if word.isalnum() or any(c.isalnum() for c in word)]
