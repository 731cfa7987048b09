"""Faults that are planted in clean contracts, each where the rest of the text can tell that it is one.

合同总价为人民币520,000.00元（大写：伍拾贰万元整）
    digit:   合同总价为人民币570,000.00元（大写：伍拾贰万元整）

A fault is made with nothing but the printed text: what the checks know is not asked. A value is changed only where
another place of the text bears on it (its capitals, its share of a total, its row or column, its other date), and the
place that bears on it is kept as the counterpart.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

Place = tuple[int, int]

_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_CAPITALS = rf"[{_CAPITAL}拾佰仟万亿]{{2,}}[元圆](?:[{_CAPITAL}拾角分]*)整?"
_SHARE = re.compile(
    rf"(?P<percent>\d{{1,3}}(?:\.\d+)?)%[^。；;\n\d]{{0,12}}?(?:即|计|为|共计|支付)(?:人民币)?[￥¥]? ?"
    rf"(?P<sum>{_FIGURES})(?P<unit>万?)元"
)
_TWINS = (
    re.compile(rf"[￥¥]?(?P<figures>{_FIGURES})元?[（(](?:大写)?[:：]? ?(?:人民币)?(?P<words>{_CAPITALS})"),
    re.compile(rf"(?P<words>{_CAPITALS})[（(](?:小写)?[:：]?(?:人民币)?[￥¥]? ?(?P<figures>{_FIGURES})"),
)
_TOTAL = re.compile(
    rf"(?:总价|总额|总金额|合同金额|总价款|费用总计|总计|借款)[^。；\n\d]{{0,16}}?[￥¥]?(?P<sum>{_FIGURES})(?P<unit>万?)元?"
)
_DATE = r"(?P<{0}y>20\d\d)年(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日"
_RANGE = re.compile(rf"自?{_DATE.format('a')}起?至{_DATE.format('b')}")
_LENGTH = re.compile(r"(?:[一二三四五六七八九十]+|\d+) ?(?:年|个月|日历天|天)")
_ARTICLE = re.compile(r"第(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2}(?:\.\d{1,2})?)条")
_HEADING = re.compile(
    r"^(?P<before>第)(?P<number>[一二三四五六七八九十]{1,3})(?P<after>条)|^(?P<plain>\d{1,2})(?=[.、 ])", re.M
)
_ORGANISATION = re.compile(
    r"[甲乙丙卖买]方[^\n:：]{0,12}[:：] ?(?P<name>[一-龥（）]{6,30}(?:公司|中心|医院|中学|研究院))", re.M
)
_ANNEX = re.compile(r"^附件 ?(?P<number>[一二三四五六七八九十]|\d{1,2})?[^\n。，；]{0,24}$", re.M)
_COPIES = re.compile(
    r"一式 ?(?P<all>[一二三四五六七八九十贰叁肆伍陆柒捌]) ?份[^。]{0,24}?执(?P<one>[一二三四五六壹贰叁肆]) ?份"
)
_CODE = re.compile(r"(?<![0-9A-Z])(?=\d*[A-Z])[0-9A-HJ-NP-RTUW-Y]{18}(?![0-9A-Z])")
_TAX = re.compile(rf"(?:税额|税金)[^。；\n\d]{{0,8}}?(?P<sum>{_FIGURES})元")
_SPARE = "永恒瑞泰丰隆昌盛嘉祥"


@dataclass(frozen=True)
class Mutant:
    """A contract with one fault.

    Attributes:
        fault: kind of fault.
        text: with the fault in it.
        planted: where it is.
        counterparts: places that bear on it.
        note: what was changed, for people.
    """

    fault: str
    text: str
    planted: Place
    counterparts: tuple[Place, ...]
    note: str


Plant = Callable[[str, random.Random], Iterator[Mutant]]


def changed(fault: str, text: str, place: Place, new: str, counterparts: tuple[Place, ...] = ()) -> Mutant:
    """The text with other words in a place; places behind it move along.

    Args:
        fault: its kind.
        text: clean.
        place: of the words that go.
        new: words that come.
        counterparts: places that bear on it.
    """
    start, end = place
    move = len(new) - (end - start)
    moved = tuple((a + move, b + move) if a >= end else (a, b) for a, b in counterparts)
    words = f"{text[max(0, start - 6) : start]}[{text[start:end]}→{new}]{text[end : end + 6]}".replace("\n", "⏎")
    return Mutant(fault, text[:start] + new + text[end:], (start, max(start + len(new), start + 1)), moved, words)


def _number(figures: str) -> Decimal:
    return Decimal(figures.replace(",", ""))


def other_digit(figures: str, rng: random.Random) -> str:
    """One digit changed, of the whole part where there is one; the number keeps its length.

    Args:
        figures: as printed.
        rng: chooses.
    """
    places = [n for n, char in enumerate(figures) if char.isdigit()]
    whole = [n for n in places if "." not in figures[:n]] or places
    at = rng.choice(whole)
    first = at == whole[0]
    digits = [d for d in "0123456789" if d != figures[at] and not (first and d == "0")]
    return figures[:at] + rng.choice(digits) + figures[at + 1 :]


def digit(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A digit of a sum that stands beside its capitals."""
    for match in (m for pattern in _TWINS for m in pattern.finditer(text)):
        new = other_digit(match["figures"], rng)
        yield changed("digit", text, match.span("figures"), new, (match.span("words"),))


