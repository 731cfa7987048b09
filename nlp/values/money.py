"""Sums of money: `¥ 4,004,736.60 元`, `人民币（大写）壹佰万元整`, `【100,000】元`, `2万美元`, `5-10万元`.

Leaves out: table cells (the column head types them), blanks such as `____元` and `XX万元` (nlp.values.blanks), and
what a sum is for. A form printed for capitals but not filled in (拾 万 仟 佰 拾 元) is no sum.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlp.values.currencies import CODES, WORDS, alternation, currency_of
from nlp.values.found import Found, without_overlaps
from nlp.values.numerals import ARABIC, CAPITALS, CHINESE, MIXED, parse_number


@dataclass(frozen=True, slots=True)
class Money(Found):
    """A sum.

    Attributes:
        value: in whole currency units, 万元 multiplied out.
        currency: ISO 4217 code.
        form: capitals for 大写 (and other Chinese numerals), figures otherwise.
        per: what it is for one of, as printed behind a slash (`月`, `核·月`), or None.
        signed: whether a currency word or sign stands with it (else only a label said that it is money).
        low_end: whether it is the lower end of a range (the 5 of 5-10万元).
    """

    value: Decimal
    currency: str
    form: Literal["capitals", "figures"]
    per: str | None = None
    signed: bool = True
    low_end: bool = False


_WORDS, _CODES = alternation(WORDS), alternation(CODES)
_CODE = rf"(?:(?<![A-Za-z])(?:{_CODES}))"
# a number may be closed by the bracket of a filled-in form: 【100,000】元, _790,000_元
_CLOSE = r"[ _]*(?:[】\])] ?)?[ _]*"
# 40 000 元, 3;000元 of a scan: a space or a misread comma separates thousands where no other reading is left
_SPACED = r"\d{1,3}(?: \d{3}){2,}(?:\.\d+)?|\d{1,3}(?:[ ;'’·]0\d\d)+(?:\.\d+)?"
_MISREAD = str.maketrans("", "", " ;'’·")
# 000元 is what is left of a number; 人民币壹佰肆拾陆方元整 holds a character that is none
_CUT = re.compile(r"00")
_BROKEN = re.compile(r"[一-龥] ?[元圆] ?[整正]")
_CHINESE_SPACED = rf"{CHINESE}(?: {{1,3}}{CHINESE})*"
_NUMBER = rf"(?P<number>{_SPACED}|{MIXED}|{ARABIC}|{_CHINESE_SPACED})"
_SCALE = r"(?P<scale>[十百千万亿]{0,2})"
# 元 of 元件, 元旦, 三元材料 is no currency; nor 元 of 2024元月
_NOT_YUAN = r"(?![件素旦宝首老勋宵亨])(?!月[份起初底末至前内以])(?<![二三四五]元(?=[材电锂前催体结化桥里村路]))"
_DIGIT = "[一二三四五六七八九壹贰叁肆伍陆柒捌玖\\d]"
_CENTS = rf"(?: ?零? ?(?P<jiao>零|〇|{_DIGIT}) ?角)?(?: ?零? ?(?P<fen>{_DIGIT}) ?分(?![钟之]))?"
_BEHIND = r"(?:\(?(?P<after>人民币|RMB|CNY|港币|美金)\)?(?! ?[\d¥壹贰叁肆伍陆柒捌玖拾]))?"
_UNIT = rf"(?P<unit>{_WORDS}){_NOT_YUAN}{_CENTS}(?: ?[整正])?{_BEHIND}"
# the usual units first, so that the words behind them do not go with them: 100元/小时支付
_USUAL = (
    r"个?(?:平方米|立方米|吨公里|车公里|标准箱|人次|人天|人月|人日|工日|台班|台套|小时|季度|半年|自然月|公里|公斤|千克|工作日"
    r"|[月年天日周季时次吨米亩人户])"
)
_PLAIN = rf"{_USUAL}(?![一-龥])|{_USUAL}(?=支付|计|收|结|的|标|向|给|为|由|包|含|不|（|\()|[^\W\d_]{{1,4}}"
_OF_WHAT = rf"(?:[a-zA-Z]{{1,6}}|{_PLAIN}|㎡|m²|m2)(?:[·•/. ](?:{_PLAIN}|㎡))?"
_PER_AFTER = re.compile(rf"(?: ?[/每] ?(?P<per>{_OF_WHAT}))?")

_WITH_UNIT = re.compile(rf"{_NUMBER}{_CLOSE}{_SCALE} *{_UNIT}")
# 5角   伍角整   and, where a currency word stands before, 叁分
_JIAO = re.compile(
    r"(?<![\d.])(?P<number>\d{1,2}|[壹贰叁肆伍陆柒捌玖]) ?角(?: ?(?P<fen>\d|[壹贰叁肆伍陆柒捌玖]) ?分)?"
    r"(?![形债度落铁钢膜])|(?:人民币|大写[:)]) ?(?P<only>\d|[壹贰叁肆伍陆柒捌玖]) ?分"
)
# RMB 50万   $1,200.00   USD 20,000   ¥ 12,000   人民币(小写): 300
_SIGNED = re.compile(
    rf"(?P<sign>{_CODE}|人民币|港币|美金|美元|欧元) ?(?:\( ?[大小]写 ?\))?[ :_]*(?:[\[【(] ?)?[ _]*"
    rf"(?P<sign2>¥|\$)?[ _]*{_NUMBER}{_CLOSE}{_SCALE}",
    re.IGNORECASE,
)
# (小写100,000.00)   大写:壹佰万整
_LABELLED = re.compile(rf"(?:小写|大写)(?:金额)?[ :)]*(?:¥|人民币)?[ _]*{_NUMBER}{_CLOSE}{_SCALE}(?P<whole> ?[整正])?")
# 4,004,736.60（人民币元）
_TRAILING = re.compile(rf"{_NUMBER} ?\( ?(?P<unit>人民币元|人民币|元|美元|RMB|USD)(?: ?整)? ?\)", re.IGNORECASE)
# 25000.00 USD
_CODE_BEHIND = re.compile(rf"{_NUMBER} ?(?P<unit>{_CODES})(?![A-Za-z])")
# 赔偿限额300万，
_WITHOUT_UNIT = re.compile(
    rf"(?:金|额|价|款|费|资本|本金|薪)(?:为|是|:|共|约)? ?(?P<number>{ARABIC}) ?"
    r"(?P<scale>[万亿])(?=[,，。;)、\s]|\Z)"
)
# 赔买家100块; 块 counts tiles and boards too, so a word of paying stands in front and nothing that is counted behind
_SPOKEN = re.compile(
    rf"(?P<before>(?:[赔扣罚付给收交掏补退费金价资钱]|总共|一共(?=\d{{4}}))[^，,。;\d\n板砖石瓷木布肉牌地糕玻]{{0,6}}?)(?P<number>{MIXED}"
    rf"|{ARABIC}|{CHINESE}) ?块(?:整)?"
    r"(?=[，,。;、)）\s]|\Z|一[天次个]|每|给|作|的?(?:违约|罚|赔|定金|押金))"
)
_TO = r" ?(?:-|—|–|~|～|至|到) ?"
_LOW_END = re.compile(rf"(?P<number>{MIXED}|{ARABIC}|{CHINESE}){_TO}\Z")
_HIGH_END = re.compile(rf"{_TO}\d")
# a currency word in front; not the 美元 of a sum before: 100美元(大写:壹佰美元)
_PREFIX = "|".join(word for word in WORDS if word not in ("元", "圆", "块钱", "元人民币"))
_SIGN_BEFORE = re.compile(
    rf"(?P<sign>{_CODE}|(?<![\d零壹贰叁肆伍陆柒捌玖拾佰仟万亿])(?:{_PREFIX}))? ?(?:\(? ?[大小]写 ?\)?)?[ :]*"
    r"(?P<sign2>¥|\$|US\$|HK\$)? ?[【\[(]?[ _]*\Z",
    re.IGNORECASE,
)
_LOOK_BACK = 24
_VAGUE = "百千佰仟万亿"  # 几百元, 数万元 and 上千元 are no sums


def find_money(text: str) -> list[Money]:
    """All sums of a text, in order, without overlaps.

    Args:
        text: folded text of any length.
    """
    found = [m for match in _WITH_UNIT.finditer(text) for m in _with_unit(text, match)]
    found += [m for match in _SIGNED.finditer(text) for m in _signed(text, match)]
    found += [m for match in _JIAO.finditer(text) for m in _small_change(match)]
    if "写" in text:
        found += [m for match in _LABELLED.finditer(text) for m in _labelled(match)]
    if "块" in text:
        found += [m for match in _SPOKEN.finditer(text) for m in _scaled_from(match)]
    found += [m for match in _TRAILING.finditer(text) for m in _trailing(match)]
    found += [m for match in _CODE_BEHIND.finditer(text) for m in _trailing(match)]
    found += [m for match in _WITHOUT_UNIT.finditer(text) for m in _scaled(match)]
    return without_overlaps(found)


def _value(number: str, scale: str = "") -> Decimal | None:
    """The number with its scale (【50】万元), None when it is malformed or cut."""
    try:
        if _CUT.match(number):
            return None
        value = parse_number(number.translate(_MISREAD) if number[0].isdigit() else re.sub(r"\s", "", number))
        return value * parse_number("1" + scale) if scale else value
    except ValueError:
        return None


def _form(number: str) -> Literal["capitals", "figures"]:
    return "figures" if any(c.isdigit() and c < "\x80" for c in number) else "capitals"


def _with_unit(text: str, match: re.Match[str]) -> Iterator[Money]:
    value = _value(match["number"], match["scale"])
    if value is None or match["number"][0] in _VAGUE:
        return
    for name, part in (("jiao", Decimal("0.1")), ("fen", Decimal("0.01"))):
        if match[name]:
            value += parse_number(match[name]) * part
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    sign = _SIGN_BEFORE.search(before)
    currency = currency_of(match["after"] or "") or _currency(sign, match["unit"])
    start = match.start()
    if sign and (sign["sign"] or sign["sign2"]):
        start -= len(before) - sign.start("sign" if sign["sign"] else "sign2")
    if before.endswith(("【", "[")) and start == match.start():
        start -= 1
    per = _PER_AFTER.match(text, match.end())
    low = _low_end(match, before, currency)
    if low:
        yield low
        start = match.start()
    yield Money(start, match.end(), value, currency, _form(match["number"]), per and per["per"])


def _currency(sign: re.Match[str] | None, unit: str) -> str:
    """Of 港币500元 the prefix decides, of 人民币 2 万美元 the unit."""
    own = currency_of(unit) or "CNY"
    if own != "CNY" or sign is None:
        return own
    for name in ("sign2", "sign"):
        prefix = currency_of(sign[name] or "")
        if prefix and prefix != "CNY":
            return prefix
    return own


def _low_end(match: re.Match[str], before: str, currency: str) -> Money | None:
    """The 5 of 5-10万元 and the 五 of 五至十万元."""
    low = _LOW_END.search(before)
    if not low:
        return None
    shared = "".join(c for c in (match["number"] if match["number"][-1] in "万亿千" else "") if c in "万亿千")
    scale = match["scale"] or shared
    value = _value(low["number"], "" if low["number"][-1] in "万亿千" else scale)
    top = _value(match["number"], match["scale"])
    if value is None or top is None or value >= top:
        return None
    start = match.start() - len(before) + low.start("number")
    return Money(start, start + len(low["number"]), value, currency, _form(low["number"]), low_end=True)


def _signed(text: str, match: re.Match[str]) -> Iterator[Money]:
    number = match["number"]
    if _form(number) == "capitals" and not CAPITALS & set(number):
        return  # 人民币一 is the beginning of 人民币一次性付清
    value = _value(number, match["scale"])
    if value is None:
        return
    currency = currency_of(match["sign2"] or "") or "CNY"
    if currency == "CNY":
        currency = currency_of(match["sign"]) or "CNY"
    if _form(number) == "capitals" and _BROKEN.match(text, match.end()):
        return
    follows = text[match.end() : match.end() + 1]
    if follows in tuple("%‰年月日号份倍角分") or _HIGH_END.match(text, match.end()):
        return
    per = _PER_AFTER.match(text, match.end())
    end = match.end("scale") if match["scale"] else match.end("number")
    yield Money(match.start(), end, value, currency, _form(number), per and per["per"])


def _small_change(match: re.Match[str]) -> Iterator[Money]:
    jiao, fen = match["number"], match["fen"] or match["only"]
    value = (parse_number(jiao) / 10 if jiao else Decimal(0)) + (parse_number(fen) / 100 if fen else 0)
    yield Money(match.start(), match.end(), value, "CNY", _form(jiao or fen))


def _labelled(match: re.Match[str]) -> Iterator[Money]:
    number = match["number"]
    capitals = _form(number) == "capitals"
    if capitals and not (match["whole"] or (CAPITALS & set(number) and len(number) > 1)):
        return
    if capitals and _BROKEN.match(match.string, match.end()):
        return
    value = _value(number, match["scale"])
    if value is not None:
        end = match.end() if match["whole"] else match.end("scale") if match["scale"] else match.end("number")
        yield Money(match.start("number"), end, value, "CNY", _form(number), signed=False)


def _trailing(match: re.Match[str]) -> Iterator[Money]:
    value = _value(match["number"])
    if value is not None:
        yield Money(match.start(), match.end(), value, currency_of(match["unit"]) or "CNY", _form(match["number"]))


def _scaled_from(match: re.Match[str]) -> Iterator[Money]:
    value = _value(match["number"])
    if value is not None and match["number"][0] not in _VAGUE:
        yield Money(match.start("number"), match.end(), value, "CNY", _form(match["number"]))


def _scaled(match: re.Match[str]) -> Iterator[Money]:
    value = _value(match["number"], match["scale"])
    if value is not None:
        yield Money(match.start("number"), match.end(), value, "CNY", "figures", signed=False)
