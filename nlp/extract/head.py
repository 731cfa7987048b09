"""What the head of a contract says of itself: its number, when and where it was signed.

`合同编号：HT-2024-001`, `签订日期：2025年5月12日`, `签订地点：霁川市北岸区`. Where the head gives no date, the dates
in the signature blocks count: the latest, for then the contract was concluded. Blank means None.
"""

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.names import is_blank
from nlp.reading import Reading
from schema.span import Span, SpannedText
from schema.timing import Date
from schema.values import DateValue

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NUMBER = re.compile(
    r"(?:(?<=^)|(?<=[\s(（|,，。;【]))(?:本|[甲乙买卖]方|(?:项目|工程|采购|买卖|销售|购销|供货|劳动|租赁|服务|施工|借款|贷款|委托|承揽|加工|运输|仓储|技术|开发)+)?"
    r"(?:合 {0,3}同|协 {0,3}议|协议书|合同书|订单|文件"
    r"|契约|(?:经纪)?服务单|业务单|定单)(?:[(（/](?:合同|协议)[)）]?)?(?:登记)?(?:统一)? {0,3}(?:编 {0,3}[号码]?|号码?"
    r"|序号)(?: ?[(（][^()（）]{0,16}[)）]| ?[A-Z][A-Za-z. ]{1,20})?】?(?: *[:：\t] *| {1,3}(?=[A-Za-z0-9])|(?<=】))"
    r"(?P<value>[^\n\t]*)"
    r"|(?:^|(?<=\n))[ (]*(?:编 {0,4}号(?: ?No\.?)?|No\.?|NO\.?|(?:Contract|Agreement) (?:No\.?"
    r"|Number))(?: *[:：] *| {1,4}(?=[A-Z]{1,8}[-—(（\d][A-Za-z0-9-]*\d *(?:\n|\Z)))(?P<value2>[^\n\t]*)",
    re.MULTILINE,
)
# 工程编号：GC-2025-09, where nothing is called the number of the contract
_WORK_NUMBER = re.compile(r"(?:^|(?<=[\s(（]))工程 {0,3}编 {0,3}号 *[:：\t] *(?P<value>[^\n\t]*)", re.MULTILINE)
# a number of its own between the marks of a running header: 采购合同 | IT-SVC-2026-0515 | 内部
_BARE_NUMBER = re.compile(
    r"(?:(?<=[|｜丨 ])|\A)(?=[A-Za-z0-9-]*[A-Za-z])(?=[A-Za-z0-9-]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+){2,5}(?=[|｜丨 ]|\Z)"
)
_VALUE_END = re.compile(r" {2,}|[，,。;；]| *[|｜丨]| / (?=[一-龥])| (?=[一-龥]{2,8}[:：])")
# QH-2025-__0088__: a gap that is filled in; QH-2025-____: one that is not
_FILLED = re.compile(
    r"__+(?P<words>[A-Za-z0-9一-龥][^_]*?) *__+|(?<![A-Za-z0-9])_(?P<one>[A-Za-z0-9一-龥][^_]*?)_(?![A-Za-z0-9])"
)
_UNFILLED = re.compile(r"__|[-—/第年(（]_*\Z|\A_*[-—/]")
# NC-XX-2025-19, LQXXZX-2025-011: two letters among filled ones, no mask
_LETTERS_XX = re.compile(r"(?<=[A-Z]-)XX(?=-(?:19|20)\d\d-\d+\Z)|(?<=[A-WYZ])XX(?=[A-WYZ][A-Z]*[-—(（\d])")
# QH-25-0316（甲方留存）: who keeps it is no part of the number
_KEPT_BY = re.compile(
    r" *[(（][^()（）\dA-Za-z]{0,8}(?:留存|存档|备案|填写|保存|打印)[^()（）\dA-Za-z]{0,4}[)）]\Z"
    r"| *[(（][正副]本[)）]\Z"
)
_SIGNED_AT = re.compile(r"(?:签订|签署|签约|订立)(?:日期|时间|日)[^\n]{0,3}[:：为是]? *\Z|(?:合同|协议)?签订于 *\Z")
_PLACE = re.compile(
    r"(?:合同|协议)?(?:签订|签署|签约|订立)(?:地点?|地址)(?:为|是)? *[:：为是在\t][ _]*"
    r"(?P<place>[^\n\t，,。;；]*)"
    r"|(?:签订|签署|签约|订立)(?:时间|日期)(?:、|及|和|与"
    r"|/)地点 *[:：][^\n:：，,]{0,16}[，,/、 ] *(?P<place5>[^\n\t，,。;；]*)"
    r"|合同签订地(?:点)?[在为\t][ _]*(?P<place2>[^\n\t，,。;]+)"
    r"|合同签订地(?:点)? ?\( ?(?P<place4>[^()，,。;\n]{2,24}) ?\)"
    r"|(?:本(?:合同|协议)在|(?:本(?:合同|协议)|双方|各方)[于在](?![^。\n]{0,20}(?:基础|原则|前提|日|时|期间|情况))) *"
    r"(?P<place3>[^\s，,。;_]{2,24}?) *(?:签订|签署|订立)(?=[。\n])"
)
_PLACE_IN = re.compile(
    r"(?:于|在)[^，,。;\n]{0,36}?(?:日|月|年)(?:在|于)[ _]*(?P<place>[^\s，,。;_]{2,24}?)[ _]*(?:签订|签署|订立)"
)
# 签订地点：临川市供需双方根据《…》: the place ends where the next paragraph was joined to it
_END = re.compile(
    r" {2,}| *\||_| (?=[一-龥]{2,6}[:：])|(?<=[市县区镇乡省])"
    r"(?=(?:甲、?乙|供、?需|买、?卖|购、?销|当事)?双方|根据《|鉴于)"
)


