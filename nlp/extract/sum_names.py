"""What a sum is called: the nearest name in front of it, else its cell, its heading or the words that lead to it.

Of `签约合同价（含9%增值税）为872,000元` the name is 签约合同价, of `租赁保证金，为三个月租金与物业费之和，即5,000元`
租赁保证金. `合同总价的30%` and `相当于两个月租金` are measures and name nothing.
"""

import re
from dataclasses import dataclass
from functools import cache

from nlp.extract.sentences import Sentence
from nlp.lexicon import Cue, CueFinder, Rule, read_rules
from nlp.normalize import fold


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


# 安全文明施工费:人民币(大写)  暂列金额为
_UNKNOWN = re.compile(
    r"(?P<label>(?:(?![向应须由将按因于])[一-龥]){2,12}(?:费用?|款|金额?|额|价值?|薪))(?:\([^()]{1,10}\))?"
    r"(?:应?为|是|以|共计|计|:|每[一-龥]{1,2})* *"
    r"(?:人民币|¥|RMB)? *(?:\( ?[大小]写 ?\))?[:¥ (]*\Z"
)


@cache
def _item_rule() -> Rule:
    return next(rule for rule in read_rules("amounts") if rule.id == "amount.item")


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
    behind = _deposit_behind(sentence, position) if not found else None
    if behind:
        return behind
    own = _UNKNOWN.search(before)
    if not found and sentence.unit.row is not None:
        return _cell_name(sentence)
    if found and own and own.end("label") == found[-1].start and _EACH_TIME.match(before, found[-1].start):
        found = []  # 加班费每小时50元
    if found and not (own and own.start("label") >= found[-1].end):
        cue = _naming_cue(before, found)
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


# 300,000元的履约担保, 300,000元（大写：叁拾万元整）的保证金
_BEHIND = re.compile(r"(?:人民币)?[¥\d,.壹贰叁肆伍陆柒捌玖拾佰仟万零亿百千]+ ?万?元(?:整)?(?:\([^()]{1,40}\))?的")


def _deposit_behind(sentence: Sentence, position: int) -> Naming | None:
    """The name of a deposit behind its sum."""
    match = _BEHIND.match(sentence.after(position))
    start = position + match.end() if match else position
    words = sentence.slice(start, start + 12)
    cue = next((c for c in _labels().find(words) if match and c.start == 0 and c.rule.data["role"] == "deposit"), None)
    if cue is None:
        return None
    return Naming(Cue(cue.rule, -1, -1), words[: cue.end])


# 加工费总额（不含税）:  签约合同价（含9%增值税）为: the bracket says how what stands before it is meant
_OPENED = re.compile(r" ?\((?:其中|其|已|均|包)?(?:不?含)?[\d.%的]*(?:增值税)?\Z")
_CLOSED = re.compile(r"[^()]{0,6}\)")


def _naming_cue(before: str, found: list[Cue]) -> Cue:
    """The nearest name that stands in no bracket of another; what a deposit is made of does not name it."""
    names = found[:1]
    for cue in found[1:]:
        plain = cue.rule.id == "amount.net" and before[cue.start : cue.end] in ("不含税", "不含增值税", "未税")
        if plain and before[names[-1].end : cue.start] in ("", "均", "为", "是"):
            continue  # 租金不含税，每月8,000元
        if not (_OPENED.fullmatch(before[names[-1].end : cue.start]) and _CLOSED.match(before, cue.end)):
            names.append(cue)
    if len(names) > 1 and names[-1].rule.id == "amount.sum":
        between = re.sub(r"\([^()]*\)", "", before[names[-2].end : names[-1].start])
        # 押金为租金与物业费之和，共计5,000元;  服务费总额（含6%增值税）共计
        if not between or (names[-2].rule.data["role"] == "deposit" and not re.search(r"\d", between)):
            return names[-2]
    return names[-1]


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
# 合同总价的30%, 合同金额 30%: the price is only what the rate is taken of; so is the fee of 租金与物业管理费之和
_BASE = re.compile(
    r"(?:\([^()]{1,10}\))?(?:的|之)?[ 【\[(_]*(?:[\d.]+[ 】\])_]*[%‰‱]|百分之|千分之|万分之|[一二三四五六七八九十]成)"
    r"|(?:[与和及、][^，,。;\d]{1,10})?(?:(?:之|的)(?:和|总和)|合计)(?=[，,;即]|的?[\d两二三四]倍)"
)


def _is_base(text: str, cue: Cue) -> bool:
    return bool(_BASE.match(text, cue.end))
