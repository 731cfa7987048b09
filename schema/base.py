"""Base model and number types of the record.

Money, rates and quantities are `Decimal` in Python and decimal strings in JSON (`"4004736.60"`), never floats: a float
cannot hold 0.1 and a contract cannot afford the difference.
"""

from decimal import Decimal
from typing import Annotated, Any

from annotated_types import Ge
from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema

DECIMAL_PATTERN = r"^-?\d+(\.\d+)?$"


class Model(BaseModel):
    """A frozen value object; unknown fields are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def _exact(value: object) -> object:
    """Refuse floats, which have already lost digits before they arrive here."""
    if isinstance(value, float | bool):
        raise ValueError("a decimal string is expected, a float would lose digits")
    return value


def _plain(value: Decimal) -> str:
    """Write a decimal without an exponent: `1E+2` becomes `100`."""
    return format(value, "f")


_DECIMAL_JSON: dict[str, Any] = {"type": "string", "pattern": DECIMAL_PATTERN}

Number = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(_plain, return_type=str, when_used="json"),
    WithJsonSchema(_DECIMAL_JSON),
]
"""A decimal number; in JSON a decimal string."""

Ordinal = Annotated[int, Ge(1)]
"""A place in a sequence, from 1."""

Box = tuple[float, float, float, float]
"""`x0, y0, x1, y1` in points (1/72 inch), origin at the top left of the upright page."""
