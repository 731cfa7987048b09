"""Words that point at clauses: `第八条第二款第（三）项`, `第三、五条`, `第四条至第六条`, `第8.2条`, `本条`, `前款`.

Only the words are read here; what they point at is found in `resolve`. Text is folded.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nlp.clauses import ordinals
from nlp.clauses.grammar import CN

Path = tuple[int, ...]
# what the letter of a lettered number counts from in a path, so that A.2 is not 1.2
LETTERS = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One level of a pointer.

    Attributes:
        unit: 条, 款, 项, 目, 章, 节, 部分.
        path: its number; a decimal has several (`8.2` is 8, 2).
        bracketed: whether it is printed in brackets (`第（2）项`).
    """

    unit: str
    path: Path
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place in the text that points at a clause by number.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        steps: levels from the outside in; the last differs among the members of a list.
        scope: the words before it that say in what it is (`本合同`, `附件二`, `通用条款`, `《民法典》`), or "".
        follows: whether it goes on with the pointer before it (`第五条第二款、第三款`).
        exact: whether it points only where a clause is printed just so (`依4.2处理`, `2-1项`, `按B条`): the same words
            are also a quantity or a range.
    """

    start: int
    end: int
    steps: tuple[Step, ...]
    scope: str = ""
    follows: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word that points without a number: `本条`, `前款`, `本协议`.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        how: this or previous.
        unit: 条, 款, 项, 章, 合同, 协议, 附件 …
    """

    start: int
    end: int
    how: str
    unit: str


