"""The calendar is read by a calendar library, names what is provisional, and forgets nothing."""

import datetime
import io
from dataclasses import replace
from decimal import Decimal

import icalendar
import pytest

from corpus.due import Due, Situation, Term, due_items
from corpus.exporting.calendar_file import write_calendar
from corpus.workdays import known_until

CHANGED = "2025-01-02T03:04:05.000001Z"
TERM = Term(
    "d1",
    "deadline",
    Decimal(10),
    "day",
    True,
    "within",
    "p1",
    "付款",
    "签订后",
    None,
    None,
    "main/3",
    "《合同》第三条",
    2,
    "十日内",
)


def item(signed: str | None, words: str = "付款") -> Due:
    said = {"签订": signed} if signed else {}
    term = replace(TERM, what=words, text="十日内" if words == "付款" else words)
    known = Situation("c" * 64, "设备采购合同", {"p1": ("甲方", "长风")}, said, {}, None, None, (term,))
    (only,) = due_items(known, datetime.date(2025, 1, 1), None)
    return only


def calendar(*items: Due, remind_days: int | None = None) -> tuple[icalendar.Calendar, bytes]:
    stream = io.BytesIO()
    assert write_calendar(stream, [(i, CHANGED) for i in items], remind_days=remind_days) == len(items)
    read = icalendar.Calendar.from_ical(stream.getvalue())
    assert isinstance(read, icalendar.Calendar)
    return read, stream.getvalue()


def test_a_date_is_an_event_of_one_day() -> None:
    read, _ = calendar(item("2025-01-31"))
    (event,) = read.walk("VEVENT")
    assert event.decoded("DTSTART") == datetime.date(2025, 2, 17)
    assert event.decoded("DTEND") == datetime.date(2025, 2, 18)
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["SUMMARY"]) == "甲方 付款《设备采购合同》"
    assert "《合同》第三条" in str(event["DESCRIPTION"])
    assert event.decoded("DTSTAMP") == datetime.datetime(2025, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert read.walk("VALARM") == []


def test_a_provisional_date_is_tentative() -> None:
    read, _ = calendar(item(known_until().isoformat()))
    (event,) = read.walk("VEVENT")
    assert str(event["STATUS"]) == "TENTATIVE"
    assert "暂定" in str(event["DESCRIPTION"])


def test_what_has_no_date_is_a_to_do_that_says_why() -> None:
    read, _ = calendar(item(None))
    assert read.walk("VEVENT") == []
    (todo,) = read.walk("VTODO")
    assert "尚不知签订的日期" in str(todo["DESCRIPTION"])
    assert "DUE" not in todo


def test_an_alarm_on_request() -> None:
    read, _ = calendar(item("2025-01-31"), item(None), remind_days=7)
    (alarm,) = read.walk("VALARM")
    assert alarm.decoded("TRIGGER") == datetime.timedelta(days=-7)


@pytest.mark.parametrize("words", ["付款；通知, 对方; 退还\\返还\n并签字", "甲" * 200, "𠮷" * 100, "a\x00\x07b"])
def test_odd_words_survive(words: str) -> None:
    read, data = calendar(item("2025-01-31", words))
    (event,) = read.walk("VEVENT")
    kept = "".join(c for c in words if c >= " " or c == "\n")
    assert str(event["DESCRIPTION"]).startswith(kept)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.decode().endswith("END:VCALENDAR\r\n")


def test_ids_differ_between_dates_and_stay_between_exports() -> None:
    one, two = item("2025-01-31"), item("2025-03-03")
    read, data = calendar(one, two)
    assert len({str(event["UID"]) for event in read.walk("VEVENT")}) == 2
    assert calendar(one, two)[1] == data
