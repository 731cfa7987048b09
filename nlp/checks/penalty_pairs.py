"""Two penalties for one breach: at different rates in two clauses, or a running one beside a lump sum.

A lump sum that follows once a delay has lasted (每日0.05%；逾期超过30日的，解除合同并支付10%), and a deposit that is
returned twofold beside a penalty, are common and lawful to write; whether both are owed is a question worth knowing.
Source: 民法典 第五百八十八条: of a penalty and a deposit the other side may choose one.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from nlp.checks.figures import show
from nlp.checks.ledger import Draft, Ledger
from nlp.checks.likeness import bare_event, likeness
from nlp.checks.penalty_limits import quantified
from schema.penalty import Penalty

_SAME = 0.72
_EXCLUSIVE = re.compile(r"择[一高]|较高|从高|不(?:得)?重复|不同时|二者(?:取|择)|两者(?:取|择)|孰高|竞合")
# steps of one scale: 前15天每天…、自第16天起每天…; 第一次…，第二次…
_AGAIN = re.compile(
    r"前 ?[\d一二三四五六七八九十]+ ?[天日个]|第 ?[\d一二三四五六七八九十]+ ?[天日]起|[之此以]后每"
    r"|第[二三四]次|再次|[，,]每[扣缺少多漏]|[二三两]次及?以上|、(?:赔偿|支付)[甲乙丙丁]方"
)
# 每天1,500元；连续缺岗超过3日的，自第4日起加倍计算: the second goes on where the first ends
_FROM_DAY = re.compile(r"第 ?[\d一二三四五六七八九十]+ ?[天日]起|加倍(?:计算|扣|支付|处罚)")
# 一级故障每小时…，二级故障每日…: two breaches
_GRADE = re.compile(r"[一二三四五ⅠⅡⅢⅣ1-5A-EP]级|[PS][0-4]|轻微|轻度|一般|较大|严重|重大|特大")
_RUNNING = ("day", "week", "month")
_DEPOSIT = ("double_deposit", "forfeit_deposit")


def conflicting(ledger: Ledger) -> Iterator[Draft]:
    """One breach, one form of penalty, two rates."""
    for first, second in _pairs(ledger):
        if first.kind != second.kind or first.clause == second.clause or _value(first) == _value(second):
            continue
        yield Draft(
            message=f"同一违约情形的违约金写了两个标准：{ledger.name(first.clause)}为{_words(first)}，"
            f"{ledger.name(second.clause)}为{_words(second)}",
            spans=(second.span, first.span),
            elements=(second.id, first.id),
            data={"thing": first.trigger or "", "left": _words(first), "right": _words(second)},
        )


def overlapping(ledger: Ledger) -> Iterator[Draft]:
    """One breach, several penalties: it is not said whether they add up."""
    for first, second in _pairs(ledger):
        if first.kind == second.kind and first.clause != second.clause and _value(first) != _value(second):
            continue  # told as a conflict
        if _EXCLUSIVE.search(_sentences(ledger, first, second)) or _joined(ledger, first, second):
            continue
        deposit = any(remedy in _DEPOSIT for n in (first, second) for remedy in n.remedies)
        later = second.threshold is not None and second.per not in _RUNNING
        question = "定金与违约金只能择一（民法典第五百八十八条）" if deposit else "没有写明能否并用"
        yield Draft(
            message=f"同一违约情形有两项违约金：{_words(first)}（{ledger.name(first.clause)}）与"
            f"{_words(second)}（{ledger.name(second.clause)}），{question}",
            spans=(first.span, second.span),
            elements=(first.id, second.id),
            data={"event": first.trigger or "", "left": _words(first), "right": _words(second)},
            severity="info" if deposit or later else None,
        )


def _joined(ledger: Ledger, first: Penalty, second: Penalty) -> bool:
    """按货物价值的100%赔偿，并支付运费3倍的违约金: both are due; 合同金额的10%，即167,400元: both are one."""
    if ledger.sentence(first.span) != ledger.sentence(second.span):
        return False
    if re.match(r"\s*[至到—~-]", second.text):
        return True  # 2万元至5万元的违约金: one sum, between two
    between = ledger.text[first.span.start : second.span.end]
    is_one = second.amount is not None and first.rate is not None and re.search(r"[，,(（](?:即|计|共计|合)", between)
    return bool(is_one or re.search(r"[，,](?:并|同时|另|还|且)", between))


def _pairs(ledger: Ledger) -> Iterator[tuple[Penalty, Penalty]]:
    known = [n for n in quantified(ledger) if n.trigger and n.tier is None]
    for first, second in combinations(known, 2):
        if first.liable != second.liable or ledger.part_of(first.clause) != ledger.part_of(second.clause):
            continue
        if first.span.start == second.span.start or _steps(ledger, first, second):
            continue
        events = bare_event(first.trigger or ""), bare_event(second.trigger or "")
        if _are_rows(ledger, first, second) and (first.clause == second.clause or first.trigger != second.trigger):
            continue  # 迟到30分钟以内 and 迟到30分钟以上 in two rows, two grades in one
        if _are_sisters(ledger, first, second) and _own_event(first) != _own_event(second):
            continue  # 当年欠费部分 and 跨年度欠费部分 under one lead
        if min(map(len, events)) >= 2 and (likeness(*events) >= _SAME or _goes_on(first, second, events)):
            yield first, second


def _own_event(penalty: Penalty) -> str:
    """The words of the penalty up to its first comma."""
    return bare_event(re.split(r"[，,]", penalty.text, maxsplit=1)[0])


def _are_sisters(ledger: Ledger, first: Penalty, second: Penalty) -> bool:
    """Items of one list."""
    places = [ledger.structure.clause_by_id.get(n.clause or "") for n in (first, second)]
    return first.clause != second.clause and all(places) and len({c.parent for c in places if c}) == 1


def _are_rows(ledger: Ledger, first: Penalty, second: Penalty) -> bool:
    """Rows of tables."""
    return all(n.clause not in ledger.structure.clause_by_id for n in (first, second))


def _steps(ledger: Ledger, first: Penalty, second: Penalty) -> bool:
    """80分至89分 … 2%, 70分至79分 … 5%; 第一次 … 第二次 …: steps of one scale; 赔偿甲方…、赔偿丙方…: two are owed."""
    between = ledger.text[first.span.start : second.span.end]
    same = ledger.sentence(first.span) == ledger.sentence(second.span)
    if first.clause == second.clause and _FROM_DAY.search(second.text):
        return True
    if same and (_AGAIN.search(between) or first.per == second.per == "event"):
        return True
    if first.beneficiary != second.beneficiary and first.beneficiary and second.beneficiary:
        return True
    grades = [set(_GRADE.findall(f"{n.trigger or ''} {n.text[:24]}")) for n in (first, second)]
    if grades[0] and grades[1] and grades[0] != grades[1]:
        return True
    numbers = [re.findall(r"\d+(?:\.\d+)?", n.trigger or "") for n in (first, second)]
    return bool(numbers[0] and numbers[1]) and numbers[0] != numbers[1]


def _goes_on(first: Penalty, second: Penalty, events: tuple[str, str]) -> bool:
    """Each day 0.01 %, and 20 % once it has lasted 24 hours: the second goes on with the event of the first."""
    if first.clause != second.clause or first.per not in _RUNNING or second.per in _RUNNING or not second.threshold:
        return False
    return any(events[1][n : n + 2] in events[0] for n in range(len(events[1]) - 1))


def _value(penalty: Penalty) -> tuple[object, ...]:
    return penalty.rate, penalty.amount, penalty.multiple


def _words(penalty: Penalty) -> str:
    per = {"day": "每日", "week": "每周", "month": "每月", "event": "每次"}.get(penalty.per or "", "")
    if penalty.rate is not None:
        return f"{per}{show(penalty.rate * 100)}%"
    if penalty.amount is not None:
        return f"{per}{show(penalty.amount)}元"
    return f"{per}{show(penalty.multiple)}倍" if penalty.multiple is not None else per


def _sentences(ledger: Ledger, *penalties: Penalty) -> str:
    found = [ledger.sentence(n.span) for n in penalties]
    return "".join(s.text for s in found if s)
