"""Prints set pages and scans them: an image-only PDF with skew, noise and red seals, and the truth of every line.

    python -m tests.support.scan service samples/service.pdf samples/service.lines.json.gz

An office scanner is imitated: seals stamped in uneven red, a sheet that lies askew, dust, a soft lens, ink and paper
that are not black and white, light that falls off towards one edge, sensor noise, JPEG. Everything is drawn from one
seed, so the same fonts and library versions give the same pixels.
"""

import gzip
import io
import json
import math
import sys
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.support.fonts import drawn_with, font, width
from tests.support.samples import sample_text
from tests.support.sheets import SERVICE
from tests.support.typeset import PAGE_HEIGHT, PAGE_WIDTH, Line, Page, Seal, Setter, Sheet

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Spoil:
    """How badly a page is scanned; skew in degrees at most, blur in pixels, noise as standard deviation of 0..255."""

    dpi: int = 200
    quality: int = 40
    skew: float = 1.0
    noise: float = 3.0
    blur: float = 0.5
    shade: float = 0.08
    specks_per_page: int = 60
    ink: float = 38.0
    paper: float = 243.0
    colour: bool = False


@dataclass(frozen=True)
class TrueLine:
    """A printed line where it stands on the scanned page: text and the box around its slanted words, in points."""

    text: str
    kind: str
    block: int
    box: tuple[float, float, float, float]
    sealed: bool


@dataclass(frozen=True)
class ScannedPage:
    """One page of a scan with its truth; boxes are those of the upright page, whichever way it lay on the glass."""

    image: Image.Image
    skew: float
    lines: tuple[TrueLine, ...]
    turn: int = 0


def scan(
    text: str, sheet: Sheet, spoil: Spoil | None = None, seed: int = 7, turns: Sequence[int] = (0,)
) -> list[ScannedPage]:
    """Set, print and scan a contract text.

    Args:
        text: one line a paragraph or table row.
        sheet: how it looks; `PLAIN` of `sheets.py` does for any text.
        spoil: quality; a page is in colour where it carries a seal, or everywhere if it says so.
        seed: of all chance.
        turns: degrees clockwise (0, 90, 180, 270) each page lies on the glass, repeated as needed.
    """
    spoil = spoil or Spoil()
    pages = []
    for number, page in enumerate(Setter(sheet).set(text)):
        dice = np.random.default_rng([seed, number])
        skew = float(dice.uniform(0.3, 1.0) * dice.choice([-1, 1])) * spoil.skew
        image = _spoiled(_printed(page, spoil.dpi, dice), spoil, skew, dice)
        grey = not (page.seals or spoil.colour)
        turn = turns[number % len(turns)]
        image = (image.convert("L") if grey else image).rotate(-turn, expand=True)
        pages.append(ScannedPage(image, skew, _truth(page, skew), turn))
    return pages


def write_pdf(pages: list[ScannedPage], spoil: Spoil | None = None) -> bytes:
    """Bind page images into a PDF; each page is one JPEG and nothing else."""
    spoil = spoil or Spoil()
    rl_config.useA85 = 0  # ASCII85 would only make the pictures a quarter larger
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    canvas.setProducer("scan")
    for page in pages:
        jpeg = io.BytesIO()
        page.image.save(jpeg, "JPEG", quality=spoil.quality, dpi=(spoil.dpi, spoil.dpi), optimize=True)
        size = (PAGE_HEIGHT, PAGE_WIDTH) if page.turn % 180 else (PAGE_WIDTH, PAGE_HEIGHT)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write_truth(pages: list[ScannedPage]) -> bytes:
    """The printed lines of all pages as gzipped JSON."""
    truth = [{"skew": round(p.skew, 3), "lines": [asdict(line) for line in p.lines]} for p in pages]
    return gzip.compress(json.dumps(truth, ensure_ascii=False).encode(), mtime=0)


def read_truth(path: Path) -> list[list[TrueLine]]:
    """The lines that `write_truth` wrote, page by page."""
    pages = json.loads(gzip.decompress(path.read_bytes()))
    return [[TrueLine(**line | {"box": tuple(line["box"])}) for line in page["lines"]] for page in pages]


