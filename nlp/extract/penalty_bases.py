"""What a rate or a multiple is taken of, in the words of the clause.

Of `按逾期货款的万分之五` it is 逾期货款, of `双倍返还履约保证金` 履约保证金, of 5% in a column headed
扣减比例（占当季服务费） 当季服务费. None where nothing is said.
"""

import re

from nlp.extract.sanction_places import column_head
from nlp.extract.sanctions import Sanction
from nlp.extract.sentences import Sentence
from nlp.normalize import fold

# what stands between the verb and the rate is the base: 按|合同总价|的万分之五
_EDGE = re.compile(
    r"按照|依照|按(?!揭)|(?<!可)以|依据|依(?!法)|为(?!准)|(?:支|缴|交|偿|赔|计|给|加)付(?!的|款|金|货|日)|缴纳"
    r"|交纳|给予|承担|赔偿(?!金)|收取|加收|计收"
    r"|扣除|扣减|扣罚|暂扣|(?<![抵折])扣(?![除减罚回发款留缴收量重])|将(?!来)|减收|减付|核减|扣回|处以|罚款(?!数额|金额)|相当于|等于|等同于|作为|即|每日|每天|每周|每月|[一1]日|[一1]天|[一1]周|[一1]个月"
    r"|(?:提高|上升|上调|增加|调整|降低|下调)[至到为]|[一1]次|支付给|(?<![支缴交偿赔计给加应未已预首垫分])付(?![款金货费的日清])|赔(?!偿金|付|偿责)|(?<!应)退(?![还款租货房税])"
)
# 未退金额, 已收取费用, 迟延交付价款, 尚未支付酬金: the verb belongs to the base
_STATE = re.compile(r"(?:尚?未|已|欠|待|迟延|延迟|逾期|延期|迟)\Z")
_BASE_TAIL = re.compile(
    r"(?:\([^()]*\))?(?:的|之|总计)?(?: *(?:每日|每天|每周|每月|按日|按天|日|每逾期一[日天]))?[ 【\[(_]*\Z"
)
_MONEY_NOUN = re.compile(
    r"款|金额|数额|额|价|费|租金|工资|薪|报酬|酬金|佣金|奖金|本金|保证金|定金|押金|货值|造价|利润|收入|成本|标的|总和|部分|债务"
    r"|投资|余额|佣金|工程量|标准|利率|LPR|利息|损失|所得|津贴|补贴|补偿金|预算|[欠差余]数"
)
_BASIS = re.compile(
    r"(?:以|按|根据)(?P<base>[^，,。;]{2,30}?)(?:为|作为)(?:计算|计付|计收|计)?(?:的)?(?:基数|基础|基准|标准|依据)"
)
_TOTAL_BASE = re.compile(
    r"(?:本)?(?:合同|协议|项目|工程|服务|租赁|采购|承包|技术服务)?(?:项下)?(?:的)?(?:含税|暂定|签约"
    r"|固定)?(?:全部)?(?:总)?(?:价款?|金额|总价款?|总额|总金额|总费用|造价|款项?|服务费|费用|价格|报酬|总款"
    r"|标的额)(?:总额|总计|总价)?"
)
_OWNER = re.compile(r"\A(?:向|给)?[甲乙丙丁买卖供需对违守][^，,。;的]{0,2}方(?:人|单位)?(?=.{2,})(?!的)")
_GAP = r"[ 【\[(_]*"
_MULTIPLE_BASE = re.compile(
    r"(?:按照|按|以|为|支付|承担|依照|相当于|等于|赔偿|付|退还|返还|退回|处以?|罚|照|收取|加收|补偿|将|在|(?:提高|上调|增加|调整)[至到为])"
    rf"(?P<base>(?:(?!赔偿|支付|退还|返还|并)[^，,。;按以为]){{1,40}}?)(?:的|之)?{_GAP}\Z"
)
# 双倍返还租赁保证金, 两倍退还定金
_GIVEN_BACK = re.compile(
    r"[】\])_ ]*(?:的)?(?:标准)?(?:向[^，,。;]{1,8})?(?:(?:返还|退还|退回|退付|退给?|返)(?:全部|所有)?"
    r"(?P<whose>[已所][收付交]的?)?(?:的)?)?"
    r"(?P<base>(?:(?![向给的从])[^，,。;已所])?(?:(?![向给的从])[^，,。;]){0,6}(?:定金|订金|押金|保证金|租金|货款|价款|工资|费用?|款项?))"
)
# 费用的1.5倍从质保金中扣除
_TAKEN_FROM = re.compile(
    r"[】\])_ ]*(?:从[^，,。;]{1,12}(?:扣|抵)|由[^，,。;]{1,8}(?:承担|赔|补)|向[^，,。;]{1,8}(?:支付|赔|补))"
)


def base_of(sentence: Sentence, sanction: Sanction) -> str | None:
    """The words a number is taken of, None when none are said.

    Args:
        sentence: that holds it.
        sanction: a rate, multiple, months of something, or a blank in the place of one.
    """
    if sanction.form in ("rate", "blank"):
        return _of_rate(sentence, sanction)
    if sanction.form == "months":
        return f"月{sanction.what}" if sanction.what in ("租金", "房租", "工资") else sanction.what
    return _of_multiple(sentence, sanction) if sanction.form == "multiple" else None


