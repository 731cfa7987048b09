"""Three parties or more who sign side by side, and the rest of signatures that a page break has cut.

    甲方（盖章）：      乙方（盖章）：      丙方（盖章）：
    法定代表人：        法定代表人：        法定代表人：      read party by party
    2025年3月1日        2025年3月2日        2025年3月2日

Two parties side by side are told in `ingest.layout.order`, where their gutter may move from row to row.
"""

import re
from collections.abc import Sequence
from typing import Final

from ingest.layout.page import TextLine
from ingest.layout.rows import Row
from ingest.unroll import is_party

_SECOND_LABEL: Final = re.compile(r"(?<=\S)[ \u3000]+(?=[^\s：:，。；]{2,14}[：:])")
_LABEL: Final = re.compile(r"\s*([^\s：:，。；（(][^：:，。；]{0,15})[：:]")
_DATE: Final = re.compile(r"\s*[\d_ ]*年[\d_ ]*月[\d_ ]*日\s*\Z")
_FARTHEST: Final = 4.0
_NEAR: Final = 2.5

Run = tuple[int, list[list[TextLine]]]
"""First row behind a block of parties, and the lines of each."""


def parties_abreast(rows: Sequence[Row], start: int) -> Run | None:
    """The blocks of three parties or more that begin with a row; None when it names no such parties."""
    names = [line.text.lstrip()[:2] for line in rows[start].lines]
    if len(names) < 3 or len(set(names)) < len(names) or not all(is_party(line.text) for line in rows[start].lines):
        return None
    run = _run(rows, start)
    return run if run[0] > start + 1 else None


def rest_of_parties(rows: Sequence[Row], count: int) -> Run | None:
    """The rest of signature blocks at the top of a page: None when its first row is not the same for all parties.

    Args:
        rows: of the page.
        count: how many parties stood side by side at the end of the page before.
    """
    if not rows or len(rows[0].lines) != count:
        return None
    texts = [line.text for line in rows[0].lines]
    labels = [found[1].replace(" ", "") if (found := _LABEL.match(text)) else None for text in texts]
    if not all(map(_DATE.match, texts)) and (None in labels or len(set(labels)) > 1):
        return None
    return _run(rows, 0)


def _run(rows: Sequence[Row], start: int) -> Run:
    first = rows[start].lines
    anchors = [line.left for line in first]
    columns = [[line] for line in first]
    end = start + 1
    while end < len(rows):
        row = rows[end]
        placed = _placed(row, anchors)
        if placed is None or row.top - rows[end - 1].bottom > _FARTHEST * first[0].size:
            break
        if len(placed) == 1 and row.top - rows[end - 1].bottom > _NEAR * first[0].size:
            break
        for column, line in placed:
            columns[column].append(line)
        end += 1
    return end, columns


def _placed(row: Row, anchors: Sequence[float]) -> list[tuple[int, TextLine]] | None:
    """The column of each line of a row; None when the row belongs to no columns."""
    lines = row.lines
    if len(lines) < len(anchors):
        # a long value pushes the label behind it close
        lines = [part for line in lines for part in _parts(line)]
    if len(lines) == len(anchors):
        return list(enumerate(lines))
    columns = [min(range(len(anchors)), key=lambda place: abs(anchors[place] - line.left)) for line in lines]
    if len(lines) > len(anchors) or len(set(columns)) < len(columns):
        return None
    ends = [*anchors[1:], float("inf")]
    if any(line.right > ends[column] + line.size for line, column in zip(lines, columns, strict=True)):
        return None
    return list(zip(columns, lines, strict=True))


def _parts(line: TextLine) -> list[TextLine]:
    """A line cut before each label that stands behind a blank."""
    cuts = list(_SECOND_LABEL.finditer(line.text)) if _LABEL.match(line.text) else []
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(line.text)]
    return [line.cut(start, end) for start, end in zip(starts, ends, strict=True)] if cuts else [line]
