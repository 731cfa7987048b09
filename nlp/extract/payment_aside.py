"""Sums and shares beside the instalments that are none: those of guarantees, and what is owed when a contract ends.

`预付款保函由卖方开户银行出具，金额978,000元` names a bank's promise; `甲方中途终止合同，已开始工作的，
支付该阶段设计费的50%` a settlement.
"""

import re

from nlp.extract.payment_parts import LABEL, PAYS
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from schema.money import Amount

_GUARANTEE = re.compile(r"保函|担保函|保险")


def is_guaranteed(sentence: Sentence, amount: Amount) -> bool:
    """预付款保函…，金额978,000元: the sum of a guarantee is not paid.

    Args:
        sentence: that holds the sum.
        amount: the sum.
    """
    before = sentence.before(amount.span.start)
    named = list(_GUARANTEE.finditer(before))
    if named and not PAYS.search(before[named[-1].end() :]):
        return True
    return bool(re.match(r"元?(?:整)?的?[^，,。;\d]{0,6}(?:保函|担保函)", sentence.after(amount.span.end)))


_ENDED = re.compile(r"(?:解除|终止|中止|取消)(?:本)?(?:合同|协议|项目|委托|订单|服务)?")
_IN_TIME = re.compile(r"[日天月]内|[日天]前")


def is_owed_at_end(reading: Reading, sentence: Sentence, share: int) -> bool:
    """甲方中途终止合同，已开始工作的，支付该阶段费用的50%: what is owed when a contract ends early; no instalment.

    Args:
        reading: for the words of the clause before the sentence.
        sentence: that holds the share.
        share: place of the share.
    """
    start = next((s.start for s in sentence.unit.spans if s.start <= sentence.start < s.end), sentence.start)
    ended = _ENDED.search(reading.text, start, share)
    if ended is None or LABEL.search(sentence.slice(*sentence.piece(share))):
        return False
    case = re.search(r"的[，,]", reading.text[max(ended.end(), sentence.start) : share])
    return bool(case) and not _IN_TIME.search(sentence.before(share))