@Language.component("head")
def head(doc: "Doc") -> "Doc":
    """Fill `contract_no`, `sign_date` and `sign_place`."""
    reading: Reading = doc._.reading
    reading.contract_no = _number(reading)
    reading.sign_date = _sign_date(reading)
    reading.sign_place = _sign_place(reading)
    return doc


def _number(reading: Reading) -> str | None:
    """The number printed on the cover or in the preamble, else in a running header."""
    limit = next((c.span.start for c in reading.structure.clauses), len(reading.text))
    for match in _NUMBER.finditer(reading.text, 0, max(limit, 1)):
        name = "value" if match["value"] is not None else "value2"
        found = _clean(match[name])
        if found:
            start = match.start(name) + match[name].index(found)
            return _filled(reading.document.text[start : start + len(found)])
        return None
    for match in _WORK_NUMBER.finditer(reading.text, 0, max(limit, 1)):
        if found := _clean(match["value"]):
            start = match.start("value") + match["value"].index(found)
            return _filled(reading.document.text[start : start + len(found)])
    for furniture in reading.document.furniture:
        if furniture.role in ("header", "footer"):
            named = _NUMBER.search(furniture.text.replace("：", ":"))
            if named:
                return _clean(named["value"] or named["value2"] or "")
            bare = _BARE_NUMBER.search(furniture.text)
            if bare:
                return bare[0]
    return None


def _clean(words: str) -> str | None:
    cut = _VALUE_END.search(words.strip())
    value = (words.strip()[: cut.start()] if cut else words.strip()).strip()
    value = _unbracketed(_KEPT_BY.sub("", value))
    filled = _filled(value)
    if _UNFILLED.search(filled):
        return None
    if not value or is_blank(_LETTERS_XX.sub("AA", filled)) or not re.search(r"[A-Za-z0-9]", value) or len(value) > 60:
        return None
    return value


def _filled(value: str) -> str:
    """第__12__号 is 第12号: what is written into the gaps of a printed number, without their lines."""
    return _FILLED.sub(lambda m: m["words"] or m["one"], value).strip(" _")


def _unbracketed(value: str) -> str:
    """`[HT-1]` is HT-1; brackets inside a number (LH-2024（117）) belong to it."""
    for left, right in ("()", "（）", "【】", "[]"):
        if value.startswith(left) and value.endswith(right) and value.count(left) == 1:
            value = value[1:-1]
        if value.count(left) != value.count(right):
            value = value.strip(left + right)
    return value.strip()


def _sign_date(reading: Reading) -> DateValue | None:
    """The date behind 签订日期, else the latest of the signature blocks of the contract itself."""
    signed = [d for d in reading.dates if d.role == "sign" and d.valid and d.end is None]
    labelled = [d for d in signed if _SIGNED_AT.search(reading.text[max(0, d.span.start - 16) : d.span.start])]
    # 框架协议签署日 beside 订单签订日期 is that of another contract
    labelled = [d for d in labelled if not _of_other(reading, d)] or labelled
    labelled = labelled or [d for d in signed if _dated_head(reading, d)]
    own = [d for d in labelled if not _in_annex(reading, d) and not _part_filled(reading, d)]
    if own and all(d.clause and d.clause.startswith("signature") for d in own):
        return _value(max(own, key=lambda d: d.value))
    if own:
        return _value(own[0])
    blocks = [d for d in signed if d.clause and d.clause.startswith("signature") and d.precision == "day"]
    blocks = [d for d in blocks if not _part_filled(reading, d)]
    if blocks:
        return _value(max(blocks, key=lambda d: d.value))
    told = [d for d in signed if not _in_annex(reading, d) and d.precision == "day" and _told(reading, d)]
    return _value(told[0]) if told else None


def _of_other(reading: Reading, date: Date) -> bool:
    before = reading.text[max(0, date.span.start - 16) : date.span.start]
    return bool(
        re.search(r"(?:框架|主|原|基础)(?:采购|服务)?(?:合同|协议)(?:的)?(?:签订|签署|签约|订立)[^\n，,;]*\Z", before)
    )


def _dated_head(reading: Reading, date: Date) -> bool:
    """日期：2025-05-12 on a line of its own in the head."""
    line = reading.text.rfind("\n", 0, date.span.start) + 1
    return date.clause in ("cover", "preamble") and bool(
        re.fullmatch(r"\s*(?:日 {0,6}期|Date) ?: ?", reading.text[line : date.span.start])
    )


def _told(reading: Reading, date: Date) -> bool:
    """本合同于2025年3月18日在某市签订, of this contract and no other."""
    line = reading.text.rfind("\n", 0, date.span.start) + 1
    before, after = reading.text[line : date.span.start], reading.text[date.span.end : date.span.end + 40]
    if re.search(r"双方[^，,。;]{0,6}[于在][ _]*\Z", before) and not re.search(r"[本此](?:合同|协议)", before):
        return bool(re.match(r"[^，,。;\n]{0,30}(?:签订|签署|订立)(?:了)?[本此](?:合同|协议)", after))
    return bool(re.search(r"(?:本|此)(?:合同|协议)[^，,。;]{0,16}\Z", before)) and bool(
        re.match(r"[^，,。;\n]{0,30}(?:签订|签署|订立)", after)
    )


def _in_annex(reading: Reading, date: Date) -> bool:
    return any(p.kind == "annex" and p.span.contains(date.span) for p in reading.structure.parts)


def _part_filled(reading: Reading, date: Date) -> bool:
    """2016年   月   日: only the year is filled in."""
    return date.precision != "day" and bool(
        re.match(r"[ _]+月|[ _]*月[ _]+日|[ _]+日", reading.text[date.span.end : date.span.end + 12])
    )


def _value(date: Date) -> DateValue:
    return DateValue(value=date.value, precision=date.precision, span=date.span, text=date.text)


def _sign_place(reading: Reading) -> SpannedText | None:
    for pattern in (_PLACE, _PLACE_IN):
        for match in pattern.finditer(reading.text):
            groups = match.groupdict()
            name = next(key for key, value in groups.items() if value is not None)
            words = groups.get(name) or ""
            cut = _END.search(words)
            words = (words[: cut.start()] if cut else words).strip(" _")
            if len(words) >= 2 and not is_blank(words):
                start = match.start(name) + match[name].index(words)
                span = Span(start=start, end=start + len(words))
                return SpannedText(text=span.of(reading.document.text), span=span)
    return None
