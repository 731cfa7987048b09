"""Which of several sums called a total is the price of the contract.

`共计96,000元（不含税），…，价税合计101,760元`: the sum with tax. `（1）空调5台，总价12,000元；（2）家具，总价18,000元`
are lines of a list. `培训费用为36,000元` beside 合同总价 is a fee among others. Two values of the same name
(合同总价) both stay: that is a conflict for people to see.
"""

import re
from decimal import Decimal

from nlp.reading import Reading
from schema.money import Amount
from schema.table import Table

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


# 支付总价的20%，即372,000元
OF_SHARE = re.compile(
    r"(?:[\d.]+[ 】\])_]*[%‰]|百分之[一二三四五六七八九十点]+)[】\])_]*[，, ]*\(?"
    r"(?:即|计|共计|合计|折合|为|约|金额)*(?:人民币|¥|:)*[ _【\[]*\Z"
)

_SUM_ROW = re.compile(r" *(?:本)?(?:合同|订单)?(?:含税|不含税|货款|价税)?(?:总计|合计|共计|总价|总金额|总额)")
_ESTIMATE = re.compile(r"预计|预估|估算|计划|参考|支付|付款|付费")


def with_table_total(reading: Reading, amounts: list[Amount]) -> list[Amount]:
    """Where nothing is called the price: the sum behind 合计, else the last of the row 合计 of a price table.

    Where something is, the same sum in such a row is the price too.
    """
    if reading.kind == "labour":
        return amounts
    if any(a.is_total for a in amounts):
        return _in_sum_rows(amounts, {a.value for a in amounts if a.is_total})
    rows = {
        row.id: table
        for table in reading.structure.tables
        if not (table.part or "main").startswith("annex") and not _ESTIMATE.search(" ".join(table.columns))
        for row in table.rows
        if (first := next((c.text for c in row.cells if c.text.strip()), "")) and _SUM_ROW.match(first)
    }
    told = [a for a in amounts if a.evidence.rule == "amount.sum" and a.per is None and a.clause not in rows]
    told = [a for a in told if not OF_SHARE.search(reading.text, max(0, a.span.start - 40), a.span.start)]
    if told:
        total = {told[0].id, told[0].same_as}
        marked = [a.model_copy(update={"role": "total", "is_total": True}) if a.id in total else a for a in amounts]
        return _in_sum_rows(marked, {told[0].value})
    sums = [a for a in amounts if a.clause in rows and a.per is None]
    if not sums or len({id(rows[a.clause or ""]) for a in sums}) > 1:
        return amounts
    value = next((a.value for a in sums if a.form == "capitals"), sums[-1].value)
    total = {a.id for a in sums if a.value == value and a.clause == sums[-1].clause}
    total |= {a.id for a in amounts if a.value == value and _is_repeated(reading, a, rows[sums[-1].clause or ""])}
    change = {"role": "total", "is_total": True}
    return [a.model_copy(update=change) if a.id in total else a for a in amounts]


def _in_sum_rows(amounts: list[Amount], values: set[Decimal]) -> list[Amount]:
    """The price in the sum row of a table is the price too."""
    same = [a for a in amounts if a.form == "table_cell" and a.role == "total" and a.value in values]
    ids = {a.id for a in same if not (a.clause or "").startswith("annex")}
    return [a.model_copy(update={"is_total": True}) if a.id in ids else a for a in amounts]


_IN_WORDS = re.compile(r"\(?(?:金额|总计|合计)?(?:人民币)? ?\(?大写\)?[: ]*(?:人民币)?\Z")


def _is_repeated(reading: Reading, amount: Amount, table: Table) -> bool:
    """大写：壹万元整 right below a table says its sum again."""
    sentence = reading.sentences.at(amount.span.start)
    if amount.form != "capitals" or amount.evidence.rule != "amount.plain" or sentence is None:
        return False
    below = not reading.text[table.span.end : sentence.start].strip()
    return below and bool(_IN_WORDS.match(sentence.before(amount.span.start)))


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
