"""Penalties with a number: liable, beneficiary, trigger, rate or sum or multiple, base, per, cap, threshold, exposure.

A clause that binds both sides in turn gives one penalty a side; 任何一方 gives one with `both`. Where the form
leaves the number blank the penalty is blank. Consequences without a number: nlp.extract.liabilities.
"""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.breach_words import breached
from nlp.extract.liable import sides_of
from nlp.extract.liable_by_case import PRICE_UNPAID, is_stranger
from nlp.extract.liable_said import Sides
from nlp.extract.penalty_bases import base_of, is_step, is_total_base
from nlp.extract.penalty_caps import cap_alone, cap_behind, put_cap
from nlp.extract.penalty_parts import (
    case_end,
    period_of,
    remedies_in,
    trigger_of,
)
from nlp.extract.penalty_sides import with_neighbours
from nlp.extract.places import clause_at
from nlp.extract.sanctions import Sanction, sanctions_in
from nlp.extract.sentences import Sentence
from nlp.extract.side_weights import likelier
from nlp.normalize import fold
from nlp.reading import Reading
from nlp.values.found import within
from schema.money import Amount
from schema.penalty import Penalty, PenaltyKind, PenaltyPeriod
from schema.span import Evidence, Span
from schema.timing import Deadline
from schema.values import Duration, Exposure, Threshold

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INTEREST = re.compile(r"利率|LPR|利息|年化|年息|月息|罚息")
_GRACE = re.compile(r"宽限期?(?:为|是|:)? *(?P<number>\d+|[一二三四五六七八九十]+) *(?:个)?(?P<work>工作)?[日天]")


@Language.component("penalties")
def penalties(doc: "Doc") -> "Doc":
    """Fill `reading.penalties` and mark the sums that are penalties or caps."""
    reading: Reading = doc._.reading
    found: list[Penalty] = []
    for sentence in reading.sentences.items:
        found += _in_sentence(reading, sentence, found)
    found = [with_neighbours(reading, penalty, found) for penalty in found]
    reading.penalties = [p.model_copy(update={"id": f"n{n}"}) for n, p in enumerate(_with_tiers(found), 1)]
    _mark_amounts(reading)
    return doc


def _mark_amounts(reading: Reading) -> None:
    """Sums that are penalties or caps of them say so, and so do their twins."""
    uses = {s.amount.id: s.use for item in reading.sentences.items for s in sanctions_in(reading, item) if s.amount}
    for n, amount in enumerate(reading.amounts):
        use = uses.get(amount.id) or uses.get(amount.same_as or "")
        if use in ("penalty", "cap") and (amount.role != "deposit" or _is_taken(reading, amount)):
            reading.amounts[n] = amount.model_copy(update={"role": use, "is_total": False})


# 每次从质量保证金中扣除1,000元, 每次扣除押金1,000元, 甲方不退押金的，每拖一日另付乙方50元
_TAKEN = re.compile(
    r"中(?:直接)?(?:扣|减|抵)|扣[除减罚留]|另[付处]|[，,][^，,]{0,12}(?:支付|付|罚|赔)|每[^，,。;]{1,6}[扣罚付]"
)
_EACH_TIME = re.compile(r"每[^，,。;]{1,8}(?:扣[除减罚]?|罚)[^，,。;]{0,8}\Z")


def _is_taken(reading: Reading, amount: Amount) -> bool:
    """Whether a fine only stands behind the name of a deposit: it is taken from it, or owed for keeping it back."""
    if reading.text.startswith("违约金", amount.span.end):  # 没收保证金并另处10万元违约金
        return True
    if len(amount.evidence.cues) == 1:  # only a heading speaks of a deposit
        return True
    sentence, name = reading.sentences.at(amount.span.start), amount.evidence.cues[0]
    if sentence is None or name.start >= amount.span.start:
        return False
    between = sentence.slice(name.end, amount.span.start)
    return bool(_TAKEN.search(between) or _EACH_TIME.search(sentence.before(name.start)))


