"""PDF files written byte by byte: what no library would write, for tests of what strangers send."""

import zlib
from collections.abc import Sequence

CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"


def raw_pdf(objects: Sequence[bytes], *, xref: bool = True) -> bytes:
    """A file of objects numbered from 1; the first is the catalogue.

    Args:
        objects: bodies, with their streams.
        xref: whether the table of places is right; a wrong one points beyond the file.
    """
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % (place if xref else place + 7_000_000)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start if xref else 99_999_999,
    )
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A packed stream object."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), extra, packed)


def one_page(
    content: bytes,
    *,
    box: bytes = b"0 0 595 842",
    resources: bytes = b"",
    more: Sequence[bytes] = (),
    xref: bool = True,
) -> bytes:
    """A file of one page.

    Args:
        content: its drawing instructions.
        box: its MediaBox.
        resources: entries of its resources; the objects of `more` have the numbers 5, 6 …
        more: further objects.
        xref: as in `raw_pdf`.
    """
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << %s >> >>" % (box, resources)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return raw_pdf([CATALOGUE, pages, page, stream(content), *more], xref=xref)
