"""Calendar dates: `2025 年 1 月 31 日`, `2025-01-31`, `2025.1.31`, `二〇二五年一月`, `2025年1月1日至12月31日`.

What is missing stays missing (2025年1月 has no day). An impossible date (2月30日) keeps its printed value and is
marked. No dates: clause numbers (第十一条), house numbers (21号), quantities (1747), tender and standard numbers
(GB 50300-2013).
"""

import calendar
import re
from dataclasses import dataclass, replace
from typing import Literal

from nlp.values.found import Found, without_overlaps
from nlp.values.numerals import parse_number

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Date(Found):
    """A date or a range of dates.

    Attributes:
        value: ISO text as far as printed.
        precision: how far that is.
        last: the end of a range, ISO text.
        valid: False when no calendar has it.
    """

    value: str
    precision: Precision
    last: str | None = None
    valid: bool = True


_SMALL = "一二三四五六七八九十廿卅"
_CAPITAL = "壹贰叁肆伍陆柒捌玖拾"
_MONTH = rf"(?P<month>\d{{1,2}}|[{_SMALL}]{{1,3}}|零?[{_CAPITAL}]{{1,3}}|元|正)"
_DAY = rf"(?P<day>\d{{1,2}}|[{_SMALL}]{{1,3}}|零?[{_CAPITAL}]{{1,3}})"
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][零〇○O九][零〇○O一二三四五六七八九]{2}|[壹贰]零[零壹贰叁肆伍陆柒捌玖]{2})"
_LINE = r"[ _【】\[\]]*"  # 自__2025__年【1】月: the lines and brackets of a form that is filled in
# 2025 年 1 月 31 日   二〇二五年一月   2024 年
_LONG = re.compile(
    rf"(?<![\d.,第]){_YEAR}{_LINE}年(?:度(?!第))?"
    rf"(?:(?:{_LINE}|\n){_MONTH}{_LINE}月(?:份)?(?:(?:{_LINE}|\n){_DAY}{_LINE}[日号])?)?"
)
# a date in figures is no part of a contract number (HT-2024-01-05) or of a longer row of numbers
_ALONE = r"(?<![\dA-Za-z])(?<![A-Za-z][-/.])(?<!\d[/.])(?<!GB )(?<!GB/T )(?<!/T )"
_ENDS = r"(?![\d%‰元万])(?![/.]\d)(?!-(?!(?:19|20)\d\d)\d)"
# 2025-01-31   2025/1/31   2025.1.31
_SHORT = re.compile(
    rf"{_ALONE}(?P<year>(?:19|20)\d\d) ?(?P<sep>[-/.]) ?(?P<month>\d{{1,2}}) ?(?P=sep) ?(?P<day>\d{{1,2}}){_ENDS}"
)
# 2024-09
_YEAR_MONTH = re.compile(rf"{_ALONE}(?<![\d)]-)(?P<year>(?:19|20)\d\d)[-/](?P<month>0[1-9]|1[0-2]){_ENDS}")
# 2025—2027年度
_YEARS = re.compile(
    rf"{_ALONE}(?P<year>(?:19|20)\d\d) ?(?:-|—+|–|~|～|至|到) ?(?P<last>(?:19|20)\d\d) ?年"
    rf"(?:度(?!第))?(?! ?\d{{1,2}} ?月)"
)
# （含当日）  （下称“起租日”）
_NOTE = r"(?: ?\([^()]{1,16}\))?"
MAX_BETWEEN = 32
_TO = r"(?:至|到|-|—+|–|~|～|to|截止至|止于)"
# 至12月31日   -3月31日: the year of the first date goes on
_REST = re.compile(
    rf"{_NOTE} ?(?:起[算计租]?|开始)?{_NOTE}[,，]? ?{_TO} ?(?P<year>)(?:{_MONTH} ?月(?:份)?)(?: ?{_DAY} ?[日号])?"
)
_REST_DAY = re.compile(rf" ?起? ?{_TO} ?{_DAY} ?[日号]")
_BETWEEN = re.compile(
    rf"\)?{_LINE}{_NOTE} ?(?:(?:零时"
    rf"| *\d{{1,2}} *(?:[时点]整?(?: *\d{{1,2}} *分)?|:\d\d))?"
    rf"(?:起[算计租]?|开始|之日起|始)?(?:生效)?)?{_NOTE}[,，]? ?{_TO}{_LINE}"
)


def find_dates(text: str) -> list[Date]:
    """All dates of a text, in order; a range is one item.

    Args:
        text: folded text of any length.
    """
    single = [d for p in (_LONG, _SHORT, _YEAR_MONTH) for m in p.finditer(text) if (d := _date(m))]
    years = [Date(m.start(), m.end(), m["year"], "year", m["last"]) for m in _YEARS.finditer(text)]
    return _with_ranges(text, without_overlaps([*years, *single]))


def _date(match: re.Match[str], year: int | None = None) -> Date | None:
    """A date from its groups; None when a part is no number at all."""
    groups = match.groupdict()
    try:
        numbers = [year or _number(match["year"])]
        numbers += [_number(groups[name]) for name in ("month", "day") if groups.get(name)]
    except ValueError:
        return None
    if any(n > 99 for n in numbers[1:]):
        return None
    value = "-".join([f"{numbers[0]:04d}", *(f"{n:02d}" for n in numbers[1:])])
    precision: Precision = ("year", "month", "day")[len(numbers) - 1]
    return Date(match.start(), match.end(), value, precision, valid=_is_possible(numbers))


def _number(text: str) -> int:
    if text in ("元", "正"):
        return 1
    return int(parse_number(text.replace("O", "零").removeprefix("零") if len(text) < 4 else text.replace("O", "零")))


def _is_possible(numbers: list[int]) -> bool:
    year, month, day = (*numbers, 1, 1)[:3]
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _with_ranges(text: str, dates: list[Date]) -> list[Date]:
    """Join 2025年1月1日至2025年12月31日 and 2025年1月1日至12月31日."""
    result: list[Date] = []
    for date in dates:
        last = result[-1] if result else None
        if last and last.last is None and date.last is None and _joined(text, last, date):
            result[-1] = replace(last, end=date.end, last=date.value, valid=last.valid and date.valid)
            continue
        result.append(_completed(text, date))
    return result


def _joined(text: str, first: Date, second: Date) -> bool:
    between = text[first.end : second.start]
    return len(between) < MAX_BETWEEN and bool(_BETWEEN.fullmatch(between)) and first.precision == second.precision


def _completed(text: str, date: Date) -> Date:
    """A range whose end leaves the year (or the month) to be understood."""
    if date.precision == "year":
        return date
    rest = _REST.match(text, date.end)
    end = _date(rest, int(date.value[:4])) if rest else None
    if rest and end and end.precision == date.precision:
        return replace(date, end=rest.end(), last=end.value, valid=date.valid and end.valid)
    same = _REST_DAY.match(text, date.end) if date.precision == "day" else None
    if same:
        value = f"{date.value[:8]}{_number(same['day']):02d}"
        return replace(date, end=same.end(), last=value)
    return date
