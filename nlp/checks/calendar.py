"""Dates against the calendar and against each other."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from nlp.checks.ledger import Draft, Ledger
from schema.span import Span
from schema.timing import Date

_PAST = re.compile(r"已|曾|出具|发布|颁布|取得|获得|原|签订的|印发|施行|实施|成立|注册|出生|修订|修正|年版")
# 于2024年11月18日签订了编号为…的《…合同》, 双方于2021年7月1日签订劳动合同
_OTHER_PAPER = re.compile(
    r"[^。；\n]{0,6}(?:签订|签署|订立|签(?![订署]))(?:(?:了|的)?[^。；\n]{0,24}《"
    r"|(?:了|的)?(?!本|此)[^。；，,\n]{0,16}(?:合同|协议))"
)
_DUE = re.compile(r" ?(?:之?前|以前)[^。；\n]{0,12}(?:交|付|完成|提交|竣工|支付|安装|归还|缴)")
_OWN = re.compile(r"主合同|本合同|原合同|本协议|《")


def day(value: str | None) -> date | None:
    """A whole ISO date as `date`; None for a month, a year or a day no calendar has."""
    try:
        return date.fromisoformat(value) if value and len(value) == 10 else None
    except ValueError:
        return None


def impossible(ledger: Ledger) -> Iterator[Draft]:
    """Dates no calendar has."""
    for found in ledger.contract.dates:
        if not found.valid:
            doubt = "，可能是识别错误" if ledger.is_ocr else ""
            yield Draft(
                message=f"日历上没有“{found.text}”这一天{doubt}",
                spans=(found.span,),
                elements=(found.id,),
                data={"value": found.value},
                severity="warning" if ledger.is_ocr else None,
            )


def ranges(ledger: Ledger) -> Iterator[Draft]:
    """Ranges that end before they start."""
    for found in ledger.contract.dates:
        if found.valid and found.end and found.end < found.value[: len(found.end)]:
            yield Draft(
                message=f"止期{found.end}早于起期{found.value}",
                spans=(found.span,),
                elements=(found.id,),
                data={"formula": "起期 ≤ 止期", "left": found.value, "right": found.end},
            )
    term = ledger.contract.term
    if term and term.start and term.end and term.end < term.start and not _told(ledger, term.span):
        yield Draft(
            message=f"合同期限止于{term.end}，早于起始日{term.start}",
            spans=(term.span,),
            data={"formula": "起期 ≤ 止期", "left": term.start, "right": term.end},
        )


def _told(ledger: Ledger, span: Span) -> bool:
    return any(d.end and d.span.overlaps(span) for d in ledger.contract.dates)


def signing(ledger: Ledger) -> Iterator[Draft]:
    """Signed after the term began, or a duty that falls due before the contract is signed or after it has ended."""
    signed, term = ledger.contract.sign_date, ledger.contract.term
    first = day(signed.value) if signed else None
    start, end = (day(term.start), day(term.end)) if term else (None, None)
    if term is None:
        yield from _begun(ledger, signed.span if signed else None, first)
    if signed and first and term and start and first > start:
        late = end is not None and first > end
        yield Draft(
            message=f"签订日期{first}晚于合同期限的{'止期' if late else '起期'}{end if late else start}",
            spans=(signed.span, term.span),
            data={"formula": "签订日期 ≤ 起期", "left": str(first), "right": str(end if late else start)},
        )
    for found in ledger.contract.dates:
        due = day(found.value)
        if due is None or not _falls_due(ledger, found) or _is_past(ledger, found):
            continue
        if signed and first and due < first:
            yield _due(found, due, "早于签订日期", first, signed.span)
        elif term and end and due > end:
            yield _due(found, due, "晚于合同期限的止期", end, term.span)


def _begun(ledger: Ledger, signed: Span | None, first: date | None) -> Iterator[Draft]:
    """A contract without a term whose one range of dates (工期, 服务期) began before it was signed."""
    spans = {(d.value, d.end): d for d in ledger.contract.dates if d.role == "start" and d.end}
    if signed is None or first is None or len(spans) != 1:
        return
    found = next(iter(spans.values()))
    begin = day(found.value)
    if begin and first > begin and not _is_past(ledger, found):
        yield Draft(
            message=f"签订日期{first}晚于起期{begin}",
            spans=(signed, found.span),
            elements=(found.id,),
            data={"formula": "签订日期 ≤ 起期", "left": str(first), "right": str(begin)},
        )


def _falls_due(ledger: Ledger, found: Date) -> bool:
    """The day of a delivery, or one before which something is to be done."""
    if found.role == "delivery":
        return True
    return found.role == "other" and bool(_DUE.match(ledger.text, found.span.end))


def _is_past(ledger: Ledger, found: Date) -> bool:
    sentence = ledger.sentence(found.span)
    return sentence is None or bool(_PAST.search(sentence.text))


def _due(found: Date, due: date, words: str, other: date, place: Span) -> Draft:
    return Draft(
        message=f"履行日期{due}{words}{other}",
        spans=(found.span, place),
        elements=(found.id,),
        data={"left": str(due), "right": str(other)},
    )


def periods(ledger: Ledger) -> Iterator[Draft]:
    """Rows of a table whose ranges follow one another, but for one."""
    for table in ledger.contract.tables:
        rows = [r for row in table.rows for r in _row_range(ledger, row.cells[0].span.start, row.cells[-1].span.end)]
        gaps = [(b[0] - a[1]).days for a, b in pairwise(rows)]
        odd = [n for n, gap in enumerate(gaps) if gap not in (0, 1)]
        if (
            len(rows) < 3
            or not odd
            or len(odd) > 2
            or len(odd) == len(gaps)
            or (len(odd) == 2 and odd[1] - odd[0] != 1)
        ):
            continue
        before, after = rows[odd[0]], rows[odd[0] + 1]
        yield Draft(
            message=f"各期起止日期不连续：上一期止于{before[1]}，下一期起于{after[0]}",
            spans=(after[2], before[2]),
            data={"left": str(before[1]), "right": str(after[0])},
        )


def _row_range(ledger: Ledger, start: int, end: int) -> list[tuple[date, date, Span]]:
    found = []
    for value in ledger.values.dates:
        first, last = day(value.value), day(value.last)
        if start <= value.start < end and first and last and last >= first:
            found.append((first, last, Span(start=value.start, end=value.end)))
    return found if len(found) == 1 else []


def signed_twice(ledger: Ledger) -> Iterator[Draft]:
    """The day of signing, given differently from all the other places that give it."""
    places = [d for d in ledger.contract.dates if d.role == "sign" and day(d.value) and _is_own(ledger, d)]
    values = {d.value for d in places}
    if len(values) != 2 or len(places) < 3:
        return
    odd = [d for d in places if sum(o.value == d.value for o in places) == 1]
    if len(odd) == 1:
        other = next(d for d in places if d.value != odd[0].value)
        yield Draft(
            message=f"签订日期不一致：此处为{odd[0].value}，其他各处为{other.value}",
            spans=(odd[0].span, *(d.span for d in places if d is not odd[0])),
            elements=tuple(d.id for d in (odd[0], other)),
            data={"thing": "签订日期", "left": odd[0].value, "right": other.value},
            severity="info" if _signed_apart(ledger, odd[0], places) else None,
        )


def _signed_apart(ledger: Ledger, odd: Date, places: list[Date]) -> bool:
    """Whether one side dated its signature on another day, not before the other side did."""
    beside = [d for d in places if d is not odd and d.clause == odd.clause]
    part = ledger.structure.part_by_id.get(odd.clause or "")
    return part is not None and part.kind == "signature" and any(d.value < odd.value for d in beside)


def _is_own(ledger: Ledger, found: Date) -> bool:
    """The day of this contract, not of another that it names (2024年11月18日签订了《采购合同》)."""
    if ledger.part_of(found.clause) != "main":
        return _is_told_of(ledger, found)
    return not _OTHER_PAPER.match(ledger.text, found.span.end)


def _is_told_of(ledger: Ledger, found: Date) -> bool:
    """An annex that says when the main contract was signed."""
    sentence = ledger.sentence(found.span)
    return bool(sentence and (found.clause or "").endswith("preamble") and _OWN.search(sentence.text))
