"""Numbers that a breach costs: rates, sums and multiples, told from shares, taxes, metrics and caps.

In `每逾期一日，应按合同总价的万分之五支付违约金，违约金累计不超过合同总价的10%` 万分之五 is a penalty and 10% its
cap; in `支付合同总价的30%，逾期支付的每日按1‰支付违约金` 30% is a share. A number belongs to the penalty words
between its neighbours.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal

from nlp.extract.breach_words import EVENT, EVERY_BREACH, MONTHS_OF, breached
from nlp.extract.sanction_sums import HEAD, NAMED_BEHIND, REPAID, Candidate, Form, Use, led_by_penalty, use_of_sum
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from nlp.values.found import within
from nlp.values.numerals import ARABIC, CHINESE, parse_number
from schema.money import Amount

_STRONG = re.compile(r"违约(?:赔偿)?金|滞纳金|罚金|罚款|罚息|违约责任|赔偿|扣罚|处罚|扣款|罚则|处罚|占用费|使用费|补偿")
_DEDUCT = re.compile(r"没收|扣除|扣减|扣罚|扣发|扣回|扣|罚|处以|减收|减付|少收|核减|加收|加付")
# 按所涉金额的100%补偿乙方, 停运损失由乙方按日租金的80%承担
_MADE_GOOD = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:向[^，,。;]{1,8}|[以用从][^，,。;]{1,8}?)?(?:进行|予以|给予)?(?:现金)?"
    r"(?:服务费?|费用|代金券|等额)?(?:作(?:为|出)?(?:一次性)?)?(?:补偿|赔偿|赔款|赔给|赔(?=[，,。;]|\Z)|扣回|赔付|补足|补缴|补交|付息|计息|扣减|扣除|扣罚|减收|核减|抵扣|抵减|减免|折抵)"
)
_MADE_UP = re.compile(r"[】\])]?(?:的)?(?:标准|比例)?(?:向[^，,。;]{1,8})?(?:补偿|赔偿)")
# 还得赔总价的40%, 按货值的15%赔给货主: 赔 alone says that it is for a breach
_DAMAGES = re.compile(r"(?<![不免理])赔(?:付|偿)?(?!限|额|责|款)[^，,。;]{1,16}的[ 【\[]*\Z")
_AS_DAMAGES = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:向[^，,。;]{1,8})?(?:予以|进行)?赔(?:付|给|偿给|偿(?![限金责额]))"
)
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
_KEEPS = re.compile(r"(?:未|不|没有|未曾)(?:有)?(?:违反|违约)")
# 甲方无故终止的，支付未履行部分费用的10%
_PLAIN_BREACH = re.compile(
    r"无故|擅自|违约|违反|单方|中途|毁约|拒绝|拒不|取消|退[单订]|撤单|悔[约单]|反悔|提前(?:解除|解约|终止|退租|退场)"
)
_DAILY = re.compile(
    r"每(?:逾期|迟延|延迟|延期|拖延|延误|超期|拖欠|推迟|晚)[^，,。;每\d]{0,10}?[一1壹]?(?:个)?(?:工作)?[日天周月]"
    r"|每日|每天|按日|按天|逐日|日(?=万分|千分|百分)|日(?:利率|息|罚息)"
)
# 不超过合同总价的10%   以合同总额的20%为限   上限为 10%
_CAP_BEFORE = re.compile(
    r"(?:不(?:得|能|应)?(?:超过?|高于|超出|大于|多于)|(?:总|最高|累计)?(?:上限|限额|最高额)(?:应)?(?:为|是|不超过"
    r"|不得超过|:|按)?|最高(?!额?债权|额保证|额担保|额抵押)(?:额)?(?:不超过|不得超过|为|至|按)?"
    r"|至多(?:不超过|为)?|最多(?:不超过|不得超过|为)?|封顶(?:为|于|至)?|以不超过|限于)(?P<base>[^，,。;]{0,30})\Z"
)
_CAP_AFTER = re.compile(
    r"[】\])]?(?:\([^()]{1,20}\))?(?:的)?(?:整)? *(?:为|作为)(?:上|最高)?限|[】\])]?(?:时|后)? *封顶"
    r"|[】\])]?为(?:最高|上)限"
    r"|[】\])]?(?:的)?(?:时|后)?(?:为止|止(?=[，,。;)]|\Z)|(?:即|就)?不再(?:扣|罚|计|增加))"
)
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
# 两倍   双倍   加倍   假一罚十
_MULTIPLE = re.compile(
    rf"(?P<number>{ARABIC}|{CHINESE}|双|加)[】\])_ ]*倍(?!数|率)"
    r"|[假缺短少错偷退]一[罚赔补](?P<times>\d+|[一二三四五六七八九十]+)"
)
# 月均货款两个月的金额
_OF_MONTHS = re.compile(r"(?:月均|每月|月平均|月度?)(?:租金|房租|服务费|货款|管理费|工资|费用|报酬|营业额)的? *\Z")
_SUM_OF = re.compile(r"的?(?:金额|数额|总额|标准|之和)")
# 合同总价的一半; 保证金的一半，即25,000元 says it in money
_HALF = re.compile(r"(?:(?<=[款价费额金酬资])|(?<=[款价费额金酬资]的))一半(?![，,]?(?:即|计|也就是)|时间|以[上下])")
_LONG_UNITS = {"month": "", "year": "年", "quarter": "季度"}
_BLANK_AFTER = re.compile(r" *(?:万?元|%|‰|倍|个月(?:的)?(?:租金|工资))|\Z|[。，]")


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
    found = sorted(_candidates(reading, sentence), key=lambda c: c.start)
    result: list[Sanction] = []
    for n, item in enumerate(found):
        left = found[n - 1].end if n else sentence.start
        right = found[n + 1].start if n + 1 < len(found) else sentence.end
        use = _use(sentence, item, left, right, result[-1].use if result else "none")
        result.append(Sanction(item.form, use, item.start, item.end, left, right, item.value, item.amount, item.what))
    return result


def _candidates(reading: Reading, sentence: Sentence) -> list[Candidate]:
    start, end = sentence.start, sentence.end
    found = [Candidate("rate", r.start, r.end, r.value) for r in within(reading.values.rates, start, end) if not r.twin]
    found += [Candidate("amount", a.span.start, a.span.end, a.value, a) for a in _sums(reading, start, end)]
    found += [
        Candidate("multiple", start + m.start(), start + m.end(), _times(m["number"] or m["times"]))
        for m in _MULTIPLE.finditer(sentence.text)
        if _times(m["number"] or m["times"]) is not None
    ]
    found += [
        Candidate("rate", start + m.start(), start + m.end(), Decimal("0.5")) for m in _HALF.finditer(sentence.text)
    ]
    for value in within(reading.values.durations, start, end):
        match = MONTHS_OF.match(sentence.after(value.end))
        rated = match and re.match(r"的? *(?:[\d【]|百分之)", sentence.after(value.end + match.end()))
        turned = _OF_MONTHS.search(sentence.before(value.start)) and _SUM_OF.match(sentence.after(value.end))
        if turned and value.form == "plain" and value.unit == "month":
            what = sentence.before(value.start).rstrip("的 ")[-3:].lstrip("月均度")
            found.append(Candidate("months", value.start, value.end, value.number, what=what))
        elif match and not rated and value.form == "plain" and value.unit in _LONG_UNITS:
            what = _LONG_UNITS[value.unit] + match["what"]
            found.append(Candidate("months", value.start, value.end, value.number, what=what))
    found += [
        Candidate("blank", b.start, b.end, None)
        for b in within(reading.values.blanks, start, end)
        if b.state == "empty" and _BLANK_AFTER.match(sentence.after(b.end))
    ]
    return found


def _sums(reading: Reading, start: int, end: int) -> list[Amount]:
    """Sums that begin in a range, the second of two forms of one sum left out."""
    first = bisect_left(reading.amounts, start, key=lambda a: a.span.start)
    last = bisect_left(reading.amounts, end, key=lambda a: a.span.start)
    here = reading.amounts[first:last]
    ids = [a.id for a in here]
    return [a for n, a in enumerate(here) if a.same_as not in ids[:n]]


def _times(words: str) -> Decimal | None:
    if words in ("双", "加"):
        return Decimal(2)
    try:
        return parse_number(words)
    except ValueError:
        return None


# 扣款标准, 罚款（元/次）; what is made good in a column counts where the words over the table speak of a breach
_PENAL_COLUMN = re.compile(r"扣(?:款|罚|减|分)|罚(?:款|金|则)|处罚|违约金|滞纳金")
_MADE_GOOD_COLUMN = re.compile(r"赔(?:付|偿)|补偿|抵扣|抵减|减免|减收|退还")


def column_head(sentence: Sentence, offset: int) -> str:
    """Head of the column a place of a table row lies in, empty outside of tables."""
    row, table = sentence.unit.row, sentence.unit.table
    if row is None or table is None:
        return ""
    column = next((n for n, c in enumerate(row.cells) if c.span.start <= offset < c.span.end), len(table.columns))
    return table.columns[column] if column < len(table.columns) else ""


def _in_penal_column(sentence: Sentence, item: Candidate) -> bool:
    """5% under 补偿比例（占当月服务费）, 500 under 扣款（元/次）."""
    head = column_head(sentence, item.start)
    if not head or item.form in ("blank", "months"):
        return False
    led = any(breached(lead.text) or HEAD.search(lead.text) for lead in sentence.leads())
    return bool(_PENAL_COLUMN.search(head) or (led and _MADE_GOOD_COLUMN.search(head)))


def _use(sentence: Sentence, item: Candidate, left: int, right: int, last: Use) -> Use:
    if _in_penal_column(sentence, item):
        return "penalty"
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
    if item.form == "amount":
        return use_of_sum(sentence, item, before, after, last)
    if item.form == "blank":
        return "penalty" if HEAD.search(before[-30:]) or HEAD.search(after[:12]) else "none"
    if HEAD.search(after) or HEAD.search(before):
        return "penalty" if _is_sanction(sentence, item, before + "|" + after) else "none"
    if item.form == "multiple":
        return "penalty" if _multiple_of_breach(sentence, item, before, after) else "none"
    if _costs(sentence, item, near, before, after):
        return "penalty"
    return "penalty" if led_by_penalty(sentence) and last != "none" else "none"


def _at_first_sight(sentence: Sentence, item: Candidate, near: str, before: str, after: str) -> Use | None:
    """What a number plainly is or is not: a condition, a reward, a share, a tax, the next step of a scale."""
    ahead = sentence.before(item.start)
    if _CONDITION_AFTER.match(after) and _CONDITION_BEFORE.search(near):
        return "none"
    rewarded = _REWARD.search(near) and not re.search(r"[扣罚减][^，,。;]{0,8}\Z", near[:-1].rpartition("奖")[0])
    if rewarded or _REWARD_AFTER.match(after):
        return "none"
    if item.form == "rate":
        if _HANDLING.match(after) or _SHARED.search(near) or _OFF_WEIGHT.search(near):
            return "none"
        if _CREDIT.search(near) and breached(ahead) and not _TAX.search(near):
            return "penalty" if _is_sanction(sentence, item, near + "|" + after) else "none"
        if re.search(r"[，,]", ahead) and _goes_on(sentence):
            return "penalty"
        if _TAX.search(near) or (_METRIC.search(near) and not _STRONG.search(near + after[:14])):
            return "none"
        if _LENDING.search(near) and not re.search(r"罚|逾期|违约|迟|复利|拖|欠|延|未", ahead):
            return "none"
        counted = re.search(r"百分点", sentence.slice(item.start, item.end))
        if counted and re.search(r"每[^，,。;]{0,12}\Z", before):
            return "none"  # 每超过1个百分点: what is counted
    taken = re.search(r"[扣罚]除?(?:剩余|余下|已付|已收)[^，,。;]{0,8}\Z", near)
    if (
        REPAID.search(near)
        and not taken
        and not _FORFEIT.match(after)
        and not _owed_anyway(sentence, item, near, after)
    ):
        return "none"
    return None


def _costs(sentence: Sentence, item: Candidate, near: str, before: str, after: str) -> bool:
    """Whether a rate or months of something are what a breach costs, though nothing calls them a penalty."""
    ahead = sentence.before(item.start)
    if _DEDUCT.search(before[-20:]) and (re.search(r"的[，,]", before) or breached(ahead)):
        return True
    if item.form == "rate" and (_DAMAGES.search(before) or _AS_DAMAGES.match(after)):
        return True
    if _pays_for(sentence, item, before) or _gives_back(sentence, item, near):
        return True
    if breached(ahead) and (_MADE_GOOD.match(after) or _INTEREST_AFTER.match(after) or _FORFEIT.match(after)):
        return True
    if (breached(sentence.text) or EVENT.search(ahead)) and _LOSS_BEFORE.search(before) and _BORNE_AFTER.match(after):
        return True
    if _MADE_UP.match(after) and EVENT.search(ahead):
        return True
    if _headed_penalty(sentence) and (_MADE_GOOD.match(after) or _COLON_PAY.search(ahead)):
        return True
    if item.form == "months" and breached(ahead) and _PAYS_MONTHS.search(before):
        return True  # 并赔一个月房租, 另付两个月租金
    if _CALLED_LATER.search(sentence.after(item.end)) and breached(ahead):
        return True
    return bool(EVERY_BREACH.search(before) or _counted(item, ahead) or _daily_breach(sentence, item, before, after))


def _past_months(after: str) -> str:
    """Words behind 两个月的租金额, 2个月租金标准."""
    match = MONTHS_OF.match(after)
    return re.sub(r"\A(?:金?额|标准|数额)", "", after[match.end() :]) if match else after


_INTEREST_AFTER = re.compile(
    r"[】\])]?(?:的)?(?:标准|利率)?(?:向[^，,。;]{1,8})?(?:计算|计收|支付|计付|收取)[^，,。;]{0,4}利息"
)
# 已付款的10%不退
_FORFEIT = re.compile(r"[】\])]?(?:的)?(?:款项|部分|定金|费用|价款)?(?:不予?退|不再退|不退|归[^，,。;]{1,6}所有)")
# 已备材料损失由甲方按进价的八成承担
_LOSS_BEFORE = re.compile(r"(?:损失|费用|成本|备料款?)[^，,。;]{0,14}按[^，,。;]{0,12}\Z")
_BORNE_AFTER = re.compile(r"[】\])]?(?:的)?(?:标准|比例)?(?:由[^，,。;]{1,8}?)?(?:予以)?(?:承担|负担|补偿|赔)")
# 甲方解约付合同价一成，…，作为违约金
_CALLED_LATER = re.compile(r"[，,](?:均|都|以上)?作为(?:违约金|赔偿|补偿)")
# 水分每超标0.5个百分点，扣量1%
_OFF_WEIGHT = re.compile(r"扣(?:量|重|水|杂|秤)[^，,。;款价]{0,6}\Z")
# 分得没收定金的三成
_SHARED = re.compile(r"(?:分得|分享|享有|分成|分配|提成)[^，,。;违赔罚扣]{0,14}\Z|罚没收入[^，,。;]{0,4}\Z")
_PAYS_MONTHS = re.compile(
    r"(?:赔|(?:另|再|多|额外)(?:行|须|需|应|外)*(?:支付|付|给|赔付|补偿|补付|承担))[^，,。;]{0,8}\Z"
)
# 补偿金为离职前十二个月平均工资的30%
_PAY_MEASURE = re.compile(r"(?:平均|离职前|在职|月)[^，,。;]{0,8}(?:工资|薪酬|收入|薪资)")


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


def _is_sanction(sentence: Sentence, item: Candidate, near: str) -> bool:
    """补偿金 is paid for other things than a breach too (竞业限制补偿金)."""
    if re.search(r"补偿", near) and _PAY_MEASURE.search(near) and not breached(_KEEPS.sub("", sentence.text)):
        return False
    if HEAD.search(re.sub(r"补偿(?:金|款|费)?", "", near)):
        return True
    return bool(EVENT.search(sentence.before(item.start))) or led_by_penalty(sentence)


def _pays_for(sentence: Sentence, item: Candidate, before: str) -> bool:
    """甲方无故终止的，支付未履行部分费用的10%."""
    first, _ = sentence.piece(item.start)
    case = sentence.slice(sentence.start, first).rstrip("，, ")
    paying = re.search(r"(?:(?<![应未已预首])付|承担|赔付|赔|收取)[^，,。;]{2,24}的?[ 【\[]*\Z", before)
    paying = paying or (
        re.search(r"按[^，,。;]{2,24}的?[ 【\[]*\Z", before) and _PAY_ALONE.match(sentence.after(item.end))
    )
    if re.search(r"另(?:行|外)?(?:支?付|给付)[^，,。;]{2,16}的[ 【\[]*\Z", before) and re.search(
        r"[不未没擅][^，,。;]{0,12}的[，,]", case
    ):
        return True  # 不要货的，预付款不退，另付货款的15%
    return bool(paying) and (case.endswith("的") or "，" in case + "，") and bool(_PLAIN_BREACH.search(case))


_PAY_ALONE = re.compile(r"[】\])]?(?:的)?(?:标准|比例)?(?:支付|付|收取)(?=[，,。;]|\Z)")


def _counted(item: Candidate, ahead: str) -> bool:
    """每低1个百分点，退还货款的2%: between the unit counted and the rate stands a percentage of its own."""
    return item.form == "rate" and bool(re.search(EVERY_BREACH.pattern + r"[，,][^，,。;]{2,20}\Z", ahead))


def _multiple_of_breach(sentence: Sentence, item: Candidate, before: str, after: str) -> bool:
    """双倍返还定金, 按虚报金额的两倍扣减, 假一罚十; not 加班工资的1.5倍."""
    if _headed_penalty(sentence) and re.match(r"[】\])]?(?:的)?(?:返还|退还|退给|退回)", after):
        return True
    if re.search(r"(?:返还|退还|赔偿|支付)[^，,。;]{0,16}\Z|定金", before + after[:8]):
        return True
    if re.match(r"[假缺短少错偷退]一", sentence.after(item.start)):
        return True
    near = sentence.before(item.start)[-30:] + after[:20]
    led = any(breached(lead.text) for lead in sentence.leads())
    paid = re.search(
        r"利息|加收|加付|加罚|计息|计至|收费|扣|罚|赔|补|支付|承担|计收|计算|计付|返还|退还|减收|收取|计费|[缴交]纳",
        near,
    )
    if re.search(r"[罚赔]", near) and EVENT.search(sentence.before(item.start)):
        return True
    return bool(paid) and (led or breached(sentence.before(item.start)))


def _daily_breach(sentence: Sentence, item: Candidate, before: str, after: str) -> bool:
    """逾期付款的，按日万分之五计付: a daily rate for a breach is a penalty though nothing calls it one."""
    breach = breached(sentence.text) or any(HEAD.search(lead.text) for lead in sentence.leads())
    own = re.search(r"\A[日天]|[/每] ?[日天]\Z", sentence.slice(item.start, item.end))
    daily = own or _DAILY.search(before) or re.match(r"[】\])]?(?: ?/ ?[日天]|[每/][日天])", after)
    return bool(breach and daily)


# under 甲方的违约责任, 无故解除合同：支付剩余服务费的20%
_COLON_PAY = re.compile(r"(?:\A|:) *(?:应|须|需)?(?:按|支付|赔偿|承担|付|补偿)[^，,。;]{2,20}\Z")


def _owed_anyway(sentence: Sentence, item: Candidate, near: str, after: str) -> bool:
    """停电超过一天的，退还当日租金的两倍; 无故解除合同：支付剩余服务费的20%: paid back or left over, yet a penalty."""
    ahead = sentence.before(item.start)
    if NAMED_BEHIND.match(after) or EVERY_BREACH.search(ahead[-30:]) or (item.form == "multiple" and breached(ahead)):
        return True
    if item.form == "multiple" and _headed_penalty(sentence) and re.match(r"[】\])]?(?:的)?(?:返还|退)", after):
        return True
    if _gives_back(sentence, item, near):
        return True
    return _headed_penalty(sentence) and bool(re.search(r"剩余|余下", near) and _COLON_PAY.search(ahead))


# 拒绝返工的，退该部分价款的50%; not 退还剩余款项的50%
_GIVES_BACK = re.compile(r"退(?:还|回|给)?(?:(?!剩余|余下|其余|已付|已收|余额)[^，,。;]){1,12}的? *\Z")


def _gives_back(sentence: Sentence, item: Candidate, near: str) -> bool:
    ahead = sentence.before(item.start)
    case = re.search(r"的[，,]|超过[^，,。;]{1,8}[，,]", ahead) and not re.search(r"不承担|互不|不可抗力", ahead)
    told = breached(ahead) or _headed_penalty(sentence)
    return item.form == "rate" and bool(_GIVES_BACK.search(near) and case and told)


def _headed_penalty(sentence: Sentence) -> bool:
    return any(re.search(r"违约责任|违约处理|罚则|处罚", h) for h in sentence.unit.headings)


# 3.1至3.4条所列款项之和, 上述（1）至（3）项累计: under 违约责任 these are penalties
_ALL_OF = re.compile(r"(?:上述|以上|前述|[条款项])[^，,。;]{0,12}(?:累计|合计|之和|总和|总额|总计)")
_BREACH_HEADING = re.compile(r"违约|责任|考核|处罚|罚则|奖惩|服务水平")


def _caps_penalty(sentence: Sentence, item: Candidate, last: Use) -> bool:
    """Whether what is capped is a penalty: said in the sentence, or the cap follows one."""
    if last in ("penalty", "cap"):
        return True
    if _ALL_OF.search(sentence.before(item.start)) and any(_BREACH_HEADING.search(h) for h in sentence.unit.headings):
        return True
    return bool(
        re.search(
            r"违约金|滞纳金|罚款|罚金|罚息|扣款|扣罚|扣减|减收|赔偿费|误期赔偿|抵扣|抵减|减免|赔付",
            sentence.before(item.start),
        )
    )
