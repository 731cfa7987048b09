"""Caps of penalties: what they are, and which penalties they limit.

`每日支付1‰的违约金，累计不超过合同总价的10%` caps the penalty beside it. `上述违约金合计不超过合同总价的10%`,
or a cap in an item of its own, limits all penalties of the same debtor said before it under the same clause.
"""

import re
from decimal import Decimal

from nlp.extract.liable import sides_of
from nlp.extract.penalty_bases import cap_base
from nlp.extract.penalty_reach import reach_of
from nlp.extract.places import article_of, clause_at
from nlp.extract.sanction_places import limits_column
from nlp.extract.sanctions import Sanction
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from schema.penalty import Penalty
from schema.values import Cap

_CAP_TOLD = re.compile(r"(?:违约金|滞纳金|罚款|赔偿金|扣款)[^，,。;]{0,16}(?:不(?:得)?超过|上限|最高|为限|封顶|累计)")
_CAP_WORDS = re.compile(
    r"(?:不(?:得)?超过|以|为限|上限为|最高不超过)(?P<base>(?:本)?合同(?:总)?(?:价款?|金额|总价|总额)"
    r"|[^，,。;]{2,14}?(?:总额|总价|金额|价款|款项|费用))(?:为限)?\Z"
)
# 上述违约金合计, 本条各项扣款累计: all that was said before
_GATHERS = re.compile(r"上述|以上|前述|上列|前款|前项|各项|各类|各种|所有|全部|本[条款]|合计|总计|总和|之和")

# 由乙方承担10%，但最高不超过20000元: the limit of that share alone
_OWN_CAP = re.compile(r"\A[】\])]?[^，,。;]{0,8}[，,](?:但|且|并)?(?:最高|最多|累计)?不")
# 引起投诉的，供方按实际减免的房费赔偿，每间次最高不超过500元: the limit of that loss alone
_LOSS_LIMITED = re.compile(
    r"的[，,](?:(?!上述|以上|前述|各项|本[条款])[^。;])*(?:赔偿|补偿|赔付|承担|负担)(?:责任)?[，,](?:但|且|并)?"
    r"(?:(?!上述|以上|前述|各项|违约金|扣款|罚款)[^，,。;])*\Z"
)
# 上述违约金均不超过: of either side
_EACH = re.compile(r"均|分别|各自|任何一方|双方")


def put_cap(
    reading: Reading, sentence: Sentence, sanction: Sanction, made: list[Penalty], before: list[Penalty]
) -> None:
    """Put a cap on the penalties it limits.

    Args:
        reading: with the structure.
        sentence: that tells the cap.
        sanction: the cap.
        made: penalties of the sentence in front of the cap; they alone are limited where there are any.
        before: penalties of the sentences before it.
    """
    if made:
        _beside(reading, sentence, sanction, made)
        if _SUMMED.search(sentence.slice(sanction.left, sanction.end + 6)):
            _lower_steps(sentence, sanction, made[-1], before)
            _of_both(sentence, sanction, len(made), made[-1], before)
        return
    if sanction.left > sentence.start and _OWN_CAP.search(sentence.slice(sanction.left, sanction.start)):
        return
    if _LOSS_LIMITED.search(sentence.before(sanction.start)):
        return
    clause = clause_at(reading, sanction.start)
    alone = not any(p.clause == clause for p in before)
    if alone or _GATHERS.search(sentence.text):
        _over_all(reading, sentence, sanction, before)
    else:
        _beside(reading, sentence, sanction, before)


# 第1日至第15日每日0.1%；第16日起每日0.2%，累计以10%为限: the steps of one scale end at one sum
_SUMMED = re.compile(r"累计|合计|总额|总计|最高|封顶")
_LATER_STEP = re.compile(r"\A(?:自|从|逾期|延误|延期|迟延)?(?:超过|超出|满|达到?)?[第\d一二三四五六七八九十]")


