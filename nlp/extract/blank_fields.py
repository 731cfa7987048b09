"""The field a blank belongs to: what a reader would call it.

`合同编号：QH-2025-____` is a blank of 合同编号, `租赁期限自____` one of 租赁期限; `提交____仲裁委员会` by what
stands behind it, `采购计划备案号 | ____` by the cell beside it, and a cell below `| 单价 |` by that.
"""

import re
from collections.abc import Sequence

from nlp.extract.labels import match_role
from nlp.reading import Reading
from schema.table import Cell, Row, Table

_BEFORE_VALUE = r"(?:人民币|RMB|¥|第|百分之|自(?!然|动|行)|从|共计?|合计|总计|\((?:大|小)写\)) *"
# 编号：QH-2025-____   编号：（2025）临字第____号: what is printed of a number
_OF_NUMBER = r"(?:(?<=号:)|(?<=号: )|(?<=号:  )|(?<=[Oo]\.:))[A-Za-z0-9()\[\]〔〕【】—/ -]{1,20}[一-龥]{0,4}第? *"
_LABEL = re.compile(
    rf"(?P<label>[^，,。;:_\n\t()【】]{{1,24}})(?:\([^()\n]{{0,12}}\))? *[:：] *(?:{_OF_NUMBER})?(?:{_BEFORE_VALUE})*"
    r"[ (（]*(?:(?:19|20)\d\d *年 *)?\Z"
)
_WORDS = re.compile(r"(?P<label>[^，,。;:_\n\t【】]{1,24}) *\Z")
# 合同总价为人民币____   租赁期限自____   年利率为百分之____: what comes before the value is no part of its name
_SAID = re.compile(
    rf"(?:[(（] *)?(?:(?<![作行认视成因])(?:应)?(?:为|是)(?!了|此|其)|(?<=[一-龥])(?:自|从)(?=\Z| ?\d))[^:]*\Z"
    rf"|(?<=[一-龥)]) *(?:(?!第){_BEFORE_VALUE})+\Z|(?<=[一-龥]) *\(\Z"
)
_NO_NAME = ("自", "从", "至", "到", "于", "即", "即自", "即从", "自即日")
# 第四条 …  (一)…  1.…
_LIST_MARK = (
    r"\A(?:[\s•·●○\-.、]+|第[一二三四五六七八九十百\d]{1,4}[条章款项] ?|\([一二三四五六七八九十\d]{1,3}\)"
    r"|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[.、) ]|[①-⑳])+"
)
# 提交____仲裁委员会, 向____人民法院, 按下列第____种方式: nothing before them is a name
_NOT_NAMED = re.compile(
    r"(?:年|月|日|元|%|‰|个月|/|(?:仲裁委员会)?仲裁|并|应|须|可|依法|向|由|至|于|提[交请起]|按(?:照)?(?:以下|下列)?"
    r"|自?第|违反第|[支应交]付|[甲乙]方应?| )+"
)
_LEADS_ON = re.compile(r"(?:提[交请起]|[向由]|按(?:照)?(?:以下|下列)?第?)\Z")
_BEHIND = re.compile(r"[_ ]*(?:(?P<name>仲裁委员会|仲裁委|人民法院)|种(?P<way>方式|办法|途径)|条(?P<clause>))")


def field_of(text: str, start: int, end: int) -> str | None:
    """The label a blank belongs to: the words before a colon, else those right before it or behind.

    Args:
        text: folded text.
        start: first character of the blank.
        end: one past its last.
    """
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - 40) : start]
    label = _LABEL.search(before)
    if label:
        return tidy(label["label"])
    words = _WORDS.search(before)
    if words and words["label"].strip() in _NO_NAME and words.start() > 1:
        # 租赁期限为一年，自____起至____止
        words = _WORDS.search(before[: words.start()].rstrip("，, "))
    name = tidy(words["label"]) if words else None
    if name and not _NOT_NAMED.fullmatch(name) and not _LEADS_ON.search(name):
        return name
    behind = _BEHIND.match(text, end)
    return (behind["name"] or behind["way"] if behind else None) or name


def field_of_cell(reading: Reading, start: int) -> str | None:
    """The label of a blank that fills its cell: beside it, or above it in a list; None outside of tables.

    Args:
        reading: with tables.
        start: first character of the blank.
    """
    for table in reading.structure.tables:
        if not table.span.start <= start < table.span.end:
            continue
        for cells in _rows(table):
            number = next((n for n, c in enumerate(cells) if c.span.start <= start <= c.span.end), None)
            if number is not None and not reading.text[cells[number].span.start : start].strip(" _"):
                return _beside(table, cells, number)
    return None


def _rows(table: Table) -> list[Sequence[Cell]]:
    rows: Sequence[Row] = table.rows
    return [*table.header_rows, *(row.cells for row in rows)]


def _beside(table: Table, cells: Sequence[Cell], number: int) -> str | None:
    """`传真 |   |   ` by its row, `1 | 水泵 | ____` below `序号 | 名称 | 单价` by its column."""
    head = table.header_rows[-1] if table.header_rows and table.header_rows[-1] is not cells else ()
    above = head[number].text.strip() if number < len(head) else ""
    listed = above and number > 1 and not match_role(above) and head[0].text.strip()
    if listed:
        return tidy(above)
    left = next((c.text for c in reversed(cells[:number]) if c.text.strip(" _/")), "")
    first = cells[0].text if number else ""
    label = first if match_role(above) or not _is_label(left) else left
    return tidy(re.sub(r"[:：]\s*\Z", "", label.strip())) if label.strip(" _/") else None


def _is_label(words: str) -> bool:
    return bool(re.fullmatch(r"[^\d，,。;；]{2,16}[:：]?", words.strip()))


def tidy(label: str) -> str | None:
    """A field name without list marks in front and 为 behind.

    Args:
        label: as printed, folded.
    """
    label = re.split(r"[☑☒☐□√✓■○●] ?", label)[-1]  # ☑承租人本人 □其他：____ is a blank of 其他
    last = re.split(r" {2,}", label.rstrip())[-1]
    label = last if len(last) > 1 else label  # 甲方 李明    交接日期：, but 账  号：
    bare = re.sub(rf"{_LIST_MARK}|\A日 +|\A[0-9]+|(?:应?为|是|在|于|由|共|约|的)?\s*\Z", "", label)
    said = _SAID.search(bare)
    bare = bare[: said.start()] if said and said.start() >= 2 else bare
    return re.sub(r"\A[甲乙丙丁]方(?:指定)?的?(?=.{2})", "", bare).strip()[-20:] or None
