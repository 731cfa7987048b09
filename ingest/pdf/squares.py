"""Boxes to tick that are drawn without a rectangle: by four strokes, with round corners, as a frame of ink.

A word processor that exports a form may draw each side by itself, a form designer rounds the corners; what is left of
such a box would otherwise be taken for two short lines to write on.
"""

from collections.abc import Sequence
from typing import Final

from ingest.layout.page import Rule
from schema.base import Box

SIDES: Final = (5.0, 18.0)
_MEET: Final = 1.0
_NOT_SQUARE: Final = 0.25
# a side of a rounded box is straight for most of its length, one of a circle seems so for half of it
_STRAIGHT_SHARE: Final = 0.65
_FRAME: Final = 2.0
_MOST: Final = 400


def is_square(box: Box) -> bool:
    """Whether a box has the size and shape of one to tick."""
    wide, high = box[2] - box[0], box[3] - box[1]
    smallest, largest = SIDES
    sized = smallest <= wide <= largest and smallest <= high <= largest
    return sized and abs(wide - high) < _NOT_SQUARE * max(wide, high)


def is_rounded(box: Box, points: Sequence[tuple[float, float]]) -> bool:
    """Whether a closed path with curves is a square with round corners.

    Args:
        box: around the path.
        points: its corners and the points that bend its curves, any unit and turn.
    """
    if not is_square(box):
        return False
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for along, across in ((xs, ys), (ys, xs)):
        for edge in (min(across), max(across)):
            on = [a for a, b in zip(along, across, strict=True) if abs(b - edge) < 0.05 * (max(across) - min(across))]
            if max(on) - min(on) < _STRAIGHT_SHARE * (max(along) - min(along)):
                return False
    return True


def is_frame(boxes: Sequence[Box]) -> bool:
    """Whether two filled rectangles, one in the other, leave a thin frame of ink."""
    if len(boxes) != 2 or not all(map(is_square, boxes)):
        return False
    outer, inner = sorted(boxes, key=lambda box: box[0] - box[2])
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    return all(0 < gap <= _FRAME for gap in gaps)


def squares_of_strokes(rules: Sequence[Rule]) -> tuple[list[Box], list[Rule]]:
    """Squares drawn by four strokes that meet each other and nothing else.

    Args:
        rules: all straight lines of the page.

    Returns:
        The squares, and the rules that belong to none. Cells of a table share their sides with other cells, so that
        theirs stay rules.
    """
    short = [rule for rule in rules if SIDES[0] - _MEET <= rule.length <= SIDES[1] + _MEET]
    lying = sorted((rule for rule in short if rule.horizontal), key=lambda rule: (rule.x0, rule.y0))
    standing = [rule for rule in short if not rule.horizontal]
    if len(standing) < 2 or len(short) > _MOST:
        return [], list(rules)
    found: list[Box] = []
    used: set[int] = set()
    for upper in lying:
        for lower in lying:
            box = (upper.x0, upper.y0, max(upper.x1, lower.x1), lower.y0)
            if lower.y0 - upper.y0 < SIDES[0] - _MEET or abs(lower.x0 - upper.x0) > _MEET or not is_square(box):
                continue
            sides = [rule for x in (box[0], box[2]) for rule in standing if _is_side(rule, x, box)]
            own = {id(upper), id(lower), *map(id, sides)}
            if len(sides) == 2 and not any(id(rule) not in own and _touches(rule, box) for rule in rules):
                found.append(box)
                used |= own
    return found, [rule for rule in rules if id(rule) not in used]


def _is_side(rule: Rule, x: float, box: Box) -> bool:
    top, bottom = sorted((rule.y0, rule.y1))
    return abs(rule.x0 - x) <= _MEET and abs(top - box[1]) <= _MEET and abs(bottom - box[3]) <= _MEET


def _touches(rule: Rule, box: Box) -> bool:
    left, right = sorted((rule.x0, rule.x1))
    top, bottom = sorted((rule.y0, rule.y1))
    return left <= box[2] + _MEET and right >= box[0] - _MEET and top <= box[3] + _MEET and bottom >= box[1] - _MEET
