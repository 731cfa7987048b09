"""Numbers said twice: `伍万元整（￥50,000.00）`, `三十（30）日`, `5‰（千分之五）`, and the two that do not agree.

Two sums are twins when nothing but brackets, 大写, 小写, 即 and a currency stands between them, one in capitals and one
in figures. What the sums are for does not matter.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from nlp.checks.capitals import CAPITALS_RUN, capitals_slip, to_capitals
from nlp.checks.derived import is_confirmed
from nlp.checks.figures import show, slip, text_of
from nlp.checks.ledger import Draft, Ledger
from nlp.values.numerals import parse_number
from schema.money import Amount
from schema.span import Span

_BETWEEN = re.compile(
    r"(?:人民币|[大小]写|金额|合计|共计|即|计|为|整|¥|RMB|CNY|\$|[ ,，:;()（）\[\]【】/\t_])*", re.IGNORECASE
)
_MARK = re.compile(r"[(（【\[]|[大小]写|即|¥")
_NUMERAL = "[零〇一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾佰仟]{1,8}"
_WHOLE = rf"(?P<words>{_NUMERAL}) ?[(（] ?(?P<figures>\d{{1,6}}(?:\.\d+)?) ?[)）]"
_TURNED = rf"(?<![\d.,第])(?P<figures2>\d{{1,6}}) ?[(（] ?(?P<words2>{_NUMERAL}) ?[)）]"
_UNIT = r"(?= ?(?:个?(?:工作|自然|日历)?[日天年月周份]|[%‰]|小时|分钟|季度|元|倍|套|台|次|名|人|期|个))"
# 三（3）日   30（三十）天   but not 第三（3）条 nor 附件一（2）
_BRACKETED = re.compile(rf"(?<![第附件图表款项条])(?:{_WHOLE}|{_TURNED}){_UNIT}")


def capitals(ledger: Ledger) -> Iterator[Draft]:
    """Sums in capitals and in figures that differ."""
    for first, second in pairwise(ledger.contract.amounts):
        if (first.form == "capitals") == (second.form == "capitals") or first.value == second.value:
            continue
        if first.currency != second.currency or not _are_twins(ledger.text, first, second):
            continue
        yield _differing(ledger, *((first, second) if first.form == "capitals" else (second, first)))


def _are_twins(text: str, first: Amount, second: Amount) -> bool:
    between = text[first.span.end : second.span.start]
    if len(between) > 24 or not _BETWEEN.fullmatch(between):
        return False
    if "\t" in between:  # neighbours in a row are twins only when they say so
        return bool(re.search("[大小]写", text[max(0, first.span.start - 12) : second.span.start]))
    return bool(_MARK.search(between + second.text[:1]))


def _differing(ledger: Ledger, words: Amount, figures: Amount) -> Draft:
    right_figures = slip(figures.text, words.value, figures.value)
    right_words = capitals_slip(ledger.text[words.span.start : words.span.end], figures.value)
    keeps_figures = is_confirmed(ledger, figures.value, {words.id, figures.id})
    keeps_words = is_confirmed(ledger, words.value, {words.id, figures.id})
    suggestion = None
    if keeps_figures and not keeps_words:
        suggestion = to_capitals(figures.value)
    elif (keeps_words and not keeps_figures) or (right_figures and not right_words):
        suggestion = right_figures or show(words.value)
    elif right_words and not right_figures:
        suggestion = right_words
    return Draft(
        message=f"大写与小写不一致：大写为{show(words.value)}元，"
        f"小写为{show(figures.value)}元{_factor(words, figures)}",
        spans=(figures.span, words.span),
        elements=(figures.id, words.id),
        data={
            "formula": "大写 = 小写",
            "left": text_of(words.value),
            "right": text_of(figures.value),
            "difference": text_of(words.value - figures.value),
        },
        suggestion=suggestion,
    )


def _factor(words: Amount, figures: Amount) -> str:
    """A difference of a power of ten is one of units or places."""
    small, large = sorted((words.value, figures.value))
    ratio = large / small if small else Decimal(0)
    return f"，相差{show(ratio)}倍，可能是单位或位数有误" if ratio in (10, 100, 1000, 10_000) else ""


def unread_capitals(ledger: Ledger) -> Iterator[Draft]:
    """Capitals that are no number, beside figures from which one character parts them."""
    text = ledger.text
    read = {a.span.start for a in ledger.contract.amounts} | {a.span.end for a in ledger.contract.amounts}
    for match in re.finditer(
        r"大写[^，。;\n\d]{0,4}?[:) ]*(?:人民币)? *(?P<words>[^\d\s，。;()（）:]{3,30}?[元圆整])", text
    ):
        place = Span(start=match.start("words"), end=match.end("words"))
        if any(place.start <= at <= place.end for at in read) or not CAPITALS_RUN.search(match["words"]):
            continue  # what was read as a number is compared as one
        beside = min(ledger.contract.amounts, key=lambda a: _distance(a.span, place), default=None)
        if beside is None or _distance(beside.span, place) > 20:
            continue
        right = capitals_slip(match["words"], beside.value)
        if right:
            yield Draft(
                message=f"大写“{match['words']}”不成数字，小写为{show(beside.value)}元",
                spans=(place, beside.span),
                elements=(beside.id,),
                data={"formula": "大写 = 小写", "right": text_of(beside.value), "printed": match["words"]},
                suggestion=right,
            )


def _distance(first: Span, second: Span) -> int:
    return max(second.start - first.end, first.start - second.end, 0)


def bracketed(ledger: Ledger) -> Iterator[Draft]:
    """三十（30）日: a count in words with its figures in brackets, or the other way round."""
    for match in _BRACKETED.finditer(ledger.text):
        group = "" if match["words"] else "2"
        try:
            words, figures = parse_number(match[f"words{group}"]), parse_number(match[f"figures{group}"])
        except ValueError:
            continue
        if words == figures:
            continue
        place = Span(start=match.start(), end=match.end())
        yield Draft(
            message=f"“{match[0]}”两种写法不一致：{show(words)}与{show(figures)}",
            spans=(place,),
            data={"formula": "文字 = 数字", "left": text_of(words), "right": text_of(figures)},
        )


def rates(ledger: Ledger) -> Iterator[Draft]:
    """5‰（万分之五）: a rate in two forms that differ."""
    for first, second in pairwise(ledger.values.rates):
        between = ledger.text[first.end : second.start]
        if first.value == second.value or not re.fullmatch(r" ?[(（] ?(?:即|也即)?:? ?", between):
            continue
        if ")" not in ledger.text[second.end - 1 : second.end + 2]:
            continue
        yield Draft(
            message=f"同一比例两种写法不一致：{_percent(first.value)}与{_percent(second.value)}",
            spans=(Span(start=first.start, end=first.end), Span(start=second.start, end=second.end)),
            data={"formula": "文字 = 数字", "left": text_of(first.value), "right": text_of(second.value)},
        )


def _percent(value: Decimal) -> str:
    return f"{show(value * 100)}%"
