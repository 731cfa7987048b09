"""Numbers of clauses and table rows: printed twice, or left out."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nlp.checks.grid import grids
from nlp.checks.ledger import Draft, Ledger
from nlp.clauses.resolve import value_of
from nlp.values.numerals import parse_number
from schema.finding import FindingCode
from schema.problem import Severity
from schema.span import Span

_ARTICLE = re.compile(r"^ *(?P<words>第 ?(?P<number>[零〇一二三四五六七八九十百]{1,5}|\d{1,3}) ?条)", re.MULTILINE)
# 第三部分 专用合同条款, up to the next heading of this rank
_SPECIAL_TERMS = re.compile(
    r"^[^\n。，；]{0,12}(?:专用|通用)(?:合同)?条款[^\n。，；]{0,6}$|^第[一二三四五六七八九十]部分[^\n]{0,20}$",
    re.MULTILINE,
)
_FEWEST = 4
_MOST_ODD = 2


def doubled(ledger: Ledger) -> Iterator[Draft]:
    """Clause numbers printed twice, as the tree builder saw them."""
    yield from _seen(ledger, "duplicate_number", "编号重复：{number}出现两次")
    for before, article in _odd_articles(ledger):
        if article.number == before.number:
            yield _article(f"编号重复：{article.words}出现两次", before, article)


def gaps(ledger: Ledger) -> Iterator[Draft]:
    """Clause numbers left out."""
    yield from _seen(ledger, "numbering_gap", "编号不连续：{before}之后是{number}")
    for before, article in _odd_articles(ledger):
        if article.number > before.number:
            yield _article(f"编号不连续：{before.words}之后是{article.words}", before, article)


@dataclass(frozen=True)
class _Article:
    """第N条 at the head of a line."""

    number: int
    words: str
    span: Span


def _odd_articles(ledger: Ledger) -> Iterator[tuple[_Article, _Article]]:
    """Steps in which 第N条, counted through whatever stands above them, do not go on by one, and nobody said so yet."""
    told = [f.spans[0].start for f in ledger.structure.findings if f.spans]
    parts: dict[str, list[_Article]] = {}
    for match in _ARTICLE.finditer(ledger.text):
        count = parse_number(match["number"])
        span = Span(start=match.start("words"), end=match.end("words"))
        place = ledger.part_of(ledger.structure.locate(span.start))
        parts.setdefault(place, []).append(_Article(int(count), match["words"], span))
    # 第六奈: what the tree builder read in spite of the print is not left out
    read = {place: {value_of(c) for c in ledger.structure.clauses if c.part == place} for place in parts}
    for place, articles in parts.items():
        steps = list(pairwise(articles))
        odd = [(a, b) for a, b in steps if b.number != a.number + 1]
        odd = [
            (a, b) for a, b in odd if not read[place].issuperset(range(a.number + 1, b.number)) or b.number <= a.number
        ]
        if len(odd) <= _MOST_ODD and len(steps) >= _FEWEST * len(odd):
            yield from ((a, b) for a, b in odd if b.span.start not in told)


def _article(message: str, before: _Article, article: _Article) -> Draft:
    return Draft(message, (article.span, before.span), data={"before": before.words, "number": article.words})


def _seen(ledger: Ledger, code: FindingCode, message: str) -> Iterator[Draft]:
    for found in ledger.structure.findings:
        if found.code == code:
            words = {key: str(found.data.get(key, "")).strip() for key in ("before", "number")}
            special = code == "numbering_gap" and found.spans and in_special_terms(ledger, found.spans[0])
            severity: Severity | None = "info" if special else None
            yield Draft(message.format(**words), found.spans, found.elements, dict(found.data), severity=severity)


def in_special_terms(ledger: Ledger, span: Span) -> bool:
    """Whether a place stands under 专用条款, which keep the numbers of the general terms they change.

    Args:
        ledger: of the contract.
        span: the place.
    """
    headings = _headings_of_terms(ledger.text)
    place = bisect_right(headings, span.start, key=lambda heading: heading[0])
    return place > 0 and headings[place - 1][1]


@lru_cache(maxsize=4)
def _headings_of_terms(text: str) -> tuple[tuple[int, bool], ...]:
    """Where each heading of general or special terms ends and whether it is one of special ones; once a contract."""
    return tuple((match.end(), "专用" in match[0]) for match in _SPECIAL_TERMS.finditer(text))


def rows_doubled(ledger: Ledger) -> Iterator[Draft]:
    """Row numbers printed twice."""
    for before, number, spans, row in _row_steps(ledger):
        if number == before:
            yield Draft(f"{ledger.part_name(row)}：序号{number}出现两次", spans, data={"number": number, "row": row})


def row_gaps(ledger: Ledger) -> Iterator[Draft]:
    """Row numbers left out."""
    for before, number, spans, row in _row_steps(ledger):
        if number > before + 1:
            message = f"{ledger.part_name(row)}：序号不连续，{before}之后是{number}"
            yield Draft(message, spans, data={"before": before, "number": number, "row": row})


def _row_steps(ledger: Ledger) -> Iterator[tuple[int, int, tuple[Span, ...], str]]:
    for grid in grids(ledger):
        head = grid.columns[0]
        if not head.name.strip() or not any(word in head.name for word in ("序号", "编号", "No", "项次")):
            continue
        lines = [x for x in grid.lines if 0 in x.numbers and x.numbers[0].text.isdigit() and not x.numbers[0].unit]
        steps = [(a, b) for a, b in pairwise(lines)]
        odd = [(a, b) for a, b in steps if b.numbers[0].value - a.numbers[0].value not in (1,)]
        if len(odd) * 4 > len(steps):
            continue  # numbers of another sort
        for a, b in odd:
            spans = (b.numbers[0].span, a.numbers[0].span)
            yield int(a.numbers[0].value), int(b.numbers[0].value), spans, b.row.id
