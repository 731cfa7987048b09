"""Pages to a draft: tables, reading order, paragraphs, and all that goes on over a page break."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block, Draft, ParagraphBlock, TableBlock
from ingest.layout.blanks import draw_blanks
from ingest.layout.boxes import draw_boxes
from ingest.layout.cells import fill_grid, within
from ingest.layout.furniture import take_out_furniture
from ingest.layout.grid import DRAWN_TOLERANCE, OCR_TOLERANCE, Grid, find_grids
from ingest.layout.join_tables import add_signatures, join_tables
from ingest.layout.open_tables import find_open_tables
from ingest.layout.order import Column, margins, read_columns, usual_right
from ingest.layout.page import PageContent, TextLine
from ingest.layout.paragraphs import joins_over_break, make_paragraphs
from ingest.unroll import fill_cells, is_layout, is_party, is_signature_block, unrolled
from schema.base import Box


@dataclass(slots=True)
class _Laid:
    """Blocks of one page, and what tells whether the text goes on over its edges."""

    blocks: list[Block]
    full: bool = False
    indented: bool = False
    columns: list[Column] = field(default_factory=list)
    signed: tuple[TableBlock, int] | None = None
    """A signature table at the end of the page, and how many blocks its right column became."""
    signing: list[list[Block]] = field(default_factory=list)
    """Blocks of each of the parties that sign side by side at the end of the page."""
    rest: list[list[Block]] = field(default_factory=list)
    """Blocks at the beginning that go on with those of the page before."""


@dataclass(slots=True)
class _Placed:
    """A table with its box, as the blocks it became; `signed` as in `_Laid`."""

    box: Box
    blocks: list[Block]
    signed: tuple[TableBlock, int] | None = None


def build_draft(pages: Sequence[PageContent]) -> Draft:
    """Put pages together.

    Args:
        pages: all pages of the file, in order.
    """
    take_out_furniture(pages)
    draft = Draft(pages=[page.info for page in pages])
    before: _Laid | None = None
    usual = usual_right([(page.lines, page.info.width) for page in pages])
    for page in pages:
        laid = _lay_out(page, usual, len(before.signing) if before is not None else 0)
        _show(page, laid.blocks)
        draft.furniture.extend(page.furniture)
        draft.problems.extend(page.problems)
        if before is not None and laid.blocks and draft.blocks:
            _mend_break(draft.blocks, before, laid)
        draft.blocks.extend(laid.blocks)
        if laid.blocks:
            before = laid
    draft.blocks = join_tables(draft.blocks)
    return draft


def _show(page: PageContent, blocks: Sequence[Block]) -> None:
    """Boxes of a straightened page to the page as scanned."""
    if page.tilt is None:
        return
    for block in blocks:
        if isinstance(block, TableBlock):
            for cell in block.cells:
                cell.boxes = [(number, page.shown(box)) for number, box in cell.boxes]
        holders = block.cells if isinstance(block, TableBlock) else [block]
        for piece in (piece for holder in holders for piece in holder.pieces):
            piece.box = page.shown(piece.box) if piece.box is not None else None
    page.furniture = [
        item.model_copy(update={"box": page.shown(item.box)}) if item.box is not None else item
        for item in page.furniture
    ]


def _mend_break(blocks: list[Block], before: _Laid, after: _Laid) -> None:
    """Join the paragraph, or the signature table, that a page break cuts."""
    if before.signed is not None and add_signatures(blocks, after.blocks[0], *before.signed):
        after.blocks.pop(0)
        return
    if after.rest:
        _add_rest(blocks, before.signing, after)
        return
    last, first = blocks[-1], after.blocks[0]
    if not isinstance(last, ParagraphBlock) or not isinstance(first, ParagraphBlock):
        return
    if joins_over_break(last, first, full=before.full, indented=after.indented):
        last.pieces.extend(first.pieces)
        after.blocks.pop(0)


def _add_rest(blocks: list[Block], signing: Sequence[Sequence[Block]], after: _Laid) -> None:
    """Put what a party's signature goes on with behind it, and not behind that of the last party."""
    for upper, lower in zip(signing, after.rest, strict=True):
        place = next((place for place, block in enumerate(blocks) if block is upper[-1]), len(blocks) - 1)
        blocks[place + 1 : place + 1] = lower
    del after.blocks[: sum(map(len, after.rest))]


