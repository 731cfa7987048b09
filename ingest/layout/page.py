"""A page as lines, rules and boxes on paper, wherever they came from: a text layer or a picture.

Coordinates are points, origin at the top left of the upright page.
"""

from dataclasses import dataclass, field

from ingest.blocks import LocalMark, LocalSuspect, PageInfo
from schema.base import Box
from schema.page import Furniture, Grade, Origin
from schema.problem import Problem


@dataclass(slots=True)
class TextLine:
    """Characters that stand side by side.

    Attributes:
        text: the characters.
        box: their place.
        centres: x of the middle of each character of `text`.
        size: height of a Chinese character (font size) in points.
        bold: whether they are bold; None when that cannot be seen.
        confidence, grade, reason: how sure the reading is.
        marks, suspects: see `ingest.blocks.Piece`.
    """

    text: str
    box: Box
    centres: list[float]
    size: float
    bold: bool | None = None
    confidence: float = 1.0
    grade: Grade = "good"
    reason: str | None = None
    marks: list[LocalMark] = field(default_factory=list)
    suspects: list[LocalSuspect] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Left edge."""
        return self.box[0]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.box[2]

    @property
    def middle(self) -> float:
        """Y of its middle."""
        return (self.box[1] + self.box[3]) / 2

    def cut(self, start: int, end: int) -> "TextLine":
        """A part of the line, half-open range of its characters, with the marks and suspects inside."""
        x0, y0, x1, y1 = self.box
        half = self.size / 2
        left = x0 if start == 0 else max(x0, (self.centres[start - 1] + self.centres[start]) / 2)
        right = x1 if end >= len(self.text) else min(x1, (self.centres[end - 1] + self.centres[end]) / 2)
        part = TextLine(
            text=self.text[start:end],
            box=(left, y0, max(right, left + min(half, x1 - x0)), y1),
            centres=self.centres[start:end],
            size=self.size,
            bold=self.bold,
            confidence=self.confidence,
            grade=self.grade,
            reason=self.reason,
        )
        part.marks = [
            LocalMark(mark.kind, mark.start - start, mark.end - start)
            for mark in self.marks
            if start <= mark.start and mark.end <= end
        ]
        part.suspects = [
            LocalSuspect(doubt.start - start, doubt.end - start, doubt.alternative, doubt.reason)
            for doubt in self.suspects
            if start <= doubt.start and doubt.end <= end
        ]
        return part


@dataclass(slots=True)
class Rule:
    """A drawn straight line, horizontal or vertical.

    Attributes:
        x0, y0, x1, y1: its ends.
        solid: its longest stretch without a gap, in points; None when it is drawn and not found in a picture.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    solid: float | None = None

    @property
    def horizontal(self) -> bool:
        """Whether it lies."""
        return abs(self.x1 - self.x0) >= abs(self.y1 - self.y0)

    @property
    def length(self) -> float:
        """Its length in points."""
        return max(abs(self.x1 - self.x0), abs(self.y1 - self.y0))


@dataclass(slots=True)
class TickBox:
    """A small drawn square, ticked or not."""

    box: Box
    ticked: bool


@dataclass(slots=True)
class PageContent:
    """All that a reader found on one page.

    `tilt` leads from points of the straightened page, in which everything here is given, to the page as scanned.
    """

    info: PageInfo
    lines: list[TextLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    tick_boxes: list[TickBox] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    tilt: tuple[float, float, float, float, float, float] | None = None

    def shown(self, box: Box) -> Box:
        """Where a box of the straightened page lies on the page as scanned."""
        if self.tilt is None:
            return box
        a, b, c, d, e, f = self.tilt
        corners = [(box[x], box[y]) for x in (0, 2) for y in (1, 3)]
        xs = [a * x + b * y + c for x, y in corners]
        ys = [d * x + e * y + f for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def lost_page(number: int, why: str, *, origin: Origin) -> PageContent:
    """A page that cannot be read costs itself only."""
    info = PageInfo(
        number=number, width=595.0, height=842.0, origin=origin, reason="page failed", grade="poor",
        grade_reason="the page could not be read",
    )  # fmt: skip
    problem = Problem(
        code="page_failed",
        severity="error",
        message=f"page {number} could not be read ({why}): look at it by eye",
        page=number,
    )
    return PageContent(info, problems=[problem])
