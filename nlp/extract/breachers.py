"""Whose breach a sentence tells, and who takes something because of it.

In `甲方抽检发现乙方短斤少两的，有权扣除货款` 乙方 breaks the contract and 甲方 takes; `扣减乙方服务费`, `罚乙方` name
who loses.
"""

import re

from nlp.extract.breach_words import breached
from nlp.extract.mentions import Mention
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import Role

# 甲方有权扣除, 可以从货款中扣减, 不予退还押金
_ADVERB = (
    r"(?:按照?[^，,。;]{2,14}|从[^，,。;]{0,20}|就[^，,。;]{0,20}|每[^，,。;按]{0,10}|根据[^，,。;]{0,14}"
    r"|在[^，,。;]{0,14}中|对[^，,。;]{1,12}(?=处以|罚款|处罚|扣|加收)"
    r"|一次性|一并|直接|当场|当即|单方(?:面)?|立即|随时|视情|另行|继续|相应|视(?:情节|情况)(?:轻重)?|酌情)*"
)
_TAKES = re.compile(
    r"\s*除[^。;]{1,20}外[，,][^，,。;]{0,8}(?:处以|扣除|扣减|扣罚|罚)|"
    rf"\s*(?:每次|届时|均|即)?可(?:以)?(?:责令|要求|禁止|制止|清退|拆除|另行|自行|代为|委托|处以|请)|\s*(?:均|也|亦|并|仍|同时|还|即|则)?(?:(?:有权|保留)(?!利义务)|(?:可以?|得|将|应|享有)?{_ADVERB}"
    r"(?:扣除|扣减|扣罚|扣发|扣收|扣留|扣取|扣缴|扣划|划扣|暂扣|扣款|罚款|处罚|处以|没收|解除|终止|拒绝|拒付|拒收|追究|追偿|追索|追讨|索赔|不予退还|不退还"
    r"|不退|收回|不予支付|少付|停止|暂停|中止|中断|留置|停供|撤岗|拆机|拒缴|罚(?=\d)|停派|停单|报警|报案|起诉|不再派|冻结|封号"
    r"|(?:获得|获赠|取得)[^，,。;]{0,8}(?:积分|抵扣|减免|补偿|赔偿|代金券)|不支付|不再支付|抵扣|收取|加收|辞退|退货))"
)
_CAUSE = re.compile(r"(?:因|由于|因为|属于?|系|归责于|归因于|可归责于)\Z")
_FAULT = re.compile(r"(?:的|方|单方)?[^，,。;]{0,8}?(?:原因|过错|过失|责任|违约|违反|缺陷|行为|未)")


def breacher(sentence: Sentence, roles: list[Role]) -> Mention | None:
    """Whose breach it is: because of somebody (因乙方原因), else the first who acts."""
    for role in roles:
        before = sentence.before(role.mention.start).rstrip()
        if _CAUSE.search(before) and _FAULT.match(sentence.after(role.mention.end)):
            return role.mention
    docked = [r.mention for r in roles if _is_docked(sentence, r.mention)]
    acting = [r.mention for r in roles if r.acts and not takes(sentence, r.mention)]
    acting = [m for m in acting if not WARNS.match(sentence.after(m.end)) and not _tells_when(sentence, m)]
    acting = [m for m in acting if not steps_in(sentence, m) and not is_unheard(sentence, m)]
    acting = [m for m in acting if not _asks(sentence, m)]
    if docked or acting:
        return docked[0] if docked else _bound_before(sentence, acting) or _in_case(sentence, acting) or acting[0]
    # 乙方所供食材不合格的, 乙方产品有缺陷的: the owner of what is at fault, named first in the case
    return next(
        (r.mention for r in roles if r.function in ("owner", "aside") and _leads_case(sentence, r.mention)), None
    )


def _in_case(sentence: Sentence, acting: list[Mention]) -> Mention | None:
    """乙方保存30日，逾期甲方未取回的: whose case is told behind what the other does."""
    if len(acting) < _TWO or sentence.slice(acting[0].end, sentence.piece(acting[0].start)[1]).rstrip().endswith("的"):
        return None
    for mention in acting[1:]:
        words = sentence.slice(mention.end, sentence.piece(mention.start)[1]).rstrip()
        if (
            mention.party != acting[0].party
            and re.match(r"(?:仍|逾期|迟延)*(?:未|不|拒)", words)
            and words.endswith("的")
        ):
            return mention
    return None


