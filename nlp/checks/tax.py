"""Price with tax, price without, rate and tax, where one clause gives them.

Both ways of pricing are known: 含税总价 with the net price worked out of it, and a net price to which tax is added.
Net and tax are each rounded to the cent by themselves, so a cent or two of difference is no contradiction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nlp.checks.figures import last_place, show, slip, text_of
from nlp.checks.ledger import Draft, Ledger
from schema.money import Amount, Rate

_TWO_CENTS = Decimal("0.02")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Taxed:
    """What one clause says; None where it says nothing, or says it twice."""

    gross: Amount | None
    net: Amount | None
    tax: Amount | None
    rate: Rate | None


def taxes(ledger: Ledger) -> Iterator[Draft]:
    """Net + tax = gross; net × rate = tax; net × (1 + rate) = gross."""
    clauses = dict.fromkeys(a.clause for a in ledger.contract.amounts if a.role == "tax" or a.tax_included is False)
    for clause in clauses:
        said = _said(ledger, clause)
        yield from _relations(said)


def _said(ledger: Ledger, clause: str | None) -> Taxed:
    here = [a for a in ledger.contract.amounts if a.clause == clause and a.form == "figures" and a.per is None]
    tax = [a for a in here if a.role == "tax"]
    net = [a for a in here if a.role != "tax" and (a.tax_included is False or _says_net(a))]
    gross = [a for a in here if a not in tax and a not in net and (a.is_total or a.tax_included)]
    rates = [r for r in ledger.contract.rates if r.clause == clause and r.role == "tax"]
    rate = rates[0] if rates and len({r.value for r in rates}) == 1 else None
    total = _only(gross) or (ledger.total if not gross and ledger.total and ledger.total.tax_included else None)
    return Taxed(total, _only(net), _only(tax), rate)


def _says_net(amount: Amount) -> bool:
    return any(word in (amount.label or "") for word in ("不含税", "不含增值税", "未税", "税前"))


def _only(amounts: list[Amount]) -> Amount | None:
    return amounts[0] if amounts and len({a.value for a in amounts}) == 1 else None


def _relations(said: Taxed) -> Iterator[Draft]:
    gross, net, tax, rate = said.gross, said.net, said.tax, said.rate
    if gross and net and tax and abs(net.value + tax.value - gross.value) > _allowed(gross, net, tax):
        yield _draft(
            f"不含税价{show(net.value)}元加税额{show(tax.value)}元等于{show(net.value + tax.value)}元，"
            f"与含税价{show(gross.value)}元不符",
            f"{text_of(net.value)} + {text_of(tax.value)} = {text_of(net.value + tax.value)}",
            net.value + tax.value,
            (gross, net, tax),
            {gross.id: net.value + tax.value, net.id: gross.value - tax.value, tax.id: gross.value - net.value},
        )
    if not rate or rate.value == 0:
        return
    if net and tax and abs(net.value * rate.value - tax.value) > _allowed(net, tax):
        wanted = net.value * rate.value
        yield _draft(
            f"不含税价{show(net.value)}元按税率{show(rate.value * 100)}%计税应为{show(wanted.quantize(_CENT))}元，"
            f"合同写作{show(tax.value)}元",
            f"{text_of(net.value)} × {text_of(rate.value)} = {_cents(wanted)}",
            wanted,
            (tax, net),
            {tax.id: wanted.quantize(Decimal("0.01")), net.id: (tax.value / rate.value).quantize(Decimal("0.01"))},
            rate,
        )
    elif gross and net and not tax and abs(net.value * (1 + rate.value) - gross.value) > _allowed(gross, net):
        wanted = gross.value / (1 + rate.value)
        yield _draft(
            f"含税价{show(gross.value)}元按税率{show(rate.value * 100)}%折算，"
            f"不含税价应为{show(wanted.quantize(_CENT))}元，"
            f"合同写作{show(net.value)}元",
            f"{text_of(gross.value)} ÷ {text_of(1 + rate.value)} = {_cents(wanted)}",
            wanted,
            (net, gross),
            {net.id: wanted.quantize(Decimal("0.01"))},
            rate,
        )
    elif gross and tax and not net and not _tax_of(gross, tax, rate):
        wanted = gross.value / (1 + rate.value) * rate.value
        yield _draft(
            f"含税价{show(gross.value)}元、税率{show(rate.value * 100)}%时，"
            f"税额应为{show(wanted.quantize(_CENT))}元，"
            f"合同写作{show(tax.value)}元",
            f"{text_of(gross.value)} ÷ {text_of(1 + rate.value)} × {text_of(rate.value)} = {_cents(wanted)}",
            wanted,
            (tax, gross),
            {tax.id: wanted.quantize(Decimal("0.01"))},
            rate,
        )


def _tax_of(gross: Amount, tax: Amount, rate: Rate) -> bool:
    """Tax worked out of the price, or on top of it."""
    allowed = _allowed(gross, tax)
    inside = gross.value / (1 + rate.value) * rate.value
    return abs(inside - tax.value) <= allowed or abs(gross.value * rate.value - tax.value) <= allowed


def _allowed(*amounts: Amount) -> Decimal:
    """Two cents, or half of the last printed place where sums are rounded more."""
    return max(_TWO_CENTS, *(last_place(a.text, a.value) / 2 for a in amounts if a.value % 1 or a.value >= 10_000))


def _cents(value: Decimal) -> str:
    return text_of(value.quantize(Decimal("0.01")))


def _draft(
    message: str,
    formula: str,
    wanted: Decimal,
    amounts: tuple[Amount, ...],
    fitting: dict[str, Decimal],
    rate: Rate | None = None,
) -> Draft:
    fits = [f"{a.text}→{right}" for a in amounts if a.id in fitting and (right := slip(a.text, fitting[a.id], a.value))]
    return Draft(
        message=message,
        spans=(*(a.span for a in amounts), *((rate.span,) if rate else ())),
        elements=(*(a.id for a in amounts), *((rate.id,) if rate else ())),
        data={
            "formula": formula,
            "left": _cents(wanted),
            "right": text_of(amounts[0].value),
            "difference": text_of((amounts[0].value - wanted).quantize(Decimal("0.01"))),
        },
        suggestion=fits[0] if len(fits) == 1 else None,
    )