def _lower_steps(sentence: Sentence, sanction: Sanction, last: Penalty, before: list[Penalty]) -> None:
    """Cap the step before as well, where the sentence goes on with a daily, weekly or monthly scale."""
    step = sentence.previous
    if step is None or last.per in ("once", "event", None) or not _LATER_STEP.match(sentence.text):
        return
    for n in range(len(before) - 1, -1, -1):
        own = before[n]
        if (
            own.span.start < step.start
            or own.cap
            or (own.per, own.liable, own.kind) != (last.per, last.liable, last.kind)
        ):
            return
        before[n] = own.model_copy(update={"cap": _cap(sentence, sanction)})


# 每日2,000元；…每日0.1%，两项累计以8%为上限: as many as are counted
_COUNTED = re.compile(
    r"(?:上述|以上|前述)?(?P<count>[两二三四])[项者种](?:[^，,。;]{0,6})?(?:累计|合计|共计|总额|总计|之和)"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4}


def _of_both(sentence: Sentence, sanction: Sanction, here: int, last: Penalty, before: list[Penalty]) -> None:
    """Cap the penalties of the same debtor in the sentences before that 两项累计 counts."""
    match = _COUNTED.search(sentence.slice(sanction.left, sanction.start))
    first = sentence
    while first.previous is not None:
        first = first.previous
    for n in range(len(before) - 1, len(before) - 1 - (_COUNTS[match["count"]] - here if match else 0), -1):
        if n < 0 or before[n].span.start < first.start or before[n].liable != last.liable or before[n].cap:
            return
        before[n] = before[n].model_copy(update={"cap": _cap(sentence, sanction)})


def _over_all(reading: Reading, sentence: Sentence, sanction: Sanction, penalties: list[Penalty]) -> None:
    """Cap what was said before under the same clause, of one debtor; a cap of its own goes before."""
    scope = _scope(reading, clause_at(reading, sanction.start))
    homes = [article_of(reading, p.clause, p.span.start) or "" for p in penalties]
    meant = reach_of(reading, sentence, sanction.start)
    reach = [n for n, p in enumerate(penalties) if homes[n] and meant.holds(_printed_above(reading, p) or homes[n])]
    if not meant.named:
        reach = [n for n in reach if homes[n] == scope or homes[n].startswith(f"{scope}/")]
    reach = [
        n for n in reach if penalties[n].kind != "unquantified" and not _no_such_sum(sentence, sanction, penalties[n])
    ]
    items = None if meant.named or meant.spared else _ITEMS.search(sentence.before(sanction.start))
    if items:
        numbers = _numbers(items[0])
        reach = [n for n in reach if _number_of(homes[n]) in numbers]
        reach = [n for n in reach if _above(homes[n]) == _above(homes[reach[-1]])]
    if not reach:
        _over_named(reading, sentence, sanction, penalties)
        return
    liable = _capped_side(reading, sentence, sanction, [penalties[n].liable for n in reach])
    for n in reach:
        if penalties[n].cap is None and (penalties[n].liable is None or liable in (penalties[n].liable, "both")):
            penalties[n] = penalties[n].model_copy(update={"cap": _cap(sentence, sanction)})


def _printed_above(reading: Reading, penalty: Penalty) -> str | None:
    """The clause of a penalty; for a row of a table the clause printed last before it (6.1 over the table of 6.1)."""
    if penalty.clause in reading.structure.clause_by_id:
        return penalty.clause
    before = reading.structure.clause_before(penalty.span.start)
    return before.id if before else None


# 乙方每月的扣款以…为限, 分包人的各项违约金
_OWN_SUMS = re.compile(r"(?:[^，,。;]{0,8}?的)?(?:各[项类种]|全部|所有)?(?:违约金|扣款|扣减|罚款|滞纳金|赔[付偿])")