# 八  8.2  (三)  ①
_IN_BRACKETS = rf"[(]\s*(?:[{CN}]{{1,4}}|\d{{1,3}}|[a-zA-Z]|[ivx]{{2,4}})\s*[)]"
_NUMBER = rf"(?:{_IN_BRACKETS}|[a-zA-Z](?=\s*[款项目])|[{CN}]{{1,5}}|\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}|[①-⑳])"
_JOINT = r"\s*(?:[、，,和及与或]|至|到|[~～—–-])\s*"
# 第三、五条  第(一)至(三)项  第8.2条
_STEP = rf"第\s*(?:{_NUMBER}(?:{_JOINT}第?\s*{_NUMBER})*)\s*(?:条|款|项|目|章|节|部分)"
# 第3.1条(b)项: an inner step without 第
_INNER = rf"{_IN_BRACKETS}\s*[款项目]"
_CHAIN = re.compile(rf"{_STEP}(?:\s*(?:{_STEP}|{_INNER}))*(?!目录)")
_ONE_STEP = re.compile(
    rf"(?:第\s*|(?=[(]))(?P<numbers>{_NUMBER}(?:{_JOINT}第?\s*{_NUMBER})*)\s*(?P<unit>条|款|项|目|章|节|部分)"
)
_MEMBER = re.compile(rf"(?P<joint>{_JOINT})?(?P<whole>第?\s*(?P<number>{_NUMBER}))")
# 按5.1条、见3.2款  3.1至3.4条  2-1至2-3项
_DOTTED = r"\d{1,2}(?:(?:\.\d{1,2}){1,3}|-\d{1,2})"
_DECIMALS = rf"(?P<numbers>{_DOTTED}(?:{_JOINT}{_DOTTED})*)"
_DECIMAL = re.compile(rf"(?<![\d.第A-Za-z-]){_DECIMALS}(?![\d.])\s*(?P<unit>条款?|款(?!项)|项(?!目))")
# 依4.2处理  按照2.1的要求  依1.1、1.2的结果
_BARE_DECIMAL = re.compile(
    rf"(?<=[照按反据依合见])\s*{_DECIMALS}(?![\d.])"
    r"(?=\s*(?:的(?:要求|规定|约定|结果|方式|标准|情形|内容|程序)|所[述列称]|规定|约定|处理|执行|办理|计算|支付|承担|[，。;、]))"
)
# 按照A.2所述, 违反B.1的: the clause printed so
_LETTERED = re.compile(
    r"(?<=[照按反据见依合])\s*(?P<letter>[A-Z])(?P<number>(?:\.\d{1,2}){1,3})(?![\d.])\s*(?:[条款项](?!件|目))?"
)
# 违反三、四条约定
_BARE_LIST = re.compile(
    rf"(?<=[反照据按])(?:本(?:合同|协议))?(?P<numbers>[{CN}]{{1,3}}(?:、[{CN}]{{1,3}}){{1,4}})(?P<unit>条)(?!件|例|款)"
)
# 违反3.2(c)的  除4(2)、4(3)情形外; 5(五)日 is one number said twice
_INNERMOST = re.compile(
    rf"(?<=[一-龥、,，])\s*(?P<base>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s*(?P<inner>{_IN_BRACKETS})"
    r"(?=\s*(?:的|所[列述]|情形|规定|约定|之一|[、，。;]))"
)
# 第5.2(b)条  第六条(二)扣款  依照(一)的单价
_WITH_ITEM = re.compile(
    rf"第\s*(?:(?P<base>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s*(?P<inner>{_IN_BRACKETS})\s*[条款项]"
    rf"|(?P<article>[{CN}]{{1,4}}|\d{{1,3}})\s*条\s*(?P<item>{_IN_BRACKETS})(?!\s*[款项目至、和及]))"
)
_ITEM_ALONE = re.compile(rf"(?<=[照按反据依])\s*(?P<item>{_IN_BRACKETS})(?=\s*(?:的|所[列述]|约定|规定))")
# 按B条支付  B条第3款  违反b项
_LETTER = re.compile(
    rf"(?<=[一-龥，、(])\s*(?P<letter>[A-Za-z])\s*(?P<unit>[条款项])(?![件目例])(?P<more>(?:\s*{_STEP})*)"
)
# 按【五】的约定 where the clauses are printed so; 【五】个工作日 is a filled blank
_FRAMED = re.compile(rf"【\s*(?P<numbers>[{CN}]{{1,3}})\s*】(?=\s*(?:的?(?:约定|规定)|所[列述]|[，。;、和或及且]))")
_TO = re.compile(r"至|到|[~～—–-]")
_GOES_ON = re.compile(r"\s*(?:、|和|及|与|或|以及|，|至|到)\s*$")
_SCOPE = re.compile(
    rf"(?P<scope>《[^》\n]{{2,50}}》|本[^，,。;\n]{{0,6}}(?:合同|协议)|[主原][一-龥]{{0,6}}?(?:合同|协议)|该?合同|协议书?|附[件录表](?:\s*(?:[{CN}]{{1,3}}|\d{{1,2}}|[A-Z]))?"
    r"|(?:通用|专用|标准)(?:合同)?(?:条款|条件)|[一-龥]{2,12}(?:法典|法|条例|规定|办法))\s*(?:的|中|项下|中的|之)?\s*$"
)
# 本条约定, but not 本条件, 本款项, 本项目, 基本合同
_WORD = re.compile(
    r"(?<![基样版文日原资书副正])本(?P<this>条款?(?!件|例)|款(?!项)|项(?!目|下)|章(?!程)|节|附件|(?:[一-龥]{2,6}?)?(?:合同|协议)书?)"
    r"|(?P<previous>(?:前|上)(?:述)?(?P<unit>[条款项])(?!件|目|例|项)|前[两二三]款(?!项))"
)
_NO_TITLE = re.compile(r"[是的之与和及或应须由在对为将已有按以]|甲|乙")


