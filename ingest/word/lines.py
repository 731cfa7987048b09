"""Runs to paragraphs: drawn blanks, filled blanks, boxes, hard line breaks.

［underlined: 8 blanks］                 -> ________              mark: blank
签订后［underlined:  30 ］日内           -> 签订后 30 日内         mark: filled_blank on 30
甲方：[line break]地址：                 -> two paragraphs
…以补充协[line break]议为准。            -> one paragraph
"""

import re
from dataclasses import replace
from typing import Final

from lxml import etree

from ingest.blocks import LocalMark, Piece
from ingest.characters import BLANKS, display_width
from ingest.joining import continues
from ingest.word.names import attribute, local
from ingest.word.runs import BREAK, Run
from ingest.word.symbols import is_empty_box
from schema.document import MarkKind

_BOX: Final = re.compile("[□☐☑☒]")
_DRAWN: Final = frozenset({"underscore", "heavy"})
_TAB_WIDTH: Final = 4
_LONGEST_FILLING: Final = 60


def mark_leaders(runs: list[Run], stops: etree._Element | None) -> None:
    """Tabs whose way is drawn as a line (`w:leader`) are lines to write on.

    Args:
        runs: of a paragraph; cut in place.
        stops: its `w:tabs`.
    """
    leaders = (
        [attribute(stop, "leader") in _DRAWN for stop in stops if local(stop) == "tab"] if stops is not None else []
    )
    if not any(leaders):
        return
    tab, done = 0, []
    for run in runs:
        for place, part in enumerate(run.text.split("\t")):
            if place:
                drawn = leaders[min(tab, len(leaders) - 1)]
                tab += 1
                done.append(replace(run, text="\t", underlined=run.underlined or drawn))
            if part:
                done.append(replace(run, text=part))
                tab = 0 if BREAK in part else tab
    runs[:] = done


def split_lines(runs: list[Run]) -> list[list[Run]]:
    """Cut runs at hard line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        parts = run.text.split(BREAK)
        for place, part in enumerate(parts):
            if place:
                lines.append([])
            if part:
                lines[-1].append(
                    Run(part, run.underlined, run.bold, run.size, run.struck, run.inserted, run.hidden, run.mark)
                )
    return lines


def to_piece(runs: list[Run]) -> Piece:
    """One line of runs as a piece with its marks."""
    text, marks = "", []
    for group in _groups(runs):
        start = len(text)
        words = "".join(run.text for run in group)
        if group[0].underlined:
            words, place, kind = _on_a_line(words)
            text += words
            if kind == "blank":
                marks.append(LocalMark("blank", start, len(text)))
            elif kind == "filled_blank" and len(group) < len(runs):
                marks.append(LocalMark("filled_blank", start + place[0], start + place[1]))
            continue
        for run in group:
            begin = len(text)
            text += run.text.replace("\t", " ")
            if run.mark == "blank" and not run.text.strip(BLANKS):
                text = text[:begin] + "_" * max(2, display_width(run.text))
            if run.mark:
                marks.append(LocalMark(run.mark, begin, len(text)))
            if run.struck and run.text.strip():
                marks.append(LocalMark("struck", begin, len(text)))
            if run.inserted and run.text.strip():
                marks.append(LocalMark("inserted", begin, len(text)))
    marked = {mark.start for mark in marks if mark.kind in ("checked", "unchecked")}
    for found in _BOX.finditer(text):
        if found.start() not in marked:
            state: MarkKind = "unchecked" if is_empty_box(found.group()) else "checked"
            marks.append(LocalMark(state, found.start(), found.end()))
    return _trimmed(text, marks)


def _groups(runs: list[Run]) -> list[list[Run]]:
    """Neighbours on one drawn line belong together, however Word has cut them."""
    groups: list[list[Run]] = []
    for run in runs:
        same = groups and groups[-1][-1].underlined and run.underlined
        if same and not run.mark and not groups[-1][-1].mark:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _on_a_line(words: str) -> tuple[str, tuple[int, int], str]:
    """Underlined characters: all blank is a blank; words keep one blank where the line shows beside them."""
    bare = words.strip(BLANKS)
    if not bare:
        width = sum(_TAB_WIDTH if char == "\t" else display_width(char) for char in words)
        return "_" * max(2, width), (0, 0), "blank"
    lead = " " if words[0] in BLANKS else ""
    tail = " " if words[-1] in BLANKS else ""
    bare = bare.replace("\t", " ")
    kind = "filled_blank" if len(bare) <= _LONGEST_FILLING else ""
    return lead + bare + tail, (len(lead), len(lead) + len(bare)), kind


def _trimmed(text: str, marks: list[LocalMark]) -> Piece:
    """Drop blanks at both ends and move the marks along."""
    begin = len(text) - len(text.lstrip(BLANKS))
    text = text.strip(BLANKS)
    kept = []
    for mark in marks:
        start, end = max(0, mark.start - begin), min(len(text), mark.end - begin)
        if start < end:
            kept.append(LocalMark(mark.kind, start, end))
    return Piece(text, marks=kept)


def join_lines(lines: list[Piece]) -> list[list[Piece]]:
    """Lines a person broke by hand: a sentence broken in its middle is one paragraph, other lines are several."""
    paragraphs: list[list[Piece]] = []
    for line in lines:
        if not line.text:
            continue
        if paragraphs and continues("".join(piece.text for piece in paragraphs[-1]), line.text):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs
