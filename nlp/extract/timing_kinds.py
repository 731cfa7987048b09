"""What sort of time a length of time is: deadline, duration, term, recurrence, threshold, rate period, counting rule.

`收到发票后30日内付款` is a deadline, `质保期为12个月` a duration, `合同有效期一年` the term, `每月报送` a recurrence,
`逾期超过30日` a threshold, `每逾期一日` a rate period, `不足24小时的按一日计算` a threshold and a counting rule,
`24小时热线` service hours. None of these: `三年以上工作经验`, `前三个月已支付的费用`, `每小时32立方米`.
"""

import re
from dataclasses import dataclass

from nlp.extract.breach_words import EVERY_DAY, LATE
from nlp.extract.no_times import AHEAD_BY, LAST_ONE, SCALE, is_no_limit
from nlp.extract.sentences import Sentence
from nlp.values.durations import Duration
from schema.timing import DeadlineKind
from schema.values import Comparison

_OPS: tuple[tuple[str, Comparison], ...] = (
    (
        r"未(?:能)?(?:超过|超出|逾)|不(?:得)?(?:超过|超出|高于|长于|多于|大于|晚于|迟于)|不逾|≤|<=|至多|最多|最长|在",
        "<=",
    ),
    (r"不(?:得)?(?:少于|低于|短于|小于)|至少|最少|最短|≥|>=|(?<![届期])满|达到?|已达|长达", ">="),
    (r"不(?:得)?(?:少于|低于|短于)[^，,。;]{0,8}起", ">="),
    (r"不足|未满|不满|(?<![得达])不到|少于|短于|低于|未达到?|<", "<"),
    (r"(?:超过|逾)[^，,。;]{0,8}(?:期限|时限|时间|日期)|超过|超出|超|逾|多于|大于|长于|高于|>", ">"),
)
_OP_BEFORE = tuple((re.compile(rf"(?:{words})(?:了|为|到)?(?:连续|累计)? *[【\[(_]* *\Z"), op) for words, op in _OPS)
_OP_AFTER: tuple[tuple[re.Pattern[str], Comparison], ...] = (
    (re.compile(r"[】\])]? *(?:\(含[^()]{0,8}\))?(?:及其?|或)?以上|[】\])]? *(?:或)?更长"), ">="),
    (re.compile(r"[】\])]? *(?:\(含[^()]{0,8}\))?(?:及其?|或)?(?:以内|以下|之内|内)(?=的?[，,]|\(|的|:|$)"), "<="),
)
_BREACH = (
    r"逾期|迟延|延迟|延期|拖延|拖后|拖欠|延误|误期|迟到|超期|超时|中断|停工|停业|停产|停止|暂停|持续|连续|累计|旷工|欠付|欠缴"
    r"|欠费|缺勤|滞后|推迟|违约|未(?:按|能|予|完|付|交|支|及)"
)
_BREACH_BEFORE = re.compile(rf"(?:{_BREACH})[^，,。;]{{0,14}}\Z")
_BREACH_NEAR = re.compile(
    r"(?:逾期|迟延|延迟|延期|误期|迟到|拖延|拖后|拖欠|延误|超期|超时|滞后|推迟|中断|欠[付缴费]|旷工|停工)[^，,。;、]{0,8}\Z"
)
_LATE_AHEAD = re.compile(r"(?:逾期|迟延|延迟|延期|拖延|延误|超期|超时|迟到)[^，,。;、]{0,8}[，,:] *\Z")
_IF = re.compile(r"如|若|倘|假如|一旦|当|逾期|迟延|延迟|拖欠")
_PENALTY = re.compile(r"违约金|滞纳金|罚款|罚金|罚息|赔偿金|赔偿|逾期利息|利息|扣除|扣减|扣罚|处罚")
_EVERY_BREACH = re.compile(
    r"每[^，,。;\d]{0,10}(?:逾|延|迟|拖|超|晚|欠|旷|中断|停|推|缺|滞后|耽误|延误|未|违)[^，,。;\d]{0,10}\Z"
)
_COUNT = re.compile(r"(?:按|以|视为|折合|(?<![计起])算作?|作为)(?:照)? *[【\[(_]* *\Z")
_ABSENCE = re.compile(r"(?:旷工|缺勤|事假|请假|迟到|逾期|延误) *\Z")  # 按旷工半日处理
_COUNTED = re.compile(r"[】\])]? *(?:计算?|计收|计费|算|计付|处理|折算|论|执行)|[】\])]?(?=[,，。)]|$)")
_TERM = re.compile(
    r"(?:本?(?:合同|协议)|租赁|租用|服务|合作|聘用|劳动合同|借款|贷款|委托|承包|承租|使用权|授权|许可|代理|托管"
    r"|运营|经营|供货|采购|物业(?:管理)?服务|维保|保险)"
    r"(?:的)?(?:有效|履行|存续|总)?(?:期限|期|周期|年限|时间)(?!内|间|满|届|前|后|开始)(?:限)?"
    r"|(?<!报价)(?<!保函)(?<!投标)有效期(?:限)?(?!内|满|届)|租期(?!内|满|届)|项目周期"
)
_DURATION_OWN = re.compile(
    r"质保|保修|质量保证|保密|试用|维护期|免费|缺陷责任|试运行|装修|免租|见习|培训|工期|质量保证期"
)
_SERVICE = re.compile(
    r"[】\])]? *(?:的)?(?:有?专?人)?(?:全天候?|不间断|热线|值班|值守|服务|监控|电话|保持|开机|畅通|在线|轮班|保安"
    r"|巡逻|运行监控|技术支持|救援|报修|投诉|咨询|应急|客服|响应服务|营业|供应|供电)"
)
_ALL_DAY = re.compile(r"(?:全天|每天|每日|全年|昼夜|提供|实行|保证|实施|确保) *\Z")
_QUANTITY = re.compile(
    r" *(?:应?付?为|共|不[少低超高]于?)? *(?:人民币|¥|[\d,.]+ ?(?:万)?元|租金|工资|基本|管理费|固定|平均|费用"
    r"|的?费|底薪|标准)"
)
# 每延误一日，租期起算日顺延一日; 漏刊一天补两天: one time for another, no limit
_EXCHANGED = re.compile(r"(?:顺延|延长|补|罚|扣|赔|免收|减免)(?:发布|播放)? *\Z")
_EXCHANGES = re.compile(r"[】\])]? *(?:补|扣|罚|赔|支付|承担)")
_ONE_OFF = re.compile(r"(?:漏|停|缺|少|误|晚|断|迟|逾期)[^，,。;]{0,2}\Z")
_COSTS = re.compile(r"[^，,。;]{0,10}[\d,.]+ ?万?元")  # 晚完工一天赔200元
# 每周工作40小时, 每日加班不超过3小时
_WORKING = re.compile(
    r"(?:每[日天周月]|日|周|月|平均)(?:的)?(?:工作|加班|出勤|上班|驻场|值班|延长)?(?:时间)?"
    r"(?:应|均)?(?:一般|最长)?(?:为|不(?:得)?[超多少低][过于])? *\Z"
)
_LAST_DAY = 31
_PAYS_DAILY = re.compile(r"(?:应|须)?(?:向[^，,。;]{1,8})?(?:支付|承担|缴纳|计付)(?:一定的?)?(?:违约金|滞纳金)")
_RECURS = re.compile(
    r"[^。;]{0,40}?(?:[一二两三四五六\d]+ ?[次份回场]|提交|报送?|反馈|监测|巡检|检查|召开|提供|进行|支付|缴纳"
    r"|交付|结算|对账|组织|更新|备份|发送|清洗|维护|保养"
    r"|付清|付款|结清|开具|打扫|清扫|清运|消毒|盘点|汇报|报告|轮换|培训|考核|回访|走访|抽查|抽检|出具|核对|统计"
    r"|发放|发工资|收取|收费|扣除|偿还|还款|归还|付息|审计)"
)


