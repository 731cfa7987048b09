"""What a printed form leaves to be filled in, chosen and signed."""

from typing import Literal

from schema.base import Model
from schema.elements import Element
from schema.span import Span

BlankState = Literal["empty", "filled", "struck"]


class Blank(Element):
    """A place of the form to be filled in.

    Attributes:
        field: the label it belongs to (`合同编号`).
        state: empty, filled (`_790,000_`), or struck out (`/`, `无`).
    """

    field: str | None = None
    state: BlankState


class Option(Model):
    """One of several printed alternatives, and whether it is chosen."""

    text: str
    checked: bool
    span: Span


class Choice(Element):
    """Printed alternatives with boxes or numbers, and which one is chosen."""

    options: tuple[Option, ...]


class Signature(Element):
    """One signature block.

    Attributes:
        part: id of the part it stands in.
        party: party id; None when the page does not say.
        signed: whether a name is written; None when that cannot be seen.
        sealed: whether a seal was found; None when that cannot be seen.
        signer: name as printed or written.
        date: ISO, as far as written.
    """

    part: str | None = None
    party: str | None = None
    signed: bool | None = None
    sealed: bool | None = None
    signer: str | None = None
    date: str | None = None
