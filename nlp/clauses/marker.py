"""A candidate for the number of a clause, and how far out each style of numbers usually stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marker:
    """A candidate for the number of a clause.

    Attributes:
        style: how it is printed (`article`, `chinese_comma`, `decimal`).
        family: styles that may follow each other in one list (`1、` and `2.`).
        value: its count, from 1; the last component of a decimal.
        prefix: the components before the last of a decimal (`5.1.2` has 5, 1).
        start: offset of the number.
        number_end: offset behind the number as printed, without 、 and dots.
        end: offset where its words begin.
        weight: cost of taking it for no number; near 0 for what is rarely one.
        line: index of its line.
        inline: whether it stands inside a line.
        titled: whether no more than a title stands behind it on its line.
        proven: whether the next number is a decimal of it (`15. 保修 ⏎ 15.4.3`).
        other: a second reading: `i.` is a letter or a Roman one.
    """

    style: str
    family: str
    value: int
    start: int
    number_end: int
    end: int
    weight: float
    prefix: tuple[int, ...] = ()
    line: int = 0
    inline: bool = False
    titled: bool = False
    proven: bool = False
    other: "Marker | None" = None


# how far out a style usually stands
RANK = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "article": 3,
    "english_article": 3,
    "capital": 4,
    "ordinal": 4,
    "chinese": 4,
    "heading": 2,
    "subheading": 3,
    "chinese_bracket": 5,
    "arabic": 6,
    "decimal2": 6,
    "decimal3": 7,
    "paragraph": 7,
    "arabic_bracket": 7,
    "decimal4": 8,
    "item": 8,
    "circled": 8,
    "lower": 8,
    "upper": 8,
    "roman_lower": 8,
    "roman_upper": 6,
    "decimal5": 9,
    "lettered1": 6,
    "lettered2": 7,
    "lettered3": 8,
}
