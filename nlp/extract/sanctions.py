"""Numbers that a breach costs: rates, sums and multiples, told from shares, taxes, metrics and caps.

In `每逾期一日，应按合同总价的万分之五支付违约金，违约金累计不超过合同总价的10%` 万分之五 is a penalty and 10% its
cap; in `支付合同总价的30%，逾期支付的每日按1‰支付违约金` 30% is a share. A number belongs to the penalty words
between its neighbours.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from nlp.extract.breach_words import MONTHS_OF, breached
from nlp.extract.sanction_asides import is_aside
from nlp.extract.sanction_features import features
from nlp.extract.sanction_numbers import candidates_in
from nlp.extract.sanction_places import (
    column_head,
    costs_more,
    in_penal_column,
    is_counted,
    is_given,
    is_replaced,
    is_told,
    limits_column,
)
from nlp.extract.sanction_rates import FORFEIT, costs, is_sanction, multiple_of_breach, owed_anyway
from nlp.extract.sanction_sums import HEAD, REPAID, Candidate, Form, Use, is_case, led_by_penalty, use_of_sum
from nlp.extract.sanction_weights import weighed
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from schema.money import Amount

_STRONG = re.compile(r"违约(?:赔偿)?金|滞纳金|罚金|罚款|罚息|违约责任|赔偿|扣罚|处罚|扣款|罚则|处罚|占用费|使用费|补偿")
# 抵扣比例为25%, 减免当月服务费的5%: a service credit
_CREDIT = re.compile(
    r"(?:抵扣|抵减|减免|折抵|扣减|核减|扣款|赔付|赔偿|补偿|违约金|罚款|(?<!满意)积分|代金券)[^，,。;]{0,14}\Z"
)
# 低于99%的，为当月订阅费的30%: the next step of a scale
_NEXT_STEP = re.compile(
    r"\A(?:但)?(?:低于|不足|超过|达到|高于|逾期|满|连续|第|此后|[前之以]后|其后|[\d一二三四五六七八九十])"
    r"[^，,。;]{1,24}的[，,](?:则|应|均)?(?:为|按)[^，,。;]*\Z"
)
# 扣除3%手续费: the cost of a refund
_HANDLING = re.compile(
    r"[】\])]?(?:的|作为)?(?:退[款票订货]|平台|银行|合理)?(?:手续|工本|成本|管理|损耗|税|服务成本)费?(?![^，,。;]*违约金)"
)
# 每提前一天奖励3000元
_REWARD = re.compile(r"(?:奖励?|奖金|奖给|奖励金)[^，,。;罚扣违赔]{0,10}\Z")
_REWARD_AFTER = re.compile(
    r"[】\])]?(?: ?/ ?[日天次])?(?:的)?(?:标准)?(?:给予|予以|进行)?[^，,。;罚扣违赔]{0,4}奖(?:励|金)"
)
# 不超过合同总价的10%   以合同总额的20%为限   上限为 10%
_CAP_BEFORE = re.compile(
    r"(?:不(?:得|能|应)?(?:超过?|高于|超出|大于|多于|突破|逾(?!期))|(?:总|最高|累计)?(?:上限|限额|最高额)(?:应)?(?:为|是|不超过"
    r"|不得超过|:|按)?|最高(?!额?债权|额保证|额担保|额抵押)(?:额)?(?:不超过|不得超过|为|至|按)?"
    r"|至多(?:不超过|为)?|最多(?:不超过|不得超过|为)?|封顶(?:为|于|至)?|以不超过|限于)(?P<base>[^，,。;]{0,30})\Z"
)
_CAP_AFTER = re.compile(
    r"[】\])]?(?:\([^()]{1,20}\))?(?:的)?(?:整)? *(?:为|作为)(?:上|最高)?限|[】\])]?(?:时|后)? *封顶"
    r"|[】\])]?为(?:最高|上)限|[】\])]?为封顶"
    r"|[】\])]?(?:的)?(?:时|后)?(?:为止|止(?=[，,。;)]|\Z)|(?:即|就)?不再(?:扣|罚|计|增加))"
)
# 按差额比例退费并另扣20%
_TAKEN_OFF = re.compile(r"(?:扣|罚|减收|核减|少付)[^，,。;]{0,4}\Z")
# 达到合同总价10%的，甲方有权解除
_CONDITION_BEFORE = re.compile(r"(?:达到?|达|超过|超出|满|高于|低于|不足|少于|大于|小于)[^，,。;]{0,20}\Z")
_CONDITION_AFTER = re.compile(
    r"[】\])]?(?:\([^()]{1,20}\))?(?:以上|以下|以内|及以上)?(?:\(含[^()]*\))?(?:的|时|后|仍)(?=[，,]|\Z|甲|乙|对|守"
    r"|[一-龥]{0,4}有权)|[】\])]?(?:以上|以下)?的(?:部分)?[，,]"
)
# 借款年利率为9.6%: what a loan costs, not what a breach does
_LENDING = re.compile(r"利率[^，,。;]{0,4}\Z")
_TAX = re.compile(r"税率?[^，,。;]{0,6}\Z|(?:印花|所得|增值|附加)税[^，,。;]{0,8}\Z")
_METRIC = re.compile(
    r"(?:(?<!利)率|可用性|完好性|达标|指标|精度|误差|折扣|下浮|上浮|递增|涨幅|比例|浓度|湿度|纯度"
    r"|含量)(?:[^，,。;违]{0,10})\Z"
)


@dataclass(frozen=True, slots=True)
class Sanction:
    """A number of a sentence and what it is there for.

    Attributes:
        form: rate, sum, multiple, months (of rent or pay), or a blank in the place of one.
        use: penalty, cap of one, or none.
        start: first character.
        end: one past the last.
        left: end of the number before it in the sentence (or the sentence's start).
        right: start of the next one (or the sentence's end).
        value: the number; None for a blank.
        amount: the amount element of a sum.
        what: what months are of (租金), the base words of a cap.
        weighed: whether learnt weights, not a rule, say what it is.
    """

    form: Form
    use: Use
    start: int
    end: int
    left: int
    right: int
    value: Decimal | None
    amount: Amount | None = None
    what: str | None = None
    weighed: bool = False


def sanctions_in(reading: Reading, sentence: Sentence) -> list[Sanction]:
    """All numbers of a sentence that may be penalties, with what they are.

    Args:
        reading: with values and amounts.
        sentence: to look at.
    """
    known = reading.sanctions.get(sentence.start)
    if known is None:
        known = reading.sanctions[sentence.start] = _read(reading, sentence)
    return known


def _read(reading: Reading, sentence: Sentence) -> list[Sanction]:
    found = _without_twins(sentence, sorted(candidates_in(reading, sentence), key=lambda c: c.start))
    result: list[Sanction] = []
    for n, item in enumerate(found):
        left = found[n - 1].end if n else sentence.start
        right = found[n + 1].start if n + 1 < len(found) else sentence.end
        last = result[-1] if result else None
        told = _use(sentence, item, left, right, last.use if last else "none")
        seen: tuple[Use, str] = (last.use, last.form) if last else ("none", "")
        use = told
        if not (is_told(sentence, item, told) or _settled(sentence, item, sentence.slice(item.end, right))):
            column = column_head(sentence, item.start)
            use = weighed(told, features(sentence, reading.mentions, item, (left, right), seen, column))
        result.append(
            Sanction(item.form, use, item.start, item.end, left, right, item.value, item.amount, item.what, use != told)
        )
    return result


_NOT_FAR = 8
_SAID_AGAIN = re.compile(r"[^，,。;]{0,4}[，,](?:即|也就是)[^，,。;]{0,6}")


def _without_twins(sentence: Sentence, found: list[Candidate]) -> list[Candidate]:
    """150%，即1.5倍: one number said twice."""
    kept: list[Candidate] = []
    for item in found:
        last = kept[-1] if kept else None
        same = last is not None and last.form in ("rate", "multiple") and last.value == item.value is not None
        doubled = last is not None and sentence.slice(last.start, last.end) == "加倍" and item.form == "amount"
        if last and doubled and _SAID_AGAIN.fullmatch(sentence.slice(last.end, item.start)):
            kept[-1] = item  # 加倍计罚，即每条20元
            continue
        if not (
            same and last and re.fullmatch(r"[，,]?(?:即|也就是)[^，,。;]{0,6}", sentence.slice(last.end, item.start))
        ):
            kept.append(item)
    return kept


def _use(sentence: Sentence, item: Candidate, left: int, right: int, last: Use) -> Use:
    if is_replaced(sentence, item) or is_counted(sentence, item):
        return "none"
    if in_penal_column(sentence, item):
        return "penalty"
    if is_aside(sentence, item):
        return "none"
    if item.form in ("rate", "amount") and limits_column(sentence, item.start):
        return "cap"
    before, after = sentence.slice(left, item.start), sentence.slice(item.end, right)
    if item.form == "months":
        after = _past_months(after)
    near = sentence.slice(sentence.piece(item.start)[0], item.start)[-40:]
    cap = _CAP_BEFORE.search(near)
    if cap or _CAP_AFTER.match(after):
        return "cap" if _caps_penalty(sentence, item, last) else "none"
    early = _at_first_sight(sentence, item, near, before, after)
    if early is not None:
        return early
    if item.form != "blank" and right == sentence.end and _listed(sentence) and not is_case(sentence, item):
        return "penalty"
    if item.form == "amount":
        return use_of_sum(sentence, item, before, after, last)
    if item.form == "blank":
        return "penalty" if HEAD.search(before[-30:]) or HEAD.search(after[:12]) else "none"
    if HEAD.search(after) or HEAD.search(before):
        return "penalty" if is_sanction(sentence, item, before + "|" + after) else "none"
    if item.form == "multiple":
        return "penalty" if multiple_of_breach(sentence, item, before, after) else "none"
    if costs(sentence, item, near, before, after):
        return "penalty"
    return "penalty" if led_by_penalty(sentence) and last != "none" else "none"


def _settled(sentence: Sentence, item: Candidate, after: str) -> bool:
    """赔偿额以乙方前6个月服务费总额为限, 扣除5%的手续费: no penalty, whatever stands around it."""
    if is_aside(sentence, item):
        return True
    if item.form == "rate" and _is_handling(after, sentence.before(item.start)[-40:]):
        return True
    return bool(_CAP_AFTER.match(_past_months(after) if item.form == "months" else after))


# 按下列标准支付违约金：（1）…，支付合同总价的10%
_LISTS = re.compile(
    r"(?:违约金|赔偿金|罚款|罚金|滞纳金|扣款|扣罚|扣减|减收|抵扣|抵减|赔付)"
    r"(?:如下|的?(?:标准|比例|办法|方式|计算)[^，,。;:]{0,6})?[:：] *\Z"
)


def _listed(sentence: Sentence) -> bool:
    """Whether a sentence is an item of a list of penalties."""
    lead = next(sentence.leads(), None)
    return lead is not None and sentence.unit.row is None and bool(_LISTS.search(lead.text))


_HALF = Decimal("0.5")
# 误差率在3%以内（含）的不扣罚; 占24个月的比例
_SPARED = re.compile(
    r"[】\])]?(?:以上|以下|以内|之内)?(?:\([^()]{1,6}\))?的?[，,]?(?:均|则|可)?不(?:予|再|作|进行)?(?:扣|罚|处罚|赔|追究|计扣|考核)"
)
_SHARE_OF = re.compile(r"(?:占|除以|÷) *\Z")


def _at_first_sight(sentence: Sentence, item: Candidate, near: str, before: str, after: str) -> Use | None:
    """What a number plainly is or is not: a condition, a reward, a share, a tax, the next step of a scale."""
    ahead = sentence.before(item.start)
    if (
        item.form == "rate"
        and re.match(r"[】\])]?以[内上下](?:\([^()]{1,6}\))?(?:的|部分)", after)
        and not _TAKEN_OFF.search(near)
    ):
        return "none"
    settled = item.form == "rate" and re.match(r"[】\])]?(?:的)?(?:标准|比例)?(?:予以|进行)?(?:结算|计价)", after)
    if settled and (item.value != _HALF or "已完" in near):
        return "none"  # 已完工程按70%结算
    if _SPARED.match(after) or (item.form in ("months", "multiple") and _SHARE_OF.search(near)):
        return "none"
    if _CONDITION_AFTER.match(after) and _CONDITION_BEFORE.search(near):
        return "none"
    rewarded = _REWARD.search(near) and not re.search(r"[扣罚减][^，,。;]{0,8}\Z", near[:-1].rpartition("奖")[0])
    if rewarded or _REWARD_AFTER.match(after):
        return "none"
    if item.form == "rate":
        if _is_handling(after, near) or _SHARED.search(near) or _OFF_WEIGHT.search(near):
            return "none"
        if _CREDIT.search(near) and breached(ahead) and not _TAX.search(near):
            return "penalty" if is_sanction(sentence, item, near + "|" + after) else "none"
        if re.search(r"[，,]", ahead) and _goes_on(sentence):
            return "penalty"
        if _TAX.search(near) or (
            _METRIC.search(near) and not _STRONG.search(near + after[:14]) and not _TAKEN_OFF.search(near)
        ):
            return "none"
        if _LENDING.search(near) and not (breached(ahead) or re.search("罚|复利|拖|欠|延|未|迟", ahead)):
            return "none"
        counted = re.search(r"百分点", sentence.slice(item.start, item.end))
        if (counted and re.search(r"每[^，,。;]{0,12}\Z", before)) or _STEP_OF.search(before):
            return "none"  # 每超过1个百分点: what is counted
    if costs_more(sentence, item) or is_given(sentence, item):
        return "none"
    taken = re.search(r"无权[^，,。;]{0,6}(?:返还|退)|[扣罚]除?(?:剩余|余下|已付|已收)[^，,。;]{0,8}\Z", near)
    if REPAID.search(near) and not taken and not FORFEIT.match(after) and not owed_anyway(sentence, item, near, after):
        return "none"
    return None


# 每超过1%，扣减10,000元
_STEP_OF = re.compile(r"每(?:超过?|超出|低于?|降低|高于?|升高|提高|增加|减少|下降|上升) *\Z")


def _is_handling(after: str, near: str) -> bool:
    """退课的，扣除5%的手续费; not 代发金额5%的手续费 of who had to be stood in for."""
    return bool(_HANDLING.match(after)) and not re.search(r"加收[^，,。;]{0,10}\Z|代[发付缴垫][^，,。;]{0,6}\Z", near)


def _past_months(after: str) -> str:
    """Words behind 两个月的租金额, 2个月租金标准."""
    match = MONTHS_OF.match(after)
    return re.sub(r"\A(?:金?额|标准|数额|总额)", "", after[match.end() :]) if match else after


# 水分每超标0.5个百分点，扣量1%
_OFF_WEIGHT = re.compile(r"扣(?:量|重|水|杂|秤)[^，,。;款价]{0,6}\Z")
# 分得没收定金的三成
_SHARED = re.compile(r"(?:分得|分享|享有|分成|分配|提成)[^，,。;违赔罚扣]{0,14}\Z|罚没收入[^，,。;]{0,4}\Z")


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence is one more step of a scale of credits or penalties."""
    if not _NEXT_STEP.match(sentence.text):
        return False
    first = sentence.previous
    while first is not None and _NEXT_STEP.match(first.text):
        first = first.previous
    return first is not None and breached(first.text) and bool(_SCALED.search(first.text))


# what the steps of a scale are steps of
_SCALED = re.compile(r"赔偿|补偿|抵扣|抵减|减免|扣减|核减|扣款|扣除|赔付|违约金|罚款|积分|代金券")


# 3.1至3.4条所列款项之和, 上述（1）至（3）项累计: under 违约责任 these are penalties
_ALL_OF = re.compile(r"(?:上述|以上|前述|[条款项])[^，,。;]{0,12}(?:累计|合计|之和|总和|总额|总计)")
_BREACH_HEADING = re.compile(r"违约|责任|考核|处罚|罚则|奖惩|服务水平")


def _caps_penalty(sentence: Sentence, item: Candidate, last: Use) -> bool:
    """Whether what is capped is a penalty: said in the sentence, or the cap follows one."""
    if re.search(r"每[月期次][^，,。;]{0,4}(?:抵扣|扣除|扣款|扣减)额?[^，,。;]{0,8}\Z", sentence.before(item.start)):
        return False  # 每月抵扣额不得超过50%: how much of a wage may be kept at a time
    if last in ("penalty", "cap"):
        return True
    if _ALL_OF.search(sentence.before(item.start)) and any(_BREACH_HEADING.search(h) for h in sentence.unit.headings):
        return True
    if _GOES_ON_CAPPING.match(sentence.text) and _after_penalty(sentence):
        return True
    return bool(
        re.search(
            r"违约金|滞纳金|罚款|罚金|罚息|扣款|扣罚|扣减|核减|减收|赔偿费|赔偿金|误期赔偿|抵扣|抵减|减免|赔付",
            sentence.before(item.start),
        )
    )


def _after_penalty(sentence: Sentence) -> bool:
    """Whether a sentence of the same paragraph, not far before, names a penalty."""
    before = sentence.previous
    for _ in range(_NOT_FAR):
        if before is None or HEAD.search(before.text):
            break
        before = before.previous
    return before is not None and bool(HEAD.search(before.text))


# …每日支付违约金0.1%；累计不超过合同总价的10%
_GOES_ON_CAPPING = re.compile(
    r"\A(?:但|且|并|均|两项|二者|上述|以上)*(?:累计|合计|总计|总额|总共)[^，,。;]{0,8}(?:不|以|最)"
)
