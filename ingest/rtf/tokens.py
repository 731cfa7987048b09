r"""RTF bytes to tokens.

{\b \u31532?\'bb\par}  ->  "{", word b, word u 31532, text "?", byte bb, word par, "}"
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z'])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)"
    r"|[\r\n]+|\\",
    re.DOTALL,
)
_SIGNS: Final = {"~": "\u00a0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n", "\t": "\t"}


class Token(NamedTuple):
    """One token.

    Attributes:
        kind: `{`, `}`, `word`, `byte` (a byte written in hexadecimal), `text` (bytes written plainly), `star`.
        text: name of the word, or the characters, one for each byte.
        number: of a word; None when it has none.
        start: where it begins.
        end: where it ends.
    """

    kind: str
    text: str
    number: int | None
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """Cut an RTF file into tokens.

    Args:
        source: its bytes, each as the character of that number (Latin-1).
    """
    place, end = 0, len(source)
    while place < end:
        found = _TOKEN.match(source, place)
        if found is None:
            place += 1
            continue
        start, place = place, found.end()
        kind = found.lastgroup
        if kind == "number" or kind == "word":
            word, number = found.group("word"), found.group("number")
            count = int(number) if number else None
            if word == "bin" and count and count > 0:
                # raw bytes follow, braces among them
                place = min(end, place + count)
            yield Token("word", word, count, start, place)
        elif kind == "hex":
            yield Token("byte", chr(int(found.group("hex"), 16)), None, start, place)
        elif kind == "sign":
            sign = found.group("sign")
            yield (
                Token("star", "*", None, start, place)
                if sign == "*"
                else Token("sign", _SIGNS.get(sign, ""), None, start, place)
            )
        elif kind == "brace":
            yield Token(found.group(), found.group(), None, start, place)
        elif kind == "text":
            yield Token("text", found.group(), None, start, place)
