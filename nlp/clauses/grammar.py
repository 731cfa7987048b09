"""The grammar of clause numbers: what can stand at the beginning of a clause, and how sure its print is.

`第十二条`, `（三）`, `5.1`, `①`, `a.`, `Article 7`. One pattern finds the number at a place of a line, one reader
a kind of number makes the marker. Text is folded: brackets, digits, dots and colons are narrow; `、`, `，` and `。` are
not.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from nlp.clauses import ordinals
from nlp.clauses.marker import Marker

CN = ordinals.CHINESE_CHARACTERS
MISREAD = re.escape(ordinals.MISREAD_CHARACTERS)

WORD_STYLES = {
    "部分": "part",
    "部份": "part",
    "编": "part",
    "篇": "part",
    "章": "chapter",
    "节": "section",
    "条": "article",
    "條": "article",
    "絛": "article",
    "奈": "article",
    "款": "paragraph",
    "项": "item",
}
# 第十二条  第 十 二 条  【第3条】  笫二章  第六奈 (misread)
COUNT = rf"(?P<word>(?:[{CN}{MISREAD}]\s*){{1,7}}|\d[\d ]{{0,3}})"
WORD = rf"(?P<open>[【\[]\s*)?[第笫]\s*{COUNT}\s*(?P<unit>[条條絛奈]|章|节|编|篇|部[分份]|款|项)(?(open)\s*[】\]])"
# Article 5  Section 2.  ARTICLE IV
ENGLISH = r"(?P<english>(?i:article|section|clause))\s+(?P<english_number>\d{1,2}|[IVXivx]{1,6})(?![\w.]\d)[.:]?"
# (一)  【二】  [三]  (—) (misread)
_STROKE = rf"[{CN}]?[{MISREAD}](?=\s*[)】\]])"
BRACKETED = rf"[(【\[]\s*(?P<bracketed>[{CN}]{{1,4}}|{_STROKE}|\d{{1,3}}|[lI]|[A-Za-z]|[IVXivx]{{2,5}})\s*[)】\]〉>》]"
# 1.1  1.1.2  2-1  10．3 (folded)  1·2; misread: 1。2  l.2  3.I.1
_COUNT = r"(?:\d{1,2}|[lI])"
DECIMAL = (
    rf"(?P<decimal>(?=[lI.·。]{{0,3}}\d){_COUNT}(?:\s?[.·]\s?{_COUNT}|。{_COUNT}){{1,4}}|\d{{1,2}}(?:-\d{{1,2}}){{1,3}})"
    r"(?:(?![\d.·-]*\d)|(?=\.(?:19|20)\d\d年))(?![A-Za-z])(?P<decimal_mark>\s*[、.)])?"
)
# B.1  A.2.3  A-1
LETTERED = r"(?P<lettered>[A-Z](?:(?:\.\d{1,2}){1,3}|-\d{1,2}))(?![\d.A-Za-z-])\s*[、:]?"
# 十二、  三.  一，  —、 (misread)  一)
CHINESE = rf"(?P<chinese>[{CN}]{{1,4}}|[{MISREAD}])\s*(?P<chinese_mark>[、.,，:)])"
# 第一、 第二， in plain papers; not 第三、四条
ORDINAL = rf"第\s*(?P<ordinal>[{CN}]{{1,3}})\s*(?P<ordinal_mark>[、，,:])(?!\s*[{CN}\d第])"
# 1甲方应…: glued to a word that begins a clause
GLUED = r"(?P<glued>\d{1,2})(?=(?:[甲乙丙双各]|任何一|出租|承租|委托|受托)[方人]|本(?:合同|协议)|不得|未经|应当)"
# 一 alone on its line
ALONE = rf"(?P<alone>[{CN}]{{1,3}})$"
# 1 alone on its line; whether it is a number or a page mark shows the line below
ALONE_ARABIC = r"(?P<alone_arabic>\d{1,2})$"
# 壹、
CAPITAL = rf"(?P<capital>[{ordinals.CAPITAL_CHARACTERS}]{{1,4}})\s*(?P<capital_mark>[、.:])"
# 12、  3.  1)  l、 (misread); before digits only where a date or a quantity follows: 2、30日内付清
_NO_DIGIT = r"(?!\d)|(?=\d{4}年)|(?<=[、)])(?=\d{1,4}(?:[个日天年月%元万小分]|工作日))"
ARABIC = (
    r"(?P<arabic>\d{1,3}|\d?[lI]|[|])\s*(?P<arabic_mark>\.\)|[、.,，:)]|。(?=\s*[^\s\d]))"
    rf"(?:{_NO_DIGIT})"
)
# a.  B、  c)
LETTER = r"(?P<letter>[A-Za-z]|[IVXivx]{2,5})\s*(?P<letter_mark>[、.)])(?![A-Za-z.])"
# ①  ⑵  ⒊  ㈣  Ⅴ、
SYMBOL = r"(?P<symbol>[①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➓⑴-⒛㈠-㈩㊀-㊉Ⅰ-Ⅻⅰ-ⅻ])\s*[、.)]?"
# 4   方违反…  一  总则
BARE = rf"(?P<bare>\d{{1,2}}|[{CN}]{{1,3}})(?P<gap>\s+)(?=\S)"

_HEAD = re.compile(
    "|".join(
        (
            WORD,
            ENGLISH,
            BRACKETED,
            SYMBOL,
            DECIMAL,
            LETTERED,
            CHINESE,
            CAPITAL,
            ORDINAL,
            ALONE,
            ALONE_ARABIC,
            ARABIC,
            LETTER,
            BARE,
            GLUED,
        )
    )
)
_SYMBOLS = (
    ("①", "⑳", "circled", "circled"),
    ("⑴", "⒇", "arabic_bracket", "arabic_bracket"),
    ("⒈", "⒛", "arabic_dot", "arabic"),
    ("㈠", "㈩", "chinese_bracket", "chinese_bracket"),
    ("Ⅰ", "Ⅻ", "roman_dot", "roman_upper"),
    ("ⅰ", "ⅻ", "roman_dot", "roman_lower"),
)
_MARKS = {
    "、": "comma",
    ".": "dot",
    ",": "comma",
    "，": "comma",
    "。": "comma",
    ":": "colon",
    ")": "half",
    ".)": "half",
    "": "bare",
}
_GAP = re.compile(r"[ \t　]*")


# behind 第八条 these go on with the sentence: 第八条约定的, 第五条第二款, 第三条、第四条;
# not 第五条项目概况, 第二条中标文件
_POINTS = re.compile(
    r"第|[、,，](?=\s*(?:第|[一二三四五六七八九十\d]{1,3}\s*[条款项]))|[,，。;)》”]|的|之|等|及|至|或|与|和(?![解平谐睦])|到(?![货期账])|约定(?!事)|规定(?!事)|所(?!有[权人])|项(?!目)|款(?!项)"
    r"|内(?!容)|下(?!列)|中(?![标介止国华小期间外英文])|以(?=[上下内外及])|执行|办理|承担|处理|支付"
)
_POINTS_SPACED = re.compile(r"的|之|[、,，](?=\s*第)|[,，。;)]|约定的|规定的|所述|第.{1,4}[款项]")
# 3.5万元  1.2倍  2.4GHz: a quantity, no number; but 1.1 日常维护, 1.2 月度报告 are numbers
_QUANTITY = re.compile(
    r"[%‰‱℃°㎡]|万|亿|元(?!件|素)|倍(?!率)|[kKMGT]?(?:Hz|[Bb]ps|[Bb]\b)|(?:mm|cm|m|kg|g|ml|L|V|W|A|t)\b|米|公里|公斤|千克|吨|个百分点|版"
)
_SPACED_QUANTITY = re.compile(r"\s+(?:[万亿]元|元|[%‰℃]|倍的?[^率]|[kKMGT]?(?:Hz|[Bb]ps)|(?:mm|cm|kg)\b)")
# 2.3.1条所述, 5.2款
_LEVEL_WORD = re.compile(r"\s*(?:条(?!件|例)|款(?!项)|项(?!目))")
# 1 号楼  3 个月  12 名: a quantity behind a bare number
_MEASURE = re.compile(
    r"[号个名年月日天周时分秒台套份元万亿次项人件批只张本页层栋幢米吨家户亩级期季%]|小时|工作日|公里|[-~—/x×*+=]"
)
# 一、二审  三、五条: a list of numbers, no clause
_LIST_CHINESE = re.compile(rf"[{CN}]{{1,3}}\s*(?:[、和及至](?=[{CN}])|[款条项章节审级期])")
_LIST_ARABIC = re.compile(r"\d{1,3}\s*(?:[、和及至](?=\d)|[款条项章节期]|号楼|层)")


def match_marker(text: str, position: int) -> Marker | None:
    """The number that begins at a position of a folded line, or None."""
    match = _HEAD.match(text, position)
    if match is None or match.lastgroup is None:
        return None
    reader = next(read for name, read in _READERS if match[name] is not None)
    return reader(match)


def _made(
    match: re.Match[str], style: str, family: str, value: int | None, weight: float, cut: int = 0
) -> Marker | None:
    """A marker of a match; `cut` characters at its end are a mark and not part of the number."""
    if value is None:
        return None
    gap = _GAP.match(match.string, match.end())
    end = gap.end() if gap else match.end()
    printed = match[0][: len(match[0]) - cut].rstrip()
    return Marker(style, family, value, match.start(), match.start() + len(printed), end, weight)


_WORD_MARK = re.compile(r"\s*[、.:，]?\s*")


def _word(match: re.Match[str]) -> Marker | None:
    style = WORD_STYLES[match["unit"]]
    value = ordinals.chinese(match["word"]) or ordinals.arabic(match["word"])
    tail = match.string[match.end() : match.end() + 8]
    spaced = tail[:1].isspace()
    points = (_POINTS_SPACED if spaced else _POINTS).match(tail.lstrip())
    weight = 0.3 if points else 3.0 if style in ("paragraph", "item") else 6.0
    marker = _made(match, style, style, value, weight)
    if marker is None or points:
        return marker
    mark = _WORD_MARK.match(match.string, match.end())
    return replace(marker, end=mark.end() if mark else marker.end)


def _english(match: re.Match[str]) -> Marker | None:
    number = match["english_number"]
    value = ordinals.arabic(number) if number.isdecimal() else ordinals.roman(number)
    return _made(match, "english_article", "english_article", value, 3.0)


def _bracketed(match: re.Match[str]) -> Marker | None:
    inner = match["bracketed"]
    if match[0][0] != "(" and inner.isascii():  # 【7】日 is a filled blank, [1] a note
        return None
    mark = re.match(r"\s*[、.:]", match.string[match.end() :])
    tail = match.string[match.end() + (mark.end() if mark else 0) :]
    weight = 0.3 if re.match(r"项(?!目)|款(?!项)|至|、\(|和\(", tail.lstrip()) else 4.0
    found = _inner(match, inner, weight)
    if found is None or mark is None:
        return found
    gap = _GAP.match(match.string, match.end() + mark.end())
    end = gap.end() if gap else found.end
    return replace(found, end=end, other=replace(found.other, end=end) if found.other else None)


def _inner(match: re.Match[str], inner: str, weight: float) -> Marker | None:
    if inner[0] in CN or inner[0] in ordinals.MISREAD_CHARACTERS:
        return _made(match, "chinese_bracket", "chinese_bracket", ordinals.chinese(inner), weight)
    if inner.isdecimal():
        return _made(match, "arabic_bracket", "arabic_bracket", ordinals.arabic(inner), weight)
    return _latin(match, inner, "bracket", weight - 2 if weight > 2 else weight)


def _latin(match: re.Match[str], letters: str, mark: str, weight: float, cut: int = 0) -> Marker | None:
    case = "upper" if letters[0].isupper() else "lower"
    as_letter = _made(match, f"letter_{mark}", case, ordinals.letter(letters), weight, cut)
    as_roman = _made(match, f"roman_{mark}", f"roman_{case}", ordinals.roman(letters), weight, cut)
    if as_letter and as_roman:
        return replace(as_letter, other=as_roman)
    return as_letter or as_roman


def _symbol(match: re.Match[str]) -> Marker | None:
    sign = match["symbol"]
    style, family = next(((s, f) for a, b, s, f in _SYMBOLS if a <= sign <= b), ("circled", "circled"))
    return _made(match, style, family, ordinals.symbol(sign), 3.5, len(match[0]) - 1)


def _decimal(match: re.Match[str]) -> Marker | None:
    pieces = re.split(r"\s?[.·。-]\s?", match["decimal"])
    if any(piece[0] == "0" for piece in pieces):
        return None
    numbers = tuple(ordinals.arabic(piece) or 0 for piece in pieces)
    tail = match.string[match.end() :]
    weight = 3.5 if len(numbers) > 2 or tail[:1].isspace() else 3.0
    if _QUANTITY.match(tail) or _SPACED_QUANTITY.match(tail) or _LEVEL_WORD.match(tail):
        weight = 0.3
    elif "-" in match["decimal"] or not set("。lI").isdisjoint(match["decimal"]):
        weight = 1.5
    cut = len(match["decimal_mark"] or "")
    made = _made(match, "decimal", f"decimal{len(numbers)}", numbers[-1], weight, cut)
    return replace(made, prefix=numbers[:-1]) if made else None


def _lettered(match: re.Match[str]) -> Marker | None:
    """`B.1` in annex B: the letter is the annex's, the numbers count."""
    numbers = tuple(int(piece) for piece in re.split(r"[.-]", match["lettered"])[1:])
    cut = len(match[0]) - len(match["lettered"])
    made = _made(
        match, "lettered", f"lettered{len(numbers)}", numbers[-1], 1.2 if "-" in match["lettered"] else 2.0, cut
    )
    return replace(made, prefix=numbers[:-1]) if made else None


