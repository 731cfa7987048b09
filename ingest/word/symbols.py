"""Symbol fonts: characters that are a letter in the file and a box or tick on paper.

Wingdings F0A8 -> □      Wingdings F0FE -> ☑      Wingdings 2 F052 -> ☑      Symbol F0B7 -> •
"""

from typing import Final

_WINGDINGS: Final = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "◆", 0x77: "◆",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    0x21: "✏", 0x2A: "✉", 0x28: "☎", 0xB2: "◇", 0xE8: "➔",
}  # fmt: skip
_WINGDINGS2: Final = {
    0x2A: "□", 0x30: "□", 0x35: "□", 0x4F: "☒", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●",
    0xA2: "■", 0xA3: "□", 0xA4: "□", 0xA5: "□",
}  # fmt: skip
_SYMBOL: Final = {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xD6: "√", 0xA8: "♦"}
_FONTS: Final = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "symbol": _SYMBOL}
_TICKED: Final = frozenset("☑☒✓✔√■")
_EMPTY: Final = frozenset("□☐▢◻")


def plain_name(font: str) -> str:
    """Name of a font as a PDF gives it (ABCDEF+Wingdings2-Regular) as the name its maker gave it (wingdings 2)."""
    name = font.rpartition("+")[2].lower().removesuffix("-regular").removesuffix("mt")
    return "wingdings 2" if name in ("wingdings2", "wingdings-2") else name


def symbol(char: str, font: str | None) -> str:
    """A character of a symbol font as what it shows; others, and unknown ones, stay as they are."""
    code = ord(char)
    private = 0xF000 <= code <= 0xF0FF
    table = _FONTS.get((font or "").lower())
    if table is None:
        return _WINGDINGS.get(code - 0xF000, char) if private else char
    return table.get(code & 0xFF if private else code, char) if private or code < 0x100 else char


def is_symbol_font(font: str | None) -> bool:
    """Whether a font draws signs in the place of letters."""
    return (font or "").lower() in _FONTS


def is_ticked(char: str) -> bool:
    """Whether a box or mark says yes."""
    return char in _TICKED


def is_empty_box(char: str) -> bool:
    """Whether a box is left empty."""
    return char in _EMPTY