def capital(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A numeral of the capitals of a sum."""
    for match in (m for pattern in _TWINS for m in pattern.finditer(text)):
        places = [match.start("words") + n for n, char in enumerate(match["words"]) if char in _CAPITAL[1:]]
        if not places:
            continue
        at = rng.choice(places)
        new = rng.choice([c for c in _CAPITAL[1:] if c != text[at]])
        yield changed("capital", text, (at, at + 1), new, (match.span("figures"), match.span("words")))


def instalment(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A sum that is its share of a total, or that share."""
    totals = [(m.span("sum"), _number(m["sum"]) * (10_000 if m["unit"] else 1)) for m in _TOTAL.finditer(text)]
    for match in _SHARE.finditer(text):
        said = _number(match["sum"]) * (10_000 if match["unit"] else 1)
        bases = [place for place, total in totals if total * _number(match["percent"]) == said * 100]
        if bases:
            kind = rng.choice(["sum", "sum", "percent"])
            beside = (match.span("percent" if kind == "sum" else "sum"), *bases)
            yield changed("instalment", text, match.span(kind), other_digit(match[kind], rng), beside)


def copies(text: str, rng: random.Random) -> Iterator[Mutant]:
    """The copies in all, against those of the parties."""
    for match in _COPIES.finditer(text):
        new = rng.choice([n for n in "二三四五六七八九" if n not in (match["all"], match["one"])])
        if "壹贰叁肆伍陆柒捌玖".find(match["all"]) == "一二三四五六七八九".find(new):
            continue
        if "其余" in text[match.end() :].partition("。")[0]:
            continue
        yield changed("copies", text, match.span("all"), new, (match.span("one"), match.span()))


def tax(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A tax that stands beside the price without it."""
    for match in _TAX.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        if "不含税" in text[slice(*line)]:
            yield changed("tax", text, match.span("sum"), other_digit(match["sum"], rng), (line,))


def date(text: str, rng: random.Random) -> Iterator[Mutant]:
    """The end of a range, against its beginning and its length; a day no calendar has."""
    for match in _RANGE.finditer(text):
        sentence = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        kind = rng.choice(["year", "year", "day"])
        if kind == "day":
            impossible = "31" if match["bm"] in ("4", "6", "9", "11", "04", "06", "09") else "32"
            yield changed("date", text, match.span("bd"), impossible, (match.span(), sentence))
        elif len(_RANGE.findall(text[slice(*sentence)])) == 1 and _LENGTH.search(
            text[slice(*sentence)].replace(match[0], "")
        ):
            new = str(int(match["by"]) + rng.choice([-4, -5, 1, 2]))
            yield changed("date", text, match.span("by"), new, (match.span(), sentence))


def reference(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A pointer to a clause that is not there."""
    for match in _ARTICLE.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        if text[max(0, match.start() - 1) : match.start()] in ("", "\n") or re.search(
            r"》|法|条例|原合同|主合同|规定$", before
        ):
            continue
        first, dot, rest = match["number"].partition(".")
        new = (
            f"{rng.randint(41, 68)}{dot}{rest}"
            if first.isdigit()
            else rng.choice("四五六") + "十" + rng.choice("一三七")
        )
        yield changed("reference", text, match.span("number"), new)


def name(text: str, rng: random.Random) -> Iterator[Mutant]:
    """One character of a party's name, in a place where it is repeated."""
    for party in dict.fromkeys(m["name"] for m in _ORGANISATION.finditer(text)):
        found = [m.start() for m in re.finditer(re.escape(party), text)]
        for start in found[1:]:
            at = start + rng.randrange(2, len(party) - 2)
            new = rng.choice([c for c in _SPARE if c != text[at]])
            yield changed("name", text, (at, at + 1), new, ((found[0], found[0] + len(party)),))


def annex(text: str, rng: random.Random) -> Iterator[Mutant]:
    """An annex taken away that the contract points at."""
    del rng
    signed = max((m.end() for m in re.finditer(r"盖章|签字|公章|日期", text)), default=len(text))
    heads = [m for m in _ANNEX.finditer(text) if m.start() > signed]
    for n, match in enumerate(heads):
        end = heads[n + 1].start() if n + 1 < len(heads) else len(text)
        named = [m.span() for m in re.finditer(rf"附件 ?{match['number'] or ''}", text[: match.start()])]
        if named and end - match.end() > 40:
            yield Mutant("annex", text[: match.start()] + text[end:], named[0], tuple(named), f"[{match[0]} deleted]")


def number(text: str, rng: random.Random) -> Iterator[Mutant]:
    """The number of a clause printed twice."""
    del rng
    heads = [m for m in _HEADING.finditer(text) if m["number"]]
    for before, match in pairwise(heads[1:]):
        if match["number"] != before["number"]:
            yield changed("number", text, match.span("number"), before["number"], (before.span("number"),))


def blank(text: str, rng: random.Random) -> Iterator[Mutant]:
    """A value of weight left open: a name at the head, the price, the end of the term."""
    for match in _ORGANISATION.finditer(text):
        if match.start() < len(text) // 3:
            yield changed("blank", text, match.span("name"), "________", (match.span(),))
    for match in (m for pattern in _TWINS for m in pattern.finditer(text)):
        line = text.rfind("\n", 0, match.start()) + 1
        if re.search("总|合同", text[line : match.start()]):
            yield changed("blank", text, match.span(rng.choice(["figures", "words"])), "______", (match.span(),))
    for match in _RANGE.finditer(text):
        yield changed("blank", text, (match.start("by"), match.end("bd") + 1), "____年__月__日", (match.span(),))


def code(text: str, rng: random.Random) -> Iterator[Mutant]:
    """One digit of a credit code."""
    for match in _CODE.finditer(text):
        digits = [n for n, char in enumerate(match[0]) if char.isdigit() and n > 1]
        at = match.start() + rng.choice(digits)
        new = rng.choice([d for d in "0123456789" if d != text[at]])
        yield changed("code", text, (at, at + 1), new, (match.span(),))