def _capped_side(reading: Reading, sentence: Sentence, sanction: Sanction, liable: list[str | None]) -> str | None:
    """Whose penalties a cap limits: who owns the sums, who is liable in the sentence, else who was last."""
    if _EACH.search(sentence.text):
        return "both"
    for mention in reading.mentions.within(sentence.start, sanction.start):
        if mention.kind == "party" and _OWN_SUMS.match(sentence.after(mention.end)):
            return mention.party
    known = [side for side in liable if side]
    last = known[-1] if known else None
    if not reading.mentions.within(sentence.start, sentence.end):
        return last
    return sides_of(sentence, reading.mentions, sanction.left, sanction.right).liable or last


# 上述第1、2项违约金的总额: those items alone
_DIGITS = "〇一二三四五六七八九十"
_COUNT = r"[\d一二三四五六七八九十]+[)）]?"
_ITEMS = re.compile(rf"(?:第 ?[(（]?|[(（]){_COUNT}(?: ?[、,，和及与至到~-] ?第? ?[(（]?{_COUNT})* ?[项款](?!目)")


def _numbers(words: str) -> set[int]:
    """1 and 2 of （1）、（2）项, 1 to 3 of （1）至（3）项."""
    numbers = {int(n) for n in re.findall(r"\d+", words)} | {_DIGITS.index(c) for c in words if c in _DIGITS}
    return set(range(min(numbers), max(numbers) + 1)) if numbers and re.search("[至到~-]", words) else numbers


def _number_of(clause: str) -> int | None:
    last = clause.rsplit("/", 1)[-1].partition("~")[0]
    return int(last) if last.isdigit() else None


def _above(clause: str) -> str:
    return clause.rpartition("/")[0]


def _over_named(reading: Reading, sentence: Sentence, sanction: Sanction, penalties: list[Penalty]) -> None:
    """A cap in a clause of its own, 违约金总额以货款的25%为限: all that was called so before, in the same part."""
    noun = re.match(
        r"\s*(?:本(?:合同|协议)(?:项下)?(?:的)?)?(?:各项|全部|所有)?(?:的)?(违约金|滞纳金|罚款|扣款)", sentence.text
    )
    part = (clause_at(reading, sanction.start) or "").partition("/")[0]
    if not noun:
        return
    for n, penalty in enumerate(penalties):
        here = (penalty.clause or "").partition("/")[0] == part
        if here and penalty.cap is None and penalty.kind != "unquantified" and noun[1] in penalty.text:
            penalties[n] = penalty.model_copy(update={"cap": _cap(sentence, sanction)})


def _scope(reading: Reading, clause: str | None) -> str | None:
    """The clause whose penalties a cap gathers: the one above an item, a top-level clause itself."""
    found = reading.structure.clause_by_id.get(clause or "")
    return found.parent if found and found.level > 1 and found.parent else clause


# 任何一方的赔偿总额不超过合同总价: no limit of what is called 违约金
_OF_DAMAGES = re.compile(
    r"(?:赔偿(?:责任)?|责任)(?:的)?(?:总额|总金额|限额|金额|额)?(?:累计|合计|最高)*(?:不|以)[^，,。;]*\Z"
)
_OF_PENALTIES = re.compile(r"违约金|扣款|扣减|罚款|滞纳金|抵扣|抵减|减免")


def _no_such_sum(sentence: Sentence, sanction: Sanction, penalty: Penalty) -> bool:
    """A cap of 违约金 does not limit a multiple that makes good a loss (按货款的三倍赔偿)."""
    if "损失" in (penalty.base or "") and not re.search(r"赔|责任", sentence.text):
        return True  # 扣款累计不超过20% leaves 按实际损失的80%赔偿 alone
    said = sentence.slice(sentence.piece(sanction.start)[0], sanction.start)
    if _OF_DAMAGES.search(said) and not _OF_PENALTIES.search(said) and not re.search("赔", penalty.text):
        return True
    if (
        re.search(r"(?:逾期|迟延|延误|误期)[^，,。;]{0,6}(?:违约金|罚款|扣款|赔偿)", sentence.text)
        and penalty.per == "once"
    ):
        return True  # 上述逾期违约金 is not what is paid once
    if penalty.kind != "multiple" or "违约金" not in sentence.text:
        return False
    return not re.search("违约金|扣|减" if re.search("扣", sentence.text) else "违约金", penalty.text)


