"""Working days by the official calendar of the State Council, and by rule where it is not yet announced.

The calendar is published a year at a time, in autumn. `chinesecalendar` carries it; beyond its last year it raises,
so there the rule decides (Monday to Friday, less the holidays with fixed dates of 全国年节及纪念日放假办法) and the
answer is provisional.
"""

import datetime
from functools import cache, lru_cache

_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
_ONE = datetime.timedelta(days=1)


@cache
def known_until() -> datetime.date:
    """The last day of the announced calendar."""
    from chinese_calendar.constants import holidays

    return datetime.date(max(holidays).year, 12, 31)


@cache
def known_from() -> datetime.date:
    """The first day of the calendar."""
    from chinese_calendar.constants import holidays

    return datetime.date(min(holidays).year, 1, 1)


def is_known(day: datetime.date) -> bool:
    """Whether the official calendar has this day."""
    return known_from() <= day <= known_until()


@lru_cache(maxsize=20_000)  # the library looks through all its holidays for every day it is asked about
def is_workday(day: datetime.date) -> bool:
    """Whether people work on a day: by the calendar where it is known, else by rule."""
    if not is_known(day):
        return day.weekday() < 5 and (day.month, day.day) not in _FIXED
    from chinese_calendar import is_workday as by_calendar

    return bool(by_calendar(day))


def next_workday(day: datetime.date) -> datetime.date:
    """The day itself when people work on it, else the first one after it."""
    while not is_workday(day):
        day += _ONE
    return day


def add_workdays(start: datetime.date, number: int) -> datetime.date:
    """The working day so many after a day, which is not counted; backwards when the number is negative."""
    day, left = start, abs(number)
    while left:
        day += _ONE if number > 0 else -_ONE
        left -= is_workday(day)
    return day
