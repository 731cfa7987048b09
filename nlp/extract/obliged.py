"""Who owes what is to be done in a time: the grammar of its sentence, and what the kind of contract lets conclude.

Cells of a table of service levels and deliverables (报告应于10日内提交) bind who performs, 10日内支付30% the payer, a
duty that comes before the first party named (进场后30日内提交方案，甲方应在10日内确认) who acted in the
sentence before.
"""

import re
from collections.abc import Sequence

from nlp.extract.actors import actor, breaker, inherited
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import Role, roles_in
from nlp.extract.timing_kinds import Sort
from nlp.reading import Reading
from nlp.values.durations import Duration

# what a table of service levels measures
LEVEL_COLUMN = re.compile(
    r"响应|应答|到场|到达|上门|恢复|修复|解决|处[理置]|定位|排除|答复|回复|反馈|整改|办结|送达|完成|RTO|RPO|SLA"
)


def who_owes(reading: Reading, sentence: Sentence, value: Duration, sort: Sort, column: str | None) -> str | None:
    """Who owes what is to be done in time.

    Args:
        reading: of the document.
        sentence: that holds the time.
        value: the time.
        sort: what sort of time it is.
        column: head of its column, in a table.

    Returns:
        Party id, `both`, or None when nobody can tell.
    """
    if sort.kind == "term":
        return "both"
    if sort.kind == "threshold":
        who = breaker(sentence, reading.mentions, value.start)
        undone = who is None and _WORK_UNDONE.match(sentence.after(value.end))
        return reading.mentions.performer if undone else who
    roles = [r for r in roles_in(sentence, reading.mentions) if r.acts]
    if not roles and reading.mentions.performer and LEVEL_COLUMN.search(column or ""):
        return reading.mentions.performer
    told = _keeper(sentence, value, roles) or _next_duty(reading, sentence, value, roles)
    told = told or _teller(reading, sentence, value, roles) or _giver_back(reading, sentence, value, roles)
    told = told or _checks_and_pays(reading, sentence, value)
    told = told or (_in_own_case(sentence, value, roles) if sort.kind == "duration" else None)
    if told:
        return told
    if not roles and _handed_in(sentence, value):
        return reading.mentions.performer
    who = actor(sentence, reading.mentions, value.start, value.end)
    if who == "both" and not reading.mentions.within(sentence.start, sentence.end):
        who = inherited(sentence, reading.mentions)  # 双方职责 says of no single duty whose it is
    if sort.kind != "deadline":
        return who
    if who in (None, reading.mentions.payee) and _pays_price(sentence, value, roles):
        return reading.mentions.other(reading.mentions.payee) or who
    if who is None and _PAID.match(sentence.after(value.end)):
        return reading.mentions.other(reading.mentions.payee)
    if who is None and (_handed_in(sentence, value) or _performed(reading, sentence, value, roles)):
        return reading.mentions.performer
    if who is None and _CHANGES_STAFF.search(sentence.before(value.start)):
        return reading.mentions.performer
    if who is None and reading.mentions.employed and _ASKS.match(sentence.after(value.end)):
        return reading.mentions.payee
    return who


# 更换驻场人员须提前10个工作日书面申请: whose staff it is
_CHANGES_STAFF = re.compile(
    r"(?:更换|调换|撤换|调整)[^，,。;]{0,8}(?:人员|负责人|经理|工程师|队员|成员|教师|技师)(?:的[，,])?[^，,。;]{0,4}提前\Z"
)
# 事假须提前1日申请, 发现后须在1小时内报告
_ASKS = re.compile(
    r"[】\])_ ]*(?:(?:之|以)?[内前])?(?:书面|口头|及时)*(?:申请|提交|提出|报告|报备|上交|请假|告知|删除"
    r"|[把将][^，,。;]{1,24}交[回还]|交[回还]|办[结完]交接)"
)
# 提前48小时通知甲方, 3个工作日内书面告知乙方, 提前30日将稿件交甲方审查, 15日内退还乙方
_TELLS = re.compile(
    r"[】\])_ ]*(?:(?:之|以)?[内前])?(?:应当?|须|以)?(?:书面|电话|口头|邮件|短信|正式|及时)*(?:形式|方式)?"
    r"(?:无息|不计利?息|全额|一次性)*"
    r"(?:通知|告知|告诉|知会|报告|报请|报经|报送|报|提交|提供|移交|交付|提请|征得|征求|取得|退还|返还|退回"
    r"|(?:将|把)[^，,。;]{1,12}(?:交|报|送)(?:给|送|至)?)(?:给)?"
)
_OUTSIDER = re.compile(
    r"监理|造价|审计|银行|部门|机关|机构|第三[方人]|总包|担保人|检测|经办人|审批人|双方|任何一方|一方"
)


