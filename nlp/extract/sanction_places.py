"""Numbers whose use their place settles: columns of a table of fines, floors, ranges, what no longer holds.

Under the head 扣款（元/次） every sum is a penalty; of `不低于10万元` a rule, not a weight, says what it is.
"""

import re

from nlp.extract.breach_words import breached
from nlp.extract.sanction_sums import HEAD, LEAST, Candidate, Use
from nlp.extract.sentences import Sentence

# 扣款标准, 罚款（元/次）; what is made good in a column counts where the words over the table speak of a breach
_PENAL_COLUMN = re.compile(r"扣(?:款|罚|减|分|除)|核减|减付|罚(?:款|金|则)|处罚|违约金|滞纳金")
_MADE_GOOD_COLUMN = re.compile(r"赔(?:付|偿)|补偿|抵扣|抵减|减免|减收|退还")


def column_head(sentence: Sentence, offset: int) -> str:
    """Head of the column a place of a table row lies in, empty outside of tables."""
    row, table = sentence.unit.row, sentence.unit.table
    if row is None or table is None:
        return ""
    column = next((n for n, c in enumerate(row.cells) if c.span.start <= offset < c.span.end), len(table.columns))
    return table.columns[column] if column < len(table.columns) else ""


def in_penal_column(sentence: Sentence, item: Candidate) -> bool:
    """5% under 补偿比例（占当月服务费）, 500 under 扣款（元/次）."""
    head = column_head(sentence, item.start)
    if not head or item.form in ("blank", "months"):
        return False
    led = any(breached(lead.text) or HEAD.search(lead.text) for lead in sentence.leads())
    return bool(_PENAL_COLUMN.search(head) or (led and _MADE_GOOD_COLUMN.search(head)))


# 违约金标准 | 上限
_LIMIT_COLUMN = re.compile(r"上限|限额|封顶|最高")


def limits_column(sentence: Sentence, offset: int) -> bool:
    """Whether a place lies in the column of the limits of a table of penalties."""
    head, table = column_head(sentence, offset), sentence.unit.table
    if not _LIMIT_COLUMN.search(head) or _PENAL_COLUMN.search(head) or table is None:
        return False
    return any(_PENAL_COLUMN.search(other) for other in table.columns)


# “每逾期一天支付5000元违约金”修改为“…3000元…”: what no longer holds
_REPLACED = re.compile(r"[^“”]{0,60}”[^，,。;“”]{0,4}(?:修改|变更|调整|更改|改)为")


def is_replaced(sentence: Sentence, item: Candidate) -> bool:
    """Whether a number is one that an amendment takes out."""
    return bool(_REPLACED.match(sentence.after(item.end)))


# 每低0.1个百分点扣2分: what is counted, and what only costs points
_COUNTED = re.compile(r"每(?:超[过出]?|低于?|降低|高于?|升高|提高|增加|减少|下降|上升|偏[高低]|少|多|差) *\Z")
_POINTS = re.compile(r"[^，,。;\d]{0,8}[，,]?(?:扣|减|得|加) *[\d.]+ ?分(?!之|钟)")


def is_counted(sentence: Sentence, item: Candidate) -> bool:
    """Whether a percentage says by how much a mark is missed, not what that costs."""
    if item.form != "rate":
        return False
    return bool(_COUNTED.search(sentence.before(item.start)) or _POINTS.match(sentence.after(item.end)))


def is_told(sentence: Sentence, item: Candidate, told: Use) -> bool:
    """Whether nothing is left to weigh: caps, floors, blanks, longer times, tables of fines, what no longer holds."""
    if told == "cap" or item.form == "blank" or in_penal_column(sentence, item) or is_counted(sentence, item):
        return True
    before = sentence.before(item.start)
    if _RANGE_BEFORE.search(before) or _RANGE_AFTER.match(sentence.after(item.end)):
        return True
    if LEAST.search(before) or (item.form == "multiple" and _LONGER.search(before)):
        return True
    return is_replaced(sentence, item) or costs_more(sentence, item) or is_given(sentence, item)


# 厂车停运时按每天20元补贴路费, 给予2,000元至20,000元奖励
_GIFT = re.compile(r"(?:补贴|补助|津贴|奖励|奖金|慰问|介绍费|推荐费|红包)")
_REWARDS = re.compile(r"(?<![罚惩])奖(?:给|其)? *(?:人民币|¥)? *\Z")  # 满120小时的，另奖300元
_GIVEN_AFTER = re.compile(r"[】\])]?(?:[至到~-][\d,.]+ ?万?元)?[^，,。;违罚扣赔]{0,8}")


def is_given(sentence: Sentence, item: Candidate) -> bool:
    """Whether a sum is a subsidy or a reward."""
    behind = _GIVEN_AFTER.match(sentence.after(item.end))
    rest = sentence.after(item.end)[: (behind.end() if behind else 0) + 2]
    near = sentence.before(item.start)[-8:]
    given = _GIFT.search(rest) or _REWARDS.search(near)
    return item.form == "amount" and bool(given) and not re.search("扣|罚|违约", near + rest)


