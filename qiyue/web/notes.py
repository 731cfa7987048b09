"""What search says of how it read a query, in the language of the page.

Search speaks English, as all output for programs does; a note that is not known here is shown as it is.
"""

import re
from collections.abc import Iterable

from qiyue.web.wording import Language

_CHINESE = (
    # only the first 1000 characters were read
    (r"only the first (\d+) characters were read", r"只读了前\1个字符"),
    # only the first 64 conditions were read
    (r"only the first (\d+) conditions were read", r"只读了前\1个条件"),
    # exclusions alone leave nothing to find: read as text
    (r"exclusions alone leave nothing to find: read as text", "只有排除词，没有可找的内容：按文字查找"),
    # the quotation mark “ is not closed: read as text
    (r"the quotation mark (.) is not closed: read as text", r"引号 \1 没有闭合：按文字查找"),
    # “金额:abc” is no condition (amount>100万): read as text
    (r"“(.+)” is no condition \((.+)\): read as text", r"“\1”不是筛选条件（例如 \2）：按文字查找"),
    # 3 clauses have all the words, the others some of them
    (r"(\d+) clauses have all the words, the others some of them", r"\1条含有全部词语，其余含有一部分"),
    # “weiyuejin” read as pinyin: “违约金”
    (r"“(.+)” read as pinyin: “(.+)”", r"“\1”按拼音读作“\2”"),
    # no “合同专用张”, did you mean “合同专用章”? also searched
    (r"no “(.+)”, did you mean “(.+)”\? also searched", r"没有“\1”，是否为“\2”？已一并查找"),
    # 2 changes are not in the index yet: qiyue reindex
    (r"(\d+) changes are not in the index yet: qiyue reindex", r"有\1处变动尚未进入索引"),
    (r"the index does not know the newest changes yet", "最新的变动尚未进入索引"),
)


def said(notes: Iterable[str], language: Language) -> list[str]:
    """Notes as the page shows them.

    Args:
        notes: of an answer.
        language: of the page.
    """
    return list(notes) if language == "en" else [_in_chinese(note) for note in notes]


def _in_chinese(note: str) -> str:
    for pattern, words in _CHINESE:
        match = re.fullmatch(pattern, note, re.DOTALL)
        if match:
            return match.expand(words)
    return note
