"""Styles of an OpenDocument text: looks with inheritance, and lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ingest.odt.names import attribute, count
from ingest.word.names import child, local
from schema.document import Alignment

_LENGTH: Final = re.compile(r"(-?[\d.]+)(pt|cm|mm|in|px)")
_POINTS: Final = {"pt": 1.0, "cm": 28.346, "mm": 2.8346, "in": 72.0, "px": 0.75}
_ALIGNED: Final[dict[str, Alignment]] = {"center": "center", "end": "right", "right": "right"}
_FORMATS: Final = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle", "１": "decimalFullWidth", "〇": "ideographDigital", "0": "decimalZero",
}  # fmt: skip
_LEVELS: Final = 10
_DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list style; `pattern` holds `%n%` where the number of level n stands."""

    number_format: str
    pattern: str
    start: int = 1
    behind: str = " "


class OdtStyles:
    """The styles of both parts of a file."""

    def __init__(self, *roots: etree._Element | None) -> None:
        """Collect styles.

        Args:
            roots: `styles.xml` and `content.xml`.
        """
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, list[ListLevel | None]] = {}
        self.outline: list[ListLevel | None] = [None] * _LEVELS
        for root in roots:
            for element in root.iter() if root is not None else ():
                name = local(element)
                if name == "style":
                    self._styles[attribute(element, "family") or "", attribute(element, "name") or ""] = element
                elif name == "list-style":
                    self._lists[attribute(element, "name") or ""] = _levels(element)
                elif name == "outline-style":
                    self.outline = _levels(element)

    def levels(self, name: str | None) -> list[ListLevel | None] | None:
        """Levels of a list style."""
        return self._lists.get(name or "")

    def shown_name(self, name: str | None) -> str | None:
        """Name of a paragraph style as the user sees it; automatic ones are named like their parent."""
        for style in self._chain("paragraph", name):
            shown = attribute(style, "display-name") or attribute(style, "name") or ""
            if not re.fullmatch(r"P\d+", shown):
                return None if shown == "Standard" else shown
        return None

    def list_of(self, name: str | None) -> str | None:
        """List style that a paragraph style belongs to."""
        return next(
            (found for style in self._chain("paragraph", name) if (found := attribute(style, "list-style-name"))), None
        )

    def text(self, family: str, name: str | None, key: str) -> str | None:
        """A property of characters (`font-weight`), inherited."""
        return self._property(family, name, "text-properties", key)

    def alignment(self, name: str | None) -> Alignment:
        """How a paragraph is set."""
        return _ALIGNED.get(self._property("paragraph", name, "paragraph-properties", "text-align") or "", "left")

    def indent(self, name: str | None) -> float | None:
        """First-line indent in points."""
        return points(self._property("paragraph", name, "paragraph-properties", "text-indent")) or None

    def has_leader(self, name: str | None) -> bool:
        """Whether tabs of a paragraph draw a line to write on."""
        for style in self._chain("paragraph", name):
            stops = child(style, "paragraph-properties", "tab-stops")
            if stops is not None:
                return any(attribute(stop, "leader-text") == "_" for stop in stops)
        return False

    def _property(self, family: str, name: str | None, group: str, key: str) -> str | None:
        for style in self._chain(family, name):
            found = attribute(child(style, group), key)
            if found is not None:
                return found
        return None

    def _chain(self, family: str, name: str | None) -> Iterator[etree._Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name or ""))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def points(text: str | None) -> float:
    """A length in points, 0 when there is none."""
    found = _LENGTH.match(text or "")
    try:
        return float(found.group(1)) * _POINTS[found.group(2)] if found else 0.0
    except ValueError:
        return 0.0


def _levels(element: etree._Element) -> list[ListLevel | None]:
    levels: list[ListLevel | None] = [None] * _LEVELS
    for item in element:
        place = count(attribute(item, "level"), 0) - 1
        if 0 <= place < _LEVELS:
            levels[place] = _level(item, place)
    return levels


def _level(item: etree._Element, place: int) -> ListLevel | None:
    name = local(item)
    if name == "list-level-style-bullet":
        return ListLevel("bullet", attribute(item, "bullet-char") or "")
    if name not in ("list-level-style-number", "outline-level-style"):
        return None
    written = attribute(item, "num-format") or ""
    pattern = attribute(item, "num-list-format")
    if pattern is None:
        first = place + 1 - min(count(attribute(item, "display-levels"), 1), place + 1)
        numbers = ".".join(f"%{above + 1}%" for above in range(first, place + 1)) if written else ""
        pattern = (attribute(item, "num-prefix") or "") + numbers + (attribute(item, "num-suffix") or "")
    followed = attribute(child(item, "list-level-properties", "list-level-label-alignment"), "label-followed-by")
    return ListLevel(
        _FORMATS.get(written[:1], "decimal") if written else "none",
        pattern,
        count(attribute(item, "start-value"), 1),
        "" if followed == "nothing" else " ",
    )
