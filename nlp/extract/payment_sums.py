"""Sums that a sentence says are paid, by whatever name: `签约时付60,000元，2026年7月1日前付60,000元`.

The verb stands right before the sum, and the sentence says when (a time limit, a date, an event) or belongs to a plan
(分三期还款). No instalments are sums that fall due again and again, fines, bonds, wages and what is owed only in some
case.
"""

import re
from typing import Literal

from nlp.extract.payment_parts import deadline_of
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from schema.money import Amount

# 付清运费   偿还剩余本金   向乙方支付入门费人民币
_PAID = re.compile(
    r"(?:预付|再付|先付|首付|支付|付清|付讫|交付|付|偿还|归还|清偿|还清|还|缴清|缴纳|交清|汇入|打入|转账)"
    r"(?:了)?(?:给[^，,。;\d]{1,8}|[甲乙丙][方])?(?:[^，,。;:\d¥]{1,20}[、和及与])?(?P<what>[^，,。;:\d¥、]{0,12}?)"
    r"(?:计|共计?|为)?(?:人民币|¥)? *\Z"
)
_BY_BOTH = re.compile(r"(?:各自?|分别)(?:应|须|自)?(?:再)?\Z")  # 各付4300元 is paid to somebody else
# 将货款86,000元汇至卖方账户
_PAID_BEHIND = re.compile(
    r"元?(?:整)?(?:\([^()]{1,40}\))?(?:一次性)?(?:支付|付|汇|打|转|划|交)(?:付|入|至|到|给|往|向|款)"
)
_HANDED = re.compile(r"(?:将|把)(?P<what>[^，,。;:\d¥]{0,12}?)(?:计|共计?)?(?:人民币|¥)? *\Z")
# 首季租金75,600元于车辆交付当日支付
_PAID_LATER = re.compile(
    r"元?(?:整)?(?:\([^()]{1,40}\))?(?:应?(?:于|在|自)|应)[^，,。;]{2,24}(?:支付|付清|付讫|结清|缴清|付款)(?=[，,。;]|\Z)"
)
_NAMED = re.compile(r"(?:\A|[，,:])(?P<what>[^，,。;:\d¥]{2,14}?)(?:为|计|共计?)?(?:人民币|¥)? *\Z")
_OTHER_DUTY = re.compile(
    r"保证金|押金|保函|违约|赔偿|补偿|罚|滞纳|工资|薪|津贴|补贴|奖|保险|税|水电|物业|律师费|诉讼费|利息|手续费|使用费"
    r"|不(?:少于|低于|超过|高于)"
)
_WHEN = re.compile(r"后|时|当[日天]|之日|前|同时|即")
# 每月5日前支付…   按季支付
_AGAIN = re.compile(
    r"每(?:个|一)?(?:服务|合同|租赁)?(?:月|季|半?年|周|日|天|期|次|车|批)|此后|当年|按(?:月|季|半?年|周|日|天|次)|逐月|当月|上月|次月|隔月"
)
# 如需加急，另付500元   未使用的，退还…
_IN_CASE = re.compile(
    r"(?:\A|[，,;])(?:但)?(?:如果?|若|倘若|凡|否则|需要?|每)|的(?:话)?[，,]|另(?:行|外)?(?:支付|付)|逾期|违约|超过|超出|未"
)
_PLAN = re.compile(r"分[^，,。;]{1,4}[次期笔](?:支付|付|还|偿|归还|缴)|第[一二三四五六七八九十\d]{1,2}[期笔次]")


_MAY_BE = ("other", "total", "line_total", "rent", "instalment")


def paid_as(reading: Reading, sentence: Sentence, amount: Amount, start: int) -> Literal["planned", "timed"] | None:
    """How a sum is said to be paid: by a plan (分三期还款), at some time, or not at all.

    Args:
        reading: with deadlines.
        sentence: that holds the sum.
        amount: a sum that is no penalty.
        start: end of the instalment before it in the sentence, or the sentence's start.
    """
    if amount.form == "table_cell" or amount.role not in _MAY_BE:
        return None
    place = amount.span.start
    ahead = sentence.slice(sentence.piece(place)[0], place)
    if amount.per is not None and "一次性" not in ahead:  # 一次性支付半年租金
        return None
    handed = _HANDED.search(ahead) if _PAID_BEHIND.match(sentence.after(amount.span.end)) else None
    later = _NAMED.search(ahead) if _PAID_LATER.match(sentence.after(amount.span.end)) else None
    verb = _PAID.search(ahead) or handed or later
    if verb is None or _OTHER_DUTY.search(verb["what"]) or _BY_BOTH.search(ahead[: verb.start()]):
        return None
    words = sentence.slice(start, sentence.piece(place)[1] if later else place)
    planned = _PLAN.search(sentence.text) or any(_PLAN.search(lead.text) for lead in sentence.leads())
    if _IN_CASE.search(words) or (_AGAIN.search(sentence.slice(start, sentence.piece(place)[1])) and not planned):
        return None
    timed = deadline_of(reading, sentence, start, start + len(words), place) is not None or _WHEN.search(words)
    return "planned" if planned else "timed" if timed else None
