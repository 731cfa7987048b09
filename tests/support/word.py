"""Writes the purchase contract as Word would: numbers from numbering.xml, tables, blanks, a tracked change, a comment.

    python -m tests.support.word samples/purchase.docx

No number of a clause is typed: 第%1条 comes from a paragraph style, %1.%2 and （%3） from the paragraph itself, the
annexes have a list of their own (一、 / （一）) that starts anew in the second one.
"""

import io
import re
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from tests.support.samples import sample_text

AUTHOR, WHEN = "审阅人", "2025-05-08T09:30:00Z"
MAIN, ANNEX_1, ANNEX_2 = 101, 102, 103
LEVELS = ((r"^第[一二三四五六七八九十]+条 ", 0), (r"^\d+\.\d+ ", 1), (r"^（\d）", 2))
ANNEX_LEVELS = ((r"^[一二三]、", 0), (r"^（[一二三]）", 1))
UNDERLINED = ("JC-CG-2025-0117", "霁川市北岸区临江路9号北岸水厂", "________")
CHANGED = ("60日内", "45日内")
WIDTHS = {7: (30, 95, 75, 35, 40, 70, 70), 3: (110, 155, 150)}
COMMENTED = ("8%", "上限按采购管理办法执行，请法务复核。")

_MAIN_LEVELS = (
    ("chineseCountingThousand", "第%1条", "tab", False, 0),
    ("decimal", "%1.%2", "tab", True, 420),
    ("decimal", "（%3）", "nothing", False, 840),
)
_ANNEX_LEVELS = (
    ("chineseCountingThousand", "%1、", "nothing", False, 0),
    ("chineseCountingThousand", "（%2）", "nothing", False, 420),
)


def write_word(text: str) -> bytes:
    """The contract as a DOCX file; the same text gives the same bytes."""
    document = Document()
    _set_up(document)
    lines = text.splitlines()
    number_id, place = MAIN, 0
    while place < len(lines):
        line = lines[place]
        if "\t" in line:
            rows = []
            while place < len(lines) and "\t" in lines[place]:
                rows.append(lines[place].split("\t"))
                place += 1
            _add_table(document, rows)
            continue
        place += 1
        if line.startswith("附件") and len(line) == 3:
            number_id = ANNEX_1 if number_id == MAIN else ANNEX_2
            heading = document.add_paragraph()
            heading.add_run(line).bold = True
            heading.paragraph_format.page_break_before = True
            _title(document, lines[place], 16)
            place += 1
        elif place == 1:
            _title(document, line, 18)
        else:
            _add_paragraph(document, line, number_id)
    return _packed(document)


def _set_up(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    numbering = document.part.numbering_part.element
    for abstract_id, levels in ((90, _MAIN_LEVELS), (91, _ANNEX_LEVELS)):
        numbering.insert(0, parse_xml(_abstract(abstract_id, levels)))
    for number_id, abstract_id in ((MAIN, 90), (ANNEX_1, 91), (ANNEX_2, 91)):
        restart = (
            "".join(f'<w:lvlOverride w:ilvl="{n}"><w:startOverride w:val="1"/></w:lvlOverride>' for n in range(2))
            if number_id == ANNEX_2
            else ""
        )
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number_id}"><w:abstractNumId w:val="{abstract_id}"/>{restart}</w:num>'
            )
        )
    article = document.styles.add_style("合同条", 1)
    article.base_style = normal
    article.font.bold = True
    article.element.get_or_add_pPr().append(_number_properties(0, MAIN))
    section = document.sections[0]
    section.header.paragraphs[0].text = "水泵及控制设备采购合同"
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES")):
        foot.add_run(words)
        foot._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )
    foot.add_run(" 页")
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = "水泵及控制设备采购合同", "", ""
    properties.created = properties.modified = datetime(2025, 5, 12, tzinfo=UTC)


def _abstract(abstract_id: int, levels: tuple[tuple[str, str, str, bool, int], ...]) -> str:
    """A multi-level list; a legal level shows the numbers above it in Arabic digits."""
    body = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{"<w:isLgl/>" if legal else ""}'
        f'<w:suff w:val="{behind}"/><w:lvlText w:val="{words}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:firstLine="0"/></w:pPr></w:lvl>'
        for n, (style, words, behind, legal, left) in enumerate(levels)
    )
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">'
        f'<w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
    )


def _number_properties(level: int, number_id: int) -> BaseOxmlElement:
    return parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')


def _title(document: WordDocument, text: str, size: int) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = True, Pt(size)


def _add_paragraph(document: WordDocument, line: str, number_id: int) -> None:
    """A paragraph whose number, if it has one, becomes automatic."""
    levels = LEVELS if number_id == MAIN else ANNEX_LEVELS
    for pattern, level in levels:
        if match := re.match(pattern, line):
            line = line[match.end() :]
            if number_id == MAIN and level == 0:
                _fill(document, document.add_paragraph(style="合同条"), line)
                return
            paragraph = document.add_paragraph()
            paragraph._p.get_or_add_pPr().append(_number_properties(level, number_id))
            _fill(document, paragraph, line)
            return
    _fill(document, document.add_paragraph(), line)


def _fill(document: WordDocument, paragraph: Paragraph, text: str) -> None:
    """The words of a paragraph as runs: underlined blanks, the tracked change, the commented words."""
    special = "|".join(map(re.escape, (*UNDERLINED, CHANGED[0], COMMENTED[0])))
    for piece in re.split(f"({special})", text):
        if piece in UNDERLINED:
            paragraph.add_run(" " * len(piece) if piece.startswith("_") else piece).underline = True
        elif piece == CHANGED[0] and "收到定金" in text:
            _track(paragraph)
        elif piece == COMMENTED[0] and "逾期交货" in text:
            comment = document.add_comment(paragraph.add_run(piece), COMMENTED[1], AUTHOR, "审")
            comment._comment_elm.set(qn("w:date"), WHEN)
        elif piece:
            paragraph.add_run(piece)


def _track(paragraph: Paragraph) -> None:
    """Old words struck and new ones inserted, not yet accepted."""
    new, old = CHANGED
    for tag, words, part in (("del", old, "delText"), ("ins", new, "t")):
        paragraph._p.append(
            parse_xml(
                f'<w:{tag} {nsdecls("w")} w:id="{len(words) + len(tag) * 7}" w:author="{AUTHOR}" w:date="{WHEN}">'
                f"<w:r><w:{part}>{words}</w:{part}></w:r></w:{tag}>"
            )
        )


def _add_table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    table.autofit = False
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = table.cell(at, column)
            cell.width = Pt(WIDTHS[len(row)][column])
            cell.text = text
            if at == 0 and text:
                cell.paragraphs[0].runs[0].bold = True
        if row[0] == "合计":
            table.cell(at, 0).merge(table.cell(at, len(row) - 2))
            kept = table.cell(at, 0)
            for spare in kept.paragraphs[1:]:
                spare._p.getparent().remove(spare._p)


def _packed(document: WordDocument) -> bytes:
    """The file with fixed times in its archive."""
    loose, packed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2025, 5, 12, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def main(arguments: list[str]) -> None:
    """Make the shipped purchase contract."""
    Path(arguments[0]).write_bytes(write_word(sample_text("purchase")))


if __name__ == "__main__":
    main(sys.argv[1:])
