"""All values of a text, read once."""

from dataclasses import dataclass, field

from nlp.values.blanks import Blank, find_blanks
from nlp.values.comments import find_comments
from nlp.values.dates import Date, find_dates
from nlp.values.durations import Duration, find_durations
from nlp.values.found import Found
from nlp.values.identifiers import Identifier, find_identifiers
from nlp.values.money import Money, find_money
from nlp.values.rates import Rate, find_rates


@dataclass(frozen=True)
class Values:
    """What the readers found in one text, each list in text order.

    Attributes:
        others: lists of one kind of value; lists may overlap each other (the 2025 年 of a date is in no other list, but
            a number inside a bracket is both a blank and a length of time).
    """

    money: list[Money] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    durations: list[Duration] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)

    def ranges(self) -> list[tuple[int, int]]:
        """Places that tokenizing must not cut or cross: ordered, disjoint, the longer of two that overlap joined."""
        every: list[Found] = [*self.money, *self.rates, *self.durations, *self.dates, *self.identifiers, *self.blanks]
        joined: list[tuple[int, int]] = []
        for start, end in sorted((f.start, f.end) for f in every):
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined


def scan_values(text: str) -> Values:
    """Read all values of a text; what reviewers typed into a draft holds none.

    Args:
        text: folded text.
    """
    comments = [Found(start, end) for start, end in find_comments(text)]
    said = _Taken(comments)
    dates = [d for d in find_dates(text) if not said.holds(d)]
    identifiers = [i for i in find_identifiers(text) if not said.holds(i)]
    taken = _Taken([*dates, *identifiers, *comments])
    return Values(
        money=[m for m in find_money(text) if not taken.holds(m)],
        rates=[r for r in find_rates(text) if not taken.holds(r)],
        durations=[d for d in find_durations(text) if not taken.holds(d)],
        dates=dates,
        identifiers=identifiers,
        blanks=find_blanks(text),
    )


class _Taken:
    """Places of values that are certain by their form: inside them no other value is read."""

    def __init__(self, found: list[Found]) -> None:
        self._starts: set[int] = set()
        for item in found:
            self._starts.update(range(item.start, item.end))

    def holds(self, item: Found) -> bool:
        return item.start in self._starts and item.end - 1 in self._starts
