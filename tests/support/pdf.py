"""Digital PDFs made for tests, with the Chinese font every PDF reader knows (no font file needed)."""

import io
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
A4 = (595.28, 841.89)
Draw = Callable[[Canvas], None]


def make_pdf(*pages: Draw, password: str | None = None, size: tuple[float, float] = A4) -> bytes:
    """A PDF of pages drawn by functions; y counts from the bottom, as in PDF."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=1) if password else None
    canvas = Canvas(out, pagesize=size, encrypt=encryption)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*texts: str, x: float = 72, y: float = 760, step: float = 20, size: float = 12) -> Draw:
    """A page of lines from the top."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        for place, text in enumerate(texts):
            canvas.drawString(x, y - place * step, text)

    return draw


def together(*draws: Draw) -> Draw:
    """Several drawings on one page."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def wrapped(text: str, *, per_line: int = 36, x: float = 72, y: float = 760, step: float = 20, indent: int = 2) -> Draw:
    """A paragraph set as people set it: first line indented by two characters, lines filled to the right margin."""
    rest, first = text, per_line - indent
    rows = [rest[:first]]
    rest = rest[first:]
    while rest:
        rows.append(rest[:per_line])
        rest = rest[per_line:]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 12)
        for place, row in enumerate(rows):
            canvas.drawString(x + (indent * 12 if place == 0 else 0), y - place * step, row)

    return draw


def ruled(
    rows: list[list[str]], *, widths: list[float], x: float = 72, y: float = 700, height: float = 24, size: float = 10
) -> Draw:
    """A fully ruled table; `y` is its upper edge."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, size)
        edges = [x]
        for width in widths:
            edges.append(edges[-1] + width)
        for row in range(len(rows) + 1):
            canvas.line(edges[0], y - row * height, edges[-1], y - row * height)
        for edge in edges:
            canvas.line(edge, y, edge, y - len(rows) * height)
        for row, texts in enumerate(rows):
            for left, text in zip(edges, texts, strict=False):
                canvas.drawString(left + 4, y - row * height - height * 0.65, text)

    return draw
