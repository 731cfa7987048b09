"""Lengths of time that limit nothing: experience, prices, days that border a span, windows to count in.

None of these is a time limit: `三年以上工作经验`, `前三个月已支付的费用`, `两年合计6,720,000元`, `28日至次月5日`,
`一个月被投诉超过3次的`, `半月、季度和年度维护保养`, `每周至少休息一日`. How times that are one are told apart:
nlp.extract.timing_kinds.
"""

import re
from decimal import Decimal

from nlp.extract.breach_words import MONTHS_OF
from nlp.extract.sentences import Sentence
from nlp.values.durations import Duration

_LOOK_BACK = re.compile(r"(?:近|过去|最近|此前|以往|上) *\Z|(?<![提届满束止工用日货同款效])前 *\Z")
# 一个年度内累计三次: a window to count in; 每季度结束后10日: the quarter is when, not how often
_WINDOW = re.compile(
    r"[】\])]? *(?:度)?(?:以|之)?内[^，,。;不]{0,4}(?:累计|连续|发生(?!额)|出现(?!场)|合计|[达满][^，,。;]{0,3}次)"
)
_OCCURS = re.compile(r"[】\])]? *(?:以|之)?内(?:再次)?(?:发生|出现)")  # 15日内出现质量问题的 is a limit
_ENDS = re.compile(r" *(?:的)?(?:度)?(?:结束|届满|终了|期满|开始|起始|末|初)")
LAST_ONE = re.compile(r"(?:最后|最末|头|首)(?:的)? *\Z")
# 首2个月为试运行期, 租期最后两个月内 last, the last working day of a month is a day
_CALLED = re.compile(r"[】\])]? *(?:为|是|作为|系|属)[^，,。;]{0,8}期")  # 头一个月为试用期
_LASTS = re.compile(r"[】\])]? *(?:为|是|作为|系|属|内|免|试)")
# 两年合计6,720,000元 is a price
_SUMMED = re.compile(
    r"[】\])]? *(?:的)?(?:合同|服务费?|租金)?(?:合计|共计|总计|累计|总价|总费|总额|总金额)[^，,。;]{0,14}?[\d¥][\d,.]*"
    r"(?! ?[个天日月年小周\d,.])"
)
# 28日至次月5日, 20日至月末: days that border a span
_BORDERS = re.compile(r" *(?:起)?(?:至|到|[-~—–]+) *(?:(?:次|当|本|下|每|翌)个?月|月[末底])")
# 第1日至第15日每日0.1%，第16日起每日0.2%: steps of a scale
_STEP = re.compile(r" *(?:至|到|[-~—–]) *第|起[，,]?(?:每[日天]|按|加倍|另)")
_BEHIND_DAY = re.compile(r"\d{1,2} ?[日天] ?(?:至|到|[-~—–]+) ?(?:第 ?)?\Z")
_OF_MONTHS = re.compile(r"月(?:均|平均|度)?(?:租金|房租|服务费|货款|管理费|工资|费用|报酬|营业额)的? *\Z")
_PAST = re.compile(
    r"(?:内)?(?:的|已|所|平均|月均|实际|总|累计"
    r"|[^，,。;]{0,6}?(?:支付|发生|收取|产生|付)[^，,。;至给]{0,6}?的(?! ?[\d【百]))"
)
# 三年以上工作经验, but 15日内提交学历证书
_EXPERIENCE = re.compile(r"(?![】\])]? *(?:之|以)?[内前后])[^，,。;]{0,12}(?:经验|经历|工龄|资历|从业|业绩|学历|执业)")
_LONG = ("month", "year")
# 疲劳试验不少于48小时 measures a thing; 测试通过后10日内 counts from it
_LIFE = re.compile(
    r"(?:寿命|无故障(?!运行)|耐久|老化|(?<!验收)测试(?!与|和|及|阶段|期)|试验|养护(?!期)|固化|固结)[^，,。;后起]{0,10}\Z"
)
# 发布会前15日至30日通知的
AHEAD_BY = re.compile(r"(?<!提)前 ?\d{1,2} ?[日天] ?(?:至|到|[-~—–]+) ?\Z")
_NUMBER = re.compile(r" *\d")
_OF_SUMS = ("month", "year", "quarter", "day")
# 从第21日起 names a day of a scale
SCALE = re.compile(r"(?:从|自)[^，,。;]{0,8}第 *\Z")
_HALF = Decimal("0.5")