_TWO = 2


def _bound_before(sentence: Sentence, acting: list[Mention]) -> Mention | None:
    """由需方付费，供方应于10日内移交，逾期移交的: a case that names nobody is the doing of whose duty comes last."""
    case = next((p for p in sentence.pieces if _of_nobody(sentence.slice(*p))), None)
    if case is None or any(case[0] <= m.start < case[1] for m in acting):
        return None
    ahead = [m for m in acting if m.end <= case[0] and m.kind == "party" and not _LOOKS.match(sentence.after(m.end))]
    owing = [
        m for m in ahead if not sentence.slice(m.end, sentence.piece(m.start)[1]).rstrip().endswith(("的", "时", "后"))
    ]
    return owing[-1] if owing and len(owing) == len(ahead) else None


_CASE_OF_NOBODY = re.compile(r"\s*(?:逾期|迟延|延迟|未按|未能|未在|不按|拒不|否则)[^，,。;]{0,16}的\Z")
_EVERY_LATE = re.compile(r"\s*每(?:逾期|迟延?|延[迟误期]|晚|拖延?|超期?)[一1]?[日天周]")
_LOOKS = re.compile(r"[^，,。;]{0,6}(?:验收|检查|监督|审核|审查|考核|核查|核对|确认)")


def _of_nobody(piece: str) -> bool:
    """Whether a piece tells a case: 逾期移交的, 配合不力致延误的, 每迟一日支付500元."""
    if _CASE_OF_NOBODY.match(piece) or _EVERY_LATE.match(piece):
        return True
    return len(piece) <= _SHORT_CASE and piece.rstrip().endswith("的") and breached(piece)


_SHORT_CASE = 14


def steps_in(sentence: Sentence, mention: Mention) -> bool:
    """逾期不补的，由发包人另行委托: who does it in another's place breaks nothing."""
    stands_in = re.match(
        r"\s*(?:自行|另行|代为|另外|直接)?(?:委托|代为|另请|另行|自行|组织|雇请|安排)", sentence.after(mention.end)
    )
    instead = re.match(
        r"\s*(?:可以?|有权|将|先行)*(?:代(?:为|[发付缴垫](?![理表])|[^，,。;理表替收付]{1,2}(?=[，,。;]|\Z))|垫付)",
        sentence.after(mention.end),
    )
    return bool(instead) or (sentence.before(mention.start).endswith("由") and bool(stands_in))


def _asks(sentence: Sentence, mention: Mention) -> bool:
    """丙方要求查看，24小时内不予提供的: who asks breaks nothing."""
    _, past = sentence.piece(mention.start)
    asked = re.match(r"\s*(?:书面)?(?:要求|提出|申请|请求)[^，,。;的]{1,12}\Z", sentence.slice(mention.end, past))
    return bool(asked) and bool(re.match(r"[，,][^，,。;]*(?:不|未|拒|没)[^，,。;]*的(?=[，,])", sentence.after(past)))


def _tells_when(sentence: Sentence, mention: Mention) -> bool:
    """客户报障后，服务方按级别处理: what somebody did before breaks nothing."""
    words = sentence.slice(mention.end, sentence.piece(mention.start)[1]).rstrip()
    return words.endswith("后") and not breached(words)


