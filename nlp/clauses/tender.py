"""The contract inside a larger file: `第四章 合同条款` of a tender, between 投标人须知 and 投标文件格式."""

import re
from collections.abc import Sequence

from nlp.clauses.lines import Line
from nlp.clauses.marker import Marker

LEAST_CHAPTERS = 3
# chapters that only a tender has
_TENDER = re.compile(
    r"招标公告|投标邀请|采购公告|磋商公告|谈判公告|询价公告|(?:投标|供应商|响应)人?须知|评[标审]|资格(?:审查|要求|证明)"
    r"|(?:投标|响应|磋商|报价)文件(?:的)?(?:格式|组成|编制)|采购需求|用户需求书|招标(?:项目|内容|需求)|技术规格书"
)
# the chapter that holds the contract
_CONTRACT = re.compile(
    r"合同(?:条款|文本|格式|草案|样本|范本|主要条款|专用|通用|书|协议|授予)|(?:拟签订|采购|政府采购|服务|供货|施工).{0,6}合同|^合同$"
)


def contract_range(lines: Sequence[Line], heads: Sequence[Sequence[Marker]]) -> range | None:
    """Lines of the chapter of a tender that holds the contract, without its heading.

    Args:
        lines: of the document.
        heads: markers of each line.

    Returns:
        None for a file that is no tender, or one without such a chapter.
    """
    for family in ("chapter", "part"):
        chapters = [m for group in heads for m in group if m.family == family and m.weight >= 4 and not m.inline]
        if len(chapters) < LEAST_CHAPTERS:
            continue
        titles = [_title(lines, marker) for marker in chapters]
        chosen = [i for i, title in enumerate(titles) if _CONTRACT.search(title) and not _TENDER.search(title)]
        if chosen and any(_TENDER.search(title) for title in titles):
            first = chapters[chosen[0]].line + 1
            last = chapters[chosen[0] + 1].line if chosen[0] + 1 < len(chapters) else len(lines)
            return range(first, last)
    return None


def _title(lines: Sequence[Line], marker: Marker) -> str:
    """Words of a chapter heading, on its line or the next."""
    line = lines[marker.line]
    words = line.text[marker.end - line.start :]
    if not words and line.index + 1 < len(lines):
        words = lines[line.index + 1].text
    return re.sub(r"\s", "", words)
