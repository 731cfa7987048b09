"""Lines to write on: a drawn rule under empty paper is a blank, under words it shows that a blank was filled.

合同编号：________          a rule behind a label
签订后 ___30___ 日内        words on a rule
____________________        a rule of its own below such a line: the blank goes on
"""

from collections.abc import Sequence
from typing import Final

from ingest.blocks import LocalMark
from ingest.layout.page import PageContent, Rule, TextLine

_SHORTEST: Final = 13.0
_SHORTEST_DRAWN: Final = 4.0
_SAME_LINE: Final = 1.0
_WORD_BETWEEN: Final = 6.0
_BELOW: Final = 0.75
_SPECKS: Final = frozenset("_-—–一ー.·,、，'‘’~")
_WHOLE_LINE: Final = 0.9
_LONGEST_FILLING: Final = 40
# the lowest strokes of characters (工, 进度 in a bold heading) lie at 0.40 of the size below the middle of a line
_BELOW_STROKES: Final = 0.45
# strokes of neighbours that lie at one height (检查) look like one rule in a picture, but for the gaps between them
_SOLID: Final = 0.75
_LONGER_THAN_STROKES: Final = 2.6
_FEW_CHARACTERS: Final = 5.0


def draw_blanks(page: PageContent, rules: Sequence[Rule]) -> None:
    """Put the blanks of a page into its lines.

    Args:
        page: its lines; changed in place.
        rules: rules that belong to no table.
    """
    usual = _usual_size(page.lines)
    fields = [line for line in page.lines if any(mark.kind in ("blank", "filled_blank") for mark in line.marks)]
    alone: list[Rule] = []
    drawn = [rule for rule in rules if rule.horizontal and not _is_strokes(rule, usual)]
    lying = [rule for rule in _joined(drawn) if _may_be_blank(rule)]
    for rule in sorted(lying, key=lambda rule: rule.y0):
        if any(_reaches(line, rule) and rule.x0 <= line.right and line.left <= rule.x1 for line in fields):
            # the line a form field is written on: the field is the blank
            continue
        host = _host(page.lines, rule)
        if host is not None:
            _on_line(host, rule)
            continue
        beside = _beside(page.lines, rule, usual)
        if beside is not None:
            page.lines.append(blank_line(rule, beside.size))
        else:
            alone.append(rule)
    _go_on(page, alone, usual)


