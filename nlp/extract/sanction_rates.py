"""Rates, multiples and months that a breach costs though nothing calls them a penalty.

In `甲方无故终止的，支付未履行部分费用的10%` and `拒绝返工的，退该部分价款的50%` no word says 违约金; `加班工资的1.5倍`
and `退还剩余款项的50%` mean no breach.
"""

import re
from decimal import Decimal

from nlp.extract.breach_words import EVENT, EVERY_BREACH, breached
from nlp.extract.sanction_sums import HEAD, NAMED_BEHIND, Candidate, led_by_penalty
from nlp.extract.sentences import Sentence

_DEDUCT = re.compile(
    r"没收|扣除|扣减|扣罚|扣发|扣回|扣|罚|处以|减收|减付|少收|少付|少给|核减(?![额率])|加收|加付|另收|另加"
    r"|(?<=[价款费金酬格租])(?:相应)?(?:减少|降低|下调)"
)
# 按所涉金额的100%补偿乙方, 停运损失由乙方按日租金的80%承担
_MADE_GOOD = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:向[^，,。;]{1,8}|[以用从][^，,。;]{1,8}?)?(?:进行|予以|给予)?(?:现金)?"
    r"(?:服务费?|费用|代金券|等额)?(?:作(?:为|出)?(?:一次性)?)?(?:补偿|赔偿|赔款|赔给|赔(?=[，,。;]|\Z)|扣回|赔付|补(?:一次|给|(?=[，,。;]|\Z))|补足|补缴|补交|付息|计息|扣减|扣除|扣罚|扣款|罚款|减收|核减|抵扣|抵减|减免|折抵|追偿|追索|加[计收付罚]|承担(?:相应)?(?:的)?责任)"
)
_MADE_UP = re.compile(r"[】\])]?(?:的)?(?:标准|比例)?(?:向[^，,。;]{1,8})?(?:补偿|赔偿)")
# 还得赔总价的40%, 按货值的15%赔给货主: 赔 alone says that it is for a breach
_DAMAGES = re.compile(r"(?<![不免理])赔(?:付|偿)?(?!限|额|责|款)[^，,。;]{1,16}的[ 【\[]*\Z")
_LOSES_SHARE = re.compile(r"(?:另|再|还要|须|应|得)?赔(?:付|偿|给[^，,。;]{1,6})? *\Z")
_GRADED = re.compile(r"考核|评分|得分|评价|打分|检查")
_AS_DAMAGES = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:向[^，,。;]{1,8})?(?:予以|进行)?赔(?:付|给|偿给|偿(?![限金责额]))"
)
_KEEPS = re.compile(r"(?:未|不|没有|未曾)(?:有)?(?:违反|违约)")
# 甲方无故终止的，支付未履行部分费用的10%
_PLAIN_BREACH = re.compile(
    r"无故|擅自|违约|违反|单方|爽约|失约|解约|放弃|中途|毁约|拒绝|拒不|取消|退[单订]|撤单|悔[约单]|反悔|提前(?:解除|解约|终止|退租|退场)"
)
_DAILY = re.compile(
    r"每(?:逾期|迟延|延迟|延期|拖延|延误|超期|拖欠|推迟|晚)[^，,。;每\d]{0,10}?[一1壹]?(?:个)?(?:工作)?[日天周月]"
    r"|每日|每天|按日|按天|逐日|日(?=万分|千分|百分)|日(?:利率|息|罚息)"
)


