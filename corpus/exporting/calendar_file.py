"""Due dates as a calendar (RFC 5545): an event for each date, a to-do without date for what is not anchored yet.

Written by hand because the format is small and the same data must give the same bytes: times come from the contract,
not from the clock. A date that depends on a calendar not yet announced is TENTATIVE.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import IO

from corpus.due import Due

_FOLD = 75  # octets a line, RFC 5545 3.1
_SUMMARY = 80


def write_calendar(stream: IO[bytes], items: Iterable[tuple[Due, str]], *, remind_days: int | None = None) -> int:
    """Write a calendar.

    Args:
        stream: to write to.
        items: each with the time its contract last changed (ISO, UTC).
        remind_days: an alarm so many days before each event.

    Returns:
        Number of events and to-dos.
    """
    _write(stream, "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//qiyue//due dates//ZH", "CALSCALE:GREGORIAN")
    number = 0
    for item, changed_at in items:
        _write(stream, *_component(item, changed_at, remind_days))
        number += 1
    _write(stream, "END:VCALENDAR")
    return number


def _component(item: Due, changed_at: str, remind_days: int | None) -> Iterator[str]:
    kind = "VEVENT" if item.due else "VTODO"
    yield f"BEGIN:{kind}"
    yield f"UID:{item.contract[:32]}-{item.id}-{item.due or 'open'}@qiyue"
    yield f"DTSTAMP:{changed_at[:19].replace('-', '').replace(':', '')}Z"
    if item.due:
        day = datetime.date.fromisoformat(item.due)
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}"
        yield f"STATUS:{'TENTATIVE' if item.provisional else 'CONFIRMED'}"
        yield "TRANSP:TRANSPARENT"
    else:
        yield "STATUS:NEEDS-ACTION"
    yield f"SUMMARY:{_escape(_summary(item))}"
    yield f"DESCRIPTION:{_escape(_description(item))}"
    yield f"CATEGORIES:{item.kind.upper()}"
    if remind_days is not None and item.due:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{remind_days}D")
        yield f"DESCRIPTION:{_escape(_summary(item))}"
        yield "END:VALARM"
    yield f"END:{kind}"


def _summary(item: Due) -> str:
    words = f"{item.role or ''} {item.what or item.text}".strip()
    return f"{words[:_SUMMARY]}《{item.title or item.contract[:12]}》"


def _description(item: Due) -> str:
    events = "；".join(f"{dated.event} {dated.date}" for dated in item.events)
    lines = (
        item.text,
        item.citation,
        f"第{item.page}页" if item.page else "",
        f"起算：{events}" if events else "",
        item.basis,
        f"原期限末日 {item.moved_from} 为休息日" if item.moved_from else "",
        "暂定：当年放假安排尚未公布" if item.provisional else "",
        f"无法确定日期：{item.reason}" if item.reason and not item.due else "",
    )
    return "\n".join(filter(None, lines))


def _escape(text: str) -> str:
    """RFC 5545 3.3.11."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(c for c in text.replace("\r", "").replace("\n", "\\n") if c >= " " or c == "\t")


def _write(stream: IO[bytes], *lines: str) -> None:
    for line in lines:
        stream.write(_folded(line) + b"\r\n")


def _folded(line: str) -> bytes:
    """Lines of at most 75 octets, never cut inside a character."""
    pieces, size = [b""], 0
    for character in line:
        data = character.encode()
        if size + len(data) > _FOLD:
            pieces.append(b" ")
            size = 1
        pieces[-1] += data
        size += len(data)
    return b"\r\n".join(pieces)
