"""Which events a period is counted from: 合同签订生效后，甲方收到乙方发票 → 生效 and 发票.

    find_events("最终验收合格并收到发票")   # [Event("验收", "最终"), Event("发票")]

The words are data (corpus/data/events.toml). Deliberately left out: which of two events joined by 或 counts, and events
that come again and again (每批, 每次): those have no one date.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_JOINTS = re.compile(r"[，、；,;]|(?<!合)并(?!网)|[且及和与](?!其)")
_CHOICE = re.compile(r"或者?|孰")
_AGAIN = re.compile(r"[每各]|分别|逐")
_TAIL = re.compile(r"(?:之日|之时|当日|后|时|起|内)+$")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|[“”\"《》]")


@dataclass(frozen=True)
class Event:
    """Something that happens on a day.

    Attributes:
        name: of the sort of event, or its own words when no sort is known.
        qualifier: which one of its sort (`最终`, `第一批`); empty when nothing tells.
        again: it comes again and again, and has no one day.
    """

    name: str
    qualifier: str = ""
    again: bool = False

    def __str__(self) -> str:
        """As a person would name it."""
        return f"{self.qualifier}{self.name}"


@dataclass(frozen=True)
class Trigger:
    """What must have happened before a period begins.

    Attributes:
        events: all of them.
        choice: one of them is enough, which one the words do not settle.
    """

    events: tuple[Event, ...]
    choice: bool = False


def find_trigger(words: str) -> Trigger:
    """The events a trigger names.

    Args:
        words: as the contract has them.
    """
    plain = _BRACKETS.sub("", words)
    pieces = [piece for piece in _JOINTS.split(_CHOICE.sub("，", plain)) if piece.strip()]
    events = dict.fromkeys(event for piece in pieces if (event := find_event(piece)) is not None)
    return Trigger(tuple(events), choice=_CHOICE.search(plain) is not None and len(events) > 1)


def find_event(piece: str) -> Event | None:
    """The event one piece names; None when only filling words are left of it."""
    piece = "".join(piece.split())
    for name, pattern in _patterns():
        if found := pattern.search(piece):
            rest = _strip(piece[: found.start()] + "\n" + piece[found.end() :])
            return Event(name, rest, again=bool(_AGAIN.search(piece)))
    if not _strip(piece):
        return None
    return Event(_TAIL.sub("", piece), again=bool(_AGAIN.search(piece)))


@cache
def read_events() -> dict[str, Any]:
    """The table as it is written."""
    return tomllib.loads(resources.files("corpus.data").joinpath("events.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (row["name"], re.compile("|".join(map(re.escape, sorted(row["words"], key=len, reverse=True)))))
        for row in read_events()["event"]
    )


@cache
def _neutral() -> re.Pattern[str]:
    words = sorted(read_events()["neutral"]["words"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _strip(words: str) -> str:
    """What is left without neutral words and other events."""
    for _, pattern in _patterns():
        words = pattern.sub("\n", words)
    return re.sub(r"[\n\W]", "", _neutral().sub("\n", words))
