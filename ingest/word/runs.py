"""The inside of a paragraph: runs, fields, tracked changes, boxes, notes and pictures, in printing order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingest.characters import clean
from ingest.word.names import attribute, child, flag, integer, local, relation, value
from ingest.word.styles import Styles, is_coloured
from ingest.word.symbols import is_empty_box, is_symbol_font, symbol
from schema.document import MarkKind

BREAK: Final = "\n"
_EMU: Final = 12700.0
_SIDE: Final = re.compile(r"(?:^|;)\s*(width|height):(\d{1,6}(?:\.\d{1,6})?)pt")
_SKIPPED: Final = frozenset(
    {"pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "instrText", "rt", "commentReference"}
    | {"annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "proofErr"}
    | {"bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"}
)


@dataclass(slots=True)
class Run:
    """Words of one look.

    Attributes:
        text: characters; a line break is `BREAK`.
        underlined: on a drawn line.
        bold, size: looks; size in points.
        struck, inserted, hidden: struck through; a tracked insertion; not printed.
        mark: box or placeholder.
    """

    text: str
    underlined: bool = False
    bold: bool = False
    size: float | None = None
    struck: bool = False
    inserted: bool = False
    hidden: bool = False
    mark: MarkKind | None = None


@dataclass(slots=True)
class Content:
    """What a paragraph holds besides its words: text boxes, notes, pictures (relation id, points), diagrams (id)."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, float | None, float | None]] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """A complex field between its `begin` and `end`; only what stands behind `separate` is printed."""

    in_result: bool = False
    code: str = ""
    form: etree._Element | None = None


class RunReader:
    """Reads paragraphs one after another; fields may run on from one to the next (a table of contents does)."""

    def __init__(self, styles: Styles) -> None:
        """Start at the beginning of a story (body, header, note)."""
        self._styles = styles
        self._fields: list[_Field] = []
        self.insertions = 0
        self.deletions: list[str] = []

    @property
    def in_contents(self) -> bool:
        """Whether the reader is inside a table of contents."""
        return any(item.code.strip().upper().startswith("TOC") for item in self._fields)

    def read(self, paragraph: etree._Element, style: str | None) -> Content:
        """Read one paragraph."""
        content = Content()
        self._walk(paragraph, content, style, inserted=False)
        # a field whose end is missing must not swallow the rest of the document
        self._fields = [field for field in self._fields if field.in_result]
        return content

    def _walk(self, parent: etree._Element, content: Content, style: str | None, *, inserted: bool) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, content, style, inserted=inserted)
            elif name in ("ins", "moveTo"):
                self.insertions += 1
                self._walk(element, content, style, inserted=True)
            elif name in ("del", "moveFrom"):
                words = clean("".join(element.itertext()))
                if words.strip() and name == "del":
                    self.deletions.append(words)
            elif name == "sdt":
                self._control(element, content, style, inserted=inserted)
            elif name == "t" and not inserted:
                content.runs.append(Run(clean(element.text or "")))  # words of a formula: m:r / m:t
            elif name not in _SKIPPED:
                self._walk(element, content, style, inserted=inserted)

    def _control(self, element: etree._Element, content: Content, style: str | None, *, inserted: bool) -> None:
        """A content control: a tick box prints its sign, an unfilled one its prompt, which is a blank."""
        properties, inner = child(element, "sdtPr"), child(element, "sdtContent")
        box = child(properties, "checkbox")
        if box is not None:
            state = child(box, "checked")
            ticked = state is not None and (state.get(next(iter(state.keys()), "")) or "1") in ("1", "true", "on")
            content.runs.append(Run("☑" if ticked else "□", mark="checked" if ticked else "unchecked"))
            return
        if inner is None:
            return
        first = len(content.runs)
        self._walk(inner, content, style, inserted=inserted)
        if flag(properties, "showingPlcHdr"):
            for run in content.runs[first:]:
                run.mark = run.mark or "blank"

    def _run(self, element: etree._Element, content: Content, style: str | None, *, inserted: bool) -> None:
        properties = child(element, "rPr")
        if flag(properties, "del") or (child(properties, "del") is not None):
            return
        shown = self._styles.run_look(properties, style)
        look = Run(
            "",
            underlined=shown.underlined,
            bold=shown.bold,
            size=shown.half_points / 2 if shown.half_points else None,
            struck=shown.struck,
            inserted=inserted,
            hidden=shown.hidden or (shown.white and not self._is_on_colour(element, style)),
        )
        fonts = child(properties, "rFonts")
        font = (attribute(fonts, "ascii") or attribute(fonts, "hAnsi")) if fonts is not None else None
        self._inside(element, content, look, font)

    def _is_on_colour(self, run: etree._Element, style: str | None) -> bool:
        """Whether white words may stand on something: shading of the paragraph or cell, a styled table, a shape."""
        if is_coloured(self._styles.paragraph_property("shd", None, style)):
            return True
        for above in run.iterancestors():
            name = local(above)
            if name == "txbxContent" or (name == "tbl" and child(above, "tblPr", "tblStyle") is not None):
                return True
            if name in ("p", "tc", "tbl") and is_coloured(child(above, f"{name}Pr", "shd")):
                return True
        return False

    def _inside(self, element: etree._Element, content: Content, look: Run, font: str | None) -> None:
        for item in element:
            name = local(item)
            if name == "fldChar":
                self._field_mark(item, content, look)
            elif name == "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code += item.text or ""
            elif self._fields and not all(field.in_result for field in self._fields):
                continue
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                _drawing(item, content)
            elif name in ("footnoteReference", "endnoteReference"):
                content.notes.append((name.removesuffix("Reference"), attribute(item, "id") or ""))
            elif name == "ruby":
                base = child(item, "rubyBase")
                if base is not None:
                    for inner in base:
                        self._inside(inner, content, look, font)
            elif words := _words(item, font):
                _append(content, look, words)

    def _field_mark(self, item: etree._Element, content: Content, look: Run) -> None:
        kind = attribute(item, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(form=child(item, "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            if done.form is not None:
                _form_field(done, content, look)


def _append(content: Content, look: Run, words: str) -> None:
    empty = len(words) == 1 and is_empty_box(words)
    mark: MarkKind | None = "unchecked" if empty else "checked" if words in "☑☒" else None
    content.runs.append(
        Run(words, look.underlined, look.bold, look.size, look.struck, look.inserted, look.hidden, mark)
    )


def _form_field(done: _Field, content: Content, look: Run) -> None:
    """Old form fields: a tick box and a chosen list entry print no run of their own."""
    box = child(done.form, "checkBox")
    if box is not None:
        ticked = flag(box, "checked")
        ticked = bool(flag(box, "default")) if ticked is None else ticked
        content.runs.append(Run("☑" if ticked else "□", mark="checked" if ticked else "unchecked"))
    choice = child(done.form, "ddList")
    if choice is not None:
        entries = [attribute(entry, "val") or "" for entry in choice if local(entry) == "listEntry"]
        chosen = integer(value(choice, "result")) or 0
        if chosen < len(entries):
            _append(content, look, clean(entries[chosen]))


def _words(item: etree._Element, font: str | None) -> str:
    """Characters an element inside a run prints."""
    name = local(item)
    if name == "t":
        text = clean(item.text or "")
        private = is_symbol_font(font) or any("\uf000" <= char <= "\uf0ff" for char in text)
        return "".join(symbol(char, font) for char in text) if private else text
    if name == "sym":
        try:
            return symbol(chr(int(attribute(item, "char") or "", 16)), attribute(item, "font"))
        except (ValueError, OverflowError):
            return ""
    if name in ("br", "cr"):
        return BREAK
    return {"tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}.get(name, "")


def _drawing(item: etree._Element, content: Content) -> None:
    """Text boxes, pictures and watermarks of a drawing; of two renderings of one thing only the first counts."""
    for element in _chosen(item):
        name = local(element)
        if name == "txbxContent":
            content.boxes.append(element)
        elif name in ("blip", "imagedata"):
            target = relation(element, "embed" if name == "blip" else "id")
            content.pictures.extend([(target, *_extent(element))] if target else [])
        elif name == "relIds":
            target = relation(element, "dm")
            content.diagrams.extend([target] if target else [])
        elif name == "textpath" and (words := element.get("string")):
            content.watermarks.append(clean(words))


def _extent(picture: etree._Element) -> tuple[float | None, float | None]:
    """Points a picture is shown in, None where the file does not say."""
    above = picture.getparent()
    while above is not None and local(above) not in ("inline", "anchor", "shape", "r", "p"):
        above = above.getparent()
    if above is not None and local(above) == "shape":
        sides = dict(_SIDE.findall(above.get("style") or ""))
        return (float(sides["width"]), float(sides["height"])) if len(sides) == 2 else (None, None)
    extent = child(above, "extent")
    wide, high = (integer(extent.get(name)) for name in ("cx", "cy")) if extent is not None else (None, None)
    return (wide / _EMU, high / _EMU) if wide and high else (None, None)


def _chosen(item: etree._Element) -> Iterator[etree._Element]:
    """All descendants, the second rendering of alternative content and the inside of text boxes left out."""
    if local(item) == "AlternateContent":
        choices = [element for element in item if local(element) in ("Choice", "Fallback")]
        for element in choices[:1]:
            yield from _chosen(element)
        return
    yield item
    if local(item) != "txbxContent":
        for element in item:
            yield from _chosen(element)
