"""Numbers of OpenDocument lists: computed, for they stand in no text."""

import re
from typing import Final

from lxml import etree

from ingest.characters import clean
from ingest.odt.names import attribute, count
from ingest.odt.styles import ListLevel, OdtStyles
from ingest.word.numerals import format_number
from ingest.word.symbols import symbol

_PLACE: Final = re.compile(r"%(\d{1,2})%")
_XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"


class Counters:
    """Counts of the levels of one list."""

    def __init__(self, levels: list[ListLevel | None]) -> None:
        """Start a list.

        Args:
            levels: of its style.
        """
        self.levels = levels
        self._counts: list[int | None] = [None] * len(levels)

    def number(self, place: int, start: int | None) -> tuple[str, str] | None:
        """Count one item.

        Args:
            place: level from 0.
            start: value the item sets itself, if any.

        Returns:
            The number as printed and what stands behind it; None for an item without one.
        """
        level = self.levels[place] if place < len(self.levels) else None
        if level is None:
            return None
        before = self._counts[place]
        self._counts[place] = start if start is not None else level.start if before is None else before + 1
        self._counts[place + 1 :] = [None] * (len(self._counts) - place - 1)
        if level.number_format == "bullet":
            text = "".join(symbol(char, None) for char in level.pattern)
        else:
            text = _PLACE.sub(self._written, level.pattern)
        text = clean(text).strip()
        return (text, level.behind) if text else None

    def _written(self, found: re.Match[str]) -> str:
        place = int(found.group(1)) - 1
        level = self.levels[place] if 0 <= place < len(self.levels) else None
        if level is None:
            return ""
        value = self._counts[place]
        return format_number(level.start if value is None else value, level.number_format)


class Lists:
    """All lists of a document."""

    def __init__(self, styles: OdtStyles) -> None:
        """Take the styles they are made by."""
        self._styles = styles
        self._by_id: dict[str, Counters] = {}
        self._by_style: dict[str, Counters] = {}
        self.outline = Counters(styles.outline)

    def begin(self, element: etree._Element, style: str | None) -> Counters:
        """Counters of a list that is no part of another: new ones, or those of the list it continues."""
        counters = self._by_id.get(attribute(element, "continue-list") or "")
        if counters is None and attribute(element, "continue-numbering") == "true":
            counters = self._by_style.get(style or "")
        if counters is None:
            counters = Counters(self._styles.levels(style) or [])
        identity = element.get(_XML_ID)
        if identity:
            self._by_id[identity] = counters
        self._by_style[style or ""] = counters
        return counters

    @staticmethod
    def start_of(item: etree._Element) -> int | None:
        """Value that an item sets itself."""
        value = attribute(item, "start-value")
        return count(value, 1) if value else None
