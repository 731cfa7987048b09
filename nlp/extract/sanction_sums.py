"""Sums that a breach costs, told from prices, deposits and rewards; what every judgement of a number shares.

In `每逾期一日支付2000元`, `罚200元`, `掏5万元给甲方` nothing calls the sum a penalty; in `未支付首付款5000元的` it
says what was not paid.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from nlp.extract.breach_words import CAUSED, EVENT, EVERY_BREACH, MEASURES, breached
from nlp.extract.sentences import Sentence
from nlp.extract.sum_names import name_of
from schema.money import Amount

Form = Literal["rate", "amount", "multiple", "months", "blank"]
Use = Literal["penalty", "cap", "none"]

HEAD = re.compile(
    r"违约(?:赔偿)?金|滞纳金|罚金|罚款|罚息|违约责任|违约损失|赔偿金|赔偿责任|赔偿(?!限额|金额(?:不|最|上)"
    r"|总额(?:不|最|上)|责任(?:不|总|累|上|限|最))"
    r"|逾期(?:付款)?利息|误期|作为(?:对?[甲乙买卖对]方的?)?(?:经济)?(?:补偿|赔偿)|占用费|(?:资金|逾期)占用|逾期使用费|补偿(?:金|款|费)|惩罚性|罚则|扣罚|处罚|处以罚"
)
REPAID = re.compile(
    r"(?:退还|返还|退回|归还|剩余|余下|其余|结算(?!价|总?金?额)|已付|已支付|支付至|付至|付款至)[^，,。;违赔补罚扣加并]{0,12}\Z"
)
NAMED_BEHIND = re.compile(
    r"[】\])]? *(?:的|作为|之)?[^，,。;]{0,10}?(?:违约(?:赔偿)?金|违约责任|滞纳金|罚款|赔偿|补偿)"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may cost something: its form and place; sums have an amount, months a `what` they are of."""

    form: Form
    start: int
    end: int
    value: Decimal | None
    amount: Amount | None = None
    what: str | None = None


def led_by_penalty(sentence: Sentence) -> bool:
    """Whether the words that introduce a sentence speak of penalties."""
    return any(HEAD.search(lead.text) for lead in sentence.leads())


# 须承担不低于5万元的违约责任; not 每场成交额不低于30万元
_PAYS_LEAST = re.compile(
    r"(?:支付|承担|给付|赔|罚|付给|补偿|缴纳|违约金)[^，,。;]{0,12}(?:不|最低|最少)[^，,。;]{0,12}\Z"
    r"|赔偿[^。;]{0,24}[，,](?:且|并|但)?[^，,。;]{0,6}(?:不|最低|最少)[^，,。;]{0,12}\Z"
)
LEAST = re.compile(r"(?:不(?:得)?(?:少于|低于)|最低|最少)(?:为|不(?:少|低)于)? *(?:人民币|¥)? *\Z")


def use_of_sum(sentence: Sentence, item: Candidate, before: str, after: str, last: Use) -> Use:
    """What a sum is there for.

    Args:
        sentence: that holds it.
        item: the sum.
        before: words between it and the number before.
        after: words between it and the next number.
        last: use of the number before.
    """
    naming = name_of(sentence, item.start)
    rule = naming.cue.rule.id if naming and naming.cue.start >= 0 else None
    if is_case(sentence, item) and re.search(r"被|累计|受到", before[-12:]):
        return "none"  # 累计被罚款5万元的，甲方可解除合同
    if LEAST.search(before):  # 最低不少于10万元 is the least, said of a penalty before
        paid = _PAYS_LEAST.search(before) or NAMED_BEHIND.match(after)
        return "penalty" if paid and last != "penalty" and breached(sentence.before(item.start)) else "none"
    if re.search(r"从(?:[^，,。;]{2,10}\()? *(?:人民币|¥)? *\Z", before):
        return "none"  # 从2万元押金中扣除
    if re.search(r"竞业(?:限制|禁止)(?:的)?(?:经济)?补偿(?:金|费)?[^，,。;]{0,4}\Z", before):
        return "none"  # paid for keeping away, not for a breach
    if _FOR_MORE.match(after) and not breached(_BEYOND.sub("", sentence.before(item.start))):
        return "none"
    if _PAID_BACK.match(after) and _FEE_PER.search(sentence.before(item.start)):
        return "none"
    if rule == "amount.penalty":
        return "penalty"
    if re.match(r"(?:向[^，,。;]{1,8})?(?:的)?(?:标准)?(?:进行|予以)?补偿", after) and breached(
        sentence.before(item.start)
    ):
        return "penalty"
    if _CLEANING.search(before) and breached(sentence.before(item.start)) and _LED_BY_CASE.search(before):
        return "penalty"
    if _forfeited(sentence, item, before, after):
        return "penalty"
    if _AS_COMPENSATION.match(after) and (CAUSED.search(before) or breached(before)):
        return "penalty"
    if re.match(r"[^，,。;]{0,8}(?:扣除|扣减|扣罚|扣款|罚款|处罚)", after) and EVENT.search(sentence.text):
        return "penalty"
    if re.match(
        r"[^，,。;]{0,12}(?:的|作为|之)?(?:违约(?:赔偿)?金|罚款|罚金|滞纳金|赔偿|赔付|补偿金|违约责任|扣款|占用费|误期)",
        after,
    ):
        return "penalty"
    if _FINES.search(before) or (_TAKEN_BEFORE.search(before[-16:]) and EVENT.search(sentence.text)):
        return "penalty"
    if last == "penalty" and _ONE_MORE.fullmatch(before):
        return "penalty"
    if _EACH_PAID.search(before) or (_EACH_SHORT.search(before) and breached(sentence.before(item.start))):
        return "penalty"
    if rule in ("amount.performance_bond", "amount.total", "amount.net", "amount.tax", "amount.instalment"):
        return "none"
    if _paid_for_breach(sentence, item, before, after, known=rule not in (None, "amount.unit_price"), last=last):
        return "penalty"
    if _listed(sentence, item):
        return "penalty"
    if led_by_penalty(sentence) and re.search(r"每(?:发生|出现)|[次人]|元/|" + _RATED.pattern, before + after[:6]):
        return "penalty"
    return "none"


