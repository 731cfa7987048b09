"""Plain text: lines to paragraphs, tab-separated lines to tables.

    序号⇥服务项⇥单价(元)          consecutive lines with tabs are a table; a blank line in it is a page break
    …以补充协⏎⏎议为准。           a sentence cut by a line or page break is mended
    第一条　标的⏎             blanks at the ends of a line are lay-out, not text

Text that an editor has wrapped at a fixed width is unwrapped. What stands in no table and is not in mid-sentence stays
a paragraph of its own: two paragraphs too many harm less than two clauses run into one.
"""

from typing import Final

from ingest.blocks import Block, CellBlock, Draft, PageInfo, ParagraphBlock, Piece, TableBlock
from ingest.characters import BLANKS, clean
from ingest.flow import page_furniture, page_places
from ingest.joining import continues, wraps_into
from ingest.options import ReadOptions
from ingest.text_encoding import decode
from ingest.typed_columns import tabbed
from ingest.wrapping import is_full, wrap_width
from schema.errors import ReadError

_FORM_FEED: Final = "\x0c"


def read_text(data: bytes, options: ReadOptions) -> Draft:
    """Read a text file.

    Raises:
        ReadError: `file_damaged` when the bytes are no text.
    """
    text = decode(data)
    if text is None:
        raise ReadError("file_damaged", "the bytes are not text in any encoding known")
    draft = Draft(pages=[PageInfo(reason="text file")])
    lines = _lines(text)
    for place, role in sorted(page_places([clean(line).strip(BLANKS) for line in lines]).items()):
        draft.furniture.append(page_furniture(clean(lines[place]).strip(BLANKS), role))
        lines[place] = ""
    draft.blocks = _blocks(lines)
    return draft


def text_blocks(text: str) -> list[Block]:
    """Paragraphs and tables of plain text."""
    return _blocks(_lines(text))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(_FORM_FEED, "\n").split("\n")


def _blocks(lines: list[str]) -> list[Block]:
    lines = tabbed(lines)
    wrap = wrap_width(lines)
    blocks: list[Block] = []
    table: list[list[str]] = []
    gap = False
    for raw in lines:
        cells = _cells(raw)
        if cells:
            if table and gap and len(cells) != len(table[-1]):
                blocks.extend(_table(table))
                table = []
            table.append(cells)
            gap = False
            continue
        line = clean(raw).strip(BLANKS)
        if not line:
            gap = True
            continue
        blocks.extend(_table(table))
        table = []
        add_line(blocks, line, gap=gap, indented=raw[:1] in BLANKS, wrap=wrap)
        gap = False
    blocks.extend(_table(table))
    return blocks


def _cells(line: str) -> list[str]:
    """Cells of a table row; none for a line that is merely indented with a tab."""
    if "\t" not in line.strip() and line.count("\t") < 2:
        return []
    cells = [clean(cell).strip(BLANKS) for cell in line.strip(" \u3000").split("\t")]
    return cells if any(cells) else []


def add_line(blocks: list[Block], line: str, *, gap: bool, indented: bool, wrap: int | None) -> None:
    """Join a line to the paragraph before, or begin a new one.

    Args:
        blocks: what was read so far.
        line: without blanks at its ends.
        gap: whether an empty line stands above it.
        indented: whether it begins with blanks.
        wrap: width at which the file is wrapped; see `ingest.wrapping`.
    """
    before = blocks[-1] if blocks and isinstance(blocks[-1], ParagraphBlock) else None
    if before is not None:
        full = not gap and not indented and is_full(before.pieces[-1].text, wrap)
        if (full and wraps_into(before.text, line)) or (continues(before.text, line) and (gap or not indented)):
            before.pieces.append(Piece(line))
            return
    blocks.append(ParagraphBlock([Piece(line)]))


def _table(rows: list[list[str]]) -> list[Block]:
    """Lines with tabs as a table; a single line with one tab is a paragraph (a label and its value)."""
    if not rows:
        return []
    if len(rows) == 1 and len(rows[0]) < 4:
        return [ParagraphBlock([Piece(" ".join(cell for cell in rows[0] if cell))])]
    columns = max(map(len, rows))
    cells = [
        CellBlock(row=row, col=col, pieces=[Piece(text)] if text else [])
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts + [""] * (columns - len(texts)))
    ]
    return [TableBlock(cells)]