def _chinese(match: re.Match[str]) -> Marker | None:
    mark = match["chinese_mark"]
    weight = {"、": 4.0, ".": 3.0, ")": 3.0, ":": 1.5, ",": 1.0, "，": 1.0}[mark]
    if _LIST_CHINESE.match(match.string, match.end()):
        weight = 0.3
    family = "chinese_bracket" if mark == ")" else "chinese"
    style = "chinese_half" if mark == ")" else f"chinese_{_MARKS[mark]}"
    return _made(match, style, family, ordinals.chinese(match["chinese"]), weight, 0 if mark == ")" else 1)


def _capital(match: re.Match[str]) -> Marker | None:
    return _made(match, "capital", "capital", ordinals.chinese(match["capital"]), 3.0, 1)


def _ordinal(match: re.Match[str]) -> Marker | None:
    return _made(match, "ordinal", "ordinal", ordinals.chinese(match["ordinal"]), 2.5, 1)


def _glued(match: re.Match[str]) -> Marker | None:
    return _made(match, "arabic_bare", "arabic", ordinals.arabic(match["glued"]), 1.5)


def _alone(match: re.Match[str]) -> Marker | None:
    return _made(match, "chinese_bare", "chinese", ordinals.chinese(match["alone"]), 1.5)


def _alone_arabic(match: re.Match[str]) -> Marker | None:
    return _made(match, "arabic_bare", "arabic", ordinals.arabic(match["alone_arabic"]), 0.1)


