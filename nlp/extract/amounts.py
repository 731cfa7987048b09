"""Sums of money with what they are: label, role, whether it is the total, tax, per what, and the twin.

`合同总价（含税）为人民币肆拾捌万陆仟元整（￥486,000.00）` is a total of 486000 twice, in capitals and in figures,
each the twin of the other. Two different values for one thing stay two sums. Cells of tables:
nlp.extract.table_amounts.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.places import clause_at
from nlp.extract.sentences import Sentence
from nlp.extract.table_amounts import table_amounts
from nlp.extract.totals import with_tax, without_parts
from nlp.lexicon import Cue, CueFinder, Rule, read_rules
from nlp.normalize import fold
from nlp.reading import Reading
from nlp.values.money import Money
from schema.money import Amount, AmountRole
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

# between the twins: 元整(小写:¥   元(大写:
_TWIN = re.compile(
    r"[ ,，:()（）\[\]【】/]*(?:即|合计"
    r"|计)?[ ,，:(]*(?:人民币)?[ :(]*(?:[大小]写)?(?:金额)?(?:为)?[ :)]*(?:人民币|¥)?[ :(_]*"
)
_UNITS = (
    "个?月|年|天|日|季度?|半年|周|车次|吨公里|人次|人天|人月|平方米|立方米|小时|公里"
    "|[次台套件吨人页张户车份批例项趟箱米亩辆只条柜票单桶袋棵株间床位托板度]|㎡|m³"
)
_PER = re.compile(
    rf"(?:每|/) *(?:一)?(?P<per>{_UNITS})(?:的)?(?:租金|价格|费用|收费|单价|工资|服务费|运费)? *"
    r"(?:应?为|是|共|约|按)?[ :]*"
    r"(?:人民币|¥)?[ :]*\Z"
)
# 每月向甲方交纳管理费
_PER_DUTY = re.compile(
    r"每(?P<per>月|年|季度?|半年|周)(?:向[甲乙丙丁]方|应|须|需|按时|固定|各|定期)*(?:支付|交纳|缴纳|缴付|交|缴|付|收取|补贴|享有|享受"
    r"|领取|发放|发给|计发|给付|给予|支给|报销)[^，,。;]{0,12}\Z"
    r"|每(?P<daily>[日天])每[一-龥]{1,3}(?:收取|支付|付|收|计收)[^，,。;]{0,8}\Z"
)
# 2,600元/（☑月 □季）: the box that is ticked
_PER_TICKED = re.compile(
    r"元? ?/? ?\(? ?(?:[□☐○] ?(?:月|季度?|半年|年|日|天) ?[/、,，]? ?)*[☑☒✓✔√■●] ?(?P<per>月|季度?|半年|年|日"
    r"|天)(?![一-龥])"
)
# 按月平均计56,500元, 月均56,500元
_MEAN = re.compile(
    r"(?:按(?=[^，,。;]{0,2}[平均分])|平均每|折合每|均摊到?每|(?=[月年日]均))(?P<per>个?月|年|日|天|季度?)(?:平均|均摊|分摊|均)?(?:计|为|约)*"
    r"(?:人民币|¥)? *\Z"
)
_PER_BEFORE = re.compile(r"(?<![\d一二两三四五六七八九十几多])(?P<per>月|年|日|季度|季|半年|周)\Z")
_ONE_OF = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,2}|首|次|末|当|本|上|每两|[\d一二两三四五六七八九十]) *(?:个)?\Z"
)
_PER_LABEL = re.compile(r"(?P<per>月|年|日|季度|季|半年)(?=租金|租|房租|工资|薪|服务费|物业费|管理费|费)")
_WITH_TAX = re.compile(r"(?<!不)(?<!未)(?<!不包)包?含(?:[\d.]+%的?)?(?:增值)?税|价税合计|税费?后")
_WITHOUT_TAX = re.compile(r"不包?含(?:增值)?税|未税|税前")
_LIMIT = re.compile(r"(?:不超过|不高于|上限(?:为|是)?|最高(?:为|不超过)?|为限|限额(?:为)?|封顶) *(?:人民币|¥)? *\Z")

_LIMITED = re.compile(r"元?[】\])]? ?(?:为(?:上)?限(?!期|制)|封顶)")


@dataclass(frozen=True)
class Naming:
    """What a sum is called.

    Attributes:
        cue: the word that names it.
        words: as printed; None when a heading names it.
    """

    cue: Cue
    words: str


@cache
def _labels() -> CueFinder:
    return CueFinder(*read_rules("amounts"))


@Language.component("amounts")
def amounts(doc: "Doc") -> "Doc":
    """Fill `reading.amounts`."""
    reading: Reading = doc._.reading
    prose = [a for money in reading.values.money if (a := _amount(reading, money))]
    cells = table_amounts(reading, [a.span for a in prose])
    ordered = sorted([*prose, *cells], key=lambda a: a.span.start)
    numbered = [a.model_copy(update={"id": f"a{n}"}) for n, a in enumerate(ordered, 1)]
    named = without_parts(reading, _changed(reading.text, numbered))
    reading.amounts = with_tax(reading, _with_table_total(reading, _with_twins(reading.text, named)))
    return doc


def _amount(reading: Reading, money: Money) -> Amount | None:
    sentence = reading.sentences.at(money.start)
    if sentence is None:
        return None
    naming = name_of(sentence, money.start)
    per = money.per or _per(sentence, money, naming)
    role = _role(sentence, money, naming, per)
    role = "other" if role == "total" and reading.kind == "labour" else role
    total = role == "total" and bool(naming and naming.cue.rule.data.get("total")) and not _in_rows(sentence)
    start, end = money.start, money.end
    cues = [Span(start=start, end=end)]
    if naming and naming.cue.start >= 0:
        cues.insert(0, Span(start=naming.cue.start, end=naming.cue.end))
    return Amount(
        id="a",
        clause=clause_at(reading, start),
        span=Span(start=start, end=end),
        text=reading.document.text[start:end],
        evidence=Evidence(rule=naming.cue.rule.id if naming else "amount.plain", cues=tuple(cues)),
        value=money.value,
        currency=money.currency,
        form="table_cell" if sentence.unit.row and money.form == "figures" else money.form,
        label=naming.words.removesuffix("为") if naming else None,
        role=role,
        is_total=total and not money.low_end,
        tax_included=_tax(sentence, money, naming),
        per=per,
    )


_TO_ANOTHER = re.compile(
    r"(?:元|万元)?(?:\([^()]{1,24}\))?(?:调整|变更|修改|修订|更改|增加|增至|减少|减至|上调|下调|提高|降低)(?:为|至|到)?"
    r"[^，,。;\d]{0,8}"
)
_FROM_ONE = re.compile(r"由(?:原(?:来)?的?)?[^，,。;\d]{0,6}\Z")


def _changed(text: str, amounts: list[Amount]) -> list[Amount]:
    """合同总价由712万元调整为746.58万元: the name is that of the second sum, the first is no more."""
    result = list(amounts)
    for n, (first, second) in enumerate(itertools.pairwise(amounts)):
        before = text[max(0, first.span.start - 12) : first.span.start]
        if _FROM_ONE.search(before) and _TO_ANOTHER.fullmatch(text[first.span.end : second.span.start]):
            name = {"role": first.role, "is_total": first.is_total, "label": first.label}
            result[n] = first.model_copy(update={"role": "other", "is_total": False})
            result[n + 1] = second.model_copy(update=name)
    return result


_SUM_ROW = re.compile(r" *(?:本)?(?:合同|订单)?(?:含税|不含税|货款|价税)?(?:总计|合计|共计|总价|总金额|总额)")
_ESTIMATE = re.compile(r"预计|预估|估算|计划|参考|支付|付款|付费")


def _with_table_total(reading: Reading, amounts: list[Amount]) -> list[Amount]:
    """Where nothing is called the price: the sum behind 合计, else the last of the row 合计 of a price table.

    Where something is, the same sum in such a row is the price too.
    """
    if reading.kind == "labour":
        return amounts
    if any(a.is_total for a in amounts):
        values = {a.value for a in amounts if a.is_total}
        same = [a for a in amounts if a.form == "table_cell" and a.role == "total" and a.value in values]
        ids = {a.id for a in same if not (a.clause or "").startswith("annex")}
        return [a.model_copy(update={"is_total": True}) if a.id in ids else a for a in amounts]
    rows = {
        row.id: table
        for table in reading.structure.tables
        if not (table.part or "main").startswith("annex") and not _ESTIMATE.search(" ".join(table.columns))
        for row in table.rows
        if (first := next((c.text for c in row.cells if c.text.strip()), "")) and _SUM_ROW.match(first)
    }
    told = [a for a in amounts if a.evidence.rule == "amount.sum" and a.per is None and a.clause not in rows]
    told = [a for a in told if not _OF_SHARE.search(reading.text, max(0, a.span.start - 40), a.span.start)]
    if told:
        total = {told[0].id, told[0].same_as}
        return [a.model_copy(update={"role": "total", "is_total": True}) if a.id in total else a for a in amounts]
    sums = [a for a in amounts if a.clause in rows and a.per is None]
    if not sums or len({id(rows[a.clause or ""]) for a in sums}) > 1:
        return amounts
    value = next((a.value for a in sums if a.form == "capitals"), sums[-1].value)
    total = {a.id for a in sums if a.value == value and a.clause == sums[-1].clause}
    change = {"role": "total", "is_total": True}
    return [a.model_copy(update=change) if a.id in total else a for a in amounts]


# 安全文明施工费:人民币(大写)  暂列金额为
_UNKNOWN = re.compile(
    r"(?P<label>(?:(?![向应须由将按因于])[一-龥]){2,12}(?:费用?|款|金额?|额|价值?|薪))(?:\([^()]{1,10}\))?"
    r"(?:应?为|是|以|共计|计|:|每[一-龥]{1,2})* *"
    r"(?:人民币|¥|RMB)? *(?:\( ?[大小]写 ?\))?[:¥ (]*\Z"
)


@cache
def _item_rule() -> Rule:
    return next(rule for rule in read_rules("amounts") if rule.id == "amount.item")


def _in_rows(sentence: Sentence) -> bool:
    """Whether a sum stands in a table of items, not in a head of labels and values."""
    return sentence.unit.row is not None and sentence.unit.part not in ("cover", "preamble")


def name_of(sentence: Sentence, position: int) -> Naming | None:
    """The word that names a sum: the nearest in front of it, else the heading or the words that lead to it.

    Args:
        sentence: that holds the sum.
        position: first character of the sum.
    """
    before = sentence.before(position)
    found = [
        c for c in _labels().find(before + "¥1") if not _is_base(before, c) and not _MONTHS.search(before[: c.end])
    ]
    own = _UNKNOWN.search(before)
    if not found and sentence.unit.row is not None:
        return _cell_name(sentence)
    if found and own and own.end("label") == found[-1].start and _EACH_TIME.match(before, found[-1].start):
        found = []  # 加班费每小时50元
    if found and not (own and own.start("label") >= found[-1].end):
        cue = found[-1]
        # 加工费总额（不含税）：the bracket says how the total is meant
        if len(found) > 1 and cue.rule.id == "amount.net" and before[found[-2].end : cue.start].strip() == "(":
            cue = found[-2]
        offset = sentence.start
        return Naming(Cue(cue.rule, cue.start + offset, cue.end + offset), before[cue.start : cue.end])
    if own:
        words = own["label"]
        return Naming(Cue(_item_rule(), sentence.start + own.start("label"), sentence.start + own.end("label")), words)
    if any(lead.text.rstrip(" :").endswith("其中") for lead in sentence.leads()):
        return None
    for heading in reversed(sentence.unit.headings):
        if _PLANNED.search(heading):
            return None
        cues = _labels().find(heading + "¥1")
        if cues and cues[0].start <= 4:
            return Naming(Cue(cues[0].rule, -1, -1), heading)
    return None


_EACH_TIME = re.compile(r"每(?:小时|工时)")
# 转让价款分三期支付 names no sum of the list below it
_PLANNED = re.compile(
    r"第[一二三四五六七八九十\d]{1,2}[期笔次阶]|分[^，,]{1,3}[期次笔]|(?<![及与和、])支付(?:计划|进度|安排)?\Z"
)
_FEE = re.compile(
    r"(?:[A-Za-z ]+[/ ] ?)?(?:合同|服务|项目)?(?:总)?(?:费用|金额|价款|总价|价格|服务费|款项"
    r"|报酬)(?:\([^()]*\))?(?: ?/ ?[A-Za-z ]+)?"
)


def _cell_name(sentence: Sentence) -> Naming | None:
    """The cell in front names a sum: 费用 | USD 420,000 in a head of pairs is the price."""
    row = sentence.unit.row
    if row is None:
        return None
    number = next((n for n, c in enumerate(row.cells) if c.span.start <= sentence.start < c.span.end), 0)
    label = fold(row.cells[number - 1].text).strip() if number else ""
    cues = _labels().find(label + "¥1")
    if cues:
        return Naming(Cue(cues[0].rule, -1, -1), label)
    if _FEE.fullmatch(label) and sentence.unit.part in ("cover", "preamble"):
        total = next(rule for rule in read_rules("amounts") if rule.id == "amount.total")
        return Naming(Cue(total, -1, -1), label)
    return None


# 相当于两个月租金: months of rent are a measure, no name
_MONTHS = re.compile(r"(?:\d+|[一二两三四五六七八九十壹贰叁]) ?个?月(?:的)?(?:房租|租金|租赁费|工资|服务费|管理费)\Z")
# 合同总价的30%, 合同金额 30%: the price is only what the rate is taken of
_BASE = re.compile(
    r"(?:\([^()]{1,10}\))?(?:的|之)?[ 【\[(_]*(?:[\d.]+[ 】\])_]*[%‰‱]|百分之|千分之|万分之|[一二三四五六七八九十]成)"
)


def _is_base(text: str, cue: Cue) -> bool:
    return bool(_BASE.match(text, cue.end))


def _role(sentence: Sentence, money: Money, naming: Naming | None, per: str | None) -> AmountRole:
    role: AmountRole = naming.cue.rule.data["role"] if naming else "other"
    if role in ("total", "line_total") and _OF_SHARE.search(sentence.before(money.start)):
        return "other"  # 支付总价的20%，即372,000元
    if role in ("total", "other") and _HELD_IN.search(sentence.before(money.start)):
        return "cap"
    if naming and role == "total" and _is_part(sentence, money, naming):
        return "other"
    limited = _LIMIT.search(sentence.before(money.start)) or _LIMITED.match(sentence.after(money.end))
    if limited and role in ("penalty", "other", "total"):
        return "cap" if role != "total" or (naming and _OF_DAMAGES.search(sentence.before(naming.cue.start))) else role
    # 年服务费总额 is a total, 总价：1000元/吨×1000吨 begins with a price of one
    before = sentence.before(money.start)
    each = money.per is not None or bool(_MEAN.search(before) or _PER.search(before))
    if role == "total" and per and (each or not (naming and re.search("总|合计", naming.words))):
        return "other" if per in _TIMES else "unit_price"
    if role == "other" and per and per not in _TIMES:
        return "unit_price"
    return role


_OF_SHARE = re.compile(
    r"(?:[\d.]+[ 】\])_]*[%‰]|百分之[一二三四五六七八九十点]+)[】\])_]*[，, ]*\(?"
    r"(?:即|计|共计|合计|折合|为|约|金额)*(?:人民币|¥|:)*[ _【\[]*\Z"
)
# 工程造价控制在1,860万元以内: what something else may cost
_HELD_IN = re.compile(r"(?:(?:控制|限定)在|(?:造价|投资)(?:不得|不应)?(?:突破|超过|限额(?:为)?)) *(?:人民币|¥)? *\Z")
# 赔偿总额不超过50万元 limits no price
_OF_DAMAGES = re.compile(r"(?:赔偿|责任|违约|补偿)的?(?:累计)?\Z")


# 总价16万元，其中含设计费5,000元
def _is_part(sentence: Sentence, money: Money, naming: Naming) -> bool:
    """其中应付甲方1人民币1008万元: a part of the price named before."""
    between = sentence.slice(naming.cue.end, money.start) if naming.cue.start >= 0 else ""
    return bool(
        _INCLUDED.search(sentence.before(max(naming.cue.start, sentence.start)))
        or re.search(r"其中|应付[甲乙丙]方\d|[\d.]+[%‰]", between)
    )


_INCLUDED = re.compile(r"(?:其中|包括|包含|已含|(?<!不)含)[^，,。;:]{0,8}\Z")
_TIMES = ("月", "年", "日", "天", "季度", "季", "半年", "周", "小时")


def _per(sentence: Sentence, money: Money, naming: Naming | None) -> str | None:
    before = sentence.before(money.start)
    match = _PER.search(before) or _MEAN.search(before)
    match = match or _PER_DUTY.search(sentence.before(money.start)) or _PER_TICKED.match(sentence.after(money.end))
    if match:
        daily = match.groupdict().get("daily")  # 每日每托盘收取仓储费8元
        return daily or match["per"].removeprefix("个")
    if naming is None:
        return None
    # 第一年租金 is that of one year, no price per year
    label = None if _ONE_OF.search(sentence.before(naming.cue.start)) else _PER_LABEL.match(naming.words)
    if label is None and naming.cue.start > sentence.start:
        label = _PER_BEFORE.search(sentence.before(naming.cue.start))
    return label["per"] if label else None


def _tax(sentence: Sentence, money: Money, naming: Naming | None) -> bool | None:
    """Said in the label or in the words between it and the sum (合同总价（含税）为), or right behind the sum."""
    if naming is None or (naming.cue.start < 0 and sentence.unit.row is None):
        return None
    # 113,000元（含税）, but not 113,000元，其中不含税价款
    behind = re.split(r"[,，]", sentence.slice(money.end, money.end + 8))[0]
    # 286,000元（大写：贰拾捌万陆仟元整），含6%增值税
    twin = re.match(r"元? ?\([^()]{4,40}\)[,，]? ?(?P<tax>\(?含[\d.%的]*(?:增值)?税)", sentence.after(money.end))
    behind += twin["tax"] if twin else ""
    # 总价106,000元，该价格已含税
    later = _TAX_LATER.match(sentence.after(money.end))
    behind += later["tax"] if later else ""
    around = sentence.slice(naming.cue.start if naming.cue.start >= 0 else money.start, money.start) + behind
    if _WITHOUT_TAX.search(around):
        return False
    return True if _WITH_TAX.search(around) else None


_TAX_LATER = re.compile(
    r"元?(?:整)?(?:\([^()]{1,40}\))?[,，] ?(?:且)?(?:该|上述|以上|此|前述|本)(?:价格|价款|总价|金额|费用|款项|报价"
    r"|合同价)?"
    r"(?:均|已|为|中)*(?P<tax>不?(?:包?含)(?:增值)?税)"
)


def _with_twins(text: str, amounts: list[Amount]) -> list[Amount]:
    """Tie capitals and figures of one sum; the second takes over what is known of the first."""
    result = list(amounts)
    for n in range(len(result) - 1):
        first, second = result[n], result[n + 1]
        forms = {first.form == "capitals", second.form == "capitals"}
        between = text[first.span.end : second.span.start]
        if len(forms) < 2 or first.value != second.value or not _TWIN.fullmatch(between):
            continue
        per = first.per or second.per
        known = {"label": first.label, "role": first.role, "is_total": first.is_total, "per": per}
        known["tax_included"] = first.tax_included
        result[n] = first.model_copy(update={"same_as": second.id, "per": per})
        result[n + 1] = second.model_copy(update={"same_as": first.id, **known})
    return result
