"""Who pays for a breach and who gets it.

`乙方逾期交货的，应向甲方支付违约金`: 乙方 pays 甲方. Said by, in this order: the receiver (向甲方支付), who must pay
(乙方应支付, 由乙方承担), who may take (甲方有权扣除, 甲方不予退还), whose breach it is (因乙方原因), the words that
lead to it.
"""

import itertools
import re
from dataclasses import dataclass

from nlp.extract.actors import inherited
from nlp.extract.breach_words import breached
from nlp.extract.breachers import WARNS, breacher, is_fined, steps_in, takes
from nlp.extract.liable_by_case import PRICE_UNPAID, by_case, is_stranger, takes_back
from nlp.extract.mentions import Mention, Mentions
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import Role, owner_of_heading, roles_in

_PAYS = re.compile(
    r"[^，,。;]{0,30}?(?:支付|承担|赔偿|偿付|赔付|缴纳|交纳|返还|退还|退回|退(?=[^，,。;]{1,8}的)|负责(?=[，,。;]|\Z|赔|承担|支付|修|更换|返工|处理|解决)|给付|加付|补偿|补足|补(?=[给甲乙丙]|对方)|弥补|消除"
    r"|排除|负担|赔|更换|修理|返工|整改|重做|恢复|清偿|(?<!交)付|改正|支出|双倍)"
)
_LOSES = re.compile(r"\s*(?:无权(?:要求|请求)|不得(?:要求|请求)|丧失|应得)")
_DEMANDS = re.compile(r"(?:要求|责令|请求|催告)\Z")
_GIVEN = re.compile(
    r"(?:向|给|给予|付给|支付给|赔偿给|赔偿|补偿给?|返还给?|退还给?|支付|付予|偿付|偿还给?|赔付给?|(?<!不)赔给?|补给?|对|为)\Z"
)


