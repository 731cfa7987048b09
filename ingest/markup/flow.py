"""The flow of an HTML document: paragraphs and tables as a browser shows them, in document order."""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from ingest.blocks import Block, ParagraphBlock
from ingest.characters import BLANKS, clean, is_han
from ingest.embedded import picture_block
from ingest.markup.list_numbers import ListNumbers
from ingest.markup.looks import Look, local_name, look_of, style_of
from ingest.table_blocks import RowCell, lay_out
from ingest.word.lines import join_lines, split_lines, to_piece
from ingest.word.runs import BREAK, Run
from ingest.word.symbols import symbol
from schema.document import MarkKind

_BLOCKS: Final = frozenset(
    {"html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
     "blockquote", "section", "article", "main", "header", "footer", "address", "pre", "center", "form",
     "fieldset", "legend", "figure", "figcaption", "details", "summary", "aside", "hr", "menu", "dir", "caption",
     "textarea"}
)  # fmt: skip
_SILENT: Final = frozenset(
    {"head", "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "canvas", "audio",
     "video", "svg", "map", "datalist", "button", "nav", "meta", "link", "title", "colgroup", "col"}
)  # fmt: skip
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_WIDTH: Final = 8
_DEEPEST: Final = 100  # beyond it only the words count, not the lay-out


@dataclass(slots=True)
class Aside:
    """What is in the file and not shown, or shown and no text of the contract."""

    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    navigation: list[str] = field(default_factory=list)
    insertions: int = 0
    pictures: int = 0


