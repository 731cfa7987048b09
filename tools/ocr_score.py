"""How well lines were read: character errors, exact figures, lines under seals.

Text is compared after NFKC and without white space; a drawn blank counts as one character however long it is, for its
length is measured, not read. A read line belongs to the printed line it overlaps most.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tools.ocr_truth import Quad, TruePage

_FIGURES = (
    r"¥\d[\d,.]*\d",
    r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]{4,}",
    r"\d+(?:\.\d+)?%",
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?",
    r"\d[\d.,*/\-]*\d|\d",
)


@dataclass
class Score:
    """Counts of one or more pages; errors are single characters."""

    errors: int = 0
    characters: int = 0
    clear_errors: int = 0
    clear_characters: int = 0
    sealed_errors: int = 0
    sealed_characters: int = 0
    figures: int = 0
    exact: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def __add__(self, other: "Score") -> "Score":
        """Counts of both."""
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def cer(self) -> float:
        """Character errors in per cent."""
        return 100 * self.errors / max(1, self.characters)

    @property
    def clear_cer(self) -> float:
        """The same on pages without a seal."""
        return 100 * self.clear_errors / max(1, self.clear_characters)

    @property
    def sealed_cer(self) -> float:
        """The same on lines under a seal."""
        return 100 * self.sealed_errors / max(1, self.sealed_characters)


def normal(text: str) -> str:
    """Text as it is compared."""
    return re.sub(r"_+", "_", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))


def distance(one: str, other: str) -> int:
    """Edit distance, bit-parallel (Myers 1999)."""
    if not one or not other:
        return len(one) + len(other)
    masks: dict[str, int] = {}
    for place, char in enumerate(one):
        masks[char] = masks.get(char, 0) | 1 << place
    plus, minus, size, last = (1 << len(one)) - 1, 0, len(one), 1 << (len(one) - 1)
    full = (1 << len(one)) - 1
    for char in other:
        match = masks.get(char, 0)
        across = (((match & plus) + plus) ^ plus) | match | minus
        horizontal_plus = minus | ~(across | plus) & full
        horizontal_minus = plus & across
        if horizontal_plus & last:
            size += 1
        elif horizontal_minus & last:
            size -= 1
        horizontal_plus = (horizontal_plus << 1 | 1) & full
        plus = (horizontal_minus << 1) & full | ~(match | minus | horizontal_plus) & full
        minus = horizontal_plus & (match | minus)
    return size


def score_page(truth: TruePage, read: Sequence[tuple[str, Quad]]) -> Score:
    """Compare one page.

    Args:
        truth: what is printed.
        read: lines and their boxes, in points of the page as scanned.
    """
    printed = [normal(line.text) for line in truth.lines]
    mine: list[list[tuple[float, str]]] = [[] for _ in printed]
    extra = 0
    for text, box in read:
        best = max(range(len(printed)), key=lambda place: _overlap(truth.lines[place].box, box), default=None)
        if best is not None and _overlap(truth.lines[best].box, box) > 0.15:
            across = box[0] if truth.turn % 180 == 0 else box[1]
            mine[best].append((-across if truth.turn in (180, 270) else across, normal(text)))
        elif not any(_inside(box, seal) for seal in truth.seal_boxes):
            extra += len(normal(text))
    score = Score()
    for line, words, parts in zip(truth.lines, printed, mine, strict=True):
        got = "".join(text for _, text in sorted(parts))
        wrong = distance(words, got)
        score.errors += wrong
        score.characters += len(words)
        if line.sealed:
            score.sealed_errors += wrong
            score.sealed_characters += len(words)
        if wrong:
            score.wrong.append(f"{words} | {got}")
        total, missed = _figures(words, got)
        score.figures += total
        score.exact += total - len(missed)
        score.missed += [f"{item}: {words} | {got}" for item in missed]
    score.errors += extra
    if not truth.seals:
        score.clear_errors, score.clear_characters = score.errors, score.characters
    return score


def _overlap(one: Quad, other: Quad) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    small = min((one[2] - one[0]) * (one[3] - one[1]), (other[2] - other[0]) * (other[3] - other[1]))
    return wide * high / max(1e-6, small)


def _inside(box: Quad, seal: Quad) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return seal[0] <= x <= seal[2] and seal[1] <= y <= seal[3]


def _figures(words: str, got: str) -> tuple[int, list[str]]:
    """Count of the figures of a printed line, and those that do not stand in the read one, each place used once."""
    taken = [False] * len(words)
    wanted: list[str] = []
    for pattern in _FIGURES:
        for found in re.finditer(pattern, words):
            if not any(taken[found.start() : found.end()]):
                wanted.append(found.group())
                taken[found.start() : found.end()] = [True] * (found.end() - found.start())
    missed, total = [], len(wanted)
    whole = words
    for item in sorted(wanted, key=len, reverse=True):
        before = r"(?<![\d.])" if item[0].isdigit() else ""
        after = r"(?!\d)" if item[-1].isdigit() else ""
        if not re.search(before + re.escape(item) + after, whole):
            total -= 1  # a part of a longer code (B.1C) is no figure of its own
            continue
        place = re.search(before + re.escape(item) + after, got)
        if place is None:
            missed.append(item)
        else:
            got = got[: place.start()] + "\0" + got[place.end() :]
    return total, missed


def commonest_errors(scores: Sequence[Score], count: int) -> list[tuple[str, int]]:
    """Lines most often wrong, for a person to look at."""
    return Counter(line for score in scores for line in score.wrong).most_common(count)