def _basis(sentence: Sentence, sanction: Sanction) -> str | None:
    found = list(_BASIS.finditer(sentence.slice(sanction.left, sanction.start)))
    behind = _BASIS.search(sentence.slice(sanction.end, sanction.right))
    return found[-1]["base"] if found else behind["base"] if behind else None


def _left(sentence: Sentence, sanction: Sanction) -> str:
    """The words of its piece before a number, brackets among them left out, from the number before on."""
    first, _ = sentence.piece(sanction.start)
    start = max(first, sanction.left)
    words = sentence.before(sanction.start)
    cut = start - sentence.start
    for bracket in re.finditer(r"\([^()]*\)", words):
        if bracket.start() < cut < bracket.end():  # 当月运维费（按全年的十二分之一计，下同）减收20%
            return re.split("[，,]", words[: bracket.start()])[-1] + words[bracket.end() :]
    if start > first and re.search(r"[月年季天]\Z", words[:cut]):
        start = first  # 最近三个月消费金额的2倍: how long is part of the base
    return sentence.slice(start, sanction.start)


# 当季度服务费核减3%
_CUT_BEHIND = re.compile(
    r"(?:应|均|则|相应|按)*(?:减收|核减|扣减|减少|降低|下调|扣除|扣罚|减免)(?:比例为)?[ 【\[(_]*\Z"
)
# 应付款×0.02%×天数
_FORMULA = re.compile(r"(?P<base>[^=×*，,。;:]{2,20}?) *[×*] *[【\[_]*\Z")


def _of_rate(sentence: Sentence, sanction: Sanction) -> str | None:
    basis = _basis(sentence, sanction)
    if basis:
        return basis
    left = _left(sentence, sanction)
    formula = _FORMULA.search(left)
    if formula:
        return formula["base"]
    left = _CUT_BEHIND.sub("", left) or left
    tail = _BASE_TAIL.search(left)
    found = _between_edges(left[: tail.start()] if tail else left) or _of_column(sentence, sanction)
    if found is None:
        behind = re.match(
            r"[】\])]?(?:的)?(?:比例|标准|费率)?(?:向[^，,。;]{1,6})?(?:支付|承担"
            r"|缴纳)(?P<base>[^，,。;]{2,20}?)(?:的)?(?:违约金|滞纳金)",
            sentence.after(sanction.end),
        )
        return behind["base"] if behind and _MONEY_NOUN.search(behind["base"]) else None
    return found


def _between_edges(words: str) -> str | None:
    edges = [m for m in _EDGE.finditer(words) if m.end() < len(words)]
    starts = [_edge_start(words, m) for m in edges] or [0]
    for start in reversed(starts):
        base = _OWNER.sub("", words[start:].strip(' ，,、:的之】[]【"“”'))
        if len(base) >= 2 and _MONEY_NOUN.search(base) and not _EDGE.fullmatch(base):
            return base
    return None


def _edge_start(words: str, edge: re.Match[str]) -> int:
    """Where the base begins: behind 按, 支付; with 已收取 and 迟延交付, which say of what kind it is."""
    state = None if edge[0][0] in "按以依为" else _STATE.search(words, 0, edge.start())
    if edge[0].endswith("月") and (recent := re.search(r"(?:最近|近|前|上)\Z", words[: edge.start()])):
        return recent.start()  # 最近一个月服务费的50%
    return state.start() if state else edge.end()


# 扣减比例（占当季服务费）, 抵扣当月服务费的比例, 按当月服务费的百分比
_OF_HEAD = re.compile(
    r"(?:占|按|以|抵扣|抵减|扣减|扣除|扣罚|减免|减收|核减|赔付|赔偿|补偿|退还|[(])(?P<base>[^()，,。;:比按占]{2,16}?)"
    r"(?:的)?(?:比例|百分比|\)|\Z)"
)
_CURRENT = re.compile(r"(?P<base>当[月季年期]度?[^，,。;:的比按]{1,10}?(?:费用?|款项?|金|酬|额))")


def _of_column(sentence: Sentence, sanction: Sanction) -> str | None:
    """What the rates of a column are of: told by its head, or by the words over the table."""
    if sentence.unit.row is None:
        return None
    head = _OF_HEAD.search(fold(column_head(sentence, sanction.start)))
    if head and _MONEY_NOUN.search(head["base"]):
        return head["base"]
    over = [m["base"] for lead in sentence.leads() for m in _CURRENT.finditer(lead.text)]
    return over[0] if len(set(over)) == 1 else None


