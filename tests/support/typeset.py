"""Sets a contract text on A4 pages: lines, rules, table cells and seals with exact places in points.

The pages are then printed and scanned (`scan.py`) or written as a digital PDF (`digital.py`), so the truth of every
printed line is known. Origin at the top left; a line's box is as wide as its advance and one and a quarter sizes high.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from tests.support.fonts import width

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 80.0, 80.0, 76.0, 70.0
MEASURE = PAGE_WIDTH - LEFT - RIGHT
NO_START = set("，。、；：？！）》】”’…％%,.;:?!)]}")
NO_END = set("（《【“‘([{￥")


@dataclass(frozen=True)
class Style:
    """How a paragraph is set; lengths in points, indent in ems of the first line."""

    font: str = "song"
    size: float = 11.0
    lead: float = 20.0
    indent: float = 2.0
    align: str = "left"
    before: float = 0.0
    keep: int = 1


@dataclass(frozen=True)
class SealPlan:
    """A seal stamped over the n-th line that matches; offsets in points from the start of that line."""

    over: str
    name: str
    nth: int = 0
    foot: str = "合同专用章"
    right: float = 120.0
    down: float = 0.0
    angle: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """What the setter must know about one contract besides its text."""

    styles: tuple[tuple[str, Style], ...]
    body: Style
    tables: tuple[tuple[float, ...], ...] = ()
    page_before: tuple[str, ...] = ()
    columns: tuple[str, str] | None = None
    header: str = ""
    footer: str = "第 {page} 页 共 {pages} 页"
    cover: bool = True
    row_space: float = 14.0
    seals: tuple[SealPlan, ...] = ()


@dataclass(frozen=True)
class Line:
    """One printed line; `kind` is text, cell, header or footer, `block` the number of its line of the source."""

    text: str
    x: float
    y: float
    font: str
    size: float
    kind: str = "text"
    block: int = -1

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Place on the page."""
        return self.x, self.y, self.x + width(self.font, self.text, self.size), self.y + self.size * 1.25


@dataclass(frozen=True)
class Seal:
    """A round seal, by its middle."""

    x: float
    y: float
    name: str
    foot: str
    angle: float
    radius: float = 56.0


@dataclass(frozen=True)
class Cell:
    """A table cell with its rules."""

    box: tuple[float, float, float, float]
    text: str
    table: int
    row: int
    column: int
    column_span: int = 1


@dataclass
class Page:
    """A page being filled."""

    lines: list[Line] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    seals: list[Seal] = field(default_factory=list)


def wrap(text: str, font: str, size: float, measure: float, first: float = 0.0) -> list[str]:
    """Break a text into lines; Latin runs stay whole, punctuation neither begins a line nor dangles before one."""
    lines, line, used = [], "", first
    for token in re.findall(r"[A-Za-z0-9.,@%/\-—]+|.", text):
        if used + width(font, token, size) <= measure or (token in NO_START and used <= measure):
            line, used = line + token, used + width(font, token, size)
            continue
        carried = ""
        while line and line[-1] in NO_END:
            line, carried = line[:-1], line[-1] + carried
        while token[0] in NO_START and len(line) > 1 and (not carried or carried[0] in NO_START):
            line, carried = line[:-1], line[-1] + carried
        lines.append(line)
        line = (carried + token).lstrip(" ")
        used = width(font, line, size)
    return [kept for line in (*lines, line) if (kept := line.rstrip())]


