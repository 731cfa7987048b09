"""Time limits that cannot be counted, because what they count from is missing."""

import re
from collections.abc import Iterator

from nlp.checks.ledger import Draft, Ledger
from schema.timing import Deadline

_SIGNING = re.compile(r"(?:合同|协议)?(?:签订|签署|签字|生效|订立|盖章)")
_START = re.compile(
    r"(?:服务|合作|租赁|委托|履行|工|试用|计费|承包)期(?:限)?(?:开始|起算|起始)|起租日|开工(?:日|之日)|开工日期"
)
_IMPLIED = re.compile(r"遭受|发生|收到|接到|应|之日|后|时|起|前")


def anchors(ledger: Ledger) -> Iterator[Draft]:
    """Limits that count from the signing or the start of a contract that gives no such day, or from nothing."""
    limits = [
        d for d in ledger.contract.deadlines if d.kind in ("deadline", "term", "duration") and d.number is not None
    ]
    if ledger.contract.sign_date is None or ledger.contract.sign_date.precision != "day":
        effective = any(d.role == "effective" and d.precision == "day" for d in ledger.contract.dates)
        if not effective:
            yield from _missing(limits, _SIGNING, "签订（生效）日期")
    if ledger.contract.term is None or ledger.contract.term.start is None:
        starts = any(d.role in ("start", "effective") and d.precision == "day" for d in ledger.contract.dates)
        if not starts:
            yield from _missing(limits, _START, "开始日期")
    yield from _unanchored(ledger, limits)


def _missing(limits: list[Deadline], event: re.Pattern[str], fact: str) -> Iterator[Draft]:
    waiting = [d for d in limits if d.trigger and event.search(d.trigger.text)]
    if waiting:
        yield Draft(
            message=f"合同没有写明{fact}，{len(waiting)}个期限无从起算：{'、'.join(d.text for d in waiting[:4])}"
            + ("等" if len(waiting) > 4 else ""),
            spans=tuple(d.span for d in waiting),
            elements=tuple(d.id for d in waiting),
            data={"missing": fact},
        )


def _unanchored(ledger: Ledger, limits: list[Deadline]) -> Iterator[Draft]:
    for limit in limits:
        if (
            limit.text.startswith("第")
            or limit.kind != "deadline"
            or limit.relation != "within"
            or limit.trigger
            or limit.date
        ):
            continue
        sentence = ledger.sentence(limit.span)
        if sentence is None or sentence.unit.row is not None or sentence.lead is not None:
            continue
        if _IMPLIED.search(sentence.before(limit.span.start)):
            continue
        yield Draft(
            message=f"“{limit.text}”没有写明从何时起算",
            spans=(limit.span,),
            elements=(limit.id,),
            data={"missing": "起算点"},
        )
