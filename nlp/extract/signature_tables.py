"""Signature tables: a column for each party, two (label and value) for each, or a row for each.

`| | 甲方 | 乙方 | / | 授权代表 | 宋望舒 | 钱一鸣 |` labels its rows once, `| 授权代表 | 宋望舒 | 授权代表 | 钱一鸣 |`
for each party, `| 签署方 | 签字人 | 日期 |` its columns.
"""

import re
from collections.abc import Iterator, Sequence

from nlp.extract.labels import match_role
from nlp.extract.signature_block import DATE_LABEL, SIGNER, Block, named_at, note_date, party_of, signer_in
from nlp.reading import Reading
from schema.clause import Part
from schema.span import Span
from schema.table import Cell

_SIGNS = re.compile(r"签 ?字|签 ?名|代表|代理人|签章|签署人|经办人|负责人")
_LABELS = re.compile(rf"(?:{SIGNER.pattern})|(?:{DATE_LABEL.pattern})")
_DATED = re.compile(r"日 *期|时 *间|签署日|签订日")
_NOT_DATED = re.compile(r"出生|有效|成立|期限")


def table_blocks(reading: Reading, part: Part) -> Iterator[Block]:
    """Blocks of the signature tables of a part.

    Args:
        reading: with parties and dates.
        part: a signature part.
    """
    for table in reading.structure.tables:
        if table.part != part.id:
            continue
        rows = [*table.header_rows, *(row.cells for row in table.rows)]
        blocks = _side_by_side(reading, rows, table.span.end)
        yield from blocks or _row_by_row(reading, rows)


def _side_by_side(reading: Reading, rows: Sequence[Sequence[Cell]], end: int) -> list[Block]:
    """Parties of one row, each with what stands below it."""
    heads: dict[int, Block] = {}
    for cells in rows:
        named = {party: n for n, c in reversed([*enumerate(cells)]) if (party := _cell_party(reading, c.span))}
        if len(named) > 1:
            heads = heads or {
                n: Block(cells[n].span.start, end, party, labels=[cells[n].span])
                for party, n in reversed(named.items())
            }
            continue
        for n, block in heads.items():
            if n < len(cells):
                _cell(reading, block, *_label_and_value(heads, cells, n))
    return list(heads.values())


def _label_and_value(heads: dict[int, Block], cells: Sequence[Cell], n: int) -> tuple[str, Span]:
    """What labels the cell of a party in a row: the first column, or the party's own column beside its value."""
    shared = 0 not in heads
    paired = not shared and n + 1 < len(cells) and not any(head + 1 in heads for head in heads)
    if paired:
        return cells[n].text, cells[n + 1].span
    return (cells[0].text if shared else ""), cells[n].span


def _row_by_row(reading: Reading, rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """`甲方：青禾科技有限公司 | 宋望舒 | 2025年5月20日`, the columns labelled above."""
    found: list[Block] = []
    for cells in rows[1:]:
        party = _cell_party(reading, cells[0].span) if cells else None
        if party is None:
            continue
        block = Block(cells[0].span.start, cells[-1].span.end, party, labels=[cells[0].span])
        for above, cell in zip(rows[0][1:], cells[1:], strict=False):
            _cell(reading, block, above.text, cell.span)
        found.append(block)
    return found if len({block.party for block in found}) > 1 else []


def _cell_party(reading: Reading, span: Span) -> str | None:
    label = match_role(reading.text, span.start)
    if label is not None and label.end <= span.end + 1:
        return party_of(reading.parties, label.roles)
    return named_at(reading, span.start, span.end)


def _cell(reading: Reading, block: Block, label: str, span: Span) -> None:
    """What a cell says under its label, or, as `授权代表：宋望舒`, by itself."""
    words = span.of(reading.text).strip(" _")
    inside = SIGNER.match(words)
    asked = "签" in (inside[0] if inside else label)
    if inside or _SIGNS.search(label):
        value = words[inside.end() :].strip(" _") if inside else words
        name = signer_in(value)
        if name or (asked and not value):
            block.sign(name, asked=asked, label=inside[0] if inside else label)
    dated = not label or (_DATED.search(label) and not _NOT_DATED.search(label)) or _LABELS.search(words)
    if dated:
        note_date(reading, block, span.start, span.end)