@dataclass(frozen=True, slots=True)
class Sort:
    """What sort of time it is.

    Attributes:
        kind: as in the record.
        op: comparison of thresholds and limits.
        rule: id of the rule.
    """

    kind: DeadlineKind
    op: Comparison | None = None
    rule: str = "deadline.within"


def sort_of(sentence: Sentence, value: Duration) -> Sort | None:
    """What sort of time a length of time is, None for what is no time limit at all.

    Args:
        sentence: that holds it.
        value: the length of time, with offsets of the document.
    """
    first, past = sentence.piece(value.start)
    left, right = sentence.slice(first, value.start), sentence.slice(value.end, past)
    if is_no_limit(sentence, value, left, right):
        return None
    if value.form == "service_hours" or _is_service(value, left, right):
        return Sort("service_hours", rule="deadline.service_hours")
    if re.match(r"[一1](?:付|交|结|缴)", right):
        return Sort("recurrence", rule="deadline.recurrence")  # 半年一付
    if value.form == "day_of_month":
        return Sort("recurrence", rule="deadline.day_of_month")
    if re.search(r"按 *\Z", left) and re.match(r"(?:度)?(?:预)?(?:缴|交|支付|付|结算|收)", right):
        return Sort("recurrence", rule="deadline.recurrence")
    if _goes_on_month(sentence, value, left, right):
        return Sort("recurrence", rule="deadline.day_of_month")
    if value.form == "every":
        return _every(sentence, value, left, right)
    longest = re.search(r"最[长多]|至多|不超过", left)
    if (not longest and _COUNT.search(_ABSENCE.sub("", left)) and _COUNTED.match(right)) or re.match(
        r" *按(?:照)? *\d", right
    ):
        return Sort("counting_rule", rule="deadline.counting_rule")
    if _is_counting(sentence, value, left, right):
        return Sort("counting_rule", rule="deadline.counting_rule")
    return _plain(sentence, value, left, right)


