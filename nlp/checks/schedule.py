"""Schedules of payments: which payments make up the whole price, and whether all of them are known.

A sum that is missing may only be one that was not read, so a schedule counts as whole only where the contract says so:
shares that come to 100 %, 分四期 with four of them, or a first payment and a last one (首付款 … 尾款) with no other sum
between them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from nlp.checks.ledger import Ledger
from nlp.values.numerals import parse_number
from schema.money import Payment
from schema.span import Span

_FIRST = re.compile(r"首|预|定金|订金|第一|启动|签约|签订|一期|前期")
_LAST = re.compile(r"尾|余|质保|剩余|最后|末期|终期|结算|结清|保证金|付清")
_PARTS = re.compile(
    r"分(?:为)?(?P<number>[一二两三四五六七八九十\d]{1,2})(?:期|次|笔|个?阶段|批)(?:向[^，。;]{1,10})?(?:支付|付|结)?"
)
_CUMULATIVE = re.compile(r"(?:付|支付|拨付|付款)(?:至|到)|累计(?:达到|支付|付款|付)?")
# words that say of what a share is taken, when that is not the price of the whole contract
OTHER_BASE = re.compile(
    r"剩余|余款|余额|其余|当期|每期|该期|该笔|该批|每批|本批|当批|实际|结算|审定|审计"
    r"|(?<![\d ])月|年度|每年|上述|已完|进度款的|到货|尾款"
)
_MEASURE = re.compile(r" ?[)）】]? ?(?:\(含\)|\(不含\))?(?:及?以[上下]|之间|至 ?\d|-\d|~)")
_REACHED = re.compile(r"(?:满意度|合格率|得分|分数|率|完成量)[^，。;]{0,6}\Z")
_GUARANTEE = re.compile(
    r"(?:保函|担保书|保单)(?:由|的|应|系|，|,|为|金额|额度|面额|保额)(?:[^。；;\n\d]{0,24}(?:金额|额度|面额|保额))?[^，。；\n\d]{0,8}\Z"
)
WHOLE = Decimal(100)


@dataclass(frozen=True)
class Schedule:
    """Payments that belong together.

    Attributes:
        ledger: of the contract.
        payments: in order.
    """

    ledger: Ledger
    payments: tuple[Payment, ...]

    @cached_property
    def percents(self) -> tuple[Decimal, ...] | None:
        """What each adds in percentage points, 付至80% after 30% as 50; None when one is no share of the total."""
        found, reached = [], Decimal(0)
        for payment in self.payments:
            if payment.percent is None or self.has_other_base(payment) or self._is_measure(payment):
                return None
            share = payment.percent
            if self.is_cumulative(payment) and share > reached:
                share -= reached
            reached += share
            found.append(share)
        return tuple(found)

    def wanted(self, payment: Payment, total: Decimal) -> tuple[Decimal, ...]:
        """What the sum of an instalment may be by its share; 付至80% may name all that is paid, or what is added."""
        share = (payment.percent or Decimal(0)) / WHOLE
        if not self.is_cumulative(payment):
            return (total * share,)
        earlier = [p for p in self.payments if p.sequence < payment.sequence]
        before = [p.percent for p in earlier if p.percent is not None]
        paid = [p.amount for p in earlier if p.amount is not None]
        added = (
            self.percents[self.payments.index(payment)] / WHOLE
            if self.percents
            else share - max(before, default=Decimal(0)) / WHOLE
        )
        rest = (total * share - sum(paid, Decimal(0)),) if paid and len(paid) == len(earlier) else ()
        return total * added, total * share, *rest

    @cached_property
    def is_whole(self) -> bool:
        """Whether the contract says that these payments are all."""
        if len(self.payments) < 2:
            return False
        percents = self.percents
        if percents is not None and sum(percents) == WHOLE:
            return True
        return self._counted or (self._framed and not self._other_sums)

    @property
    def numbers_read(self) -> bool:
        """Whether the schedule is framed by its words: 首付款 … 尾款, or 分四期."""
        return self._counted or self._framed

    @cached_property
    def _counted(self) -> bool:
        first = self.payments[0].span.start
        window = self.ledger.text[max(0, first - 160) : first]
        numbers = [parse_number(m["number"]) for m in _PARTS.finditer(window)]
        return bool(numbers) and numbers[-1] == len(self.payments)

    @cached_property
    def _framed(self) -> bool:
        first, last = self.payments[0], self.payments[-1]
        return bool(_FIRST.search(_words(first))) and bool(_LAST.search(_words(last)))

    @cached_property
    def _other_sums(self) -> bool:
        """Whether a sum stands between them that is none of theirs, nor the total."""
        start, end = self.payments[0].span.start, self.payments[-1].span.end
        known = {p.amount_id for p in self.payments}
        return any(
            start <= a.span.start < end and not a.is_total and a.id not in known and a.same_as not in known
            for a in self.ledger.contract.amounts
            if a.form != "table_cell"
        )

    def has_other_base(self, payment: Payment) -> bool:
        """剩余款项的50% is taken of something else; 剩余5% is a share of the price."""
        base = re.sub(r"(?:剩余|其余|余下|余)(?:的)? ?\Z", "", self.base(payment))
        return bool(OTHER_BASE.search(base[-14:]))

    def _is_measure(self, payment: Payment) -> bool:
        """学员满意度达到85%以上: a percentage that is no share of the price."""
        end = self.share_place(payment).end
        return bool(_MEASURE.match(self.ledger.text, end)) or bool(_REACHED.search(self.base(payment)))

    def is_cumulative(self, payment: Payment) -> bool:
        """付至80%, 累计支付80%."""
        return bool(_CUMULATIVE.search(self.base(payment)))

    def share_place(self, payment: Payment) -> Span:
        """Where the percentage stands."""
        rate = next((r for r in self.ledger.contract.rates if payment.span.contains(r.span)), None)
        return rate.span if rate else next(iter(payment.evidence.cues), payment.span)

    def base(self, payment: Payment) -> str:
        """Words in front of the percentage, within the payment."""
        start = self.share_place(payment).start
        return self.ledger.text[max(payment.span.start, start - 24) : start]

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the payments and their sums."""
        return tuple(i for p in self.payments for i in (p.id, p.amount_id) if i)

    def place(self, payment: Payment) -> Span:
        """Where to click: the sum, else the payment."""
        amount = self.ledger.amounts.get(payment.amount_id or "")
        return amount.span if amount else payment.span


def _words(payment: Payment) -> str:
    return (payment.label or "") + payment.text[:12]


def _is_guarantee(ledger: Ledger, payment: Payment) -> bool:
    """预付款保函由卖方银行出具，金额978,000元: what a bank answers for, not what is paid."""
    amount = ledger.amounts.get(payment.amount_id or "")
    before = ledger.text[max(0, amount.span.start - 40) : amount.span.start] if amount else ""
    return bool(_GUARANTEE.search(before))


def schedules(ledger: Ledger) -> Iterator[Schedule]:
    """The schedules of a contract; alternatives apart, payments of annexes apart from those of the main text.

    A sum paid beside the price (支付居间服务费4500元, a loan paid out) belongs to none.
    """
    groups: dict[tuple[str, str | None], list[Payment]] = {}
    for payment in ledger.contract.payments:
        if payment.evidence.rule == "payment.beside" or _is_guarantee(ledger, payment):
            continue
        groups.setdefault((ledger.part_of(payment.clause), payment.schedule), []).append(payment)
    for payments in groups.values():
        yield Schedule(ledger, tuple(payments))
