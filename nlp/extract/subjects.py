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

# 可以让乙方三天内搬走, but not 转让, 申请
LETS = r"(?<![出转受])让|叫|(?<![申邀])请"
# behind these a mention does what follows: 由乙方, 要求乙方, 责令乙方
DOER = re.compile(
    rf"(?:由|要求|请求|责令|责成|督促|敦促|促使|催告|允许|授权|委托|令|限|视为|如果?|若|因|倘若|当|{LETS})\Z"
)
_DEMAND = re.compile(rf"(?:要求|请求|责令|责成|督促|敦促|促使|允许|委托|{LETS})\Z")
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
    r"\s*(?:均|都|各|也|还|仍|同时|方|即|则|亦|再|并|双方)?(?:应当?|须|需|必须|要(?!求)|有权|无权|有义务|负责|保证|承诺"
    r"|同意|可以?|得|不得"
    r"|将|会|能|拒绝|逾期|延期|迟延|延迟|未|没有|无法|不能|不|擅自|无正当理由|自行|承担|支付|赔偿|提供|交付|违反"
    r"|违约|未能|已|已经|在|于|自"
    r"|向|收到|接到|提前|提出|要求|认为|知道|发现|拖欠|拖延|单方|解除|享有|委派|指派|指定|按|根据|依|如|若|因|每"
    r"|经|对|为|与|及时|立即"
    r"|书面(?:通知|催告|告知)(?!之|的|后|书|时|[，,。;])|承认|知悉|确认|授权|签|付|交|完成|组织|安排|配合|协助|负有|履行|出具|开具|退还|返还|或|和|及|、)"
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
    if DOER.search(before) or _CONJUNCTION.search(before):
        if owned and not modal:
            return "owner"
        return "subject"
    return "subject" if modal and not owned else "aside"


# 因甲方, 如因乙方, 为 and 在 may begin a clause: 在甲方验收合格后
_CLAUSE_START = re.compile(r"(?:\A|[,，;:])\s*(?:如|若)?(?:在|经|自|因|除|当|对于?|按照?)\Z")


def owner_of_heading(sentence: Sentence, mentions: Mentions) -> str | None:
    """The party of a heading such as 乙方的违约责任 or 甲方权利义务."""
    for heading in reversed(sentence.unit.headings):
        found = {m.who for m in heading_mentions(heading, mentions)}
        if len(found) == 1:
            return found.pop()
    return None


# 录用乙方人员, 将甲方数据外传: a heading that says what is done to a party is not about its duties
_DONE_TO = re.compile(r"(?:将|把|对|向|给|从|录用|聘用|招用|雇用|使用|泄露|披露|侵犯|损害|冒用|未经|经)\Z")


def heading_mentions(heading: str, mentions: Mentions) -> Iterator[Mention]:
    """Mentions with the same words as those in a heading."""
    seen = {
        words: mention
        for words, mention in mentions.words.items()
        if words in heading and not _DONE_TO.search(heading[: heading.index(words)])
    }
    longest = sorted(seen, key=len, reverse=True)
    for words in longest:
        if not any(words != other and words in other for other in longest):
            yield seen[words]
