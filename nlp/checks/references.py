"""Pointers to clauses: those that point at nothing, and those that point at a clause about something else."""

import re
from collections.abc import Iterator

from nlp.checks.ledger import Draft, Ledger
from nlp.checks.likeness import bare_event, pairs
from nlp.checks.numbering import in_special_terms
from nlp.clauses.laws import full_title
from nlp.clauses.resolve import value_of
from nlp.values.numerals import parse_number
from schema.clause import Clause
from schema.reference import Reference
from schema.span import Span

_ARTICLE = re.compile(r"第 ?(?P<number>[零〇一二三四五六七八九十百\d]{1,5}) ?条")
# 第七条第一款修改为…; 将原合同第四条…变更为…，第七条…: clauses of another paper
_CHANGES = re.compile(r"[^，。；\n]{0,24}(?:修改为|变更为|调整为|修订为|改为|更改为|删除|废止|不再适用|增加如下)")
_OF_OTHER = re.compile(r"(?:[原主](?:劳动|租赁|采购|买卖|服务|施工|借款)?(?:合同|协议))[^。；\n]{0,20}\Z")
_DECIMAL = re.compile(r"(?<![\d.\n第])(?P<above>\d{1,2}(?:\.\d{1,2})?)\.(?P<last>\d{1,2}) ?(?:条|款|项)")
_CITED = re.compile(r"第[零〇一二三四五六七八九十百\d.]{1,8}条")
_FEWEST = 3
_GENERAL_TERMS = re.compile(r"^[^\n。，；]{0,12}通用(?:合同)?条[款件][^\n。，；]{0,6}$", re.MULTILINE)
_OUTER = frozenset({"part", "chapter", "section", "decimal"})
# 第八条（违约责任）  第八条“违约责任”  第八条违约责任条款
_NAMED = re.compile(r" ?[(（“\"【《] ?(?P<quoted>[^()（）“”\"【】《》\n]{2,14}) ?[)）”\"】》]")
_SUBJECT = re.compile(r"(?:项下|所述|所列|规定|约定|载明|列明)?的?(?P<words>[^，。；、,;:：\n()（）]{2,30})")
_COMMON = pairs(
    "违约金违约责任本合同本协议约定的支付向甲方乙方义务处理执行要求解除合同按照承担规定之日起书面通知以及或者应当进行有权"
)
_ALIKE = 3


def dangling(ledger: Ledger) -> Iterator[Draft]:
    """Pointers to clauses that are not there."""
    for found in ledger.contract.references:
        if found.kind != "clause" or found.resolved or found.evidence.rule == "reference.elsewhere":
            continue
        if _of_law(ledger, found) or _is_head(ledger, found):
            continue
        if _CHANGES.match(ledger.text, found.span.end) or _OF_OTHER.search(ledger.text[: found.span.start][-30:]):
            continue  # a clause of the contract that is changed
        last = _last_article(ledger, ledger.part_of(found.clause))
        number = _ARTICLE.search(ledger.text[found.span.start : found.span.end])
        beyond = bool(number and last and _value(number["number"]) > last)
        yield Draft(
            message=f"“{found.text}”没有对应的条款" + (f"，本合同只到第{last}条" if beyond else ""),
            spans=(found.span,),
            elements=(found.id,),
            data={"reference": found.text, "last": last or 0},
            severity="info" if _of_a_form(ledger, found) else None if beyond else "warning",
        )
    yield from _decimals(ledger)


def _of_a_form(ledger: Ledger, found: Reference) -> bool:
    """Whether what is pointed at may stand in a paper that is not here: the contract changed, the general terms."""
    if ledger.contract.kind == "supplement":
        return True
    return in_special_terms(ledger, found.span) and not _GENERAL_TERMS.search(ledger.text)


def _decimals(ledger: Ledger) -> Iterator[Draft]:
    """违反4.1款、4.7款 where clause 4 ends with 4.2: numbers behind another that were read as no reference."""
    printed = {_plain(c.number or "").strip(".．、") for c in ledger.contract.clauses}
    known = [f.span for f in ledger.contract.references]
    for match in _DECIMAL.finditer(ledger.text):
        first, last = match["above"], int(match["last"])
        span = Span(start=match.start(), end=match.end())
        if match["above"] + "." + match["last"] in printed or any(s.overlaps(span) for s in known):
            continue
        count = next((n - 1 for n in range(1, last + 1) if f"{first}.{n}" not in printed), last)
        if _FEWEST - 1 <= count < last and not any(f"{first}.{n}" in printed for n in range(count + 1, last + 9)):
            yield Draft(
                message=f"“{match[0]}”没有对应的条款，{first}只到{first}.{count}",
                spans=(span,),
                data={"reference": match[0], "last": count},
            )


def _of_law(ledger: Ledger, found: Reference) -> bool:
    """《民法典》第五百八十五条 that was not taken for part of the law, and 原合同第三条."""
    before = ledger.text[max(0, found.span.start - 40) : found.span.start]
    title = re.search(r"《([^《》\n]{2,38})》[^，。；\n]{0,10}$", before)
    if title and full_title(title[1]):
        return True
    return bool(re.search(r"(?:法典?|条例|规定|办法|解释|[原主]合同|[原主]协议|框架协议)(?:的|中的?|之)?$", before))