def _printed(page: Page, dpi: int, dice: np.random.Generator) -> Image.Image:
    """The clean sheet in colour, drawn twice as fine and scaled down."""
    scale = dpi * 2 / 72
    sheet = Image.new("L", (round(PAGE_WIDTH * scale), round(PAGE_HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(sheet)
    for x0, y0, x1, y1 in page.rules:
        pen.line([x0 * scale, y0 * scale, x1 * scale, y1 * scale], fill=0, width=round(0.7 * scale))
    for line in page.lines:
        _print_line(pen, line, scale)
    colour = sheet.convert("RGB")
    for seal in page.seals:
        stamp = Image.new("RGB", colour.size, (255, 255, 255))
        mask = _seal(seal, scale, dice)
        place = (round(seal.x * scale - mask.width / 2), round(seal.y * scale - mask.height / 2))
        stamp.paste((208, 30, 45), place, mask)
        colour = ImageChops.multiply(colour, stamp)
    return colour.resize((sheet.width // 2, sheet.height // 2), Image.Resampling.LANCZOS)


def _print_line(pen: ImageDraw.ImageDraw, line: Line, scale: float) -> None:
    """Draw character by character, so that places agree with the measured widths."""
    pixels = round(line.size * scale)
    for n, character in enumerate(line.text):
        x = line.x + width(line.font, line.text[:n], line.size)
        pen.text(
            (x * scale, (line.y + line.size) * scale),
            character,
            font=font(drawn_with(line.font, character), pixels),
            fill=0,
            anchor="ls",
        )


def _seal(seal: Seal, scale: float, dice: np.random.Generator) -> Image.Image:
    """A round seal with a star, the name on an arc, and ink that did not take everywhere."""
    radius = seal.radius * scale
    middle = radius * 1.1
    mask = Image.new("L", (round(middle * 2),) * 2, 0)
    pen = ImageDraw.Draw(mask)
    pen.ellipse(
        [middle - radius, middle - radius, middle + radius, middle + radius], outline=255, width=round(3 * scale)
    )
    corners = [(radius * (0.3 if n % 2 == 0 else 0.115), math.pi * (n / 5 - 0.5)) for n in range(10)]
    pen.polygon([(middle + r * math.cos(a), middle + r * math.sin(a)) for r, a in corners], fill=255)
    pen.text(
        (middle, middle + radius * 0.6), seal.foot, font=font("song_bold", round(10 * scale)), fill=255, anchor="mm"
    )
    step = min(24.0, 250.0 / len(seal.name))
    size = round(11.5 * scale)
    for n, character in enumerate(seal.name):
        angle = (n - (len(seal.name) - 1) / 2) * step
        glyph = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(glyph).text((size, size), character, font=font("song_bold", size), fill=255, anchor="mm")
        glyph = glyph.rotate(-angle, Image.Resampling.BICUBIC)
        x = middle + (radius - size) * math.sin(math.radians(angle))
        y = middle - (radius - size) * math.cos(math.radians(angle))
        mask.paste(255, (round(x - size), round(y - size)), glyph)
    mask = mask.rotate(seal.angle, Image.Resampling.BICUBIC)
    blots = Image.fromarray(dice.integers(90, 256, (20, 20), dtype=np.uint8)).resize(
        mask.size, Image.Resampling.BICUBIC
    )
    return ImageChops.multiply(mask, Image.eval(blots, lambda v: min(255, round(v * 1.25))))


def _spoiled(sheet: Image.Image, spoil: Spoil, skew: float, dice: np.random.Generator) -> Image.Image:
    """What the scanner makes of the sheet."""
    sheet = sheet.rotate(skew, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    _drop_dust(sheet, spoil, dice)
    pixels: Array = np.asarray(sheet.filter(ImageFilter.GaussianBlur(spoil.blur)), np.float32)
    pixels = spoil.ink + pixels * np.float32((spoil.paper - spoil.ink) / 255)
    across = np.linspace(0, 1, sheet.width, dtype=np.float32)[None, :, None]
    down = np.linspace(0, 1, sheet.height, dtype=np.float32)[:, None, None]
    turn = dice.uniform(0, 2 * math.pi)
    light = 1 - spoil.shade * (0.5 + (across - 0.5) * math.cos(turn) + (down - 0.5) * math.sin(turn))
    grain = dice.normal(0, spoil.noise, (sheet.height, sheet.width, 1)).astype(np.float32)
    return Image.fromarray(np.clip(pixels * light + grain, 0, 255).astype(np.uint8))


def _drop_dust(sheet: Image.Image, spoil: Spoil, dice: np.random.Generator) -> None:
    pen = ImageDraw.Draw(sheet)
    for _ in range(spoil.specks_per_page):
        x, y = dice.uniform(0, sheet.width), dice.uniform(0, sheet.height)
        radius, tone = dice.exponential(0.5) + 0.3, int(dice.uniform(60, 190))
        pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=(tone, tone, tone))


def _truth(page: Page, skew: float) -> tuple[TrueLine, ...]:
    return tuple(
        TrueLine(line.text, line.kind, line.block, _slanted(line.box, skew), _under_a_seal(line, page))
        for line in page.lines
    )


def _slanted(box: tuple[float, float, float, float], skew: float) -> tuple[float, float, float, float]:
    """The upright box around a box that was turned with the sheet, counter-clockwise about the middle of the page."""
    cos, sin = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    x0, y0, x1, y1 = box
    corners = [(x - PAGE_WIDTH / 2, y - PAGE_HEIGHT / 2) for x in (x0, x1) for y in (y0, y1)]
    xs = [PAGE_WIDTH / 2 + x * cos + y * sin for x, y in corners]
    ys = [PAGE_HEIGHT / 2 - x * sin + y * cos for x, y in corners]
    return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)


def _under_a_seal(line: Line, page: Page) -> bool:
    x0, y0, x1, y1 = line.box
    return any(
        x0 < seal.x + seal.radius
        and seal.x - seal.radius < x1
        and y0 < seal.y + seal.radius
        and seal.y - seal.radius < y1
        for seal in page.seals
    )


def main(arguments: list[str]) -> None:
    """Make the shipped scan and its printed lines."""
    name, pdf, lines = arguments
    pages = scan(sample_text(name), SERVICE, seed=zlib.crc32(name.encode()))
    Path(pdf).write_bytes(write_pdf(pages))
    Path(lines).write_bytes(write_truth(pages))


if __name__ == "__main__":
    main(sys.argv[1:])
