"""The flow of an OpenDocument text: paragraphs, lists, tables, frames and notes in reading order."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingest.blocks import Block, ParagraphBlock
from ingest.characters import BLANKS, clean
from ingest.embedded import picture_block
from ingest.odt.lists import Counters, Lists
from ingest.odt.names import attribute, count
from ingest.odt.styles import OdtStyles, points
from ingest.table_blocks import RowCell, lay_out
from ingest.word.lines import join_lines, split_lines, to_piece
from ingest.word.names import child, local
from ingest.word.runs import BREAK, Run

_DEEPEST: Final = 60
_MOST_ROWS: Final = 100_000
_SILENT: Final = frozenset(
    {"tracked-changes", "sequence-decls", "forms", "variable-decls", "user-field-decls", "bookmark", "bookmark-start",
     "bookmark-end", "note-citation", "annotation-end", "reference-mark", "change", "title", "desc", "event-listeners",
     "alphabetical-index-mark", "toc-mark", "ruby-text", "hidden-paragraph", "object"}
)  # fmt: skip


@dataclass(slots=True)
class OdtAside:
    """What is in the file and no text of the page."""

    comments: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    underlined: bool = False
    struck: bool = False
    hidden: bool = False
    size: float | None = None


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is being read."""

    leader: bool = False
    runs: list[Run] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)