def _teller(reading: Reading, sentence: Sentence, value: Duration, roles: Sequence[Role]) -> str | None:
    """提前48小时通知甲方: of two parties who is told leaves the other one as who tells."""
    past = sentence.piece(value.start)[1]
    ahead = reading.mentions.within(sentence.start, value.start)
    if any(r.mention.start < value.start for r in roles) or any(m.kind == "party" for m in ahead):
        return None
    told = next((m for m in reading.mentions.within(value.end, past) if m.kind == "party"), None)
    if told is None or not _TELLS.fullmatch(sentence.slice(value.end, told.start)):
        return None
    return None if _OUTSIDER.search(sentence.before(value.start)) else reading.mentions.other(told.party)


_RETURNED = re.compile(
    r"[】\])_ ]*(?:之|以)?内[，,]?(?:应|须|将|予以)?(?:无息|不计利?息|全额|一次性|如数|原路|足额)*"
    r"(?:退还|退回|返还|退付|退清|退(?=[，,。;]|\Z))"
)
_DEPOSIT = re.compile(r"押金|保证金|保障金|定金|诚意金")
_DEPOSITS = re.compile(r"[^，,。;]{0,30}?(?:缴存|交纳|缴纳|支付|提交|存入|汇入|[交付缴存])")


def _giver_back(reading: Reading, sentence: Sentence, value: Duration, roles: Sequence[Role]) -> str | None:
    """乙方缴存保障金…，期满后15日内无息退回: who was given a deposit gives it back."""
    first, _ = sentence.piece(value.start)
    before = sentence.before(value.start)
    if not _RETURNED.match(sentence.after(value.end)) or not _DEPOSIT.search(before):
        return None
    ahead = [r.mention for r in roles if r.mention.end <= value.start and r.mention.kind == "party"]
    if any(first <= m.start for m in ahead):
        return None
    payee = reading.mentions.payee
    gave = next((m for m in ahead if _DEPOSITS.match(sentence.after(m.end))), None)
    if gave is None:
        return payee if not ahead and "押金" in before else None
    return reading.mentions.other(gave.party) or (payee if payee != gave.party else None)


_CHECKS = re.compile(
    r"(?:书面|审查|审核|核对|复核|核实|核定|审定|查验|检验|验收|抽检|确认|签收|收到|收讫|无误|合格|通过|完毕|并|后)+"
    r"(?:之日起?|起)?[ _【\[(]*"
)
_PAYS_THEN = re.compile(
    r"[】\])_ ]*(?:之|以)?内[，,]?(?:应当?|须|将|予以|一次性|足额|全额)*(?:支付|付款|付清|付|结清|结算)"
)


def _checks_and_pays(reading: Reading, sentence: Sentence, value: Duration) -> str | None:
    """乙方提交结算单，甲方核对无误后15日内支付: who checks what is to be paid pays it, whoever was bound before."""
    first, _ = sentence.piece(value.start)
    if not _PAYS_THEN.match(sentence.after(value.end)):
        return None
    for mention in reading.mentions.within(first, value.start):
        ahead = sentence.slice(first, mention.start).strip()
        checks = _CHECKS.fullmatch(sentence.slice(mention.end, value.start))
        if mention.kind == "party" and mention.party != reading.mentions.payee and checks and ahead in ("", "经", "待"):
            return mention.party
    return None


_STATED = re.compile(r"(?:期限|期间?|时间)(?:为|是|:)")


def _in_own_case(sentence: Sentence, value: Duration, roles: Sequence[Role]) -> str | None:
    """乙方离职后一年内，到同类机构任职的，甲方支付补偿: 乙方 must not; so 乙方负有义务，期限为12个月，甲方支付."""
    first, past = sentence.piece(value.start)
    behind = next((r.mention.start for r in roles if r.mention.start >= past), sentence.end)
    ahead = [r.mention for r in roles if r.mention.end <= value.start]
    if not ahead or sentence.slice(value.end, past).strip("】]) 内"):
        return None
    if _STATED.search(sentence.slice(first, value.start)):
        return ahead[-1].who
    cases = [sentence.slice(s, e).rstrip() for s, e in sentence.pieces if past < s and e <= behind]
    return ahead[-1].who if first <= ahead[-1].start and any(c.endswith("的") for c in cases) else None


# 15分钟内响应，4小时内恢复; 屋面工程应于开工后50天内完工: what who is paid for does, where nobody is named
_WORK = re.compile(
    r"[】\])_ ]*(?:内、[^，,。;]{2,30}?)?(?:(?:以|之)?内[^，,。;验]{0,4})?"
    r"(?:响应|恢复|修复|到场|到达|上门|进场|运抵|送达|发货|供货|到货|交货|交清|交齐|完工|竣工|答复|解决|排除|整改|出具|更换|维修|检测|安装"
    r"|调试|部署|上线|清运|撤场|完成|提交|(?:电话|书面|口头)报告|上报|上传|远程|补植|补种|补栽|抢修|救援|处置)"
)
_DECIDES = re.compile(r"验收|审核|审批|(?<!远程)确认|付款|支付|盖章|备案")


def _performed(reading: Reading, sentence: Sentence, value: Duration, roles: Sequence[Role]) -> bool:
    """Whether a time is that of the work a contract pays for, with nobody named in its sentence."""
    mentions = reading.mentions
    words = sentence.after(value.end)
    match = _WORK.match(words)
    if match is None or mentions.performer is None or mentions.performer != mentions.payee:
        return False
    return not roles and not _DECIDES.search(re.split("[，,]", words[: match.end() + 8])[0])