def _in_sentence(reading: Reading, sentence: Sentence, before: list[Penalty]) -> list[Penalty]:
    sanctions = sanctions_in(reading, sentence)
    if not any(s.use != "none" for s in sanctions):
        cap_alone(reading, sentence, before)
        return []
    made: list[Penalty] = []
    period: PenaltyPeriod | None = _of_step(sentence, before)
    last: Decimal | None = None
    form: str | None = None
    for sanction in sanctions:
        if sanction.use == "cap":
            put_cap(reading, sentence, sanction, made, before)
        elif sanction.use == "penalty":
            goes_on = bool(last and sanction.value and form == sanction.form == "rate" and sanction.value <= last * 10)
            goes_on = goes_on or (
                sanction.form == "amount" and sentence.slice(sanction.left, sanction.left + 1) == "、"
            )
            step = sentence.slice(sanction.left, sanction.start)
            goes_on = goes_on or (sanction.form == form == "multiple" and bool(re.search("以上|超过|超出", step)))
            goes_on = goes_on or not made or bool(_AND_MORE.fullmatch(step))
            penalty = _penalty(reading, sentence, sanction, period if goes_on else None, [*before, *made])
            made.append(penalty)
            period, last, form = penalty.per, sanction.value, sanction.form
    cap_behind(sentence, made)
    return _of_scale(reading, sentence, made, before)


# 每晚一日，减收一日租金，并另付150元
_AND_MORE = re.compile(
    r"[^，,。;]{0,6}[，,](?:并|且|同时)另(?:行|外)?(?:向[^，,。;]{1,8})?(?:支?付|给付|补偿|赔)[^，,。;的]{0,8}"
)
# 逾期超过15日的，自第16日起按付款金额的0.5%支付
_LATER_DAYS = re.compile(
    r"\A[^，,。;]{0,16}(?:的?[，,])?(?:自|从)?第 ?[\d一二三四五六七八九十]+ ?[日天]起[，,]?(?!.*每)"
)


def _of_step(sentence: Sentence, before: list[Penalty]) -> PenaltyPeriod | None:
    """The period of the step before, where a sentence goes on with a scale of days and says no period."""
    last = before[-1] if before else None
    if last is None or sentence.previous is None or last.span.start < sentence.previous.start:
        return None
    return last.per if last.per == "day" and _LATER_DAYS.match(sentence.text) else None


# 70—79分，扣5%; 第三次的，扣10%
_STEP = re.compile(r"\A[^，,。;:]{0,8}(?:\d ?分|第[二三四五两]次)")


def _of_scale(reading: Reading, sentence: Sentence, made: list[Penalty], before: list[Penalty]) -> list[Penalty]:
    """The steps of a scale that name nobody fine who was fined at the step before."""
    last = before[-1] if before else None
    if last is None or sentence.previous is None or not _STEP.match(sentence.text):
        return made
    if last.span.start < sentence.previous.start or reading.mentions.within(
        sentence.start, made[0].span.end if made else 0
    ):
        return made
    return [p.model_copy(update={"liable": last.liable, "beneficiary": last.beneficiary}) for p in made]


def _sides_before(sentence: Sentence, before: list[Penalty]) -> Sides | None:
    """Who is liable for the last penalty of the sentence before in the same paragraph."""
    last = before[-1] if before else None
    if last is None or sentence.previous is None or last.span.start < sentence.previous.start:
        return None
    return Sides(last.liable, last.beneficiary)


def _penalty(
    reading: Reading, sentence: Sentence, sanction: Sanction, period: PenaltyPeriod | None, before: list[Penalty]
) -> Penalty:
    own = next((r.per for r in within(reading.values.rates, sanction.start, sanction.end)), None)
    per = period_of(sentence, sanction, own, period)
    end = _own_end(sentence, sanction)
    sides = sides_of(sentence, reading.mentions, sanction.left, end, _sides_before(sentence, before))
    if not (sides.said or is_stranger(sentence.text) or (reading.mentions.payee and PRICE_UNPAID.match(sentence.text))):
        liable = likelier(reading, sentence, sanction, sides.liable, before[-1] if before else None)
        sides = sides if liable == sides.liable else Sides(liable, reading.mentions.other(liable))
    base = _printed(reading, sentence, base_of(sentence, sanction))
    base = base or _base_before(sentence, sanction, (sides.liable, per), before)
    amount = _base_amount(reading, base)
    kind = _kind(sentence, sanction, per)
    start, end = _extent(sentence, sanction)
    return Penalty(
        id="n",
        clause=clause_at(reading, sanction.start),
        span=Span(start=start, end=end),
        text=reading.document.text[start:end],
        evidence=Evidence(
            rule="penalty.weighed" if sanction.weighed else f"penalty.{kind}",
            cues=(Span(start=sanction.start, end=sanction.end),),
        ),
        liable=sides.liable,
        beneficiary=sides.beneficiary,
        base=base,
        base_ref="contract_total" if base and is_total_base(base) else amount.id if amount else None,
        trigger=_trigger(reading, sentence, sanction),
        rate=sanction.value if sanction.form == "rate" else None,
        per=None if kind == "interest" and per == "once" else per,
        multiple=sanction.value if sanction.form in ("multiple", "months") else None,
        amount=sanction.value if sanction.form == "amount" else None,
        threshold=_threshold(reading, sentence, sanction),
        grace=_grace(sentence),
        remedies=tuple(remedies_in(sentence.after(case_end(sentence, sanction.start, sanction.left)))),
        kind=kind,
        blank=sanction.form == "blank",
        exposure=_exposure(reading, sanction, base, amount, per),
    )