def _of_multiple(sentence: Sentence, sanction: Sanction) -> str | None:
    basis = _basis(sentence, sanction)
    if basis:
        return basis
    left, after = _left(sentence, sanction), sentence.after(sanction.end)
    match = _MULTIPLE_BASE.search(left)
    if match:
        words = match["base"].strip("的 ")
        return _principal(sentence, sanction, words) or _with_noun(words, after) or words or None
    behind = _GIVEN_BACK.match(after)
    if behind:
        return f"{behind['whose'] or ''}{behind['base']}"
    words = re.sub(rf"(?:的|之)?{_GAP}\Z", "", left).strip()
    return words if _TAKEN_FROM.match(after) and _MONEY_NOUN.search(words) else None


# 按照迟延支付金额，以同期LPR的1.3倍; 就欠付租金按LPR的1.3倍; 以LPR的1.3倍，按迟延支付金额计付
_OF_RATE = re.compile(r"利率|LPR|利息")
_STILL_OWED = r"(?=[所拖]?欠|逾期(?!付款)|迟延?(?!付款)|未付|应付)"  # 欠付货款按LPR的1.5倍计息
_OWED = r"(?P<base>[^，,。;按以就]{2,16}?)"
_OWED_BEFORE = re.compile(
    rf"(?:\A|[，,应须])(?:按照?|就|对|以|依照?|在|(?<=[，,]){_STILL_OWED})(?:其|该)?{_OWED}(?:的)?(?:[，,])?(?:以|按照?|依照?|参照)?\Z"
)
_OWED_BEHIND = re.compile(
    rf"[】\])]?[，,](?:按照?|就|对|以){_OWED}(?:计算|计收|计付|计息|支付(?![金款价费])(?=[^，,。;]{{0,6}}(?:利息|违约金|滞纳金)))"
)


def _principal(sentence: Sentence, sanction: Sanction, words: str) -> str | None:
    """The sum that interest at a multiple of a market rate runs on, where it is said beside the rate."""
    if not _OF_RATE.search(words):
        return None
    ahead = sentence.slice(sanction.left, sanction.start).rstrip("的之 ").removesuffix(words.strip("的 "))
    match = _OWED_BEFORE.search(ahead) or _OWED_BEHIND.match(sentence.slice(sanction.end, sanction.right))
    found = match["base"] if match else ""
    return found if _MONEY_NOUN.search(found) and not _OF_RATE.search(found) else None


# 当餐10倍餐费, 所购商品三倍价款: the multiple stands between the halves of its base
_WHICH = re.compile(r"(?:当[餐日天次月场期班单]|所[^，,。;]{1,8}|该[^，,。;]{1,8})\Z")
_NOUN_BEHIND = re.compile(
    r"[】\])]?的?(?P<noun>(?!违约|赔偿|补偿)[^，,。;的]{0,3}?(?:(?<!消)费用?|货款|价款|价格|租金|工资|金额))"
)


def _with_noun(words: str, after: str) -> str | None:
    which, behind = _WHICH.search(words), _NOUN_BEHIND.match(after)
    return which[0] + behind["noun"] if which and behind and not _MONEY_NOUN.search(words) else None


# 低于99%的，减收50%: the next step of a scale is of what the step before was of
_STEP = re.compile(
    r"\A[，,;]?(?:但|且|其中)?[^，,。;]{0,6}?(?:低于|高于|超过|超出|不足|不满|达到?|满|连续|再次|第[二三四五六]次"
    r"|自?第|[\d]+ ?分|[\d.]+%)"
    r"[^。;]*\Z"
)


# 困人故障每次扣减当季服务费的5%，一般故障每次扣减1%
_CUT_AGAIN = re.compile(r"[，,][^。;]*(?:扣减|扣除|核减|减收|扣罚|减免|抵扣|扣) *\Z")


def is_step(sentence: Sentence, sanction: Sanction, since: int) -> bool:
    """Whether a rate that says nothing of its base is one more step of the scale before it.

    Args:
        sentence: that holds it.
        sanction: the rate.
        since: end of the number of the step before, or before the sentence.
    """
    words = sentence.slice(since, sanction.start)
    goes_on = _STEP.match(words) or (since > sentence.start and _CUT_AGAIN.search(words))
    return sanction.form == "rate" and bool(goes_on) and not _MONEY_NOUN.search(words)


def is_total_base(base: str) -> bool:
    """Whether words mean the price of the whole contract, not a part of it (逾期货款, 未付金额)."""
    return bool(_TOTAL_BASE.fullmatch(base)) and not re.fullmatch(r"(?:全部)?(?:价款?|金额|款项?|费用|报酬)", base)


def cap_base(sentence: Sentence, sanction: Sanction) -> str | None:
    """What a cap is taken of: 合同总价 of 不超过合同总价的10%."""
    first, _ = sentence.piece(sanction.start)
    left = sentence.slice(max(first, sanction.left), sanction.start)
    match = re.search(
        r"(?:超过|高于|超出|大于|突破|(?<=不)逾|上限|限额|最高额?|至多|最多|封顶|限于|以)(?:应)?(?:为|是|于|:|按"
        r"|不超过)?(?P<base>[^，,。;]{2,30})\Z",
        left,
    )
    if match is None:
        return None
    base = re.sub(r"(?:的|之)?[ 【\[(_]*\Z", "", match["base"]).strip(" :为")
    return base if _MONEY_NOUN.search(base) else None
