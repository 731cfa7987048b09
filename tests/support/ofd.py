"""OFD files made by hand, as programs of the official format write them; lengths in millimetres."""

# ruff: noqa: E501 — mark-up reads better unbroken

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def words(x: float, y: float, text: str, *, size: float = 4.2, extra: str = "", deltas: str | None = None) -> str:
    """Words whose first character has its left lower corner at a place of the page."""
    deltas = f"g {len(text) - 1} {size}" if deltas is None else deltas
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} {size * len(text) + 2} {size + 1}" Font="1" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{deltas}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, *, extra: str = 'Stroke="true"') -> str:
    """A drawn path in coordinates of the page."""
    return f'<ofd:PathObject ID="8" Boundary="0 0 210 297" LineWidth="0.3" {extra}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def ruled(rows: Sequence[Sequence[str]], *, left: float, top: float, wide: float = 40, high: float = 9) -> str:
    """A table with all its rules."""
    columns = len(rows[0])
    parts = [
        path(f"M {left} {top + row * high} L {left + columns * wide} {top + row * high}")
        for row in range(len(rows) + 1)
    ]
    parts += [
        path(f"M {left + n * wide} {top} L {left + n * wide} {top + len(rows) * high}") for n in range(columns + 1)
    ]
    for row, texts in enumerate(rows):
        parts += [words(left + n * wide + 2, top + row * high + 6, text) for n, text in enumerate(texts) if text]
    return "".join(parts)


def make_ofd(
    *pages: str, template: str = "", files: dict[str, bytes] | None = None, extra: dict[str, str] | None = None
) -> bytes:
    """A package of pages.

    Args:
        pages: objects of each page.
        template: objects of a template beneath all pages.
        files: further files by path; those in Doc_0/Res become resources 101, 102 …
        extra: further XML parts by path; `Doc_0/Annots/Annotations.xml` and `Doc_0/Signs/Signatures.xml` are linked.
    """
    files, extra = files or {}, extra or {}
    media = "".join(
        f'<ofd:MultiMedia ID="{101 + place}" Type="Image"><ofd:MediaFile>{name.rpartition("/")[2]}</ofd:MediaFile></ofd:MultiMedia>'
        for place, name in enumerate(files)
    )
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    common += "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    if template:
        common += '<ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    annotations = (
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if "Doc_0/Annots/Annotations.xml" in extra else ""
    )
    signatures = (
        "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" if "Doc_0/Signs/Signatures.xml" in extra else ""
    )
    parts = {
        "OFD.xml": f"<ofd:OFD {_NS} Version='1.0'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signatures}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_NS}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{annotations}</ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {_NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体"/><ofd:Font ID="2" FontName="SimHei-Bold"/></ofd:Fonts></ofd:Res>',
        "Doc_0/DocumentRes.xml": f'<ofd:Res {_NS} BaseLoc="Res"><ofd:MultiMedias>{media}</ofd:MultiMedias></ofd:Res>',
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(template)
    for number, objects in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = _page(objects, uses_template=bool(template))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in (parts | extra).items():
            package.writestr(
                name, '<?xml version="1.0" encoding="UTF-8"?>' + xml.replace("<ofd:Annots>", f"<ofd:Annots {_NS}>")
            )
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def _page(objects: str, *, uses_template: bool = False) -> str:
    below = '<ofd:Template TemplateID="50" ZOrder="Background"/>' if uses_template else ""
    return f"<ofd:Page {_NS}>{below}<ofd:Content><ofd:Layer ID='7'>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
