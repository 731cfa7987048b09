"""Who owes what is said around a place of a sentence, and whose delay a threshold measures.

In `乙方交货后5日内甲方付款` and `甲方因乙方不能胜任解除合同的，应提前30日通知` 甲方 owes, and below
a heading 甲方的责任 its party (`乙方突发疾病的，10分钟内处置`). What each mention does in its sentence:
nlp.extract.subjects.
"""

import re

from nlp.extract.mentions import Mention, Mentions
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import DOER, LETS, Role, owner_of_heading, roles_in


def actor(sentence: Sentence, mentions: Mentions, start: int, end: int) -> str | None:
    """Who owes what is said around a place.

    Args:
        sentence: that holds the place.
        mentions: of the document.
        start: first character of the value.
        end: one past its last.

    Returns:
        Party id, `both`, or None when nobody is named.
    """
    roles = roles_in(sentence, mentions)
    later = sentence.after(end).startswith(("后", "之后", "以后"))  # 通知乙方7日后合同解除 asks nothing of 乙方
    told = next((r.mention for r in roles if not later and _is_told(sentence, r, start)), None)
    if told is not None:
        return told.who
    acting = [r.mention for r in roles if r.acts or _is_cause(sentence, r.mention)]
    acting = [m for m in acting if not _aside_in_brackets(sentence, m, start) and not _urges(sentence, m)]
    first, past = sentence.piece(start)
    here = [m for m in acting if first <= m.start and m.end <= start and not _in_event(sentence, m, start)]
    if here:
        return here[-1].who
    direct = next((r.mention for r in roles if _is_beside(sentence, r, end)), None)
    if direct is not None:
        return direct.who
    beside = [m for m in acting if end <= m.start < past]
    if beside:
        return beside[0].who
    rest = sentence.slice(end, past).strip("内后前以之起的 )")
    if len(rest) <= 1:
        behind = [m for m in acting if m.start >= past]
        owing = [m for m in behind if not _in_case(sentence, m)]
        if behind:
            return (owing or behind)[0].who
    ahead = [m for m in acting if m.end <= start]
    receiving = [m for m in ahead if first <= m.start and _RECEIVES.match(sentence.slice(m.end, start))]
    if receiving:
        return receiving[-1].who
    if ahead:
        ahead = [m for m in ahead if not _because_of(sentence, m)] or ahead
        plain = [m for m in ahead if not _in_event(sentence, m, start)]
        named = owner_of_heading(sentence, mentions)
        if not plain:
            return named if named and named != "both" else ahead[-1].who
        if named and named != plain[-1].who and _is_duty_of_heading(sentence, plain):
            return named
        return plain[-1].who
    heading = owner_of_heading(sentence, mentions)
    if heading:
        return heading
    behind = [m for m in acting if m.start >= end]
    if behind and _is_answer(sentence, end, behind[0]):
        return inherited(sentence, mentions) or mentions.other(behind[0].party)
    if behind:
        return behind[0].who
    return inherited(sentence, mentions)


# 设备到场前2天供方通知需方
_BESIDE = re.compile(r"[】\])_ ]*(?:(?:之|以)?[内前后])?[，, ]?(?:由|应由|须由)? ?")


def _is_beside(sentence: Sentence, role: Role, end: int) -> bool:
    """Whether a mention stands right behind a time: it does what is to be done then."""
    mention = role.mention
    near = mention.start - end >= 0 and _BESIDE.fullmatch(sentence.slice(end, mention.start))
    owner = re.match(r"\s*(?:的|之(?!前|后)|所)", sentence.after(mention.end))
    return bool(near) and not owner and not _in_case(sentence, mention)


# 变更后7日内提供新件，逾期提供的，甲方暂停下单; 10日内返工，返工后仍不合格的，甲方可解除; 10日内派人，否则甲方可…
_LATE_CASE = re.compile(r"(?:逾期|未|不|迟|超过|超期|[^，,。;]{0,8}(?:仍|还)[不未没无])[^，,。;]*的\Z")
_OR_ELSE = re.compile(r"否则|不然\Z")
_MAY = re.compile(r"[^，,。;]{0,6}(?:可|有权)")


