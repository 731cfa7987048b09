"""What belongs to a penalty: period, trigger, remedies; its base is in nlp.extract.penalty_bases.

Of `乙方逾期交货的，每逾期一日应按逾期货款的万分之五向甲方支付违约金` the trigger is 逾期交货, the period a day.
"""

import re
from collections.abc import Iterator
from functools import cache

from nlp.extract.breach_words import EVERY_DAY, EVERY_EVENT, EVERY_MONTH, EVERY_WEEK, LATE, MEASURES
from nlp.extract.mentions import Mentions
from nlp.extract.sanction_places import column_head
from nlp.extract.sanctions import Sanction
from nlp.extract.sentences import Sentence
from nlp.lexicon import CueFinder, read_rules
from schema.penalty import PenaltyPeriod, Remedy

# 迟一天交货，赔100元: said once for every day; 逾期一日的 is a case of its own
_LATE_ONE = rf"(?<!第){LATE}[^，,。;每\d一1]{{0,6}}?[一1壹][日天](?!以|内|后|的|前|未|仍)"
_DAY_ALONE = (
    r"(?:(?<=[，,:、\s])|\A)[一1][日天](?=(?:罚|扣|赔|付|补|收|按|加|计)? ?[\d一二两三四五六七八九十百壹]|罚|扣|赔|补)"
)
# 迟到一次扣200元, 缺一份资料扣200元
_ONE_EVENT = (
    rf"(?<![第首])[一1](?:个)?(?:{MEASURES})(?!性|月|季|星期|学|验收|通过|合格|检验|报验|送检|交付|付清|付款)"
    r"(?=[^，,。;]{0,4}[，,]? ?(?:就|要|则|即)?(?:罚|扣|赔|处|减|收|付)?[^，,。;]{0,6}\Z)|单次"
)
_PERIODS: tuple[tuple[PenaltyPeriod, str], ...] = (
    (
        "day",
        (
            rf"{EVERY_DAY}|按(?:自然|工作)?日(?!期|租)|按天|逐日|{_LATE_ONE}|{_DAY_ALONE}|日(?:利率|息|违约金|罚金)"
            r"|日(?=[万千百]分|[\d.]+ ?[%‰‱])|/ ?[日天]"
        ),
    ),
    (
        "week",
        rf"{EVERY_WEEK}|(?<!第){LATE}[^，,。;每\d一1]{{0,6}}?[一1](?:周|个?星期)(?!以|内|后|的|前|未|仍)|按周|/ ?周",
    ),
    (
        "month",
        (
            rf"(?<!平均){EVERY_MONTH}|按月(?!租|工资|薪|服务|物业|费|考核|结算|汇总|统计|核对|足额|及时|按时|如数|发|[^，,。;付缴交计收扣]{{1,8}}(?:费|租金|价款))"
            rf"|月(?:利率|息) *(?:[\d.]+ ?[%‰]"
            rf"|百分|千分|为|按)?|/ ?月"
        ),
    ),
    ("event", rf"(?<!平均){EVERY_EVENT}|{_ONE_EVENT}|/ ?(?:批次|{MEASURES})|按次"),
)
_PERIOD = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _PERIODS))
_AFTER = re.compile(
    rf"[】\])]?(?:的)? *(?:标准|比例|计算)?[，,]?(?P<words>/ ?(?:日|天|周|月|批次|{MEASURES})"
    r"|每[日天周月次](?![^，,。;]{0,3}(?:最|不超|上限|累计|合计|限))|每逾期一[日天]|按[日天周月次]|逐日|[一1](?:日|天|周|个?月|人次|次|人|处|项|例|起|件)(?=[，,。;、]|\Z))"
)

_IF = re.compile(r"\s*(?:但|且|并且|同时|另外?|此外)?(?:如果?|若|倘若|假如|一旦|当|凡|对于?|因|由于|经)?(?:因)?")
_CONSEQUENCE = re.compile(
    r"每(?:逾期|迟延|延迟|延期|拖延|超期|日|天|次|发生|出现|周|月|推迟|晚|中断|拖欠)|(?:应当?|须|需|必须|则|均"
    r"|将|由|有权|可以?|按照?|承担|支付|赔偿|视为|违约金|向|以|甲方|乙方|对方|双方|守约方|违约方|责任方|该方|其"
    r"|处|扣|给予|不予|没收)"
)
_CASE_END = re.compile(
    r"(?:的|时|后|之日起|情形|情况|行为|规定|约定|义务|要求|损失|之一|延迟|延误|逾期|付款|交货|履行)\Z"
)


def period_of(sentence: Sentence, sanction: Sanction, own: str | None, before: PenaltyPeriod | None) -> PenaltyPeriod:
    """What one such sum falls due for.

    Args:
        sentence: that holds it.
        sanction: the number.
        own: what the rate says of itself (日万分之五).
        before: period of the penalty before it in the sentence.
    """
    if own in ("day", "week", "month"):
        return own  # type: ignore[return-value]
    if _TIMES_DAYS.match(sentence.after(sanction.end)):
        return "day"
    after = _AFTER.match(sentence.slice(sanction.end, sanction.right))
    if after:
        return _period(after["words"])
    left = sentence.slice(sanction.left, sanction.start)
    if re.search(r"天数[，,]按[^，,。;]*\Z", left):
        return "day"  # 就未提前通知的天数，按日单价的80%补偿
    if not _EVERY_HOUR.search(left) and re.search(
        r"(?:日|每日|当日|每天)(?:的)?(?:租金|房租|使用费|占用费|租赁费|均额)(?:标准)?(?:的|之)?[ 【\[]*\Z",
        sentence.before(sanction.start),
    ):
        return "day"
    found = [m for m in _PERIOD.finditer(left) if not _of_case_before(m, left[m.end() :])]
    if found:
        return _named(_by_time(found))
    head = _HEAD_PERIOD.search(column_head(sentence, sanction.start))
    if head:
        return _period(head[0])
    if re.search(r"每[^，,。;每]{1,10}百分点\Z", sentence.before(sanction.left)):
        return "event"  # 每低1个百分点，扣2%: the percentage before is what is counted
    for lead in sentence.leads():
        found = [m for m in _PERIOD.finditer(lead.text) if not _CHECKS.match(lead.text, m.end())]
        if found and "元" not in lead.text and "%" not in lead.text:
            return _named(found[-1])
    return before if before else "once"


