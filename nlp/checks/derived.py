"""Values that follow from others: what speaks for one of two numbers that disagree."""

from decimal import Decimal

from nlp.checks.ledger import Ledger


def is_confirmed(ledger: Ledger, value: Decimal, apart_from: set[str]) -> bool:
    """Whether another sum, a share of the total or the rest of the instalments gives this value.

    Args:
        ledger: of the contract.
        value: in whole currency units.
        apart_from: ids of sums that do not count.
    """
    amounts = ledger.contract.amounts
    if any(a.value == value and a.id not in apart_from and a.role not in ("unit_price", "penalty") for a in amounts):
        return True
    payments = [p for p in ledger.contract.payments if p.amount is not None]
    others = [p for p in payments if p.amount_id not in apart_from]
    paid = sum((p.amount for p in others if p.amount is not None), Decimal(0))
    totals = {a.value for a in amounts if a.is_total and a.id not in apart_from}
    shares = {
        t * p.percent / 100 for t in totals for p in payments if p.percent is not None and p.amount_id in apart_from
    }
    rests = {t - paid for t in totals if len(others) + 1 == len(payments)} if others else set()
    return value in shares | rests or (len(others) == len(payments) > 1 and value == paid)
