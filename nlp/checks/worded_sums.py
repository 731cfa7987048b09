"""Sums that the words of a clause add up: items under a total, 计…元；计…元。合计…元, shares of the parties.

Sample: 合同总价为1,358,000元，组成如下：1. 拆除工程：98,500元；2. … The total is that of the lead, or the price of the
contract where the lead names none (按下列计划归还本金). Nothing is said where an item has no sum or more than one.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import show, slip, text_of
from nlp.checks.ledger import Draft, Ledger
from nlp.values.found import within
from nlp.values.money import Money
from schema.clause import Clause
from schema.span import Span

_LEAD = re.compile(r"(?:组成|构成|如下|下列|以下|分别|其中|包括|明细)[^。；\n]{0,16}[:：]?\s*\Z")
_WHOLE = re.compile(r"组成|构成|分别|如下|下列")
_FEWEST = 2
# 计93,000元   小计77,000元
_PART = re.compile(r"(?:小计|[，,]计|[，,]即|[，,]共计|[，,]合)(?:人民币)? ?[¥￥]? ?\Z")
_TOTAL = re.compile(r"(?:合计|总计|共计|总额)[^，。；\n\d]{0,8}?(?:人民币)? ?[¥￥]? ?\Z")
# 甲方分配40%、乙方分配35%、丙方分配25%
_SPLIT = re.compile(
    r"(?P<party>[甲乙丙丁戊])方(?:各)?(?:分配|占|承担|享有|分享|分得|获得|获|得)[^，。；、\n\d%]{0,8}"
    r"(?P<share>\d{1,3}(?:\.\d+)?) ?%"
)
# 甲方占目标公司25%的股权: others hold the rest
_PARTLY = re.compile(
    r"股权|股份|持股|其余|剩余|超过|不低于|至少|社会保险|社保|公积金|(?:养老|医疗|失业)保险|缴[费存]基数|(?:单位|个人)(?:缴纳|缴存)?部分"
)
_HUNDRED = Decimal(100)


def items(ledger: Ledger) -> Iterator[Draft]:
    """Σ items of a list = the total its lead names."""
    children: dict[str | None, list[Clause]] = {}
    for clause in ledger.contract.clauses:
        children.setdefault(clause.parent, []).append(clause)
    for lead in ledger.contract.clauses:
        words = _own_words(ledger, lead)
        parts = _parts(ledger, children.get(lead.id, []), children) if _LEAD.search(words) else None
        if parts is None:
            continue
        named = _distinct(ledger, lead.own_spans[-1].start, lead.own_spans[-1].end)
        price = ledger.total.value if ledger.total else None
        total = named[0].value if len(named) == 1 else price if not named else None
        reached = sum((p.value for p in parts), Decimal(0))
        if total is None or reached == total:
            continue
        fixes = _fixes(ledger, parts, total - reached)
        if not fixes and (not _WHOLE.search(words) or not named):
            continue  # only some of the items may be listed
        place = named[0] if named else None
        target = Span(start=place.start, end=place.end) if place else ledger.total.span if ledger.total else lead.span
        yield _draft("各项", parts, reached, total, target, fixes, severity_known=bool(fixes))


def _own_words(ledger: Ledger, clause: Clause) -> str:
    return ledger.text[clause.own_spans[-1].start : clause.own_spans[-1].end] if clause.own_spans else ""


def _parts(ledger: Ledger, listed: list[Clause], children: dict[str | None, list[Clause]]) -> list[Money] | None:
    """The one sum of each item; None where an item has none, several, or items of its own."""
    found = []
    for item in listed:
        sums = _distinct(ledger, item.span.start, item.span.end)
        if len(sums) != 1 or sums[0].per or item.id in children:
            return None
        found.append(sums[0])
    return found if len(found) >= _FEWEST else None


def _distinct(ledger: Ledger, start: int, end: int) -> list[Money]:
    """Sums by value, figures before capitals."""
    found: dict[Decimal, Money] = {}
    for money in within(ledger.values.money, start, end):
        if money.value not in found or found[money.value].form == "capitals":
            found[money.value] = money
    return list(found.values())


def _fixes(ledger: Ledger, parts: list[Money], missing: Decimal) -> list[tuple[Money, str]]:
    """Items that one other character would make fit."""
    found = []
    for part in parts:
        right = slip(ledger.text[part.start : part.end], part.value + missing, part.value)
        if right:
            found.append((part, right))
    return found


def _draft(
    what: str,
    parts: list[Money],
    reached: Decimal,
    total: Decimal,
    target: Span,
    fixes: list[tuple[Money, str]],
    *,
    severity_known: bool = True,
) -> Draft:
    places = [Span(start=p.start, end=p.end) for p in parts]
    return Draft(
        message=f"{what}合计{show(reached)}元，与总额{show(total)}元不符，相差{show(abs(reached - total))}元",
        spans=(target, *places),
        data={
            "formula": f"{' + '.join(text_of(p.value) for p in parts)} = {text_of(reached)}",
            "left": text_of(reached),
            "right": text_of(total),
            "difference": text_of(reached - total),
        },
        suggestion=fixes[0][1] if len(fixes) == 1 else None,
        severity=None if severity_known else "warning",
    )


def running(ledger: Ledger) -> Iterator[Draft]:
    """甲方增购…，计93,000元；增购…，计77,000元。价款合计170,000元: parts and their total in the words of one clause."""
    for clause in ledger.contract.clauses:
        parts: list[Money] = []
        for span in clause.own_spans:
            for money in within(ledger.values.money, span.start, span.end):
                before = ledger.text[max(span.start, money.start - 16) : money.start]
                if money.form == "capitals" or money.per:
                    continue
                if _TOTAL.search(before):
                    yield from _total(ledger, parts, money)
                    parts = []
                elif _PART.search(before):
                    parts.append(money)


def _total(ledger: Ledger, parts: list[Money], total: Money) -> Iterator[Draft]:
    reached = sum((p.value for p in parts), Decimal(0))
    if len(parts) >= _FEWEST and reached != total.value:
        fixes = _fixes(ledger, parts, total.value - reached)
        right = slip(ledger.text[total.start : total.end], reached, total.value)
        fixes += [(total, right)] if right else []
        yield _draft("各项", parts, reached, total.value, Span(start=total.start, end=total.end), fixes)


def splits(ledger: Ledger) -> Iterator[Draft]:
    """Σ shares of all parties in one sentence = 100 %."""
    letters = {p.role[0] for p in ledger.contract.parties if re.match(r"[甲乙丙丁戊]方", p.role)}
    for sentence in ledger.sentences.items:
        found = list(_SPLIT.finditer(sentence.text))
        if len(found) != len(letters) or {m["party"] for m in found} != letters or len(letters) < _FEWEST:
            continue
        if _PARTLY.search(sentence.text):
            continue
        shares = [Decimal(m["share"]) for m in found]
        reached = sum(shares, Decimal(0))
        if reached != _HUNDRED:
            places = [(sentence.start + m.start("share"), sentence.start + m.end("share")) for m in found]
            yield Draft(
                message=f"各方比例合计{show(reached)}%，不是100%",
                spans=tuple(Span(start=a, end=b) for a, b in places),
                data={"formula": f"{' + '.join(map(text_of, shares))} = {text_of(reached)}", "right": "100"},
            )
