"""Where two readers saw different figures: the better reading stays, the difference is shown.

careful reader: 32个月    quick reader: 12个月      -> suspect on 32, alternative 12
careful reader: 269       quick reader: .269        -> none: no figure begins with a stop, that is a speck
careful reader: 捌拾万元  quick reader: 捌拾方元    -> none: 方 is no numeral, so only one reading is an amount
"""

import re
from difflib import SequenceMatcher
from typing import Final

from ingest.blocks import LocalSuspect
from ingest.ocr.specks import odd_marks

_FIGURE: Final = re.compile(r"[0-9０-９]|[¥￥%％‰]|[零壹贰叁肆伍陆柒捌玖拾佰仟萬]")
_RUN: Final = re.compile(r"[0-9０-９.,，．:：/\-—%％‰¥￥零壹贰叁肆伍陆柒捌玖拾佰仟万萬亿元角分]+")
_EDGES: Final = ".,，．:：/-—·、"
_SAME: Final = str.maketrans("，：；（）％￥．—–一", ",:;()%¥.---")


def find_suspects(text: str, other: str, reader: str) -> list[LocalSuspect]:
    """Figures on which a second reading disagrees.

    Args:
        text: the reading that stands.
        other: the second reading of the same line.
        reader: who made it.

    Returns:
        One suspect a run of figures; differences in blanks and in the width of punctuation are none.
    """
    one, places = _bare(text)
    two, _ = _bare(other)
    if one == two:
        return []
    found: list[LocalSuspect] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal" or not _FIGURE.search(one[start:end] + two[other_start:other_end] + _around(one, start, end)):
            continue
        left, right = _whole_run(one, start, end)
        if left == right or not _FIGURE.search(one[left:right]):
            continue
        alternative = one[left:start] + two[other_start:other_end] + one[end:right]
        if not _is_other_figure(one[left:right], alternative):
            continue
        doubt = LocalSuspect(
            places[left], places[right - 1] + 1, alternative, f"the {reader} reader saw {alternative or 'nothing'}"
        )
        if not found or found[-1].end <= doubt.start:
            found.append(doubt)
    return found


def _bare(text: str) -> tuple[str, list[int]]:
    """The characters that count, and where they stand."""
    specks = set(odd_marks(text))
    places = [place for place, char in enumerate(text) if not char.isspace() and (place not in specks or char == ":")]
    # the odd colon is the stop of a figure (0:01%)
    return "".join("." if place in specks else text[place] for place in places).translate(_SAME), places


def _is_other_figure(reading: str, alternative: str) -> bool:
    """Whether a second reading is a figure, too, and another one; marks at its edges are specks."""
    one, other = reading.strip(_EDGES), alternative.strip(_EDGES)
    return bool(other) and one != other and _RUN.fullmatch(other) is not None


def _around(text: str, start: int, end: int) -> str:
    """The characters beside a difference: a stop read into a number touches its digits."""
    return text[max(0, start - 1) : start] + text[end : end + 1]


def _whole_run(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole number a difference touches."""
    for run in _RUN.finditer(text):
        if run.start() <= end and start <= run.end():
            return min(run.start(), start), max(run.end(), end)
    return start, end
