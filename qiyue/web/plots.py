"""Bars drawn on the server: plain SVG, no script, every bar with its number and a place to go on to."""

from collections.abc import Iterable
from dataclasses import dataclass

_WIDTH, _LABEL, _VALUE, _ROW = 560, 170, 130, 26
_LONGEST_LABEL = 13


@dataclass(frozen=True)
class Bar:
    """One value.

    Attributes:
        label: what it is of.
        value: length of the bar.
        shown: the value in words.
        address: where it leads; None for nowhere.
        tone: class of its colour.
    """

    label: str
    value: float
    shown: str
    address: str | None = None
    tone: str = ""


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its place, in units of the picture."""

    bar: Bar
    short: str
    y: int
    width: float


@dataclass(frozen=True)
class Plot:
    """A picture of bars, the longest of full width."""

    bars: tuple[DrawnBar, ...]
    width: int
    height: int
    left: int
    row: int


def plot(bars: Iterable[Bar]) -> Plot:
    """Lay bars out, from top to bottom."""
    bars = list(bars)
    longest = max((bar.value for bar in bars), default=0) or 1
    room = _WIDTH - _LABEL - _VALUE
    drawn = tuple(
        DrawnBar(bar, _short(bar.label), number * _ROW, round(max(bar.value / longest, 0) * room, 1))
        for number, bar in enumerate(bars)
    )
    return Plot(drawn, _WIDTH, len(bars) * _ROW, _LABEL, _ROW)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
