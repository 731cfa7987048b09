"""Formats without pages as LibreOffice lays them out, and where the words of a contract stand on those pages.

    pdf = render(program, data, media_type, seconds=60)
    pages = place_lines(pdf, contract.text)

A rendering is a picture to look at, not a source: nothing is read from it. So a printed line is given a place in the
text only where there is no doubt which one it is, and all others stay without.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest import sniff
from ingest.libreoffice import convert
from ingest.options import Limits
from schema.errors import ReadError

_SUFFIX: Final = {
    sniff.DOCX: "docx",
    sniff.DOC: "doc",
    sniff.WPS: "wps",
    sniff.WORD_XML: "xml",
    sniff.RTF: "rtf",
    sniff.ODT: "odt",
}
RENDERED: Final = frozenset(_SUFFIX)
"""Media types that are laid out; text, Markdown and web pages are their own words and no pages."""

_MOST_BYTES: Final = 200_000_000
_MOST_CHARS: Final = 20_000
_MOST_PAGES: Final = 1000
_SURE: Final = 4
"""Characters a line must have to be told from all others by itself."""
_WHOLE: Final = 6
"""Characters that must be left of a line without its number."""
_NUMBER: Final = 12
_SAME: Final = str.maketrans(
    {0xFF01 + n: 0x21 + n for n in range(94)}
    | dict.fromkeys(map(ord, "“”„‟"), '"')
    | dict.fromkeys(map(ord, "‘’"), "'")
)


Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class PlacedLine:
    """A printed line: half-open code points of the contract's text, and its box on the page in points."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True)
class RenderedPage:
    """A page of a rendering.

    Attributes:
        number: from 1.
        width: points.
        height: points.
        lines: whose place in the text is certain.
    """

    number: int
    width: float
    height: float
    lines: tuple[PlacedLine, ...]


@dataclass(slots=True)
class _Char:
    """A printed character."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class _Printed:
    """A line as it is printed: its page, its characters without blanks, where each begins, and its box."""

    page: int
    words: str
    lefts: list[float]
    box: Box


def render(program: str, data: bytes, media_type: str, *, seconds: float) -> bytes:
    """Lay a file out.

    Args:
        program: path of LibreOffice.
        data: the file.
        media_type: of its bytes.
        seconds: time it may take.

    Returns:
        PDF.

    Raises:
        ReadError: `page_unknown` for other kinds of files, `file_damaged`, `reader_timeout`.
    """
    suffix = _SUFFIX.get(media_type)
    if suffix is None:
        raise ReadError("page_unknown", f"files of {media_type} are not laid out")
    target = "pdf:writer_pdf_Export"
    return convert(program, data, suffix=suffix, target=target, seconds=seconds, most_bytes=_MOST_BYTES)


def place_lines(pdf: bytes, text: str) -> list[RenderedPage]:
    """Find the printed lines in the text of the contract.

    Args:
        pdf: from `render`.
        text: canonical text of the contract.

    Returns:
        All pages, in their order.

    Raises:
        ReadError: `file_damaged`, `file_too_large`.
    """
    sizes, printed = _read(pdf)
    plain, offsets = _squeezed(text)
    placed: dict[int, list[PlacedLine]] = {}
    for line, at in _matched(printed, plain):
        last = offsets[at + len(line.words) - 1]
        placed.setdefault(line.page, []).append(PlacedLine(offsets[at], last + 1, line.box))
    return [
        RenderedPage(number, width, height, tuple(placed.get(number, ())))
        for number, (width, height) in enumerate(sizes, 1)
    ]


def _read(pdf: bytes) -> tuple[list[tuple[float, float]], list[_Printed]]:
    """Sizes of the pages, and all printed lines in the order of the file."""
    from ingest.pdf.chars import read_chars
    from ingest.pdf.open import open_pdf

    document = open_pdf(pdf, None, Limits(pages=_MOST_PAGES))
    sizes, printed = [], []
    try:
        for index in range(len(document)):
            page = document[index]
            try:
                found = read_chars(page, most=_MOST_CHARS)
            finally:
                page.close()
            sizes.append((found.width, found.height))
            chars = [_Char(text, *box) for text, box in zip(found.texts, found.boxes.tolist(), strict=True)]
            printed += [_line(index + 1, run) for row in _rows(chars) for run in _runs(row)]
    finally:
        document.close()
    seen = Counter((line.words, round(line.box[1])) for line in printed)
    repeated = {key for key, times in seen.items() if times > max(1, len(sizes) // 2)}  # heads and feet of pages
    return sizes, [line for line in printed if line.words and (line.words, round(line.box[1])) not in repeated]


def _rows(chars: Sequence[_Char]) -> Iterator[list[_Char]]:
    """Characters that stand on one height, from left to right; a word of another font comes late in the file."""
    row: list[_Char] = []
    for char in chars:
        if row and min(row[-1].y1, char.y1) - max(row[-1].y0, char.y0) <= 0.4 * max(char.y1 - char.y0, 1.0):
            yield sorted(row, key=lambda c: c.x0)
            row = []
        row.append(char)
    if row:
        yield sorted(row, key=lambda c: c.x0)


def _runs(row: Sequence[_Char]) -> Iterator[list[_Char]]:
    """A row cut where a tab or the border of a table's column lies, so that cells are found one by one."""
    run: list[_Char] = []
    for char in row:
        if run and char.x0 > run[-1].x1 + 2 * max(char.y1 - char.y0, 1.0):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _line(page: int, run: Sequence[_Char]) -> _Printed:
    seen = [char for char in run if not char.text.isspace() and char.text != "_"]
    words = _squeezed("".join(char.text for char in seen))[0]
    lefts = [char.x0 for char in seen for _ in char.text]
    seen = seen or list(run)
    return _Printed(page, words, lefts, (lefts[0] if lefts else 0.0, *_edges(seen)))


