"""Numbers in any writing, as tokens that compare equal.

`￥4,004,736.60`, `4004736.6` and `肆佰万肆仟柒佰叁拾陆元陆角` are all `4004736.6`; `30 日`, `三十天` and `【30】日`
are all `30日`; `万分之五`, `0.05%` and `5‱` are all `rate=0.0005`, `2%o` and `2‰` both `rate=0.002`; `7×24` is
`7*24`; `第12条` is `第十二条`; `2025.1.31` and `二〇二五年一月三十一日` are `2025-01-31`. Only for finding: what a
number means is decided elsewhere. A single Chinese digit without a unit (一方, 三者) is no number here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_SAME_DIGITS = ("〇零○", "一壹弌", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_DIGITS = {c: value for value, group in enumerate(_SAME_DIGITS) for c in group}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_POWERS = frozenset("百佰千仟万萬亿億")
_FRACTIONS = {"%": 2, "％": 2, "‰": 3, "‱": 4}
_MILLE = frozenset("oO0")
_OF = {"百": 2, "千": 3, "万": 4, "萬": 4}
_UNITS = {
    "工作日": "工作日",
    "个工作日": "工作日",
    "日历日": "日",
    "日历天": "日",
    "自然日": "日",
    "日": "日",
    "天": "日",
    "个月": "个月",
    "月": "月",
    "周": "周",
    "星期": "周",
    "个小时": "小时",
    "小时": "小时",
    "分钟": "分钟",
    "季度": "季度",
    "年": "年",
}

_ARABIC = r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?"
_CHINESE = f"[{''.join(_DIGITS)}{''.join(_TENS)}{''.join(_MYRIADS)}]+"
_NUMBER = rf"{_ARABIC}|{_CHINESE}"
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_CLOSE = r"[】\]）)]?\s*"
# 2%o and 2%0 are ‰ typed without its key; before a full stop or other words the circle is a stop that was misread (8%o)
_AFTER_MILLE = (
    r"\s*\Z|\s?(?:的(?!确)|[向计罚扣/，,;；、)）]|支付|作为|承担|缴|收取|加收|偿付|赔偿|违约金|滞纳金"
    r"|给付|标准|每[日天])"
)
_DATE = r"[0-9０-９]{4}|[〇零○一二三四五六七八九]{4}"

_PATTERN = re.compile(
    rf"""
    (?P<year>{_DATE})\s*[年./-]\s*(?P<month>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*[月./-]\s*
        (?P<day>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})(?:\s*[日号])?(?![0-9.])
  | 第\s*(?P<ordinal>{_NUMBER})\s*(?P<rank>[条章款项包期])
  | (?P<base>[百千万萬])分之\s*(?P<share>{_NUMBER})(?:点(?P<tail>[{"".join(_DIGITS)}]+))?
  | (?P<left>[0-9０-９]+)\s*[*×xX✕]\s*(?P<right>[0-9０-９]+)
  | (?P<number>{_NUMBER})\s*(?P<times>[万萬亿億千])?{_CLOSE}(?:
        (?P<fraction>[%％][oO0](?={_AFTER_MILLE})|[%％‰‱])
      | (?P<unit>{_UNIT})
      | [元圆圓](?P<dime>[{"".join(_DIGITS)}]角)?零?(?P<cent>[{"".join(_DIGITS)}]分)?
    )?
    """,
    re.VERBOSE,
)
_STARTS = re.compile(f"[0-9０-９第{''.join(_DIGITS)}{''.join(_TENS)}{''.join(_MYRIADS)}]")


@lru_cache(maxsize=65536)
def _tokens_of(written: str) -> tuple[str, ...]:
    """Tokens of the characters of one match."""
    match = _PATTERN.match(written)
    try:
        return tuple(_tokens(match)) if match else ()
    except ValueError:
        return ()


def number_tokens(text: str) -> set[str]:
    """Tokens of all numbers of a text, for the index."""
    return {token for match in _matches(text) for token in _tokens_of(match.group())}


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Matches from left to right; only characters that can begin one are looked at, which is most of the speed."""
    at = 0
    while start := _STARTS.search(text, at):
        match = _PATTERN.match(text, start.start())
        at = match.end() if match else start.end()
        if match:
            yield match


