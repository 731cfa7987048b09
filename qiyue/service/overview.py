"""What a person reads of a contract at a glance: each value beside its words' clause and page."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from schema.citation import Citations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schema.contract import Contract
    from schema.elements import Element
    from schema.money import Amount, Payment
    from schema.penalty import Penalty
    from schema.span import Span
    from schema.timing import Deadline

_UNITS = {
    "minute": "分钟",
    "hour": "小时",
    "day": "日",
    "week": "周",
    "month": "个月",
    "quarter": "个季度",
    "year": "年",
}
_PER = {"day": "每日", "week": "每周", "month": "每月", "event": "每次", "once": ""}


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        label: what it is.
        value: what it says.
        clause: where, in short.
        page: of its first character.
    """

    label: str
    value: str
    clause: str
    page: int | None

    def cells(self) -> tuple[str, ...]:
        """As a table shows them; a clause line has no value of its own."""
        page = f"p. {self.page}" if self.page else ""
        return (self.label, self.value, self.clause, page) if self.clause else (self.label, page, self.value)


class Places:
    """Clause and page of the places of a contract."""

    def __init__(self, contract: "Contract") -> None:
        """Remember the tree and the lines.

        Args:
            contract: whose places will be named.
        """
        self._contract, self._citations = contract, Citations(contract)
        lines = sorted((line.span.start, page.number) for page in contract.pages for line in page.lines)
        self._starts, self._pages = [s for s, _ in lines], [p for _, p in lines]

    def page(self, span: "Span") -> int | None:
        """Page of the first character."""
        return self._pages[max(bisect_right(self._starts, span.start) - 1, 0)] if self._pages else None

    def of(self, span: "Span") -> str:
        """Clause, row or part and page: `第三条 2 p. 4`."""
        held = [(end - start, address) for start, end, address in self._held() if start <= span.start < end]
        page = self.page(span)
        words = self._citations.place(min(held)[1]) if held else ""
        return f"{words} p. {page}".strip() if page else words

    def _held(self) -> "Iterator[tuple[int, int, str]]":
        """Clauses, parts and rows, each with its ends."""
        for clause in self._contract.clauses:
            yield clause.span.start, clause.span.end, clause.id
        for part in self._contract.parts:
            yield part.span.start, part.span.end, part.id
        for row in (row for table in self._contract.tables for row in table.rows if row.cells):
            yield row.cells[0].span.start, row.cells[-1].span.end, row.id

    def line(self, label: str, value: str, element: "Element") -> Line:
        """A line about an element."""
        clause = self._citations.place(element.clause) if element.clause else "-"
        return Line(label, value, clause, self.page(element.span))


def fact_lines(contract: "Contract") -> dict[str, list[Line]]:
    """Lines by heading.

    Args:
        contract: with corrections applied.
    """
    where = Places(contract)
    roles = {party.id: party.role for party in contract.parties} | {"both": "双方"}
    deadlines = {deadline.id: deadline for deadline in contract.deadlines}
    return {
        "Parties": [where.line(p.role, p.name or ("____" if p.blank else "?"), p) for p in contract.parties],
        "Total": [where.line(a.label or "", total_words(a), a) for a in _totals(contract)],
        "Payments": [
            where.line(p.label or f"{p.sequence}", payment_words(p, deadlines.get(p.deadline or "")), p)
            for p in contract.payments
        ],
        "Deadlines": [
            where.line(roles.get(d.who or "", ""), deadline_words(d), d)
            for d in contract.deadlines
            if d.kind in ("deadline", "recurrence", "term")
        ],
        "Penalties": [where.line(roles.get(n.liable or "", ""), penalty_words(n), n) for n in contract.penalties],
        "Findings": [
            Line(f.severity, f"{f.code}: {f.message}", "-", where.page(f.spans[0]) if f.spans else None)
            for f in contract.findings
        ],
    }


def money(value: Decimal) -> str:
    """`4004736.6` → `4,004,736.60`."""
    return f"{value:,.2f}" if value == round(value, 2) else f"{value:,f}"


def deadline_words(deadline: "Deadline") -> str:
    """The time limit as a person says it, with what is owed."""
    return f"{length_words(deadline)} {deadline.what or ''}".strip()


def length_words(deadline: "Deadline") -> str:
    """The time limit with the event it counts from: 验收合格后15个工作日内, 发货前3日, 每6个月."""
    if deadline.number is None:
        return f"每月{deadline.day_of_month}日" if deadline.day_of_month else deadline.date or deadline.text
    unit = "个工作日" if deadline.workday and deadline.unit == "day" else _UNITS[deadline.unit]
    length = f"{plain(deadline.number)}{unit}"
    event = deadline.trigger.text if deadline.trigger else ""
    if deadline.relation == "before":
        return f"{event}前{length}" if event else f"提前{length}"
    if deadline.relation == "every":
        return f"每{length}"
    joint = "起" if event.endswith("之日") else "" if event.endswith(("后", "时")) else "后" if event else ""
    return f"{event}{joint}{length}{'内' if deadline.relation == 'within' else ''}"


def penalty_words(penalty: "Penalty") -> str:
    """Breach and price: base × rate, what it may reach, and what that is in money where it can be computed."""
    per = _PER[penalty.per or "once"]
    if penalty.rate is not None:
        price = f"{per}{penalty.base or ''} × {percent(penalty.rate)}"
    elif penalty.amount is not None:
        price = f"{per}{money(penalty.amount)}"
    elif penalty.multiple is not None:
        price = f"{per}{penalty.base or '月租金'} × {plain(penalty.multiple)}"
    else:
        return penalty.text
    if penalty.exposure is not None:
        price += f" = {money(penalty.exposure.value)}"
    if penalty.cap is not None and penalty.cap.rate is not None:
        price += f"（不超过{penalty.cap.base or ''}{percent(penalty.cap.rate)}）"
    elif penalty.cap is not None and penalty.cap.amount is not None:
        price += f"（不超过{money(penalty.cap.amount)}）"
    return f"{penalty.trigger or ''}: {price}" if penalty.trigger else price


def total_words(amount: "Amount") -> str:
    """The sum, and its capitals where it was written in them."""
    words = f"{money(amount.value)} {amount.currency}"
    return f"{words} {amount.text}" if amount.form == "capitals" else words


def payment_words(payment: "Payment", deadline: "Deadline | None") -> str:
    """Share, sum and time of an instalment."""
    parts = [
        f"{plain(payment.percent)}%" if payment.percent is not None else "",
        money(payment.amount) if payment.amount is not None else "",
        length_words(deadline) if deadline else "",
    ]
    return " ".join(filter(None, parts)) or "?"


def percent(fraction: Decimal) -> str:
    """A fraction in percent, small daily rates as contracts say them: `0.0005` → `万分之5`."""
    if fraction < Decimal("0.001"):
        return f"万分之{plain(fraction * 10_000)}"
    return f"{plain(fraction * 100)}%"


def plain(value: Decimal) -> str:
    """A number without zeros at its end and without an exponent."""
    return f"{value.normalize():f}"


def _totals(contract: "Contract") -> "list[Amount]":
    """Each total once: in capitals if it is written so, in a table cell only if nowhere else."""
    rank = {"capitals": 0, "figures": 1, "table_cell": 2}
    best: dict[tuple[Decimal, str], Amount] = {}
    for amount in (a for a in contract.amounts if a.is_total or a.role == "total"):
        known = best.get((amount.value, amount.currency))
        if known is None or rank[amount.form] < rank[known.form]:
            best[amount.value, amount.currency] = amount
    return list(best.values())
