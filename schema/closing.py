"""Disputes, governing law and copies."""

from typing import Literal

from schema.base import Model, Number
from schema.span import Span


class Dispute(Model):
    """Where disputes go."""

    method: Literal["court", "arbitration", "several"]
    venue: str | None = None
    span: Span
    text: str


class GoverningLaw(Model):
    """Which law governs."""

    law: str
    span: Span
    text: str


class Share(Model):
    """How many copies a party gets."""

    party: str | None = None
    number: Number


class Copies(Model):
    """How many originals there are and who gets them."""

    total: Number | None = None
    shares: tuple[Share, ...] = ()
    span: Span
    text: str
