"""What an engine makes of a marked document: numbers misread, blanks inside them, page marks left in the text."""

import random
import re

from tests.support.trees import MarkedTree

_NUMBER = re.compile(
    r"[^\n一-龥]*(?:第[^\n]{1,5}[条章]|[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d[\d.]*[、．.）)]?)"
)
MISREAD = [
    ("第", "笫"),
    ("一", "—"),
    ("、", "，"),
    ("、", "."),
    ("．", "."),
    ("．", "、"),
    ("（", "("),
    ("）", ")"),
    ("（", "〔"),
    ("1", "l"),
    ("1", "I"),
    ("条", "奈"),
    ("十", "+"),
    ("0", "O"),
    ("）", "】"),
    (".", "。"),
    ("二", "ニ"),
    ("三", "Ξ"),
]
LINES_A_PAGE = 28


def damaged(tree: MarkedTree, chance: random.Random, *, share: float, pages: bool) -> tuple[str, list[int]]:
    """The text as misread, and where the clauses begin in it.

    Args:
        tree: the document.
        chance: source of chance.
        share: of the numbers in which one character is misread; as many get a blank.
        pages: whether page marks stand between the lines.
    """
    text = tree.document.text
    begins = [start for _, start, _ in tree.clauses]
    changes = dict(change for start in begins if (change := _change(text, start, chance, share)))
    out: list[str] = []
    moved: dict[int, int] = {}
    length = lines = 0
    for place, char in enumerate(text):
        moved[place] = length
        printed = changes.get(place, char)
        if char == "\n":
            lines += 1
            if pages and lines % LINES_A_PAGE == 0:
                page = lines // LINES_A_PAGE
                printed += chance.choice([f"- {page} -\n", f"第{page}页 共9页\n", f"{page}/9\n"])
        out.append(printed)
        length += len(printed)
    return "".join(out), [moved[start] for start in begins]


def _change(text: str, start: int, chance: random.Random, share: float) -> tuple[int, str] | None:
    number = match[0] if (match := _NUMBER.match(text[start : start + 7])) else text[start : start + 3]
    if chance.random() < share:
        fitting = [(a, b) for a, b in MISREAD if a in number]
        if fitting:
            wrong, read = chance.choice(fitting)
            return start + number.index(wrong), read
    elif chance.random() < share and len(number) > 1 and number[1] != "\n":
        return start + 1, number[1] + " "
    return None