def _lay_out(page: PageContent, usual: float | None, signing: int) -> _Laid:
    """Tables and paragraphs of one page from top to bottom; `signing` parties stand at the end of the page before."""
    seen = page.info.origin == "ocr" or any(rule.solid is not None for rule in page.rules)
    grids, free_rules = find_grids(page.rules, tolerance=OCR_TOLERANCE if seen else DRAWN_TOLERANCE)
    draw_boxes(page)
    draw_blanks(page, free_rules)
    free = list(page.lines)
    tables: list[_Placed] = []
    for grid in grids:
        inside = [line for line in free if within(line, grid.box)]
        if not inside:
            continue
        taken = {id(line) for line in inside}
        free = [line for line in free if id(line) not in taken]
        tables.append(_placed(grid, inside, page.info.number))
    for table in find_open_tables(free, page.info.number):
        taken = {id(line) for line in table.lines}
        free = [line for line in free if id(line) not in taken]
        tables.append(_Placed(table.box, [table.block]))
    return _interleave(page, free, tables, usual, signing)


def _placed(grid: Grid, lines: Sequence[TextLine], page: int) -> _Placed:
    table, contents = fill_grid(grid, lines, page)
    fill_cells(table, contents)
    if not is_layout(table, contents):
        return _Placed(grid.box, [table])
    blocks: list[Block] = [*unrolled(table, contents)]
    if not is_signature_block(table):
        return _Placed(grid.box, blocks)
    right = sum(len(inside) for cell, inside in zip(table.cells, contents, strict=True) if cell.col)
    return _Placed(grid.box, blocks, (table, right))


def _interleave(
    page: PageContent, free: list[TextLine], tables: list[_Placed], usual: float | None, signing: int
) -> _Laid:
    """Text between the tables of a page, band by band; its margins are those of the whole page."""
    whole = (0.0, 0.0, page.info.width, page.info.height)
    left, right = margins(free, whole, [table.box for table in tables], usual)
    laid = _Laid([])
    top = float("-inf")
    ordered = sorted(tables, key=lambda table: table.box[1])
    for bottom, blocks in [*((table.box[1], table.blocks) for table in ordered), (float("inf"), [])]:
        band = [line for line in free if top <= line.middle < bottom]
        columns = read_columns(band, whole, signing=0 if laid.blocks else signing)
        if len(columns) == 1:
            columns[0].left, columns[0].right = left, right
        made: list[list[Block]] = [[*make_paragraphs(column, page.info.number)] for column in columns]
        if signing and columns and not laid.blocks and _goes_on(columns[:signing], signing):
            laid.rest = made[:signing]
        laid.blocks.extend(block for blocks_of_column in made for block in blocks_of_column)
        laid.columns.extend(columns)
        laid.signing = made[-columns[-1].parties :] if columns and columns[-1].parties else []
        laid.blocks.extend(blocks)
        top = bottom
    if ordered and laid.blocks and laid.blocks[-1] is ordered[-1].blocks[-1]:
        laid.signed = ordered[-1].signed
    _note_edges(laid)
    return laid


def _goes_on(columns: Sequence[Column], signing: int) -> bool:
    """Whether the first columns of a page are the rest of signatures, and not those of other parties."""
    return columns[0].parties == signing and not is_party(columns[0].lines[0].text)


def _note_edges(laid: _Laid) -> None:
    """Whether the first line is indented and the last one full."""
    lined = [column for column in laid.columns if column.lines]
    if not lined:
        return
    first, last = lined[0], lined[-1]
    laid.indented = first.lines[0].left - first.left > 1.2 * first.lines[0].size
    laid.full = last.right - last.lines[-1].right < 2.2 * last.lines[-1].size
    if laid.blocks and isinstance(laid.blocks[-1], TableBlock):
        laid.full = False
