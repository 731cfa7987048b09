"""When a period ends: 民法典 第二百条 to 第二百零四条.

    200  periods are counted by the calendar: years, months, days, hours
    201  counted in years, months, days: the first day is not counted; in hours: from the hour agreed
    202  in years or months: the day of the same number in the last month, or the last day of that month
    203  a last day that is an official rest day: the day after the rest days end
    204  unless a law or the parties have it otherwise

Working days are counted by the official calendar. A period of hours ends at an hour: here only its day is known.
"""

import calendar
import datetime
import math
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.workdays import add_workdays, is_known, is_workday, next_workday

_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_HOURS = {"minute": Decimal(1) / 60, "hour": Decimal(1)}
_FURTHEST = 100_000


@dataclass(frozen=True)
class End:
    """The last day of a period.

    Attributes:
        day: it.
        provisional: the calendar of a year it depends on is not yet announced.
        moved_from: the rest day it would have been.
        basis: the rule, for people.
    """

    day: datetime.date
    provisional: bool = False
    moved_from: datetime.date | None = None
    basis: str = ""


def end_of_period(start: datetime.date, number: Decimal, unit: str, *, workday: bool = False) -> End | None:
    """The last day of a period that begins with an event.

    Args:
        start: day of the event.
        number: how many units.
        unit: minute, hour, day, week, month, quarter or year.
        workday: whether working days are counted (only days are).

    Returns:
        None for a length the calendar does not settle (a third of a month).
    """
    if number < 0 or number > _FURTHEST:
        return None
    try:
        if workday and unit == "day":
            return _in_workdays(start, number)
        if unit in _HOURS:
            days = math.floor(number * _HOURS[unit] / 24)  # the earlier day, when the hour is not known
            return End(
                start + datetime.timedelta(days=days), basis="按小时计算，截止时刻以约定起算时刻为准（民法典201条）"
            )
        last = _plain_end(start, number, unit)
    except (OverflowError, ValueError):
        return None
    return _moved(last) if last else None


def before(event: datetime.date, number: Decimal, unit: str, *, workday: bool = False) -> End | None:
    """The last day on which something due so long before an event is in time.

    The day of the event is not counted, as the first day is not; a rest day is not moved: later would be too late.
    """
    if number < 0 or number > _FURTHEST:
        return None
    try:
        if workday and unit == "day":
            if number != int(number):
                return None
            day = add_workdays(event, -int(number))
            return End(day, provisional=not is_known(event), basis="自事件日往前计工作日，当日不计")
        if unit in _HOURS:
            day = event - datetime.timedelta(days=math.ceil(number * _HOURS[unit] / 24))
        elif (found := _plain_end(event, -number, unit)) is not None:
            day = found
        else:
            return None
    except (OverflowError, ValueError):
        return None
    return End(day, basis="自事件日往前计算，当日不计")


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The day of the same number so many months later, or the last day of that month (民法典 202).

    Raises:
        ValueError: beyond the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def _plain_end(start: datetime.date, number: Decimal, unit: str) -> datetime.date | None:
    """Without regard to rest days."""
    if unit in _DAYS:
        days = number * _DAYS[unit]
        return start + datetime.timedelta(days=int(days)) if days == int(days) else None
    months = number * _MONTHS[unit]
    return add_months(start, int(months)) if months == int(months) else None


def _in_workdays(start: datetime.date, number: Decimal) -> End | None:
    if number != int(number):
        return None
    day = add_workdays(start, int(number))
    return End(day, provisional=not is_known(day), basis="工作日按国务院公布的放假安排计算，起算日不计（民法典201条）")


def _moved(day: datetime.date) -> End:
    """The last day, moved off rest days (民法典 203)."""
    end = End(day, provisional=not is_known(day), basis="起算日不计（民法典201条）")
    if is_workday(day):
        return end
    later = next_workday(day)
    words = "起算日不计，末日为休息日，顺延至次一工作日（民法典201、203条）"
    return replace(end, day=later, moved_from=day, provisional=not is_known(later), basis=words)
