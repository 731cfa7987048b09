"""Penalties that run without a cap, that are high for the price, that only one side owes."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.checks.figures import show, text_of
from nlp.checks.ledger import Draft, Ledger
from schema.penalty import Penalty

_RUNNING = ("day", "week", "month")
# 违约金总额不超过…, 累计赔偿责任以合同总价为限: a cap on everything
_GENERAL_CAP = re.compile(
    r"(?:违约金|赔偿|责任|违约责任)[^。;]{0,16}(?:累计|总额|总计|合计|总和|上限|最高|总责任)[^。;]{0,24}"
    r"(?:不超过|不得超过|不高于|为限|为上限|封顶)"
    r"|(?:累计|全部|总)(?:的)?(?:违约金|赔偿|责任)[^。;]{0,30}(?:不超过|不得超过|不高于|为限|为上限)"
    r"|(?:违约金|赔偿责任|赔偿额|赔偿总额)(?:的)?(?:上限|最高限额)"
)
# a month of rent, a yearly fee, a batch: no share of the whole price
_OTHER_BASE = re.compile(r"[每当该本]?[月年季日批次期](?:租金|工资|费|度|款|应)|月租|剩余|未付|逾期|欠")
_HUNDREDTH = Decimal("0.01")
_HINT = "（仅为提示，不构成法律意见）"


def quantified(ledger: Ledger) -> list[Penalty]:
    """Penalties with a number, interest left out."""
    return [
        n
        for n in ledger.contract.penalties
        if n.kind not in ("unquantified", "interest") and not n.blank and (n.rate or n.amount or n.multiple)
    ]


def uncapped(ledger: Ledger) -> Iterator[Draft]:
    """Penalties that grow with time and have no cap: one finding for each side."""
    running = [n for n in quantified(ledger) if n.per in _RUNNING and n.cap is None and not _capped(ledger, n)]
    for liable in dict.fromkeys(n.liable for n in running):
        owed = [n for n in running if n.liable == liable]
        of_total = any(n.base_ref for n in owed)
        yield Draft(
            message=f"{_who(ledger, liable)}有{len(owed)}项按时间累计的违约金没有上限",
            spans=tuple(n.span for n in owed),
            elements=tuple(n.id for n in owed),
            data={"liable": liable or "", "exposure": tuple(_exposure(n) for n in owed if n.exposure)},
            severity=None if of_total else "info",
        )


def _capped(ledger: Ledger, penalty: Penalty) -> bool:
    """Whether a sentence elsewhere caps all penalties, or one behind it in the same clause caps this one."""
    for sentence in ledger.sentences.items:
        if _GENERAL_CAP.search(sentence.text):
            same = ledger.part_of(sentence.unit.id) == ledger.part_of(penalty.clause)
            if same and (sentence.unit.id == penalty.clause or not _own_cap(ledger, sentence.start, sentence.end)):
                return True
    return False


def _own_cap(ledger: Ledger, start: int, end: int) -> bool:
    """Whether the cap in a sentence belongs to a penalty of that sentence."""
    return any(n.cap and start <= n.span.start < end for n in ledger.contract.penalties)


def _exposure(penalty: Penalty) -> str:
    return f"{penalty.exposure.formula} = {text_of(penalty.exposure.value)}" if penalty.exposure else ""


def _who(ledger: Ledger, party: str | None) -> str:
    roles = {p.id: p.role for p in ledger.contract.parties}
    return "双方" if party == "both" else roles.get(party or "", "合同")


def over_threshold(ledger: Ledger) -> Iterator[Draft]:
    """A single penalty, or the cap of one, above the threshold share of the contract total."""
    total, threshold = ledger.total, ledger.options.penalty_threshold
    if ledger.contract.kind == "labour":
        return  # its sums are wages, and its penalties follow a law of their own (劳动合同法 第二十二至二十五条)
    for penalty in quantified(ledger):
        share = _share(penalty, total.value if total else None)
        if share is None or share <= threshold:
            continue
        yield Draft(
            message=f"{_who(ledger, penalty.liable)}的违约金达合同总价的{show((share * 100).quantize(_HUNDREDTH))}%，"
            f"高于{show(threshold * 100)}%的提示线{_HINT}",
            spans=(penalty.span,),
            elements=(penalty.id,),
            data={
                "share": text_of(share.quantize(_HUNDREDTH / 100)),
                "threshold": text_of(threshold),
                "formula": _exposure(penalty),
            },
        )


def money_of(penalty: Penalty) -> Decimal | None:
    """What one breach costs in yuan; None for what is counted in months or follows the law of deposits (民法典 587)."""
    if penalty.multiple is not None or "double_deposit" in penalty.remedies:
        return None
    return penalty.exposure.value if penalty.exposure else penalty.amount


def _share(penalty: Penalty, total: Decimal | None) -> Decimal | None:
    """Of the contract total, for what falls due once; None where that is not known."""
    if penalty.per in _RUNNING:
        cap = penalty.cap
        return (
            cap.rate if cap and cap.rate and penalty.base_ref == "contract_total" and "总" in (cap.base or "") else None
        )
    if _OTHER_BASE.search(penalty.base or ""):
        return None
    if penalty.base_ref == "contract_total" and penalty.rate:
        return penalty.rate
    value = money_of(penalty)
    return value / total if total and value else None


def exposure(ledger: Ledger) -> Iterator[Draft]:
    """What one side may owe in all, as far as it can be computed: a question lawyers ask."""
    total = ledger.total
    known = [(n, value) for n in quantified(ledger) if (value := money_of(n)) is not None]
    for liable in dict.fromkeys(n.liable for n, _ in known):
        once = [(n, v) for n, v in known if n.liable == liable and n.per not in _RUNNING]
        running = [(n, v) for n, v in known if n.liable == liable and n.per in _RUNNING]
        if len(once) < 2 or total is None or total.value == 0:
            continue
        reached = sum((v for _, v in once), Decimal(0))
        share = (reached / total.value).quantize(Decimal("0.0001"))
        daily = "、".join(f"{show(v)}元" for _, v in running)
        both = [n for n, _ in (*once, *running)]
        yield Draft(
            message=f"{_who(ledger, liable)}可计算的违约金各发生一次合计{show(reached)}元，"
            f"为合同总价的{show(share * 100)}%" + (f"，另有按时间累计的{daily}" if daily else "") + _HINT,
            spans=tuple(n.span for n in both),
            elements=tuple(n.id for n in both),
            data={
                "formula": f"{' + '.join(text_of(v) for _, v in once)} = {text_of(reached)}",
                "share": text_of(share),
            },
        )


def one_sided(ledger: Ledger) -> Iterator[Draft]:
    """Only one of two sides owes penalties with a number."""
    sides = [p for p in ledger.contract.parties if p.role_kind not in ("agent", "guarantor")]
    owed = [n for n in quantified(ledger) if ledger.part_of(n.clause) == "main"]
    if len(sides) != 2 or len(owed) < 2 or any(n.liable in (None, "both") for n in owed):
        return
    liable = {n.liable for n in owed}
    if len(liable) == 1:
        side = next(iter(liable))
        free = next(p for p in sides if p.id != side)
        yield Draft(
            message=f"写明数额的违约金共{len(owed)}项，全部由{_who(ledger, side)}承担，{free.role}没有",
            spans=tuple(n.span for n in owed),
            elements=tuple(n.id for n in owed),
            data={"liable": side or "", "free": free.id},
        )
