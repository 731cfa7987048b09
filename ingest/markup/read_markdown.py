r"""Markdown reader: headings, lists and emphasis lose their marks, tables become tables, words stay as typed.

# 采购合同                      -> 采购合同                    bold, style Heading 1
- [x] 转账                      -> ☑ 转账
1\. 标的, 1. 标的               -> 1. 标的                     a typed number is part of the text
| 名称 | 单价 | under a rule     -> a table
________                        -> a blank, no rule across the page
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.blocks import Block, Draft, PageInfo, ParagraphBlock
from ingest.characters import BLANKS
from ingest.flow import mend_flow
from ingest.markup.flow import Aside, FlowReader
from ingest.markup.inline import inline_runs
from ingest.markup.read_html import parse_html, set_aside
from ingest.options import ReadOptions
from ingest.table_blocks import RowCell, lay_out
from ingest.text import add_line, text_blocks
from ingest.text_encoding import decode
from ingest.word.lines import join_lines, split_lines, to_piece
from ingest.wrapping import wrap_width
from schema.errors import ReadError
from schema.page import Furniture

_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t\u3000]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE: Final = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_RULE: Final = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|_{3})[ \t]*$")
_BULLET: Final = re.compile(r"([ \t]*)[-*+][ \t]+(?=\S)(?![-\d]+[ \t]*-[ \t]*$)")
_TASK: Final = re.compile(r"\[([ xX])\][ \t]+")
_QUOTE: Final = re.compile(r" {0,3}(?:>[ \t]?)+")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*$")
_DELIMITER: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELLS: Final = re.compile(r"(?<!\\)\|")
_DEFINITION: Final = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_LINK_DEFINITION: Final = re.compile(r" {0,3}\[[^\]^\n]+\]:[ \t]*(?:https?:|/|\.|#|<)\S*(?:[ \t]+[\"'(].*)?$")
_HTML: Final = re.compile(r" {0,3}<(table|div|p|center|h[1-6]|ul|ol|dl|form|section|article)\b", re.IGNORECASE)
_BREAK: Final = re.compile(r"(?: {2,}|\\)$")


def read_markdown(data: bytes, options: ReadOptions) -> Draft:
    """Read a Markdown file.

    Raises:
        ReadError: `file_damaged` when the bytes are no text.
    """
    text = decode(data)
    if text is None:
        raise ReadError("file_damaged", "the bytes are not text in any encoding known")
    draft = Draft(pages=[PageInfo(reason="Markdown file")])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n")
    lines = lines[_front_matter(lines, draft) :]
    reader = _Reader(lines)
    draft.blocks = reader.read()
    mend_flow(draft)
    set_aside(reader.aside, draft)
    return draft


def _front_matter(lines: Sequence[str], draft: Draft) -> int:
    """Lines of the head between `---`, which a page does not show."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    end = next((place for place, line in enumerate(lines[1:60], 1) if line.rstrip() in ("---", "...")), None)
    if end is None or not all(re.match(r"[\w-]+\s*:|\s|#|- |$", line) for line in lines[1:end]):
        return 0
    words = "\n".join(lines[1:end]).strip()
    if words:
        draft.furniture.append(Furniture(page=1, role="noise", text=words, reason="head of the Markdown file"))
    return end + 1


