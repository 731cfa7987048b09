"""Writes set pages as a digital PDF: a text layer with embedded fonts, rules drawn as lines.

    python -m tests.support.digital samples/lease.pdf

The fonts are subsets of Noto CJK (SIL Open Font License, which allows embedding), with outlines turned from cubic to
quadratic because reportlab embeds TrueType only.
"""

import io
import sys
from itertools import groupby
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont as OpenTypeFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.support.fonts import drawn_with, font_file
from tests.support.samples import sample_text
from tests.support.sheets import LEASE
from tests.support.typeset import PAGE_HEIGHT, PAGE_WIDTH, Line, Page, Setter


def write_digital(pages: list[Page], title: str) -> bytes:
    """The pages as a PDF with a text layer; each printed line is one run of text."""
    letters: dict[str, set[str]] = {}
    for line in (line for page in pages for line in page.lines):
        for role, run in _runs(line):
            letters.setdefault(role, set()).update(run)
    for role in sorted(letters):
        pdfmetrics.registerFont(
            TTFont(f"sample_{role}", io.BytesIO(truetype_subset(role, "".join(sorted(letters[role])))))
        )
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for page in pages:
        canvas.setLineWidth(0.6)
        for x0, y0, x1, y1 in page.rules:
            canvas.line(x0, PAGE_HEIGHT - y0, x1, PAGE_HEIGHT - y1)
        for line in page.lines:
            run = canvas.beginText(line.x, PAGE_HEIGHT - line.y - line.size)
            for role, words in _runs(line):
                run.setFont(f"sample_{role}", line.size)
                run.textOut(words)
            canvas.drawText(run)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _runs(line: Line) -> list[tuple[str, str]]:
    """Pieces of a line that one font can draw."""
    groups = groupby(line.text, key=lambda c: drawn_with(line.font, c))
    return [(role, "".join(characters)) for role, characters in groups]


def truetype_subset(role: str, letters: str) -> bytes:
    """A TrueType font that holds just these letters of a role's font."""
    file, index = font_file(role)
    source = OpenTypeFont(file, fontNumber=index)
    subsetter = Subsetter(Options(layout_features=[], notdef_outline=True, desubroutinize=True))
    subsetter.populate(text=letters)
    subsetter.subset(source)
    glyphs, order = source.getGlyphSet(), source.getGlyphOrder()
    drawn, metrics = {}, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        drawn[name] = pen.glyph()
        metrics[name] = source["hmtx"][name]
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(source.getBestCmap())
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    builder.setupNameTable({"familyName": f"Sample {role}", "styleName": "Regular", "psName": f"Sample-{role}"})
    builder.setupOS2(sTypoAscender=source["OS/2"].sTypoAscender, sTypoDescender=source["OS/2"].sTypoDescender)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def main(arguments: list[str]) -> None:
    """Make the shipped lease."""
    text = sample_text("lease")
    Path(arguments[0]).write_bytes(write_digital(Setter(LEASE).set(text), text.split("\n")[0]))


if __name__ == "__main__":
    main(sys.argv[1:])