def _base_before(
    sentence: Sentence, sanction: Sanction, own: tuple[str | None, PenaltyPeriod], before: list[Penalty]
) -> str | None:
    """What the step before of the same debtor is taken of: 当月服务费扣减20%；低于99%的，扣减50%."""
    last = before[-1] if before else None
    first = sentence.previous.start if sentence.previous is not None else sentence.start
    if last is None or last.rate is None or last.span.start < first or (last.liable, last.per or "once") != own:
        return None
    return last.base if is_step(sentence, sanction, last.evidence.cues[-1].end) else None


# 每天赔偿甲方8,000元、赔偿丙方3,000元: who gets the next sum stands in front of it
_NEXT_RECEIVER = re.compile(r"(?:、|[，,]?(?:并|和|及|同时))(?:另)?(?:向|给|赔偿|补偿|支付)[^，,。;、]{1,10}\Z")


# 每少一月支付…元，总额不超过甲方提供的培训费用; …作为违约金，剩余部分退还买方
_OF_ANOTHER = re.compile(
    r"[，,](?:但|且|并)?(?:[^，,。;]{0,8}(?:不(?:得|应)?超过|最高|上限)|剩余|其余|余下|余款|多余|不足(?:部分|的))"
)


def _own_end(sentence: Sentence, sanction: Sanction) -> int:
    """Where the words about a number end: at the next number, or before the receiver of that one."""
    behind = sentence.slice(sanction.end, sanction.right)
    match = _NEXT_RECEIVER.search(behind) or _OF_ANOTHER.search(behind)
    return sanction.end + match.start() if match else sanction.right


def _kind(sentence: Sentence, sanction: Sanction, per: PenaltyPeriod) -> PenaltyKind:
    near = sentence.slice(sanction.left, sanction.right)
    if sanction.form == "months":
        return "months_rent" if re.match(r"[^年季日]*租", sanction.what or "") else "multiple"
    if sanction.form == "multiple":
        said = sentence.slice(sanction.left, sanction.start) + sentence.slice(sanction.end, sanction.end + 12)
        return "interest" if re.search(r"利率|LPR", said) else "multiple"
    if sanction.form == "rate" and per == "once" and _INTEREST.search(near) and "违约金" not in near:
        return "interest"
    rates: dict[str, PenaltyKind] = {
        "day": "rate_per_day",
        "week": "rate_per_week",
        "month": "rate_per_month",
        "event": "rate_per_event",
    }
    fixed: dict[str, PenaltyKind] = {"day": "fixed_per_day", "event": "fixed_per_event"}
    if sanction.form == "blank":
        money = bool(re.match(r" *万?元", sentence.after(sanction.end)))
        return fixed.get(per, "fixed") if money else rates.get(per, "rate_once")
    return fixed.get(per, "fixed") if sanction.form == "amount" else rates.get(per, "rate_once")


def _printed(reading: Reading, sentence: Sentence, base: str | None) -> str | None:
    """The words as they stand (应付末付租金), where reading has taken a character for another."""
    at = reading.text.find(base, sentence.start, sentence.end) if base else -1
    return fold(reading.document.text[at : at + len(base)]) if base and at >= 0 else base


def _base_amount(reading: Reading, base: str | None) -> Amount | None:
    """The sum a base means: the total for 合同总价, the rent for 月租金; None when none or several could be meant."""
    if base is None:
        return None
    if is_total_base(base):
        totals = [a for a in reading.amounts if a.is_total]
        return totals[0] if totals and len({a.value for a in totals}) == 1 else None
    if re.fullmatch(r"(?:的)?(?:月|每月)?(?:租金|房租)", base):
        rents = [a for a in reading.amounts if a.role == "rent" and a.per == "月"]
        return rents[0] if rents else None
    named = [a for a in reading.amounts if a.label and a.label == base and a.role in ("deposit", "rent", "unit_price")]
    return named[0] if named and len({a.value for a in named}) == 1 else None


def _exposure(
    reading: Reading, sanction: Sanction, base: str | None, amount: Amount | None, per: PenaltyPeriod
) -> Exposure | None:
    """The penalty in money, with its working."""
    if amount is None or sanction.value is None or sanction.form not in ("rate", "months", "multiple"):
        return None
    if sanction.form == "multiple" and base and not re.search(r"定金|押金|租金|保证金", base):
        return None
    value = amount.value * sanction.value
    return Exposure(value=value, per=per, formula=f"{amount.value:f} × {sanction.value:f}")


