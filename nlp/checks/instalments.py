"""Instalments against the total: their sum, their shares, and each share of the total."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import last_place, show, slip, text_of
from nlp.checks.ledger import Data, Draft, Ledger
from nlp.checks.reduced import is_reduced
from nlp.checks.schedule import WHOLE, Schedule, schedules
from schema.clause import Clause
from schema.money import Amount, Payment
from schema.problem import Severity
from schema.span import Span

_CENT = Decimal("0.01")
_SCALES = (Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000))
# 首付款60万元（含定金）: the deposit is counted in it
_WITH_DEPOSIT = re.compile(r"[(（][^()（）]{0,3}含[^()（）]{0,4}(?:定金|订金|意向金|预付款)")
_TOTAL_BASE = re.compile(r"总|合同(?:价|金额|款|额)|协议(?:价|金额)|全部|货款|价款|服务费|工程款|款项|费用")


def sums(ledger: Ledger) -> Iterator[Draft]:
    """Σ instalments = contract total."""
    total = ledger.total
    if total is None or ledger.contract.kind == "supplement":
        return  # a supplement pays for what it adds
    for schedule in schedules(ledger):
        amounts = [p.amount for p in schedule.payments if p.amount is not None]
        if len(amounts) < 2 or len(amounts) != len(schedule.payments):
            continue
        if any(_WITH_DEPOSIT.search(p.text) for p in schedule.payments):
            continue
        paid = sum(amounts, Decimal(0))
        allowed = sum((_rounding(ledger, p) for p in schedule.payments), last_place(total.text, total.value)) / 2
        if abs(paid - total.value) > max(min(allowed, Decimal(1)), _CENT / 2):
            draft = _sum_draft(schedule, total, paid)
            if draft:
                yield draft


def _rounding(ledger: Ledger, payment: Payment) -> Decimal:
    amount = ledger.amounts.get(payment.amount_id or "")
    return last_place(amount.text, amount.value) if amount and amount.value % 1 else Decimal(0)


def _sum_draft(schedule: Schedule, total: Amount, paid: Decimal) -> Draft | None:
    scale = _scale(paid, total.value)
    fits = _fitting(schedule, total, paid)
    severity: Severity | None = None
    if not schedule.is_whole and scale is None:
        if paid < total.value and not fits:
            return None
        severity = "warning"
    unit = f"，相差{show(scale)}倍，可能混用了元与万元" if scale else ""
    suspected = _suspected(schedule, total)
    ordered = sorted(schedule.payments, key=lambda p: p is not suspected)
    places = [schedule.place(p) for p in ordered]
    return Draft(
        message=f"各期款项合计{show(paid)}元，与合同总价{show(total.value)}元不符，"
        f"相差{show(abs(paid - total.value))}元{unit}",
        spans=(*places, total.span) if suspected else (total.span, *places),
        elements=(*schedule.ids, total.id),
        data=_working(schedule, total, paid),
        suggestion=fits,
        severity=severity,
    )


def _working(schedule: Schedule, total: Amount, paid: Decimal) -> Data:
    parts = " + ".join(text_of(p.amount) for p in schedule.payments if p.amount is not None)
    return {
        "formula": f"{parts} = {text_of(paid)}",
        "left": text_of(paid),
        "right": text_of(total.value),
        "difference": text_of(paid - total.value),
    }


def _scale(first: Decimal, second: Decimal) -> Decimal | None:
    small, large = sorted((first, second))
    return next((s for s in _SCALES if small and small * s == large), None)


def _suspected(schedule: Schedule, total: Amount) -> Payment | None:
    """The one payment whose share of the total is not its sum."""
    wrong = [p for p in schedule.payments if p.percent and p.amount != total.value * p.percent / WHOLE]
    return wrong[0] if len(wrong) == 1 and len(schedule.payments) > 1 else None


def _fitting(schedule: Schedule, total: Amount, paid: Decimal) -> str | None:
    """The one sum that one character parts from making all fit."""
    found = []
    for payment in schedule.payments:
        amount = schedule.ledger.amounts.get(payment.amount_id or "")
        if amount and payment.amount is not None:
            right = slip(amount.text, payment.amount + total.value - paid, amount.value)
            if right:
                found.append(f"{amount.text}→{right}")
    right = slip(total.text, paid, total.value)
    if right:
        found.append(f"{total.text}→{right}")
    return found[0] if len(found) == 1 else None


def percents(ledger: Ledger) -> Iterator[Draft]:
    """Σ shares = 100 %."""
    for schedule in schedules(ledger):
        shares = schedule.percents
        if shares is None or len(shares) < 2 or sum(shares) == WHOLE:
            continue
        reached = sum(shares, Decimal(0))
        certain = schedule.numbers_read
        if _rates_left(schedule) or (not certain and reached < WHOLE and _names_a_rest(schedule)):
            continue
        yield Draft(
            message=f"各期付款比例合计{show(reached)}%，不是100%",
            spans=tuple(schedule.share_place(p) for p in schedule.payments),
            elements=tuple(p.id for p in schedule.payments),
            data={"formula": f"{' + '.join(map(text_of, shares))} = {text_of(reached)}", "right": "100"},
            severity=None if certain else "warning",
        )


def _rates_left(schedule: Schedule) -> bool:
    """Whether the clause names shares that are in none of the payments: 付60%，余10%作为质保金 read as one."""
    spans = [c.span for c in _clauses(schedule)]
    read = [(p.span, p.percent) for p in schedule.payments]
    taxes = [r.span for r in schedule.ledger.contract.rates if r.role in ("tax", "interest", "discount")]
    for rate in schedule.ledger.values.rates:
        place = Span(start=rate.start, end=rate.end)
        within = any(s.contains(place) for s in spans) and not any(s.overlaps(place) for s in taxes)
        if within and not any(s.contains(place) and percent == rate.value * WHOLE for s, percent in read):
            return True
    return False


def _names_a_rest(schedule: Schedule) -> bool:
    """Whether the clause names a remainder."""
    words = "".join(schedule.ledger.text[c.span.start : c.span.end] for c in _clauses(schedule))
    return bool(re.search(r"余款|剩余|尾款|质保金|保证金|余额|其余", words))


def _clauses(schedule: Schedule) -> list[Clause]:
    """The clauses of the payments and those around them."""
    tops = {(p.clause or "").rsplit("/", 1)[0] for p in schedule.payments} - {"main"}
    own = {p.clause for p in schedule.payments}
    return [c for c in schedule.ledger.contract.clauses if c.id in tops | own or (c.parent or "") in tops]


def products(ledger: Ledger) -> Iterator[Draft]:
    """Share × total = instalment."""
    total = ledger.total
    if total is None:
        return
    for schedule in schedules(ledger):
        shared = [p for p in schedule.payments if p.percent is not None and p.amount is not None]
        wrong = [p for p in shared if not _holds(schedule, p, total)]
        right = len(shared) - len(wrong)
        for payment in wrong:
            base = schedule.base(payment)[-14:]
            if schedule.has_other_base(payment) or not (_TOTAL_BASE.search(base) or right):
                continue
            if _reduced(schedule, payment, total):
                continue
            yield _product_draft(schedule, payment, total, certain=right > 0 or bool(re.search("总|合同", base)))


def _reduced(schedule: Schedule, payment: Payment, total: Amount) -> bool:
    """签约合同价（扣除暂列金额）的10% is no share of the whole."""
    share, amount = schedule.share_place(payment), schedule.place(payment)
    text, net = schedule.ledger.text, total.tax_included is False
    return is_reduced(text, share.start, share.end, amount.start, net=net)


def _holds(schedule: Schedule, payment: Payment, total: Amount) -> bool:
    amount = schedule.ledger.amounts.get(payment.amount_id or "")
    if payment.percent is None or payment.amount is None or amount is None:
        return True
    allowed = max(min(last_place(amount.text, amount.value), Decimal(10_000)) / 2, _CENT / 2)
    return any(abs(wanted - payment.amount) <= allowed for wanted in schedule.wanted(payment, total.value))


def _unit(wanted: Decimal, paid: Decimal) -> str:
    return "，可能混用了元与万元" if paid and wanted / paid in (Decimal(10_000), 1 / Decimal(10_000)) else ""


def _product_draft(schedule: Schedule, payment: Payment, total: Amount, *, certain: bool) -> Draft:
    percent, paid = payment.percent or Decimal(0), payment.amount or Decimal(0)
    wanted = schedule.wanted(payment, total.value)[0]
    share = wanted / total.value * WHOLE if total.value else percent
    amount = schedule.ledger.amounts[payment.amount_id or ""]
    return Draft(
        message=f"{payment.label or '该期款项'}：合同总价{show(total.value)}元的{show(share)}%应为{show(wanted)}元，"
        f"合同写作{show(paid)}元{_unit(wanted, paid)}",
        spans=(amount.span, schedule.share_place(payment), total.span),
        elements=(payment.id, amount.id, total.id),
        data={
            "formula": f"{text_of(total.value)} × {text_of(share)}% = {text_of(wanted)}",
            "left": text_of(wanted),
            "right": text_of(paid),
            "difference": text_of(paid - wanted),
        },
        suggestion=slip(amount.text, wanted, amount.value),
        severity=None if certain else "warning",
    )
