"""Which of several sums called a total is the price of the contract.

`共计96,000元（不含税），…，价税合计101,760元`: the sum with tax. `（1）空调5台，总价12,000元；（2）家具，总价18,000元`
are lines of a list. `培训费用为36,000元` beside 合同总价 is a fee among others. Two values of the same name
(合同总价) both stay: that is a conflict for people to see.
"""

import re
from decimal import Decimal

from nlp.reading import Reading
from schema.money import Amount

_OF_CONTRACT = re.compile(r"合同|协议|订单|签约|中标|价税")
_TOTAL = re.compile(r"[总共合]|签约")
_HIGHEST_TAX = Decimal("1.2")


def without_parts(reading: Reading, amounts: list[Amount]) -> list[Amount]:
    """The sums, with those that are only part of another total no longer totals.

    Args:
        reading: for the order of the clauses.
        amounts: in text order.
    """
    totals = [a for a in amounts if a.is_total]
    sums = [a for a in amounts if a.evidence.rule == "amount.sum" and a.per is None]
    if len({a.value for a in [*totals, *sums]}) < 2:
        return amounts
    changed = {a.id: "other" for a in totals if _untaxed(a, totals) or _fee(a, totals)}
    changed |= {a.id: "other" for a in totals if _fee(a, [s for s in sums if _same_list(reading, a, s)])}
    changed |= {a.id: "line_total" for a in totals if a.id not in changed and _listed(reading, a, totals)}
    return [a.model_copy(update={"role": changed[a.id], "is_total": False}) if a.id in changed else a for a in amounts]


# 以上价格均为含税价, behind the sums in their clause
_ALL_TAXED = re.compile(
    r"(?:以上|上述|前述|本[条款])[^，,。;]{0,10}?(?:价格?|费用|金额|款项|单价)[^，,。;]{0,4}(?P<not>不)?(?:包?含|已含|均含)税"
)


def with_tax(reading: Reading, amounts: list[Amount]) -> list[Amount]:
    """The sums, with tax told by a sentence of its own behind them.

    Args:
        reading: with sentences.
        amounts: in text order.
    """
    told = [(s, m) for s in reading.sentences.items if (m := _ALL_TAXED.search(s.text))]
    result = list(amounts)
    for sentence, match in told:
        for n, amount in enumerate(result):
            here = amount.clause == sentence.unit.id and amount.span.end <= sentence.start
            if here and amount.is_total and amount.tax_included is None:
                result[n] = amount.model_copy(update={"tax_included": not match["not"]})
    return result


def _untaxed(amount: Amount, totals: list[Amount]) -> bool:
    """A price without tax beside the same with it."""
    if amount.tax_included is not False:
        return False
    highest = amount.value * _HIGHEST_TAX
    return any(t.tax_included and amount.value < t.value <= highest for t in totals)


def _fee(amount: Amount, totals: list[Amount]) -> bool:
    """培训费用 where another sum is called 合同总价."""
    if _TOTAL.search(amount.label or ""):
        return False
    strong = [t.value for t in totals if _TOTAL.search(t.label or "") and _main(t)]
    return bool(strong) and amount.value not in strong and amount.value < max(strong)


def _main(amount: Amount) -> bool:
    return not (amount.clause or "").startswith("annex")


def _listed(reading: Reading, amount: Amount, totals: list[Amount]) -> bool:
    """One of several sums of the same name in one clause or in its items."""
    if _OF_CONTRACT.search(amount.label or "") or amount.form == "capitals":
        return False
    beside = [
        t
        for t in totals
        if (t.label, t.form, t.tax_included) == (amount.label, amount.form, amount.tax_included)
        and t.evidence.cues[0] != amount.evidence.cues[0]
        and t.value != amount.value
        and _same_list(reading, amount, t)
    ]
    return bool(beside)


def _same_list(reading: Reading, one: Amount, other: Amount) -> bool:
    place = _list_of(reading, one)
    return place is not None and place == _list_of(reading, other)


def _list_of(reading: Reading, amount: Amount) -> str | None:
    clause = reading.structure.clause_by_id.get(amount.clause or "")
    if clause is None:
        return None
    return clause.parent if clause.level > 1 and clause.parent else clause.id