# 利息＝应付款×0.02%×逾期天数
_TIMES_DAYS = re.compile(r"[】\])_ ]*%? *[×*xX] *[^，,。;×]{0,8}[天日]数")
_EVERY_HOUR = re.compile(r"每(?:逾期|超时|超过)?[^，,。;\d]{0,4}(?:小时|分钟)")
# 每逾期1日减免1日租费，逾期超过30日的，双倍退还: the day belongs to the case before
_NEXT_CASE = re.compile(
    r"[，,](?:但|且|如|若)?[^，,。;每]{0,6}(?:超过|达到?|满|逾)[^，,。;每]{1,8}[日天周月](?:以上)?的?[，,]"
)


# 甲方每日验收并记录: how often somebody checks
_CHECKS = re.compile(r"[^，,。;]{0,3}(?:验收|检查|记录|考核|巡查|抽查|清扫|服务|提供|工作|统计|汇总|评)")


def _of_case_before(match: re.Match[str], behind: str) -> bool:
    """须每日清场，未清场的，加收10%: what is done daily is no period of the penalty."""
    if _NEXT_CASE.search(behind):
        return True
    if match[0].startswith("按") and re.match(r"(?:退|返|折|结)", behind):
        return True  # 按日退还剩余费用，并支付剩余费用的15%
    plain = re.fullmatch(r"每 ?[一个]*[日天周月]|按[日天周月]", match[0])
    return bool(plain and re.search(r"[，,][^，,。;每]{2,24}的[，,]", behind))


# 扣款（元/次）
_HEAD_PERIOD = re.compile(r"元 ?[/每] ?(?:日|天|周|月|人次|次|人|处|项|例|起|件)")


def _by_time(found: list[re.Match[str]]) -> re.Match[str]:
    """每天每人100元, 每逾期一天，每单扣10元: it runs by the day, whatever else it is counted by."""
    last = found[-1]
    if last.lastgroup == "event" and len(found) > 1 and found[-2].lastgroup == "day":
        between = last.string[found[-2].end() : last.start()]
        late = re.match(rf"每{LATE}", found[-2][0])
        if (
            between == ""
            or re.fullmatch(r"[^，,。;的]{1,6}费", between)
            or (late and (between in "，," or _BY_COUNT.fullmatch(between)))
        ):
            return found[-2]
    return last


# 每超过一天，按受影响客房数每间付100元
_BY_COUNT = re.compile(r"[，,](?:按照?|就|对)[^，,。;的]{1,10}")


def _named(match: re.Match[str]) -> PenaltyPeriod:
    name = match.lastgroup
    return name if name in ("day", "week", "month", "event") else "once"  # type: ignore[return-value]


def _period(words: str) -> PenaltyPeriod:
    for mark, period in (("日", "day"), ("天", "day"), ("周", "week"), ("月", "month")):
        if mark in words:
            return period  # type: ignore[return-value]
    return "event"


def trigger_of(sentence: Sentence, sanction_start: int, left: int, mentions: Mentions) -> str | None:
    """The breach: the pieces before the consequence, without 如, without who breaks the contract, without 的."""
    case = _case(sentence, sanction_start, left)
    if case is None:
        return None
    start, end = case
    head = _IF.match(sentence.slice(start, end))
    start += head.end() if head else 0
    for mention in mentions.within(start, end):
        if mention.start == start and not _OWNED.match(sentence.after(mention.end)):
            start = mention.end
    words = sentence.slice(start, end).strip(" ，,:")
    words = re.sub(r"(?:的(?:情形|情况|行为)?|时|之日)\Z", "", words)
    return words or None


_OWNED = re.compile(r"\s*(?:的|之|原因|方面|或|和|及|与|、|工作人员|人员|员工|过错|责任)")


def _case(sentence: Sentence, position: int, left: int) -> tuple[int, int] | None:
    """Place of the pieces that say when: from the end of the consequence before up to the one at hand."""
    pieces = [(s, e) for s, e in sentence.pieces if s >= left and e <= position]
    case: tuple[int, int] | None = None
    for start, end in pieces:
        words = sentence.slice(start, end)
        if _CONSEQUENCE.match(words.strip()) and not words.rstrip().endswith(("的", "时")) and case:
            break
        case = (case[0] if case else max(start, left), end)
        if words.rstrip().endswith("的"):
            break
    if case and _CASE_END.search(sentence.slice(*case).rstrip()):
        return case
    return case if case and len(pieces) > 1 else None


@cache
def _remedies() -> CueFinder:
    return CueFinder(*read_rules("remedies"))


def case_end(sentence: Sentence, position: int, left: int) -> int:
    """Where the words that say when end and the consequence begins."""
    case = _case(sentence, position, left)
    return case[1] if case else left


def remedies_in(words: str) -> Iterator[Remedy]:
    """Consequences named in words, in order, each once."""
    seen = set()
    for cue in _remedies().find(words):
        remedy: Remedy = cue.rule.data["remedy"]
        if remedy not in seen:
            seen.add(remedy)
            yield remedy
