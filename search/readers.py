"""Typed values of filters as exact numbers: `100万`, `13%`, `万分之五`, `30day`, `5个工作日`, `2025-01`."""

import re
from collections.abc import Callable
from decimal import Decimal

from schema.values import TimeUnit
from search.numbers import find_numbers, parse_number
from search.scale import MONEY, PERCENT, RATE, day_number, minutes, scaled

Bounds = tuple[int, int]
"""The smallest and the largest scaled value that a typed value stands for; equal but for dates without a day."""

_MONEY_MARKS = re.compile(r"[\s￥¥$]|人民币|RMB|CNY|元整|[元圆圓块]?[整正]?$", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(?P<number>[^a-zA-Z个工小日天周星月季年分时]+)\s*(?P<unit>\S+?)s?\s*", re.IGNORECASE)
_UNITS: dict[str, TimeUnit] = {
    "minute": "minute",
    "min": "minute",
    "分钟": "minute",
    "hour": "hour",
    "小时": "hour",
    "day": "day",
    "日": "day",
    "天": "day",
    "自然日": "day",
    "week": "week",
    "周": "week",
    "星期": "week",
    "month": "month",
    "月": "month",
    "quarter": "quarter",
    "季度": "quarter",
    "year": "year",
    "年": "year",
}
_WORKDAYS = ("workday", "working day", "工作日")
_DATE = re.compile(r"\s*(\d{4})(?:\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?)?\s*[年月日号]?\s*")


def _number(text: str) -> Decimal:
    """Exactly one plain number, in any writing."""
    marks = text.strip()
    with_unit = [n.token for n in find_numbers(marks)]
    bare = _MONEY_MARKS.sub("", marks)
    for candidate in ([n.token for n in find_numbers(bare + "元")], with_unit):
        if len(candidate) == 1 and re.fullmatch(r"\d+(\.\d+)?", candidate[0]):
            return Decimal(candidate[0])
    return parse_number(bare)


def read_money(text: str) -> Bounds:
    """`100万`, `￥1,000,000.00`, `壹佰万元整`.

    Raises:
        ValueError: it is no single sum.
    """
    value = scaled(_number(text), MONEY)
    return value, value


def read_rate(text: str) -> Bounds:
    """`0.13`, `13%`, `百分之十三`, `万分之五`: a fraction.

    Raises:
        ValueError: it is no single rate.
    """
    tokens = [n.token for n in find_numbers(text)]
    rates = [token.removeprefix("rate=") for token in tokens if token.startswith("rate=")]
    value = scaled(Decimal(rates[0]) if len(rates) == 1 else _number(text), RATE)
    return value, value


def read_percent(text: str) -> Bounds:
    """`70` or `70%`: percentage points.

    Raises:
        ValueError: it is no number.
    """
    value = scaled(_number(text.strip().rstrip("%％")), PERCENT)
    return value, value


def read_length(text: str) -> tuple[str, Bounds]:
    """`30day`, `5 workdays`, `3个月`, `三十日`.

    Returns:
        The index field (workdays compare only with workdays) and the value.

    Raises:
        ValueError: number or unit is missing.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError("a number and a unit are expected")
    number = parse_number(match["number"].strip().strip("【】[]"))
    unit = match["unit"].lower().removeprefix("个")
    if unit in _WORKDAYS:
        value = scaled(number, MONEY)
        return "deadline_workdays", (value, value)
    if unit not in _UNITS:
        raise ValueError(f"no unit of time: {unit}")
    value = minutes(number, _UNITS[unit])
    return "deadline_minutes", (value, value)


def read_date(text: str) -> Bounds:
    """`2025-01-31`, `2025年1月`, `2025`: first and last day of it as `yyyymmdd`.

    Raises:
        ValueError: it is no date.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("a date is expected")
    iso = "-".join(f"{int(part):02}" for part in match.groups() if part)
    first, last = day_number(iso), day_number(iso, last=True)
    if first is None or last is None or not (101 <= first % 10_000 <= 1231 and 1 <= first % 100 <= 31):
        raise ValueError("there is no such date")
    return first, last


Reader = Callable[[str], Bounds]
