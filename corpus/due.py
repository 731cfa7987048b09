"""What is owed when: time limits of the contracts with the days their events happened.

A limit has a date only when every event it is counted from has one: said by people (`corpus.anchors`), or printed in
the contract (signing, taking effect, beginning and end of the term). Otherwise it is listed with what is missing.
Silence rather than a guess: of two events joined by 或, and of events that come again and again, no date is made.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from corpus.events import Event, find_event, find_trigger
from corpus.periods import End, before, end_of_period
from corpus.workdays import is_workday

ItemKind = Literal["deadline", "recurrence", "expiry"]
_INSTANCES = 24
_EFFECTIVE_ON_SIGNING = "生效日按成立（签订）日计（民法典502条）"
_OWN_RULE = "合同另有期间计算约定，应以约定为准（民法典204条）"


@dataclass(frozen=True)
class Dated:
    """An event with its day.

    Attributes:
        event: as the contract names it.
        date: ISO.
        source: `said` by a person, or `printed` in the contract.
    """

    event: str
    date: str
    source: str


@dataclass(frozen=True)
class Due:
    """One thing that is owed.

    Attributes:
        contract: id.
        title: of the contract.
        id: of the deadline, or `term`.
        kind: deadline, recurrence, or the expiry of the contract.
        role: of who owes it, as printed; `双方`; None when the words do not say.
        party: name of who owes it.
        what: is owed, in the words of the clause.
        due: ISO date, None when it cannot be known yet.
        provisional: the calendar of its year is not yet announced.
        moved_from: the rest day it would have been.
        basis: how it was counted.
        events: it is counted from, with their days.
        missing: events whose day nobody has said.
        reason: why there is no date.
        clause: id.
        citation: how a lawyer cites the clause.
        page: of its words.
        text: its words.
    """

    contract: str
    title: str | None
    id: str
    kind: ItemKind
    role: str | None
    party: str | None
    what: str | None
    due: str | None
    provisional: bool
    moved_from: str | None
    basis: str
    events: tuple[Dated, ...]
    missing: tuple[str, ...]
    reason: str | None
    clause: str | None
    citation: str | None
    page: int | None
    text: str


@dataclass(frozen=True)
class Term:
    """A time limit as the table `deadline` has it."""

    id: str
    kind: str
    number: Decimal | None
    unit: str
    workday: bool
    relation: str | None
    who: str | None
    what: str | None
    trigger: str | None
    date: str | None
    day_of_month: int | None
    clause: str | None
    citation: str | None
    page: int | None
    text: str


@dataclass(frozen=True)
class Situation:
    """What is known of a contract.

    Attributes:
        contract: id.
        title: of it.
        parties: role and name by party id.
        said: days people said, by event or deadline id.
        printed: days the contract prints, by event.
        term_start: ISO.
        term_end: ISO.
        terms: its time limits.
        own_rule: whether it has a counting rule of its own.
    """

    contract: str
    title: str | None
    parties: dict[str, tuple[str, str | None]]
    said: dict[str, str]
    printed: dict[str, str]
    term_start: str | None
    term_end: str | None
    terms: tuple[Term, ...]
    own_rule: bool = False


@dataclass
class _Found:
    """What became of the events of one limit."""

    dated: list[Dated] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    basis: str = ""
    reason: str | None = None


def due_items(known: Situation, first: datetime.date, last: datetime.date | None) -> Iterator[Due]:
    """Everything owed under a contract, with a date where one can be known.

    Args:
        known: of the contract.
        first: recurring things are listed from this day on.
        last: until this day; None for as long as the term runs, two years at most.
    """
    days = _Days(known)
    for term in known.terms:
        if term.kind == "deadline":
            yield _deadline(known, term, days)
        elif term.kind == "recurrence" and term.day_of_month:
            yield from _recurrence(known, term, days, first, last)
        elif term.kind == "term" and known.term_end is None and term.relation == "from":
            yield _end_of_term(known, term, days)
    if known.term_end and _day(known.term_end):
        blank = Term("term", "term", None, "day", False, None, None, None, None, None, None, None, None, None, "")
        item = _item(known, blank, "expiry", _Found(basis="合同约定的届满日"))
        yield replace(item, due=known.term_end, what="合同期限届满")


class _Days:
    """The days of events of one contract."""

    def __init__(self, known: Situation) -> None:
        self._known = known
        self._days: dict[tuple[str, str], Dated] = {}
        for source, days in (("printed", known.printed), ("said", known.said)):
            for words, date in days.items():
                event = find_event(words)
                if event is not None and _day(date):
                    self._days[event.name, event.qualifier] = Dated(str(event), date, source)
        triggers = [find_trigger(term.trigger) for term in known.terms if term.trigger]
        self._qualifiers: dict[str, set[str]] = {}
        for event in (event for trigger in triggers for event in trigger.events):
            self._qualifiers.setdefault(event.name, set()).add(event.qualifier)

    def of(self, term: Term) -> _Found:
        """The days a limit is counted from."""
        if term.id in self._known.said:
            return _Found([Dated(term.trigger or term.id, self._known.said[term.id], "said")])
        trigger = find_trigger(term.trigger or "")
        if not trigger.events:
            return _Found(reason="条款没有写明自何事件起算")
        if trigger.choice:
            return _Found(missing=[str(e) for e in trigger.events], reason="起算事件为择一，须指定")
        found = _Found()
        for event in trigger.events:
            if event.again:
                found.reason = "起算事件反复发生"
                found.missing.append(str(event))
            elif (dated := self._of(event, found)) is not None:
                found.dated.append(dated)
            else:
                found.missing.append(str(event))
        return found

    def _of(self, event: Event, found: _Found) -> Dated | None:
        """Its day; an unqualified word about 验收 will do while the contract knows only one 验收."""
        exact = self._days.get((event.name, event.qualifier))
        if exact is None and len(self._qualifiers.get(event.name, ())) == 1:
            exact = self._days.get((event.name, ""))
        if exact is None and (event.name, event.qualifier) == ("生效", ""):
            signed = self._days.get(("签订", ""))
            if signed is not None:
                found.basis = _EFFECTIVE_ON_SIGNING
                return Dated("生效", signed.date, signed.source)
        return exact


def _deadline(known: Situation, term: Term, days: _Days) -> Due:
    if term.date and term.id not in known.said:
        day = _day(term.date)
        basis = "合同约定的日期" + ("" if day is None or is_workday(day) else "；当日为休息日")
        reason = None if day else "约定的日期没有写明到日"
        item = _item(known, term, "deadline", _Found(basis=basis, reason=reason))
        return replace(item, due=day.isoformat() if day else None)
    found = days.of(term)
    if term.number is None:
        found.reason = "期限没有写明长度"
    item = _item(known, term, "deadline", found)
    if found.reason or found.missing or not found.dated or term.number is None:
        return item
    start = max(datetime.date.fromisoformat(dated.date) for dated in found.dated)
    count = before if term.relation == "before" else end_of_period
    return _with_end(item, count(start, term.number, term.unit, workday=term.workday), known)


def _end_of_term(known: Situation, term: Term, days: _Days) -> Due:
    found = days.of(term)
    item = replace(_item(known, term, "expiry", found), what=term.what or "合同期限届满")
    if found.reason or found.missing or not found.dated or term.number is None:
        return item
    start = max(datetime.date.fromisoformat(dated.date) for dated in found.dated)
    end = end_of_period(start, term.number, term.unit, workday=term.workday)
    if end and end.moved_from:  # a rest day does not prolong a contract: 203 is about doing something in time
        end = End(end.moved_from, basis="起算日不计（民法典201条）")
    return _with_end(item, end, known)


def _recurrence(
    known: Situation, term: Term, days: _Days, first: datetime.date, last: datetime.date | None
) -> Iterator[Due]:
    """Every month on its day, while the contract runs."""
    begin = _day(known.term_start) or _day(known.said.get(term.id)) or _earliest(known)
    found = _Found(basis="每月约定日")
    if begin is None:
        found.missing.append("签订")
        yield _item(known, term, "recurrence", found)
        return
    end = _day(known.term_end)
    month = max(begin, first).replace(day=1)
    for number in range(_INSTANCES):
        year, place = divmod(month.year * 12 + month.month - 1 + number, 12)
        try:
            day = datetime.date(year, place + 1, term.day_of_month or 1)
        except ValueError:  # no 31st in this month
            continue
        if (end and day > end) or (last and day > last):
            return
        if day >= max(begin, first):
            item = _item(known, term, "recurrence", found)
            yield replace(item, due=day.isoformat())
            if end is None and last is None:
                return  # nobody knows how long it goes on: the next one only


def _item(known: Situation, term: Term, kind: ItemKind, found: _Found) -> Due:
    role, party = known.parties.get(term.who or "", (None, None))
    return Due(
        contract=known.contract,
        title=known.title,
        id=term.id,
        kind=kind,
        role="双方" if term.who == "both" else role,
        party=party,
        what=term.what,
        due=None,
        provisional=False,
        moved_from=None,
        basis=found.basis,
        events=tuple(found.dated),
        missing=tuple(found.missing),
        reason=found.reason or (f"尚不知{'、'.join(found.missing)}的日期" if found.missing else None),
        clause=term.clause,
        citation=term.citation,
        page=term.page,
        text=term.text,
    )


def _with_end(item: Due, end: End | None, known: Situation) -> Due:
    if end is None:
        return replace(item, reason="期限长度不能按日历计算")
    rules = (item.basis, end.basis, _OWN_RULE if known.own_rule else "")
    return replace(
        item,
        due=end.day.isoformat(),
        provisional=end.provisional,
        moved_from=end.moved_from.isoformat() if end.moved_from else None,
        basis="；".join(filter(None, rules)),
    )


def _earliest(known: Situation) -> datetime.date | None:
    days = [_day(date) for words, date in {**known.printed, **known.said}.items() if words in ("签订", "生效", "开始")]
    return min((day for day in days if day), default=None)


def _day(date: str | None) -> datetime.date | None:
    """A whole date; None for a month or year."""
    try:
        return datetime.date.fromisoformat(date) if date and len(date) == 10 else None
    except ValueError:
        return None


def sort_key(item: Due) -> tuple[Any, ...]:
    """By date, then contract and clause."""
    return item.due or "9999", item.title or "", item.contract, item.id
