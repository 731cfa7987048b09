"""Labels without colons: a gap stands between label and value.

`地址  临川市望江路7号    电话  0600-80001201` below the name of a party. Labels with a colon are read in
nlp.extract.party_lines.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.extract.labels import FieldLabel, match_field
from nlp.extract.names import Place

_GAP = re.compile(r" {2,}|\t+| *\| *")
_PAIR = 2


def labels_and_values(text: str, start: int, end: int) -> Iterator[tuple[FieldLabel, Place]]:
    """Contacts of a line that holds nothing but labels and values, gaps between them.

    Args:
        text: folded text.
        start: first character of the line.
        end: its end.
    """
    pieces, at = list[Place](), start
    for gap in [*_GAP.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        if text[at:stop].strip():
            pieces.append((at, stop))
        at = gap.end() if gap else end
    labels = [_whole(text, *piece) for piece in pieces[::_PAIR]]
    if pieces and len(pieces) % _PAIR == 0 and all(labels):
        yield from ((label, value) for label, value in zip(labels, pieces[1::_PAIR], strict=True) if label)


def _whole(text: str, start: int, end: int) -> FieldLabel | None:
    label = match_field(text[start:end], 0, cell=True)
    return replace(label, start=start, end=start + label.end) if label and label.end == end - start else None