def _goes_on_month(sentence: Sentence, value: Duration, left: str, right: str) -> bool:
    """每月5日审核，20日前支付: the 20th of the same month."""
    if value.form != "plain" or value.unit != "day" or value.workday:
        return False
    if left.strip(" 于在并且应") and not re.fullmatch(r"[^，,]{0,8}(?:于|在)", left.strip()):
        return False
    if not re.match(r" *(?:之|以)?前", right) or not value.number or value.number > _LAST_DAY:
        return False
    return bool(re.search(r"[每次当]月(?:的)? ?\d{1,2} ?[日号]", sentence.before(value.start)))


def _is_counting(sentence: Sentence, value: Duration, left: str, right: str) -> bool:
    """不足一周按一周计 said of the same length, 每迟一日顺延一日, 漏刊一天补两天, 从第21日起."""
    if value.form == "ordinal":
        return bool(SCALE.search(left) and re.match(r"[】\])]? *起", right))
    words = sentence.slice(value.start, value.end)
    if re.search(r"(?:不足|不满|未满|少于) *\Z", left) and re.match(
        rf"[】\])]?(?:的|者)?[，,]? *(?:均|也|亦)?(?:应)?(?:按|以|算|视为|视同|计)(?:照|作)? *{re.escape(words)}",
        sentence.after(value.end),
    ):
        return True
    if _ONE_OFF.search(left) and _EXCHANGES.match(right) and not _COSTS.match(right):
        return True
    before = sentence.before(value.start)
    return bool(_EXCHANGED.search(left)) and bool(re.search(rf"{EVERY_DAY}|[漏停缺少误][^，,。;]{{0,3}}[日天]", before))


def _is_service(value: Duration, left: str, right: str) -> bool:
    if (
        value.unit == "hour"
        and value.form == "plain"
        and _WORKING.search(left)
        and not re.match(r"[】\])]? *(?:以|之)?内", right)
    ):
        return True
    if value.unit != "hour" or value.number != 24 or value.form != "plain":
        return False
    return (bool(_SERVICE.match(right)) and not left.rstrip().endswith(("在", "后", "前", "起", "于"))) or bool(
        _ALL_DAY.search(left) and not right.lstrip("】]) ").startswith(("内", "之内", "以内"))
    )


