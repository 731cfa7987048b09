"""Word files made by hand: exactly the XML a test is about."""

import io
import zipfile
from xml.sax.saxutils import escape

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def make_docx(body: str, *, parts: dict[str, str] | None = None, files: dict[str, bytes] | None = None) -> bytes:
    """A package of a body and further parts.

    Args:
        body: XML inside `w:body`.
        parts: name of the part without folder and suffix (`numbering`) -> XML inside its root element `w:<name>`.
        files: further files with their paths; those in word/media get relation ids m1, m2 …
    """
    out = io.BytesIO()
    relations = [
        f'<Relationship Id="p{place}" Type="{_KIND}{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for place, name in enumerate(parts or {})
    ]
    relations += [
        f'<Relationship Id="m{place}" Type="{_KIND}image" Target="{path.removeprefix("word/")}"/>'
        for place, path in enumerate(files or {}, start=1)
    ]
    roots = {"header": "hdr", "footer": "ftr"}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r" Type="{_KIND}officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        package.writestr("word/document.xml", f"<w:document {_NS}><w:body>{body}</w:body></w:document>")
        package.writestr("word/_rels/document.xml.rels", f"<Relationships>{''.join(relations)}</Relationships>")
        for name, xml in (parts or {}).items():
            bare = name.rstrip("0123456789")
            root = roots.get(bare, bare)
            package.writestr(f"word/{name}.xml", f"<w:{root} {_NS}>{xml}</w:{root}>")
        for path, data in (files or {}).items():
            package.writestr(path, data)
    return out.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a plain string becomes a run."""
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def listed(number: int, level: int = 0) -> str:
    """Paragraph properties of a list item."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def level(place: int, text: str, number_format: str = "decimal", extra: str = "") -> str:
    """One level of an abstract list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
    )


def table(*rows: list[str]) -> str:
    """A table; a cell that is no XML becomes a cell with one paragraph."""
    inside = "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows)
    return f"<w:tbl>{inside}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    """A table cell of lines separated by line feeds."""
    if text.startswith("<w:tc>"):
        return text
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(line) for line in text.split(chr(10)))}</w:tc>"
