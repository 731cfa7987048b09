"""Draft -> Document: the one place where offsets are made.

Paragraphs are joined by one line feed, cells of a row by one tab. There are no blank lines and no blanks at the end of
a line, so empty cells at the end of a row and rows without words have an empty span at the end of the line before.
"""

from ingest.blocks import CellBlock, Draft, PageInfo, ParagraphBlock, Piece, TableBlock, glue
from ingest.table_header import column_names, count_header_rows, row_number
from ingest.typed_columns import with_typed_tables
from schema.document import Document, Mark, Paragraph, Suspect
from schema.errors import ReadError
from schema.page import Grade, Line, Page
from schema.problem import Problem
from schema.source import SourceFile
from schema.span import Span
from schema.table import Cell, CellBox, Row, Table

_WORSE: dict[Grade, int] = {"good": 0, "check": 1, "poor": 2}


def assemble(draft: Draft, source: SourceFile, *, max_characters: int) -> Document:
    """Put the canonical text together.

    Args:
        draft: blocks in reading order.
        source: the file.
        max_characters: longest text allowed.

    Raises:
        ReadError: `no_text` when there are no words, `file_too_large` when there are too many.
    """
    builder = _Builder()
    for block in with_typed_tables(draft.blocks):
        if isinstance(block, ParagraphBlock):
            builder.add_paragraph(block)
        else:
            builder.add_table(block)
        if builder.length > max_characters:
            raise ReadError("file_too_large", f"the text is longer than {max_characters} characters")
    text = "".join(builder.parts)
    if not text:
        detail = draft.problems[0].message if draft.problems else "it has no readable words"
        raise ReadError("no_text", f"{source.name}: {detail}")
    pages = [_page(info, builder.lines.get(info.number, [])) for info in draft.pages or [PageInfo()]]
    return Document(
        source=source,
        text=text,
        pages=tuple(pages),
        paragraphs=tuple(builder.paragraphs),
        tables=tuple(builder.tables),
        furniture=tuple(sorted(draft.furniture, key=lambda item: item.page)),
        marks=tuple(sorted(builder.marks, key=lambda mark: (mark.span.start, mark.span.end))),
        suspects=tuple(builder.suspects),
        problems=tuple(sorted(draft.problems, key=_problem_order)),
    )


def _problem_order(problem: Problem) -> tuple[int, str]:
    return problem.page or 0, problem.code


def _page(info: PageInfo, lines: list[Line]) -> Page:
    grade, reason = info.grade, info.grade_reason
    weak = [line for line in lines if line.grade != "good"]
    if weak:
        worst = max(weak, key=lambda line: _WORSE[line.grade])
        poor = sum(line.grade == "poor" for line in weak)
        if grade == "good":
            # one doubtful line in a page is a look at that line; the page is poor when many are
            grade = "poor" if poor > max(2, len(lines) // 5) else "check"
            reason = f"{len(weak)} of {len(lines)} lines: {worst.reason}" if worst.reason else f"{len(weak)} lines"
    return Page(
        number=info.number,
        width=round(info.width, 2),
        height=round(info.height, 2),
        origin=info.origin,
        reason=info.reason,
        rotation=info.rotation,
        lines=tuple(lines),
        grade=grade,
        grade_reason=reason,
    )


class _Builder:
    """Writes the text from its first to its last character."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.lines: dict[int, list[Line]] = {}
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.marks: list[Mark] = []
        self.suspects: list[Suspect] = []

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _new_line(self) -> None:
        if self.length:
            self._write("\n")

    def _pieces(self, pieces: list[Piece]) -> Span:
        """Write pieces, note their lines, marks and suspects."""
        start, so_far = self.length, ""
        for piece in pieces:
            if not piece.text:
                continue
            between = glue(so_far, piece) if so_far else ""
            self._write(between)
            at = self.length
            self._write(piece.text)
            so_far += between + piece.text
            self._note(piece, at)
        return Span(start=start, end=self.length)

    def _note(self, piece: Piece, at: int) -> None:
        if piece.box is not None:
            x0, y0, x1, y1 = piece.box
            line = Line(
                span=Span(start=at, end=self.length),
                box=(round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)),
                confidence=round(min(1.0, max(0.0, piece.confidence)), 4),
                grade=piece.grade,
                reason=piece.reason,
            )
            self.lines.setdefault(piece.page, []).append(line)
        for mark in piece.marks:
            self.marks.append(Mark(kind=mark.kind, span=Span(start=at + mark.start, end=at + mark.end)))
        for doubt in piece.suspects:
            self.suspects.append(
                Suspect(
                    span=Span(start=at + doubt.start, end=at + doubt.end),
                    reading=piece.text[doubt.start : doubt.end],
                    alternative=doubt.alternative,
                    reason=doubt.reason,
                )
            )

    def add_paragraph(self, block: ParagraphBlock) -> None:
        """One paragraph, one line of the text."""
        if not any(piece.text for piece in block.pieces):
            return
        self._new_line()
        span = self._pieces(block.pieces)
        self.paragraphs.append(
            Paragraph(
                span=span,
                page=next(piece.page for piece in block.pieces if piece.text),
                bold=block.bold,
                size=round(block.size, 1) if block.size is not None else None,
                alignment=block.alignment,
                indent=round(block.indent, 1) if block.indent is not None else None,
                style=block.style,
                list_level=block.list_level,
                number=block.number,
            )
        )

    def add_table(self, block: TableBlock) -> None:
        """One line a row."""
        if not any(piece.text for cell in block.cells for piece in cell.pieces):
            return
        header_count = count_header_rows(block) if block.header_rows is None else block.header_rows
        table_id = f"t{len(self.tables) + 1}"
        written = [self._row(row) for row in block.rows()]
        spanned = [cell.span for row in written for cell in row if cell.text]
        ids: set[str] = set()
        rows = []
        for place, cells in enumerate(written[header_count:], start=1):
            number = row_number(cells) or str(place)
            row_id = f"{table_id}/{number}"
            while row_id in ids:
                row_id += "~"
            ids.add(row_id)
            rows.append(Row(id=row_id, cells=tuple(cells)))
        self.tables.append(
            Table(
                id=table_id,
                span=Span(start=spanned[0].start, end=spanned[-1].end),
                header_rows=tuple(tuple(row) for row in written[:header_count]),
                columns=column_names(block, header_count),
                rows=tuple(rows),
            )
        )

    def _row(self, row: list[CellBlock]) -> list[Cell]:
        """One line; a place covered from the left or from above stays empty, so that columns keep their tabs."""
        if not any(cell.text for cell in row):
            here = Span(start=self.length, end=self.length)
            return [_cell(cell, here) for cell in row]
        self._new_line()
        last = max(place for place, cell in enumerate(row) if cell.text)
        cells, column = [], 0
        for place, cell in enumerate(row):
            if place <= last:
                self._write("\t" * (cell.col - column))
                column = cell.col
            cells.append(_cell(cell, self._pieces(cell.pieces)))
        return cells


def _cell(cell: CellBlock, span: Span) -> Cell:
    return Cell(
        span=span,
        text=cell.text,
        row_span=cell.row_span,
        col_span=cell.col_span,
        boxes=tuple(CellBox(page=page, box=_rounded(box)) for page, box in cell.boxes),
    )


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)