class OdtFlow:
    """Reads block-level content; keeps the counters of lists."""

    def __init__(self, styles: OdtStyles) -> None:
        """Start a document."""
        self._styles = styles
        self._lists = Lists(styles)
        self._inserted: set[str] = set()
        self._notes = 0
        self._depth = 0
        self.aside = OdtAside()

    def read(self, parent: etree._Element) -> list[Block]:
        """Read the children of a body, section, cell or frame."""
        if self._depth > _DEEPEST:
            return []
        self._depth += 1
        blocks: list[Block] = []
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                blocks.extend(self._paragraph(element))
            elif name == "list":
                blocks.extend(self._list(element, None, 0, None))
            elif name == "table":
                blocks.extend(self._table(element))
            elif name == "table-of-content":
                self._contents(element)
            elif name == "section" and attribute(element, "display") == "none":
                self._hide(element)
            elif name in ("change-start", "change-end"):
                self._change(element, name)
            elif name not in _SILENT and name:
                blocks.extend(self.read(element))
        self._depth -= 1
        return blocks

    def _list(self, element: etree._Element, counters: Counters | None, level: int, style: str | None) -> list[Block]:
        style = attribute(element, "style-name") or style
        if counters is None:
            counters = self._lists.begin(element, style)
        blocks: list[Block] = []
        for item in element:
            first = local(item) == "list-item"
            for inside in item:
                name = local(inside)
                if name == "list" and level < _DEEPEST:
                    blocks.extend(self._list(inside, counters, level + 1, style))
                elif name in ("p", "h"):
                    number = counters.number(level, self._lists.start_of(item)) if first else None
                    blocks.extend(self._paragraph(inside, number, level))
                    first = False
                elif name == "table":
                    blocks.extend(self._table(inside))
        return blocks

    def _paragraph(self, element: etree._Element, number: tuple[str, str] | None = None, level: int = 0) -> list[Block]:
        style = attribute(element, "style-name")
        if local(element) == "h" and number is None and attribute(element, "is-list-header") != "true":
            level = count(attribute(element, "outline-level"), 1) - 1
            number = self._lists.outline.number(max(0, level), self._lists.start_of(element))
        look = self._look(_Look(), "paragraph", style)
        part = _Paragraph(self._styles.has_leader(style))
        self._words(element, look, part)
        shown = [run for run in part.runs if not run.hidden]
        self.aside.hidden.extend(run.text for run in part.runs if run.hidden and run.text.strip())
        blocks: list[Block] = []
        solid = [run for run in shown if run.text.strip(BLANKS + BREAK)]
        for place, pieces in enumerate(join_lines([to_piece(line) for line in split_lines(shown)])):
            block = ParagraphBlock(pieces, bold=bool(solid) and all(run.bold for run in solid))
            block.size = solid[0].size if solid else None
            block.alignment, block.indent = self._styles.alignment(style), self._styles.indent(style)
            block.style = self._styles.shown_name(style)
            if number is not None and not place:
                block.prefix("".join(number))
                block.number, block.list_level = number[0], level
            blocks.append(block)
        return blocks + part.beside

    def _look(self, above: _Look, family: str, style: str | None) -> _Look:
        def value(key: str) -> str | None:
            return self._styles.text(family, style, key)

        weight, line, strike = value("font-weight"), value("text-underline-style"), value("text-line-through-style")
        size = points(value("font-size"))
        return _Look(
            above.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
            above.underlined if line is None else line != "none",
            above.struck if strike is None else strike != "none",
            above.hidden or value("display") == "none",
            size or above.size,
        )

    def _words(self, element: etree._Element, look: _Look, part: _Paragraph) -> None:
        if self._depth > _DEEPEST:
            return
        self._depth += 1
        self._add(element.text, look, part)
        for item in element:
            name = local(item)
            if name == "span":
                self._words(item, self._look(look, "text", attribute(item, "style-name")), part)
            elif name in ("line-break", "soft-page-break", "tab", "s"):
                self._blank(item, name, look, part)
            elif name in ("change-start", "change-end"):
                self._change(item, name)
            elif name == "note":
                self._note(item, part)
            elif name == "annotation":
                words = " ".join(clean("".join(words.itertext())) for words in item if local(words) in ("p", "list"))
                self.aside.comments.extend([words.strip()] if words.strip() else [])
            elif name in ("frame", "custom-shape", "rect", "g", "line"):
                self._frame(item, part)
            elif name not in _SILENT and name:
                self._words(item, look, part)
            self._add(item.tail, look, part)
        self._depth -= 1

    def _blank(self, item: etree._Element, name: str, look: _Look, part: _Paragraph) -> None:
        if name == "s":
            self._append(" " * count(attribute(item, "c"), 1, most=500), look, part)
        elif name == "tab":
            self._append("\t", look if not part.leader else _Look(look.bold, True, size=look.size), part)
        elif name == "line-break":
            self._append(BREAK, look, part)

    def _add(self, text: str | None, look: _Look, part: _Paragraph) -> None:
        """Words of the file: line ends and rows of blanks count as one blank."""
        if text:
            words = clean(" ".join(text.split("\n"))) if "\n" in text else clean(text)
            self._append(words, look, part)

    def _append(self, words: str, look: _Look, part: _Paragraph) -> None:
        run = Run(words, look.underlined, look.bold, look.size, look.struck, bool(self._inserted), look.hidden)
        part.runs.append(run)

    def _change(self, item: etree._Element, name: str) -> None:
        """Where a tracked insertion begins and ends."""
        change = attribute(item, "change-id") or ""
        if name == "change-start":
            self._inserted.add(change)
        else:
            self._inserted.discard(change)

    def _note(self, item: etree._Element, part: _Paragraph) -> None:
        body = child(item, "note-body")
        inside = self.read(body) if body is not None else []
        if inside and isinstance(inside[0], ParagraphBlock):
            self._notes += 1
            inside[0].prefix(f"{self._notes} ")
        part.beside.extend(inside)

    def _frame(self, item: etree._Element, part: _Paragraph) -> None:
        """A text box follows its paragraph, so does a picture; of two renderings of one thing the first counts."""
        box, picture = child(item, "text-box"), child(item, "image")
        if box is not None:
            part.beside.extend(self.read(box))
        elif picture is not None:
            name = attribute(picture, "href")
            wide, high = points(attribute(item, "width")), points(attribute(item, "height"))
            if name:
                part.beside.append(picture_block(name, width=wide or None, height=high or None))
        else:
            part.beside.extend(self.read(item))

    def _table(self, table: etree._Element) -> list[Block]:
        rows: list[list[RowCell]] = []
        heads = self._rows(table, rows)
        return lay_out(rows, header_rows=heads if 0 < heads < len(rows) else None)

    def _rows(self, parent: etree._Element, rows: list[list[RowCell]]) -> int:
        """Rows of a table; how many of them are marked as heads."""
        heads = 0
        for element in parent:
            name = local(element)
            if name == "table-row" and len(rows) < _MOST_ROWS:
                cells = [cell for cell in element if local(cell) == "table-cell"]
                rows.append([self._cell(cell) for cell in cells])
            elif name in ("table-header-rows", "table-rows", "table-row-group"):
                before = len(rows)
                heads += self._rows(element, rows)
                heads += len(rows) - before if name == "table-header-rows" else 0
        return heads

    def _cell(self, cell: etree._Element) -> RowCell:
        down = count(attribute(cell, "number-rows-spanned"), 1)
        across = count(attribute(cell, "number-columns-spanned"), 1)
        return RowCell(self.read(cell), down, across)

    def _contents(self, element: etree._Element) -> None:
        for item in element.iter():
            if local(item) == "p" and (words := clean("".join(item.itertext())).strip(BLANKS)):
                self.aside.contents.append(words)

    def _hide(self, element: etree._Element) -> None:
        words = " ".join(clean("".join(element.itertext())).split())
        self.aside.hidden.extend([words] if words else [])
