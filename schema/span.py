"""Places in the canonical text: half-open ranges of Unicode code points."""

from typing import Self

from pydantic import Field, model_validator

from schema.base import Model


class Span(Model):
    """A half-open range `[start, end)` of code points of the canonical text.

    `text[span.start:span.end]` is exactly the text of the finding that carries the span. An empty span marks a place
    (an empty table cell, a label with nothing behind it).
    """

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"a span ends before it starts: {self.start}..{self.end}")
        return self

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def contains(self, other: "Span") -> bool:
        """Whether the other span lies inside this one (borders included)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether both share at least one code point; empty spans overlap nothing."""
        return self.start < other.end and other.start < self.end and len(self) > 0 and len(other) > 0

    def of(self, text: str) -> str:
        """The words at this place of the canonical text."""
        return text[self.start : self.end]


class Evidence(Model):
    """Why a finding was made: the rule that fired and the words it fired on.

    Attributes:
        rule: id of the rule, as listed in docs/rules.md (`penalty.rate_per_day`).
        cues: places of the words the rule needed.
    """

    rule: str
    cues: tuple[Span, ...] = ()


class SpannedText(Model):
    """Words with their place; `text` is the value as a person would copy it."""

    text: str
    span: Span
