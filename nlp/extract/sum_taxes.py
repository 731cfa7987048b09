"""Whether a sum is told with its tax or without: in its name, right behind it, or by words that speak of all prices.

`合同总价（含税）为106,000元`, `106,000元（含税）`, `总价106,000元，该价款为含税价`, `以上价格均含6%增值税`,
`本价款为：☑含税价　□不含税价`. A tax with a sum of its own (其中增值税6,000元) and a case (如含税) say nothing.
"""

import re
from collections.abc import Sequence

from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from schema.money import Amount

_RATED = r"(?:[\d._ ]+[%％][_ ]*的?)?"
_WITH_TAX = re.compile(rf"(?<!不)(?<!未)(?<!不包)包?含{_RATED}(?:增值)?税|价税合计|税费?后")
_WITHOUT_TAX = re.compile(r"不包?含(?:增值)?税|未税|税前")
_NAMES = r"(?:合同)?(?:价格?|价款|总价|费用|金额|款项|单价|报价|合同价|服务费|货款)"
_SAYS = rf"(?P<not>不)?包?含{_RATED}(?:增值)?税"
_TOLD_OF_ALL = re.compile(
    rf"(?:(?:以上|上述|前述|该|此|本(?!合同|协议)|本[条款])(?:[^，,。;含如若]{{0,8}}?)?{_NAMES}"
    rf"|(?:\A|(?<=[，,]))(?=(?:各项|所有|全部)?{_NAMES}?均))(?:[^，,。;含不如若是]|是(?!否)){{0,6}}?{_SAYS}"
)
# 本合同价款为含税价: said of the price wherever it stands
_TOLD_OF_PRICE = re.compile(rf"本(?:合同|协议)(?:项下)?(?:的)?{_NAMES}(?:均|已|都)?(?:为|是)?:? ?{_SAYS}")
# 560,000元，大写伍拾陆万元整，含13%增值税
_TWIN = (
    r"\([^()]{4,40}\)|[，,] ?(?:人民币)?\(?大写\)?(?:金额)?[为:]* ?(?:人民币)?"
    r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{3,30}"
)
_CASE = re.compile(r"[^，,。;]{0,8}的[，,]|[^，,。;]{0,6}(?:时|后)[，,]")
_ABOUT_BOXES = re.compile(rf"{_NAMES}(?:[^，,。;含]{{0,4}}?)?:? ?(?=[□☐○☑☒✓✔√■●])")
_BOX = re.compile(rf"(?P<box>[□☐○☑☒✓✔√■●]) ?(?P<not>不)?包?含{_RATED}(?:增值)?税")
_OPEN = "□☐○"


def told_beside(sentence: Sentence, named: int, start: int, end: int) -> bool | None:
    """Tax said between the name of a sum and the sum, or right behind it.

    Args:
        sentence: that holds the sum.
        named: first character of its name, or of the sum when a heading or a cell names it.
        start: first character of the sum.
        end: one past its last.
    """
    # 113,000元（含税）, but not 113,000元，其中不含税价款
    behind = re.split(r"[,，]", sentence.slice(end, end + 8))[0]
    # 286,000元（大写：贰拾捌万陆仟元整），含6%增值税
    twin = re.match(rf"元?(?:整|正)? ?(?:{_TWIN})[，,]? ?(?P<tax>\(?不?含[\d.%的]*(?:增值)?税)", sentence.after(end))
    return told_in(sentence.slice(named, start) + behind + (twin["tax"] if twin else ""))


def told_in(words: str) -> bool | None:
    """What a name or a column head says of tax: 含税单价, 不含税金额."""
    if _WITHOUT_TAX.search(words):
        return False
    return True if _WITH_TAX.search(words) else None


def with_tax(reading: Reading, amounts: Sequence[Amount]) -> list[Amount]:
    """The sums, with tax told by words of their own: behind them in their clause, or of the price of the contract.

    Args:
        reading: with sentences.
        amounts: in text order.
    """
    result = list(amounts)
    if not any(a.is_total or a.role == "unit_price" for a in result):
        return result
    for sentence in reading.sentences.items:
        if "税" not in sentence.text or (match := _told(sentence)) is None:
            continue
        place, everywhere = sentence.start + match.start(), match.re is _TOLD_OF_PRICE
        for n, amount in enumerate(result):
            here = everywhere or (amount.clause == sentence.unit.id and amount.span.end <= place)
            meant = amount.is_total or (amount.role == "unit_price" and "单价" in match[0])
            if here and meant and amount.tax_included is None:
                result[n] = amount.model_copy(update={"tax_included": not match["not"]})
    return result


def _told(sentence: Sentence) -> re.Match[str] | None:
    """The words of a sentence that tell tax of sums said before; of boxes the one that is ticked."""
    if _ABOUT_BOXES.search(sentence.text):
        ticked = [m for m in _BOX.finditer(sentence.text) if m["box"] not in _OPEN]
        return ticked[0] if len(ticked) == 1 else None
    for pattern in (_TOLD_OF_ALL, _TOLD_OF_PRICE):
        match = pattern.search(sentence.text)
        if match and not _CASE.match(sentence.text, match.end()):
            return match
    return None
