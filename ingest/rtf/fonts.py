r"""Encodings of an RTF file: bytes are in the code page of the font they are printed in.

{\f1\fcharset134 SimSun;}   ->  GB 18030        \ansicpg936  ->  the same for fonts that do not say
"""

from typing import Final

_CHARSETS: Final = {
    0: None, 1: None, 2: "latin-1", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
_PAGES: Final = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8", 10000: "mac-roman"}


class Fonts:
    """The font table, and the code page of the file."""

    def __init__(self) -> None:
        """Start with the default of the format."""
        self._charset: dict[int, int] = {}
        self._names: dict[int, str] = {}
        self.page = "cp1252"
        self.default = 0

    def set_page(self, number: int) -> None:
        r"""The code page of `\ansicpg`."""
        name = _PAGES.get(number, f"cp{number}")
        try:
            b"".decode(name)
        except LookupError:
            return
        self.page = name

    def add(self, font: int, charset: int | None, name: str) -> None:
        """An entry of the table, whole or in parts."""
        if charset is not None:
            self._charset[font] = charset
        self._names[font] = self._names.get(font, "") + name

    def encoding(self, font: int) -> str:
        """Name of the encoding of the bytes printed in a font."""
        return _CHARSETS.get(self._charset.get(font, 1)) or self.page

    def name(self, font: int) -> str:
        """Name of a font, without its closing semicolon."""
        return self._names.get(font, "").partition(";")[0].strip()

    def is_symbol(self, font: int) -> bool:
        """Whether a font draws signs in the place of letters."""
        return self._charset.get(font) == 2
