"""What stands before the first clause: cover, filling instructions, preamble.

A cover ends where the title or the first party is printed a second time, where a date closes it, or with its page.
A short contract has none: title, parties and recitals are its preamble.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.clauses.grammar import CN
from nlp.clauses.lines import Line
from nlp.clauses.marks import is_date, is_party_label, squeeze

_INSTRUCTIONS = re.compile(
    r"[【(]?(?:合同|本合同|协议)?(?:填写|填表|填报|使用|签约|签订|编制|特别|重要|温馨|风险)?(?:说明|须知|提示|告知|指引|要求及说明|注意事项)(?:书)?[】):]?$"
    r"|^.{2,30}(?:合同|协议)(?:书|文本)?(?:的)?(?:填写|使用|签订)(?:说明|须知)$"
)
# 为明确双方…  根据《民法典》…  鉴于:  甲乙双方经协商
_RECITAL = re.compile(
    r"鉴于|(?:为|为了).{4,}|[根依]据.{2,}|[依按]照.{2,}|兹|现就|.*(?:协商|达成|订立|签订|共同遵守|如下)|.{16,}[。:：]$"
)
_TITLE = re.compile(
    r"(?:合同|合同书|协议|协议书|订[货购]?单|契约书?|合约书?|租约|约定书|认购书|承诺书|意向书|备忘录|确认书)"
    r"(?:\(.{1,20}\)|【.{1,20}】)*$"
)
# 借条  授权委托书  旅游服务条款: at the head of a file that has no better title
_GENRE = re.compile(
    r"^[^，,。;；:：\d]*(?:[借欠收]条|[借字]据|协定书?|(?:委托|授权|担保|保证|聘[用任]?|任务|责任|和解|调解|计划|通知|声明)书|责任状"
    r"|(?:担保|承诺|确认|授权|委托)函|章程|须知|守则|条款|(?:服务|确认|委托|任务|投保|保险)单|(?:合同|协议)(?:文本|范本))"
    r"(?:\(.{1,20}\)|【.{1,20}】)*$"
)


_DRAFT = re.compile(r"\s*[(（][^()（）]*(?:草稿|草案|初稿|样稿|[审论改]稿|待填|待签)[^()（）]*[)）]\s*$")
_REMARK = re.compile(r"[(（][^()（）]{2,16}[)）]$")


# 续订书  变更书  廉洁承诺书  授权委托书  质量保修书
_PAPER = re.compile(
    r"^[^，,。;:：第(（]*(?:续订|变更|终止|解除|承诺|责任|委托|授权|保证|保修|确认|告知|通知|声明|担保|交接)书$"
)
_ISSUED = re.compile(r"^.{2,40}(?:监制|印制|制定|制订|编制|发布|制)$|^(?:签[订署约]地点?|有效期限?|合同编号)[:：]")
_WHEREAS = re.compile(rf"(?:[(]?[{CN}\dA-Z]{{1,3}}[、.)]\s*)?鉴于|缘起|背景[:：]|(?i:whereas|recitals)")
# 本协议由下列双方签署：⏎ (1) …
_BETWEEN = re.compile(r".*(?:由|系)(?:下列|以下|如下)[^，。;]{0,10}(?:签[署订]|订立|缔结)[:：]$")
_AGREED = re.compile(
    r"(?:如下|以下|下列).{0,8}[:：。]$|(?:达成|订立|签订).{0,12}[:：。]$"
    r"|(?:达成|订立|签订|签署|缔结).{0,6}(?:如下|以下|本)(?:合同|协议|条款|约定)"
)
# a clause, which no list of recitals holds
_STRONG = re.compile(rf"第\s*[{CN}\d]{{1,3}}\s*[章条]|\d{{1,2}}\.1(?!\d)")
_IN_QUOTES = re.compile(r"《([^《》]+)》")
_KINDS = ("合同", "合同书", "协议", "协议书")
MAX_FRONT = 120
MAX_ABOVE = 3  # a number and the name of a company stand above a title


@dataclass(frozen=True, slots=True)
class Front:
    """Line indices, half open; equal where a part is missing.

    Attributes:
        cover: the cover.
        instructions: how to fill the form in.
        preamble: title, parties and recitals before the first clause.
    """

    cover: range
    instructions: range
    preamble: range


def split_front(lines: Sequence[Line], first: int, last: int, toc: frozenset[int] = frozenset()) -> Front:
    """Divide the lines before the first clause.

    Args:
        lines: of the document.
        first: index of the first line.
        last: index of the line of the first clause.
        toc: lines of tables of contents, which go with the cover.
    """
    told = instructions_range(lines, first, last)
    if told.start > first:
        return Front(range(first, told.start), told, range(told.stop, last))
    end = _cover_end(lines, told.stop, last)
    end = max([end, *(i + 1 for i in toc if told.stop <= i < last)])
    return Front(range(told.stop, end), told, range(end, last))


def instructions_range(lines: Sequence[Line], first: int, last: int) -> range:
    """`填写说明` and what stands under it, up to the title or the parties; empty when there is none."""
    for start in range(first, min(last, first + MAX_FRONT)):
        if _INSTRUCTIONS.match(squeeze(lines[start].text)):
            titles = {squeeze(lines[i].text) for i in range(first, start)}
            for i in range(start + 1, last):
                plain = squeeze(lines[i].text)
                if plain in titles or is_party_label(plain) or is_contract_title(lines[i].text):
                    return range(start, i)
    return range(first, first)


def is_instructions(text: str) -> bool:
    """`使用说明`, `填写须知`."""
    return bool(_INSTRUCTIONS.match(squeeze(text)))


def recital_lines(lines: Sequence[Line], first: int, last: int) -> range:
    """`鉴于：1. … 2. …` up to `达成协议如下：`; its numbers are no clauses."""
    opening = (i for i in range(first, last) if _WHEREAS.match(lines[i].text) or _BETWEEN.match(lines[i].text))
    start = next(opening, last)
    for i in range(start, min(last, start + MAX_FRONT)):
        if _AGREED.search(lines[i].text) and not _BETWEEN.match(lines[i].text):
            return range(start, i + 1)
        if i > start and _STRONG.match(lines[i].text):
            break
    return range(first, first)


def _cover_end(lines: Sequence[Line], first: int, last: int) -> int:
    seen: set[str] = set()
    for i in range(first, last):
        plain = squeeze(lines[i].text)
        label = re.split(r"[:(：]", plain)[0] if is_party_label(plain) else None
        if is_contract_title(lines[i].text) and plain in seen:
            return i
        if label and label in seen:
            return i
        if is_date(lines[i].text) and any(is_party_label(lines[k].text) for k in range(first, i)):
            return _after_dates(lines, i + 1, last)
        seen.add(label or plain)
    beneath = [line.text for line in lines[last + 1 : last + 4] if not line.text.endswith("。")]
    below = {re.split(r"[:(：]", squeeze(text))[0] for text in beneath if is_party_label(text)}
    if below & seen and not any(_RECITAL.match(squeeze(line.text)) for line in lines[first:last]):
        return last
    return _page_end(lines, first, last)


def _after_dates(lines: Sequence[Line], start: int, last: int) -> int:
    """Behind further dates and the office that issues the form (市场监督管理局监制)."""
    while start < last and (is_date(lines[start].text) or _ISSUED.search(squeeze(lines[start].text))):
        start += 1
    return start


def _page_end(lines: Sequence[Line], first: int, last: int) -> int:
    """The first page is the cover when no recital stands on it and the front goes on over leaf."""
    turn = next((i for i in range(first, last) if lines[i].page != lines[first].page), None)
    if turn is None or any(_RECITAL.match(squeeze(lines[i].text)) for i in range(first, turn)):
        return first
    return turn


def is_contract_title(text: str) -> bool:
    """`技术服务合同`, `房屋租赁协议书（办公用房）`: a title of a contract."""
    plain = squeeze(text)
    words = _REMARK.sub("", plain)  # （草稿，待填）
    return 3 <= len(plain) <= 40 and bool(_TITLE.search(plain)) and not re.search(r"[:：。;，]|本合同|本协议", words)


def is_paper_title(text: str) -> bool:
    """`劳动合同续订书`, `廉政责任书`: a paper of its own that goes with a contract."""
    plain = squeeze(text)
    return is_contract_title(text) or (3 <= len(plain) <= 24 and bool(_PAPER.search(plain)))


def find_title(lines: Sequence[Line], last: int, text: str) -> str | None:
    """Title of the contract among its first lines; one printed a character a line is joined.

    Args:
        lines: of the document.
        last: index of the line of the first clause.
        text: canonical text as printed.
    """
    stack, before = "", ""
    front = lines[: max(last, 1)]
    for line in front:
        plain = squeeze(line.text)
        named = _IN_QUOTES.fullmatch(plain)
        if named and is_contract_title(named[1]):
            return named[1]
        # 设备采购 / 合同: broken over two lines
        if plain in _KINDS and 3 <= len(before) <= 24 and not re.search(r"[:：,，。;；\d]|公司", before):
            return before + plain
        stack = stack + plain if len(plain) == 1 else ""
        if is_contract_title(line.text):
            return _DRAFT.sub("", text[line.start : line.end])
        if len(stack) >= 3 and is_contract_title(stack):
            return stack
        before = plain
    heads = (line for line in front[:MAX_ABOVE] if not line.row and _is_genre(line.text))
    return next((text[line.start : line.end] for line in heads), None)


def _is_genre(text: str) -> bool:
    """`借条`, `授权委托书`; no label and no clause."""
    plain = squeeze(text)
    return 2 <= len(plain) <= 24 and bool(_GENRE.search(plain)) and not is_party_label(plain)
