"""Annexes that are promised and not in the file, annexes nobody points at, terms defined and never used."""

import re
from collections.abc import Iterator

from nlp.checks.ledger import Draft, Ledger
from schema.clause import Part
from schema.reference import Reference
from schema.span import Span

_NUMBERED = re.compile(r"附 ?[件录表] ?[:：]? ?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2}|[A-Z])(?![\d条款])")
# an annex of another paper
_FOREIGN = re.compile(
    r"(?:招标|投标|磋商|采购|谈判|响应|询价|比选)(?:文件)?[^，。；\n]{0,6}$|[主原]合同(?:的|之)?$|"
    r"框架(?:协议|合同)(?:的|之)?$"
)
# 本合同附件《配置清单》   附件：配置清单 (alone on its line)
_BY_TITLE = re.compile(
    r"附 ?件[:：]? ?《(?P<quoted>[^《》\n]{2,24})》"
    r"|(?<=\n)附 ?件[:：] ?(?P<listed>[^\n:：\d一二三四五六，。；]{3,20})(?=\n|$)"
)
_HEAD = 12
_SHORTEST = 2


def missing(ledger: Ledger) -> Iterator[Draft]:
    """Annexes the contract names and the file does not hold: one finding each, or one where none is there."""
    promised: dict[str, list[Span]] = {}
    titles: dict[str, str] = {}
    for found in ledger.contract.references:
        if found.kind == "annex" and not found.resolved and not _is_foreign(ledger, found.span.start):
            promised.setdefault(_key(found), []).append(found.span)
            titles.setdefault(_key(found), found.canonical or found.text)
    for key, title, span in _listed(ledger):
        promised.setdefault(key, []).append(span)
        titles[key] = title
    for title, span in _titled(ledger):
        if not any(s.overlaps(span) or title in titles[key] for key, spans in promised.items() for s in spans):
            promised.setdefault(title, []).append(span)
            titles[title] = f"附件《{title}》"
    if not promised:
        return
    if not _annexes(ledger) and len(promised) > 1:
        yield _missing(
            "、".join(titles.values()), [span for spans in promised.values() for span in spans], list(titles.values())
        )
        return
    for key, spans in promised.items():
        yield _missing(titles[key], spans, [titles[key]])


def _missing(titles: str, spans: list[Span], names: list[str]) -> Draft:
    return Draft(
        message=f"合同提到{titles}，文件中没有",
        spans=tuple(sorted(spans, key=lambda s: s.start)),
        data={"annexes": tuple(names)},
    )


def _annexes(ledger: Ledger) -> list[Part]:
    return [p for p in ledger.contract.parts if p.kind == "annex"]


def _is_foreign(ledger: Ledger, start: int) -> bool:
    return bool(_FOREIGN.search(ledger.text[max(0, start - 16) : start]))


def _key(found: Reference) -> str:
    match = _NUMBERED.search(found.canonical or "") or _NUMBERED.search(found.text)
    return match["number"] if match else (found.canonical or found.text)


def _listed(ledger: Ledger) -> Iterator[tuple[str, str, Span]]:
    """Lines of the list of annexes whose annex is not in the file."""
    from nlp.clauses import ordinals

    numbers = {p.id.removeprefix("annex") for p in _annexes(ledger)}
    bare = [re.sub(r"\W", "", p.title or "") for p in _annexes(ledger)]
    for part in ledger.contract.parts:
        if part.kind != "attachment_list":
            continue
        for match in re.finditer(r"[^\n]+", ledger.text[part.span.start : part.span.end]):
            number = _NUMBERED.search(match[0])
            if number is None:
                continue
            count = str(ordinals.chinese(number["number"]) or ordinals.arabic(number["number"]) or number["number"])
            title = re.sub(r"\W", "", match[0][number.end() :])
            if count in numbers or any(title and b and (title in b or b in title) for b in bare):
                continue
            start = part.span.start + match.start()
            yield count, match[0].strip(), Span(start=start, end=start + len(match[0]))