def _usual_size(lines: Sequence[TextLine]) -> float:
    sizes = sorted(line.size for line in lines)
    return sizes[len(sizes) // 2] if sizes else 10.5


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line put together: word processors draw one a word, on a scan words interrupt it."""
    done: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y0), rule.x0)):
        last = done[-1] if done else None
        if last is not None and (last.solid is None) == (rule.solid is None):
            reach = _SAME_LINE if rule.solid is None else _WORD_BETWEEN
            if abs(rule.y0 - last.y0) <= _SAME_LINE and rule.x0 - last.x1 <= reach:
                solid = None if rule.solid is None or last.solid is None else rule.solid + last.solid
                done[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y0, solid)
                continue
        done.append(rule)
    return done


def _may_be_blank(rule: Rule) -> bool:
    """Long enough to write on; what is drawn exactly may be as short as the blank of a day (__日)."""
    return rule.length >= (_SHORTEST if rule.solid is not None else _SHORTEST_DRAWN)


def _is_strokes(rule: Rule, usual: float) -> bool:
    """Whether a rule found in a picture is a row of strokes of characters."""
    return rule.solid is not None and rule.length < _FEW_CHARACTERS * usual and rule.solid < _SOLID * rule.length


def _reaches(line: TextLine, rule: Rule) -> bool:
    """Whether a rule lies where words of a line would stand on it: at their foot."""
    return line.middle + 0.15 * line.size <= rule.y0 <= line.middle + _BELOW * max(line.size, 6.0) + 2


def _host(lines: Sequence[TextLine], rule: Rule) -> TextLine | None:
    """The line in which the middle of a rule lies, or under whose blank it begins."""
    middle = (rule.x0 + rule.x1) / 2
    found = [
        line
        for line in lines
        if _reaches(line, rule)
        and (line.left <= middle <= line.right or ("_" in line.text and line.left <= rule.x0 < line.right - line.size))
    ]
    return min(found, key=lambda line: abs(rule.y0 - line.middle), default=None)


def _beside(lines: Sequence[TextLine], rule: Rule, usual: float) -> TextLine | None:
    """A line that ends before or begins behind a rule, at its height."""
    near = [line for line in lines if _reaches(line, rule)]
    left = [line for line in near if -2 * usual <= rule.x0 - line.right <= 3 * usual or line.right <= rule.x0]
    right = [line for line in near if line.left >= rule.x1 - usual]
    choices = left or right
    return min(choices, key=lambda line: min(abs(rule.x0 - line.right), abs(line.left - rule.x1)), default=None)


def _underscores(width: float, size: float) -> str:
    return "_" * max(2, min(120, round(width / max(2.0, size / 2))))


def _on_line(line: TextLine, rule: Rule) -> None:
    """A rule under a part of a line: a blank between words, or words on a blank."""
    slack = 0.3 * line.size
    over = [place for place, x in enumerate(line.centres) if rule.x0 - slack <= x <= rule.x1 + slack]
    words = "".join(line.text[place] for place in over)
    if all(char in _SPECKS or char.isspace() for char in words):
        start = over[0] if over else sum(x < rule.x0 for x in line.centres)
        end = over[-1] + 1 if over else start
        _insert(line, start, end, rule)
        return
    written = [place for place in over if line.text[place] not in _SPECKS and not line.text[place].isspace()]
    if "_" in words:
        _draw_around(line, over, written, rule)
        return
    one_piece = rule.solid is not None and rule.length > _LONGER_THAN_STROKES * line.size
    if rule.y0 < line.middle + _BELOW_STROKES * line.size and not one_piece:
        return
    solid = [place for place in over if not line.text[place].isspace()]
    covered = (min(rule.x1, line.right) - max(rule.x0, line.left)) / max(1.0, line.right - line.left)
    if covered < _WHOLE_LINE and len(solid) <= _LONGEST_FILLING:
        line.marks.append(LocalMark("filled_blank", solid[0], solid[-1] + 1))


def _insert(line: TextLine, start: int, end: int, rule: Rule) -> None:
    """A blank in place of characters `start:end`."""
    drawn = _draw(line, start, end, rule.x0, rule.x1)
    line.marks.append(LocalMark("blank", start, start + drawn))


def _draw(line: TextLine, start: int, end: int, left: float, right: float) -> int:
    """Put underscores in place of characters `start:end`; how many."""
    drawn = _underscores(right - left, line.size)
    step = (right - left) / len(drawn)
    grown = len(drawn) - (end - start)
    line.text = line.text[:start] + drawn + line.text[end:]
    places = [left + step * (place + 0.5) for place in range(len(drawn))]
    line.centres = line.centres[:start] + places + line.centres[end:]
    for mark in line.marks:
        if mark.start >= end:
            mark.start, mark.end = mark.start + grown, mark.end + grown
    for doubt in line.suspects:
        if doubt.start >= end:
            doubt.start, doubt.end = doubt.start + grown, doubt.end + grown
    return len(drawn)


def _draw_around(line: TextLine, over: Sequence[int], solid: Sequence[int], rule: Rule) -> None:
    """Words on a line that was read as far as it is free (___无_): as long on both sides as it is drawn."""
    half = line.size / 2
    before, behind = line.centres[solid[0]] - half, line.centres[solid[-1]] + half
    if rule.x1 - behind > line.size:
        _draw(line, solid[-1] + 1, max(over[-1], solid[-1]) + 1, behind, rule.x1)
    if before - rule.x0 > line.size:
        _draw(line, min(over[0], solid[0]), solid[0], rule.x0, before)


def blank_line(rule: Rule, size: float) -> TextLine:
    """A rule to write on as a line of its own, as long as it is drawn."""
    drawn = _underscores(rule.length, size)
    step = rule.length / len(drawn)
    line = TextLine(
        text=drawn,
        box=(rule.x0, rule.y0 - size, rule.x1, rule.y0 + 0.1 * size),
        centres=[rule.x0 + step * (place + 0.5) for place in range(len(drawn))],
        size=size,
    )
    line.marks.append(LocalMark("blank", 0, len(drawn)))
    return line


def _go_on(page: PageContent, alone: Sequence[Rule], usual: float) -> None:
    """Rules without words at their height: further lines of a blank, when a line with a blank stands close above."""
    for rule in alone:
        above = [
            line
            for line in page.lines
            if line.text.rstrip(" 。；;").endswith("_") and 0 < rule.y0 - line.box[3] <= 3.2 * usual
        ]
        if above:
            page.lines.append(blank_line(rule, usual))