def _beside(reading: Reading, sentence: Sentence, sanction: Sanction, penalties: list[Penalty]) -> None:
    """Cap the penalties of the sentence, else those of the clause."""
    cap = _cap(sentence, sanction)
    clause = clause_at(reading, sanction.start)
    sides = sides_of(sentence, reading.mentions, sanction.left, sanction.right)
    for n in range(len(penalties) - 1, -1, -1):
        penalty = penalties[n]
        in_sentence = sentence.start <= penalty.span.start < sentence.end
        same_clause = penalty.clause == clause
        if not (in_sentence or same_clause) or penalty.cap or penalty.kind == "unquantified":
            break
        if in_sentence or penalty.liable == sides.liable or sides.liable in (None, "both"):
            penalties[n] = penalty.model_copy(update={"cap": cap})
        if in_sentence and penalty.per == "once" and len(penalties) > 1:
            break


def _cap(sentence: Sentence, sanction: Sanction) -> Cap:
    if sanction.form == "amount":
        return Cap(amount=sanction.value)
    base = cap_base(sentence, sanction)
    if base is None and limits_column(sentence, sanction.start):
        base = sentence.before(sanction.start).rstrip("的 ") or None
    if sanction.form == "months":
        number = sentence.slice(sanction.start, sanction.end)
        return Cap(base=f"{number}{sentence.after(sanction.end)[:1].replace('租', '')}{sanction.what}")
    return Cap(rate=sanction.value, base=base)


# …每日15,000元赔偿，赔偿总额不超过合同总价
_CAP_BEHIND = re.compile(
    r"[，,](?:但|且|并)?[^，,。;]{0,8}?(?:总额|累计|合计|总计|最高|最多)(?:最高|最多)?(?:不(?:得|应)?超过|以|为)"
    r"(?P<base>(?:本)?合同(?:总)?(?:价款?|金额|总价款?|总额))(?:为限)?\Z"
)


def cap_behind(sentence: Sentence, made: list[Penalty]) -> None:
    """Cap the last penalty of a sentence that ends with a limit without a number: no more than the whole price.

    Args:
        sentence: that may tell a cap.
        made: its penalties.
    """
    match = _CAP_BEHIND.search(sentence.text.rstrip("。;； \n"))
    if match and made and made[-1].cap is None:
        made[-1] = made[-1].model_copy(update={"cap": Cap(rate=Decimal(1), base=match["base"])})


# 每日按0.1%支付违约金；累计不超过合同总价
_GOES_ON = re.compile(r"\A(?:但|且|并)?(?:累计|合计|总计|总额|最高)[^，,。;]{0,6}(?:不(?:得)?超过|以)")


def _goes_on(sentence: Sentence, last: Penalty) -> bool:
    """Whether a sentence only says how far the penalty of the one before it runs."""
    step = sentence.previous
    return step is not None and step.start <= last.span.start < step.end and bool(_GOES_ON.match(sentence.text))


def cap_alone(reading: Reading, sentence: Sentence, before: list[Penalty]) -> None:
    """违约金总额不超过合同总价: a cap without a number.

    Args:
        reading: with the structure.
        sentence: that may tell a cap.
        before: penalties of the sentences before it.
    """
    if not before or not (_CAP_TOLD.search(sentence.text) or _goes_on(sentence, before[-1])):
        return
    match = _CAP_WORDS.search(sentence.text)
    if match and before[-1].clause == clause_at(reading, sentence.start) and before[-1].cap is None:
        before[-1] = before[-1].model_copy(update={"cap": Cap(rate=Decimal(1), base=match["base"])})
