"""The price of the whole contract: which sums state it, and which only stand under its name.

Under 合同总价为1,358,000元，组成如下：… the parts are no totals; 支付总价款的60%，即546,960元 is a share. Where no
sentence names the total, the total row of the price list does, if its sum is written in capitals too.
"""

import re
from bisect import bisect_left

from nlp.clauses.structure import Structure
from schema.contract import Contract
from schema.money import Amount

# 总价款的60%，即   总价款的30%（
_SHARE_BEFORE = re.compile(
    r"(?:\d ?[%％‰]|百分之[零〇一二三四五六七八九十百点]+)】?(?:的款项|的价款|款项)?[^，。;\n\d]{0,10}[,，(（]? ?"
    r"(?:即|计|共计|合计|为|金额为|人民币|大写|[:：(（]|￥|¥| )*\Z"
)
_ORIGINAL = re.compile(r"原[^，。;\n]{0,14}(?:总|价|金额|费|款)[^，。;\n]{0,8}\Z")
# 每年提成费不足200,000元的, 按200,000元支付: a line drawn, not a price
_LIMIT = re.compile(
    r"(?:不足|不满|低于|高于|少于|多于|超过|超出|达到|不少于|以上的?)(?:人民币|￥|¥| )*\Z"
    r"|每人?[年月季次][^。；]{0,20}\Z"
)
# 其中人工费38,200元; 预算金额为30万元
_PART = re.compile(r"(?:其中|包括|(?<!包)(?<!已)含(?!税|增值税|[一二三四五六七八九十\d]))[^。；;\n]*\Z")
_ESTIMATE = re.compile(
    r"(?:预算|限价|限额|控制价|控制在|估算|概算|投资|其余|剩余|余下|价值|货值|估值|投保)[^，。；\n]{0,8}\Z"
)
# 服务期一年，按月平均计56,500元: the price of a part of the time
_AVERAGE = re.compile(r"(?:按[月年季周日]|平均|[月年季]均|折合|分摊)[^，。；\n\d]{0,8}\Z")
# the agent of a lease or a sale has a reward of his own
_REWARD = re.compile(r"(?:居间|中介)[^，。；\n]{0,4}(?:报酬|费)|佣金")
_CHANGED = re.compile(r"(?:调整|变更|增加|修改|增|调|减少|降)(?:至|到|为)")

_NEAR = 16


def stated_totals(contract: Contract, text: str, structure: Structure) -> tuple[Amount, ...]:
    """Sums that state the price of the whole contract, twins included, in text order.

    Args:
        contract: with its sums.
        text: folded.
        structure: of the contract.
    """
    candidates = [a for a in contract.amounts if a.is_total and a.per is None]
    others = [a for a in candidates if _is_other(text, a) or _is_reward(contract, text, a)]
    gone = {i for a in others for i in (a.id, a.same_as)}  # both forms of a sum go together
    named = [a for a in candidates if a.id not in gone and a.same_as not in gone - {None}]
    named = [a for a in named if not _is_twin_of_part(contract, a) and not _is_contradicted(contract, text, a)]
    whole = [a for a in named if not _is_component(structure, a, named)]
    return tuple(whole) or _from_table(contract)


def _is_other(text: str, amount: Amount) -> bool:
    """A share of the price, or the price before a change."""
    before = text[max(0, amount.span.start - 40) : amount.span.start]
    if any(words.search(before) for words in (_SHARE_BEFORE, _LIMIT, _PART, _ESTIMATE, _AVERAGE)):
        return True
    return bool(_ORIGINAL.search(before) and not _CHANGED.search(before))


def _is_reward(contract: Contract, text: str, amount: Amount) -> bool:
    """What the agent of a lease or a sale gets."""
    if contract.kind not in ("lease", "sale", "loan"):
        return False
    return bool(_REWARD.search(text, max(0, amount.span.start - 16), amount.span.start))


def _is_twin_of_part(contract: Contract, amount: Amount) -> bool:
    """The figures of an instalment whose capitals stand right before them, parted by a page break."""
    return any(
        other.value == amount.value and 0 <= amount.span.start - other.span.end <= _NEAR
        for other in _beside(contract, amount)
        if other.form == "capitals" and other.role in ("instalment", "deposit", "penalty")
    )


def _beside(contract: Contract, amount: Amount) -> list[Amount]:
    """The sums before and behind one; a long contract has thousands, so that all against all takes minutes."""
    place = bisect_left(contract.amounts, amount.span.start, key=lambda a: a.span.start)
    return [a for a in contract.amounts[max(place - 2, 0) : place + 3] if a is not amount]


def _is_contradicted(contract: Contract, text: str, amount: Amount) -> bool:
    """600,000元（陆万元整）: which of the two is meant is not known."""
    for other in _beside(contract, amount):
        first, second = sorted((amount, other), key=lambda a: a.span.start)
        between = text[first.span.end : second.span.start]
        beside = len(between) <= _NEAR and bool(
            re.fullmatch(r"[元整]?[(（]?(?:[大小]写)?[:：]?(?:人民币)?[¥￥]? ?", between)
        )
        if beside and amount.value != other.value and (amount.form == "capitals") != (other.form == "capitals"):
            return True
    return False


def _is_component(structure: Structure, amount: Amount, named: list[Amount]) -> bool:
    """A smaller sum in an item under the clause of a larger one, with sums in its sister items."""
    above = [c.id for c in structure.ancestors(amount.clause or "")][1:]
    return any(
        other.value > amount.value and other.clause in above and other.currency == amount.currency for other in named
    )


def _from_table(contract: Contract) -> tuple[Amount, ...]:
    """The total row of a price list, with the same sum in capitals."""
    rows = {a.value for a in contract.amounts if a.form == "table_cell" and a.role == "total"}
    found = [a for a in contract.amounts if a.form != "table_cell" and a.role in ("total", "other") and a.value in rows]
    return tuple(found) if any(a.form == "capitals" for a in found) and len({a.value for a in found}) == 1 else ()
