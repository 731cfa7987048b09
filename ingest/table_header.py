"""Which rows of a table are column heads, and what its rows are called.

    序号  服务项  单价(元)  数量  合价(元)      <- heads: words only, several of them usual names of columns
    1     计算     13        1747  272532

A label-and-value form (`名称 | 甲公司 | 电话 | 010-…`) has no heads: its first row holds values already.
"""

import re
from collections.abc import Sequence
from typing import Final

from ingest.blocks import CellBlock, Piece, TableBlock
from schema.table import Cell

# Words that name columns in price lists, schedules and delivery lists. A head may add a unit: 单价（元）.
_HEAD_WORDS: Final = re.compile(
    "序号|编号|项次|项目|名称|品名|品牌|货物|商品|产品|服务|内容|工作|规格|型号|技术|参数|指标|单位|数量|面积|单价|合价|总价|价格|金额|费用|小计|合计|税率|税额"
    "|比例|周期|期限|时间|日期|工期|阶段|节点|条件|方式|地点|地址|要求|标准|说明|备注|用途|姓名|职务|电话|岗位|人数|人员|厂家|产地|材质|质量|频次|楼层|房号|租金|起止|期数"
    "|item|no\\.?|name|description|specification|model|unit|qty|quantity|price|amount|total|rate|date|remark",
    re.IGNORECASE,
)
_UNIT_TAIL: Final = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]$")
_NUMBER: Final = re.compile(r"[¥￥$]?\s*[-+]?\d[\d,，.]*\s*[%％‰]?")
# 2025年, 三年 are values; 租赁年度, 年租金 are heads; so is 占总价%
_VALUE: Final = re.compile(r"\d{2,}|[¥￥：:。；_☑□]|(?<![一-龥/])[%％]|[\d一二两三四五六七八九十] *年|元整")
_TOTAL: Final = re.compile(
    r"\s*(?:合\s*计|总\s*计|总\s*价|共\s*计|总\s*额|合计总价|总金额|合计金额|total)", re.IGNORECASE
)
_ROW_NUMBER: Final = re.compile(r"\s*[（(]?\s*(\d{1,4}(?:\.\d{1,3})*)\s*[)）.、．]?\s*")
_LONGEST_HEAD: Final = 24
_DEEPEST_HEAD: Final = 3


def count_header_rows(block: TableBlock) -> int:
    """How many rows at the top hold column heads; 0 for a form or a bare list."""
    rows = block.rows()
    if len(rows) < 2 or block.col_count < 2:
        return 0
    # a title over the whole width stands above the heads
    first = 1 if len(rows[0]) == 1 and rows[0][0].col_span == block.col_count and len(rows) > 2 else 0
    top = rows[first]
    if not _may_be_heads(top, block.col_count):
        return 0
    deep = max(cell.row_span for cell in top) if any(cell.col_span > 1 for cell in top) else 1
    last = first + deep
    below = [cell for row in rows[first + 1 : last] for cell in row]
    if deep > _DEEPEST_HEAD or last >= len(rows) or not _are_heads(below):
        return 0
    named = sum(bool(_HEAD_WORDS.search(_bare(cell.text))) for cell in top)
    if named >= 2 or (named == 1 and block.col_count == 2 and _numbers_below(block, last)):
        return last
    if block.col_count >= 3 and len(rows) - last >= 2 and _numbers_below(block, last):
        return last
    return 0


def _bare(text: str) -> str:
    return _UNIT_TAIL.sub("", text.replace(" ", ""))


def _may_be_heads(cells: Sequence[CellBlock], columns: int) -> bool:
    filled = [cell for cell in cells if cell.text]
    if sum(cell.col_span for cell in cells) < columns or len(filled) < max(2, len(cells) - 1):
        return False
    return _are_heads(filled)


def _are_heads(cells: Sequence[CellBlock]) -> bool:
    """Whether no cell holds a value: a figure, a date, a sentence, a field to fill in."""
    return all(
        len(cell.text) <= _LONGEST_HEAD and not _VALUE.search(_bare(cell.text)) and not _NUMBER.fullmatch(cell.text)
        for cell in cells
        if cell.text
    )


def are_heads(texts: Sequence[str]) -> bool:
    """Whether words side by side are names of columns: no value among them, two of them usual names."""
    cells = [CellBlock(0, column, [Piece(text)]) for column, text in enumerate(texts)]
    return _are_heads(cells) and sum(bool(_HEAD_WORDS.search(_bare(text))) for text in texts) >= 2


def _numbers_below(block: TableBlock, first_body_row: int) -> bool:
    """Whether some column holds numbers in most rows of the body."""
    columns: dict[int, list[str]] = {}
    for cell in block.cells:
        if cell.row >= first_body_row and cell.text:
            columns.setdefault(cell.col, []).append(cell.text)
    for below in columns.values():
        if len(below) >= 2 and sum(bool(_NUMBER.fullmatch(text)) for text in below) * 2 > len(below):
            return True
    return False


def column_names(block: TableBlock, header_rows: int) -> tuple[str, ...]:
    """One name a column, read downwards through the heads; empty when there are none."""
    if not header_rows:
        return ()
    width = block.col_count
    names: list[list[str]] = [[] for _ in range(width)]
    heads = [cell for cell in block.cells if cell.row < header_rows and cell.text and cell.col_span < width]
    for cell in sorted(heads, key=lambda cell: cell.row):
        for column in range(cell.col, min(cell.col + cell.col_span, width)):
            names[column].append(cell.text)
    return tuple(" ".join(name) for name in names)


def row_number(cells: Sequence[Cell]) -> str | None:
    """The number printed in front of a row, or `total` for a total."""
    first = next((cell.text for cell in cells if cell.text), "")
    if _TOTAL.match(first):
        return "total"
    number = _ROW_NUMBER.fullmatch(first)
    return number.group(1) if number and cells and cells[0].text else None