class FlowReader:
    """Reads elements one after another; words gather until a block begins or ends."""

    def __init__(self, pictures: frozenset[str] = frozenset()) -> None:
        """Start at the beginning of a document.

        Args:
            pictures: addresses of pictures that lie in the same file.
        """
        self.aside = Aside()
        self._pictures = pictures
        self._later: list[Block] = []
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._look = Look()
        self._depth = 0
        self._number: tuple[str, str] | None = None
        self._level: int | None = None

    def read(self, element: etree._Element) -> list[Block]:
        """Read an element with everything in it."""
        self._element(element, Look())
        self._flush()
        return self._blocks

    def _element(self, element: etree._Element, above: Look, numbers: ListNumbers | None = None) -> None:
        name = local_name(element)
        if not name or name in _SILENT:
            if name == "nav":
                self._keep(self.aside.navigation, element)
            return
        look = look_of(element, name, above)
        if look.hidden and not above.hidden:
            self._keep(self.aside.hidden, element)
            return
        if name == "del":
            self._keep(self.aside.deleted, element)
        elif "mso-element" in style_of(element) and "comment" in style_of(element)["mso-element"]:
            self._keep(self.aside.comments, element)
        elif name == "table":
            self._flush()
            self._blocks.extend(self._table(element))
        elif name in ("input", "select", "img", "br", "ruby", "rt", "rp"):
            self._special(element, name, look)
        elif style_of(element).get("mso-list") == "ignore":
            # Word writes the number of a list item as words with a row of blanks behind it
            words = clean("".join(element.itertext())).strip(BLANKS)
            self._number = (words, " ") if words else None
        elif name in _BLOCKS:
            self._block(element, name, look, numbers)
        else:
            self.aside.insertions += name == "ins"
            self._inside(element, look)

    def _block(self, element: etree._Element, name: str, look: Look, numbers: ListNumbers | None) -> None:
        self._flush()
        self._look = look
        level = self._level
        if name == "li":
            self._number = numbers.of(element) if numbers is not None else None
        if name in ("ol", "ul", "menu", "dir"):
            self._level = 0 if level is None else level + 1
        self._inside(element, look, ListNumbers(element) if name == "ol" else None)
        self._flush()
        self._level = level

    def _inside(self, element: etree._Element, look: Look, numbers: ListNumbers | None = None) -> None:
        if self._depth > _DEEPEST:
            self._words(" ".join(element.itertext()), look)
            return
        self._depth += 1
        self._words(element.text, look)
        for child in element:
            self._element(child, look, numbers)
            if local_name(child) in _BLOCKS:
                self._look = look
            self._words(child.tail, look)
        self._depth -= 1

    def _special(self, element: etree._Element, name: str, look: Look) -> None:
        """Elements that print something else than the words in them."""
        if name == "br":
            self._append(BREAK, look)
        elif name == "img":
            self._picture(element)
        elif name == "ruby":
            self._inside(element, look)
        elif name == "select":
            options = [item for item in element.iter() if local_name(item) == "option"]
            chosen = next((item for item in options if item.get("selected") is not None), *options[:1] or [None])
            self._words("".join(chosen.itertext()) if chosen is not None else "", look)
        elif name == "input":
            self._input(element, look)

    def _picture(self, element: etree._Element) -> None:
        """A picture in the same file is read; one elsewhere is not fetched."""
        name = element.get("src") or ""
        inside = name.startswith("data:image/") or name in self._pictures or name.rpartition("/")[2] in self._pictures
        if inside and not name.startswith("data:image/svg"):
            wide, high = (_pixels(element.get(side)) for side in ("width", "height"))
            self._later.append(picture_block(name, width=wide, height=high))
        else:
            self.aside.pictures += 1

    def _input(self, element: etree._Element, look: Look) -> None:
        kind = (element.get("type") or "text").lower()
        if kind in ("checkbox", "radio"):
            ticked = element.get("checked") is not None
            self._append("☑" if ticked else "□", look, mark="checked" if ticked else "unchecked")
        elif kind not in ("hidden", "submit", "button", "reset", "image", "file", "password"):
            words = clean(element.get("value") or "").strip(BLANKS)
            line = Look(underlined=True, bold=look.bold, size=look.size)
            self._append(f" {words} " if words else " " * _WIDTH, line, mark="filled_blank" if words else "blank")

    def _words(self, text: str | None, look: Look) -> None:
        """Words as shown: white space of the file is one blank, and none between Chinese characters."""
        if not text:
            return
        if look.kept:
            words = text.replace("\r\n", "\n").replace("\r", "\n")
            for place, line in enumerate(words.split("\n")):
                self._append((BREAK if place else "") + clean(line), look)
            return
        before = self._runs[-1].text[-1:] if self._runs else ""

        def blank(found: re.Match[str]) -> str:
            left = text[found.start() - 1] if found.start() else before
            right = text[found.end()] if found.end() < len(text) else ""
            broken = "\n" in found.group() and left and right and _wide(left) and _wide(right)
            return "" if broken or (not found.start() and before in ("", " ", BREAK)) else " "

        self._append(_plain(_SPACE.sub(blank, text)), look)

    def _append(self, words: str, look: Look, mark: MarkKind | None = None) -> None:
        if not words:
            return
        self._runs.append(
            Run(words, look.underlined, look.bold, look.size, look.struck, look.inserted, hidden=False, mark=mark)
        )

    def _flush(self) -> None:
        """End the paragraph that is being gathered."""
        runs, number, look = self._runs, self._number, self._look
        self._runs = []
        paragraphs = join_lines([to_piece(line) for line in split_lines(runs)])
        later, self._later = self._later, []
        if not paragraphs:
            self._blocks.extend(later)
            return
        self._number = None
        shown = [run for run in runs if run.text.strip(BLANKS + BREAK)]
        for place, pieces in enumerate(paragraphs):
            block = ParagraphBlock(pieces, bold=all(run.bold for run in shown), size=shown[0].size if shown else None)
            block.alignment, block.indent, block.style = look.alignment, look.indent, look.style
            if number is not None and not place:
                block.prefix("".join(number))
                block.number, block.list_level = number[0], self._level or 0
            self._blocks.append(block)
        self._blocks.extend(later)

    def _table(self, table: etree._Element) -> list[Block]:
        rows: list[list[RowCell]] = []
        heads = 0
        above: list[Block] = []
        for element in _rows(table):
            if local_name(element) == "caption":
                above.extend(self._part(element))
                continue
            cells = [cell for cell in element if local_name(cell) in ("td", "th")]
            rows.append([self._cell(cell) for cell in cells])
            if local_name(element.getparent()) == "thead" and len(rows) == heads + 1:
                heads += 1
        known = heads if 0 < heads < len(rows) else None
        return above + lay_out(rows, header_rows=known)

    def _cell(self, cell: etree._Element) -> RowCell:
        if look_of(cell, local_name(cell), Look()).hidden:
            return RowCell()
        return RowCell(self._part(cell), _span(cell.get("rowspan")), _span(cell.get("colspan")))

    def _part(self, element: etree._Element) -> list[Block]:
        """Blocks of a cell, read apart."""
        inner = FlowReader(self._pictures)
        inner.aside, inner._depth = self.aside, self._depth + 1
        inner._inside(element, look_of(element, local_name(element), Look()))
        inner._flush()
        return inner._blocks

    @staticmethod
    def _keep(kept: list[str], element: etree._Element) -> None:
        words = " ".join(clean("".join(element.itertext())).split())
        if words:
            kept.append(words)


def _rows(table: etree._Element) -> list[etree._Element]:
    """Rows and captions of a table, not those of tables inside it; shown rows only."""
    found = []
    for element in table:
        name = local_name(element)
        if name in ("tr", "caption") and not look_of(element, name, Look()).hidden:
            found.append(element)
        elif name in ("thead", "tbody", "tfoot") and not look_of(element, name, Look()).hidden:
            found.extend(_rows(element))
    return found


def _pixels(text: str | None) -> float | None:
    """Points of a length in pixels."""
    digits = (text or "").strip().removesuffix("px")
    return int(digits) * 0.75 if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _span(text: str | None) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 and int(digits) else 1


def _wide(char: str) -> bool:
    return is_han(char) or "\u3000" < char <= "\u303f" or "\uff00" < char <= "\uff5e"


def _plain(text: str) -> str:
    private = any("\uf000" <= char <= "\uf0ff" for char in text)
    return clean("".join(symbol(char, None) for char in text) if private else text)
