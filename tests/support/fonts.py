"""Fonts for making samples: found by family name with fontconfig, never shipped.

Debian packages fonts-noto-cjk (SIL Open Font License) and fonts-dejavu-core (Bitstream Vera licence), for development
only.
"""

import subprocess
from functools import cache
from pathlib import Path

import pytest
from PIL import ImageFont

FAMILIES = {
    "song": ("Noto Serif CJK SC", "Regular"),
    "song_bold": ("Noto Serif CJK SC", "Bold"),
    "hei": ("Noto Sans CJK SC", "Bold"),
    "symbols": ("DejaVu Sans", "Book"),
}
SYMBOLS = frozenset("☑")  # not in Noto Serif CJK
_METRIC_SIZE = 200


@cache
def font_file(role: str) -> tuple[Path, int]:
    """File and face index of a role; skips the test that asks where the font is not installed."""
    family, style = FAMILIES[role]
    try:
        listing = subprocess.run(
            ["fc-list", "-f", "%{file}\t%{family}\t%{style}\t%{index}\n"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        listing = ""
    for line in listing.splitlines():
        file, families, styles, index = line.split("\t")
        if family in families.split(",") and style in styles.split(",") and int(index) < 1 << 16:
            return Path(file), int(index)
    pytest.skip(f"the font {family} {style} is not installed (apt-get install fonts-noto-cjk fonts-dejavu-core)")


@cache
def font(role: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The font of a role at a size."""
    file, index = font_file(role)
    return ImageFont.truetype(str(file), pixels, index=index, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(role: str, character: str) -> float:
    return font(role, _METRIC_SIZE).getlength(character) / _METRIC_SIZE


def width(role: str, text: str, size: float) -> float:
    """Width of a text in points, characters set one behind the other without kerning."""
    return sum(_advance(drawn_with(role, c), c) for c in text) * size


def drawn_with(role: str, character: str) -> str:
    """The role whose font has the character."""
    return "symbols" if character in SYMBOLS else role