def costs(sentence: Sentence, item: Candidate, near: str, before: str, after: str) -> bool:
    """Whether a rate or months of something are what a breach costs, though nothing calls them a penalty."""
    ahead = sentence.before(item.start)
    if any(re.search(r"免责|不可抗力", heading) for heading in sentence.unit.headings):
        return False
    if _DEDUCT.search(before[-20:]) and (re.search(r"的[，,]", before) or breached(ahead)):
        return True
    if item.form == "rate" and _GRADED.search(ahead) and re.search(r"(?:扣|罚|减)[款减罚付]? *\Z", before):
        return True  # 质量评分80至89分扣款10%
    if item.form == "rate" and _LOSES_SHARE.search(near) and breached(ahead):
        return True  # 卖方另赔10%
    plain = re.sub(r"\([^()]*\)", "", before)  # 扣减季度服务费（72,000元）的5%
    if item.form == "rate" and _SCORED.search(ahead) and re.search(r"(?:扣|罚|减)[^，,。;]{0,12}\Z", plain):
        return True
    if item.form == "rate" and _keeps_part(near, ahead):
        return True
    if item.form == "rate" and _CHARGED.match(after) and breached(ahead):
        return True
    if item.form == "rate" and _PAYS_LOSS.match(after) and (breached(ahead) or re.search(r"的[，,]|期间[，,]", ahead)):
        return True
    if item.form == "rate" and _MADE_GOOD_BY.match(after) and breached(ahead):
        return True
    if item.form == "rate" and (_DAMAGES.search(before) or _AS_DAMAGES.match(after)):
        return True
    if _pays_for(sentence, item, before) or _gives_back(sentence, item, near):
        return True
    if re.search(r"的[，,]", ahead) and re.match(r"[】\])]?(?:的)?(?:标准|比例)?(?:扣款|扣罚|罚款)", after):
        return True
    if breached(ahead) and (_MADE_GOOD.match(after) or _INTEREST_AFTER.match(after) or FORFEIT.match(after)):
        return True
    told = breached(sentence.text) or EVENT.search(ahead) or re.search(r"(?:停运|误工|停工|营运)损失", ahead)
    if told and _LOSS_BEFORE.search(before) and _BORNE_AFTER.match(after):
        return True
    if _halves(sentence, item, near, after) and breached(re.sub(r"不足|未满|未开始", "", ahead)):
        return True
    if _MADE_UP.match(after) and EVENT.search(ahead):
        return True
    if _headed_penalty(sentence) and (_MADE_GOOD.match(after) or _COLON_PAY.search(ahead)):
        return True
    if (
        item.form == "months"
        and (breached(ahead) or re.search(r"[押定]金[^，,。;]{0,4}不退", ahead))
        and _PAYS_MONTHS.search(before)
    ):
        return True  # 并赔一个月房租, 另付两个月租金
    if item.form == "rate" and _OVER_BORNE.search(before) and _BORNE_AFTER.match(after) and breached(ahead):
        return True
    if _CALLED_LATER.search(sentence.after(item.end)) and breached(ahead):
        return True
    return bool(EVERY_BREACH.search(before) or _counted(item, ahead) or _daily_breach(sentence, item, before, after))


_INTEREST_AFTER = re.compile(
    r"[】\])]?(?:的)?(?:标准|利率)?(?:向[^，,。;]{1,8})?(?:计算|计收|支付|计付|收取)[^，,。;]{0,4}利息"
)
# 已付款的10%不退
FORFEIT = re.compile(r"[】\])]?(?:的)?(?:款项|部分|定金|费用|价款)?(?:不予?退|不再退|不退|归[^，,。;]{1,6}所有)")
# 已备材料损失由甲方按进价的八成承担
_LOSS_BEFORE = re.compile(r"(?:损失|费用|成本|备料款?)[^，,。;]{0,14}按[^，,。;]{0,12}\Z")
_OVER_BORNE = re.compile(
    r"(?:超过部分|超出部分|增加部分|增加造价|差额)的? *\Z"
)  # 因差错增加的，超过部分的10%由设计人承担
_BORNE_AFTER = re.compile(r"[】\])]?(?:的)?(?:标准|比例)?(?:由[^，,。;]{1,8}?)?(?:予以)?(?:承担|负担|补偿|赔)")
# 甲方解约付合同价一成，…，作为违约金
_CALLED_LATER = re.compile(r"[，,](?:均|都|以上)?作为(?:违约金|赔偿|补偿)")
_PAYS_MONTHS = re.compile(
    r"(?:赔|(?:另|再|多|额外)(?:行|须|需|应|外)*(?:支付|付|给|结|发|赔付|补偿|补付|承担)|同时补(?:交|付)?)[^，,。;]{0,8}\Z"
)
# 补偿金为离职前十二个月平均工资的30%
_PAY_MEASURE = re.compile(r"(?:平均|离职前|在职|月)[^，,。;]{0,8}(?:工资|薪酬|收入|薪资)")


# 当月费用减半, 只付一半服务费, 当月费用按50%支付: half is lost, and half is paid
_ONLY_PAID = re.compile(r"(?:[只仅](?:支?付|结算|计)|按)[^，,。;]{0,12}\Z")
_PAID_SO = re.compile(r"[】\])]?(?:的)?(?:标准|比例)?(?:进行)?(?:支付|结算|计付|计算|计发|付款|付)(?=[，,。;]|\Z)")


def _halves(sentence: Sentence, item: Candidate, near: str, after: str) -> bool:
    if "减半" in sentence.slice(item.start, item.end):
        return True
    if item.form != "rate" or item.value != _HALF_VALUE or not _ONLY_PAID.search(near):
        return False
    return bool(re.search(r"[只仅]", near) or _PAID_SO.match(after))


_HALF_VALUE = Decimal("0.5")


def _keeps_part(near: str, ahead: str) -> bool:
    """无故终止的，退还已收服务费的30%; not what is paid back because of an event nobody answers for."""
    fault = re.search(r"无故|擅自|违约|单方|毁约|拒[绝不]|无正当", ahead)
    return bool(_PART_BACK.search(near) and fault) and not re.search(r"不可抗力|互不|不承担", ahead)


def is_sanction(sentence: Sentence, item: Candidate, near: str) -> bool:
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