def _edges(chars: Sequence[_Char]) -> tuple[float, float, float]:
    return min(c.y0 for c in chars), max(c.x1 for c in chars), max(c.y1 for c in chars)


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without blanks, which every program writes as it likes, and where each character of it stands."""
    kept = [(char, place) for place, char in enumerate(text) if not char.isspace() and char != "_"]
    return "".join(char for char, _ in kept).translate(_SAME), [place for _, place in kept]


def _matched(printed: Sequence[_Printed], plain: str) -> Iterator[tuple[_Printed, int]]:
    """Lines with their place: first those that stand once on paper and once in the text, then what lies between them.

    Between two lines that are certain a short or common line (甲方：) is certain too where it stands there only once.
    """
    fixed = _found(printed, plain, range(len(printed)), 0, len(plain), least=_SURE)
    begin, first = 0, 0
    for place, line, at in [*fixed, (len(printed), None, len(plain))]:
        yield from ((other, there) for _, other, there in _found(printed, plain, range(first, place), begin, at))
        if line is not None:
            yield line, at
            begin, first = at + len(line.words), place + 1


def _found(
    printed: Sequence[_Printed], plain: str, places: range, start: int, end: int, *, least: int = 1
) -> list[tuple[int, _Printed, int]]:
    """Of some lines those that stand once among them and once in a stretch of the text, in the order of both."""
    times = Counter(printed[place].words for place in places)
    found = []
    for place in places:
        line = printed[place]
        if times[line.words] == 1 and len(line.words) >= least:
            found += [(place, cut, at) for cut, at in _only(line, plain, start, end)]
    return _rising(found)


def _only(line: _Printed, plain: str, start: int, end: int) -> Iterator[tuple[_Printed, int]]:
    """The place of a line, or of what follows its number.

    Numbers are counted anew by every program (四.1 for 4.1), and a deleted one is printed in brackets.
    """
    most = min(_NUMBER, len(line.words) - _WHOLE)
    for left in range(max(most, 0) + 1):
        words = line.words[left:]
        at = plain.find(words, start, end)
        if at >= 0:
            if plain.find(words, at + 1, end) < 0:
                yield _Printed(line.page, words, line.lefts[left:], (line.lefts[left], *line.box[1:])), at
            return


def _rising(found: Sequence[tuple[int, _Printed, int]]) -> list[tuple[int, _Printed, int]]:
    """Of lines in the order of the paper the most that are in the order of the text too (longest rising run)."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, _, at) in enumerate(found):
        length = bisect_left(ends, at)
        before.append(tails[length - 1] if length else -1)
        if length == len(ends):
            ends.append(at)
            tails.append(number)
        else:
            ends[length], tails[length] = at, number
    kept = []
    number = tails[-1] if tails else -1
    while number >= 0:
        kept.append(found[number])
        number = before[number]
    return kept[::-1]