# 按培训费用总额…计算，即每少服务一个月支付1,966.67元: whatever is named before
_EACH_PAID = re.compile(EVERY_BREACH.pattern + r"(?:支付|承担|赔偿|扣|罚)[^，,。;]{0,8}\Z")
# 按缺少的数量扣款：视频每条150元，直播每场600元: the next of a list
_ONE_MORE = re.compile(
    r"[，,、](?![^，,。;]*(?:结算|价|付|收|增|超|多|奖|另|补|按|的))"
    rf"[^，,。;:\d每]{{1,10}}每(?:{MEASURES}) *(?:人民币|¥)? *"
)
# 没干满的，按没干满的月数每月250元计算
_EACH_SHORT = re.compile(
    r"按(?:剩余|未|没|少|不足)[^，,。;]{1,8}(?:月数|年数|天数|月份|期限)[，,]?(?:按)?每个?[月年天日] *(?:人民币|¥)? *\Z"
)
# 需求变更超过2人天的，按1,600元/人天计费: a price for more; 伙食费按每日30元退还: a fee paid back
_FOR_MORE = re.compile(r"(?:[/每][^，,。;]{1,6}?)?(?:的标准)?(?:另行)?(?:计费|计价|计取|计算费用|加价|收费)")
_BEYOND = re.compile(r"超[过出]?[^，,。;]{0,12}的?|未(?:满|达)|不足")
_PAID_BACK = re.compile(r"(?:的标准)?(?:予以)?(?:退还|返还|退回|退给|退(?=[，,。;]|\Z))")
_FEE_PER = re.compile(r"费(?:用)?[^，,。;]{0,4}按[^，,。;]{0,10}\Z")
# 严重污损的，支付清洁费300元: a fee that only a breach makes due
_CLEANING = re.compile(
    r"(?:支付|收取|承担|缴纳|交|付|给)[^，,。;]{0,6}(?:清洁|清洗|洗车|误工|空驶|折旧|停运|复检|返工|看管|超期|跑腿|空跑|上门)(?:损失)?费?"
    r" *(?:人民币|¥)? *\Z"
)
_LED_BY_CASE = re.compile(r"的[，,][^，,。;]*\Z")
# 因托运人原因压车的，每车每天付300元压车费作为补偿
_AS_COMPENSATION = re.compile(r"[^，,。;]{0,12}作为[^，,。;]{0,4}补偿")
# 2万元定金归乙方所有, 保证金20000元甲方不退
_KEPT = re.compile(
    r"(?:整)?(?:的)?[^，,。;]{0,10}?(?:不予?(?:退|返)|不再(?:退|返)|概不退|归[^，,。;]{1,8}所有|予以没收|抵作违约金)"
)
_NO_CLAIM = re.compile(r"(?:无权(?:要求|请求)(?:[^，,。;]{0,6})?(?:返还|退还|退回)|丧失|没收)[^，,。;]{0,12}\Z")
_DEPOSIT = re.compile(r"[定订押]金|保证金|预付款|首付款|首期款|诚意金|已(?:付|交|收|缴)")


def _forfeited(sentence: Sentence, item: Candidate, before: str, after: str) -> bool:
    """甲方反悔，2万元定金归乙方所有: a deposit that is lost."""
    first, past = sentence.piece(item.start)
    own = sentence.slice(first, past)
    kept = _KEPT.match(after) or _NO_CLAIM.search(before)
    return bool(kept and _DEPOSIT.search(own) and breached(sentence.before(first)))


# 发现问题按次扣款：（1）迟到200元
_LIST_OF_FINES = re.compile(r"(?:扣款|罚款|扣罚|违约金|扣减|处罚|考核)[^。;]{0,16}:? *\Z")


