"""Rates: `0.01 %`, `5‰`, `5‱`, `百分之三十`, `百万分之三`, `日万分之五`, `10 个百分点`, `5/10000`, `三成`, `一成半`.

A value is a fraction. Whether it is a penalty, a tax or a metric is not decided here. Leaves out fractions in words
(三分之二) and blanks (`__%`).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from nlp.values.found import Found, without_overlaps
from nlp.values.numerals import ARABIC, CHINESE, parse_number


@dataclass(frozen=True, slots=True)
class Rate(Found):
    """A rate.

    Attributes:
        value: as a fraction.
        per: `day`, `month` or `year` when it says so itself (日万分之五, 0.5‰/日, 年利率 is a matter of context).
        twin: whether it repeats the rate before it in another form, as in 5‱（万分之五）.
    """

    value: Decimal
    per: str | None = None
    twin: bool = False


# %o and %0 are ‰ typed without its key, or read by an OCR that has no such sign; where a sentence may end, the circle
# is a stop that was misread (扣当月服务费的8%。 → 8%o)
_MILLE = (
    r"%[oO0](?= ?(?:的(?!确)|向|支付|计|作为|承担|缴|收取|加收|罚|扣|偿付|赔偿|违约金|滞纳金|交纳|给付|标准|/"
    r"|每[日天]|[，,;、)]))"
)
_SIGN = rf"(?P<sign>{_MILLE}|[%‰‱])"
_SIGNS = {"%": 2, "‰": 3, "‱": 4}
_BASES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6}
_OF = "[十百]万|[百千万]"
_PERIODS = {"日": "day", "天": "day", "月": "month", "年": "year", "周": "week"}
_CLOSE = r"[ _]*(?:[】\])] ?)?[ _]*"
_PER = r"(?: ?[/每] ?(?P<per>日|天|周|月|年))?"
# 0.01 %   【5】%   5‰/日   10%-15% is two of them
_SIGNED = re.compile(rf"(?P<number>{ARABIC}){_CLOSE}{_SIGN}{_PER}")
# 二十% is rare but printed
_SIGNED_CHINESE = re.compile(rf"(?P<number>{CHINESE}){_CLOSE}{_SIGN}{_PER}")
# 百分之三十   万分之5   千分之零点三   百分之【5】
_OPEN = r"[ _]*[【\[(]?[ _]*"
_SPOKEN = re.compile(
    rf"(?P<before>[日天月年周]) ?(?P<base1>{_OF})分之{_OPEN}(?P<number1>{ARABIC}|{CHINESE})(?:[ _]*[】\])])?"
    rf"|(?P<base>{_OF})分之{_OPEN}(?P<number>{ARABIC}|{CHINESE})(?:[ _]*[】\])])?{_PER}"
)
_POINTS = re.compile(rf"(?P<number>{ARABIC}|{CHINESE}) ?个百分点")
# 先付一半   退还一半
_HALF = re.compile(r"(?<=[付还退])一半(?=[，,。;、\s]|\Z|的?(?:货款|价款|费用|款项|租金|款))")
# 三成   一成五   1成半; not 成 of 一成不变, 第三成员
_TENTHS = re.compile(
    r"(?<![\d.第十百千万亿几数])(?P<number>[一二两三四五六七八九1-9])成(?P<rest>半|[一二三四五六七八九])?"
    r"(?=[，,。;:、)）(（\s]|\Z|的(?!员)|以[上下内]|作为|留|做|为(?:[限上违赔止最])|支付|付|给|退|再|后|计|承担|负担|抵|结算|不(?:予|退)|扣|赔|罚|补|违约|向|由|封顶|即|优惠|股|利|收|货|归|算|折|减)"
)
# 5/10000, but not the end of a date or of a longer fraction
_SLASHED = re.compile(r"(?<![\d/.])(?P<number>\d{1,3}(?:\.\d+)?) ?/ ?(?P<base>1000{1,2})(?![\d/])")


def find_rates(text: str) -> list[Rate]:
    """All rates of a text, in order, without overlaps.

    Args:
        text: folded text of any length.
    """
    found: list[Rate] = []
    for pattern in (_SIGNED, _SIGNED_CHINESE):
        for match in pattern.finditer(text):
            _add(found, text, match, match["number"], _SIGNS.get(match["sign"], 3), _PERIODS.get(match["per"] or ""))
    if "分之" in text:
        for match in _SPOKEN.finditer(text):
            number, base = match["number1"] or match["number"], match["base1"] or match["base"]
            _add(found, text, match, number, _BASES[base], _PERIODS.get(match["before"] or match["per"] or ""))
    for match in _POINTS.finditer(text):
        _add(found, text, match, match["number"], 2, None)
    if "一半" in text:
        found += [Rate(match.start(), match.end(), Decimal("0.5")) for match in _HALF.finditer(text)]
    if "成" in text:
        found += [_tenths(match) for match in _TENTHS.finditer(text)]
    for match in _SLASHED.finditer(text):
        _add(found, text, match, match["number"], len(match["base"]) - 1, None)
    return _marked_twins(text, without_overlaps(found))


def _tenths(match: re.Match[str]) -> Rate:
    rest = match["rest"]
    part = Decimal(5) if rest == "半" else parse_number(rest) if rest else Decimal(0)
    return Rate(match.start(), match.end(), (parse_number(match["number"]) * 10 + part).scaleb(-2))


def _add(found: list[Rate], text: str, match: re.Match[str], number: str, power: int, per: str | None) -> None:
    try:
        value = parse_number(number.replace(" ", "")).scaleb(-power)
    except ValueError:
        return
    groups = match.re.groupindex
    start = match.start("base") if "before" in groups and match["before"] is None else match.start()
    start = match.start("base1") if "before" in groups and match["before"] else start
    if text[start - 1 : start] in ("【", "[") and start == match.start():
        start -= 1
    found.append(Rate(start, match.end(), value, per))


def _marked_twins(text: str, rates: list[Rate]) -> list[Rate]:
    """Mark the second of 5‱（万分之五）, equal and in a bracket directly behind."""
    result: list[Rate] = []
    for rate in rates:
        last = result[-1] if result else None
        between = text[last.end : rate.start].strip() if last else ""
        if last and between in ("(", "(即", "(即:", "即", "，即", ",即", "也即") and last.value == rate.value:
            rate = Rate(rate.start, rate.end, rate.value, rate.per, twin=True)
        result.append(rate)
    return result
