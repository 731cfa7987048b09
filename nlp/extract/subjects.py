"""Who acts in a sentence: a small grammar of 甲方 … 应 …, not distance alone.

A mention is a subject at the beginning of a piece or behind a conjunction (如乙方逾期, 甲方应), the doer behind 由
or 要求 (由乙方承担, 有权要求乙方支付), the receiver behind 向, 给 or a verb (向甲方支付, 通知甲方), an owner before
的 or a noun of its own (乙方的原因), and aside otherwise (经甲方验收).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nlp.extract.mentions import Mention, Mentions
from nlp.extract.sentences import Sentence

Function = Literal["subject", "doer", "receiver", "owner", "aside"]

# behind these a mention does what follows: 由乙方, 要求乙方, 责令乙方
_DOER = re.compile(r"(?:由|要求|请求|责令|责成|督促|敦促|促使|催告|允许|授权|委托|令|限|视为|如果?|若|因|倘若|当)\Z")
_DEMAND = re.compile(r"(?:要求|请求|责令|责成|督促|敦促|促使|允许|委托)\Z")
# behind these it is given or told something
_RECEIVER = re.compile(
    r"(?:向|给|给予|付予|予|付给|交给|交付|移交|交予|支付|缴纳给|通知|告知|告诉|赔偿|补偿|退还|返还|退回|归还"
    r"|提交|提供给|报|报告|报送|承担|负担|弥补"
    r"|报经|书面通知|偿还|偿付|赔付|赔偿给|造成|给|致使|导致|汇入|汇至|打入|存入|抄送|函告|征得|取得|获得|经"
    r"|未经|事先经|得到|根据|依据"
    r"|按照?|依照?|遵照|配合|协助|违反|服从|接受|代替|替|代表?|凭|与|同|跟|和|对|对于|为|属于|归|归属|除|收到"
    r"|接到|接|收|接收|自|从"
    r"|在|于|被|受|遭|以|将|把|使用|使|位于|侵犯|侵害|损害|影响|泄露|披露|利用|至|到|交|退|派驻|进驻|进入)\Z"
)
_CONJUNCTION = re.compile(
    r"(?:[,，、:;(（“”\"《》】\s]|以及|及|并且|并|且|而|但是?|则|即|或者?|若|如果?|因为?|由于|当|倘若|假如|一旦"
    r"|只要|凡|对于|鉴于|经|其中"
    r"|后|前|时|内|起|的|除|如因|若因|因此|同时|否则|届时|此时|除非|无论|不论|即使|为|系|是|每|每当|[A-Za-z)）0-9.])\Z"
)
_MODAL = re.compile(
    r"\s*(?:均|都|各|也|还|仍|同时|方|即|则|亦|再|并|双方)?(?:应当?|须|需|必须|有权|无权|有义务|负责|保证|承诺"
    r"|同意|可以?|得|不得"
    r"|将|会|能|拒绝|逾期|延期|迟延|延迟|未|没有|无法|不能|不|擅自|无正当理由|自行|承担|支付|赔偿|提供|交付|违反"
    r"|违约|未能|已|已经|在|于|自"
    r"|向|收到|接到|提前|提出|要求|认为|知道|发现|拖欠|拖延|单方|解除|享有|委派|指派|指定|按|根据|依|如|若|因|每"
    r"|经|对|为|与|及时|立即"
    r"|承认|知悉|确认|授权|签|付|交|完成|组织|安排|配合|协助|负有|履行|出具|开具|退还|返还|或|和|及|、)"
)
# 甲方验收入库后, 甲方确认后; but 甲方要求的, 甲方通知之日
_ACTS = re.compile(r"\s*(?:书面)?(?:验收|确认|通知|要求|同意|认可)(?!的|之|书|单|人|后的)")
# 经甲方同意后: 甲方 is asked, the duty is another's
_CONSENT = re.compile(r"\s*(?:的)?(?:事先|事前|书面|盖章|签字)*(?:同意|批准|许可|认可|核准|授权)")
_OWNED = re.compile(
    r"\s*(?:的|之|所|书面|指定|账户|帐户|账号|住所|所在地|原因|责任|同意|要求|通知|发票|公章|盖章|签字|代表|名义"
    r"|确认|验收|认可|许可|授权书|资料"
    r"|数据|业务|财产|损失|利益|权益|人员名单|损害)"
)


@dataclass(frozen=True, slots=True)
class Role:
    """A mention and what it does in its sentence."""

    mention: Mention
    function: Function

    @property
    def acts(self) -> bool:
        """Whether it is who does what the sentence says."""
        return self.function in ("subject", "doer")


def roles_in(sentence: Sentence, mentions: Mentions) -> list[Role]:
    """What each mention of a sentence does."""
    return [
        Role(m, function_of(sentence.text, m.start - sentence.start, m.end - sentence.start))
        for m in mentions.within(sentence.start, sentence.end)
    ]


def function_of(text: str, start: int, end: int) -> Function:
    """What a mention does.

    Args:
        text: the sentence.
        start: first character of the mention.
        end: one past its last.
    """
    before, after = text[:start].rstrip(), text[end:]
    modal, owned = _MODAL.match(after), _OWNED.match(after)
    if not before:
        return "owner" if owned and not modal and not _ACTS.match(after) else "subject"
    if re.search(r"(?:经|征得|取得|获得|得到)(?:过)?\Z", before) and _CONSENT.match(after):
        return "aside"
    if _DEMAND.search(before):
        return "doer" if not owned else "receiver"
    if before.endswith("由"):
        return "doer"
    if _RECEIVER.search(before) and not _CLAUSE_START.search(before):
        return "receiver" if not owned else "aside"
    if _DOER.search(before) or _CONJUNCTION.search(before):
        if owned and not modal:
            return "owner"
        return "subject"
    return "subject" if modal and not owned else "aside"


# 因甲方, 如因乙方, 为 and 在 may begin a clause: 在甲方验收合格后
_CLAUSE_START = re.compile(r"(?:\A|[,，;:])\s*(?:如|若)?(?:在|经|自|因|除|当|对于?|按照?)\Z")


def owner_of_heading(sentence: Sentence, mentions: Mentions, text: str) -> str | None:
    """The party of a heading such as 乙方的违约责任 or 甲方权利义务."""
    for heading in reversed(sentence.unit.headings):
        found = {m.who for m in heading_mentions(heading, mentions, text)}
        if len(found) == 1:
            return found.pop()
    return None


# 录用乙方人员, 将甲方数据外传: a heading that says what is done to a party is not about its duties
_DONE_TO = re.compile(r"(?:将|把|对|向|给|从|录用|聘用|招用|雇用|使用|泄露|披露|侵犯|损害|冒用|未经|经)\Z")


def heading_mentions(heading: str, mentions: Mentions, text: str) -> Iterator[Mention]:
    """Mentions with the same words as those in a heading."""
    seen: dict[str, Mention] = {}
    for mention in mentions.items:
        words = text[mention.start : mention.end]
        if words not in seen and words in heading and not _DONE_TO.search(heading[: heading.index(words)]):
            seen[words] = mention
    longest = sorted(seen, key=len, reverse=True)
    for words in longest:
        if not any(words != other and words in other for other in longest):
            yield seen[words]


def actor(sentence: Sentence, mentions: Mentions, start: int, end: int, text: str) -> str | None:
    """Who owes what is said around a place.

    Args:
        sentence: that holds the place.
        mentions: of the document.
        start: first character of the value.
        end: one past its last.
        text: folded text of the document.

    Returns:
        Party id, `both`, or None when nobody is named.
    """
    roles = roles_in(sentence, mentions)
    told = next((r.mention for r in roles if _is_told(sentence, r, start)), None)
    if told is not None:
        return told.who
    acting = [r.mention for r in roles if r.acts or _is_cause(sentence, r.mention)]
    acting = [m for m in acting if not _aside_in_brackets(sentence, m, start)]
    first, past = sentence.piece(start)
    here = [m for m in acting if first <= m.start and m.end <= start and not _in_event(sentence, m, start)]
    if here:
        return here[-1].who
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
        if not plain:
            return owner_of_heading(sentence, mentions, text) or ahead[-1].who
        return plain[-1].who
    heading = owner_of_heading(sentence, mentions, text)
    if heading:
        return heading
    behind = [m for m in acting if m.start >= end]
    if behind:
        return behind[0].who
    return inherited(sentence, mentions, text)


def _because_of(sentence: Sentence, mention: Mention) -> bool:
    """甲方裁减人员或因乙方不能胜任解除合同的，应提前30日通知: whose doing it is does not owe."""
    return bool(re.search(r"[或及和并且](?:者)?(?:因|由于)\Z", sentence.before(mention.start).rstrip()))


# 承揽方收到后2日内检验: who receives acts
_RECEIVES = re.compile(r"\s*(?:在|应在|应于|于|自)?(?:收到|接到|收悉|接获|得知|知悉|获悉|知道|发现)")


def _is_told(sentence: Sentence, role: Role, start: int) -> bool:
    """通知存货人在20日内付清: who is told owes."""
    if role.function != "receiver" or role.mention.end > start:
        return False
    told = re.search(r"(?:通知|催告|告知|责令|要求)\Z", sentence.before(role.mention.start).rstrip())
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


def breaker(sentence: Sentence, mentions: Mentions, start: int, text: str) -> str | None:
    """Whose delay a threshold measures: of 逾期超过45日的，甲方有权解除合同 not 甲方, who may leave.

    Args:
        sentence: that holds the threshold.
        mentions: of the document.
        start: first character of the threshold.
        text: folded text of the document.
    """
    roles = [r.mention for r in roles_in(sentence, mentions) if r.acts or _is_cause(sentence, r.mention)]
    ahead = [m for m in roles if m.end <= start]
    if ahead:
        return ahead[-1].who
    before = inherited(sentence, mentions, text)
    if before:
        return before
    behind = [m for m in roles if m.start >= start]
    return (
        mentions.other(behind[0].party) if behind and behind[0].kind == "party" else behind[0].who if behind else None
    )


# what closes an event inside a piece: 乙方交货后, 收到甲方通知之日起
_EVENT_END = re.compile(r"(?:之日|之时|当日|次日|时)?起|之?后(?!续|果|期|勤)|之?前(?!述|款|期|条)|届满|期满")


def _in_event(sentence: Sentence, mention: Mention, start: int) -> bool:
    """Whether a mention is the subject of the event a time counts from, not of the duty: 乙方交货后5日内甲方付款."""
    between = sentence.slice(mention.end, start)
    return bool(_EVENT_END.search(between)) and not re.match(
        r"\s*(?:均|各|也|还|仍)?(?:应|须|需|必须|有权|可|得|将|负责|保证|承诺|在|于|自)", between
    )


def inherited(sentence: Sentence, mentions: Mentions, text: str) -> str | None:
    """The subject of the words that lead to a sentence, of its heading, or of the sentence before."""
    for lead in sentence.leads():
        who = _last_actor(lead, mentions)
        if who:
            return who
    heading = owner_of_heading(sentence, mentions, text)
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
    return any(_DUTY.match(sentence.after(m.end)) for m in ahead) and not _DOER.search(
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