def _threshold(reading: Reading, sentence: Sentence, sanction: Sanction) -> Threshold | None:
    """The limit that must be passed first: the last one said in front of the number."""
    limit = _last_threshold(reading.deadlines, _case_start(sentence, sanction), sanction.start)
    if limit is None or limit.number is None or not _own_threshold(sentence, limit, sanction):
        return None
    return Threshold(number=limit.number, unit=limit.unit, workday=limit.workday, op=limit.op)


def _case_start(sentence: Sentence, sanction: Sanction) -> int:
    """迟延超过90日且金额累计达300万元的，…按8%补偿: the number before is part of the case."""
    if sanction.left == sentence.start:
        return sanction.left
    first, past = sentence.piece(sanction.left - 1)
    case = sentence.slice(sanction.left, past).rstrip().endswith("的") and past < sanction.start
    return first if case else sanction.left


def _last_threshold(deadlines: list[Deadline], start: int, end: int) -> Deadline | None:
    found = [d for d in deadlines if d.kind == "threshold" and start <= d.span.start < end]
    return found[-1] if found else None


def _own_threshold(sentence: Sentence, limit: Deadline, sanction: Sanction) -> bool:
    """不足一日按一日计 in a bracket says how to count, not when the penalty begins."""
    between = sentence.slice(limit.span.end, sanction.start)
    return not re.match(r"的?[，,]?(?:均)?按(?:照)?[一1]", between)


def _grace(sentence: Sentence) -> Duration | None:
    match = _GRACE.search(sentence.text)
    if match is None or not match["number"].isdigit():
        return None
    return Duration(number=Decimal(match["number"]), unit="day", workday=bool(match["work"]))


# 未系安全带：500元/人次
_NAMED_CASE = re.compile(r"\s*(?P<case>[^:，,。;]{2,30}): *(?:每[人次处项件]{1,2}|罚款?|扣)?[^:，,。;]{0,2}\Z")


def _trigger(reading: Reading, sentence: Sentence, sanction: Sanction) -> str | None:
    if sentence.unit.row is not None:
        return _row_trigger(reading, sentence, sanction)
    named = _NAMED_CASE.match(sentence.before(sanction.start))
    if named and (breached(named["case"]) or any(breached(lead.text) for lead in sentence.leads())):
        return named["case"]
    found = trigger_of(sentence, sanction.start, sanction.left, reading.mentions)
    if found or sanction.left > sentence.start:
        return found or trigger_of(sentence, sanction.start, sentence.start, reading.mentions)
    for lead in sentence.leads():
        found = trigger_of(lead, lead.end + 1, lead.start, reading.mentions)
        if found:
            return found
    return None


def _row_trigger(reading: Reading, sentence: Sentence, sanction: Sanction) -> str | None:
    """What a row is about: its first cell with words (送货迟到 | 每次扣200元), the number of the row left aside."""
    own = trigger_of(sentence, sanction.start, sanction.left, reading.mentions)
    if own and sanction.left > sentence.start:
        return own
    row = sentence.unit.row
    before = [c.text.strip() for c in row.cells if c.span.end <= sanction.start] if row else []
    return next((words for words in before if not re.fullmatch(r"[\d.\s]*", words)), None)


def _extent(sentence: Sentence, sanction: Sanction) -> tuple[int, int]:
    """From the words about this number to the end of its piece."""
    start = sentence.start if sanction.left == sentence.start else sentence.piece(sanction.left + 1)[0]
    start = max(start, sanction.left) if sanction.left > sentence.start else start
    while start < sanction.start and sentence.slice(start, start + 1) in "，,、;。 的":
        start += 1
    return start, max(sentence.piece(max(sanction.end - 1, sanction.start))[1], sanction.end)


def _with_tiers(penalties: list[Penalty]) -> list[Penalty]:
    """Number the steps of a scale: penalties of one clause and one debtor with thresholds between them."""
    groups: dict[tuple[str | None, str | None, str], list[int]] = {}
    for n, penalty in enumerate(penalties):
        if penalty.rate is not None or penalty.amount is not None:
            groups.setdefault((penalty.clause, penalty.liable, penalty.kind), []).append(n)
    result = list(penalties)
    for numbers in groups.values():
        if len(numbers) < 2 or not any(penalties[n].threshold for n in numbers):
            continue
        for tier, n in enumerate(numbers, 1):
            result[n] = result[n].model_copy(update={"tier": tier})
    return result
