"""Boxes to tick that are drawn, not written: they become □ or ☑ in the text.

    付款方式：[ ]一次性支付 [v]分期支付     -> 付款方式：□一次性支付 ☑分期支付

A box in which a character stands is that character (口, 日), unless it is a tick or the sign of a box itself.
"""

from collections.abc import Sequence
from typing import Final

from ingest.blocks import LocalMark, LocalSuspect
from ingest.layout.page import PageContent, TextLine, TickBox

EMPTY: Final = "□"
TICKED: Final = "☑"
_SIGNS: Final = frozenset("□☐▢◻⬜☑☒■▣◼")
_EMPTY_SIGNS: Final = frozenset("□☐▢◻⬜")
_TICKS: Final = frozenset("√✓✔✗✘×xXvV/●")
# what a box is taken for where the reader does not expect one
_LIKE_BOXES: Final = frozenset("口囗")
# and a ticked one; what is printed so has no frame on all four sides, so that no box would have been found there
_LIKE_TICKED: Final = frozenset("凶区反网囟")
_SAME_HEIGHT: Final = 0.6
_REACH: Final = 2.5
_FEW_CELLS: Final = 3
_ASKEW: Final = 0.15
_COMPANY: Final = 2
_WITHIN: Final = 0.2
_SMALL: Final = 0.45


def draw_boxes(page: PageContent) -> None:
    """Put the drawn boxes of a page into its lines.

    Args:
        page: its lines; changed in place.
    """
    boxes = _without_grids(page.tick_boxes)
    waiting: list[tuple[TextLine, int, TickBox]] = []
    sure: set[int] = set()
    placed: list[TickBox] = []
    for box in boxes:
        line = _host(page.lines, box)
        if line is None:
            if page.info.origin != "ocr":
                # on a scan a square far from words is as likely a piece of a seal or a drawing
                page.lines.append(_line_of(box))
            continue
        place = _char_at(line, box)
        if place is None:
            if _is_in_a_character(line, box):
                continue
            _insert(line, box)
        elif line.text[place] in _SIGNS or line.text[place] in _TICKS:
            _replace(line, place, box)
        elif line.text[place] in _LIKE_BOXES or (box.ticked and line.text[place] in _LIKE_TICKED):
            waiting.append((line, place, box))
            continue
        else:
            continue
        sure.add(id(line))
        placed.append(box)
    for line, _, box in waiting:
        # boxes come in company: beside or below one of them 口 is another
        again = _char_at(line, box)
        if again is not None and (id(line) in sure or sum(_in_column(box, other) for other in placed) >= _COMPANY):
            _replace(line, again, box)


def _in_column(box: TickBox, other: TickBox) -> bool:
    """Whether two boxes of one size stand below each other."""
    side = box.box[2] - box.box[0]
    return abs(box.box[0] - other.box[0]) <= _ASKEW * side and abs(other.box[2] - other.box[0] - side) <= _ASKEW * side


def _without_grids(boxes: Sequence[TickBox]) -> list[TickBox]:
    """Squares that touch each other are cells for the digits of a number, no boxes to tick."""
    kept = []
    for box in boxes:
        side = box.box[2] - box.box[0]
        beside = [
            other
            for other in boxes
            if abs(other.box[1] - box.box[1]) < 0.3 * side and 0.5 * side < abs(other.box[0] - box.box[0]) < 1.3 * side
        ]
        row = [other for other in boxes if abs(other.box[1] - box.box[1]) < 0.3 * side]
        if not beside or len(row) < _FEW_CELLS:
            kept.append(box)
    return kept


def _middle(box: TickBox) -> tuple[float, float]:
    return (box.box[0] + box.box[2]) / 2, (box.box[1] + box.box[3]) / 2


def _host(lines: Sequence[TextLine], box: TickBox) -> TextLine | None:
    """The line a box stands in or beside."""
    x, y = _middle(box)
    near = [
        line
        for line in lines
        if abs(line.middle - y) <= _SAME_HEIGHT * line.size
        and line.left - _REACH * line.size <= x <= line.right + 0.8 * line.size
    ]
    return min(near, key=lambda line: max(line.left - x, 0.0, x - line.right), default=None)


def _char_at(line: TextLine, box: TickBox) -> int | None:
    """The character that stands in a box."""
    x, _ = _middle(box)
    half = 0.5 * (box.box[2] - box.box[0]) + 0.08 * line.size
    inside = [place for place, centre in enumerate(line.centres) if abs(centre - x) <= half]
    solid = [place for place in inside if not line.text[place].isspace()]
    return min(solid, key=lambda place: abs(line.centres[place] - x), default=None)


def _is_in_a_character(line: TextLine, box: TickBox) -> bool:
    """Whether a box is a piece of a character: the 月 in the 服 of a large title, with a speck in it.

    A drawn box has room of its own in the line, and is about as high as its characters.
    """
    x, _ = _middle(box)
    side = box.box[2] - box.box[0]
    reach = 0.5 * side + _WITHIN * line.size
    return side < _SMALL * line.size or any(
        abs(centre - x) < reach and not char.isspace() for char, centre in zip(line.text, line.centres, strict=False)
    )


def _sign(box: TickBox) -> str:
    return TICKED if box.ticked else EMPTY


def _replace(line: TextLine, place: int, box: TickBox) -> None:
    """The sign of a box where one was read, or a tick: a tick in a box makes it ticked."""
    read = line.text[place]
    ticked = box.ticked or read in _TICKS or (read in _SIGNS and read not in _EMPTY_SIGNS)
    line.text = line.text[:place] + (TICKED if ticked else EMPTY) + line.text[place + 1 :]
    line.marks.append(LocalMark("checked" if ticked else "unchecked", place, place + 1))


def _insert(line: TextLine, box: TickBox) -> None:
    x, _ = _middle(box)
    place = sum(centre < x for centre in line.centres)
    _make_room(line.marks, place)
    _make_room(line.suspects, place)
    line.text = line.text[:place] + _sign(box) + line.text[place:]
    line.centres = [*line.centres[:place], x, *line.centres[place:]]
    line.box = (min(line.box[0], box.box[0]), line.box[1], max(line.box[2], box.box[2]), line.box[3])
    line.marks.append(LocalMark("checked" if box.ticked else "unchecked", place, place + 1))


def _make_room(items: Sequence[LocalMark | LocalSuspect], place: int) -> None:
    """Move marks and suspects by one character behind a place."""
    for item in items:
        item.start += item.start >= place
        item.end += item.end > place


def _line_of(box: TickBox) -> TextLine:
    line = TextLine(
        text=_sign(box), box=box.box, centres=[_middle(box)[0]], size=max(1.0, (box.box[3] - box.box[1]) / 0.85)
    )
    line.marks.append(LocalMark("checked" if box.ticked else "unchecked", 0, 1))
    return line
