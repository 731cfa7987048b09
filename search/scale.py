"""Numbers as the index holds them: integers, scaled, so that no engine compares floats.

A fact is remembered twice: by itself, for single conditions, and with its place among the facts of its clause (its
slot), so that `deadline.who=甲方` and `deadline.workday=true` can be asked of one and the same deadline: a number gets
its slot in the upper bits (`2 << 57 | 50000`), a word in front (`2|deadline.who=甲方`).
"""

from decimal import ROUND_FLOOR, Decimal

from schema.values import TimeUnit

MONEY = 4
RATE = 9
PERCENT = 6
SLOTS = 32
SLOTTED = frozenset({"party.role"})
"""Words of facts that the index holds with their slots only: each clause has those of all parties of its contract."""

_SLOT_BITS = 57
LARGEST = (1 << _SLOT_BITS) - 1

MINUTES: dict[TimeUnit, Decimal] = {
    "minute": Decimal(1),
    "hour": Decimal(60),
    "day": Decimal(1440),
    "week": Decimal(10080),
    "month": Decimal(43830),
    "quarter": Decimal(131490),
    "year": Decimal(525960),
}
"""Usual lengths of the calendar for comparing: 12 months are a year of 365.25 days, a month is longer than 30 days."""


def scaled(value: Decimal, digits: int) -> int:
    """A number times 10 to the power of `digits`, rounded down, kept within 0 and `LARGEST`."""
    exact = value.scaleb(digits).to_integral_value(ROUND_FLOOR)
    return max(0, min(int(exact), LARGEST))


def minutes(number: Decimal, unit: TimeUnit) -> int:
    """Length of a time in minutes."""
    return scaled(number * MINUTES[unit], 0)


def slotted(slot: int, value: int) -> int:
    """A number with the slot of its fact; slots beyond the last share it."""
    return (min(slot, SLOTS - 1) << _SLOT_BITS) | value


def slot_term(slot: int, term: str) -> str:
    """A word with the slot of its fact."""
    return f"{min(slot, SLOTS - 1)}|{term}"


def day_number(iso: str, *, last: bool = False) -> int | None:
    """An ISO date or part of one as `yyyymmdd`; a missing month or day is filled with the first or the last.

    Args:
        iso: `2025-01-31`, `2025-01` or `2025`.
        last: fill with the end of the year or month instead of its beginning.
    """
    parts = iso.split("-")
    if not (1 <= len(parts) <= 3 and all(p.isdecimal() for p in parts) and len(parts[0]) == 4):
        return None
    filled = [int(p) for p in parts] + ([12, 31] if last else [1, 1])[len(parts) - 1 :]
    return filled[0] * 10_000 + filled[1] * 100 + filled[2]
