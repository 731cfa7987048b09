"""Who pays for a breach and who gets it.

`乙方逾期交货的，应向甲方支付违约金`: 乙方 pays 甲方. Said by, in this order: the receiver (向甲方支付), who must pay
(乙方应支付, 由乙方承担), who may take (甲方有权扣除, 甲方不予退还), whose breach it is (因乙方原因), the words that
lead to it.
"""

import itertools
import re
from dataclasses import dataclass

from nlp.extract.breach_words import MEASURES, breached
from nlp.extract.mentions import Mention, Mentions
from nlp.extract.sentences import Sentence
from nlp.extract.subjects import Role, inherited, owner_of_heading, roles_in

_PAYS = re.compile(
    r"[^，,。;]{0,30}?(?:支付|承担|赔偿|偿付|赔付|缴纳|交纳|返还|退还|退回|负责|给付|加付|补偿|补足|弥补|消除"
    r"|排除|负担|赔|更换|修理|返工|整改|重做|恢复|清偿|付|改正|支出|双倍)"
)
_LOSES = re.compile(r"\s*(?:无权(?:要求|请求)|不得(?:要求|请求)|丧失|应得)")
# 甲方有权扣除, 可以从货款中扣减, 不予退还押金
_ADVERB = (
    r"(?:按照?[^，,。;]{0,14}|从[^，,。;]{0,20}|就[^，,。;]{0,20}|每[^，,。;]{0,10}|根据[^，,。;]{0,14}"
    r"|在[^，,。;]{0,14}中|对[^，,。;]{1,12}(?=处以|罚款|处罚|扣|加收)"
    r"|一次性|一并|直接|单方(?:面)?|立即|随时|视情|另行|继续|相应)*"
)
_TAKES = re.compile(
    rf"\s*可(?:以)?(?:责令|要求|禁止|制止|清退|拆除|另行|自行|代为|委托|处以|请)|\s*(?:均|也|亦|并|仍|同时|还|即|则)?(?:(?:有权|保留)(?!利义务)|(?:可以?|得|将|应|享有)?{_ADVERB}"
    r"(?:扣除|扣减|扣罚|扣发|扣款|罚款|处罚|处以|没收|解除|终止|拒绝|拒付|拒收|追究|追偿|追索|追讨|索赔|不予退还|不退还"
    r"|不退|收回|不予支付|少付|停止|暂停|中止|中断|留置|停供|撤岗|拆机|拒缴"
    r"|(?:获得|获赠|取得)[^，,。;]{0,8}(?:积分|抵扣|减免|补偿|赔偿|代金券)|不支付|不再支付|抵扣|收取|加收|辞退|退货))"
)
_DEMANDS = re.compile(r"(?:要求|责令|请求|催告)\Z")
_GIVEN = re.compile(
    r"(?:向|给|给予|付给|支付给|赔偿给|赔偿|补偿给?|返还给?|退还给?|支付|付予|偿付|偿还给?|赔付给?|对|为)\Z"
)
_CAUSE = re.compile(r"(?:因|由于|因为|属于?|系|归责于|归因于|可归责于)\Z")
_FAULT = re.compile(r"(?:的|方|单方)?[^，,。;]{0,8}?(?:原因|过错|过失|责任|违约|违反|缺陷|行为|未)")


