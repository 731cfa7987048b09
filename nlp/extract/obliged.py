"""Who owes what is to be done in a time: the grammar of its sentence, and what the kind of contract lets conclude.

Cells of a table of service levels and deliverables (报告应于10日内提交) bind who performs, 10日内支付30% the payer, a
duty that comes before the first party named (进场后30日内提交方案，甲方应在10日内确认) who acted in the
sentence before.
"""

import re
from collections.abc import Sequence

from nlp.extract.sentences import Sentence
from nlp.extract.subjects import Role, actor, breaker, inherited, roles_in
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
        return breaker(sentence, reading.mentions, value.start, reading.text)
    roles = [r for r in roles_in(sentence, reading.mentions) if r.acts]
    if not roles and reading.mentions.performer and LEVEL_COLUMN.search(column or ""):
        return reading.mentions.performer
    told = _keeper(sentence, value, roles) or _next_duty(reading, sentence, value, roles)
    if told:
        return told
    who = actor(sentence, reading.mentions, value.start, value.end, reading.text)
    if who == "both" and not reading.mentions.within(sentence.start, sentence.end):
        who = inherited(sentence, reading.mentions, reading.text)  # 双方职责 says of no single duty whose it is
    if sort.kind != "deadline":
        return who
    if who in (None, reading.mentions.payee) and _pays_price(sentence, value, roles):
        return reading.mentions.other(reading.mentions.payee) or who
    if who is None and _PAID.match(sentence.after(value.end)):
        return reading.mentions.other(reading.mentions.payee)
    if who is None and (_handed_in(sentence, value) or _performed(reading, sentence, value)):
        return reading.mentions.performer
    return who


# 15分钟内响应，4小时内恢复; 屋面工程应于开工后50天内完工: what who is paid for does, where nobody is named
_WORK = re.compile(
    r"[】\])_ ]*(?:以|之)?内[^，,。;验]{0,4}(?:响应|恢复|修复|到场|到达|上门|进场|运抵|送达|发货|供货|交货|完工|竣工"
    r"|答复|解决|排除|整改|出具|更换|维修|检测|安装|调试|部署|上线|清运|撤场|完成|提交)"
)
_DECIDES = re.compile(r"验收|审核|审批|确认|付款|支付|盖章|备案")


def _performed(reading: Reading, sentence: Sentence, value: Duration) -> bool:
    """Whether a time is that of the work a contract pays for, with nobody named in its sentence."""
    mentions = reading.mentions
    match = _WORK.match(sentence.after(value.end))
    if match is None or mentions.performer is None or mentions.performer != mentions.payee:
        return False
    named = any(m.kind == "party" for m in mentions.within(sentence.start, sentence.end))
    return not named and not _DECIDES.search(sentence.after(value.end)[: match.end() + 8])


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
            r"[】\])]? *(?:以|之)?内(?:提交|报送|提供|交付|出具|完成|报|送|交)", sentence.slice(value.end, past)
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
    if len(rest) < 2 or not roles or roles[0].mention.start < past or sentence.previous is None:
        return None
    if _PAID.match(sentence.after(value.end)):
        return None
    begin, end = sentence.piece(roles[0].mention.start)
    own = any(begin <= other.start < end for other in reading.values.durations)
    return inherited(sentence, reading.mentions, reading.text) if own else None


_PRICE = re.compile(
    r"[】\])]? *(?:以|之)?内[，,]? *(?:应|须|再|一次性)*(?:支付|付)(?:至|清|给)?"
    r"[^，,。;]{0,14}?(?:\d[\d.]*[%％]|[余尾]款|首付|首期|预付款|进度款|价款|货款|服务费|合同款|期款)"
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
_PAID = re.compile(r"[】\])]? *(?:以|之)?内(?:应|须|一次性|再|以[^，,。;]{2,8})?(?:支?付|缴付|付清|结清|支付)")
