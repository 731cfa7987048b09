"""民法典 200–204 and the official calendar, on days anybody can look up."""

import datetime
from decimal import Decimal

import pytest

from corpus.periods import add_months, before, end_of_period
from corpus.workdays import add_workdays, is_known, is_workday, known_until


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "works"),
    [
        ("2025-01-01", False),  # 元旦
        ("2025-01-26", True),  # Sunday, 调休
        ("2025-01-28", False),  # 除夕
        ("2025-02-05", True),
        ("2025-02-08", True),  # Saturday, 调休
        ("2025-09-28", True),  # Sunday, 调休
        ("2025-10-08", False),
        ("2025-10-11", True),  # Saturday, 调休
        ("2025-03-15", False),  # Saturday
    ],
)
def test_the_official_calendar_decides(date: str, works: bool) -> None:
    assert is_workday(day(date)) is works
    assert is_known(day(date))


def test_beyond_the_announced_years_the_rule_decides_and_nothing_is_raised() -> None:
    year = known_until().year + 3
    assert not is_known(datetime.date(year, 6, 1))
    assert not is_workday(datetime.date(year, 10, 1))
    assert [is_workday(datetime.date(year, 6, 1) + datetime.timedelta(n)) for n in range(7)].count(True) == 5
    assert not is_known(day("1999-06-01"))
    is_workday(day("1999-06-01"))


@pytest.mark.parametrize(
    ("start", "number", "unit", "end", "moved_from"),
    [
        ("2025-03-03", "10", "day", "2025-03-13", None),  # the 3rd is not counted (201)
        ("2025-03-05", "10", "day", "2025-03-17", "2025-03-15"),  # ends on a Saturday (203)
        ("2025-09-21", "10", "day", "2025-10-09", "2025-10-01"),  # ends on 国庆节, rests until the 8th
        ("2025-01-16", "10", "day", "2025-01-26", None),  # a Sunday people work on
        ("2025-01-31", "1", "month", "2025-02-28", None),  # no 31st: last day of the month (202)
        ("2024-01-31", "1", "month", "2024-02-29", None),
        ("2024-02-29", "1", "year", "2025-02-28", None),
        ("2025-03-10", "2", "week", "2025-03-24", None),
        ("2025-03-10", "1", "quarter", "2025-06-10", None),
        ("2025-03-10", "0.5", "year", "2025-09-10", None),
        ("2025-03-10", "3", "year", "2028-03-10", None),
        ("2025-03-10", "24", "hour", "2025-03-11", None),
        ("2025-03-10", "72", "hour", "2025-03-13", None),
        ("2025-03-10", "30", "minute", "2025-03-10", None),
        ("2025-03-10", "36", "hour", "2025-03-11", None),
    ],
)
def test_a_period_ends_as_the_law_says(start: str, number: str, unit: str, end: str, moved_from: str | None) -> None:
    found = end_of_period(day(start), Decimal(number), unit)
    assert found is not None
    assert found.day == day(end)
    assert found.moved_from == (day(moved_from) if moved_from else None)
    assert "民法典" in found.basis


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        ("2025-01-31", "10", "2025-02-17"),  # in 春节; the 8th, a Saturday, is worked
        ("2025-03-03", "5", "2025-03-10"),
        ("2025-09-26", "3", "2025-09-30"),  # Sunday the 28th is worked
        ("2025-03-03", "0", "2025-03-03"),
    ],
)
def test_working_days_are_counted_by_the_calendar(start: str, number: str, end: str) -> None:
    found = end_of_period(day(start), Decimal(number), "day", workday=True)
    assert found is not None
    assert (found.day, found.provisional, found.moved_from) == (day(end), False, None)


def test_a_date_that_depends_on_an_unknown_calendar_is_provisional() -> None:
    last = known_until()
    for found in (
        end_of_period(last, Decimal(5), "day", workday=True),
        end_of_period(last, Decimal(1), "year"),
        before(last.replace(year=last.year + 1), Decimal(5), "day", workday=True),
    ):
        assert found is not None
        assert found.provisional
    known = end_of_period(last.replace(day=1), Decimal(5), "day", workday=True)
    assert known is not None
    assert not known.provisional


@pytest.mark.parametrize(
    ("event", "number", "unit", "workday", "latest"),
    [
        ("2025-06-01", "60", "day", False, "2025-04-02"),
        ("2025-06-01", "1", "month", False, "2025-05-01"),  # a holiday, not moved: later would be too late
        ("2025-03-31", "1", "month", False, "2025-02-28"),
        ("2025-10-09", "3", "day", True, "2025-09-28"),  # over 国庆节; Sunday the 28th is worked
        ("2025-06-02", "24", "hour", False, "2025-06-01"),
        ("2025-06-02", "2", "hour", False, "2025-06-01"),
    ],
)
def test_what_is_due_before_an_event(event: str, number: str, unit: str, workday: bool, latest: str) -> None:
    found = before(day(event), Decimal(number), unit, workday=workday)
    assert found is not None
    assert found.day == day(latest)


@pytest.mark.parametrize(
    ("number", "unit", "workday"),
    [("0.3", "month", False), ("1.5", "day", False), ("-1", "day", False), ("999999999", "day", False),
     ("1.5", "day", True), ("99999", "year", False)],
)  # fmt: skip
def test_what_the_calendar_does_not_settle_has_no_end(number: str, unit: str, workday: bool) -> None:
    assert end_of_period(day("2025-03-03"), Decimal(number), unit, workday=workday) is None
    assert before(day("2025-03-03"), Decimal(number), unit, workday=workday) is None


def test_months_and_working_days_run_both_ways() -> None:
    assert add_months(day("2025-01-31"), -2) == day("2024-11-30")
    assert add_workdays(day("2025-02-05"), -1) == day("2025-01-27")
