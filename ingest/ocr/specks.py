"""Specks read as stops: a second look at lines that hold a mark where no text has one.

    .269      35.      第.17页      服务，.完成      0:01%      追偿，，同时      13、。为

The line is read again with small specks painted over. Only the odd mark itself may change, and only where the second
look does not see it: real decimal points are as small as specks, so everything else stays as first read.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.ocr.engine import Image

_MARK: Final = r"[.·•'`‘’]"
_HAN: Final = r"[\u4e00-\u9fff，。、；：）》”]"
# at the edge of the line; between Chinese characters; before a figure that begins a word; behind another stop
_ODD: Final = re.compile(
    rf"^{_MARK}+|(?<!\w){_MARK}+(?=\d)|(?<={_HAN}){_MARK}+|{_MARK}+(?=[\u4e00-\u9fff（《])|(?<=[\d\u4e00-\u9fff]){_MARK}+$"
    r"|(?<=[\u4e00-\u9fff])-$|(?<=[，。；：、,;])[，。、,]+|(?<=[，。；：、])-(?=[\u4e00-\u9fff])"
)
# 1. and 1.2. and a. number a clause
_NUMBERED: Final = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z])\.(?=\D)")
_COLON: Final = re.compile(r"(?<=\d):(?=\d+[%％‰])")
_SPECK: Final = 0.17


def odd_marks(text: str) -> list[int]:
    """Places of marks that no printed line has there."""
    numbered = _NUMBERED.match(text)
    start = numbered.end() if numbered else 0
    places = {place for found in _ODD.finditer(text) for place in range(*found.span()) if place >= start}
    places |= {found.start() for found in _COLON.finditer(text)}
    return sorted(places)


def without_specks(line: Image) -> Image:
    """Paint over dark specks much smaller than a character.

    Args:
        line: picture of one line; its height is about that of a character and a half.
    """
    grey = cv2.cvtColor(np.ascontiguousarray(line), cv2.COLOR_BGR2GRAY)
    window = max(3, grey.shape[0] // 2 * 2 + 1)
    ink: NDArray[Any] = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 18)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    side = max(3.0, _SPECK * grey.shape[0])
    small = (stats[:, 2] <= side) & (stats[:, 3] <= side)
    small[0] = False
    mask = cv2.dilate(small[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    clean: Image = np.array(line)
    clean[mask] = np.median(line.reshape(-1, 3), axis=0).astype(np.uint8)
    return clean


def specks_of(text: str, second: str) -> dict[int, str]:
    """Which odd marks a second look does not see.

    Args:
        text: the line as read.
        second: the line as read without specks.

    Returns:
        Place -> what stands there instead: nothing, or a stop for a colon.
    """
    odd = odd_marks(text)
    if not odd:
        return {}
    gone: dict[int, str] = {}
    for tag, start, end, other_start, other_end in SequenceMatcher(None, text, second, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        reach = end
        # of two like stops the first is said to be left out, and the second one is odd
        while tag == "delete" and reach < len(text) and text[reach] == text[start + reach - end]:
            reach += 1
        for place in [place for place in odd if start <= place < reach][: end - start]:
            if text[place] == ":":
                if second[other_start:other_end] in (".", ""):
                    gone[place] = "."
            else:
                gone[place] = ""
    return gone
