"""Automatic numbering: the numbers Word prints in front of paragraphs stand in no text and are computed here.

    w:lvlText "第%1条" with chineseCounting   ->  第十二条
    w:lvlText "%1.%2"                          ->  3.2
    w:suff tab | space | nothing               ->  what stands between number and words; a tab becomes one blank

Counters belong to the abstract list: two lists made from it go on counting together, unless one overrides its start
(ISO 29500-1, 17.9).
"""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingest.characters import clean
from ingest.word.names import attribute, child, flag, integer, local, value
from ingest.word.numerals import format_number
from ingest.word.symbols import symbol

_PLACE: Final = re.compile(r"%([1-9])")
_COMPOUND: Final = re.compile(r"%[1-9](?:[.．]%[1-9])+")
_LEVELS: Final = 9


@dataclass(slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    font: str | None = None


@dataclass(slots=True)
class ListDefinition:
    """A list as a paragraph names it: its levels, its counters' owner, its overridden starts."""

    abstract: str
    levels: list[Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document; ask it once for each numbered paragraph, in order."""

    def __init__(self, root: etree._Element | None, *, legal_lost: bool = False) -> None:
        """Read `word/numbering.xml`; without it nothing is numbered.

        Args:
            root: its root.
            legal_lost: whether the file went through a converter that drops `w:isLgl`; then 一.1 is read as 1.1, which
                is what its author saw.
        """
        self._legal_lost = legal_lost
        self._lists: dict[str, ListDefinition] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        elements = list(root) if root is not None else []
        abstracts = {attribute(item, "abstractNumId") or "": item for item in elements if local(item) == "abstractNum"}
        by_style = {name: key for key, item in abstracts.items() if (name := value(item, "styleLink"))}
        for item in elements:
            if local(item) == "num":
                self._add(item, abstracts, by_style)

    def _add(self, item: etree._Element, abstracts: dict[str, etree._Element], by_style: dict[str, str]) -> None:
        abstract = value(item, "abstractNumId") or ""
        linked = value(abstracts.get(abstract), "numStyleLink")
        if linked in by_style:
            abstract = by_style[linked]
        levels = [Level() for _ in range(_LEVELS)]
        for element in abstracts.get(abstract, ()):
            if local(element) == "lvl":
                _read_level(element, levels)
        definition = ListDefinition(abstract, levels)
        for override in (element for element in item if local(element) == "lvlOverride"):
            place = integer(attribute(override, "ilvl")) or 0
            start = integer(value(override, "startOverride"))
            if start is not None and 0 <= place < _LEVELS:
                definition.starts[place] = start
            replaced = child(override, "lvl")
            if replaced is not None:
                _read_level(replaced, levels)
        self._lists[attribute(item, "numId") or ""] = definition

    def level_of_style(self, list_id: str, style: str | None) -> int:
        """The level that names a style as its own; 0 when none does."""
        definition = self._lists.get(list_id)
        levels = definition.levels if definition else []
        return next((place for place, level in enumerate(levels) if style and level.style == style), 0)

    def number(self, list_id: str, place: int) -> tuple[str, str] | None:
        """Count one paragraph.

        Args:
            list_id: `w:numId`.
            place: level from 0.

        Returns:
            The number as printed and what stands behind it (a blank or nothing); None when the list is unknown. A
            bullet is its character; a level without text gives empty strings.
        """
        definition = self._lists.get(list_id)
        if definition is None or not 0 <= place < _LEVELS:
            return None
        level = definition.levels[place]
        counters = self._counters.setdefault(definition.abstract, [None] * _LEVELS)
        if place in definition.starts and (list_id, place) not in self._started:
            # an overridden start holds for the first paragraph of this list on this level
            self._started.add((list_id, place))
            counters[place] = None
            level.start = definition.starts[place]
        for above in range(place):
            # a level passed over counts as one that was there: 1.1 without a 1 before it is followed by 2
            if counters[above] is None:
                counters[above] = definition.levels[above].start
        current = counters[place]
        counters[place] = level.start if current is None else current + 1
        for deeper in range(place + 1, _LEVELS):
            restart = definition.levels[deeper].restart
            if restart != 0 and (restart is None or place < restart):
                counters[deeper] = None
        text = self._render(definition, level, counters)
        return text, "" if level.suffix == "nothing" or not text else " "

    def _render(self, definition: ListDefinition, level: Level, counters: list[int | None]) -> str:
        legal = level.legal or (self._legal_lost and bool(_COMPOUND.match(level.text)))
        if level.number_format == "bullet":
            return clean("".join(symbol(char, level.font) for char in level.text)).strip()

        def written(match: re.Match[str]) -> str:
            other = int(match.group(1)) - 1
            shown = definition.levels[other]
            count = counters[other] if counters[other] is not None else shown.start
            number_format = "decimal" if legal and shown.number_format != "none" else shown.number_format
            return format_number(count or 0, number_format)

        return clean(_PLACE.sub(written, level.text)).strip()


def _read_level(element: etree._Element, levels: list[Level]) -> None:
    place = integer(attribute(element, "ilvl")) or 0
    if not 0 <= place < _LEVELS:
        return
    fonts = child(element, "rPr", "rFonts")
    levels[place] = Level(
        start=_first(integer(value(element, "start")), 1),
        number_format=_number_format(element),
        text=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        restart=integer(value(element, "lvlRestart")),
        legal=bool(flag(element, "isLgl")),
        style=value(element, "pStyle"),
        font=attribute(fonts, "ascii") if fonts is not None else None,
    )


def _first(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def _number_format(element: etree._Element) -> str:
    """`w:numFmt`; newer formats hide in a choice with an older one as fallback."""
    found = (
        child(element, "numFmt")
        if child(element, "numFmt") is not None
        else child(element, "AlternateContent", "Choice", "numFmt")
    )
    if found is None:
        return "decimal"
    kind = attribute(found, "val") or "decimal"
    if kind == "custom":
        # 001, 002 … written as an example
        return "decimalZero" if (attribute(found, "format") or "").startswith("0") else "decimal"
    return kind