def _every(sentence: Sentence, value: Duration, left: str, right: str) -> Sort | None:
    if _EVERY_BREACH.search(left) or (
        _PENALTY.search(sentence.after(value.end)) and (_is_rated(sentence, value) or _PAYS_DAILY.match(right))
    ):
        return Sort("rate_period", rule="deadline.rate_period")
    late = _LATE_EACH.search(left) and _is_rated(sentence, value)
    if late or _LATE_FEE.match(right):
        return Sort("rate_period", rule="deadline.rate_period")
    if _QUANTITY.match(right):
        return None
    if _RECURS.match(sentence.after(value.end)):
        return Sort("recurrence", rule="deadline.recurrence")
    return None


_LATE_FEE = re.compile(r"(?:应|须)?(?:支付|缴纳|交纳|收取|加收)(?:逾期|超期)[^，,。;]{0,6}费")  # 每日支付逾期仓储费
_LATE_EACH = re.compile(r"(?:逾期|超期|迟延|延期|延误|拖延)(?:的)? *\Z")  # 逾期每天按5,000元支付占用费


def _is_rated(sentence: Sentence, value: Duration) -> bool:
    """每日按合同总额的万分之五: a rate or a sum follows, or came before (违约金每日500元)."""
    around = sentence.slice(value.start - 30, value.end + 40)
    return bool(re.search(r"[%‰‱]|分之|元|倍", around))


# 迟一天送货，赔100元; 每提前一天奖励2000元: what one sum is due for
_LATE_ONE = re.compile(rf"(?<!第)(?:{LATE}|提前|早)[^，,。;\d一]{{0,4}}\Z")
_DUE_FOR_ONE = re.compile(
    r"[^，,。;的后内前]{0,10}[，,]?[^，,。;]{0,16}(?:罚|扣|赔|付|奖|滞纳|违约|减|收|利|补|支付)[^。;]{0,24}(?:元|块|%|‰|分之|成)"
)


_EACH = re.compile(r"每(?:再)?(?:持续|[未不]?满|延续|超过?|经过?|过)(?:满)? *\Z")  # 每持续一个月另行支付违约金20,000元
_TELLS = re.compile(r"[】\])]? *(?:书面|电话)?(?:告知|通知|提出|申请|预约|联系|告诉)")  # 提前1日告知


def _is_rate_period(sentence: Sentence, value: Duration, left: str) -> bool:
    words = sentence.slice(value.start, value.end)
    if _TELLS.match(sentence.after(value.end)):
        return False
    one = value.number == 1 and value.form == "plain" and not value.workday and value.unit in ("day", "week", "month")
    behind = sentence.after(value.end)
    if not one or not _DUE_FOR_ONE.match(behind) or re.match(r"[】\])]?(?:以|之)?[内前后上下]|的|未|仍", behind):
        return False
    return bool(_LATE_ONE.search(left)) or bool(re.match(r"(?:每)?(?:提前|提早)", words) and "每" in left[-2:])


