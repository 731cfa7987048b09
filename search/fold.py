"""One character at a time: what counts as the same character, and what is no character of a word.

Two views of a text, both character by character and without context, so that a substring of the text is a substring
of its view:

- `literal`: every character kept. White space becomes visible (engines cut tokens at it), a broken character (half of
  a surrogate pair) becomes U+FFFD.
- `folded`: `ＩＰ 地址` and `ip地址`, `違約金` and `违约金`, `甲　　方` and `甲方` are the same. Full width becomes half
  width, capitals small, traditional simplified; white space and punctuation vanish, but for the signs that belong to
  numbers and addresses (`.` `%` `*` `/` `@`).

Simplified forms come from OpenCC's character table (t2s). Not done: words that differ by region (软件 / 軟體).
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

END = "\ufdef"
"""Marks the end of a stream, so that its last character begins a pair too. A noncharacter: no text holds it."""

BREAK = "\ufdee"
"""Stands between tokens that do not follow one another."""

ONLY_FOLDED = "\ufded"
"""In front of a character that a text has only once folded."""

_SPACES = " \n\t\u3000\u00a0\r"
_FIRST_MARK = 0xFDD0
_KEPT_SIGNS = frozenset(".%‰‱*/@#&")
_SAME_SIGNS = {"×": "*", "✕": "*", "∗": "*", "﹡": "*", "・": "·"}


class _Table(dict[int, int | None]):
    """A table for `str.translate` that fills itself, because a missing key costs an exception each time."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, code: int) -> int | None:
        image = self._rule(chr(code))
        self[code] = ord(image) if image else None
        return self[code]


@cache
def _simplify() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _space_marks() -> dict[str, str]:
    others = [chr(c) for c in range(0x3001) if chr(c).isspace() and chr(c) not in _SPACES]
    return {space: chr(_FIRST_MARK + k) for k, space in enumerate([*_SPACES, *others])}


def _literal_character(character: str) -> str:
    if character.isspace():
        return _space_marks()[character]
    if 0xD800 <= ord(character) <= 0xDFFF or 0xFDD0 <= ord(character) <= 0xFDEF:
        return "\ufffd"
    return character


def _folded_character(character: str) -> str:
    if 0xD800 <= ord(character) <= 0xDFFF or 0xFDD0 <= ord(character) <= 0xFDEF:
        return ""
    narrow = unicodedata.normalize("NFKC", character)
    image = _SAME_SIGNS.get(character) or (narrow if len(narrow) == 1 else character)
    lower = image.lower()
    image = lower if len(lower) == 1 else image
    if unicodedata.category(image)[0] in "PZC" and image not in _KEPT_SIGNS:
        return ""
    return _simplify()(image) if image >= "\u3400" else image


_FOLDED = _Table(_folded_character)
_SPACED = _Table(lambda character: _folded_character(character) or " ")


_ODD = re.compile(r"[\s\ud800-\udfff\ufdd0-\ufdef]")


def literal(text: str) -> str:
    """Every character kept, white space made visible; same length as the text."""
    # Few characters change, so looking for those is faster than looking up each.
    return _ODD.sub(_literal_of, text)


@cache
def _literal_image(character: str) -> str:
    return _literal_character(character)


def _literal_of(match: re.Match[str]) -> str:
    return _literal_image(match.group())


def fold(text: str) -> str:
    """The text without what does not matter: width, case, script, spacing, punctuation."""
    return text.translate(_FOLDED)


def spaced(text: str) -> str:
    """Folded, but with a blank for each character that folding drops; same length as the text."""
    return text.translate(_SPACED)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the code point offset in `text` it came from."""
    kept = [(chr(image), place) for place, c in enumerate(text) if (image := _FOLDED[ord(c)]) is not None]
    return "".join(image for image, _ in kept), [place for _, place in kept]