_PAY_ALONE = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:(?:支付|付|收取)(?=[，,。;]|\Z)|(?:支付|付)给[^，,。;]{1,12})"
)


def _counted(item: Candidate, ahead: str) -> bool:
    """每低1个百分点，退还货款的2%: between the unit counted and the rate stands a percentage of its own."""
    return item.form == "rate" and bool(re.search(EVERY_BREACH.pattern + r"[，,][^，,。;]{2,20}\Z", ahead))


def multiple_of_breach(sentence: Sentence, item: Candidate, before: str, after: str) -> bool:
    """双倍返还定金, 按虚报金额的两倍扣减, 假一罚十; not 加班工资的1.5倍."""
    if _headed_penalty(sentence) and re.match(r"[】\])]?(?:的)?(?:返还|退还|退给|退回)", after):
        return True
    if re.search(r"(?:返还|退还|赔偿)[^，,。;]{0,16}\Z|定金", before + after[:8]):
        return True
    if re.match(r"[假缺短少错偷退]一", sentence.after(item.start)):
        return True
    near = sentence.before(item.start)[-30:] + after[:20]
    led = any(breached(lead.text) for lead in sentence.leads())
    paid = re.search(
        r"利息|加收|加付|加罚|计息|计至|收费|扣|罚|赔|补|支付|(?<![应未已])付(?!款)|承担|计收|计算|计付|返还|退还|减收|收取|计费|[缴交]纳",
        near,
    )
    made_good = re.match(r"[】\])]?(?:的)?(?:标准)?(?:向[^，,。;]{1,8})?(?:补偿|赔)", after)
    if (made_good or re.search(r"[罚赔]", near)) and EVENT.search(sentence.before(item.start)):
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


# 80—89分，扣当月服务费的2%；70分以下，扣10%
_SCORED = re.compile(r"(?:\A|[:：])[^，,。;:]{0,10}\d+ ?分(?:\([^()]*\))?(?:以下|以上|以内)?的?[，,]")
# 无故终止的，退还当年度已收服务费的30%
_PART_BACK = re.compile(r"(?:退还|返还|退回)[^，,。;]{0,10}已[收付][^，,。;]{0,12}的? *\Z")
# 拖欠工资的，总包方有权代付，并按代付金额的10%收取管理费
_CHARGED = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:另行?|向[^，,。;]{1,8})?"
    r"(?:(?:收取|加收|计收|扣收)[^，,。;]{0,4}费|(?:支付|承担|缴纳)(?:管理|监管|手续)费)"
)
# 按日租金的80%支付停运损失, 按维修费的20%支付车辆折旧费
_PAYS_LOSS = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:向[^，,。;]{1,8})?(?:支付|给付|付给|承担|赔付)[^，,。;]{0,14}(?:损失|折旧|贬值|补偿|赔偿)"
)
# 按剩余租金总额的30%赔出租方
_MADE_GOOD_BY = re.compile(r"[】\])]?(?:的)?(?:标准|比例)?(?:[向归][^，,。;]{1,8}?)?(?:赔|作为(?:违约|补偿|赔偿))")


def owed_anyway(sentence: Sentence, item: Candidate, near: str, after: str) -> bool:
    """停电超过一天的，退还当日租金的两倍; 无故解除合同：支付剩余服务费的20%: paid back or left over, yet a penalty."""
    ahead = sentence.before(item.start)
    if breached(ahead) and _MADE_GOOD_BY.match(after):
        return True
    if item.form == "rate" and _keeps_part(near, ahead):
        return True
    if NAMED_BEHIND.match(after) or EVERY_BREACH.search(ahead[-30:]) or (item.form == "multiple" and breached(ahead)):
        return True
    if item.form == "multiple" and _headed_penalty(sentence) and re.match(r"[】\])]?(?:的)?(?:返还|退)", after):
        return True
    if _gives_back(sentence, item, near):
        return True
    return _headed_penalty(sentence) and bool(re.search(r"剩余|余下", near) and _COLON_PAY.search(ahead))


# 拒绝返工的，退该部分价款的50%; not 退还剩余款项的50%
_GIVES_BACK = re.compile(r"(?:退(?:还|回|给)?|返还?)(?:(?!剩余|余下|其余|已付|已收|余额)[^，,。;]){1,12}的? *\Z")


def _gives_back(sentence: Sentence, item: Candidate, near: str) -> bool:
    ahead = sentence.before(item.start)
    case = re.search(r"的[，,]|超过[^，,。;]{1,8}[，,]", ahead) and not re.search(r"不承担|互不|不可抗力", ahead)
    told = breached(ahead) or _headed_penalty(sentence)
    return item.form == "rate" and bool(_GIVES_BACK.search(near) and case and told)


def _headed_penalty(sentence: Sentence) -> bool:
    return any(re.search(r"违约责任|违约处理|罚则|处罚", h) for h in sentence.unit.headings)
