"""Speed and memory of reading digital files, made on the spot: dense, ruled and long PDF, long DOCX."""

import io
import multiprocessing
import resource
import time
import zipfile
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.options import ReadOptions
from ingest.read import read
from tests.support.digital import truetype_subset
from tests.support.docx import make_docx, p

_FONT = "STSong-Light"
_CLAUSE = (
    "乙方应当自收到甲方书面通知之日起三十个工作日内完成本合同项下全部设备的安装与调试并提交验收申请，"
    "逾期完成的，每逾期一日按照合同总价款的万分之五向甲方支付违约金。"
)


def dense_pdf(pages: int, font: str = _FONT) -> bytes:
    """Pages of 42 full lines; the usual font is one that the reader has to find on its machine."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 10.5)
        for line in range(42):
            canvas.drawString(70, 780 - 17 * line, (_CLAUSE[line % 30 :] + _CLAUSE)[:43])

    return _pdf(pages, draw)


def embedded_font() -> str:
    """Name of a font that lies in the file, as word processors write it; the usual one where it cannot be made."""
    try:
        outlines = truetype_subset("song", "".join(sorted(set(_CLAUSE))))
    except pytest.skip.Exception:
        return _FONT
    pdfmetrics.registerFont(TTFont("bench", io.BytesIO(outlines)))
    return "bench"


def table_pdf(pages: int) -> bytes:
    """Pages of one ruled table of thirty rows and five columns."""
    edges = [72, 112, 272, 352, 432, 512]

    def draw(canvas: Canvas) -> None:
        canvas.setFont(_FONT, 10)
        for row in range(31):
            canvas.line(edges[0], 790 - 24 * row, edges[-1], 790 - 24 * row)
        for edge in edges:
            canvas.line(edge, 790, edge, 790 - 720)
        for row in range(30):
            texts = (str(row + 1), f"离心水泵及控制柜{row}", f"{row}.50", "20", "1,300.00")
            for edge, text in zip(edges, texts, strict=False):
                canvas.drawString(edge + 4, 790 - 24 * row - 16, text)

    return _pdf(pages, draw)


def _pdf(pages: int, draw: Callable[[Canvas], None]) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(pages):
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def long_docx(pages: int) -> bytes:
    """About forty paragraphs a page, every third one numbered, in several runs."""
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    half = len(_CLAUSE) // 2
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = "".join(
        f"<w:p>{numbered if place % 3 == 0 else ''}<w:r><w:rPr><w:b/></w:rPr><w:t>{_CLAUSE[:half]}</w:t></w:r>"
        f"<w:r><w:t>{_CLAUSE[half:]}</w:t></w:r></w:p>"
        for place in range(pages * 14)
    )
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
        '<w:lvlText w:val="第%1条"/></w:lvl>'
    )
    out = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
        package.writestr(
            "word/numbering.xml",
            f'<w:numbering {namespace}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships><Relationship Id="n" Type="{kind}/numbering" Target="numbering.xml"/></Relationships>',
        )
    return out.getvalue()


def many_paragraphs(count: int) -> bytes:
    """Short paragraphs that differ, in a package of one part."""
    return make_docx(
        "".join(p(f"第{number}条 {number * 7919 % 99991} 号货物按照约定交付。") for number in range(count))
    )


def _timed(data: bytes) -> tuple[float, int, int]:
    read(dense_pdf(1))
    cpu = time.process_time()
    document = read(data, ReadOptions(name="bench"))
    cpu = time.process_time() - cpu
    return cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, len(document.text)


def bench_files(*, quick: bool) -> dict[str, str]:
    """CPU seconds and memory of each kind of file, each in a process of its own."""
    few = 4 if quick else 1
    files: dict[str, tuple[bytes, float]] = {
        "dense PDF, 100 pages, font in the file": (dense_pdf(100 // few, embedded_font()), 100 // few),
        "dense PDF, 100 pages, font of the machine": (dense_pdf(100 // few), 100 // few),
        "ruled tables, 60 pages": (table_pdf(60 // few), 60 // few),
        "dense PDF, 600 pages": (dense_pdf(600 // few), 600 // few),
        "DOCX of 100 pages": (long_docx(100), 100),
        "DOCX of 100,000 paragraphs": (many_paragraphs(100_000 // few), 100_000 // few / 14),
    }
    results = {}
    for name, (data, pages) in files.items():
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cpu, rss, characters = pool.apply(_timed, (data,))
        results[name] = f"{cpu:.2f} CPU s, {pages / cpu:.1f} pages/s, {rss} MB, {characters} characters"
    return results
