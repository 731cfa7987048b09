"""Places of a form to be filled in: `____`, `【 】`, `[填写单价]`, `XX万元`, runs of spaces before a unit.

Also what somebody filled in: `_____无_____`, `【30】`, `_790,000_`, and what was struck out: `____/____`. Leaves out
empty table cells and labels with nothing behind them: those need the structure of the text (nlp.extract.blanks).
"""

import re
from dataclasses import dataclass
from typing import Literal

from nlp.values.found import Found, without_overlaps

State = Literal["empty", "filled", "struck"]


@dataclass(frozen=True, slots=True)
class Blank(Found):
    """A blank.

    Attributes:
        state: empty, filled or struck out.
        content: what fills it.
        form: drawn, bracket, placeholder, crosses or spaces.
    """

    state: State
    content: str = ""
    form: Literal["drawn", "bracket", "placeholder", "crosses", "spaces"] = "drawn"


_STRUCK = ("/", "\\", "-", "--", "---", "×", "空白")
# 790,000   叁拾万元整   无   /
_VALUE = (
    r"(?:[\d,，.:%‰-]+|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]+(?:[元圆]整?)?"
    r"|无|/|\\|-{1,3}|×|空白|\([\d一二三四五六]\))"
)
# 合同编号：__ZGHG__-__2024__-__0118__: two strokes on both sides of letters and figures
_CODE = r"(?P<code>[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+)*)"
# _____无_____   _790,000_   ____   ______ ______
_DRAWN = re.compile(
    rf"(?<!_)__ ?{_CODE} ?__(?!_)"
    rf"|_{{2,}} ?(?P<content>{_VALUE}) ?_{{2,}}|_(?P<content1>{_VALUE})_(?!_)|_{{2,}}(?: _{{2,}})*"
    r"|(?<=[^\w-])-{4,}(?=[^\w-])|…{3,}|\.{6,}"
)
# 付款方式：__银行转账__。   words on a line drawn for them, and the field ends behind it; 联系人：__电话__ is two lines
_WRITTEN = re.compile(
    r"(?<=[:为]) *_{2,} ?(?P<content>(?!(?:联系)?(?:电话|手机|传真|邮编|邮箱|地址|日期|联系人|账号|户名|签字|盖章"
    r"|身份证))"
    r"(?!有限|股份|分公司|省|市)[一-龥][一-龥A-Za-z0-9()、]{1,29}) ?_{2,}(?= *(?:[。，,;\n]|\Z))"
)
# 资金来源：__财政资金，已落实__。   a form filled in throughout draws just two strokes on both sides of its words
_FILLED = re.compile(rf"(?<!_)__(?!_) ?{_VALUE} ?(?<!_)__(?!_)")
_STROKES = re.compile(r"(?<!_)__(?!_)")
_FEWEST = 3
_LONGEST = 60
# what may stand behind the bracket of a filled-in number: [30]日, but not the footnote 见附件[1]
_UNIT = r"(?= ?(?:个|日|天|月|年|周|小时|元|万|份|%|‰|名|台|套|次|吨|平方))"
# 【30】   【 】   [ ]   [30]日
_BRACKET = re.compile(
    rf"【(?P<content>[ _]*{_VALUE}[ _]*)】|【[ _●○·*xX×]*】|\[[ _●○·*xX×]+\]"
    rf"|\[(?P<content2> *\d[\d,.]* *)\]{_UNIT}|\([ _]{{2,}}\)"
)
# [填写单价]   【请填写】   (填写全称)   [●]   请填充
_PLACEHOLDER = re.compile(
    r"[\[【<{(](?:请|待)?(?:填写|填入|输入|插入|选择|注明|此处填|在此填)[^\[\]【】<>{}()\n]{0,40}[\]】>})]"
    r"|请填[充写]|\[[●•]\]"
)
# XX万元   ××年   北京XX科技有限公司
_CROSSED = "万元|亿元|元|%|‰|年|月|日|天|个|份|号|公司|科技|有限|市|区|省|县|路|银行|分行|小时|周"
_CROSSES = re.compile(rf"(?<![A-Za-z0-9])[xX×*＊]{{2,}}(?= ?(?:{_CROSSED}))")
_SPACED = (
    "万元|元(?!件)|圆|%|‰|个月|个工作日|天(?!然|气)|日(?!期|常|程)|小时|份(?!额)|套(?!餐|件)|台(?!账)|年(?!度|检|审|费|限|薪)"
    "|月(?!度|租|薪|结)|平方米|㎡|方(?!案|式|法)|所在地|仲裁委|人民法院|号(?!码)|条(?!件|款)|次(?!日|月|数)|人(?!民|员|力|工|身)"
    "|名(?!称|单)"
)
# 人民币    元   质保期为：  个月   税率    %
_SPACES = re.compile(rf"(?<=[^\s|]) {{2,}}(?=(?:{_SPACED})(?! ?:))")
# 自  2025  年, 每  日  人民币  480  元, 向  甲方所在地  人民法院: written between the gaps that a form has left
_NUMBER_BEFORE = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟整_]\Z")
_UNIT_ALONE = re.compile(r"[日天月年周次]  ")
_PLACE = re.compile("所在地|仲裁委|人民法院")
# 第六章  人员与安全   供    方   出 租  人: a number before its heading, the letters of a wide label
_NUMBERED = re.compile(
    r"(?:\A|\n) *(?:第[一二三四五六七八九十百\d]{1,4}[条章节款编]|[一二三四五六七八九十\d.]{1,5}、?)\Z"
)
_WIDE_LABEL = re.compile(r"(?:\A|[\n\t ])[甲乙丙丁戊供需买卖购销出承发委受转贷托保存监施建](?: {1,4}[一-龥]){0,2}\Z")
_WORDS_BEFORE = re.compile(r" {2,}[^\s，,。;:]{2,20}\Z")
_DATE_SPACES = re.compile(r"(?P<year> *)年(?P<month> +)月(?P<day> +)日")


