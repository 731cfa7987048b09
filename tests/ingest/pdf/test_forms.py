"""Fields of PDF forms, and words typed over a page."""

import io

from reportlab.lib.colors import black, white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.read import read
from schema.document import Document
from tests.support.pdf import FONT
from tests.support.raw_pdf import one_page

PLAIN = {"borderWidth": 0, "fillColor": white, "textColor": black, "fontSize": 11, "height": 16}


def form(*, value: str, agreed: bool) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont(FONT, 12)
    canvas.drawString(72, 700, "Contract No.:")
    canvas.line(160, 698, 320, 698)
    canvas.acroForm.textfield(name="no", value=value, x=160, y=699, width=160, **PLAIN)
    canvas.drawString(72, 660, "甲方同意")
    canvas.acroForm.checkbox(name="yes", checked=agreed, x=126, y=658, size=12)
    canvas.drawString(160, 660, "不同意")
    canvas.acroForm.checkbox(name="no2", checked=not agreed, x=202, y=658, size=12)
    canvas.save()
    return out.getvalue()


def marked(document: Document) -> list[tuple[str, str]]:
    return [(mark.kind, mark.span.of(document.text)) for mark in document.marks]


def test_filled_fields_are_text() -> None:
    document = read(form(value="HT-2025-017", agreed=True))
    assert document.text.split("\n")[0] == "Contract No.: HT-2025-017"
    assert document.text.split("\n")[1].replace(" ", "") == "甲方同意☑不同意□"
    assert marked(document) == [("filled_blank", "HT-2025-017"), ("checked", "☑"), ("unchecked", "□")]


def test_empty_fields_are_blanks() -> None:
    document = read(form(value="", agreed=False))
    first, second = document.text.split("\n")
    assert first.startswith("Contract No.:")
    assert first.rstrip("_") in ("Contract No.:", "Contract No.: ")
    assert first.endswith("______")
    assert second.replace(" ", "") == "甲方同意□不同意☑"
    assert marked(document)[0][0] == "blank"
    assert len(marked(document)) == 3


def test_words_typed_over_a_page_are_text_and_hidden_ones_are_not() -> None:
    note = (
        b"<< /Type /Annot /Subtype /FreeText /Rect [150 696 300 712] /Contents <FEFF957F6C5F8BBE5907516C53F8>"
        b" /DA (/Helv 12 Tf 0 g) /F 4 >>"
    )
    hidden = note.replace(b"/F 4", b"/F 2").replace(b"[150 696 300 712]", b"[150 596 300 612]")
    data = one_page(
        b"BT /F 12 Tf 72 700 Td (Party A:) Tj ET",
        resources=b"/Font << /F 5 0 R >>",
        more=[b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", note, hidden],
    ).replace(b"/Type /Page /Parent", b"/Annots [6 0 R 7 0 R] /Type /Page /Parent")
    assert read(data).text.replace(" ", "") == "PartyA:长江设备公司"
