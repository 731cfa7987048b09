"""Styles: what a paragraph or a run looks like when it does not say so itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from ingest.word.names import attribute, child, integer, local, value

_RUN: Final = ("b", "strike", "dstrike", "vanish", "u", "sz", "color", "shd", "highlight")
_WHITE: Final = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
_NO_FILL: Final = frozenset({"", "AUTO", "NONE", "WHITE"})
_OFF: Final = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its name, its parent and its own properties."""

    name: str
    kind: str
    parent: str | None
    paragraph: etree._Element | None
    run: etree._Element | None


@dataclass(frozen=True, slots=True)
class RunLook:
    """Looks of a run; the size in half points; `white`: in white letters on nothing of its own."""

    bold: bool
    struck: bool
    hidden: bool
    underlined: bool
    half_points: int | None
    white: bool = False


class Styles:
    """The styles of a document, with inheritance."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read `word/styles.xml`; a document without it has no styles."""
        self._styles: dict[str, Style] = {}
        self._default: dict[str, str] = {}
        # looked up once for each pair of styles, not for each of the thousands of runs
        self._inherited: dict[tuple[str | None, str | None], dict[str, etree._Element]] = {}
        self._run_default = child(root, "docDefaults", "rPrDefault", "rPr")
        for element in root if root is not None else ():
            if local(element) != "style":
                continue
            style_id, kind = attribute(element, "styleId") or "", attribute(element, "type") or "paragraph"
            self._styles[style_id] = Style(
                name=value(element, "name") or style_id,
                kind=kind,
                parent=value(element, "basedOn"),
                paragraph=child(element, "pPr"),
                run=child(element, "rPr"),
            )
            if attribute(element, "default") in ("1", "true"):
                self._default[kind] = style_id

    def chain(self, style_id: str | None, kind: str = "paragraph") -> Iterator[Style]:
        """A style and its ancestors, nearest first; the default style when none is named."""
        seen: set[str] = set()
        current = style_id or self._default.get(kind)
        while current and current not in seen and current in self._styles:
            seen.add(current)
            yield self._styles[current]
            current = self._styles[current].parent

    def name(self, style_id: str | None) -> str | None:
        """Name of a style as the user sees it; None for the default."""
        return self._styles[style_id].name if style_id in self._styles else None

    def run_look(self, direct: etree._Element | None, paragraph_style: str | None) -> "RunLook":
        """How a run is printed: by its own properties, its style's, its paragraph's, the default."""
        own = {local(item): item for item in direct} if direct is not None else {}
        style = attribute(own["rStyle"], "val") if "rStyle" in own else None
        key = (style, paragraph_style)
        if key not in self._inherited:
            above = list(self._run_properties(style, paragraph_style))
            self._inherited[key] = {name: found for name in _RUN if (found := _first(above, name)) is not None}
        inherited = self._inherited[key]
        found = {name: own.get(name, inherited.get(name)) for name in _RUN}
        underline = found["u"]
        size = found["sz"]
        return RunLook(
            bold=_is_on(found["b"]),
            struck=_is_on(found["strike"]) or _is_on(found["dstrike"]),
            hidden=_is_on(found["vanish"]),
            underlined=underline is not None and (attribute(underline, "val") or "none") != "none",
            half_points=integer(attribute(size, "val")) if size is not None else None,
            white=_is_white(found["color"]) and not (is_coloured(found["shd"]) or is_coloured(found["highlight"])),
        )

    def _run_properties(self, style: str | None, paragraph_style: str | None) -> Iterator[etree._Element | None]:
        if style:
            yield from (found.run for found in self.chain(style, "character"))
        yield from (found.run for found in self.chain(paragraph_style))
        yield self._run_default

    def paragraph_property(
        self, name: str, direct: etree._Element | None, style_id: str | None
    ) -> etree._Element | None:
        """An element of the paragraph's properties (`jc`, `ind`, `outlineLvl`), its own or inherited."""
        found = child(direct, name)
        if found is not None:
            return found
        return next(
            (item for style in self.chain(style_id) if (item := child(style.paragraph, name)) is not None), None
        )

    def numbering(
        self, direct: etree._Element | None, style_id: str | None
    ) -> tuple[str, int | None, str | None] | None:
        """List a paragraph belongs to: (numId, level or None, id of the style that says so or None).

        A style names the list, the list's level may in turn name the style; the level is then found there.
        """
        level, number = value(direct, "numPr", "ilvl"), value(direct, "numPr", "numId")
        if number is not None:
            return (number, integer(level) or 0, None) if number != "0" else None
        seen: set[str] = set()
        current = style_id or self._default.get("paragraph")
        while current and current not in seen and current in self._styles:
            seen.add(current)
            style = self._styles[current]
            # a child style may name the level only and inherit the list
            level = level or value(style.paragraph, "numPr", "ilvl")
            number = value(style.paragraph, "numPr", "numId")
            if number is not None:
                return (number, integer(level), current) if number != "0" else None
            current = style.parent
        return None


def _first(groups: list[etree._Element | None], name: str) -> etree._Element | None:
    """A property in the nearest of some groups that sets it."""
    return next((item for group in groups if (item := child(group, name)) is not None), None)


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and attribute(element, "val") not in _OFF


def is_coloured(element: etree._Element | None) -> bool:
    """Whether a shading (`w:shd`) or marker (`w:highlight`) puts another colour than white under words."""
    if element is None:
        return False
    pattern, fill = (attribute(element, "val") or "").upper(), (attribute(element, "fill") or "").upper()
    if local(element) == "highlight":
        return pattern not in _NO_FILL
    themed = attribute(element, "themeFill") is not None
    return themed or pattern not in {"CLEAR", *_NO_FILL, "NIL"} or fill not in _NO_FILL | _WHITE


def _is_white(element: etree._Element | None) -> bool:
    return element is not None and (attribute(element, "val") or "").upper() in _WHITE
