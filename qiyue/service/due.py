"""What is owed when, and the days events happened."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

from qiyue.service.base import Service
from schema.errors import UsageError

if TYPE_CHECKING:
    from corpus.catalogue import Wanted
    from corpus.due import Due

_LENGTH = re.compile(r"(\d{1,5})\s*(d|w|m|y|天|日|周|个?月|年)?")
_AHEAD_FOR_CALENDARS = 730


def list_due(
    service: Service,
    *,
    within: str | None = None,
    past: str | None = None,
    party: str | None = None,
    folder: str | None = None,
    contract: str | None = None,
    folders: tuple[str, ...] | None = None,
    today: str | None = None,
) -> dict[str, Any]:
    """Dated things in their order, and those that have no date yet with what is missing.

    Args:
        service: the collection.
        within: how far ahead (`30d`, `2w`, `3m`, `1y`); as far as known when None.
        past: how far back as well.
        party: only what is owed by a party with these words in its name or role.
        folder: only of this folder and those below it.
        contract: only of this one.
        folders: only in exactly these folders, those the asker may see; None for all.
        today: ISO, instead of the clock.

    Raises:
        UsageError: `value_unreadable`.
        StoreError: `contract_unknown`.
    """
    from corpus.due import sort_key

    now = _day(today)
    first = _back(now, past) if past else now
    last = _ahead(now, within) if within else None
    wanted = _wanted(service, folder, contract, folders)
    items = sorted(service.store.obligations.each(wanted, first, last, party=party), key=sort_key)
    return {
        "today": now.isoformat(),
        "due": [asdict(item) for item in items if item.due],
        "unanchored": [asdict(item) for item in items if not item.due],
    }


def write_due_calendar(
    service: Service,
    stream: IO[bytes],
    *,
    wanted: "Wanted",
    takes: "Callable[[Due], bool]" = lambda item: True,
    remind_days: int | None = None,
    today: str | None = None,
) -> int:
    """Write the due dates of two years as a calendar.

    Args:
        service: the collection.
        stream: to write to.
        wanted: of which contracts.
        takes: whether one thing is wanted.
        remind_days: an alarm so many days before each event.
        today: ISO, instead of the clock; nothing before it is written.

    Returns:
        Number of events and to-dos.
    """
    from corpus.exporting.calendar_file import write_calendar

    first = _day(today)
    last = first + datetime.timedelta(days=_AHEAD_FOR_CALENDARS)
    changed: dict[str, str] = {card.id: card.changed_at for card in service.store.catalogue.each(wanted)}

    def items() -> "Iterator[tuple[Due, str]]":
        for item in service.store.obligations.each(wanted, first, last):
            if takes(item):
                yield item, changed[item.contract]

    return write_calendar(stream, items(), remind_days=remind_days)


def set_anchor(service: Service, reference: str, event: str, date: str, *, who: str | None = None) -> dict[str, Any]:
    """Say on which day an event of a contract happened.

    Args:
        service: the collection.
        reference: id of the contract or its beginning.
        event: as the contract names it (签订, 最终验收), or the id of a deadline whose period began that day.
        date: ISO.
        who: the settings' user when None.

    Raises:
        StoreError: `contract_unknown`.
        UsageError: `value_unreadable`.
    """
    name = service.store.resolve(reference)
    service.store.anchors.set(name, event, date, who=who or service.settings.user)
    return list_anchors(service, name)


def remove_anchor(service: Service, reference: str, event: str) -> dict[str, Any]:
    """Take it back.

    Raises:
        StoreError: `contract_unknown`.
        UsageError: there was none.
    """
    name = service.store.resolve(reference)
    if not service.store.anchors.remove(name, event):
        raise UsageError(
            "value_unreadable", f"the contract has no anchor {event}", remedy=f"see qiyue anchor {name[:12]}"
        )
    return list_anchors(service, name)


def list_anchors(service: Service, reference: str) -> dict[str, Any]:
    """The anchors of a contract."""
    name = service.store.resolve(reference)
    return {"contract": name, "anchors": [asdict(anchor) for anchor in service.store.anchors.of(name)]}


def _wanted(service: Service, folder: str | None, contract: str | None, folders: tuple[str, ...] | None) -> "Wanted":
    from corpus.catalogue import Wanted

    ids = (service.store.resolve(contract),) if contract else None
    return Wanted(folder=folder, ids=ids, folders=folders)


def _day(text: str | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text) if text else datetime.date.today()
    except ValueError as error:
        raise UsageError("value_unreadable", f"{text} is no day", remedy="write it as 2025-01-31") from error


def _ahead(day: datetime.date, length: str) -> datetime.date:
    return _shift(day, length, 1)


def _back(day: datetime.date, length: str) -> datetime.date:
    return _shift(day, length, -1)


def _shift(day: datetime.date, length: str, sign: int) -> datetime.date:
    from corpus.periods import add_months

    found = _LENGTH.fullmatch(length.strip().lower())
    if found is None:
        raise UsageError("value_unreadable", f"{length} is no length of time", remedy="write it as 30d, 2w, 3m or 1y")
    number, unit = sign * int(found[1]), (found[2] or "d").removeprefix("个")
    try:
        if unit in ("m", "月", "y", "年"):
            return add_months(day, number * (12 if unit in ("y", "年") else 1))
        return day + datetime.timedelta(days=number * (7 if unit in ("w", "周") else 1))
    except (OverflowError, ValueError) as error:
        raise UsageError("value_unreadable", f"{length} reaches beyond the calendar") from error
