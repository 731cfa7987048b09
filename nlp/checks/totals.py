"""One price said in several places, and copies against who gets them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import show, slip, text_of
from nlp.checks.ledger import Draft, Ledger
from schema.money import Amount

_CHANGED = re.compile(
    r"原|变更|调整|增加|减少|增补|追加|修改|暂定|第[一二三四五六\d]+(?:年|期|阶段|部分|标段)|(?:每|各)(?:年|期)|年度|补充"
)
_MORE_HOLDERS = re.compile(r"其余|其他|另|备案|代理|见证|公证|鉴证|登记|丙方|丁方|报|送|剩余|余")


def total_twice(ledger: Ledger) -> Iterator[Draft]:
    """The price of the contract stated with two values."""
    stated = [a for a in ledger.totals if a.form != "capitals"]
    stated = [a for a in stated if not a.clause or not ledger.part_of(a.clause).startswith("annex")]
    for first, second in _different(stated):
        if first.tax_included is False or second.tax_included is False or first.currency != second.currency:
            continue
        if ledger.contract.kind == "supplement" or _explained(ledger, first, second):
            continue
        yield Draft(
            message=f"合同总价写了两个数：{ledger.name(first.clause)}为{show(first.value)}元，"
            f"{ledger.name(second.clause)}为{show(second.value)}元",
            spans=(second.span, first.span),
            elements=(second.id, first.id),
            data={"thing": "合同总价", "left": text_of(first.value), "right": text_of(second.value)},
            suggestion=slip(second.text, first.value, second.value),
        )
        return


def _different(stated: list[Amount]) -> Iterator[tuple[Amount, Amount]]:
    for other in stated[1:]:
        if other.value != stated[0].value:
            yield stated[0], other


def _explained(ledger: Ledger, first: Amount, second: Amount) -> bool:
    """Whether tax, a part, a change or a sum of both makes them two things."""
    for amount in (first, second):
        sentence = ledger.sentence(amount.span)
        if sentence and _CHANGED.search(sentence.before(amount.span.end)):
            return True
    small, large = sorted((first.value, second.value))
    rates = {r.value for r in ledger.contract.rates}
    others = {a.value for a in ledger.contract.amounts if a.id not in (first.id, second.id)}
    if any(abs(small * (1 + rate) - large) <= 1 or abs(large * (1 - rate) - small) <= 1 for rate in rates):
        return True
    return large - small in others or large + small in others


def copies(ledger: Ledger) -> Iterator[Draft]:
    """Σ copies of the parties = copies in all."""
    said = ledger.contract.copies
    if said is None or said.total is None or not said.shares:
        return
    words = ledger.text[said.span.start : said.span.end]
    each = {s.number for s in said.shares}
    held = sum((s.number for s in said.shares), Decimal(0))
    if re.search(r"双方各", words) and len(each) == 1:
        held = 2 * next(iter(each))
    if held == said.total or (
        re.search(r"各方|[三四五六]方", words) and len(each) == 1 and said.total % each.pop() == 0
    ):
        return
    whole = len({s.party for s in said.shares if s.party}) >= 2 and not _MORE_HOLDERS.search(words)
    if held < said.total and not whole:
        return
    parts = " + ".join(text_of(s.number) for s in said.shares)
    yield Draft(
        message=f"合同份数不符：一式{show(said.total)}份，各方所执合计{show(held)}份",
        spans=(said.span,),
        data={
            "formula": f"{parts} = {text_of(held)}",
            "left": text_of(held),
            "right": text_of(said.total),
            "difference": text_of(held - said.total),
        },
    )
