"""Sums of money with what they are: label, role, whether it is the total, tax, per what, and the twin.

`合同总价（含税）为人民币肆拾捌万陆仟元整（￥486,000.00）` is a total of 486000 twice, in capitals and in figures,
each the twin of the other. Two different values for one thing stay two sums. Cells of tables:
nlp.extract.table_amounts.
"""

import itertools
import re
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.places import clause_at
from nlp.extract.sentences import Sentence
from nlp.extract.sum_names import Naming, name_of
from nlp.extract.sum_taxes import told_beside, with_tax
from nlp.extract.table_amounts import role_in_column, table_amounts, tax_in_column
from nlp.extract.totals import OF_SHARE, with_table_total, without_parts
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
    "|[次台套件吨人页张户车份批例项趟箱米亩辆只条柜票单桶袋棵株间床位托板度]|工日|人日|用户|账[号户]|终端|席位|㎡|m³"
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
_LIMIT = re.compile(r"(?:不超过|不高于|上限(?:为|是)?|最高(?:为|不超过)?|为限|限额(?:为)?|封顶) *(?:人民币|¥)? *\Z")

_LIMITED = re.compile(r"元?[】\])]? ?(?:为(?:上)?限(?!期|制)|封顶)")


@Language.component("amounts")
def amounts(doc: "Doc") -> "Doc":
    """Fill `reading.amounts`."""
    reading: Reading = doc._.reading
    prose = [a for money in reading.values.money if (a := _amount(reading, money))]
    cells = table_amounts(reading, [a.span for a in prose])
    ordered = sorted([*prose, *cells], key=lambda a: a.span.start)
    numbered = [a.model_copy(update={"id": f"a{n}"}) for n, a in enumerate(ordered, 1)]
    named = without_parts(reading, _changed(reading.text, numbered))
    reading.amounts = with_tax(reading, with_table_total(reading, _with_twins(reading.text, named)))
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
        # a wage before tax has nothing to do with the tax on a price
        tax_included=_tax(sentence, money, naming) if reading.kind != "labour" else None,
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


def _in_rows(sentence: Sentence) -> bool:
    """Whether a sum stands in a table of items, not in a head of labels and values."""
    return sentence.unit.row is not None and sentence.unit.part not in ("cover", "preamble")


def _role(sentence: Sentence, money: Money, naming: Naming | None, per: str | None) -> AmountRole:
    role: AmountRole = naming.cue.rule.data["role"] if naming else "other"
    if naming is None or naming.cue.start < 0:
        role = role_in_column(sentence.unit.table, sentence.unit.row, money.start) or role
    if role in ("total", "line_total") and OF_SHARE.search(sentence.before(money.start)):
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
    if per and per not in _TIMES and (role == "other" or (role == "rent" and naming and naming.cue.start < 0)):
        return "unit_price"
    return role


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
        or re.search(r"其中|应付[甲乙丙]方\d|[\d.]+[%‰]", re.sub(r"\([^()]*含[^()]*税[^()]*\)", "", between))
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


_PRICED = re.compile(r"含[\d.%的]*(?:增值)?税(?:价格?)?[，,]\Z")


def _tax(sentence: Sentence, money: Money, naming: Naming | None) -> bool | None:
    """Said in the label or in the words between it and the sum (合同总价（含税）为), or right behind the sum.

    What stands in front of 每吨 is said of the price too, and so is what the head of a column says.
    """
    named = naming.cue.start if naming and naming.cue.start >= 0 else money.start
    if naming and naming.cue.rule.id == "amount.unit_price":
        named = sentence.piece(named)[0]
        if _PRICED.search(sentence.before(named)):  # 单价为含税价，每吨4,520元
            named = sentence.piece(named - 2)[0]
    told = told_beside(sentence, named, money.start, money.end)
    return told if told is not None else tax_in_column(sentence.unit.table, sentence.unit.row, money.start)


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
