"""Characters: what may stand in canonical text, and which are Chinese.

Characters stay as printed; only what is not printed at all (controls, zero-width marks, half surrogates) goes.
"""

import re
from typing import Final

_NOT_PRINTED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_BREAKS: Final = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
BLANKS: Final = " \u00a0\u3000\t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"


def clean(text: str) -> str:
    """Words fit for a piece: unprinted characters dropped, breaks and tabs made blanks."""
    text = _NOT_PRINTED.sub("", text)
    text = _BREAKS.sub(" ", text)
    return _SURROGATES.sub("\ufffd", text)


def is_han(char: str) -> bool:
    """Whether a character is a Chinese ideograph."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\U00020000" <= char <= "\U0003ffff"
        or (char == "\u3007")
    )


def count_han(text: str) -> int:
    """How many Chinese ideographs a text holds."""
    return sum(map(is_han, text))


def display_width(text: str) -> int:
    """Width in half-width columns, as an editor with a fixed grid shows it."""
    return sum(
        1 if char < "\u1100" or "\uff61" <= char <= "\uffdc" or "\u2000" <= char <= "\u200a" else 2 for char in text
    )
