"""Who is liable where nobody is named: told by what the breach is.

逾期付款的 is the doing of who pays the price, 未戴安全帽 and 每次罚300元 of whose work is looked after. Somebody who is
no party (业主逾期交纳的) owes nothing.
"""

import re

from nlp.extract.breach_words import MEASURES
from nlp.extract.mentions import Mentions
from nlp.extract.sentences import Sentence

_UNPAID = re.compile(
    r"(?:逾期|延期|迟延|延迟|拖欠|未按[^，,。;]{0,8}|未及时|不按[^，,。;]{0,8}|不|拖延|迟|晚)(?:支?付|缴纳|交纳|结算|付清)(?!违约)"
    r"|(?:\A|[，,])(?:钱|工资|工钱|报酬)?(?:发|结|付|给)(?:得)?晚|晚(?:发|结)|(?:租金|房租|货款|价款|工程款|服务费|物业费|费用)(?:逾期|迟|晚|拖|未|没)[^，,。;]{0,3}[交付缴]"
    r"|拖欠(?!工资|劳动报酬|农民工)|(?:逾期|到期|未按[^，,。;]{0,6})(?:未|不)?(?:归还|还款?|偿还|清偿)|(?:借款|本金|本息)逾期|逾期罚息|(?:逾期|挪用)(?:的)?(?:贷款|借款|本金|欠款|本息)|到期未[^，,。;]{0,2}[结付缴交还]|欠[费付缴款](?!农民工)|(?:逾期|延期|迟|晚|欠|少|未|不)(?:支?付|交|缴|给)(?:房租|租金|租|货款|工程款|水电费|物业费|服务费|费用|钱)"
)
_FINED = re.compile(
    r"罚(?!金|息)|假一|扣款|扣除|扣减|扣罚|处罚|扣 ?\d|扣发|交付|交货|竣工|完工|工期|到岗|离岗|缺岗|脱岗|人员|整改"
    r"|施工|返工|迟到|停供|误期|到场|响应|不合格|质量|投诉|项目经理|技术负责人|安全帽|农民工|转包|分包|发货|供货|送货|次品|假货|以次充好|掺杂|掺假|退一赔|缺货|短少"
    r"|安装|调试|上线|停机|宕机|可用率|可用性|故障|缺陷|维修|保修|保养|源代码|抵扣|减免|可用|巡检|旷工|早退|延误|里程碑|进度|修复"
)
# 逾期付款的: who pays the price, whatever the sentence before spoke of
PRICE_UNPAID = re.compile(
    r"\A(?:钱|工资|工钱|报酬)?(?:发|结|付)(?:得)?晚|\A[\s如若]*(?:逾期|迟延|延迟|延期|拖欠|未按[^，,。;]{0,6}|迟|晚|欠)(?:付款|(?:支?付|交|缴纳|缴|交纳)?"
    r"(?:房租|租金|货款|价款|工程款|服务费|合同款|进度款))"
)


# 开课后退费的，扣剩余费用的10%: who paid the price gets less of it back
_TAKES_BACK = re.compile(r"[^，,。;甲乙丙]{0,30}(?:退[费票订课团]|退款)的[，,][^，,。;]{0,24}[，,]?[^，,。;]{0,6}扣")


def takes_back(sentence: Sentence) -> bool:
    """A refund with a part kept, or a later step of one."""
    step: Sentence | None = sentence
    while step is not None:
        if _TAKES_BACK.match(step.text):
            return True
        step = step.previous if re.search(r"的[，,][^，,。;]{0,6}扣", step.text) else None
    return False


_STRANGER = re.compile(r"\s*(?:业主|住户|使用人|第三[方人]|学员|会员|旅客|顾客|消费者)")


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


def by_case(sentence: Sentence, mentions: Mentions, own: str) -> str | None:
    """Where nobody is named: who pays the price for late payment, whose work it is for fines and bad work.

    Args:
        sentence: that tells the case.
        mentions: of the document.
        own: words about the consequence.
    """
    if _STRANGER.match(sentence.text):
        return None
    if _FEE_BACK.search(own):
        return mentions.payee
    if _UNPAID.search(sentence.text):
        return mentions.other(mentions.payee)
    fined = _FINED.search(sentence.text) or _BY_THE_PIECE.search(own) or _FINED.search(_above(sentence))
    return mentions.performer if fined or _employed(sentence, mentions) else None


def _above(sentence: Sentence) -> str:
    """可用率未达到的，按下列标准给予抵扣: the words over a list, and the heads of a table (每次超时扣减)."""
    heads = sentence.unit.table.columns if sentence.unit.row is not None and sentence.unit.table is not None else ()
    return "|".join((*(lead.text for lead in sentence.leads()), *heads))


def _employed(sentence: Sentence, mentions: Mentions) -> bool:
    """违反保密义务的 in a contract of employment: the duties without a name are those of who works."""
    return bool(mentions.employed and re.search(r"保密|泄露|竞业|服务期|培训|规章|纪律|离职|辞职", sentence.text))