def _is_head(ledger: Ledger, found: Reference) -> bool:
    """A number at the head of a line that is no clause: a statute quoted in the contract."""
    start, end = found.span.start, found.span.end
    return start == 0 or (ledger.text[start - 1] == "\n" and ledger.text[end : end + 1].isspace())


def _value(words: str) -> int:
    try:
        return int(parse_number(words))
    except ValueError:
        return 0


def _last_article(ledger: Ledger, part: str) -> int | None:
    """Number of the last top-level clause of a part whose numbers run on from 1 without a gap."""
    tops = [c for c in ledger.contract.clauses if c.part == part and c.level == 1 and c.number]
    numbers = [n for c in tops if (n := value_of(c)) is not None]
    if any(c.style in _OUTER for c in tops):
        return None  # 第三部分 is no 第三条, and of decimals the last number is no count
    whole = numbers == list(range(1, len(numbers) + 1)) and len(numbers) == len(tops)
    return numbers[-1] if len(numbers) >= _FEWEST and whole else None


def wrong(ledger: Ledger) -> Iterator[Draft]:
    """Pointers whose own words say that another clause is meant."""
    known = _Words(ledger)
    for found in ledger.contract.references:
        target = ledger.structure.clause_by_id.get(found.target or "")
        if found.kind != "clause" or found.this or target is None or not _CITED.match(found.text.replace(" ", "")):
            continue
        meant, certain = _named(ledger, found, target), True
        if meant is None:
            meant, certain = _alike(ledger, found, target, known), False
        if meant is not None:
            right = ledger.name(meant.id)
            yield Draft(
                message=f"“{found.text}”所指的内容在{right}{'“' + meant.heading + '”' if meant.heading else ''}，"
                f"而{ledger.name(target.id)}是“{_title(ledger, target)}”",
                spans=(found.span, _head(meant), _head(target)),
                elements=(found.id,),
                data={"reference": found.text, "target": target.id, "meant": meant.id},
                suggestion=right,
                severity=None if certain else "warning",
            )


def _head(clause: Clause) -> Span:
    return Span(start=clause.span.start, end=min(clause.span.end, clause.span.start + 24))


def _title(ledger: Ledger, clause: Clause) -> str:
    own = next((s for s in clause.own_spans), clause.span)
    return clause.heading or ledger.text[own.start : own.end].strip()[:16]


def _named(ledger: Ledger, found: Reference, target: Clause) -> Clause | None:
    """第八条（违约责任） where 违约责任 is the heading of another clause."""
    match = _NAMED.match(ledger.text, found.span.end)
    if match is None or not target.heading:
        return None
    words = _plain(match["quoted"])
    if words in _plain(target.heading) or _plain(target.heading) in words:
        return None
    same = [c for c in _beside(ledger, target) if c.heading and _plain(c.heading) == words]
    return same[0] if len(same) == 1 else None


def _plain(words: str) -> str:
    return re.sub(r"[\s：:、的]", "", words)


def _beside(ledger: Ledger, target: Clause) -> list[Clause]:
    """Other clauses of the same part and level."""
    return [
        c for c in ledger.contract.clauses if c.part == target.part and c.level == target.level and c.id != target.id
    ]


def _alike(ledger: Ledger, found: Reference, target: Clause, known: "_Words") -> Clause | None:
    """The one clause that shares pairs of characters with what is said of the pointer; the target shares none."""
    said = _said(ledger, found)
    there = len(said & known.of(target))
    if len(said) < _ALIKE or there * 3 > len(said) or said & pairs(target.heading or ""):
        return None  # 擅自转租 is about 第十一条 转租
    tops = {c.id for c in ledger.structure.ancestors(found.clause or "")}
    siblings = [c for c in _beside(ledger, target) if c.id not in tops]
    scored = sorted(((len(said & known.of(c)), n) for n, c in enumerate(siblings)), reverse=True)
    if not scored or scored[0][0] < max(_ALIKE, len(said) * (0.9 if there else 0.5)):
        return None
    best = siblings[scored[0][1]]
    clear = len(scored) == 1 or scored[1][0] * 3 <= scored[0][0]
    return best if clear else None


def _said(ledger: Ledger, found: Reference) -> set[str]:
    """Pairs of what the pointer is said to be about: the words behind it in its sentence, without common ones."""
    match = _SUBJECT.match(ledger.text, found.span.end)
    return pairs(bare_event(match["words"])) - _COMMON if match else set()


class _Words:
    """Pairs of characters of clauses, each read once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: dict[str, set[str]] = {}

    def of(self, clause: Clause) -> set[str]:
        """Pairs of its heading and all its words."""
        if clause.id not in self._known:
            words = self._ledger.text[clause.span.start : clause.span.end]
            self._known[clause.id] = pairs(f"{clause.heading or ''}，{words}")
        return self._known[clause.id]
