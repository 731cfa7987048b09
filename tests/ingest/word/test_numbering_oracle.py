"""Automatic numbers against an independent reader of Word files: LibreOffice's own conversion to text."""

# ruff: noqa: E501 — mark-up reads better unbroken

import random
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.read import read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
FORMATS = (
    "decimal", "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographTraditional",
    "ideographZodiac", "ideographLegalTraditional", "taiwaneseCountingThousand", "japaneseCounting", "decimalZero",
    "decimalEnclosedCircle", "decimalEnclosedCircleChinese", "upperRoman", "lowerLetter", "upperLetter", "ordinal",
)  # fmt: skip
TEXTS = ("第%{n}条", "（%{n}）", "%{n}、", "{all}", "{all}.")


def add(element: object, xml: str) -> None:
    element.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))  # type: ignore[attr-defined]


def level_xml(place: int, number_format: str, text: str) -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/></w:lvl>'


def make_list(numbering: object, key: int, levels: list[str]) -> None:
    add(
        numbering,
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>',
    )


def add_item(document: object, number: int, place: int, text: str) -> None:
    paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
    add(paragraph._p.get_or_add_pPr(), f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>')


def build(path: Path) -> None:
    """Each format up to 112; then nested lists, some continued by a second list, some started anew by an override."""
    chance = random.Random(11)
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    nested = range(len(FORMATS), len(FORMATS) + 10)
    for key, number_format in enumerate(FORMATS):
        make_list(numbering, key, [level_xml(0, number_format, "［%1］")])
    for key in nested:
        levels = []
        for place in range(4):
            whole = ".".join(f"%{above + 1}" for above in range(place + 1))
            text = chance.choice(TEXTS).format(n=place + 1, all=whole)
            levels.append(
                level_xml(place, chance.choice(("decimal", "chineseCounting", "lowerLetter", "upperRoman")), text)
            )
        make_list(numbering, key, levels)
    for key in (*range(len(FORMATS)), *nested):
        add(numbering, f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>')
    for key in nested:
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if key % 2 else ""
        add(numbering, f'<w:num w:numId="{key + 101}"><w:abstractNumId w:val="{key}"/>{override}</w:num>')
    for key in range(len(FORMATS)):
        for count in range(112):
            add_item(document, key + 1, 0, f"甲{count}")
    for key in nested:
        place = -1
        for count in range(40):
            # every third list passes over levels, as documents with missing headings do
            place = chance.randint(0, 3 if key % 3 == 0 else min(3, place + 1))
            add_item(document, chance.choice((key + 1, key + 1, key + 101)), place, f"乙{count}")
    document.save(str(path))


def test_numbers_are_those_of_libreoffice(tmp_path: Path) -> None:
    build(tmp_path / "lists.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "lists.docx")], check=True, capture_output=True, timeout=180)
    theirs = (tmp_path / "lists.txt").read_text(encoding="utf-8-sig").splitlines()
    ours = read(tmp_path / "lists.docx").text.split("\n")
    assert ["".join(line.split()) for line in ours] == ["".join(line.split()) for line in theirs if line.strip()]