def _arabic(match: re.Match[str]) -> Marker | None:
    mark, number = match["arabic_mark"], match["arabic"]
    weight = {"、": 3.5, ".": 3.0, ")": 3.0, ".)": 3.0, ":": 1.0, ",": 1.0, "，": 1.0, "。": 1.5}[mark]
    if not number.isdecimal():
        weight = 1.0
    if mark == "、" and _LIST_ARABIC.match(match.string, match.end()):
        weight = 0.3
    half = mark in (")", ".)")
    family = "arabic_bracket" if half else "arabic"
    style = "arabic_half" if half else f"arabic_{_MARKS[mark]}"
    found = _made(match, style, family, ordinals.arabic(number), weight, 0 if half else len(mark))
    if found and not number.isdecimal() and number != "|":
        return replace(found, other=_latin(match, number, _MARKS[mark], 1.0, 0 if half else len(mark)))
    return found


def _letter(match: re.Match[str]) -> Marker | None:
    mark = match["letter_mark"]
    return _latin(match, match["letter"], _MARKS[mark], 2.0, 0 if mark == ")" else 1)


def _bare(match: re.Match[str]) -> Marker | None:
    number, gap = match["bare"], match["gap"]
    tail = match.string[match.end() :]
    weight = 0.2 if _MEASURE.match(tail) else 2.0 if len(gap) > 2 else 1.2
    if number.isdecimal():
        return _made(match, "arabic_bare", "arabic", ordinals.arabic(number), weight)
    return _made(match, "chinese_bare", "chinese", ordinals.chinese(number), weight)


_READERS: tuple[tuple[str, Callable[[re.Match[str]], Marker | None]], ...] = (
    ("word", _word),
    ("english", _english),
    ("bracketed", _bracketed),
    ("symbol", _symbol),
    ("decimal", _decimal),
    ("lettered", _lettered),
    ("chinese", _chinese),
    ("capital", _capital),
    ("ordinal", _ordinal),
    ("alone", _alone),
    ("alone_arabic", _alone_arabic),
    ("glued", _glued),
    ("arabic", _arabic),
    ("letter", _letter),
    ("bare", _bare),
)
