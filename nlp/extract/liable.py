"""Who pays for a breach and who gets it.

`乙方逾期交货的，应向甲方支付违约金`: 乙方 pays 甲方. Said by the sentence itself (nlp.extract.liable_said), else told
by what stands around it: its line, the penalty before, the words that lead to it, its headings, what the breach is.
"""

import re

from nlp.extract.actors import inherited
from nlp.extract.breach_words import breached
from nlp.extract.breachers import WARNS, takes
from nlp.extract.liable_by_case import PRICE_UNPAID, by_case, is_stranger, takes_back
from nlp.extract.liable_said import Sides, said
from nlp.extract.mentions import Mention, Mentions
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import Role, owner_of_heading, roles_in

# 扣减当月服务费的2%: whoever is paid the fee loses
_FEE_CUT = re.compile(
    r"(?:扣除|扣减|扣罚|扣发|扣|核减|减付|减免)[^，,。;]{0,10}(?:服务费|管理费|费用|货款|工程款|运费|合同款|款项|物业费|进度款|设备款"
    r"|考核款|工资|报酬)|(?:价格|价款|货款|费用|合同价|服务费)[^，,。;]{0,4}(?:减少|降低|下调|扣减|核减|减收)|(?:扣减|核减|抵扣|减付|减免|扣罚)(?:的)?(?:比例|标准|幅度)"
)
# 逾期报审的加收30%审图费: who is paid the fee gets more
_FEE_RAISED = re.compile(r"加收 *[\d一二三四五六七八九十%]+[^，,。;]{0,4}费")
# 双方商定，违约时各自承担以下责任: says of no item whose it is
_OF_EACH = re.compile(r"各自的?|双方(?:确定|商定|约定|同意)")


def sides_of(sentence: Sentence, mentions: Mentions, start: int, end: int, before: Sides | None = None) -> Sides:
    """Who is liable to whom for the consequence in a range.

    Args:
        sentence: that holds the range.
        mentions: of the document.
        start: where the words about this consequence begin (behind the one before).
        end: where they end.
        before: sides of the penalty of the sentence before in the same paragraph.
    """
    roles = [r for r in roles_in(sentence, mentions) if start <= r.mention.start < end]
    found = said(sentence, mentions, roles)
    if found.liable is None and start > sentence.start:
        whole = [r for r in roles_in(sentence, mentions) if r.mention.start < end]
        found = said(sentence, mentions, whole)
    told, gets = found.liable is not None, found.beneficiary
    if not told:
        found = _around(sentence, mentions, (start, end), before)
    # between three parties the receiver stands in the sentence, who owes around it
    found = Sides(_not_who_gets(sentence, mentions, gets) or found.liable, gets) if _of_three(mentions, gets) else found
    beneficiary = found.beneficiary or mentions.other(found.liable)
    return Sides(found.liable or mentions.other(beneficiary), beneficiary, told)


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


def _around(sentence: Sentence, mentions: Mentions, place: tuple[int, int], before: Sides | None) -> Sides:
    """What stands around a consequence that names nobody: its line, the penalty before, the words that lead to it."""
    start, end = place
    found = _of_line(sentence, mentions)
    if found.liable is None and _goes_on(sentence, mentions, before):
        found = before or found
    raised = _FEE_RAISED.search(sentence.slice(start, end))
    if found.liable is None and mentions.payee and (takes_back(sentence) or raised):
        found = Sides(mentions.other(mentions.payee), mentions.payee)
    if found.liable is None and _FEE_CUT.search(sentence.slice(start, end)) and mentions.payee:
        found = Sides(mentions.payee, mentions.other(mentions.payee))
    for lead in sentence.leads():
        if found.liable is None and not _OF_EACH.search(lead.text):
            found = said(lead, mentions, roles_in(lead, mentions))
    if found.liable is None:
        liable = _from_before(sentence, mentions)
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


def _goes_on(sentence: Sentence, mentions: Mentions, before: Sides | None) -> bool:
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


def _from_before(sentence: Sentence, mentions: Mentions) -> str | None:
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
        fined = None if owner_of_heading(sentence, mentions) else _fined(previous, mentions)
        if fined:
            return fined
    who = inherited(sentence, mentions)
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
            return said(sentence, mentions, roles).liable if fines else None
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
