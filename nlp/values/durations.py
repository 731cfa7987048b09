"""Lengths of time: `30 个工作日`, `【7】日`, `十五（15）日`, `一个半月`, `每两周`, `每月21日`, `7×24小时`.

They stay symbolic: a month is never thirty days, a working day never a day. Leaves out calendar dates
(nlp.values.dates) and what a length is for. `7×24小时` is no length but service hours, without a number.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from nlp.values.found import Found, without_overlaps
from nlp.values.numerals import ARABIC, CHINESE, parse_number

Form = Literal["plain", "ordinal", "every", "day_of_month", "service_hours"]
Unit = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Duration(Found):
    """A length of time or a recurrence.

    Attributes:
        number: how many; None for a day of the month and for service hours. The upper end of a range.
        unit: of what.
        workday: whether working days are counted.
        form: plain; ordinal (第五日); every (每日, 每逾期一天); day_of_month (每月21日); service_hours (7×24小时).
        low: the lower end of a range (3 of 3-5个工作日).
        day: day of the month.
        filled: printed in fill-in brackets or on a drawn line.
    """

    number: Decimal | None
    unit: Unit
    workday: bool = False
    form: Form = "plain"
    low: Decimal | None = None
    day: int | None = None
    filled: bool = False


_WORKDAYS = "工作日|工作天|营业日|上班日|银行工作日|法定工作日"
_UNITS: dict[str, Unit] = {
    "工作日": "day",
    "工作天": "day",
    "营业日": "day",
    "上班日": "day",
    "银行工作日": "day",
    "法定工作日": "day",
    "自然日": "day",
    "自然天": "day",
    "日历天": "day",
    "日历日": "day",
    "公历日": "day",
    "日": "day",
    "天": "day",
    "周年": "year",
    "自然周": "week",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "自然月": "month",
    "月": "month",
    "季度": "quarter",
    "季": "quarter",
    "合同年度": "year",
    "自然年度": "year",
    "年度": "year",
    "年": "year",
    "小时": "hour",
    "钟头": "hour",
    "分钟": "minute",
    "秒钟": "second",
    "秒": "second",
}
_GAP = r"[ _]*(?:[】\])] ?)?[ _]*"
# what makes another word of the unit: 日常, 年级, 一年期LPR (but 三年期满), 周岁, 月份, 小时工
_AFTER_YEAR = (
    r"(?!级|龄|轻|代|薪|均|费(?!用)|期(?![限间满届])|利率|化"
    r"|[^\S\n]?\d{1,2} ?月|[^\S\n]?[一二三四五六七八九十]{1,2}月)"
)
_NOT = (
    r"(?:(?<=日)(?!均|元|本|志|报(?=[表刊社制、，,和及]|\Z)|历|常|光|照|用品|利率|租金|期(?![限间满届]))"
    r"|(?<=天)(?!津|然|花|空|气|线|平|使)"
    rf"|(?<=年){_AFTER_YEAR}"
    r"|(?<=周)(?!岁|转|边|围|末|密|期|[一二三四五六日])"
    r"|(?<=月)(?!份|球|薪|台|嫂|底|初|末|中旬|[上下]旬)"
    r"|(?<=季)(?!节|候|初|末)|(?<=度)(?!末|初|第)|(?<=小时)(?!工|候)|(?<=[拜期头钟秒]))"
)
# 工作 日, 小 时: spaces that scans leave inside a word
_NAMES = "|".join(" ?".join(name) for name in sorted(_UNITS, key=len, reverse=True) if name != "月")
_UNIT = rf"(?P<unit>{_NAMES}){_NOT}"
_MONTH_BARE = r"(?<![年\d] )(?<!年)(?P<bare>月)(?=[之以]?内|[一1]次)"
_NUM = rf"(?:{ARABIC}|{CHINESE})"
_PAIR = rf"(?:{CHINESE}|{ARABIC}) ?[(【] ?(?P<pair>{ARABIC}|{CHINESE}) ?[)】]"
_RANGE = rf"(?:(?P<low>{_NUM}) ?(?:个 ?)?(?:-|—|–|~|～|至|到) ?)?"
_WITH_GE = rf"个 ?(?P<half>半)?(?:{_UNIT}|(?P<month>月){_NOT})"
_WITHOUT_GE = rf"(?P<unit2>{_NAMES}){_NOT}(?P<half2>半)?"
# 30个工作日   【7】日   十五(15)日   3-5个工作日   一个半月   一年半   三月内
_PLAIN = re.compile(
    rf"{_RANGE}(?:(?P<both>{_PAIR})|(?P<number>{_NUM})){_GAP}(?:{_WITH_GE}|{_WITHOUT_GE}|{_MONTH_BARE})"
)
_HALF = re.compile(rf"半 ?(?:个 ?)?(?P<unit>年|月|天|日|小时|工作日|季度|学年){_NOT}")
_EVERY_UNIT = "工作日|自然日|自然月|自然季度|日|天|周年|周|星期|月|季度|季|年度|年|小时|合同年度|分钟"
_EVERY = re.compile(rf"每(?:个|一|1|壹)? ?(?P<half>半)?(?:个)?(?P<unit>{_EVERY_UNIT})(?!薪| ?\d{{1,2}} ?[日号])")
_A_MONTH = (
    r"(?:每(?:个)?(?:自然)?(?:(?:季度?|半年|年度?)(?:的)?(?:首|末|头|最后|第[一二三四五六1-6])(?:个|一个)?|季度?)?月(?:份)?"
    r"|[当次下该同本]个?月|下一(?:个)?月|首月|末月)"
)
# 每月21日   次月 10 日前   每季度首月5日
_DAY_OF_MONTH = re.compile(rf"{_A_MONTH}(?:的)? ?[【\[_]*(?P<day>\d{{1,2}}|{CHINESE})[】\]_]* ?[日号]")
_TIMES = r" ?[*×xX✕✖╳·] ?"
# 7*24小时   5天×8小时   24×7
_SERVICE = re.compile(
    rf"(?<!\d)[57](?: ?天)?{_TIMES}(?:24|12|8|10) ?(?:个)?(?:小时|h(?:ours?)?)?(?![\d.])"
    rf"|(?<!\d)(?:24|8) ?(?:小时)?{_TIMES}[57](?: ?天)?(?![\d.])"
)
# 10日（工作日）内
_MEANT_WORKDAY = re.compile(r" ?\((?:均?[为指])?工作日\)")
# 两月一次, 每半年进行一次
_ONCE = re.compile(r"[】\])]? ?(?:进行)?[一1]次(?!性)")
_NO_ONE = tuple("同某任何这那上下逐统唯之单专万")
# 每逾期一日, 每满一年, 每隔3个月; but in 收到每批成果之日起10日 nothing recurs
_EVERY_BEFORE = re.compile(
    r"每(?:个|一)? ?(?:(?:逾|延|迟|拖|超|晚|欠|旷|中断|停|推|缺|滞|耽|误|违|中止|满|隔|间隔|多|少|累计|连续"
    r"|工作)[^\s,，。;:、每()0-9]{0,10}?)?\Z"
)
_LIMIT = re.compile(r" ?(?:以|之)?内")
_LOOK_BACK = 12


def find_durations(text: str) -> list[Duration]:
    """All lengths of time of a text, in order, without overlaps.

    Args:
        text: folded text of any length.
    """
    found: list[Duration] = []
    if "24" in text or "8" in text or "12" in text:
        found += [Duration(m.start(), m.end(), None, "hour", form="service_hours") for m in _SERVICE.finditer(text)]
    found += [d for match in _DAY_OF_MONTH.finditer(text) if (d := _day_of_month(match))]
    found += [d for match in _EVERY.finditer(text) if (d := _every(match))]
    found += [d for match in _PLAIN.finditer(text) if (d := _plain(text, match))]
    found += [d for match in _HALF.finditer(text) if (d := _half(text, match))]
    return _together(text, without_overlaps(found))


# 三年零两个月: the years and the months of one length
_AND = re.compile(r" ?[零又加]? ?")


def _together(text: str, found: list[Duration]) -> list[Duration]:
    """Three years and two months are 38 months, one length."""
    result: list[Duration] = []
    for length in found:
        last = result[-1] if result else None
        if last and _goes_on(text, last, length) and last.number is not None and length.number is not None:
            months = last.number * 12 + length.number
            result[-1] = replace(last, end=length.end, number=months, unit="month")
        else:
            result.append(length)
    return result


def _goes_on(text: str, years: Duration, months: Duration) -> bool:
    plain = years.form == months.form == "plain" and years.low is None and months.low is None
    units = years.unit == "year" and months.unit == "month"
    return plain and units and bool(_AND.fullmatch(text, years.end, months.start))


def _plain(text: str, match: re.Match[str]) -> Duration | None:
    unit_word = (match["unit"] or match["unit2"] or match["month"] or match["bare"]).replace(" ", "")
    unit = _UNITS[unit_word]
    number = match["pair"] or match["number"]
    start = match.start("both") if match["both"] else match.start("number")
    before = text[max(0, start - _LOOK_BACK) : start]
    if _is_other(before, number, unit_word):
        return None
    try:
        value = parse_number(number)
        low = parse_number(match["low"]) if match["low"] else None
    except ValueError:
        return None
    if (unit == "year" and value >= 1000) or (low is not None and low >= value):
        if low is None:
            return None
        low = None
    if match["half"] or match["half2"]:
        value += Decimal("0.5")
    form = "every" if _ONCE.match(text, match.end()) else _form(before)
    workday = unit_word in _WORKDAYS.split("|") or bool(_MEANT_WORKDAY.match(text, match.end()))
    begin = match.start() if low is not None else start
    filled = text[begin - 1 : begin] in ("【", "[", "_") or "_" in match[0]
    if text[begin - 1 : begin] in ("【", "["):
        begin -= 1
    return Duration(begin, match.end(), value, unit, workday, form, low, filled=filled)


def _is_other(before: str, number: str, unit_word: str) -> bool:
    """同一天, 任何一方…一日 are no lengths; nor is the 31日 of 1月31日 or the end of a longer number."""
    bare = before.rstrip(" _")
    if number in ("一", "1") and bare.endswith(_NO_ONE):
        return True
    if unit_word == "日" and re.search(r"[\d一二三四五六七八九十]月\Z", bare):
        return True
    return bool(re.search(r"[\d.,]\Z", before)) and number[0].isdigit()


def _form(before: str) -> Form:
    bare = before.rstrip(" 【[_")
    if bare.endswith("第"):
        return "ordinal"
    if re.search(r"[年月度天日][之以]?后\Z", bare):
        return "plain"  # 每满一个租赁年度后45日内
    return "every" if "每" in bare and _EVERY_BEFORE.search(bare) else "plain"


def _half(text: str, match: re.Match[str]) -> Duration | None:
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    if before in tuple("上下前每个年天日时一") or (before == "后" and not _LIMIT.match(text, match.end())):
        return None  # 后半年 is a part of the year; of 收到通知后半个月内 half a month is the limit
    unit = "年" if match["unit"] == "学年" else match["unit"]
    return Duration(match.start(), match.end(), Decimal("0.5"), _UNITS[unit], unit in _WORKDAYS.split("|"))


def _every(match: re.Match[str]) -> Duration | None:
    unit = match["unit"]
    known = {"自然季度": "季度"}.get(unit, unit)
    number = Decimal("0.5") if match["half"] else Decimal(1)
    return Duration(match.start(), match.end(), number, _UNITS[known], known in _WORKDAYS.split("|"), "every")


def _day_of_month(match: re.Match[str]) -> Duration | None:
    try:
        day = int(parse_number(match["day"]))
    except ValueError:
        return None
    if not 1 <= day <= 31:
        return None
    return Duration(match.start(), match.end(), None, "month", form="day_of_month", day=day)