def find_pointers(text: str) -> list[Pointer]:
    """All numbered pointers of a text; a list gives one for each member, a range one for each clause in it."""
    found: list[Pointer] = []
    end = -1
    for match in sorted((m for p in (_WITH_ITEM, _CHAIN, *_READ) for m in p.finditer(text)), key=lambda m: m.start()):
        if match.start() < end:
            continue
        between = text[end : match.start()] if end >= 0 else "\n"
        follows = bool(_GOES_ON.fullmatch(between))
        scope = _SCOPE.search(text, max(match.start() - 60, 0), match.start())
        words = scope["scope"] if scope else ""
        members = list(_READ.get(match.re, _members)(match))
        if not members and match.re in _EXACT:
            continue
        if members and not between.strip() and found and _says_again(found[-1], members[0][2]):
            first = found.pop()
            words, follows = first.scope, first.follows
            members[0] = (first.start, *members[0][1:])
        exact = match.re in _EXACT or (match.re is _DECIMAL and "." not in match["numbers"])
        found += [Pointer(start, stop, steps, words, follows, exact) for start, stop, steps in members]
        end = match.end()
    return found


def _says_again(before: Pointer, steps: tuple[Step, ...]) -> bool:
    """第五条5.1款: the decimal holds the article once more."""
    last = before.steps[-1]
    return len(before.steps) == 1 and last.unit == "条" and len(steps[0].path) > 1 and steps[0].path[:1] == last.path


def _letter_members(match: re.Match[str]) -> list[tuple[int, int, tuple[Step, ...]]]:
    first = Step(match["unit"], (LETTERS + (ordinals.letter(match["letter"]) or 0),))
    more = [step for m in _ONE_STEP.finditer(match["more"]) if (step := _step(m))]
    return [(match.start("letter"), match.end(), (first, *more))]


def _lettered_members(match: re.Match[str]) -> list[tuple[int, int, tuple[Step, ...]]]:
    path = (
        LETTERS + (ordinals.letter(match["letter"]) or 0),
        *(int(piece) for piece in match["number"][1:].split(".")),
    )
    return [(match.start("letter"), match.end(), (Step("条", path),))]


def _framed_members(match: re.Match[str]) -> list[tuple[int, int, tuple[Step, ...]]]:
    value = ordinals.chinese(match["numbers"])
    return [(match.start(), match.end(), (Step("条", (value,), bracketed=True),))] if value else []


def _innermost_members(match: re.Match[str]) -> list[tuple[int, int, tuple[Step, ...]]]:
    return _item_of(match.start("base"), match.end(), _path(match["base"]), match["inner"])


def _with_item_members(match: re.Match[str]) -> list[tuple[int, int, tuple[Step, ...]]]:
    base = _path(match["base"] or match["article"])
    return _item_of(match.start(), match.end(), base, match["inner"] or match["item"])


def _item_of(start: int, end: int, base: Path | None, item: str) -> list[tuple[int, int, tuple[Step, ...]]]:
    inner = _path(item)
    if base is None or inner is None or (inner == base and not item.strip("() ").isascii()):
        return []
    return [(start, end, (Step("条", base), Step("项", inner, bracketed=True)))]


def _item_members(match: re.Match[str]) -> list[tuple[int, int, tuple[Step, ...]]]:
    inner = _path(match["item"])
    return [(match.start("item"), match.end(), (Step("项", inner, bracketed=True),))] if inner else []


def _listed_members(match: re.Match[str]) -> list[tuple[int, int, tuple[Step, ...]]]:
    members = list(re.finditer(r"[^、]+", match["numbers"]))
    base = match.start("numbers")
    made: list[tuple[int, int, tuple[Step, ...]]] = []
    for place, member in enumerate(members):
        end = match.end() if place == len(members) - 1 else base + member.end()
        if value := ordinals.chinese(member[0]):
            made.append((base + member.start(), end, (Step("条", (value,)),)))
    return made


