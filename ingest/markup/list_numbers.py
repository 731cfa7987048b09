"""Numbers a browser prints in front of list items: they stand in no text.

<ol type="a" start="3">                        -> c.
<ol style="list-style-type: cjk-ideographic">  -> 三、
"""

from typing import Final

from lxml import etree

from ingest.markup.looks import local_name, style_of
from ingest.word.numerals import format_number

# name of CSS, or value of `type` -> format of `ingest.word.numerals`, what stands behind the number
_STYLES: Final = {
    "1": ("decimal", ". "),
    "a": ("lowerLetter", ". "),
    "A": ("upperLetter", ". "),
    "i": ("lowerRoman", ". "),
    "I": ("upperRoman", ". "),
    "decimal": ("decimal", ". "),
    "decimal-leading-zero": ("decimalZero", ". "),
    "lower-alpha": ("lowerLetter", ". "),
    "lower-latin": ("lowerLetter", ". "),
    "upper-alpha": ("upperLetter", ". "),
    "upper-latin": ("upperLetter", ". "),
    "lower-roman": ("lowerRoman", ". "),
    "upper-roman": ("upperRoman", ". "),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}


class ListNumbers:
    """The numbers of one `ol`, item after item."""

    def __init__(self, element: etree._Element) -> None:
        """Start a list.

        Args:
            element: the `ol`.
        """
        style = style_of(element)
        named = style.get("list-style-type") or next(iter(style.get("list-style", "").split()), "")
        self._kind = named or element.get("type") or "1"
        items = sum(local_name(item) == "li" for item in element)
        self._step = -1 if element.get("reversed") is not None else 1
        self._next = _whole(element.get("start"), items if self._step < 0 else 1)

    def of(self, item: etree._Element) -> tuple[str, str] | None:
        """Number of an item and what stands between it and the words; None for a list without numbers."""
        number = _whole(item.get("value"), self._next)
        self._next = number + self._step
        kind = style_of(item).get("list-style-type") or self._kind
        if kind not in _STYLES:
            return None
        number_format, behind = _STYLES[kind]
        return format_number(number, number_format) + behind.rstrip(), " " if behind.endswith(" ") else ""


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text and len(text) < 10 else otherwise
    except ValueError:
        return otherwise
