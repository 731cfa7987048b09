"""Instalments in tables: a row for each, with columns such as 付款阶段, 比例, 金额, 付款条件."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nlp.extract.payment_parts import LABEL, limits_in, payer_of, usual_sides
from nlp.reading import Reading
from nlp.values.rates import find_rates
from schema.money import Payment
from schema.span import Evidence, Span, SpannedText
from schema.table import Cell, Row, Table

_PLAN = re.compile(r"付款|支付|付费|缴费|期次|期数|还款|阶段|里程碑|节点")
_SCALE = re.compile(r"得分|评分|分数|考核结果|评价结果|等级")  # what a score is worth is no instalment
_SHARE = re.compile(r"比例|占比|百分比|%")
_LABEL = re.compile(r"次序|阶段|期次|期数|款项|节点|名称|项目|里程碑|付款(?:批次|期|序号)?$|序号")
_CONDITION = re.compile(r"条件|前提|时间|节点|期限|要求|说明|备注|方式")
_SUM = re.compile(r"金额|款额|价款|数额|[付缴]费额|付款额|应付")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def table_payments(reading: Reading) -> Iterator[Payment]:
    """Payments of all tables that are payment plans."""
    for table in reading.structure.tables:
        if _is_plan(table):
            for row in table.rows:
                yield from _payment(reading, table, row)


def _is_plan(table: Table) -> bool:
    heads = " ".join(table.columns)
    if not _PLAN.search(heads) or _SCALE.search(heads):
        return False
    return bool(_SHARE.search(heads) or (_SUM.search(heads) and re.search(r"付款|支付|付费|缴费|还款", heads)))


def _cells(table: Table, row: Row, pattern: re.Pattern[str]) -> Iterator[Cell]:
    for number, cell in enumerate(row.cells):
        if number < len(table.columns) and pattern.search(table.columns[number]) and cell.text.strip():
            yield cell


def _payment(reading: Reading, table: Table, row: Row) -> Iterator[Payment]:
    percent = next((p for cell in _cells(table, row, _SHARE) if (p := _percent(cell.text)) is not None), None)
    inside = [a for a in reading.amounts if a.clause == row.id]
    amount = inside[-1] if inside else None
    first = next((cell.text for cell in row.cells if cell.text.strip()), "")
    if (percent is None and amount is None) or re.match(r"合计|总计|小计", first):
        return
    label = next((c for c in _cells(table, row, _LABEL) if LABEL.search(c.text)), None)
    label = label or next((c for c in _cells(table, row, _LABEL) if not c.text.strip().isdigit()), None)
    start, end = row.cells[0].span.start, row.cells[-1].span.end
    limits = limits_in(reading, start, end)
    conditions = [c for c in _cells(table, row, _CONDITION) if c is not label]
    payer, payee = _sides(reading, table)
    span = Span(start=start, end=end)
    yield Payment(
        id="y",
        clause=row.id,
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule="payment.table", cues=tuple(c.span for c in _cells(table, row, _SHARE))),
        sequence=1,
        label=label.text.strip() if label else None,
        percent=percent,
        amount=amount.value if amount else None,
        amount_id=amount.id if amount else None,
        payer=payer,
        payee=payee,
        conditions=tuple(SpannedText(text=c.text, span=c.span) for c in conditions),
        deadline=limits[0].id if limits else None,
    )


def _sides(reading: Reading, table: Table) -> tuple[str | None, str | None]:
    """Who pays whom, from the sentence above the table (甲方按下表分期支付：) or by the roles of the parties."""
    above = [s for s in reading.sentences.within(table.span.start - 200, table.span.start) if s.unit.row is None]
    for sentence in reversed(above):
        found = payer_of(sentence, reading.mentions, [], sentence.start, sentence.end)
        if found[0]:
            return found
    return usual_sides(reading.parties)


def _percent(words: str) -> Decimal | None:
    found = find_rates(words)
    if found:
        points = found[0].value * 100
        return points.to_integral_value() if points == points.to_integral_value() else points.normalize()
    return Decimal(words.strip()) if _NUMBER.fullmatch(words.strip()) else None