def _decimal_members(match: re.Match[str]) -> Iterator[tuple[int, int, tuple[Step, ...]]]:
    """Each number of a list has its own words, each of a range those of the whole range."""
    unit = (match["unit"] if "unit" in match.re.groupindex else "条")[0]
    members = list(re.finditer(_DOTTED, match["numbers"]))
    base, start = match.start("numbers"), match.start("numbers")
    before: Path = ()
    for place, member in enumerate(members):
        path = tuple(int(piece) for piece in re.split(r"[.-]", member[0]))
        joint = match["numbers"][members[place - 1].end() : member.start()] if place else ""
        end = match.end() if place == len(members) - 1 else base + member.end()
        if _TO.search(joint) and before[:-1] == path[:-1]:
            for value in range(before[-1] + 1, min(path[-1], before[-1] + 60)):
                yield start, end, (Step(unit, (*path[:-1], value)),)
        else:
            start = base + member.start()
        yield start, end, (Step(unit, path),)
        before = path


def _members(match: re.Match[str]) -> Iterator[tuple[int, int, tuple[Step, ...]]]:
    """Places and steps of the members of a chain; a single one has the place of the whole chain."""
    steps = list(_ONE_STEP.finditer(match[0]))
    outer = tuple(step for s in steps[:-1] if (step := _step(s)))
    last = steps[-1]
    base = match.start() + last.start("numbers")
    members = list(_MEMBER.finditer(last["numbers"]))
    paths = [_path(m["number"]) for m in members]
    unit, bracketed = last["unit"], last["numbers"][0] == "("
    if len(members) == 1 or None in paths:
        if paths[0]:
            yield match.start(), match.end(), (*outer, Step(unit, paths[0], bracketed))
        return
    for place, (member, path) in enumerate(zip(members, paths, strict=True)):
        assert path is not None
        before = paths[place - 1] if place else None
        if before and member["joint"] and _TO.search(member["joint"]):
            for between in range(before[-1] + 1, min(path[-1], before[-1] + 60)):
                yield match.start(), match.end(), (*outer, Step(unit, (*path[:-1], between), bracketed))
        start = match.start() if place == 0 else base + member.start("whole")
        end = match.end() if place == len(members) - 1 else base + member.end("whole")
        yield start, end, (*outer, Step(unit, path, bracketed))


def _step(match: re.Match[str]) -> Step | None:
    path = _path(match["numbers"])
    return Step(match["unit"], path, match["numbers"][0] == "(") if path else None


_READ: dict[re.Pattern[str], Callable[[re.Match[str]], Iterable[tuple[int, int, tuple[Step, ...]]]]] = {
    _DECIMAL: _decimal_members,
    _BARE_DECIMAL: _decimal_members,
    _LETTERED: _lettered_members,
    _LETTER: _letter_members,
    _BARE_LIST: _listed_members,
    _FRAMED: _framed_members,
    _INNERMOST: _innermost_members,
    _WITH_ITEM: _with_item_members,
    _ITEM_ALONE: _item_members,
}
_EXACT = frozenset((_BARE_DECIMAL, _LETTER, _FRAMED, _INNERMOST, _WITH_ITEM, _ITEM_ALONE))


def _path(number: str) -> Path | None:
    bare = number.strip("()（） 第")
    if "." in bare:
        pieces = [int(piece) for piece in bare.split(".")]
        return tuple(pieces)
    if bare.isascii() and bare.isalpha():
        letters = ordinals.roman(bare) if bare.islower() else None
        value = letters or ordinals.letter(bare)
        return (value,) if value else None
    value = ordinals.arabic(bare) or ordinals.chinese(bare) or (ordinals.symbol(bare) if len(bare) == 1 else None)
    return (value,) if value else None


def find_words(text: str) -> Iterator[Word]:
    """`本条`, `前款`, `本协议` and their kin."""
    for match in _WORD.finditer(text):
        this = match["this"]
        if this is None:
            yield Word(match.start(), match.end(), "previous", match["unit"] or "款")
        elif this[-1] in "同议书":
            kind = re.sub(r"(?:合同|协议)书?$", "", this)
            if not _NO_TITLE.search(kind):
                yield Word(match.start(), match.end(), "this", "协议" if "协议" in this else "合同")
        else:
            yield Word(match.start(), match.end(), "this", "附件" if this == "附件" else this[0])