def _titled(ledger: Ledger) -> Iterator[tuple[str, Span]]:
    """附件《配置清单》 and 附件：配置清单 without a number, where no line of the file is headed 配置清单."""
    for match in _BY_TITLE.finditer(ledger.text):
        title = (match["quoted"] or match["listed"]).strip()
        start, end = match.span()
        if _is_foreign(ledger, start) or _heads_a_line(ledger, title, start):
            continue
        yield title, Span(start=start, end=end)


def _heads_a_line(ledger: Ledger, title: str, but: int) -> bool:
    """Whether a heading holds the title: 附件 配置清单, or 配置清单 alone."""
    bare = re.sub(r"\W", "", title)
    if any(bare in re.sub(r"\W", "", p.title or "") for p in _annexes(ledger)):
        return True
    lines = (m for m in re.finditer(r"[^\n]+", ledger.text) if len(m[0]) < len(title) + _HEAD)
    return any(bare in re.sub(r"\W", "", m[0]) and not m.start() <= but < m.end() for m in lines)


def uncited(ledger: Ledger) -> Iterator[Draft]:
    """Annexes that neither the contract nor its list of annexes names."""
    cited = {f.target for f in ledger.contract.references if f.kind == "annex" and not f.this}
    listed = "".join(
        ledger.text[p.span.start : p.span.end] for p in ledger.contract.parts if p.kind == "attachment_list"
    )
    for annex in _annexes(ledger):
        title = re.sub(r"\W", "", annex.title or "")
        number = annex.id.removeprefix("annex")
        if annex.id in cited or (title and title in re.sub(r"\W", "", listed)) or _has_number(listed, number):
            continue
        span = Span(start=annex.span.start, end=min(annex.span.end, annex.span.start + 24))
        name = ledger.part_name(annex.id) + (f"“{annex.title}”" if annex.title else "")
        yield Draft(f"正文没有提到{name}", (span,), data={"annex": annex.id})


def _has_number(listed: str, number: str) -> bool:
    from nlp.clauses import ordinals

    found = (m["number"] for m in _NUMBERED.finditer(listed))
    return any(str(ordinals.chinese(n) or ordinals.arabic(n) or n) == number for n in found)


def unused_terms(ledger: Ledger) -> Iterator[Draft]:
    """Defined words that stand nowhere else."""
    for found in ledger.contract.definitions:
        term = re.sub(r"\s", "", found.term)
        if found.refers or len(term) < _SHORTEST or term.endswith(("定义", "含义")):
            continue
        outside = ledger.text[: found.span.start] + ledger.text[max(found.span.end, found.meaning_span.end) :]
        if term not in outside and term not in ledger.text[found.meaning_span.start : found.meaning_span.end]:
            yield Draft(
                message=f"“{found.term}”有定义，合同中没有使用",
                spans=(found.span,),
                elements=(found.id,),
                data={"term": found.term},
            )


# words that only point: without a definition nobody knows at what
_POINTING = re.compile(
    r"(?:主合同|原合同|原协议|主协议|目标公司|标的公司|标的股权|标的资产|目标股权|框架协议|基础合同|基础交易)"
)


def undefined_terms(ledger: Ledger) -> Iterator[Draft]:
    """Pointing words (主合同, 目标公司) used like defined terms and explained nowhere."""
    known = " ".join((ledger.contract.title or "", *(d.term for d in ledger.contract.definitions)))
    if ledger.contract.kind in ("supplement",) or re.search(
        r"补充协议|变更协议|担保|保证合同|抵押", ledger.contract.title or ""
    ):
        return
    places: dict[str, list[Span]] = {}
    for match in _POINTING.finditer(ledger.text):
        places.setdefault(match[0], []).append(Span(start=match.start(), end=match.end()))
    for term, spans in places.items():
        explained = (
            rf"[“\"《]{term}[”\"》]|{term} ?[:：(（]|[(（]{term}[)）]|《[^》\n]+》[^。；\n]{{0,24}}{term}"
            rf"|{term}[^。；\n]{{0,8}}(?:是指|系指|指|为|编号|《)"
        )
        if term in known or len(spans) < _SHORTEST or re.search(explained, ledger.text):
            continue
        yield Draft(
            message=f"“{term}”用了{len(spans)}次，没有写明指什么",
            spans=tuple(spans),
            data={"term": term, "count": len(spans)},
        )