# 扣减当月服务费的2%: whoever is paid the fee loses
_FEE_CUT = re.compile(
    r"(?:扣除|扣减|扣罚|扣发|扣|核减|减付|减免)[^，,。;]{0,10}(?:服务费|管理费|费用|货款|工程款|运费|合同款|款项|物业费|进度款|设备款"
    r"|考核款|工资|报酬)|(?:价格|价款|货款|费用|合同价|服务费)[^，,。;]{0,4}(?:减少|降低|下调|扣减|核减|减收)|(?:扣减|核减|抵扣|减付|减免|扣罚)(?:的)?(?:比例|标准|幅度)"
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


def sides_of(
    sentence: Sentence, mentions: Mentions, start: int, end: int, text: str, before: Sides | None = None
) -> Sides:
    """Who is liable to whom for the consequence in a range.

    Args:
        sentence: that holds the range.
        mentions: of the document.
        start: where the words about this consequence begin (behind the one before).
        end: where they end.
        text: folded text of the document.
        before: sides of the penalty of the sentence before in the same paragraph.
    """
    roles = [r for r in roles_in(sentence, mentions) if start <= r.mention.start < end]
    found = _said(sentence, mentions, roles)
    if found.liable is None and start > sentence.start:
        whole = [r for r in roles_in(sentence, mentions) if r.mention.start < end]
        found = _said(sentence, mentions, whole)
    said, gets = found.liable is not None, found.beneficiary
    if not said:
        found = _around(sentence, mentions, (start, end), text, before)
    # between three parties the receiver stands in the sentence, who owes around it
    found = Sides(_not_who_gets(sentence, mentions, gets) or found.liable, gets) if _of_three(mentions, gets) else found
    beneficiary = found.beneficiary or mentions.other(found.liable)
    return Sides(found.liable or mentions.other(beneficiary), beneficiary, said)


def _of_three(mentions: Mentions, gets: str | None) -> bool:
    return gets not in (None, "both") and mentions.other(gets) is None


def _not_who_gets(sentence: Sentence, mentions: Mentions, gets: str | None) -> str | None:
    """Who has duties in the sentences before, where who gets the sum is known (乙方须重新交存。…，甲方可扣收4万元)."""
    before = sentence.previous
    while before is not None:
        acting = [r.mention.party for r in roles_in(before, mentions) if r.acts and r.mention.kind == "party"]
        others = {party for party in acting if party != gets}
        if others:
            return others.pop() if len(others) == 1 else None
        before = before.previous
    return None


def _around(sentence: Sentence, mentions: Mentions, place: tuple[int, int], text: str, before: Sides | None) -> Sides:
    """What stands around a consequence that names nobody: its line, the penalty before, the words that lead to it."""
    start, end = place
    found = _of_line(sentence, mentions)
    if found.liable is None and _goes_on(sentence, mentions, before, text):
        found = before or found
    if found.liable is None and mentions.payee and takes_back(sentence):
        found = Sides(mentions.other(mentions.payee), mentions.payee)
    if found.liable is None and _FEE_CUT.search(sentence.slice(start, end)) and mentions.payee:
        found = Sides(mentions.payee, mentions.other(mentions.payee))
    for lead in sentence.leads():
        if found.liable is None and not _OF_EACH.search(lead.text):
            found = _said(lead, mentions, roles_in(lead, mentions))
    if found.liable is None:
        liable = _from_before(sentence, mentions, text)
        found = Sides(liable, found.beneficiary)
    if found.liable is None and any(m.kind == "other" for m in mentions.within(sentence.start, sentence.end)):
        found = Sides("both", "both")
    if found.liable is None and found.beneficiary is None:
        found = (
            Sides("both", "both")
            if _TO_OTHER.search(sentence.slice(start, end))
            else Sides(by_case(sentence, mentions, sentence.slice(start, end)))
        )
    return found


def _goes_on(sentence: Sentence, mentions: Mentions, before: Sides | None, text: str) -> bool:
    """承包人拖欠工资的，按20%支付违约金；引发上访的，每次另付30,000元: what follows is the same one's."""
    if before is None or before.liable in (None, "both") or is_stranger(sentence.text):
        return False
    if PRICE_UNPAID.match(sentence.text) and mentions.payee and not owner_of_heading(sentence, mentions):
        return False
    return not any(m.kind == "party" for m in mentions.within(sentence.start, sentence.end))


def _of_line(sentence: Sentence, mentions: Mentions) -> Sides:
    """甲方：保密期限五年。泄密责任：支付违约金10万元: a line that is led by a party is about it."""
    first = sentence
    while first.previous is not None:
        first = first.previous
    named = [m for m in mentions.within(first.start, first.end) if m.start == first.start and m.kind == "party"]
    if named and first.after(named[0].end).lstrip().startswith(":"):
        return Sides(named[0].who, mentions.other(named[0].party))
    return Sides()


def _from_before(sentence: Sentence, mentions: Mentions, text: str) -> str | None:
    """Who is spoken of in the words that lead to a sentence, its headings, or the sentences before it."""
    if PRICE_UNPAID.match(sentence.text) and mentions.payee and not owner_of_heading(sentence, mentions):
        return mentions.other(mentions.payee)
    kept = _kept_back(sentence, mentions)
    if kept:
        return kept
    for lead in sentence.leads():
        checked = _checked(lead, mentions)
        if checked:
            return checked
    previous = sentence.previous
    if previous and not any(mentions.within(s.start, s.end) for s in sentence.leads()):
        said = None if owner_of_heading(sentence, mentions) else _fined(previous, mentions)
        if said:
            return said
    who = inherited(sentence, mentions, text)
    alone = previous is None and not any(mentions.within(s.start, s.end) for s in sentence.leads())
    return None if who == "both" and alone else who  # 双方的义务 says of no single breach whose it is


# 收现金的，当天转给甲方。拖着不交的: who should have got it is named, who kept it is the other
_HANDED = re.compile(r"(?:交|转|还|付|退|报|送|缴)(?:给|到|至|还)? *\Z")
_NOT_HANDED = re.compile(
    r"\A[^，,。;]{0,4}(?:未|不|没|拖|逾期|迟延|晚)[^，,。;]{0,6}(?:交|还|付|转|退|缴|送)[^，,。;]{0,4}的?[，,]"
)


def _kept_back(sentence: Sentence, mentions: Mentions) -> str | None:
    previous = sentence.previous
    if previous is None or not _NOT_HANDED.match(sentence.text):
        return None
    roles = [r for r in roles_in(previous, mentions) if r.mention.kind == "party"]
    if any(r.acts for r in roles) or not roles or not _HANDED.search(previous.before(roles[-1].mention.start)):
        return None
    return mentions.other(roles[-1].mention.party)


def _checked(lead: Sentence, mentions: Mentions) -> str | None:
    """甲方每日验收并记录，按月考核：（1）迟到的，扣200元: who is fined is not who checks."""
    acting = [r.mention for r in roles_in(lead, mentions) if r.acts and r.mention.kind == "party"]
    if not acting or not all(WARNS.match(lead.after(m.end)) or takes(lead, m) for m in acting):
        return None
    return mentions.other(acting[0].party)


def _fined(sentence: Sentence | None, mentions: Mentions) -> str | None:
    """甲方对乙方处以罚款；未戴安全帽的，每次罚款200元: who was fined before, or broke the contract, is fined again."""
    while sentence is not None:
        roles = roles_in(sentence, mentions)
        if roles:
            breaking = _in_breach(sentence, roles)
            if breaking is not None:
                return breaking.who
            fines = any(r.acts and takes(sentence, r.mention) for r in roles)
            return _said(sentence, mentions, roles).liable if fines else None
        sentence = sentence.previous
    return None


def _in_breach(sentence: Sentence, roles: list[Role]) -> Mention | None:
    """乙方未提供证明的，甲方可暂缓发放: the one whose case is told, where the other only acts on it."""
    acting = [r.mention for r in roles if r.acts and r.mention.kind == "party"]
    if len({m.party for m in acting}) != len(acting) or len(acting) < 2:
        return None
    words = sentence.slice(acting[0].end, sentence.piece(acting[0].start)[1]).rstrip()
    return acting[0] if words.endswith("的") and breached(words) else None


# 使用方应按每次10万元赔偿对方: whoever does it pays the other one
_TO_OTHER = re.compile(r"(?:赔偿|补偿|支付给?|向|付给)(?:对方|另一方|守约方|其他方)")


def _said(sentence: Sentence, mentions: Mentions, roles: list[Role]) -> Sides:
    """What the words themselves say."""
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
    return Sides()


# 双方商定，违约时各自承担以下责任: says of no item whose it is
_OF_EACH = re.compile(r"各自的?|双方(?:确定|商定|约定|同意)")

# 甲方要求更换的，乙方应于3日内完成，否则每日支付1000元
_ELSE = re.compile(r"[，,](?:否则|不然)")


# 甲方应将设备取走。逾期未取的，乙方移库存放，存放费每日10元: whose duty it was, whoever acts then
_UNDONE = re.compile(
    r"\A(?:逾期|到期|届时|仍|经催告)*(?:仍)?(?:未|不|没有?|拒不)(?:按[期时]|及时)?(?P<verb>(?!能|得|得以)[一-龥]{1,2})的[，,]"
)


def _left_undone(sentence: Sentence, mentions: Mentions) -> Mention | None:
    undone, previous = _UNDONE.match(sentence.text), sentence.previous
    if undone is None or previous is None:
        return None
    bound = [r.mention for r in roles_in(previous, mentions) if r.acts and r.mention.kind == "party"]
    bound = [m for m in bound if _must(previous.after(m.end))]
    told = [m for m in bound if undone["verb"] in previous.slice(m.end, previous.piece(m.start)[1])]
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
