"""Sums in table cells: `2803315.62` under `合价(元)`, `12.5` under `金额` where `单位：万元` stands above the table.

The column head says that a number is money and in which unit; a cell with its own unit (`总价（元）` at the left of the
last row) counts before it. Numbers under 数量, 税率, 面积 are no money.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.extract.sum_taxes import told_in
from nlp.normalize import fold
from nlp.reading import Reading
from nlp.values.currencies import currency_of
from nlp.values.numerals import parse_arabic
from schema.money import Amount, AmountRole
from schema.span import Evidence, Span
from schema.table import Cell, Row, Table

_MONEY = re.compile(
    r"单价|合价|金额|总价|价格|价款|小计|总额|费用|报价|租金|货款|应付|价税|工资|款项|预算|造价|收费|付款额"
    r"|支付额|[付缴]费额|税额|保险费|成交价|优惠价|[(（/](?:万|千|百万)?(?:元|美元|欧元|港元)"
)
_NO_MONEY = re.compile(
    r"数量|比例|税率|面积|序号|比重|占比|日期|时间|周期|期限|编号|型号|规格|备注|说明|方式|名称|(?<!付款)条件|%"
    r"|次数|人数|重量|单位(?!价|成本|费用|造价|工资|成交)"
)
_UNIT = re.compile(
    r"(?P<scale>百万|千万|[千万亿])?(?P<unit>人民币元|美元|欧元|港元|港币|日元|英镑|元|USD|EUR|RMB|CNY)", re.IGNORECASE
)
_CAPTION = re.compile(r"(?:货币|金额|币种|计量|人民币)?单位 ?[:：]? ?(?:人民币)?(?P<words>[^\n，。;()（）]{0,8}元)")
_NUMBER = re.compile(r"[¥$€￥]? *(?P<number>\d[\d,，]*(?:\.\d*)?)\.? *(?P<unit>(?:万|千|百万)?元)?\Z")
_TOTAL = re.compile(r" *(?:(?:含税|不含税)?(?:总计|合计|共计|总价|小计|总额|总金额|汇总)|合同(?:总价|总额|金额))")
_SCALES = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_ROLES: tuple[tuple[str, AmountRole], ...] = (
    ("单价|单位(?:成本|费用|造价)|优惠价|报价(?!总)", "unit_price"),
    ("税额|税金(?!额)", "tax"),
    ("付款|支付|应付|[付缴]费额", "instalment"),
    ("租金", "rent"),
    ("合价|金额|小计|总价|总额|价款|费用|合计|价税|货款", "line_total"),
)
_LOOK_BACK = 120


def table_amounts(reading: Reading, taken: list[Span]) -> Iterator[Amount]:
    """Sums of all tables whose place holds no sum yet.

    Args:
        reading: with structure.
        taken: places of sums already read (cells with 元 in them).
    """
    known = {span.start for span in taken}
    for table in reading.structure.tables:
        heads = _money_columns(reading, table)
        for row in table.rows:
            yield from _row(reading, table, row, heads, known)


def _money_columns(reading: Reading, table: Table) -> dict[int, tuple[str, Decimal, str]]:
    """Column number to its head, scale and currency."""
    caption = _CAPTION.search(reading.text[max(0, table.span.start - _LOOK_BACK) : table.span.start])
    default = _scale_of(caption["words"]) if caption else (Decimal(1), "CNY")
    found = {}
    for number, name in enumerate(table.columns):
        if _MONEY.search(name) and not _NO_MONEY.search(re.sub(r"[(（][^()（）]*[)）]", "", name)):
            scale, currency = _scale_of(name) if _UNIT.search(name) else default
            found[number] = (name, scale, currency)
    return found


def _scale_of(words: str) -> tuple[Decimal, str]:
    match = _UNIT.search(words)
    if match is None:
        return Decimal(1), "CNY"
    return Decimal(_SCALES.get(match["scale"] or "", 1)), currency_of(match["unit"]) or "CNY"


def _row(
    reading: Reading, table: Table, row: Row, heads: dict[int, tuple[str, Decimal, str]], known: set[int]
) -> Iterator[Amount]:
    first = next((cell for cell in row.cells if cell.text.strip()), None)
    total = first is not None and bool(_TOTAL.match(first.text))
    columns = _columns(table, row)
    for column, cell in columns:
        number = _NUMBER.match(reading.text[cell.span.start : cell.span.end].strip(" _"))
        if number is None or any(cell.span.start <= start < cell.span.end for start in known):
            continue
        head = heads.get(column)
        if total and first is not None and _is_sum(columns, heads, column, cell):
            head = _total_head(first, heads)
        if head is None:
            continue
        yield _cell(reading, row, cell, number, head, total=total)


def _is_sum(
    columns: list[tuple[int, Cell]],
    heads: dict[int, tuple[str, Decimal, str]],
    column: int,
    cell: Cell,
) -> bool:
    """Whether a number in the row 合计 is its sum though it stands under no sums: the row may be drawn too short.

    A number under a head of its own (年发电量) beside the sum of the money is none, and nobody adds prices of one.
    """
    numbers = [(n, c) for n, c in columns if _NUMBER.match(c.text.strip(" _"))]
    if not numbers or cell is not numbers[-1][1]:
        return False
    if column in heads:
        return len(heads) > 1 and _role_of(heads[column][0]) == "unit_price" and len(numbers) == 1
    return not any(n in heads for n, _ in numbers)


def _columns(table: Table, row: Row) -> list[tuple[int, Cell]]:
    """Cells with their column; a short row (合计 merged over several columns) is counted from the right."""
    placed, column = [], 0
    for cell in row.cells:
        placed.append((column, cell))
        column += cell.col_span
    missing = len(table.columns) - column
    if missing > 0 and len(placed) > 1:
        placed = [placed[0], *((c + missing, cell) for c, cell in placed[1:])]
    return placed


def _total_head(first: Cell, heads: dict[int, tuple[str, Decimal, str]]) -> tuple[str, Decimal, str] | None:
    if _UNIT.search(first.text):
        return (first.text, *_scale_of(first.text))
    return list(heads.values())[-1] if heads else None


# 单价（元/托/天）, 月租金标准（元/㎡·月）
_PER = re.compile(r"元 ?[/／每] ?(?P<per>[^()（）\d]{1,8}?) ?(?=[)）]|\Z)")


def _per(head: str) -> str | None:
    match = _PER.search(head)
    return match["per"].strip() if match else None


def _cell(
    reading: Reading, row: Row, cell: Cell, number: re.Match[str], head: tuple[str, Decimal, str], *, total: bool
) -> Amount:
    name, scale, currency = head
    own = _scale_of(number["unit"])[0] if number["unit"] else scale
    words = reading.text[cell.span.start : cell.span.end]
    start = cell.span.start + words.index(number["number"])
    end = start + len(number["number"].rstrip("."))
    role = _role_of(name)
    role = "unit_price" if role == "other" and _per(name) else role  # 加工费（元/袋）
    return Amount(
        id="a",
        clause=row.id,
        span=Span(start=start, end=end),
        text=reading.document.text[start:end],
        evidence=Evidence(rule="amount.table_column", cues=(cell.span,)),
        value=parse_arabic(number["number"].rstrip(".")) * own,
        currency=currency,
        form="table_cell",
        label=re.sub(r"[(（][^()（）]*[)）]", "", name).strip() or None,
        role="total" if total and role in ("line_total", "other") else role,
        tax_included=told_in(fold(name)) if role != "tax" else None,
        per=_per(name),
    )


def _role_of(head: str) -> AmountRole:
    return next((role for words, role in _ROLES if re.search(words, head)), "other")


def role_in_column(table: Table | None, row: Row | None, start: int) -> AmountRole | None:
    """What the head of its column says of a sum with a unit of its own: 22,500元/月 under 单价; None outside of tables.

    Args:
        table: that holds the sum.
        row: of the sum.
        start: its first character.
    """
    head = _head_of(table, row, start)
    role = _role_of(head) if head else None
    return role if role in ("unit_price", "line_total") else None


def tax_in_column(table: Table | None, row: Row | None, start: int) -> bool | None:
    """What the head of its column says of tax: 120元 under 单价（含税）; None outside of tables.

    Args:
        table: that holds the sum.
        row: of the sum.
        start: its first character.
    """
    return told_in(fold(_head_of(table, row, start) or ""))


def _head_of(table: Table | None, row: Row | None, start: int) -> str | None:
    """The head of a column of money; None for the row of the sum."""
    if table is None or row is None:
        return None
    first = next((cell.text for cell in row.cells if cell.text.strip()), "")
    column = next((n for n, c in _columns(table, row) if c.span.start <= start < c.span.end), len(table.columns))
    if column >= len(table.columns) or _TOTAL.match(first) or not _MONEY.search(table.columns[column]):
        return None
    return table.columns[column]