class Setter:
    """Fills pages from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        """Start with an empty first page."""
        self.sheet = sheet
        self.pages = [Page()]
        self.y = TOP
        self.tables = 0

    def set(self, text: str) -> list[Page]:
        """Set a whole contract and return its pages."""
        pending = list(self.sheet.page_before)
        blocks = iter(_blocks(text))
        for number, block in blocks:
            if pending and re.search(pending[0], block[0]):
                pending.pop(0)
                self._turn()
            if "\t" in block[0]:
                self._table(number, [row.split("\t") for row in block])
            elif self.sheet.columns and re.search(self.sheet.columns[0], block[0]):
                self._two_columns(number, block[0], blocks)
            else:
                self._paragraph(number, block[0])
        self._stamp()
        self._frame()
        return self.pages

    def _turn(self) -> None:
        self.pages.append(Page())
        self.y = TOP

    def _need(self, height: float) -> None:
        if self.y + height > PAGE_HEIGHT - BOTTOM:
            self._turn()

    def _style(self, text: str) -> Style:
        return next((style for pattern, style in self.sheet.styles if re.search(pattern, text)), self.sheet.body)

    def _line(self, text: str, x: float, style: Style, block: int, kind: str = "text") -> None:
        y = self.y + (style.lead - style.size) / 2
        self.pages[-1].lines.append(Line(text, x, y, style.font, style.size, kind, block))

    def _paragraph(self, number: int, text: str) -> None:
        style = self._style(text)
        indent = style.indent * style.size
        self._need(style.lead * style.keep)
        self.y += style.before if self.y > TOP or style.before > 50 else 0
        for place, line in enumerate(wrap(text, style.font, style.size, MEASURE, indent)):
            self._need(style.lead)
            x = LEFT + (indent if place == 0 else 0)
            if style.align != "left":
                room = MEASURE - width(style.font, line, style.size)
                x = LEFT + (room / 2 if style.align == "center" else room)
            self._line(line, x, style, number)
            self.y += style.lead

    def _two_columns(self, number: int, first: str, blocks: Iterator[tuple[int, list[str]]]) -> None:
        """Signature block of both parties side by side: the right half begins where the second pattern matches."""
        assert self.sheet.columns
        halves: list[list[tuple[int, str]]] = [[(number, first)], []]
        while len(halves[1]) < len(halves[0]):
            at, (text, *_) = next(blocks)
            halves[bool(halves[1]) or bool(re.search(self.sheet.columns[1], text))].append((at, text))
        style = replace(self.sheet.body, lead=34.0)
        self._need(style.lead * len(halves[0]) + 20)
        self.y += 20
        for left, right in zip(*halves, strict=True):
            for (at, text), x in ((left, LEFT), (right, LEFT + MEASURE / 2 + 8)):
                self._line(text, x, style, at)
            self.y += style.lead

    def _table(self, number: int, rows: Sequence[Sequence[str]]) -> None:
        widths = self.sheet.tables[self.tables]
        edges = [LEFT + sum(widths[:n]) for n in range(len(widths) + 1)]
        self.y += 4
        for at, row in enumerate(rows):
            cells = list(_merged(row))
            style = Style("song_bold" if at == 0 else "song", 9.5, 14.0)
            wrapped = [wrap(t, style.font, style.size, edges[c + s] - edges[c] - 8) if t else [] for c, s, t in cells]
            height = max(map(len, wrapped)) * style.lead + self.sheet.row_space
            self._need(height)
            for (column, span, text), lines in zip(cells, wrapped, strict=True):
                box = (edges[column], self.y, edges[column + span], self.y + height)
                self._cell(Cell(box, text, self.tables, at, column, span), lines, style, number + at)
            self.y += height
        self.y += 8
        self.tables += 1

    def _cell(self, cell: Cell, lines: Sequence[str], style: Style, block: int) -> None:
        x0, y0, x1, y1 = cell.box
        page = self.pages[-1]
        page.cells.append(cell)
        page.rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        y = y0 + (y1 - y0 - style.lead * len(lines)) / 2 + (style.lead - style.size) / 2
        for text in lines:
            room = x1 - x0 - width(style.font, text, style.size)
            number = bool(re.fullmatch(r"[\d,]+\.\d\d", text))
            x = x0 + (4 if len(lines) > 1 else room - 4 if number else room / 2)
            page.lines.append(Line(text, x, y, style.font, style.size, "cell", block))
            y += style.lead

    def _stamp(self) -> None:
        for plan in self.sheet.seals:
            found = [(page, line) for page in self.pages for line in page.lines if re.search(plan.over, line.text)]
            page, line = found[plan.nth]
            page.seals.append(Seal(line.x + plan.right, line.y + plan.down, plan.name, plan.foot, plan.angle))

    def _frame(self) -> None:
        for number, page in enumerate(self.pages, 1):
            if number == 1 and self.sheet.cover:
                continue
            if self.sheet.header:
                page.lines.insert(0, Line(self.sheet.header, LEFT, 42.0, "song", 9.0, "header"))
                page.rules.append((LEFT, 57.0, PAGE_WIDTH - RIGHT, 57.0))
            foot = self.sheet.footer.format(page=number, pages=len(self.pages))
            x = (PAGE_WIDTH - width("song", foot, 9.0)) / 2
            page.lines.append(Line(foot, x, PAGE_HEIGHT - 48.0, "song", 9.0, "footer"))


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Paragraphs one by one, the rows of a table together, each with the number of its first line."""
    rows: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if "\t" in line:
            rows.append(line)
            if number + 1 < len(lines) and "\t" in lines[number + 1]:
                continue
            yield number - len(rows) + 1, rows
            rows = []
        else:
            yield number, [line]


def _merged(row: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Column, span and text of the cells of a row: in a total row the first cell takes the empty ones behind it."""
    span = 1
    if row[0].startswith("合计"):
        span = next(n for n in range(1, len(row)) if row[n])
    yield 0, span, row[0]
    for column in range(span, len(row)):
        yield column, 1, row[column]