class _Reader:
    """Reads lines from the first to the last."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._place = 0
        self._blocks: list[Block] = []
        self._gap = True
        self._held = False  # the line above is closed: a heading, a list mark, a hard break
        self._wrap = wrap_width([line for line in lines if "|" not in line])
        self.aside = Aside()

    def read(self) -> list[Block]:
        while self._place < len(self._lines):
            line = self._lines[self._place]
            if not line.strip(BLANKS):
                self._gap = True
                self._place += 1
            elif not (self._code(line) or self._table(line) or self._html(line) or self._tabbed(line)):
                self._place += 1
                self._line(_QUOTE.sub("", line) if _QUOTE.match(line) else line)
        return self._blocks

    def _line(self, line: str) -> None:
        heading = _HEADING.match(line)
        if heading:
            self._add(heading.group(2), style=f"Heading {len(heading.group(1))}")
        elif _UNDERLINE.match(line) and not self._gap and self._blocks and isinstance(self._blocks[-1], ParagraphBlock):
            self._blocks[-1].style, self._blocks[-1].bold = "Heading 1" if "=" in line else "Heading 2", True
            self._held = True
        elif _RULE.match(line):
            self._held = True
        elif _LINK_DEFINITION.match(line):
            return
        elif note := _DEFINITION.match(line):
            self._add(f"{note.group(1)} {line[note.end() :]}", alone=True)
        elif bullet := _BULLET.match(line):
            words = line[bullet.end() :]
            task = _TASK.match(words)
            if task:
                words = ("□ " if task.group(1) == " " else "☑ ") + words[task.end() :]
            self._add(words, alone=True, level=len(bullet.group(1).expandtabs(4)) // 2)
        else:
            self._add(line)

    def _add(self, words: str, *, style: str | None = None, alone: bool = False, level: int | None = None) -> None:
        """Words as paragraphs; a plain line may be the rest of the one above."""
        runs, pictures = inline_runs(_BREAK.sub("", words))
        self.aside.pictures += pictures
        paragraphs = join_lines([to_piece(line) for line in split_lines(runs)])
        first = len(self._blocks)
        shown = [run for run in runs if run.text.strip(BLANKS)]
        for pieces in paragraphs:
            bold = style is not None or (bool(shown) and all(run.bold for run in shown))
            self._blocks.append(ParagraphBlock(pieces, bold=bold, style=style, list_level=level))
        if paragraphs and style is None and not alone and not self._held:
            self._join(first, words)
        self._held = style is not None or bool(_BREAK.search(words))
        self._gap = False

    def _join(self, first: int, raw: str) -> None:
        """Undo the line break above a plain line where a sentence runs over it."""
        block = self._blocks[first]
        assert isinstance(block, ParagraphBlock)
        above: list[Block] = self._blocks[first - 1 : first]
        before = len(above[0].pieces) if above and isinstance(above[0], ParagraphBlock) else 0
        add_line(above, block.text, gap=self._gap, indented=raw[:1] in BLANKS, wrap=self._wrap)
        if above and isinstance(above[0], ParagraphBlock) and len(above) == 1 and len(above[0].pieces) > before > 0:
            above[0].pieces[-1:] = block.pieces
            above[0].bold = above[0].bold and block.bold
            del self._blocks[first]

    def _code(self, line: str) -> bool:
        """A fenced passage is shown as typed."""
        fence = _FENCE.match(line)
        if not fence:
            return False
        self._place += 1
        while self._place < len(self._lines) and not self._lines[self._place].strip().startswith(fence.group(1)):
            add_line(self._blocks, self._lines[self._place].strip(BLANKS), gap=True, indented=True, wrap=None)
            if not self._blocks[-1].text:
                self._blocks.pop()
            self._place += 1
        self._place += 1
        self._gap = True
        return True

    def _table(self, line: str) -> bool:
        """A row with bars above a rule of bars, and all rows behind it."""
        under = self._lines[self._place + 1] if self._place + 1 < len(self._lines) else ""
        if "|" not in line or "-" not in under or not _DELIMITER.match(under):
            return False
        heads = _row(line)
        if len(_row(under)) != len(heads):
            return False
        self._place += 2
        rows = [heads]
        while self._place < len(self._lines) and "|" in self._lines[self._place]:
            rows.append(_row(self._lines[self._place]))
            self._place += 1
        empty_heads = not any(cell.strip() for cell in heads)
        cells = [[self._cell(text) for text in row] for row in (rows[1:] if empty_heads else rows)]
        known = 1 if len(rows) > 1 and not empty_heads and len(heads) > 1 else None
        self._blocks.extend(lay_out(cells, header_rows=known))
        self._gap, self._held = True, True
        return True

    def _tabbed(self, line: str) -> bool:
        """Rows with tabs, as in a plain text file."""
        start = self._place
        while self._place < len(self._lines) and "\t" in self._lines[self._place].strip():
            self._place += 1
        if self._place == start or _BULLET.match(line):
            self._place = start
            return False
        self._blocks.extend(text_blocks("\n".join(self._lines[start : self._place])))
        self._gap, self._held = False, True
        return True

    def _cell(self, text: str) -> RowCell:
        runs, pictures = inline_runs(text)
        self.aside.pictures += pictures
        return RowCell([ParagraphBlock([piece]) for line in split_lines(runs) if (piece := to_piece(line)).text])

    def _html(self, line: str) -> bool:
        """A block of HTML up to its end, or to the next empty line."""
        found = _HTML.match(line)
        if not found:
            return False
        part = "\n".join(self._html_lines(found.group(1).lower()))
        reader = FlowReader()
        reader.aside = self.aside
        root, _ = parse_html(part)
        self._blocks.extend(reader.read(root) if root is not None else [])
        self._gap, self._held = True, True
        return True

    def _html_lines(self, name: str) -> Iterator[str]:
        depth = 0
        opening, closing = re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\s*>", re.IGNORECASE)
        while self._place < len(self._lines):
            line = self._lines[self._place]
            depth += len(opening.findall(line)) - len(closing.findall(line))
            if not line.strip() and (depth <= 0 or name != "table"):
                return
            self._place += 1
            yield line
            if depth <= 0:
                return


def _row(line: str) -> list[str]:
    """Cells of a row of bars."""
    bare = line.strip()
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELLS.split(bare)]
