"""What the words of a sentence themselves say of who pays for a breach and who gets it.

Looked for in this order: who is fined, the receiver (向甲方支付), who must pay (乙方应支付, 由乙方承担), who may take
(甲方有权扣除, 甲方不予退还), whose breach it is (因乙方原因).
"""

import itertools
import re
from dataclasses import dataclass

from nlp.extract.breach_words import breached
from nlp.extract.breachers import breacher, is_fined, is_unheard, steps_in, takes
from nlp.extract.mentions import Mention, Mentions
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import Role, roles_in

_PAYS = re.compile(
    r"[^，,。;]{0,30}?(?:支付|承担|赔偿|偿付|赔付|缴纳|交纳|返还|退还|退回|退(?=[^，,。;]{1,8}的)|负责(?=[，,。;]|\Z|赔|承担|支付|修|更换|返工|处理|解决)|给付|加付|补偿|补足|补(?=[给甲乙丙]|对方)|弥补|消除"
    r"|排除|负担|赔|更换|修理|返工|整改|重做|恢复|清偿|(?<!交)付|改正|支出|双倍)"
)
_LOSES = re.compile(r"\s*(?:无权(?:要求|请求)|不得(?:要求|请求)|丧失|应得)")
_DEMANDS = re.compile(r"(?:要求|责令|请求|催告)\Z")
_GIVEN = re.compile(
    r"(?:向|给|给予|付给|支付给|赔偿给|赔偿|补偿给?|返还给?|退还给?|支付|付予|偿付|偿还给?|赔付给?|(?<!不)赔给?|补给?|对|为)\Z"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a consequence.

    Attributes:
        liable: party id, `both`, or None.
        beneficiary: party id, `both`, or None.
        said: whether the sentence itself names them; else they are told by what stands around it.
    """

    liable: str | None = None
    beneficiary: str | None = None
    said: bool = False


def said(sentence: Sentence, mentions: Mentions, roles: list[Role]) -> Sides:
    """Who is liable to whom by the words themselves; nobody where they do not say.

    Args:
        sentence: that tells the consequence.
        mentions: of the document.
        roles: of the sentence that count for this consequence.
    """
    if _either(sentence, roles):
        return Sides("both", "both")
    fined = next((r.mention for r in roles if is_fined(sentence, r.mention)), None)
    if fined is not None:
        return Sides(fined.who, mentions.other(fined.party))
    giver = next((r.mention for r in roles if r.acts and r.mention.party and _credits(sentence, r, mentions)), None)
    if giver is not None:
        return Sides(giver.who, mentions.other(giver.party))
    receiver = next(
        (r.mention for r in reversed(roles) if _is_given(sentence, r) and not _shown(sentence, r, roles)), None
    )
    payer = _bound_else(sentence, roles) or _payer(sentence, roles, receiver)
    if payer is not None:
        return Sides(payer.who, _receiving(mentions, payer, receiver))
    taker = next((r.mention for r in roles if r.acts and takes(sentence, r.mention)), None)
    breach = _left_undone(sentence, mentions) or breacher(sentence, roles)
    if taker is not None and receiver is not None and _refuses(sentence.slice(taker.end, receiver.start)):
        receiver = None
    if receiver is not None and receiver.kind == "party":
        named = breach.who if breach and breach.kind == "party" and breach.who != receiver.who else None
        other = mentions.other(receiver.party)
        return Sides(named or other or (breach.who if breach and breach.who != receiver.who else None), receiver.who)
    if taker is not None and taker.kind == "party":
        liable = breach.who if breach and breach.who != taker.who else mentions.other(taker.party)
        return Sides(liable, taker.who)
    if breach is not None:
        return Sides(breach.who, _receiving(mentions, breach, receiver))
    if taker is not None:
        return Sides() if taker.kind == "other" and sentence.previous is not None else Sides("both", "both")
    instead = next((r.mention for r in roles if r.mention.kind == "party" and steps_in(sentence, r.mention)), None)
    if instead is not None and mentions.other(instead.party):
        return Sides(mentions.other(instead.party), instead.who)
    kept = next((r.mention for r in roles if _is_kept_from(sentence, r)), None)
    if kept is not None and mentions.other(kept.party):
        return Sides(mentions.other(kept.party), kept.who)
    warns = next((r.mention for r in roles if r.mention.kind == "party" and is_unheard(sentence, r.mention)), None)
    if warns is not None and mentions.other(warns.party):
        return Sides(mentions.other(warns.party), warns.who)
    return Sides()


# 甲方要求更换的，乙方应于3日内完成，否则每日支付1000元
_ELSE = re.compile(r"[，,](?:否则|不然)")


# 甲方应将设备取走。逾期未取的，乙方移库存放，存放费每日10元: whose duty it was, whoever acts then
_UNDONE = re.compile(
    r"\A(?:逾期|到期|届时|仍|经催告)*(?:仍)?(?:未|不|没有?|拒不)(?:按[期时]|及时)?(?P<verb>(?!能|得|得以)[一-龥]{1,2})的[，,]"
)


# 乙方每月5日前提交报表。迟交或者虚报的: whose duty it was, whoever is named beside
_ILL_DONE = re.compile(r"\A[迟晚缓漏错虚瞒误谎](?P<verb>[交报送提填])[^，,。;]{0,12}的[，,]")


def _left_undone(sentence: Sentence, mentions: Mentions) -> Mention | None:
    undone, previous = _UNDONE.match(sentence.text) or _ILL_DONE.match(sentence.text), sentence.previous
    if undone is None or previous is None:
        return None
    acting = [r.mention for r in roles_in(previous, mentions) if r.acts and r.mention.kind == "party"]
    ends = [*(m.start for m in acting[1:]), previous.end] if acting else []
    told = [
        m
        for m, end in zip(acting, ends, strict=True)
        if _must(previous.after(m.end)) and undone["verb"] in previous.slice(m.end, end)
    ]
    return told[-1] if told else None


def _bound_else(sentence: Sentence, roles: list[Role]) -> Mention | None:
    """Whose duty stands in front of 否则, where nobody is named behind it."""
    match = _ELSE.search(sentence.text)
    if match is None or any(r.acts and r.mention.start > sentence.start + match.start() for r in roles):
        return None
    bound = [r.mention for r in roles if r.acts and r.mention.kind == "party" and _must(sentence.after(r.mention.end))]
    return bound[-1] if bound else None


# 甲方逾期付款、乙方逾期交付的，均按…向对方支付; 甲方迟付或乙方迟交的，各按…赔给对方
_ONE_OR_OTHER = re.compile(r"[^，,。;]{1,14}(?:、|[，,]?(?:或者?|和|以及|及))\Z")


def _either(sentence: Sentence, roles: list[Role]) -> bool:
    """Whether a case names both parties in turn and who pays is the one whose case it is."""
    acting = [r.mention for r in roles if r.acts and r.mention.kind == "party"]
    for first, second in itertools.pairwise(acting):
        between = sentence.slice(first.end, second.start)
        if first.party != second.party and _ONE_OR_OTHER.fullmatch(between) and breached(between):
            return bool(re.search(r"[，,].*(?:对方|另一方|守约方)", sentence.after(second.end)))
    return False


# 未在24小时内告知客户的: it was the other's duty to tell
_KEPT_FROM = re.compile(
    r"(?:未|不|没有|延迟|逾期|迟延)[^，,。;]{0,14}(?:通知|告知|告诉|报告|提交|交付|移交|归还|返还)(?:给)?\Z"
)


def _is_kept_from(sentence: Sentence, role: Role) -> bool:
    return role.mention.kind == "party" and bool(_KEPT_FROM.search(sentence.before(role.mention.start).rstrip()))


def _credits(sentence: Sentence, role: Role, mentions: Mentions) -> bool:
    """乙方按当月服务费的10%抵扣: who is paid the fee gives up a part of it."""
    given = re.match(r"(?!\s*(?:有权|可))[^，,。;]{0,30}(?:抵扣|抵减|减免)", sentence.after(role.mention.end))
    return (
        role.mention.party == mentions.payee
        and bool(given)
        and not re.search(r"押金|保证金", given[0] if given else "")
    )


def _refuses(between: str) -> bool:
    """甲方有权拒绝向乙方支付: 乙方 gets nothing."""
    return bool(re.search(r"拒绝|不|暂停|停止|无需|扣|解除", between))


def _is_given(sentence: Sentence, role: Role) -> bool:
    before = sentence.before(role.mention.start).rstrip()
    after = sentence.after(role.mention.end)
    given = _GIVEN.search(before)
    if role.mention.kind in ("any", "all", "breaching", "affected") or not given:
        return False
    if given[0] == "向" and _COLLECTS.match(after):
        return False
    if given[0] in ("支付", "赔偿", "偿付") and after.startswith("的"):
        return False
    return given[0] not in ("对", "为") or bool(re.match(r"\s*(?:支付|赔偿|补偿|承担)", after))


# 向承租方收取, 向乙方追偿: who is asked pays
_COLLECTS = re.compile(r"\s*(?:收取|加收|计收|追偿|追索|追讨|索赔|索要|主张|要求|请求)")


def _charged(sentence: Sentence, mention: Mention) -> bool:
    """费用按实际发生额的120%向承租方收取; not 引发员工向甲方主张权利的."""
    rest = sentence.slice(mention.end, sentence.piece(mention.start)[1])
    return bool(re.match(r"\s*(?:收取|加收|计收|追偿|追索|追讨)", rest)) and not rest.rstrip().endswith(
        ("的", "时", "后")
    )


# 甲方应向乙方移交资料，乙方应归还，每迟一日支付500元: who is given papers gets no money for it
_PAPERS = re.compile(
    r"\s*(?:书面)?(?:移交|提交|交付|提供|报送|出具|发出|发送|开具|告知|说明|申请|披露|报告|交接|归还|送达|发货|供货|供应)"
)


def _shown(sentence: Sentence, role: Role, roles: list[Role]) -> bool:
    papers = sentence.before(role.mention.start).endswith("向") and _PAPERS.match(sentence.after(role.mention.end))
    return bool(papers) and any(r.acts and r.mention.start > role.mention.start for r in roles)


def _payer(sentence: Sentence, roles: list[Role], receiver: Mention | None) -> Mention | None:
    """Who must pay: 乙方应支付, 由乙方承担, 有权要求乙方赔偿; the last one said, for the consequence stands last."""
    found = None
    for role in roles:
        mention = role.mention
        before, after = sentence.before(mention.start).rstrip(), sentence.after(mention.end)
        if mention.kind == "party" and before.endswith("向") and _charged(sentence, mention):
            found = mention
            continue
        if mention == receiver or (not role.acts and not _DEMANDS.search(before)):
            continue
        if _LOSES.match(after):
            return mention
        if takes(sentence, mention) and not before.endswith("由"):
            continue
        if _must(after) and _PAYS.match(after):
            found = mention
    return found


def _must(after: str) -> bool:
    """Whether a duty follows, not an event (乙方支付预付款后)."""
    head = re.match(r"[^，,。;]{0,60}", after)
    words = head[0] if head else ""
    duty = re.match(
        r"\s*(?:均|还|也|仍|同时|另|则|即|都)?(?:应当?|须|需|必须|负责|自行|承担|赔偿|支付|需要|愿意|同意|保证"
        r"|将|按|每|向|以|双倍)",
        words,
    )
    return bool(duty) and not re.search(r"(?:的|后|时|前)\Z", words.rstrip())


def _receiving(mentions: Mentions, payer: Mention, receiver: Mention | None) -> str | None:
    if receiver is not None and receiver.kind == "party":
        return receiver.who
    return mentions.other(payer.who)