def is_no_limit(sentence: Sentence, value: Duration, left: str, right: str) -> bool:
    """Whether a length of time limits nothing.

    Args:
        sentence: that holds it.
        value: the length of time.
        left: what stands in front of it in its piece.
        right: what stands behind.
    """
    if _is_window(sentence, value, left, right) or _is_named(value, left, right):
        return True
    tended = value.unit in ("month", "year") and left.rstrip().endswith("养护")  # 绿化养护2年
    if (
        value.unit == "second"
        or (value.unit in _LONG and _EXPERIENCE.match(right))
        or (_LIFE.search(left) and not tended)
    ):
        return True
    if _SUMMED.match(right) or (value.unit == "day" and value.form == "plain" and _BORDERS.match(right)):
        return True
    if _BEHIND_DAY.search(left) and not AHEAD_BY.search(left) and not re.match(r"[】\])]? *(?:之|以)?前", right):
        return True
    if value.form == "ordinal" and not SCALE.search(left) and _STEP.match(sentence.after(value.end)):
        return True
    if MONTHS_OF.match(sentence.after(value.end)) and value.form == "plain" and value.unit in _OF_SUMS:
        return True
    if _OF_MONTHS.search(left) and re.match(r"的?(?:金额|数额|总额|标准|之和)", right):
        return True  # 月均货款两个月的金额
    if left.endswith(("(含", "(不含", "(包含")):
        return True
    if _LOOK_BACK.search(left.rstrip("【[_ ")) and _PAST.match(right.lstrip("】]")):
        return True
    if value.number == 1 and re.search(r"(?:\d|元) *\Z", left) and value.form == "plain":
        return True  # 租金4500一个月 is a price by the month
    if value.low is not None and left.endswith("第"):
        return True
    if re.search(r"第 ?\d{1,2} ?[—~、至-] ?\Z", left) and value.unit in ("year", "month", "week", "quarter"):
        return True  # 第1—2年, 第1、2年
    called = value.unit in ("month", "year") and _CALLED.match(right)
    if LAST_ONE.search(left) and not ((value.number or 0) > 1 and _LASTS.match(right)) and not called:
        return True  # 每月最后一个工作日 names a day
    if value.form == "ordinal" and value.unit not in ("day", "hour"):
        return True
    once = value.unit in ("day", "hour") and _OCCURS.match(right) and not re.search(r"\d ?次|[两二三四五]次", right)
    if (_WINDOW.match(right) and not once) or (value.form == "every" and _ENDS.match(right)):
        return True
    return value.form == "every" and value.unit in ("hour", "minute") and bool(_NUMBER.match(right))


# 一个月被投诉超过3次的，甲方可以…: in what time something is counted
_COUNTS = re.compile(
    r"[】\])]? *度?(?:(?:以|之)?内)?"
    r"(?:有[两二三四五六七八九十\d]|[^，,。;]{0,12}?[两二三四五六七八九十\d] ?次|[^，,。;]{0,3}满\d)"
)
_LEADS_TO = re.compile(r"[，,][^，,。;]{0,8}(?:可以?|有权|停|扣|罚|另|奖|解除|视为|按|赔)")


def _is_window(sentence: Sentence, value: Duration, left: str, right: str) -> bool:
    if value.number != 1 or value.form != "plain" or value.unit == "day" or not _COUNTS.match(right):
        return False
    return right.rstrip().endswith("的") or bool(_LEADS_TO.match(sentence.after(value.end), len(right)))


# 半月、季度和年度维护保养 are sorts of upkeep, 季付或半年付 ways to pay
_AND = r"(?:、|和|及|与|或|/)"
_SORT_AHEAD = re.compile(rf"(?:月|季|季度|年度|半年) ?{_AND} *\Z")
_SORT_BEHIND = re.compile(rf" ?(?:{_AND} ?(?:半|季|年|月)|[付交缴]|度)")
# 每周至少休息一日, 每周工作六天
_RESTS = re.compile(r"(?:每(?:周|星期|月)|一周)[^，,。;]{0,6}(?:轮休|休息|休假|休|工作|上班|出勤) *\Z")
# 小时表读数11,460小时, 每调低1000小时
_METER = re.compile(r"(?:读数|小时表|里程表|计时表|[调虚][低高减增]|表显)[^，,。;]{0,6}\Z")
# 交付日至起租日前一天为装修期: a day that names another
_DAY_AHEAD = re.compile(r"(?:至|到)[^，,。;至]{1,12}(?:之)?前 *\Z")


def _is_named(value: Duration, left: str, right: str) -> bool:
    """A half year or a day that says of what sort something is, or which day is meant."""
    if value.number == _HALF and (_SORT_AHEAD.search(left) or _SORT_BEHIND.match(right)):
        return not right.startswith(("内", "之内", "以内"))
    if value.number == 1 and value.unit == "day" and _DAY_AHEAD.search(left):
        return True
    return bool((value.unit == "day" and _RESTS.search(left)) or (value.unit == "hour" and _METER.search(left)))