# 超过72小时不能排除的
_WORK_UNDONE = re.compile(
    r"[】\])_ ]*(?:以上)?(?:仍|还|尚)?(?:不能|未能?|没有?|无法)"
    r"(?:修复|排除|恢复|到场|解决|完成|交付|交货|更换|整改|送达|响应|修好|处理)"
)
_DONE = r"(?:报告|月报|周报|季报|年报|方案|成果|图纸|文件|资料|总结|记录|清单|纪要|样稿|初稿|终稿|证书)"


def _handed_in(sentence: Sentence, value: Duration) -> bool:
    """报告应于季度结束后10个工作日内提交: what is handed in is the work of who performs."""
    first, past = sentence.piece(value.start)
    due = re.match(
        rf"[^，,。;]{{0,8}}{_DONE}(?:均|都|也)?(?:应当?|须|需|必须|最迟)?(?:在|于|自)",
        sentence.slice(first, value.start),
    )
    return bool(
        due
        and re.match(
            r"[】\])]? *(?:(?:以|之)?内)?(?:提交|报送|提供|交付|出具|完成|报|送|交)", sentence.slice(value.end, past)
        )
    )


_KEEPS = re.compile(r"(?:保存|保管|保留|留存|存放|寄存|存储|看管)(?:至|到)[^，,。;]*\Z")


def _keeper(sentence: Sentence, value: Duration, roles: Sequence[Role]) -> str | None:
    """乙方保存至报告签发后30日: who keeps a thing until then, whatever 乙方 stands in front of."""
    first, _ = sentence.piece(value.start)
    match = _KEEPS.search(sentence.slice(first, value.start))
    ahead = [r.mention for r in roles if match and first <= r.mention.start and r.mention.end <= first + match.start()]
    return ahead[-1].who if ahead else None


def _next_duty(reading: Reading, sentence: Sentence, value: Duration, roles: Sequence[Role]) -> str | None:
    """进场后30日内提交方案，甲方应在10日内确认: 甲方 owes within a time of its own, the first is of the one before."""
    _, past = sentence.piece(value.start)
    rest = sentence.slice(value.end, past).strip("】]) 内后前以之起的")
    if len(rest) < 2 or not roles or roles[0].mention.start < past:
        return None
    if _PAID.match(sentence.after(value.end)):
        return None
    begin, end = sentence.piece(roles[0].mention.start)
    own = any(begin <= other.start < end for other in reading.values.durations)
    if not own:
        return None
    if _OBJECTION.search(sentence.before(value.start)):
        return reading.mentions.other(reading.mentions.payee)
    before = inherited(sentence, reading.mentions) if sentence.previous is not None else None
    return before or reading.mentions.other(roles[0].mention.party)


# 质量异议应在到货后10日内提出
_OBJECTION = re.compile(r"异议[，,]?[^，,。;]{0,16}\Z")


_PRICE = re.compile(
    r"[】\])]? *(?:以|之)?内[，,]? *(?:应|须|再|一次性)*(?:支付|付)(?:至|清|给)?"
    r"[^，,。;]{0,14}?(?:\d[\d.]*[%％]|[余尾]款|首付|首期|预付款|进度款|价款|货款|服务费|合同款|期款)"
    r"|[】\])]? *(?:以|之)?内[，,]? *(?:应|须|一次性)*(?:付款|付清|结清)(?=[，,。;]|\Z)"
    r"|[】\])]? *(?:以|之)?内[，,]? *(?:余款|尾款|剩余款?)[^，,。;]{0,10}(?:付清|支付|结清|付讫)"
)
_NO_PRICE = re.compile(r"违约金|赔偿|保证金|押金|罚|补偿|滞纳|利息|退")
_WHEN = re.compile(r"后(?!续|果)|之日起|时起|届满|期满|完毕")


def _pays_price(sentence: Sentence, value: Duration, roles: Sequence[Role]) -> bool:
    """乙方提交终稿后10日内，支付余款: the party named is no more than who does what the payer waits for."""
    words = sentence.after(value.end)
    if not _PRICE.match(words) or _NO_PRICE.search(words[:40]):
        return False
    ahead = [r.mention for r in roles if r.mention.end <= value.start]
    return all(
        _WHEN.search(sentence.slice(m.end, value.start)) and not _OWES.match(sentence.after(m.end)) for m in ahead
    )


_OWES = re.compile(r" *(?:均|也|还)?(?:应当?|须|需|必须|负责|承诺|保证|同意)")


# 签订后七日内付30%: who pays the price pays
_PAID = re.compile(
    r"[】\])]? *(?:以|之)?内(?:应|须|一次性|再|以[^，,。;]{2,8})?(?:支?付|缴付|付清|结清|支付)"
    r"|[】\])]? *(?:支?付|交|缴)(?:纳|清)?(?:下一?|次)(?:个)?[期季月年]"
)