def find_blanks(text: str) -> list[Blank]:
    """All blanks of a text, in order, without overlaps.

    Args:
        text: folded text of any length.
    """
    found = [_drawn(m) for m in _DRAWN.finditer(text)] if any(s in text for s in ("_", "--", "……", "...")) else []
    if found:
        found = [*_filled_in(text), *found]
        found += [
            Blank(m.start() + len(m[0]) - len(m[0].lstrip()), m.end(), "filled", m["content"])
            for m in _WRITTEN.finditer(text)
        ]
    found += [_bracket(m) for m in _BRACKET.finditer(text)]
    found += [Blank(m.start(), m.end(), "empty", form="placeholder") for m in _PLACEHOLDER.finditer(text)]
    found += [Blank(m.start(), m.end(), "empty", form="crosses") for m in _CROSSES.finditer(text)]
    if "  " in text:
        found += [
            Blank(m.start(), m.end(), "empty", form="spaces")
            for m in _SPACES.finditer(text)
            if not _is_written(text, m)
        ]
    found += [
        Blank(m.start(name), m.end(name), "empty", form="spaces")
        for m in _DATE_SPACES.finditer(text)
        for name in ("year", "month", "day")
        if m[name]
    ]
    return without_overlaps(found)


def _filled_in(text: str) -> list[Blank]:
    """Words between pairs of two strokes, where most of a text is filled in so; a line must pair them all."""
    if len(_FILLED.findall(text)) < _FEWEST:
        return []
    found = []
    for line in re.finditer(r"[^\n]+", text):
        strokes = list(_STROKES.finditer(text, line.start(), line.end()))
        pairs = list(zip(strokes[::2], strokes[1::2], strict=False))
        if len(strokes) % 2 or any(not 0 < b.start() - a.end() <= _LONGEST for a, b in pairs):
            continue
        found += [
            Blank(a.start(), b.end(), _state(text[a.end() : b.start()].strip()), text[a.end() : b.start()].strip())
            for a, b in pairs
        ]
    return found


def _is_written(text: str, gap: re.Match[str]) -> bool:
    """Whether the gap stands behind a value or inside a label, and not for a value that is to come."""
    before = text[max(0, gap.start() - 24) : gap.start()]
    if _NUMBER_BEFORE.search(before) or _NUMBERED.search(before):
        return True
    if text[gap.end()] in "方人" and _WIDE_LABEL.search(before):
        return True
    if before.endswith("每"):
        return bool(_UNIT_ALONE.match(text, gap.end()))
    return bool(_PLACE.match(text, gap.end()) and _WORDS_BEFORE.search(before))


def _state(content: str) -> State:
    if not content:
        return "empty"
    return "struck" if content in _STRUCK else "filled"


def _drawn(match: re.Match[str]) -> Blank:
    content = (match["code"] or match["content"] or match["content1"] or "").strip()
    return Blank(match.start(), match.end(), _state(content), content)


def _bracket(match: re.Match[str]) -> Blank:
    content = (match["content"] or match["content2"] or "").strip(" _")
    return Blank(match.start(), match.end(), _state(content), content, "bracket")
