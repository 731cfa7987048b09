"""Instalments in order: label, percentage or sum, conditions, deadline, who pays whom; alternatives kept apart.

An instalment is a share of the price (支付合同总价的30%) or a sum with the name of an instalment (首付款10万元).
Rent due every month, deposits and penalties are none. Percentages are in points (30), as printed: of 付至80% they
are 80.
"""

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.payment_anchors import Anchor, anchors_in, may_pay
from nlp.extract.payment_parts import conditions_of, deadline_of, label_of, payer_of
from nlp.extract.payment_tables import table_payments
from nlp.extract.places import clause_at
from nlp.extract.sentences import Sentence
from nlp.reading import Reading
from schema.money import Payment
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
_ALTERNATIVE = re.compile(
    r"(?:下列|以下|如下)?第[^。;，,]{0,8}(?:种|项)(?:付款|支付)?(?:方式|办法)|(?:任选|选择)(?:其一|以下|下列)"
    r"|方式[一二三1-3]"
)
_WHOLE = Decimal(100)


@Language.component("payments")
def payments(doc: "Doc") -> "Doc":
    """Fill `reading.payments` and mark the sums that are instalments."""
    reading: Reading = doc._.reading
    found = [p for s in reading.sentences.items if s.unit.row is None for p in _in_sentence(reading, s)]
    found += table_payments(reading)
    found.sort(key=lambda p: p.span.start)
    reading.payments = _with_sides(_numbered(_with_schedules(reading, _once(found))))
    _mark_amounts(reading)
    return doc


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Payment]:
    if not may_pay(sentence):
        return
    anchors = list(anchors_in(reading, sentence))
    for n, anchor in enumerate(anchors):
        start = anchors[n - 1].end if n else sentence.start
        end = anchors[n + 1].start if n + 1 < len(anchors) else sentence.end
        yield _payment(reading, sentence, anchor, start, end)


def _payment(reading: Reading, sentence: Sentence, anchor: Anchor, start: int, end: int) -> Payment:
    deadline = deadline_of(reading, sentence, start, end, anchor.start)
    payer, payee = payer_of(sentence, reading.mentions, reading.parties, start, end)
    if payer is None and start > sentence.start:
        payer, payee = payer_of(sentence, reading.mentions, reading.parties, sentence.start, end)
    if payer is None:
        payer, payee = _led(reading, sentence)
    span = Span(start=_text_start(sentence, start), end=max(anchor.end, _text_end(sentence, anchor, deadline)))
    rule = "payment.share" if anchor.percent is not None else "payment.sum" if anchor.amount else "payment.label"
    rule = "payment.beside" if anchor.beside else rule
    return Payment(
        id="y",
        clause=clause_at(reading, anchor.start),
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule=rule, cues=(Span(start=anchor.start, end=anchor.end),)),
        sequence=1,
        label=_label(sentence, anchor, start, end),
        percent=anchor.percent,
        amount=anchor.amount.value if anchor.amount else None,
        amount_id=anchor.amount.id if anchor.amount else None,
        payer=payer,
        payee=payee,
        conditions=tuple(conditions_of(reading, sentence, start, anchor.start, deadline)),
        deadline=deadline.id if deadline else None,
    )


def _label(sentence: Sentence, anchor: Anchor, start: int, end: int) -> str | None:
    if anchor.percent is None and anchor.amount is None and anchor.end > anchor.start:
        return sentence.slice(anchor.start, anchor.end)
    return label_of(sentence, start, end, anchor.start)


def _led(reading: Reading, sentence: Sentence) -> tuple[str | None, str | None]:
    """甲方按照下列约定分四期向乙方支付合同价款：… of the words that lead to the list."""
    for lead in sentence.leads():
        found = payer_of(lead, reading.mentions, [], lead.start, lead.end)
        if found[0]:
            return found
    return None, None


def _text_start(sentence: Sentence, start: int) -> int:
    while start < sentence.end and sentence.slice(start, start + 1) in "，,、;。 )的":
        start += 1
    return start


def _text_end(sentence: Sentence, anchor: Anchor, deadline: object) -> int:
    return sentence.piece(max(anchor.end - 1, anchor.start))[1]


def _once(found: list[Payment]) -> list[Payment]:
    """A payment without any number counts only beside others or with a deadline of its own."""
    numbered = any(p.percent is not None or p.amount is not None for p in found)
    rest = ("余款", "尾款", "余额", "其余", "剩余")
    return [
        p
        for p in found
        if p.percent is not None or p.amount is not None or p.deadline or (numbered and p.label in rest)
    ]


def _with_schedules(reading: Reading, found: list[Payment]) -> list[Payment]:
    """Name the alternatives where shares of several clauses come to more than the whole."""
    groups: dict[str, list[int]] = {}
    for n, payment in enumerate(found):
        groups.setdefault(_plan_of(reading, payment), []).append(n)
    shared = {k: sum(found[n].percent or 0 for n in numbers) for k, numbers in groups.items()}
    counted = [k for k, total in shared.items() if total]
    alternatives = any("#" in k for k in groups)
    if len(counted) < 2 or (sum(shared.values()) <= _WHOLE and not alternatives):
        return found
    result = list(found)
    for key in counted:
        for n in groups[key]:
            result[n] = result[n].model_copy(update={"schedule": key.replace("#", " ")})
    return result


def _plan_of(reading: Reading, payment: Payment) -> str:
    """The clause whose payments belong together: the top clause, or the item of a list of alternatives."""
    chain = list(reading.structure.ancestors(payment.clause or ""))
    if not chain:
        return payment.clause or ""
    for item, above in itertools.pairwise(chain):
        words = "".join(s.of(reading.text) for s in above.own_spans)
        if _ALTERNATIVE.search(words):
            return f"{above.id}#{item.number or item.ordinal}"
    return chain[-1].id


def _numbered(found: list[Payment]) -> list[Payment]:
    """Places within each schedule, and ids."""
    places: dict[str | None, int] = {}
    result = []
    for n, payment in enumerate(found, 1):
        places[payment.schedule] = places.get(payment.schedule, 0) + 1
        result.append(payment.model_copy(update={"id": f"y{n}", "sequence": places[payment.schedule]}))
    return result


def _with_sides(found: list[Payment]) -> list[Payment]:
    """Where one pays another in every instalment that says so, it is they in the others too."""
    said = {(p.payer, p.payee) for p in found if p.payer}
    if len(said) != 1:
        return found
    payer, payee = said.pop()
    sides = {"payer": payer, "payee": payee}
    return [p if p.payer or p.payee else p.model_copy(update=sides) for p in found]


def _mark_amounts(reading: Reading) -> None:
    """Sums of instalments say so, and so do their twins."""
    paid = {p.amount_id for p in reading.payments if p.amount_id}
    parts = {p.amount_id for p in reading.payments if p.amount_id and p.percent is not None and p.percent < _WHOLE}
    planned = {p.amount_id for p in reading.payments if p.amount_id and p.evidence.rule == "payment.table"}
    for n, amount in enumerate(reading.amounts):
        # 价款及支付 above a list names no share of it: 支付276,000元（合同总价的20%）
        part = amount.role == "total" and (amount.id in parts or amount.same_as in parts)
        part = part or (amount.id in planned and amount.role == "line_total")
        if part or ((amount.id in paid or amount.same_as in paid) and amount.role in ("other", "instalment")):
            label = next((p.label for p in reading.payments if p.amount_id in (amount.id, amount.same_as)), None)
            changes = {"role": "instalment", "is_total": False} | (
                {"label": label} if label and amount.label is None else {}
            )
            reading.amounts[n] = amount.model_copy(update=changes)
