"""Numbers of a sentence that may cost something: rates, sums, multiples (双倍, 假一罚十), months of rent, blanks.

What each is there for: nlp.extract.sanctions.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from nlp.extract.breach_words import MONTHS_OF
from nlp.extract.sanction_sums import Candidate
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from nlp.values.found import within
from nlp.values.numerals import ARABIC, CHINESE, parse_number
from schema.money import Amount

# 两倍   双倍   加倍   假一罚十
_MULTIPLE = re.compile(
    rf"(?P<number>{ARABIC}|{CHINESE}|双|加)[】\])_ ]*倍(?!数|率|抽|检|复检|努力|小心)"
    r"|[假缺短少错偷退]一[罚赔补](?P<times>\d+|[一二三四五六七八九十]+)"
)
_TRADED = re.compile("一[罚赔补]")  # 假一罚十
# 月均货款两个月的金额
_OF_MONTHS = re.compile(r"(?:月均|每月|月平均|月度?)(?:租金|房租|服务费|货款|管理费|工资|费用|报酬|营业额)的? *\Z")
_SUM_OF = re.compile(r"的?(?:金额|数额|总额|标准|之和)")
# 合同总价的一半; 保证金的一半，即25,000元 says it in money
_HALF = re.compile(r"(?:(?<=[款价费额金酬资])|(?<=[款价费额金酬资]的))一半(?![，,]?(?:即|计|也就是)|时间|以[上下])")
_LONG_UNITS = {"month": "", "year": "年", "quarter": "季度"}
# 按1日租金补偿, 两天的租金
_DAY_RENTS = re.compile(
    rf"(?<![\d.每按单逐])(?P<number>\d{{1,3}}|{CHINESE}) *个?(?:日|天)(?:的)?"
    r"(?P<what>(?:平均)?(?:租金|房租|工资|报酬)|人天(?:费用?|单价))"
    r"(?![^，,。;]{{0,8}[\d百千万])"
)
# 三年维护费总额的2倍, 三个月租金的30%: the number behind is the one
_RATED = re.compile(r"(?:总额|金额|总和|之和)?的? *(?:[\d【]|百分之|[一二两三四五六七八九十双]+倍)")
_BLANK_AFTER = re.compile(r" *(?:万?元|%|‰|倍|个月(?:的)?(?:租金|工资))|\Z|[。，]")


# 当月费用减半, 只付一半服务费
_HALVED = re.compile(
    r"(?<=[款价费额金酬资用])减半(?!时|[^。;]{0,6}即)|减半(?=(?:支付|收取|计[算收付]|结算|发放|付)(?![，,]?即))"
    r"|(?<=[只仅]付)一半|(?<=[只仅]支付)一半"
)


def candidates_in(reading: Reading, sentence: Sentence) -> list[Candidate]:
    """All numbers of a sentence that may cost something, in no order.

    Args:
        reading: with values and amounts.
        sentence: to look at.
    """
    start, end = sentence.start, sentence.end
    found = [Candidate("rate", r.start, r.end, r.value) for r in within(reading.values.rates, start, end) if not r.twin]
    found += [Candidate("amount", a.span.start, a.span.end, a.value, a) for a in _sums(reading, start, end)]
    found += _in_words(sentence)
    for value in within(reading.values.durations, start, end):
        match = MONTHS_OF.match(sentence.after(value.end))
        rated = match and _RATED.match(sentence.after(value.end + match.end()))
        turned = _OF_MONTHS.search(sentence.before(value.start)) and _SUM_OF.match(sentence.after(value.end))
        if turned and value.form == "plain" and value.unit == "month":
            what = sentence.before(value.start).rstrip("的 ")[-3:].lstrip("月均度")
            found.append(Candidate("months", value.start, value.end, value.number, what=what))
        elif match and not rated and value.form == "plain" and value.unit in _LONG_UNITS:
            what = _LONG_UNITS[value.unit] + (match["mean"] or "") + match["what"]
            found.append(Candidate("months", value.start, value.end, value.number, what=what))
    found += [
        Candidate("blank", b.start, b.end, None)
        for b in within(reading.values.blanks, start, end)
        if b.state == "empty" and _BLANK_AFTER.match(sentence.after(b.end))
    ]
    return found


def _in_words(sentence: Sentence) -> Iterator[Candidate]:
    """Multiples, halves and rents of days; what they are written with is looked for first, for speed."""
    start, text = sentence.start, sentence.text
    if "倍" in text or _TRADED.search(text):
        for m in _MULTIPLE.finditer(text):
            value = _times(m["number"] or m["times"])
            if value is not None:
                yield Candidate("multiple", start + m.start(), start + m.end(), value)
    if "半" in text:
        for pattern in (_HALF, _HALVED):
            for m in pattern.finditer(text):
                yield Candidate("rate", start + m.start(), start + m.end(), Decimal("0.5"))
    if "租" in text or "工资" in text or "报酬" in text or "人天" in text:
        for m in _DAY_RENTS.finditer(text):
            what = m["what"] if re.search("平均|人天", m["what"]) else f"日{m['what']}"
            yield Candidate("months", start + m.start(), start + m.start("what"), _times(m["number"]), what=what)


# 季度服务费（72,000元）的5%: how much the base is
_OF_BASE = re.compile(r"(?:整)?[)）] *的? *(?:\d[\d.]* ?[%％‰]|百分之|千分之|万分之|[一二三四五六七八九]成)")


def _sums(reading: Reading, start: int, end: int) -> list[Amount]:
    """Sums that begin in a range, the second of two forms of one sum left out."""
    first = bisect_left(reading.amounts, start, key=lambda a: a.span.start)
    last = bisect_left(reading.amounts, end, key=lambda a: a.span.start)
    here = reading.amounts[first:last]
    ids = [a.id for a in here]
    return [
        a for n, a in enumerate(here) if a.same_as not in ids[:n] and not _OF_BASE.match(reading.text, a.span.end, end)
    ]


def _times(words: str) -> Decimal | None:
    if words in ("双", "加"):
        return Decimal(2)
    try:
        return parse_number(words)
    except ValueError:
        return None