def _plain(sentence: Sentence, value: Duration, left: str, right: str) -> Sort:
    each = value.number == 1 and value.form == "plain" and _EACH.search(left)
    if _is_rate_period(sentence, value, left) or (each and _DUE_FOR_ONE.match(sentence.after(value.end))):
        return Sort("rate_period", rule="deadline.rate_period")
    op = _op(left, right)
    breach = bool(_BREACH_BEFORE.search(left))
    limit = bool(re.match(r"[】\])]? *(?:以|之)?内", right))
    tiered = limit and bool(_TIER.match(right + "，"))
    late = _BREACH_NEAR.search(left) or (not left.strip() and _LATE_AHEAD.search(sentence.before(value.start)))
    if tiered and late:
        return Sort("threshold", _breach_op(op, left, right, limit), "deadline.threshold")
    if breach and (op in (">", ">=") or not limit or (tiered and _BREACH_NEAR.search(left))):
        return Sort("threshold", _breach_op(op, left, right, limit), "deadline.threshold")
    undone = value.form == "plain" and not limit and (_UNDONE.match(right) or _AMONG.search(left))
    if not op and undone and right.rstrip().endswith("的"):
        return Sort("threshold", ">=", "deadline.threshold")
    if re.fullmatch(r" *(?:其)?(?:前|最初) *", left) and _AT_RATE.match(right):
        return Sort("threshold", "<=", "deadline.threshold")
    if AHEAD_BY.search(left) and right.rstrip().endswith("的"):
        return Sort("threshold", "<=", "deadline.threshold")
    if (
        op in (">", ">=")
        and not right.strip("】]) ")
        and not _BOUND.search(left)
        and _GOES_ON.match(sentence.after(value.end))
    ):
        return Sort("threshold", op, "deadline.threshold")
    leads_on = op in (">", ">=") and not right.strip("】]) ") and _leads_on(sentence, value.end)
    if op and (leads_on or _is_conditional(sentence, value, left, right)):
        return Sort("threshold", op, "deadline.threshold")
    if limit or re.match(r"[】\])]? *(?:之|以)?前", right):
        kind: DeadlineKind = "duration" if value.unit == "year" else "deadline"
        return Sort(kind, op if op in (">=", "<=") and not limit else None, "deadline.within")
    if re.search(r"(?:提前|提早|预先|前)(?:至少|不少于|不得少于|不低于|最少)? *[【\[(_]* *\Z", left):
        least = op == ">=" or re.search(r"(?:至少|不少于|最少|不得少于)(?:应|须)?(?:提前|提早) *[【\[(_]* *\Z", left)
        return Sort("deadline", ">=" if least else None, "deadline.before")
    if value.form == "plain" and not op and _ARRIVES.match(right):
        return Sort("deadline", rule="deadline.within")
    if value.form == "ordinal" or re.match(r"[】\])]? *(?:之|以)?后|[】\])]?视为", right):
        return Sort("deadline", op, "deadline.after")
    return Sort(_lasting(sentence, left, right), op, "deadline.duration")


def _op(left: str, right: str) -> Comparison | None:
    for pattern, op in _OP_AFTER:
        if pattern.match(right) and op == ">=":
            return op
    for pattern, op in _OP_BEFORE:
        match = pattern.search(left)
        if match and not match[0].startswith("在"):
            return op
    return None


def _breach_op(op: Comparison | None, left: str, right: str, limit: bool) -> Comparison:
    if op:
        return op
    if limit or re.search(r"在 *\Z", left):
        return "<="
    return ">="


# 送达后30日未取回的
_UNDONE = re.compile(r"[】\])]? *(?:仍|还|尚)?(?:未|没有?)[^，,。;]{1,14}的$")
# 超过10日的应当征得同意, 满30天算违约, 超过10天房东可以收房, 3天以上的病假, 会前60日以上取消的, 超过14天后
_CONDITION = re.compile(
    r"[】\])]? *(?:(?:以上)?的(?:应(?![急用付收])|须|需|可以?|由|视为|视同|按|将|双方|[甲乙丙]方)"
    r"|(?:就|便|即)?算(?!起)"
    r"|[^，,。;\d的]{0,6}(?:可以?(?![^，,。;]*的)|有权|仍)"
    r"|以上的?(?:病假|事假|年假|请假)|以上[^，,。;的]{1,10}的$|(?:以)?后$)"
)
# 前15天按日万分之二付利息
_AT_RATE = re.compile(r"[】\])]? *(?:内)?(?:按|每[日天]|以)[^，,。;]{0,14}(?:[%‰]|分之|元)")
# 接到报修后48小时上门
_ARRIVES = re.compile(
    r"[】\])]? *(?:上门|到场|到达|赶到|修复|修好|恢复|送达|送到|发货|付款|付清)(?:现场)?"
    r"(?:处理|维修|服务)?(?=[，,。;]|$)"
)
# 逾期10天以内（含10天）的部分，
_TIER = re.compile(
    r"[】\])]? *(?:\(含[^()]*\))?(?:以|之)?内(?:\(含[^()]*\))?(?:的(?:部分)?)?(?:[，,:]|每[日天]|[按罚扣处免赔]"
    r"|不(?:计|收|付|扣|罚|算|承担|视为|构成))"
)
# 一年内有两个季度得分在70分以下的
_AMONG = re.compile(r"内[^，,。;]{0,4}有[ 【\[(_]*\Z")
# 停用超过7天，影响居住的，租金减半
_GOES_ON = re.compile(r"[】\])]?[，,](?:且|并|并且)?[^，,。;]{1,14}(?<!目)的[，,]")
_BOUND = re.compile(r"不(?:得)?(?:少于|低于|短于|超过|多于|高于)(?:了|为|到)?(?:连续|累计)? *[【\[(_]* *\Z")