def _listed(sentence: Sentence, item: Candidate) -> bool:
    """A breach and a sum, no more, in a list of fines."""
    words = sentence.before(item.start).rstrip("，, :")
    led = any(_LIST_OF_FINES.search(lead.text) for lead in sentence.leads())
    return led and breached(words) and len(words) <= _SHORT_BREACH


_SHORT_BREACH = 16
# 罚200元, 扣罚保证金的一半，即25,000元
_FINES = re.compile(
    r"(?:罚款?(?!金|息|则)|没收)[^，,。;]{0,6}\Z|(?:[罚扣赔]|没收)[^，,。;]{2,20}[，,]?(?:即|合计|共计"
    r"|计) *(?:人民币|¥)? *\Z"
)
_TAKEN_BEFORE = re.compile(
    r"(?:没收|罚款|处罚|处以|罚|扣罚|扣除|扣减|扣款|扣(?!非)|减收|核减|减去|减免|抵减|少收|赔偿|赔|补偿)[^，,。;]{0,10}\Z"
)
_PAID = re.compile(r"算|支付|付给|付|掏|追加|加罚|加付|加收|补偿|承担|赔|收取|计收|退还|返还|缴纳|补|给予")
_RATED = re.compile(
    rf"每(?:{MEASURES}|[日天周月车餐岗宗])"
    r"|[/每] ?(?:人次|次|小时|[日天]|人|起|件|单|处|项|例|台|份|个|条|户)"
)


def _paid_for_breach(sentence: Sentence, item: Candidate, before: str, after: str, *, known: bool, last: Use) -> bool:
    """每逾期一日支付2000元, 未到场的每次500元, 违约应支付10万元: a sum for a breach that nothing calls a penalty."""
    ahead = sentence.before(item.start)
    if EVERY_BREACH.search(before) and not REPAID.search(re.sub("退还|返还", "", before[-14:])):
        return True
    led = any(breached(lead.text) for lead in sentence.leads())
    told = breached(ahead) or led or _after_fine(sentence) or _fined_by_heading(sentence, before)
    if not told or re.search(r"奖励|补贴|津贴|奖金|增付|附加|增加", ahead[-20:] + after[:10]):
        return False
    near = before[-20:] + after[:10]
    if _fined_by_heading(sentence, before):
        return True
    if _EACH.match(after) and (last == "penalty" or re.search(r"(?:的?[，,]|:)[^，,。;:\d]{0,6}\Z", before)):
        return True
    if _RATED.search(near) and (_PAID.search(near) or re.search(r"每\S{1,3} *\Z", before)):
        return True
    if _ONE_ALONE.search(before):
        return True
    if known or not breached(ahead) or is_case(sentence, item):
        return False
    return bool(_PAYS_SUM.search(before) or _PAYS_BEHIND.match(after))


# under 违约责任: 夜间施工无警示灯，每处500元
_PIECE_RATE = re.compile(rf"[，,:] *每(?:{MEASURES}) *(?:人民币|¥)? *\Z")


def _fined_by_heading(sentence: Sentence, before: str) -> bool:
    headed = any(re.search(r"违约|罚则|处罚|奖惩|考核", h) for h in sentence.unit.headings)
    return headed and bool(_PIECE_RATE.search(before))


# 每人次支付3万元；更换其他人员的，每人次支付1万元: the second goes on from the first
_FINED_BEFORE = re.compile(r"(?:罚|违约金|扣|赔|支付|每[人处次件项车台]次?)[^，,。;]{0,12}\d")


def _after_fine(sentence: Sentence) -> bool:
    previous = sentence.previous
    while previous is not None and _FINED_BEFORE.search(previous.text):
        if breached(previous.text):
            return True
        previous = previous.previous
    return False


# 记录缺失，一次300元
_ONE_ALONE = re.compile(r"(?:\A|[，,:])[一1](?:次|天|日|人|处|项|件|例|起|份)(?:多?[补付]|赔|罚|扣)? *\Z")
# 200元/人次, 200元一次
_EACH = re.compile(r" ?(?:/|每|一) ?(?:人次|次|起|人|件|例|处|项|单)")
# 掏5万元给甲方, 按5万元向甲方支付
_PAYS_SUM = re.compile(r"(?:支付|承担|付给|给付|付|掏|赔|罚|缴|交(?!货|付)|给)(?!款)[^，,。;]{0,10}\Z")
_PAYS_BEHIND = re.compile(r"(?:整)?(?:的标准)?(?:向|给)[^，,。;]{1,8}(?:支付|赔|付)")


def is_case(sentence: Sentence, item: Candidate) -> bool:
    """未支付首付款5000元的，甲方有权…: the sum says what was not paid, not what it costs."""
    return sentence.slice(item.end, sentence.piece(item.start)[1]).rstrip().endswith(("的", "时", "后"))
