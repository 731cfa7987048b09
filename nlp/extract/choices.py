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
_EMPTY = "□☐◻▢○◯"
_DRAWN = f"{_TICKED}{_EMPTY}"
# (√)   [ ]   【x】: brackets to tick, not those of a number left open in a sentence (执（ ）份)
_BRACKET = r"(?:\( *[√✓✔×xX]? *\)|\[ *[√✓✔×xX]? *\]|【 *[√✓✔×xX]? *】)"
_OWN_PLACE = r"(?:\A|(?<=[ :：,，、;；/。\t)）\]】]))"
_BOX = re.compile(
    rf"(?P<box>[{_DRAWN}]|口(?=[一-龥]{{2,}})|{_OWN_PLACE}{_BRACKET}(?= *[一-龥A-Za-z]))\s*"
    rf"(?P<text>(?:(?![{_DRAWN}\n\t;；。]|{_OWN_PLACE}{_BRACKET}).){{1,60}})"
)
_TICK = re.compile(r"[☑☒✓✔√■▣◉●×xX]")
_STROKE = re.compile(r"[☑✓✔√]")
_ALONE = re.compile(r"[☑√]")
_CROSS = re.compile(r"[×xX]")
_MAY_HOLD = re.compile(rf"[{_DRAWN}]|{_BRACKET}")
# a sign of a list (● 第一项), which ticks nothing unless an empty one stands beside it
_BULLETS = "■▣◉●"
_ROUND = "○◯"  # one below the other, none filled: a list too
# √表示合格: the key of a table
_KEY = re.compile(r"(?:表示|代表|为|即|是指)")
# （ ）日: the unit of a number left open
_UNIT = re.compile(r"(?:日|天|个|月|年|元|份|次|套|台|%|人|米|号|名|项|种)")
_NUMBERED = re.compile(
    r"(?:按|按照|选择|采用|采取|适用|依照|以)?(?:下列|以下|如下|下述)?"
    r"(?:第 *[【\[(_]* *(?P<number>[\d一二三四五六]{0,2}|[①②③④⑤⑥A-Fa-f])"
    r"|[【\[(_]+ *(?P<number2>[\d一二三四五六A-F]{0,2}))"
    r" *[】\])_]* *(?:种|项|款)(?:约定)?(?:的)?(?:方式|形式|办法|方法|标准|情形|约定|选项|处理|解决|办理"
    r"|(?= *(?:[:：]|\Z|执行|进行)))"
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
    """Boxes of one line, or of lines one below the other that hold one each."""
    column: list[tuple[int, re.Match[str]]] = []
    position = 0
    for line in [*reading.text.split("\n"), ""]:
        start, position = position, position + len(line) + 1
        found = _in_line(line) if _MAY_HOLD.search(line) else []
        if len(found) == 1 and not line[: found[0].start()].strip(" \t·-"):
            column.append((start, found[0]))
            continue
        if not all(match["box"] in _ROUND for _, match in column):
            yield from _made(reading, column)
        column = []
        yield from _made(reading, [(start, match) for match in found])


def _in_line(line: str) -> list[re.Match[str]]:
    found = [m for m in (_behind(line) or _BOX.finditer(line)) if m["text"].strip()]
    return [m for m in found if m["box"] in _DRAWN or not _UNIT.match(m["text"].strip())]


def _made(reading: Reading, found: list[tuple[int, re.Match[str]]]) -> Iterator[Choice]:
    """Two or more boxes, or one that is ticked; signs of a list are no boxes."""
    marks = [match["box"] for _, match in found]
    if not marks or any(_KEY.match(match["text"].strip()) for _, match in found):
        return
    if all(mark in _BULLETS for mark in marks) or (len(found) < 2 and not _ALONE.search(marks[0])):
        return
    # where a stroke ticks, a cross strikes out
    tick = _STROKE if any(_STROKE.search(m) for m in marks) and any(_CROSS.search(m) for m in marks) else _TICK
    options = tuple(_option(reading, start, match, tick) for start, match in found)
    first = found[0][0] + found[0][1].start()
    yield _choice(reading, first, options[-1].span.end, options, "choice.box")


# 银行转账□ 承兑汇票☑ 现金□   一次付清（√）；分期付款（ ）: the boxes stand behind their words
_BOX_BEHIND = re.compile(
    rf"(?P<text>[^{_DRAWN}\n\t;；。:，()\[\]【】 ]{{1,20}}) ?(?P<box>[{_DRAWN}]|{_BRACKET})(?=[ 、，,/。;；)]|\Z)"
)


def _behind(line: str) -> list[re.Match[str]]:
    """Options of a line whose last box closes it and whose first one follows a word."""
    found = list(_BOX_BEHIND.finditer(line))
    boxes = len(_MAY_HOLD.findall(line))
    closed = bool(found) and not re.search(r"[一-龥A-Za-z]", line[found[-1].end() :])
    drawn = all(m["box"] in _DRAWN for m in found) or any(_TICK.search(m["box"]) for m in found)
    return found if len(found) > 1 and len(found) == boxes and closed and drawn else []


def _option(reading: Reading, offset: int, match: re.Match[str], tick: re.Pattern[str]) -> Option:
    words = match["text"]
    first = match.start("text") + len(words) - len(words.lstrip())
    last = match.start("text") + len(words.rstrip(" 、，,或/_"))
    span = Span(start=offset + first, end=offset + max(last, first))
    return Option(text=span.of(reading.document.text), checked=bool(tick.search(match["box"])), span=span)


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
        chosen = _number(match["number"] or match["number2"] or "")
        options = _children(reading, sentence.unit.id, chosen)
        if len(options) < 2:
            continue
        start = sentence.start + match.start()
        yield _choice(reading, start, sentence.start + match.end(), options, "choice.numbered")


def _number(words: str) -> int | None:
    """The place of an option in its list: 2, 二, ②, B."""
    if re.fullmatch(r"[A-Fa-f]", words):
        return ord(words.upper()) - ord("A") + 1
    if re.fullmatch(r"[①-⑥]", words):
        return ord(words) - ord("①") + 1
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
