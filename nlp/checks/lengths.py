"""A length of time against its dates: 六个月，自2025年4月1日起至2025年9月30日止.

A term of months ends on the day before the day it began, or on that day: both are printed, so both count as right.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from nlp.checks.calendar import day
from nlp.checks.figures import show
from nlp.checks.ledger import Draft, Ledger
from schema.span import Span
from schema.timing import Deadline
from schema.values import Duration

MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_WORDS = {"day": "日", "week": "周", "month": "个月", "quarter": "个季度", "year": "年"}
# 止为装修期，共计
_IN_ALL = re.compile(r"日?(?:止|为止)?[^。；\n\d]{0,12}[，,(（] ?(?:共计?|合计|总计|为期|计) ?")
_LINE = re.compile(r"(?:不足|不满|超过|超出|少于|未满|提前|每|延长|续)[^，。；]{0,2}\Z")
_NEAR = 60
# 到期自动续展一年 is no length of the range before it
_RENEWED = re.compile(r"(?:续展|续期|续签|续约|延长|延展|顺延|展期)(?:期限?)?(?:为|至)? *\Z")
# 共计约九个月
_ABOUT = re.compile(r"(?:(?<![合违契签])约|大概|将近)[ _]*\Z")
_ABOUT_IN = re.compile(r"(?:(?<![合违契签])约|大概|将近) ?[\d一二两三四五六七八九十半]+ ?(?:个|年|天|日|周)|左右")
# 服务期三年，合同一年一签，本合同期限自…至…: the days are those of another term
_OWN_NAME = re.compile(
    r"[，,][^，,。；\d]{0,6}(?:合同|协议|本期|首期|当期)[^，,。；\d]{0,4}期限?(?:为|是)?(?:自|从)? *\Z"
)
_SLACK = timedelta(days=1)


def terms(ledger: Ledger) -> Iterator[Draft]:
    """Duration = last day - first day, where one sentence gives all three."""
    seen = set()
    for found in ledger.contract.dates:
        first, last = day(found.value), day(found.end)
        sentence = ledger.sentence(found.span)
        if not first or not last or last < first or sentence is None or sentence.unit.row is not None:
            continue
        if any(b.state == "empty" and sentence.start <= b.span.start < sentence.end for b in ledger.contract.blanks):
            continue  # the length may be that of the other range, whose end is open
        ranges = [d for d in ledger.contract.dates if d.end and sentence.start <= d.span.start < sentence.end]
        said = [d for d in ledger.contract.deadlines if _is_length(d) and _inside(d, sentence.start, sentence.end)]
        said = [d for d in said if not _RENEWED.search(ledger.text[: d.span.start][-_NEAR:])]
        if any(_ABOUT.search(ledger.text[: d.span.start][-_NEAR:]) for d in said):
            seen.add(found.span)
            continue
        if len(ranges) == 1 and len(said) == 1 and said[0].number is not None and said[0].unit in _WORDS:
            seen.add(found.span)
            length = Duration(number=said[0].number, unit=said[0].unit)
            if _OWN_NAME.search(ledger.text[said[0].span.end : found.span.start]):
                continue
            if not matches(first, last, length):
                yield _draft(length, first, last, (said[0].span, found.span), (said[0].id, found.id))
    yield from _counted(ledger, seen)
    term = ledger.contract.term
    if term is None or term.duration is None or any(span.overlaps(term.span) for span in seen):
        return
    first, last = day(term.start), day(term.end)
    if _is_limit(ledger, term.span, term.duration) or _ABOUT_IN.search(term.text):
        return
    if first and last and last >= first and not term.duration.workday and not matches(first, last, term.duration):
        yield _draft(term.duration, first, last, (term.span,), ())


def _is_limit(ledger: Ledger, span: Span, length: Duration) -> bool:
    """租赁期不足一个月的: the only place that gives the length draws a line, and is not the length of the term."""
    places = [d for d in ledger.values.durations if span.start <= d.start < span.end + _NEAR]
    same = [d for d in places if d.number == length.number and d.unit == length.unit]
    return bool(same) and all(_LINE.search(ledger.text[max(0, d.start - 4) : d.start]) for d in same)


def _counted(ledger: Ledger, seen: set[Span]) -> Iterator[Draft]:
    """自2025年7月1日起至2025年8月31日止为装修期，共62天: a length behind its own range."""
    for found in ledger.contract.dates:
        first, last = day(found.value), day(found.end)
        match = _IN_ALL.match(ledger.text, found.span.end)
        if not first or not last or last < first or match is None or found.span in seen:
            continue
        length = next((d for d in ledger.values.durations if d.start == match.end()), None)
        if length is None or length.number is None or length.workday or length.unit not in _WORDS:
            continue
        seen.add(found.span)
        said = Duration(number=length.number, unit=length.unit)
        if not matches(first, last, said):
            yield _draft(said, first, last, (Span(start=length.start, end=length.end), found.span), (found.id,))


def _is_length(deadline: Deadline) -> bool:
    return deadline.kind in ("term", "duration") and deadline.op is None and not deadline.workday


def _inside(deadline: Deadline, start: int, end: int) -> bool:
    return start <= deadline.span.start < end


def matches(first: date, last: date, length: Duration) -> bool:
    """Whether a length of time reaches from one day to the other, give or take the last day.

    Args:
        first: first day.
        last: last day.
        length: months and longer by the calendar, days and weeks counted.
    """
    if length.unit in MONTHS:
        months = length.number * MONTHS[length.unit]
        if months != months.to_integral_value():
            return True
        end = _add_months(first, int(months))
        return end - _SLACK <= last <= end
    if length.unit in _DAYS:
        days = Decimal((last - first).days)
        return days <= length.number * _DAYS[length.unit] <= days + 1
    return True


def _add_months(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    index = start.month - 1 + months
    year, month = start.year + index // 12, index % 12 + 1
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month, min(start.day, last))
        except ValueError:
            continue
    return start


def _draft(length: Duration, first: date, last: date, spans: tuple[Span, ...], elements: tuple[str, ...]) -> Draft:
    words = f"{show(length.number)}{_WORDS.get(length.unit, length.unit)}"
    return Draft(
        message=f"期限{words}与起止日期不符：自{first}至{last}",
        spans=spans,
        elements=elements,
        data={"formula": "起期 + 期限 = 止期", "left": words, "start": str(first), "end": str(last)},
    )