# 扣减当月服务费的2%: whoever is paid the fee loses
_FEE_CUT = re.compile(
    r"(?:扣除|扣减|扣罚|扣发|扣|核减|减付|减免)[^，,。;]{0,10}(?:服务费|管理费|费用|货款|工程款|运费|合同款|款项|物业费|进度款|设备款"
    r"|考核款|工资|报酬)|(?:扣减|核减|抵扣|减付|减免|扣罚)(?:的)?(?:比例|标准|幅度)"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a consequence.

    Attributes:
        liable: party id, `both`, or None.
        beneficiary: party id, `both`, or None.
    """

    liable: str | None = None
    beneficiary: str | None = None


def sides_of(sentence: Sentence, mentions: Mentions, start: int, end: int, text: str) -> Sides:
    """Who is liable to whom for the consequence in a range.

    Args:
        sentence: that holds the range.
        mentions: of the document.
        start: where the words about this consequence begin (behind the one before).
        end: where they end.
        text: folded text of the document.
    """
    roles = [r for r in roles_in(sentence, mentions) if start <= r.mention.start < end]
    found = _said(sentence, mentions, roles)
    if found.liable is None and start > sentence.start:
        whole = [r for r in roles_in(sentence, mentions) if r.mention.start < end]
        found = _said(sentence, mentions, whole)
    for lead in sentence.leads():
        if found.liable is None:
            found = _said(lead, mentions, roles_in(lead, mentions))
    if found.liable is None and mentions.payee and _takes_back(sentence):
        found = Sides(mentions.other(mentions.payee), mentions.payee)
    if found.liable is None and _FEE_CUT.search(sentence.slice(start, end)) and mentions.payee:
        found = Sides(mentions.payee, mentions.other(mentions.payee))
    if found.liable is None:
        liable = _from_before(sentence, mentions, text)
        found = Sides(liable, found.beneficiary)
    if found.liable is None and found.beneficiary is None:
        found = (
            Sides("both", "both")
            if _TO_OTHER.search(sentence.slice(start, end))
            else Sides(_by_breach(sentence, mentions, sentence.slice(start, end)))
        )
    beneficiary = found.beneficiary or mentions.other(found.liable)
    return Sides(found.liable or mentions.other(beneficiary), beneficiary)


_UNPAID = re.compile(
    r"(?:逾期|延期|迟延|延迟|拖欠|未按[^，,。;]{0,8}|未及时|不按[^，,。;]{0,8}|不|拖延|迟|晚)(?:支?付|缴纳|交纳|结算|付清)(?!违约)"
    r"|(?:租金|房租|货款|价款|工程款|服务费|物业费|费用)(?:逾期|迟|晚|拖|未|没)[^，,。;]{0,3}[交付缴]"
    r"|拖欠(?!工资|劳动报酬|农民工)|(?:逾期|到期|未按[^，,。;]{0,6})(?:未|不)?(?:归还|还款?|偿还|清偿)|(?:借款|本金|本息)逾期|逾期罚息|(?:逾期|挪用)(?:的)?(?:贷款|借款|本金|欠款|本息)|到期未[^，,。;]{0,2}[结付缴交还]|欠[费付缴款](?!农民工)|(?:逾期|延期|迟|晚|欠|少|未|不)(?:支?付|交|缴|给)(?:房租|租金|租|货款|工程款|水电费|物业费|服务费|费用|钱)"
)
_FINED = re.compile(
    r"罚(?!金|息)|假一|扣款|扣除|扣减|扣罚|处罚|扣 ?\d|扣发|交付|交货|竣工|完工|工期|到岗|离岗|缺岗|脱岗|人员|整改"
    r"|施工|返工|迟到|停供|误期|到场|响应|不合格|质量|投诉|项目经理|技术负责人|安全帽|农民工|转包|分包|发货|供货|送货|次品|假货|缺货|短少"
    r"|安装|调试|上线|停机|宕机|可用率|可用性|故障|缺陷|维修|保修|保养|源代码|抵扣|减免|可用|巡检|旷工|早退|延误|里程碑|进度|修复"
)
# 逾期付款的: who pays the price, whatever the sentence before spoke of
_PRICE_UNPAID = re.compile(
    r"\A[\s如若]*(?:逾期|迟延|延迟|延期|拖欠|未按[^，,。;]{0,6}|迟|晚|欠)(?:付款|(?:支?付|交|缴纳|缴|交纳)?"
    r"(?:房租|租金|货款|价款|工程款|服务费|合同款|进度款))"
)


# 开课后退费的，扣剩余费用的10%: who paid the price gets less of it back
_TAKES_BACK = re.compile(r"[^，,。;甲乙丙]{0,30}(?:退[费票订课团]|退款)的[，,][^，,。;]{0,24}[，,]?[^，,。;]{0,6}扣")


def _takes_back(sentence: Sentence) -> bool:
    """A refund with a part kept, or a later step of one."""
    step: Sentence | None = sentence
    while step is not None:
        if _TAKES_BACK.match(step.text):
            return True
        step = step.previous if re.search(r"的[，,][^，,。;]{0,6}扣", step.text) else None
    return False


def _from_before(sentence: Sentence, mentions: Mentions, text: str) -> str | None:
    """Who is spoken of in the words that lead to a sentence, its headings, or the sentences before it."""
    if _PRICE_UNPAID.match(sentence.text) and mentions.payee and not owner_of_heading(sentence, mentions, text):
        return mentions.other(mentions.payee)
    for lead in sentence.leads():
        checked = _checked(lead, mentions)
        if checked:
            return checked
    previous = sentence.previous
    if previous and not any(mentions.within(s.start, s.end) for s in sentence.leads()):
        said = None if owner_of_heading(sentence, mentions, text) else _fined(previous, mentions)
        if said:
            return said
    return inherited(sentence, mentions, text)


def _checked(lead: Sentence, mentions: Mentions) -> str | None:
    """甲方每日验收并记录，按月考核：（1）迟到的，扣200元: who is fined is not who checks."""
    acting = [r.mention for r in roles_in(lead, mentions) if r.acts and r.mention.kind == "party"]
    if not acting or not all(_WARNS.match(lead.after(m.end)) or _takes(lead, m) for m in acting):
        return None
    return mentions.other(acting[0].party)


def _fined(sentence: Sentence | None, mentions: Mentions) -> str | None:
    """甲方对乙方处以罚款；未戴安全帽的，每次罚款200元: who was fined before is fined again."""
    while sentence is not None:
        roles = roles_in(sentence, mentions)
        if roles:
            takes = any(r.acts and _takes(sentence, r.mention) for r in roles)
            return _said(sentence, mentions, roles).liable if takes else None
        sentence = sentence.previous
    return None


_STRANGER = re.compile(r"\s*(?:业主|住户|使用人|第三[方人]|学员|会员|旅客|顾客|消费者)")


# 使用方应按每次10万元赔偿对方: whoever does it pays the other one
_TO_OTHER = re.compile(r"(?:赔偿|补偿|支付给?|向|付给)(?:对方|另一方|守约方|其他方)")


# 每次罚300元, 扣500元, 300元/人次: fines by the piece are levied on whose work is looked after
_BY_THE_PIECE = re.compile(
    r"(?:罚|扣|处)[^，,。;]{0,8}\d|元 ?(?:/|每|一) ?(?:人次|次|人|处|项|例|起|件|单|份)"
    rf"|[每一](?:{MEASURES})[^，,。;]{{0,6}}\d"
)


def is_stranger(words: str) -> bool:
    """Whether a case speaks of somebody who is no party: 业主逾期交纳的."""
    return bool(_STRANGER.match(words))


# 返还当月订阅费的5%: whoever was paid it
_FEE_BACK = re.compile(r"(?:返还|退还|退回|返)[^，,。;]{0,8}(?:费|款|价)用?的? *[【\[\d一二三四五六七八九十百]")


def _by_breach(sentence: Sentence, mentions: Mentions, own: str) -> str | None:
    """Where nobody is named: who pays the price for late payment, whose work it is for fines and bad work."""
    if _STRANGER.match(sentence.text):
        return None
    if _FEE_BACK.search(own):
        return mentions.payee
    if _UNPAID.search(sentence.text):
        return mentions.other(mentions.payee)
    fined = _FINED.search(sentence.text) or _BY_THE_PIECE.search(own)
    return mentions.performer if fined or _employed(sentence, mentions) else None


def _employed(sentence: Sentence, mentions: Mentions) -> bool:
    """违反保密义务的 in a contract of employment: the duties without a name are those of who works."""
    return bool(mentions.employed and re.search(r"保密|泄露|竞业|服务期|培训|规章|纪律|离职|辞职", sentence.text))


def _said(sentence: Sentence, mentions: Mentions, roles: list[Role]) -> Sides:
    """What the words themselves say."""
    if _either(sentence, roles):
        return Sides("both", "both")
    giver = next((r.mention for r in roles if r.acts and r.mention.party and _credits(sentence, r, mentions)), None)
    if giver is not None:
        return Sides(giver.who, mentions.other(giver.party))
    receiver = next((r.mention for r in reversed(roles) if _is_given(sentence, r)), None)
    payer = _payer(sentence, roles, receiver)
    if payer is not None:
        return Sides(payer.who, _receiving(mentions, payer, receiver))
    taker = next((r.mention for r in roles if r.acts and _takes(sentence, r.mention)), None)
    breach = _breacher(sentence, roles)
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
        return Sides("both", "both")
    kept = next((r.mention for r in roles if _is_kept_from(sentence, r)), None)
    if kept is not None and mentions.other(kept.party):
        return Sides(mentions.other(kept.party), kept.who)
    return Sides()


# 甲方逾期付款、乙方逾期交付的，均按…向对方支付; 甲方迟付或乙方迟交的，各按…赔给对方
_ONE_OR_OTHER = re.compile(r"[^，,。;]{1,14}(?:、|或者?|和|以及|及)\Z")


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
    if given[0] in ("支付", "赔偿", "偿付") and after.startswith("的"):
        return False
    return given[0] not in ("对", "为") or bool(re.match(r"\s*(?:支付|赔偿|补偿|承担)", after))


def _payer(sentence: Sentence, roles: list[Role], receiver: Mention | None) -> Mention | None:
    """Who must pay: 乙方应支付, 由乙方承担, 有权要求乙方赔偿; the last one said, for the consequence stands last."""
    found = None
    for role in roles:
        mention = role.mention
        before, after = sentence.before(mention.start).rstrip(), sentence.after(mention.end)
        if mention == receiver or (not role.acts and not _DEMANDS.search(before)):
            continue
        if _LOSES.match(after):
            return mention
        if _takes(sentence, mention) and not before.endswith("由"):
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


def _breacher(sentence: Sentence, roles: list[Role]) -> Mention | None:
    """Whose breach it is: because of somebody (因乙方原因), else the first who acts."""
    for role in roles:
        before = sentence.before(role.mention.start).rstrip()
        if _CAUSE.search(before) and _FAULT.match(sentence.after(role.mention.end)):
            return role.mention
    docked = [r.mention for r in roles if _is_docked(sentence, r.mention)]
    acting = [r.mention for r in roles if r.acts and not _takes(sentence, r.mention)]
    acting = [m for m in acting if not _WARNS.match(sentence.after(m.end))]
    if docked or acting:
        return docked[0] if docked else acting[0]
    # 乙方所供食材不合格的, 乙方产品有缺陷的: the owner of what is at fault, named first in the case
    return next(
        (r.mention for r in roles if r.function in ("owner", "aside") and _leads_case(sentence, r.mention)), None
    )


# 供热人催告后仍不缴纳的: who warns breaks nothing
_WARNS = re.compile(
    r"\s*(?:不|未)(?:要求|行使|解除|退房|选择|同意)|\s*(?:(?:亦|也|仍|还)?可(?:以)?(?!能)|享有)|\s*(?:日常|随机|现场|不?定期|每[日天周月]|按[日天周月季]|随时|有权|将|对[^，,。;]{1,10})*(?:进行)?"
    r"(?:抽查|抽检|抽验|暗访|质检|监听|核实|核查|审核|回访|检查|巡查|考核|发现|查实|验收并|评分|打分|评估|记录|统计|按[^，,。;]{1,10}(?:考核|检查|评分|扣|罚))|\s*(?:以?书面)?(?:催告|催缴|催款|催收|通知|要求|提出)[^，,。;]{0,12}(?:后|之日|仍|期满)"
)
_LEADS = re.compile(r"\A[\s如若因果]*(?:由于|因为|倘若|如果|对于?|凡)?\Z")


def _leads_case(sentence: Sentence, mention: Mention) -> bool:
    first, past = sentence.piece(mention.start)
    words = sentence.slice(mention.end, past)
    leads = bool(_LEADS.match(sentence.slice(first, mention.start))) and not _TAKES.match(words)
    return leads and (breached(words) or words.rstrip().endswith("的"))


# 扣减乙方服务费, 从乙方工程款中扣除: it is 乙方 who loses
_DOCKED = re.compile(r"(?:扣除|扣减|扣罚|扣发|没收|罚没|抵扣|扣)(?:相应的?)?\Z")
_DOCKED_FROM = re.compile(
    r"[^，,。;]{0,14}?(?:款|费|金|工资|报酬|价)[^，,。;]{0,4}(?:中|内|里)?[^，,。;]{0,4}(?:扣|抵)"
)


def _is_docked(sentence: Sentence, mention: Mention) -> bool:
    before, after = sentence.before(mention.start), sentence.after(mention.end)
    return bool(_DOCKED.search(before)) or (before.rstrip().endswith("从") and bool(_DOCKED_FROM.match(after)))


def _takes(sentence: Sentence, mention: Mention) -> bool:
    """Whether a party takes something from the other, not 乙方单方解除合同的, which is the breach itself."""
    match = _TAKES.match(sentence.after(mention.end))
    if not match:
        return False
    _, past = sentence.piece(mention.start)
    if not re.search(r"权|可|得|保留", match[0]) and re.search(
        r"应|须", sentence.slice(mention.end + match.end(), past)
    ):
        return False  # 甲方解除合同应提前一个月通知: a duty of 甲方
    if not re.search(r"权|可|得|保留", match[0]) and re.match(
        r"[^，,。;]{0,30}(?:给予|予以|提供)[^，,。;]{0,6}(?:抵扣|抵减|减免)", sentence.after(mention.end)
    ):
        return False  # 乙方应按当月服务费的10%给予抵扣: 乙方 gives
    return not sentence.slice(mention.end, past).rstrip().endswith(("的", "时"))
