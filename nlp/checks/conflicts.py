"""One thing, two values: lengths of time, payment plans, courts beside arbitration, copies.

Special terms that override general ones (专用条款, 特别约定, 除…另有约定外, 更换后重新计算) are told apart: they are no
contradiction. A difference between the contract and an annex is shown with the sentence that says which prevails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from nlp.checks.figures import show, text_of
from nlp.checks.ledger import Data, Draft, Ledger
from nlp.checks.likeness import bare_event, likeness
from nlp.checks.numbering import in_special_terms
from nlp.lexicon import Rule, read_rules
from nlp.values.durations import Duration
from nlp.values.found import within
from schema.money import Payment
from schema.span import Span
from schema.timing import Deadline

_SPECIAL = re.compile(
    r"专用|特别(?:约定|条款)|补充条款|特殊|重新|另行|延长|顺延|缩短|续|更换后|超过|剩余|除外|提前|至少|"
    r"不少于|不超过|以内"
)
_PREVAILS = re.compile(r"(?:不一致|冲突|矛盾|抵触)[^。；\n]{0,20}以[^。；\n]{1,20}为准")
_GENERIC = re.compile(
    r"(?:本|该|其|的|产品|货物|设备|合同|项目|服务|工程|标的物|全部|系统|软件|[甲乙买卖供需]方|质量|约定|，|。|\s)*$"
)
_CHOICE = re.compile(
    r"仲裁 ?[/／]|院[^，。；]{0,4} ?[/／]|[下以]列第|[以如]下第|第[ _【(]{1,8}|种(?:方式|办法|途径)|劳动争议|不服"
)
_SUPPOSED = re.compile(r"假设|假定|例如|举例|假如")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
_NUMERAL = "[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾\\d]{1,3}"
_COPIES = re.compile(
    rf"(?:本)?(?:合同|协议)(?:书)?(?:正本)?[^，。；\n]{{0,6}}一式 ?[【_ ]*(?P<number>{_NUMERAL})[】_ ]*份"
)


@dataclass(frozen=True)
class Stated:
    """A length of time a thing is said to have.

    Attributes:
        thing: which.
        of: words in front that say of what (水泵), empty for the contract's own.
        part: main or an annex.
        span: of the length.
        unit: month, day or workday.
        number: in this unit.
        words: as printed.
    """

    thing: Rule
    of: str
    part: str
    span: Span
    unit: str
    number: Decimal
    words: str


def lengths(ledger: Ledger) -> Iterator[Draft]:
    """Warranty, term, secrecy … with two lengths."""
    groups: dict[tuple[str, str], list[Stated]] = {}
    for stated in _stated(ledger):
        groups.setdefault((stated.thing.id, stated.of), []).append(stated)
    for group in groups.values():
        first = group[0]
        for other in group[1:]:
            if other.unit == first.unit and other.number != first.number:
                yield _conflict(ledger, first.thing.label, (first.span, first.words), (other.span, other.words))
                break


def _stated(ledger: Ledger) -> Iterator[Stated]:
    for rule in read_rules("things"):
        for match in rule.regex.finditer(ledger.text):
            behind = _behind(ledger, match.end())
            found = behind or _before(ledger, match.start())
            sentence = ledger.sentence(Span(start=match.start(), end=match.end()))
            if found is None or sentence is None or _SPECIAL.search(sentence.text):
                continue
            unit, number = _measure(found)
            if unit is None:
                continue
            lead = ledger.text[max(0, match.start() - 6) : match.start()]
            subject = "" if behind is None or _GENERIC.match(lead[_cut(lead) :]) else lead[_cut(lead) :]
            span = Span(start=found.start, end=found.end)
            place = ledger.structure.locate(match.start())
            yield Stated(rule, subject, ledger.part_of(place), span, unit, number, span.of(ledger.text))


def _cut(lead: str) -> int:
    return max((m.end() for m in re.finditer(r"[，。；、:：\n\s]", lead)), default=0)


def _behind(ledger: Ledger, position: int) -> Duration | None:
    """质保期为24个月, 质保期：自验收合格之日起24个月."""
    found = within(ledger.values.durations, position, position + 26)
    if not found:
        return None
    between = ledger.text[position : found[0].start]
    plain = re.fullmatch(
        r"(?:为期|为|是|:|：|共|共计|定为|暂定|约定为|应为|即|，|\(|（|自[^，。；\n]{2,18}(?:之日|日)?起(?:计算)?|\s)*",
        between,
    )
    return found[0] if plain else None


def _before(ledger: Ledger, position: int) -> Duration | None:
    """24个月的质量保证期, 两年质保."""
    found = within(ledger.values.durations, max(0, position - 12), position)
    return found[-1] if found and re.fullmatch(r" ?(?:的|免费)?", ledger.text[found[-1].end : position]) else None


def _measure(found: Duration) -> tuple[str | None, Decimal]:
    number = found.number
    if number is None:
        return None, Decimal(0)
    if found.unit in _MONTHS:
        return "month", number * _MONTHS[found.unit]
    if found.unit in _DAYS:
        return ("workday" if found.workday else "day"), number * _DAYS[found.unit]
    return None, Decimal(0)


def _conflict(ledger: Ledger, thing: str, first: tuple[Span, str], other: tuple[Span, str]) -> Draft:
    places = [ledger.name(ledger.structure.locate(span.start)) for span, _ in (first, other)]
    ranks = [in_special_terms(ledger, span) for span, _ in (first, other)]
    data: Data = {"thing": thing, "left": first[1], "right": other[1]}
    rule = _PREVAILS.search(ledger.text)
    note = f"（合同约定：{rule[0]}）" if rule and places[0][:2] != places[1][:2] and "附件" in "".join(places) else ""
    if ranks[0] != ranks[1]:
        note = "（专用条款优先于通用条款）"
    return Draft(
        message=f"{thing}写了两个值：{places[0]}为{first[1]}，{places[1]}为{other[1]}{note}",
        spans=(other[0], first[0]),
        data=data,
        severity="info" if note else None,
    )


def duties(ledger: Ledger) -> Iterator[Draft]:
    """The same party, the same duty, the same event, and two limits in two clauses."""
    known = [d for d in ledger.contract.deadlines if _is_duty(d)]
    for first, other in combinations(known, 2):
        if first.who != other.who or first.clause == other.clause or first.relation != other.relation:
            continue
        if (first.number, first.unit, first.workday) == (other.number, other.unit, other.workday):
            continue
        if ledger.part_of(first.clause) == ledger.part_of(other.clause) and _same_duty(first, other):
            yield _conflict(ledger, f"“{first.what}”的期限", (first.span, first.text), (other.span, other.text))


def _is_duty(deadline: Deadline) -> bool:
    return deadline.kind == "deadline" and bool(deadline.number and deadline.what and deadline.trigger and deadline.who)


def _same_duty(first: Deadline, other: Deadline) -> bool:
    for left, right in ((first.what, other.what), (_event(first), _event(other))):
        words = bare_event(left or ""), bare_event(right or "")
        if min(map(len, words)) < 2 or likeness(*words) < 0.8:
            return False
    return True


def _event(deadline: Deadline) -> str:
    return deadline.trigger.text if deadline.trigger else ""


def plans(ledger: Ledger) -> Iterator[Draft]:
    """Two payment plans in two clauses that are no alternatives."""
    groups: dict[str, list[Payment]] = {}
    for payment in ledger.contract.payments:
        if _SUPPOSED.search(payment.text):
            continue
        if payment.schedule and " " not in payment.schedule and ledger.part_of(payment.clause) == "main":
            groups.setdefault(payment.schedule, []).append(payment)
    shared = [g for g in groups.values() if all(p.percent is not None for p in g) and len(g) > 1]
    if len(shared) < 2:
        return
    first, other = shared[0], shared[1]
    left, right = ("/".join(text_of(p.percent) for p in g if p.percent is not None) for g in (first, other))
    if left != right:
        yield Draft(
            message=f"两处付款安排不一致：{ledger.name(first[0].clause)}为{left}，"
            f"{ledger.name(other[0].clause)}为{right}（%）",
            spans=(*(p.span for p in other), *(p.span for p in first)),
            elements=tuple(p.id for p in (*first, *other)),
            data={"thing": "付款安排", "left": left, "right": right},
        )


def disputes(ledger: Ledger) -> Iterator[Draft]:
    """Court and arbitration side by side: such a clause is void as an arbitration clause (仲裁法解释 第七条)."""
    dispute = ledger.contract.dispute
    if dispute is None or dispute.method != "several" or ledger.contract.kind == "labour":
        return  # labour disputes go to arbitration first, then to court
    words = ledger.text[dispute.span.start : dispute.span.end]
    for clause in ledger.structure.ancestors(ledger.structure.locate(dispute.span.start) or ""):
        words += "".join(ledger.text[s.start : s.end] for s in clause.own_spans)
    chosen = any(choice.span.overlaps(dispute.span) for choice in ledger.contract.choices)
    if chosen or _CHOICE.search(words) or any(dispute.span.overlaps(hint) for hint in ledger.hints):
        return
    yield Draft(
        message="争议解决既写了仲裁又写了诉讼，仲裁约定可能无效",
        spans=(dispute.span,),
        data={"thing": "争议解决", "left": "仲裁", "right": "诉讼"},
    )


def copies(ledger: Ledger) -> Iterator[Draft]:
    """一式几份 with two numbers in the main text."""
    from nlp.values.numerals import parse_number

    found = []
    for match in _COPIES.finditer(ledger.text):
        if ledger.part_of(ledger.structure.locate(match.start())) == "main":
            number = parse_number(match["number"])
            found.append((number, Span(start=match.start("number"), end=match.end("number"))))
    if len({number for number, _ in found}) > 1:
        other = next(f for f in found if f[0] != found[0][0])
        yield _conflict(ledger, "合同份数", (found[0][1], show(found[0][0])), (other[1], show(other[0])))
