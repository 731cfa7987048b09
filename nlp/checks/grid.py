"""A table as numbers: what each column holds, what each row is, the number in each cell.

Sample: 服务项 | 单价(元) | 数量 | 周期 | 合价(元) gives the kinds other, price, quantity, period, amount; the cell
`12个月` is 12, `13.` is 13 with a stray stop; a row that begins with 合计 is a total.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from nlp.checks.ledger import Ledger
from nlp.normalize import fold
from schema.span import Span
from schema.table import Cell, Row, Table

ColumnKind = Literal["price", "quantity", "period", "amount", "net", "tax", "gross", "tax_rate", "share", "other"]
RowKind = Literal["item", "subtotal", "total", "adjustment"]

ADDITIVE: tuple[ColumnKind, ...] = ("amount", "net", "tax", "gross", "quantity", "share")
MONEY: tuple[ColumnKind, ...] = ("amount", "net", "tax", "gross")
_KINDS: tuple[tuple[ColumnKind, str], ...] = (
    ("tax_rate", r"税率|征收率"),
    ("share", r"比例|占比|比重|份额|(?:付款|支付).{0,2}[%％]|^ ?[%％] ?$"),
    ("other", r"序号|编号|型号|规格|备注|名称|说明|电话|日期|时间$|月份$|内容|参数"),
    (
        "price",
        (
            r"单价|(?:含税|不含税|优惠|折后|中标|投标|综合)单?价(?!税|格?合计|款)|单位价格|租金标准|收费标准|"
            r"费率|元/(?!年)"
        ),
    ),
    ("tax", r"税额|税金|(?<!不含)(?<!含)增值税(?!率)"),
    ("net", r"(?:不含税|未税|税前)(?!单价)"),
    ("gross", r"价税合计|含税(?:金额|总价|合计|小计|总额|价款)|税后"),
    ("amount", r"合价|金额|小计|总价|合计|总额|价款|货款|费用|租金|报价|预算|造价|总计|应付|工资|款额|货值"),
    ("period", r"周期|期限|月数|服务期|时长|使用期|天数|租期|年限|工期|次数|频次|期数"),
    ("quantity", r"数量|工程量|采购量|面积|用量|人数|台数|件数|重量|吨数|工日|人月|人天|工时|数目|页数"),
)
_CELL = re.compile(
    r"[¥￥$ ]*(?P<sign>-)?(?P<number>\d[\d,，]*(?:\.\d*)?)(?P<stray>[.。、]?) *(?P<unit>[^\d\s.,，]{0,5})(?: *\Z|"
    r"(?=[(（/]))"
)
_SCALES = {"万": 10**4, "千": 10**3, "百万": 10**6, "亿": 10**8}
_HEAD_SCALE = re.compile(r"(?P<scale>百万|[千万亿])(?:人民币)?(?:元|美元|欧元)")
_SUBTOTAL = re.compile(r"小计|本页合计|分项合计|分部合计|年度合计")
_TOTAL = re.compile(
    r"(?:含税|不含税|税前|未税)?(?:总? ?合 ?计|共 ?计|总 ?计|总 ?价|总 ?额|总金额|累计|价税合计|合同(?:总价|总额|金额))"
)
_ADJUSTMENT = re.compile(
    r"税|优惠|折扣|折让|下浮|抹零|让利|减免|运费|扣除|其中|备注|注[:：]|大写|暂列|不可预见|规费|利润|管理费"
)


@dataclass(frozen=True)
class Number:
    """The number in a cell.

    Attributes:
        value: with its own unit and the scale of the column.
        span: its figures.
        text: its figures as printed.
        stray: whether a stop without decimals stands behind it (`13.`).
        unit: word behind it.
    """

    value: Decimal
    span: Span
    text: str
    stray: bool = False
    unit: str = ""

    @property
    def last_place(self) -> Decimal:
        """What its last printed digit is worth."""
        decimals = len(self.text.rstrip(".").partition(".")[2])
        number = Decimal(re.sub("[,，]", "", self.text).rstrip("."))
        scale = self.value / number if number else Decimal(1)
        return scale.scaleb(-decimals)


@dataclass(frozen=True)
class Column:
    """One column."""

    index: int
    name: str
    kind: ColumnKind
    scale: Decimal = Decimal(1)


@dataclass(frozen=True)
class Line:
    """One row.

    Attributes:
        row: as in the record.
        kind: item, subtotal, total, or what is added and taken off between them.
        label: words of its first cell that holds some.
        numbers: by column.
    """

    row: Row
    kind: RowKind
    label: str
    numbers: dict[int, Number] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """One table."""

    table: Table
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def of_kind(self, *kinds: ColumnKind) -> list[Column]:
        """Columns of some kinds."""
        return [column for column in self.columns if column.kind in kinds]


def grids(ledger: Ledger) -> tuple[Grid, ...]:
    """The tables of a contract as numbers, read once."""
    return ledger.grids


def read_grids(ledger: Ledger) -> list[Grid]:
    """The tables of a contract that have a head and numbers, those of signature pages left out."""
    parts = ledger.structure.part_by_id
    found = []
    for table in ledger.contract.tables:
        part = parts.get(table.part or "")
        if table.columns and not (part and part.kind == "signature"):
            grid = _grid(ledger, table)
            if any(line.numbers for line in grid.lines):
                found.append(grid)
    return found


def _grid(ledger: Ledger, table: Table) -> Grid:
    columns = tuple(_column(ledger, table, n, name) for n, name in enumerate(table.columns))
    return Grid(table, columns, tuple(_line(ledger, columns, row) for row in table.rows))


def _column(ledger: Ledger, table: Table, index: int, name: str) -> Column:
    head = fold(name)
    bare = re.sub(r"\([^()]*\)", "", head) or head
    kind = _kind(bare) or _kind(head) or "other"
    # 月租金（元/台）: what stands for one of something is multiplied, it is no product
    kind = "price" if kind == "amount" and re.search(r"元/[台套个人件吨辆间座]", head) else kind
    scale = Decimal(1)
    if kind in (*MONEY, "price"):
        above = ledger.text[max(0, table.span.start - 40) : table.span.start]
        match = _HEAD_SCALE.search(head) or ("元" not in head and re.search(r"单位[^\n]{0,8}", above)) or None
        scaled = _HEAD_SCALE.search(match[0]) if match else None
        scale = Decimal(_SCALES[scaled["scale"]]) if scaled else scale
    return Column(index, name, kind, scale)


def _kind(head: str) -> ColumnKind | None:
    return next((kind for kind, words in _KINDS if re.search(words, head)), None)


def _line(ledger: Ledger, columns: tuple[Column, ...], row: Row) -> Line:
    label = next((cell.text.strip() for cell in row.cells if cell.text.strip()), "")
    words = [c.text.strip() for c in row.cells if c.text.strip() and not c.text.strip()[0].isdigit()]
    head = words[0] if words and (words[0] == label or label.isdigit()) else label
    numbers = {}
    for index, cell in _placed(len(columns), row):
        number = _number(ledger, cell, columns[index]) if index < len(columns) else None
        if number:
            numbers[index] = number
    return Line(row, _row_kind(head), head, numbers)


def _row_kind(head: str) -> RowKind:
    if _SUBTOTAL.match(head):
        return "subtotal"
    if _TOTAL.match(head):
        return "total"
    return "adjustment" if len(head) <= 12 and _ADJUSTMENT.match(head) else "item"


def _placed(width: int, row: Row) -> list[tuple[int, Cell]]:
    """Cells with their column; a short row (合计 over several columns) is counted from the right."""
    placed, column = [], 0
    for cell in row.cells:
        placed.append((column, cell))
        column += cell.col_span
    missing = width - column
    if missing > 0 and len(placed) > 1:
        placed = [placed[0], *((c + missing, cell) for c, cell in placed[1:])]
    return placed


def _number(ledger: Ledger, cell: Cell, column: Column) -> Number | None:
    words = ledger.text[cell.span.start : cell.span.end]
    match = _CELL.match(words)
    if match is None:
        return None
    unit = match["unit"]
    if unit and re.search(r"[年月日号.:：/]", unit) and column.kind not in ("period", "price"):
        return None
    figures = match["number"]
    try:
        value = Decimal(re.sub("[,，]", "", figures).rstrip("."))
    except InvalidOperation:
        return None
    own = next((Decimal(n) for word, n in _SCALES.items() if unit.startswith(word + "元")), None)
    value *= own or column.scale
    if unit == "%" or column.kind in ("share", "tax_rate"):
        value /= 100 if unit == "%" or value > 1 else 1
    start = cell.span.start + match.start("number")
    return Number(
        -value if match["sign"] else value,
        Span(start=start, end=start + len(figures)),
        figures,
        figures.endswith(".") or bool(match["stray"]),
        unit,
    )
