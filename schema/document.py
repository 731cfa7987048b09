"""What ingest hands over: one canonical text, where each character came from, and what was left out."""

from typing import Literal

from schema.base import Model
from schema.page import Furniture, Page
from schema.problem import Problem
from schema.source import SourceFile
from schema.span import Span
from schema.table import Table

Alignment = Literal["left", "center", "right"]
MarkKind = Literal["blank", "filled_blank", "checked", "unchecked", "inserted", "struck"]


class Paragraph(Model):
    """A paragraph of the canonical text with the looks that help to find headings.

    Paragraphs do not overlap, stand in text order, and every character outside white space lies in one paragraph or in
    one table. A looks field is None where the format does not tell (plain text) or the page does not (OCR).

    Attributes:
        span: the paragraph without its line end.
        page: page number its first character stands on.
        bold: whether all of it is bold.
        size: font size in points.
        alignment: as set in the file or measured on the page.
        indent: first-line indent in points.
        style: name of the style in the file (`Heading 1`, `标题 1`).
        list_level: level of automatic numbering from 0; None when the number is typed.
        number: the number at its start when automatic numbering made it; it is part of `text`.
    """

    span: Span
    page: int = 1
    bold: bool | None = None
    size: float | None = None
    alignment: Alignment | None = None
    indent: float | None = None
    style: str | None = None
    list_level: int | None = None
    number: str | None = None


class Mark(Model):
    """Something drawn or recorded at a place of the text that the words alone do not tell.

    Attributes:
        kind: a drawn blank, words written on a drawn line, a ticked or empty box, a tracked insertion or deletion.
        span: the words it is about; the drawn blank itself is in the text as underscores.
    """

    kind: MarkKind
    span: Span


class Suspect(Model):
    """Characters that a second reading saw otherwise; the text keeps the first reading.

    Attributes:
        span: place of the doubtful characters.
        reading: what stands in the text.
        alternative: what the other reader, or the shape, suggests.
        reason: who disagreed and why it matters.
    """

    span: Span
    reading: str
    alternative: str
    reason: str


class Document(Model):
    """A file as faithful text.

    Attributes:
        source: the file.
        text: canonical text: reading order, page breaks repaired; running headers, footers, page numbers, seals and
            noise taken out. All spans of all packages are code points of this string.
        pages: with their lines, the only place that knows boxes.
        paragraphs: in text order, tables apart.
        tables: in text order; rows carry provisional ids.
        furniture: everything taken out, with its reason.
        marks: drawn blanks, boxes and tracked changes.
        suspects: doubtful readings.
        problems: what could not be read.
    """

    source: SourceFile
    text: str
    pages: tuple[Page, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    marks: tuple[Mark, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    problems: tuple[Problem, ...] = ()