def _is_conditional(sentence: Sentence, value: Duration, left: str, right: str) -> bool:
    """Whether a comparison is a condition (超过30日的，甲方有权) and no limit (不得超过30日)."""
    if re.search(r"不得(?:超过|少于|低于|晚于)|应不|须不|原则上不|一般不|最长不|最多不|至少|最少", left):
        return False
    if _CONDITION.match(right) and not _BOUND.search(left):
        return True
    if re.match(r"[】\])]? *(?:以上|以内|以下)?(?:的(?![\u4e00-\u9fff]{2,})|仍|尚|还[未没]|未|没|时)", right):
        return True
    if re.match(r"[】\])]? *按[^，,。;]{1,10}(?:计算|计收|计费|计)(?=[，,。;)]|$)", right):
        return True  # 超过6小时按一日计算
    if re.match(r"[】\])]? *(?:以上|以内|以下)(?:[罚扣赔处]|按[^，,。;]{1,12}(?:处理|计|扣|罚|赔)|视为)", right):
        return True
    if re.match(r"[】\])]? *(?:以上)?的?$", right) and sentence.piece(value.start)[1] < sentence.end:
        return bool(_IF.search(left)) or right.strip("】]) ").endswith("的")
    if right.rstrip().endswith("的") and re.search(
        r"(?<!不)(?:超过|不足|不满|未满|不到|达到?|少于|多于) *[【\[(_]* *\Z", left
    ):
        return True
    return bool(_IF.match(left.lstrip())) and not re.match(r"[】\])]? *的[\u4e00-\u9fff]{2,}", right)


def _leads_on(sentence: Sentence, end: int) -> bool:
    """超过15天，甲方有权解除合同: what may be done then follows."""
    return bool(
        re.match(
            r"[】\])]?[，,][^，,。;]{0,10}(?:有权|可以?(?!免)|视为|应当?[^，,。;]{0,10}(?:违约|赔偿|扣))",
            sentence.after(end),
        )
    )


# 本合同为固定期限劳动合同，期限三年
_OF_A_KIND = re.compile(
    r"(?:甲乙双方订立的|双方签订的)?(?:本|该)(?:劳动)?(?:合同|协议)(?:为|是|系|属于?)[^，,。;]{0,16}(?:合同|协议)[，,]"
)
_ITS_TERM = re.compile(r"(?:合同|协议|其)?(?:的)?期限(?:为|是|共计?|:)* ?[【\[(_]*")

# below 合同期限: 自2024年7月1日起至2026年6月30日止，共24个月; 自签订之日起两年
_WHOLE_TERM = re.compile(r"(?:(?:自|从)[^，,。;]{2,40}起)?[为:共计即合期 _【\[(]*")


def _lasting(sentence: Sentence, left: str, right: str) -> DeadlineKind:
    """Term of the contract, or some other duration."""
    if _DURATION_OWN.search(left) or _DURATION_OWN.match(right) or LAST_ONE.search(left):
        return "duration"
    if _TERM.search(left):
        return "term"
    if _OF_A_KIND.match(sentence.text) and _ITS_TERM.fullmatch(left.strip()):
        return "term"
    whole = sentence.before(sentence.start + len(sentence.before(sentence.end)))
    topic = re.match(r"[^，,。;]{0,30}", whole)
    if topic and _TERM.search(topic[0]) and re.search(r"(?:为|共|计|即|合计|:|期|起)[ _【\[(]*\Z", left):
        return "term"
    heading = sentence.unit.headings[-1] if sentence.unit.headings else ""
    named = _TERM.fullmatch(heading) or re.fullmatch(r"(?:劳动合同)?(?:的)?(?:有效)?期限", heading)
    if named and _WHOLE_TERM.fullmatch(left):
        return "term"
    return "duration"