def _is_answer(sentence: Sentence, end: int, mention: Mention) -> bool:
    """Whether what a party does is only the answer to the other one's being late."""
    past = sentence.piece(end - 1)[1]
    between = [sentence.slice(s, e).strip() for s, e in sentence.pieces if past < s and e <= mention.start]
    if any(_LATE_CASE.match(words) for words in between):
        return True
    if _OR_ELSE.search(sentence.slice(sentence.piece(mention.start)[0], mention.start)):
        return True
    undone = re.search(r"[未不没][^，,。;]{1,16}的\Z", sentence.slice(end, past))
    return bool(undone) and not between and bool(_MAY.match(sentence.after(mention.end)))


_DUTIES = re.compile(r"(?:责任|义务|职责|承诺)")


def _is_duty_of_heading(sentence: Sentence, acting: list[Mention]) -> bool:
    """甲方的责任: （2）乙方突发疾病的，10分钟内…: the case is about the other one, the duty is of the heading's."""
    heading = sentence.unit.headings[-1] if sentence.unit.headings else ""
    if not _DUTIES.search(heading) or re.search(r"权利|权力|违约", heading):
        return False
    return all(_in_case(sentence, m) and not _DUTY.match(sentence.after(m.end)) for m in acting)


_URGED = re.compile(r"\s*(?:书面|口头|两次|再次|多次)*(?:催告|催促|催缴|催要|催收|提醒|指出|通知)")


def _urges(sentence: Sentence, mention: Mention) -> bool:
    """经甲方催告后10日内仍未付清的: who urges does not owe."""
    return sentence.before(mention.start).endswith("经") and bool(_URGED.match(sentence.after(mention.end)))


def _because_of(sentence: Sentence, mention: Mention) -> bool:
    """甲方裁减人员或因乙方不能胜任解除合同的，应提前30日通知: whose doing it is does not owe; nor in 甲方因乙方…."""
    before = sentence.before(mention.start).rstrip()
    return bool(re.search(r"[或及和并且方人位司](?:者)?(?:因|由于)\Z", before))


# 承揽方收到后2日内检验: who receives acts
_RECEIVES = re.compile(r"\s*(?:在|应在|应于|于|自)?(?:收到|接到|收悉|接获|得知|知悉|获悉|知道|发现)")


def _is_told(sentence: Sentence, role: Role, start: int) -> bool:
    """通知存货人在20日内付清: who is told owes."""
    if role.function != "receiver" or role.mention.end > start:
        return False
    told = re.search(rf"(?:通知|催告|告知|责令|要求|{LETS})\Z", sentence.before(role.mention.start).rstrip())
    return bool(
        told
        and re.fullmatch(
            r"\s*(?:在|于|应|须|限期?|最迟|应在|应于|须在|务必)*[【\[(_ ]*", sentence.slice(role.mention.end, start)
        )
    )


def _aside_in_brackets(sentence: Sentence, mention: Mention, start: int) -> bool:
    """甲方提前解约(乙方违约的除外)，应提前2个月: what a bracket adds is not who owes outside of it."""
    before = sentence.before(mention.start)
    inside = before.rfind("(") > before.rfind(")")
    return inside and ")" in sentence.slice(mention.end, start)


def _in_case(sentence: Sentence, mention: Mention) -> bool:
    """乙方无违约的，甲方退还保证金: the piece about 乙方 says when, not who owes."""
    return sentence.slice(mention.end, sentence.piece(mention.start)[1]).rstrip().endswith(("的", "时", "后"))


_CAUSE = re.compile(r"(?:因|由于|因为)\Z")
_FAULT = re.compile(r"(?:的|方)?[^，,。;]{0,6}(?:原因|过错|过失|责任|违约)")