# 每提前一日…赶工费, 超出套数的，每套收取工本费: what more work costs
_CHARGES = re.compile(r"(?:赶工|抢工|加急|工本|打印|印刷|手续|加时|延时|加班|指导|增付)费(?:用)?[^。;违罚]{0,24}\Z")
_CHARGES_AFTER = re.compile(
    r"[】\])]?(?:的)?(?:标准|比例)?(?:另行?|向[^，,。;]{1,8})?(?:支付|收取|加收|计收)?(?:赶工|抢工|加急|工本|打印|印刷|加时|延时|加班|指导)费"
)
# 每增加一个卸货点加收150元
_FOR_EACH_MORE = re.compile(
    r"每(?:增加|增|多|加)[^，,。;住占用]{1,10}[，,]?(?:另行?)?(?:加收|加付|增收|加) *(?:人民币|¥)? *\Z"
)
# 按每月每平方米19元的标准补收厂房租金
_MADE_UP_FOR = re.compile(
    r"(?:[/每][^，,。;]{1,6}?)?(?:的)?(?:标准|单价)?(?:补收|补缴|补交|补足)[^，,。;违赔罚]{0,10}(?:租金|费|款|差)"
)
# 甲方派人陪护，陪护费为每小时45元
_CARE = re.compile(r"陪护费[^。;违罚]{0,12}\Z|派人(?:陪护|看护|照料)的?[^。;违罚]{0,16}\Z")
# 离职后12个月内不得…。公司每月补偿1,300元
_KEPT_AWAY = re.compile(r"离职后|竞业")
# 货车停放超过24小时的，每车每日收取30元
_PARKED = re.compile(r"(?:停放|停车)[^，,。;]{0,10}(?:超过|超出|满)[^，,。;]*[，,][^，,。;]*收取?[^，,。;]{0,4}\Z")
# 周末加班不能调休的，按日单价的1.5倍计算
_OVERTIME = re.compile(r"加班|节假日|周末|春节|放假|休息日|双休|假期")
_PENAL = re.compile(r"违约|赔|罚|扣")
# 检测费，每次约6,000元; 一个月租金总额（以清单合计数120,800元计）
_ABOUT = re.compile(r"(?<![合违条签履])约(?:为|计)? *(?:人民币|¥)? *\Z")
_UP_TO = re.compile(r"(?:整)?以[内上下](?:\([^()]{1,6}\))?的(?!罚|违约|赔)")  # 损失在一万元以下的
_WORTH = re.compile(r"\((?:即?以|按|即)[^()。;]*\Z")
_WORTH_AFTER = re.compile(r"(?:整)?(?:计算?|为准)\)")
# 因防汛等非双方原因停工的，租金减半收取
_NO_FAULT = re.compile(r"非[^，,。;]{1,8}(?:原因|过错|责任)|不可抗力|住院|请假|病假|互不")
_BROKEN = re.compile(r"违约|违反|逾期|未|擅自|拒|无故")
# 违约金60,000元，每服务满一个月递减1,000元
_FALLS = re.compile(r"(?:递减|递增|逐[年月次]减少) *\Z")


def costs_more(sentence: Sentence, item: Candidate) -> bool:
    """Whether a number is the price of more work asked for, or what a sum falls by."""
    before = sentence.before(item.start)
    if item.form == "amount" and (_FALLS.search(before) or _is_worth(sentence, item)):
        return True
    if "减半" in sentence.slice(item.start, item.end) and _NO_FAULT.search(before):
        return True
    if item.form == "multiple" and _OVERTIME.search(_with_before(sentence, item)) and not _PENAL.search(before):
        return True
    more = _FOR_EACH_MORE.search(before) or _PARKED.search(before)
    if item.form == "amount" and (
        _MADE_UP_FOR.match(sentence.after(item.end)) or _CARE.search(_with_before(sentence, item))
    ):
        return True
    if (
        re.search(r"补偿[^，,。;]{0,8}\Z", before)
        and _KEPT_AWAY.search(_with_before(sentence, item))
        and not breached(before)
    ):
        return True
    penal = _BROKEN.search(before) or re.match("[^，,。;]{0,3}(?:违约|滞纳|罚|赔|补偿)", sentence.after(item.end))
    if item.form == "amount" and more and not penal:
        return True
    charged = _CHARGES.search(before) or _CHARGES_AFTER.match(sentence.after(item.end))
    return bool(charged) and not _BROKEN.search(before)


def _is_worth(sentence: Sentence, item: Candidate) -> bool:
    """Whether a sum only says how much something about is."""
    before = sentence.before(item.start)
    if _UP_TO.match(sentence.after(item.end)):
        return True
    return bool(_ABOUT.search(before) or (_WORTH.search(before) and _WORTH_AFTER.match(sentence.after(item.end))))


def _with_before(sentence: Sentence, item: Candidate) -> str:
    return (sentence.previous.text if sentence.previous else "") + sentence.before(item.start)


# 退布置费的20%—50%: no one number
_RANGE_BEFORE = re.compile(r"[%％‰元倍] *(?:-{1,2}|—{1,2}|~|～|至|到) *\Z")
_RANGE_AFTER = re.compile(r" *(?:-{1,2}|—{1,2}|~|～|至|到) *(?:人民币|¥)? *[\d一二三四五六七八九十百]")
# 质保期顺延一倍停机时间
_LONGER = re.compile(r"(?:顺延|延长)[^，,。;]{0,8}\Z")
