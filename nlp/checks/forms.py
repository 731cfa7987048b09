"""What is left open: blanks with their fields, placeholders and drafting hints."""

import re
from collections.abc import Iterator

from nlp.checks.ledger import Draft, Ledger
from schema.form import Blank
from schema.span import Span

# what a contract cannot do without; other fields (fax, post code, contact) are worth knowing only
_ESSENTIAL = re.compile(
    r"[甲乙丙]方$|名称|姓名|[买卖供需]方|[承发]包人|出租|承租|价款|总价|金额|单价|费用|租金|报酬|数量|大写|小写|元$|日期|期限|年限|工期"
    r"|比例|违约金|利率|账[号户]|起止|地点|标的|仲裁|法院|工资|押金|定金|保证金|份数|试用期"
)
_FORM = 12
_ROOM = 3


def blanks(ledger: Ledger) -> Iterator[Draft]:
    """Every blank that is empty: one finding for each clause or part, with its fields."""
    empty = [
        b
        for b in ledger.contract.blanks
        if b.state == "empty"
        and not _is_filled(ledger, b)
        and not _in_instructions(ledger, b)
        and not any(h.overlaps(b.span) for h in ledger.hints)
    ]
    places: dict[str | None, list[Blank]] = {}
    for blank in empty:
        places.setdefault(_place(ledger, blank.clause, whole=len(empty) > _FORM), []).append(blank)
    for clause, found in places.items():
        fields = tuple(dict.fromkeys(b.field or "（未标明）" for b in found))
        essential = any(_ESSENTIAL.search(b.field or "") or _holds_value(ledger, b) for b in found)
        named = "、".join(fields[:6]) + ("等" if len(fields) > 6 else "")
        yield Draft(
            message=f"{ledger.name(clause) or '合同'}有{len(found)}处空白未填：{named}",
            spans=tuple(b.span for b in found),
            elements=tuple(b.id for b in found),
            data={"fields": fields, "count": len(found)},
            severity=None if essential and not _is_signature(ledger, clause) else "info",
        )


def _holds_value(ledger: Ledger, blank: Blank) -> bool:
    """____年__月__日, ￥____元, ____%: what is missing is a date or a number, whatever its field is called."""
    words = ledger.text[blank.span.start : blank.span.end]
    before, after = ledger.text[: blank.span.start][-8:], ledger.text[blank.span.end :][:3]
    if "年" in words and "月" in words:
        return bool(re.search(r"[自从至到于][^，。；]{0,3}$|日期[:：]? ?$", before))
    return bool(re.search(r"(?:[¥$]|人民币|[大小]写[:：]?) ?$", before) or re.match(r" ?\)?(?:万?元|%|‰)", after))


def _is_signature(ledger: Ledger, clause: str | None) -> bool:
    """The signature page of a contract whose parties are named: there people write with a pen."""
    part = ledger.structure.part_by_id.get(clause or "")
    return part is not None and part.kind == "signature" and all(p.name for p in ledger.contract.parties)


def _is_filled(ledger: Ledger, blank: Blank) -> bool:
    """人民币  650  元: the room left around a number that was typed into a form."""
    start, end = blank.span.start, blank.span.end
    if not ledger.text[start:end] or ledger.text[start:end].strip(" ") or end - start > _ROOM:
        return False
    return ledger.text[end : end + 1].isdigit() or ledger.text[max(0, start - 1) : start].isdigit()


def _place(ledger: Ledger, clause: str | None, *, whole: bool) -> str | None:
    """The clause itself; in a form with many blanks the clause at the top."""
    return next((c.id for c in reversed(list(ledger.structure.ancestors(clause or "")))), clause) if whole else clause


def _in_instructions(ledger: Ledger, blank: Blank) -> bool:
    part = ledger.structure.part_by_id.get(ledger.structure.locate(blank.span.start) or "")
    return part is not None and part.kind in ("instructions", "checklist")


def placeholders(ledger: Ledger) -> Iterator[Draft]:
    """Words of the drafter left in the text: one finding for each clause or part."""
    places: dict[str | None, list[Span]] = {}
    for span in ledger.hints:
        where = _place(ledger, ledger.structure.locate(span.start), whole=len(ledger.hints) > _FORM)
        places.setdefault(where, []).append(span)
    for place, spans in places.items():
        words = tuple(dict.fromkeys(s.of(ledger.contract.text).strip() for s in spans))
        shown = "、".join(f"“{w[:20]}”" for w in words[:3]) + ("等" if len(words) > 3 else "")
        yield Draft(
            message=f"{ledger.name(place) or '合同'}留有待填或起草说明的文字：{shown}",
            spans=tuple(spans),
            data={"words": words, "count": len(spans)},
        )