# 供热人催告后仍不缴纳的: who warns breaks nothing
WARNS = re.compile(
    r"\s*(?:不|未)(?:要求|行使|解除|退房|选择|同意)|\s*(?:(?:亦|也|仍|还)?可(?:以)?(?!能)|享有)|\s*(?:日常|随机|现场|不?定期|每(?:[日天周月年]|季度?|半年)|每(?=发现|查|抽|检)|(?:连续|累计)[^，,。;]{0,4}次|第[一二两三四\d]+次|按[日天周月季]|随时|有权|将|对[^，,。;]{1,10})*(?:进行)?"
    r"(?:抽查|抽检|抽验|暗访|质检|监听|核实|核查|审核|回访|检查|巡查|考核|发现|查实|查到|查出|查获|验收并|评分|打分|评估|记录|统计|按[^，,。;]{1,10}(?:考核|检查|评分|扣|罚))|\s*(?:以?书面)?(?:催告|催缴|催款|催收|通知|要求|提出)[^，,。;]{0,12}(?:后|之日|仍|期满)"
)
# 经出租方提醒后2天内仍不改正的: who is warned has broken it
_UNHEARD = re.compile(
    r"\s*(?:书面|口头|多次|两次|再次)*(?:提醒|催告|催缴|催促|通知|警告|劝阻|制止|要求|指出|告知)"
    r"[^。;]{0,16}?(?:仍|拒)(?:旧|然)?(?:不|未|没|拒)"
)


def is_unheard(sentence: Sentence, mention: Mention) -> bool:
    """Whether a party has warned the one who goes on all the same."""
    return sentence.before(mention.start).endswith("经") and bool(_UNHEARD.match(sentence.after(mention.end)))


_LEADS = re.compile(r"\A[\s如若因果]*(?:由于|因为|倘若|如果|对于?|凡)?\Z")


def _leads_case(sentence: Sentence, mention: Mention) -> bool:
    first, past = sentence.piece(mention.start)
    words = sentence.slice(mention.end, past)
    leads = bool(_LEADS.match(sentence.slice(first, mention.start))) and not _TAKES.match(words)
    return leads and (breached(words) or words.rstrip().endswith("的"))


# 扣减乙方服务费, 从乙方工程款中扣除: it is 乙方 who loses
_DOCKED = re.compile(r"(?:扣除|扣减|扣罚|扣发|没收|罚没|抵扣|扣|处罚|惩罚|罚款|罚)(?:相应的?)?\Z")
_DOCKED_FROM = re.compile(
    r"[^，,。;]{0,14}?(?:款|费|金|工资|报酬|价)[^，,。;]{0,4}(?:中|内|里)?[^，,。;]{0,4}(?:扣|抵)"
)


def is_fined(sentence: Sentence, mention: Mention) -> bool:
    """甲方对数量有异议的，…按3倍处罚乙方: who is fined owes, whoever the sentence speaks of."""
    fined = re.search(r"(?:处罚|惩罚|罚款|罚|扣罚)\Z", sentence.before(mention.start))
    rest = sentence.slice(mention.end, sentence.piece(mention.start)[1])
    return mention.kind == "party" and bool(fined) and not rest.rstrip().endswith(("的", "时", "后"))


def _is_docked(sentence: Sentence, mention: Mention) -> bool:
    before, after = sentence.before(mention.start), sentence.after(mention.end)
    return bool(_DOCKED.search(before)) or (before.rstrip().endswith("从") and bool(_DOCKED_FROM.match(after)))


def takes(sentence: Sentence, mention: Mention) -> bool:
    """Whether a party takes something from the other, not 乙方单方解除合同的, which is the breach itself."""
    match = _TAKES.match(sentence.after(mention.end))
    if not match:
        return False
    _, past = sentence.piece(mention.start)
    if re.search(r"[应将](?:立即|及时)?(?:解除|终止|停止|暂停|中止|中断)\Z", match[0]) and not re.match(
        r"(?:本|该)?(?:合同|协议)", sentence.after(mention.end + match.end())
    ):
        return False  # 出卖人应立即解除限制, 应停止侵权: a duty
    if not re.search(r"权|可|得|保留", match[0]) and re.search(
        r"应|须", sentence.slice(mention.end + match.end(), past)
    ):
        return False  # 甲方解除合同应提前一个月通知: a duty of 甲方
    if not re.search(r"权|可|得|保留", match[0]) and re.match(
        r"[^，,。;]{0,30}(?:给予|予以|提供)[^，,。;]{0,6}(?:抵扣|抵减|减免)", sentence.after(mention.end)
    ):
        return False  # 乙方应按当月服务费的10%给予抵扣: 乙方 gives
    return not sentence.slice(mention.end, past).rstrip().endswith(("的", "时"))
