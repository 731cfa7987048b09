"""Styles: what a paragraph or a run looks like when it does not say so itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.word.names import attribute, child, flag, integer, local, value


@dataclass(frozen=True, slots=True)
class Style:
    """One style: its name, its parent and its own properties."""

    name: str
    kind: str
    parent: str | None
    paragraph: etree._Element | None
    run: etree._Element | None


class Styles:
    """The styles of a document, with inheritance."""

    def __init__(self, root: etree._Element | None) -> None:
        """Read `word/styles.xml`; a document without it has no styles."""
        self._styles: dict[str, Style] = {}
        self._default: dict[str, str] = {}
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

    def run_flag(self, name: str, direct: etree._Element | None, paragraph_style: str | None) -> bool:
        """An on-off property of a run (`b`, `vanish`, `strike`): its own, its style's, its paragraph's, the default."""
        for properties in self._run_properties(direct, paragraph_style):
            set_to = flag(properties, name)
            if set_to is not None:
                return set_to
        return False

    def run_value(self, name: str, direct: etree._Element | None, paragraph_style: str | None) -> str | None:
        """A valued property of a run (`sz`, `u`), inherited alike."""
        for properties in self._run_properties(direct, paragraph_style):
            set_to = value(properties, name)
            if set_to is not None:
                return set_to
        return None

    def _run_properties(
        self, direct: etree._Element | None, paragraph_style: str | None
    ) -> Iterator[etree._Element | None]:
        yield direct
        own = value(direct, "rStyle")
        if own:
            yield from (style.run for style in self.chain(own, "character"))
        yield from (style.run for style in self.chain(paragraph_style))
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
