"""Printed alternatives and which one is chosen: boxes (☑ □ √) and numbered options (按以下第【2】种方式).

A box with nothing chosen is a choice without a tick, never a guess.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.places import clause_at
from nlp.reading import Reading
from nlp.values.numerals import parse_number
from schema.form import Choice, Option
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TICKED = "☑☒✓✔√■▣◉●"
_EMPTY = "□☐◻▢○◯口"
_BOX = re.compile(
    rf"(?P<box>[{_TICKED}{_EMPTY[:-3]}]|\( *[√✓✔×xX]? *\)(?=[一-龥])|[{_EMPTY}](?=[一-龥]{{2,}})"
    rf"|\[ *[√✓✔xX]? *\](?=[一-龥]))\s*(?P<text>[^{_TICKED}{_EMPTY[:-1]}\n\t;；。]{{1,60}})"
)
_TICK = re.compile(rf"[{_TICKED}✓✔×xX]")
_NUMBERED = re.compile(
    r"(?:按|按照|选择|采用|采取|适用|依照|以)?(?:下列|以下|如下"
    r"|下述)?第? *[【\[(_]* *(?P<number>[\d一二三四五六]{0,2}) *[】\])_]* *(?:种|项)(?:约定)?(?:的)?(?:方式|办法"
    r"|方法|标准|情形|约定|选项|处理|解决)"
)
_ASKS = re.compile(r"(?:下列|以下|如下|下述)第?|第 *[【\[(_ ]")


@Language.component("choices")
def choices(doc: "Doc") -> "Doc":
    """Fill `reading.choices`."""
    reading: Reading = doc._.reading
    found = sorted([*_boxes(reading), *_numbered(reading)], key=lambda c: c.span.start)
    reading.choices = [choice.model_copy(update={"id": f"c{n}"}) for n, choice in enumerate(found, 1)]
    return doc


def _boxes(reading: Reading) -> Iterator[Choice]:
    """Boxes of one line, two or more, or one that is ticked."""
    position = 0
    for line in reading.text.split("\n"):
        start, position = position, position + len(line) + 1
        if not any(c in line for c in _TICKED + _EMPTY[:-1]) and "(√" not in line and "( )" not in line:
            continue
        found = [m for m in (_behind(line) or _BOX.finditer(line)) if m["text"].strip()]
        if len(found) < 2 and not (found and _TICK.search(found[0]["box"])):
            continue
        options = tuple(_option(reading, start, m) for m in found)
        yield _choice(reading, start + found[0].start(), options[-1].span.end, options, "choice.box")


# 银行转账□ 承兑汇票☑ 现金□: the boxes stand behind their words
_BOX_BEHIND = re.compile(
    rf"(?P<text>[^{_TICKED}{_EMPTY[:-1]}\n\t;；。:， ]{{1,20}}) ?"
    rf"(?P<box>[{_TICKED}{_EMPTY[:-3]}])(?=[ 、，,/。;；)]|\Z)"
)


def _behind(line: str) -> list[re.Match[str]]:
    """Options of a line whose last box closes it and whose first one follows a word."""
    found = list(_BOX_BEHIND.finditer(line))
    boxes = sum(c in _TICKED + _EMPTY[:-3] for c in line)
    closed = bool(found) and not re.search(r"[一-龥A-Za-z]", line[found[-1].end() :])
    return found if len(found) > 1 and len(found) == boxes and closed else []


def _option(reading: Reading, offset: int, match: re.Match[str]) -> Option:
    words = match["text"]
    first = match.start("text") + len(words) - len(words.lstrip())
    last = match.start("text") + len(words.rstrip(" 、，,或"))
    span = Span(start=offset + first, end=offset + max(last, first))
    return Option(text=span.of(reading.document.text), checked=bool(_TICK.search(match["box"])), span=span)


def _choice(reading: Reading, start: int, end: int, options: tuple[Option, ...], rule: str) -> Choice:
    span = Span(start=start, end=end)
    return Choice(
        id="c",
        clause=clause_at(reading, start),
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule=rule, cues=tuple(o.span for o in options)),
        options=options,
    )


def _numbered(reading: Reading) -> Iterator[Choice]:
    """按以下第【2】种方式: the options are the items under the clause, or （1） and （2） in its sentence."""
    for sentence in reading.sentences.items:
        match = _NUMBERED.search(sentence.text)
        if match is None or not _ASKS.search(sentence.text[: match.end()]):
            continue
        chosen = _number(match["number"])
        options = _children(reading, sentence.unit.id, chosen)
        if len(options) < 2:
            continue
        start = sentence.start + match.start()
        yield _choice(reading, start, sentence.start + match.end(), options, "choice.numbered")


def _number(words: str) -> int | None:
    try:
        return int(parse_number(words)) if words else None
    except ValueError:
        return None


def _children(reading: Reading, clause: str, chosen: int | None) -> tuple[Option, ...]:
    found = []
    for child in reading.structure.clauses:
        if child.parent == clause and child.own_spans:
            span = Span(start=child.own_spans[0].start, end=child.own_spans[-1].end)
            found.append(Option(text=span.of(reading.document.text), checked=child.ordinal == chosen, span=span))
    return tuple(found)
