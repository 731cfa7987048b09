"""What a person reads of a contract at a glance: each value beside its words' clause and page."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from schema.citation import Citations

if TYPE_CHECKING:
    from schema.clause import Clause
    from schema.contract import Contract
    from schema.elements import Element
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


class _Where:
    """Clause and page of places."""

    def __init__(self, contract: "Contract") -> None:
        citations = Citations(contract)
        self._short = {c.id: " ".join(filter(None, map(_number, citations.chain(c)))) for c in contract.clauses}
        self._names = dict.fromkeys((part.id for part in contract.parts), "")
        lines = sorted((line.span.start, page.number) for page in contract.pages for line in page.lines)
        self._starts, self._pages = [s for s, _ in lines], [p for _, p in lines]

    def page(self, span: "Span") -> int | None:
        return self._pages[max(bisect_right(self._starts, span.start) - 1, 0)] if self._pages else None

    def line(self, label: str, value: str, element: "Element") -> Line:
        clause = self._short.get(element.clause or "") or element.clause or "-"
        return Line(label, value, clause, self.page(element.span))


def fact_lines(contract: "Contract") -> dict[str, list[Line]]:
    """Lines by heading.

    Args:
        contract: with corrections applied.
    """
    where = _Where(contract)
    roles = {party.id: party.role for party in contract.parties} | {"both": "双方"}
    totals = [a for a in contract.amounts if a.is_total or a.role == "total"]
    return {
        "Parties": [where.line(p.role, p.name or ("____" if p.blank else "?"), p) for p in contract.parties],
        "Total": [where.line(a.label or "", f"{money(a.value)} {a.currency}", a) for a in totals],
        "Payments": [
            where.line(p.label or f"{p.sequence}", _payment(p.percent, p.amount), p) for p in contract.payments
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


def clause_lines(contract: "Contract") -> list[Line]:
    """The clause tree, indented by level."""
    where = _Where(contract)
    return [
        Line(
            "  " * max(clause.level - 1, 0) + " ".join(filter(None, (clause.number, clause.heading))),
            " ".join(clause.types),
            "",
            where.page(clause.span),
        )
        for clause in contract.clauses
    ]


def money(value: Decimal) -> str:
    """`4004736.60` → `4,004,736.60`."""
    return f"{value:,f}"


def deadline_words(deadline: "Deadline") -> str:
    """The time limit as a person says it, with what is owed."""
    if deadline.number is None:
        length = f"每月{deadline.day_of_month}日" if deadline.day_of_month else deadline.date or deadline.text
    else:
        unit = "个工作日" if deadline.workday and deadline.unit == "day" else _UNITS[deadline.unit]
        length = f"{deadline.number:f}{unit}"
    trigger = f"（{deadline.trigger.text}）" if deadline.trigger else ""
    return f"{length}{trigger} {deadline.what or ''}".strip()


def penalty_words(penalty: "Penalty") -> str:
    """Breach and price."""
    price = penalty.text
    if penalty.rate is not None:
        price = f"{_PER[penalty.per or 'once']}{penalty.base or ''} × {(penalty.rate * 100).normalize():f}%"
    elif penalty.amount is not None:
        price = f"{_PER[penalty.per or 'once']}{money(penalty.amount)}"
    return f"{penalty.trigger or ''}: {price}" if penalty.trigger else price


def _payment(percent: Decimal | None, amount: Decimal | None) -> str:
    parts = [f"{percent:f}%" if percent is not None else "", money(amount) if amount is not None else ""]
    return " ".join(filter(None, parts)) or "?"


def _number(clause: "Clause") -> str:
    return (clause.number or "").strip(" 、.．:：")