def _is_cause(sentence: Sentence, mention: Mention) -> bool:
    """因发包人原因未能在90天内发出通知: it is 发包人 who did not."""
    before, after = sentence.before(mention.start), sentence.after(mention.end)
    return bool(_CAUSE.search(before.rstrip()) and _FAULT.match(after))


def breaker(sentence: Sentence, mentions: Mentions, start: int) -> str | None:
    """Whose delay a threshold measures: of 逾期超过45日的，甲方有权解除合同 not 甲方, who may leave.

    Args:
        sentence: that holds the threshold.
        mentions: of the document.
        start: first character of the threshold.
    """
    roles = [r.mention for r in roles_in(sentence, mentions) if r.acts or _is_cause(sentence, r.mention)]
    ahead = [m for m in roles if m.end <= start]
    if ahead:
        return ahead[-1].who
    before = inherited(sentence, mentions)
    if before:
        return before
    behind = [m for m in roles if m.start >= start]
    return (
        mentions.other(behind[0].party) if behind and behind[0].kind == "party" else behind[0].who if behind else None
    )


# what closes an event inside a piece: 乙方交货后, 收到甲方通知之日起
_EVENT_END = re.compile(r"(?:之日|之时|当日|次日|时)?起|之?后(?!续|果|期|勤)|(?<!提)之?前(?!述|款|期|条)|届满|期满")


def _in_event(sentence: Sentence, mention: Mention, start: int) -> bool:
    """Whether a mention is the subject of the event a time counts from, not of the duty: 乙方交货后5日内甲方付款."""
    between = sentence.slice(mention.end, min(start, sentence.piece(mention.start)[1]))
    if sentence.before(mention.start).endswith("由") and re.search(r".(?:在|于)[^，,。;]{1,12}后\Z", between):
        return False  # 由乙方凭票在返岗后15日内报销
    return bool(_EVENT_END.search(between)) and not re.match(
        r"\s*(?:均|各|也|还|仍)?(?:应|须|需|必须|有权|可|得|将|负责|保证|承诺|在|于|自)", between
    )


def inherited(sentence: Sentence, mentions: Mentions) -> str | None:
    """The subject of the words that lead to a sentence, of its heading, or of the sentence before."""
    for lead in sentence.leads():
        who = _last_actor(lead, mentions)
        if who:
            return who
    heading = owner_of_heading(sentence, mentions)
    if heading and heading != "both":
        return heading
    previous = sentence.previous
    while previous is not None:
        who = _last_actor(previous, mentions)
        if who:
            return who
        previous = previous.previous
    return heading  # 双方职责 says of no single duty whose it is


_DUTY = re.compile(r"\s*(?:均|都|也|还|并|方)?(?:应当?|须|需|必须|不得|不可|不能|禁止|严禁|负责|保证|承诺)")


def _inside_duty(sentence: Sentence, mention: Mention, acting: list[Mention]) -> bool:
    """加盟商不得经营总部未授权的产品: 总部 stands inside what 加盟商 must not do."""
    first, _ = sentence.piece(mention.start)
    ahead = [m for m in acting if first <= m.start < mention.start]
    return any(_DUTY.match(sentence.after(m.end)) for m in ahead) and not DOER.search(
        sentence.slice(first, mention.start).rstrip()
    )


def _last_actor(sentence: Sentence, mentions: Mentions) -> str | None:
    """The subject of the last predicate of a sentence; of 乙方有下列情形之一的，甲方有权解除 that of the case."""
    acting = [r.mention for r in roles_in(sentence, mentions) if r.acts]
    acting = [m for m in acting if not _inside_duty(sentence, m, acting)]
    if not acting:
        return None
    if re.search(r"(?:下列|以下|如下)(?:情形|情况|行为|事项|任一)", sentence.text):
        case = [m for m in acting if re.match(r"[^，,]{0,8}(?:有|出现|存在|发生|具有)", sentence.after(m.end))]
        if case:
            return case[0].who
    return acting[0].who if len(acting) == 1 else acting[-1].who
