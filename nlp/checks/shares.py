"""Sums that are said to be a share or a multiple: `合同总价的10%，即48,600元`, `39,180元，相当于两个月的租金`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from nlp.checks.figures import last_place, show, slip, text_of
from nlp.checks.ledger import Draft, Ledger
from nlp.checks.reduced import is_reduced
from nlp.values.found import within
from nlp.values.numerals import parse_number
from schema.money import Amount
from schema.span import Span

_CENT = Decimal("0.01")
_TOTAL = re.compile(
    r"(?:合同|协议|项目|服务|工程|采购|订单)?(?:的)?(?:含税)?总(?:价款?|金额|额|费用|款|造价|租金|"
    r"价格)(?:\([^()]{1,8}\))?的? ?【?\Z"
    r"|(?:合同|协议)(?:价款?|金额|款项?|额|价格)(?:总额|总价)?的? ?【?\Z"
)
# 支付40%，即134,400元
_BARE = re.compile(r"(?:支付|预付|付|付清|收取|剩余|其余|余下)(?:款项?)?(?:的)? ?\Z")
_THAT_IS = re.compile(
    r"】?(?:的)?(?:作为)?[^，。;\d]{0,12}[,，(]? ?(?:即|计|共计|合计|金额为|为|也就是)[^，。;\d]{0,10}\Z"
)
_MONTHS = re.compile(r"(?P<number>[一二两三四五六七八九十\d]{1,2}) ?个?月(?:的)?(?:租金|房租|月租金?)")
_PAID_BY = re.compile(r"按(月|季度?|半年|年)(?:度)?(?:支付|缴纳|交纳|付|结算)")
_PERIODS = {"月": 1, "季": 3, "季度": 3, "半年": 6, "年": 12}
_RAISED = re.compile(r"(?:递增|上调|上浮|增加|增长|上涨|提高)[^，。;\d]{0,4}\Z")


def of_total(ledger: Ledger) -> Iterator[Draft]:
    """X% of the contract total, 即 a sum; and bare 支付X%，即 a sum beside others that are shares of the total."""
    total = ledger.total
    if total is None:
        return
    bare: dict[str | None, list[tuple[Span, Amount, Decimal]]] = {}
    for place, amount, share in _shares(ledger):
        if is_reduced(ledger.text, place.start, place.end, amount.span.start, net=total.tax_included is False):
            continue
        before = ledger.text[max(0, place.start - 18) : place.start]
        if _TOTAL.search(before):
            if not _is_share(total, amount, share):
                yield _of_total(total, amount, share, place)
        elif _BARE.search(before):
            bare.setdefault(amount.clause, []).append((place, amount, share))
    held = sum(p.percent is not None and p.amount == total.value * p.percent / 100 for p in ledger.contract.payments)
    for found in bare.values():
        wrong = [f for f in found if not _is_share(total, f[1], f[2])]
        if len(wrong) == 1 and len(found) + held > 1:
            yield _of_total(total, wrong[0][1], wrong[0][2], wrong[0][0])


def _shares(ledger: Ledger) -> Iterator[tuple[Span, Amount, Decimal]]:
    """Percentages with the sum they are said to be, those of instalments left to their own check."""
    paid = [p.span for p in ledger.contract.payments if p.percent is not None and p.amount is not None]
    for rate in ledger.values.rates:
        place = Span(start=rate.start, end=rate.end)
        amount = None if any(span.contains(place) for span in paid) else _amount_behind(ledger, rate.end)
        if amount is not None:
            yield place, amount, rate.value


def _is_share(total: Amount, amount: Amount, share: Decimal) -> bool:
    return abs(total.value * share - amount.value) <= _allowed(amount)


def _of_total(total: Amount, amount: Amount, share: Decimal, place: Span) -> Draft:
    wanted = total.value * share
    return _draft(
        f"合同总价{show(total.value)}元的{show(share * 100)}%应为{show(wanted)}元，合同写作{show(amount.value)}元",
        f"{text_of(total.value)} × {text_of(share)} = {text_of(wanted)}",
        wanted,
        (amount, total),
        place,
    )


def _amount_behind(ledger: Ledger, position: int) -> Amount | None:
    """的10%，即人民币48,600.00元."""
    money = within(ledger.values.money, position, position + 40)
    if not money or not _THAT_IS.match(ledger.text[position : money[0].start]):
        return None
    start = money[0].start
    return next((a for a in ledger.contract.amounts if a.span.start <= start < a.span.end), None)


def _allowed(amount: Amount) -> Decimal:
    return max(last_place(amount.text, amount.value) / 2, _CENT / 2)


def months_of_rent(ledger: Ledger) -> Iterator[Draft]:
    """A deposit or a first payment said to be so many months of rent."""
    rents = _monthly_rents(ledger)
    for match in _MONTHS.finditer(ledger.text):
        sentence = ledger.sentence(Span(start=match.start(), end=match.end()))
        if not rents or sentence is None:
            continue
        count = parse_number(match["number"])
        said = [a for a in ledger.contract.amounts if _says(ledger, a, match, sentence.start, sentence.end)]
        if len({a.value for a in said}) != 1 or any(said[0].value == count * r.value for r in rents):
            continue
        wanted = count * rents[0].value
        draft = _draft(
            f"{show(count)}个月租金应为{show(wanted)}元，合同写作{show(said[0].value)}元",
            f"{text_of(rents[0].value)} × {text_of(count)} = {text_of(wanted)}",
            wanted,
            (said[0], rents[0]),
            Span(start=match.start(), end=match.end()),
        )
        yield draft if len({r.value for r in rents}) == 1 else replace(draft, severity="warning")
    yield from _first_rent(ledger, rents)


def _first_rent(ledger: Ledger, rents: list[Amount]) -> Iterator[Draft]:
    """租金按季度支付，首期租金56,520元: one other character would make it so many months of the first rent."""
    match = _PAID_BY.search(ledger.text)
    first = next((a for a in ledger.contract.amounts if _is_first_rent(ledger, a)), None)
    if not rents or match is None or first is None:
        return
    months = _PERIODS[match[1]]
    if any(first.value == months * rent.value for rent in rents):
        return
    wanted = months * rents[0].value
    if slip(first.text, wanted, first.value):
        yield _draft(
            f"首期租金应为{show(wanted)}元，合同写作{show(first.value)}元",
            f"{text_of(rents[0].value)} × {months} = {text_of(wanted)}",
            wanted,
            (first, rents[0]),
            Span(start=match.start(), end=match.end()),
        )


def _is_first_rent(ledger: Ledger, amount: Amount) -> bool:
    before = ledger.text[max(0, amount.span.start - 12) : amount.span.start]
    return amount.form == "figures" and bool(re.search(r"(?:首期|第一期)租金[^，。；\d]{0,6}\Z", before))


def _monthly_rents(ledger: Ledger) -> list[Amount]:
    return [
        a
        for a in ledger.contract.amounts
        if a.form != "capitals" and ((a.role == "rent" and a.per == "月") or (a.label or "").startswith("月租"))
    ]


def _says(ledger: Ledger, amount: Amount, match: re.Match[str], start: int, end: int) -> bool:
    """押金39,180元，相当于两个月的租金, or 押金为两个月租金，即39,180元."""
    if not start <= amount.span.start < end or amount.form == "capitals" or amount.per:
        return False
    if amount.span.end <= match.start():
        between = ledger.text[amount.span.end : match.start()]
        return bool(re.fullmatch(r"[^。;]{0,24}?(?:相当于|等于|即|为|合)[^，。;]{0,4}", between))
    return bool(_THAT_IS.match(ledger.text[match.end() : amount.span.start]))


def raised(ledger: Ledger) -> Iterator[Draft]:
    """租金在上一年的基础上递增5%，即每月20,569.50元: the raised rent follows from one of the rents before."""
    for rate in ledger.values.rates:
        if not _RAISED.search(ledger.text[max(0, rate.start - 12) : rate.start]):
            continue
        amount = _amount_behind(ledger, rate.end)
        if amount is None:
            continue
        earlier = [
            a
            for a in ledger.contract.amounts
            if a.span.start < rate.start and a.per == amount.per and a.form != "capitals"
        ]
        bases = {a.value: a for a in earlier if a.role == amount.role or a.role == "rent"}
        wanted = {base: base * (1 + rate.value) for base in bases}
        if not bases or any(abs(w - amount.value) <= _allowed(amount) for w in wanted.values()) or len(bases) > 1:
            continue
        base, value = next(iter(wanted.items()))
        yield _draft(
            f"{show(base)}元递增{show(rate.value * 100)}%应为{show(value)}元，合同写作{show(amount.value)}元",
            f"{text_of(base)} × {text_of(1 + rate.value)} = {text_of(value)}",
            value,
            (amount, bases[base]),
            Span(start=rate.start, end=rate.end),
        )


def _draft(message: str, formula: str, wanted: Decimal, amounts: tuple[Amount, Amount], other: Span) -> Draft:
    said, base = amounts
    return Draft(
        message=message,
        spans=(said.span, other, base.span),
        elements=(said.id, base.id),
        data={
            "formula": formula,
            "left": text_of(wanted),
            "right": text_of(said.value),
            "difference": text_of(said.value - wanted),
        },
        suggestion=slip(said.text, wanted, said.value),
    )
