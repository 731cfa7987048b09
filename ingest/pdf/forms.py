"""What people type into a PDF: fields of a form, boxes they tick, words they lay over the page.

None of it is part of the page's text layer. A field with words shows a blank that was filled, one without is a blank.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.blocks import LocalMark
from ingest.characters import clean, display_width
from ingest.layout.blanks import blank_line
from ingest.layout.page import Rule, TextLine, TickBox
from ingest.pdf.chars import Transform
from schema.base import Box

_UNSEEN: Final = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_MOST: Final = 5000
_LONGEST: Final = 200_000
_USUAL: Final = 10.5
_TEXT_KINDS: Final = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_BOX_KINDS: Final = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing typed or to be typed.

    Attributes:
        kind: a line or area of text, a box to tick, words laid over the page.
        value: its words; empty for a box and an empty field.
        ticked: whether a box is ticked.
        box: its place in points of the upright page.
    """

    kind: Literal["text", "box", "note"]
    value: str
    ticked: bool
    box: Box


def read_fields(page: pdfium.PdfPage, transform: Transform) -> list[Field]:
    """Read the fields and typed notes of a page.

    Args:
        page: an open page; of a document whose forms are ready, where it has any.
        transform: from the file's coordinates to the upright page.
    """
    form = page.formenv
    found: list[Field] = []
    for note in _notes(page):
        kind = raw.FPDFAnnot_GetSubtype(note)
        box = _place(note, transform)
        if box is None:
            continue
        if kind == raw.FPDF_ANNOT_FREETEXT:
            words = _contents(note)
            if words.strip():
                found.append(Field("note", words, ticked=False, box=box))
        elif kind == raw.FPDF_ANNOT_WIDGET and form is not None:
            field_kind = raw.FPDFAnnot_GetFormFieldType(form, note)
            if field_kind in _TEXT_KINDS:
                found.append(Field("text", _value(form, note), ticked=False, box=box))
            elif field_kind in _BOX_KINDS:
                found.append(Field("box", "", ticked=bool(raw.FPDFAnnot_IsChecked(form, note)), box=box))
    return found


def _notes(page: pdfium.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    """Everything laid over the page that can be seen."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if not raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
                yield note
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _place(note: raw.FPDF_ANNOTATION, transform: Transform) -> Box | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(note, ctypes.byref(rect)):
        return None
    box = transform(
        min(rect.left, rect.right), min(rect.bottom, rect.top), max(rect.left, rect.right), max(rect.bottom, rect.top)
    )
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else None


def _value(form: pdfium.PdfFormEnv, note: raw.FPDF_ANNOTATION) -> str:
    size = raw.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
    buffer = ctypes.create_string_buffer(min(size, _LONGEST) + 2)
    raw.FPDFAnnot_GetFormFieldValue(form, note, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer))
    return _decoded(buffer.raw)


def _contents(note: raw.FPDF_ANNOTATION) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, b"Contents", None, 0)
    buffer = ctypes.create_string_buffer(min(size, _LONGEST) + 2)
    raw.FPDFAnnot_GetStringValue(note, b"Contents", ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), len(buffer))
    return _decoded(buffer.raw)


def _decoded(units: bytes) -> str:
    text = units.decode("utf-16-le", "replace")
    return text.partition("\0")[0].replace("\r\n", "\n").replace("\r", "\n")


def field_lines(fields: list[Field], size: float | None) -> tuple[list[TextLine], list[TickBox]]:
    """Fields as lines of the page, and its boxes.

    Args:
        fields: as read.
        size: usual font size of the page, None when it has no words.
    """
    lines: list[TextLine] = []
    boxes: list[TickBox] = []
    for field in fields:
        if field.kind == "box":
            boxes.append(TickBox(field.box, field.ticked))
        elif field.value.strip():
            lines.extend(_written(field, size or _USUAL))
        else:
            left, top, right, bottom = field.box
            height = min(bottom - top, 1.3 * (size or _USUAL))
            foot = (top + bottom + height) / 2
            lines.append(blank_line(Rule(left, foot, right, foot), height / 1.1))
    return lines, boxes


def _written(field: Field, size: float) -> Iterator[TextLine]:
    """The rows of a field's words: as many as were typed, wrapped where they are wider than the field."""
    left, top, right, bottom = field.box
    size = min(size, bottom - top)
    widest = max(1.0, (right - left) / (size / 2))
    typed = [row for row in clean_rows(field.value) if row.strip()]
    rows = [part for row in typed for part in _wrapped(row, widest)] if bottom - top > 2 * size else typed
    step = (bottom - top) / max(1, len(rows))
    for place, row in enumerate(rows):
        middle = top + step * (place + 0.5)
        width = min(right - left, display_width(row) * size / 2)
        each = width / max(1, len(row))
        line = TextLine(
            text=row,
            box=(left, middle - size / 2, left + max(width, 1.0), middle + size / 2),
            centres=[left + each * (index + 0.5) for index in range(len(row))],
            size=size,
        )
        if field.kind == "text":
            line.marks.append(LocalMark("filled_blank", 0, len(row)))
        yield line


def clean_rows(value: str) -> list[str]:
    """The rows a person typed, unprinted characters dropped."""
    return [clean(row) for row in value.split("\n")]


def _wrapped(row: str, widest: float) -> Iterator[str]:
    part = ""
    for char in row:
        if part and display_width(part + char) > widest:
            yield part
            part = ""
        part += char
    if part:
        yield part