@dataclass(frozen=True)
class NumberToken:
    """A number found in a text.

    Attributes:
        token: what the index holds; equal for equal numbers.
        start: code point offset.
        end: code point offset.
    """

    token: str
    start: int
    end: int


def parse_number(text: str) -> Decimal:
    """The value of Arabic or Chinese digits.

    Args:
        text: `4,004,736.60`, `一百二十`, `二〇二五`, `肆佰万肆仟`, `1.5`.

    Raises:
        ValueError: it is no number.
    """
    if text[:1] in _DIGITS or text[:1] in _TENS or text[:1] in _MYRIADS:
        return _parse_chinese(text)
    if text.startswith("-"):
        raise ValueError(f"a negative number: {text!r}")
    try:
        return Decimal(text.replace(",", "").replace("，", "").replace("．", "."))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {text!r}") from error


def _parse_chinese(text: str) -> Decimal:
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _TENS:
            section += (digit or 1) * _TENS[c]
            digit = 0
        elif c in _MYRIADS:
            if _MYRIADS[c] == 10**8:
                total = (total + section + digit) * 10**8
            else:
                total += (section + digit or 1) * 10**4
            section = digit = 0
        else:
            raise ValueError(f"not a Chinese number: {text!r}")
    return Decimal(total + section + digit)


def _plain(value: Decimal) -> str:
    """Without exponent and trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def find_numbers(text: str) -> Iterator[NumberToken]:
    """All numbers of a text.

    Args:
        text: as printed.

    Yields:
        In order of place; a number with a unit yields a token with and one without it.
    """
    for match in _matches(text):
        for token in _tokens_of(match.group()):
            yield NumberToken(token, match.start(), match.end())


def _tokens(match: re.Match[str]) -> list[str]:
    found = match.groupdict()
    if found["year"]:
        year, month, day = (int(parse_number(found[k])) for k in ("year", "month", "day"))
        return [f"{year:04}-{month:02}-{day:02}"] if 1 <= month <= 12 and 1 <= day <= 31 else []
    if found["ordinal"]:
        return [f"第{_plain(parse_number(found['ordinal']))}{found['rank']}"]
    if found["base"]:
        share = parse_number(found["share"])
        if found["tail"]:
            share += Decimal("0." + "".join(str(_DIGITS[c]) for c in found["tail"]))
        return [f"rate={_plain(share.scaleb(-_OF[found['base']]))}"]
    if found["left"]:
        return [f"{int(found['left'])}*{int(found['right'])}"]
    return _measured(match, found)


def _measured(match: re.Match[str], found: dict[str, str | None]) -> list[str]:
    """A number with what follows it: multiplier, percent, unit of time, 元角分."""
    written = found["number"] or ""
    if written in _POWERS:
        return []  # 万元 and 百分点 are no numbers; 十 is one
    if written.startswith("0") and written.isdecimal() and len(written) > 1:
        return [written]  # 010 of a telephone number is not 10
    value = parse_number(written)
    if found["times"]:
        value *= 1000 if found["times"] == "千" else _MYRIADS[found["times"]]
    if found["fraction"]:
        sign = found["fraction"]
        return [f"rate={_plain(value.scaleb(-(3 if sign[-1] in _MILLE else _FRACTIONS[sign])))}"]
    if found["unit"]:
        return [f"{_plain(value)}{_UNITS[found['unit']]}", *([] if _is_word(written) else [_plain(value)])]
    for part, digits in (("dime", -1), ("cent", -2)):
        if found[part]:
            value += Decimal(_DIGITS[str(found[part])[0]]).scaleb(digits)
    money = match.group(0).rstrip() != written and found["times"] is None
    return [] if _is_word(written) and not money else [_plain(value)]


def _is_word(written: str) -> bool:
    """A single Chinese digit, which is more often part of a word (一方, 万元户) than a number."""
    return len(written) == 1 and not written.isdecimal()
