"""Parties in tables: pairs of label and value, a block for each party, or a column for each.

委托人（甲方） | 名称（或姓名） | 青禾科技有限公司        a block: the party stands once at the left
              | 电话           | 0600-80001201
(empty)       | 甲方           | 乙方                  a column for each party
地址          | 望江路7号      | 临江路9号
客户          | 青禾科技有限公司 | 服务商 | 远山科技有限公司   pairs
当事人        | 送达地址       | 联系人                a row for each party
甲方          | 望江路7号      | 李明
"""

import re
from collections.abc import Collection

from nlp.extract.labels import FieldLabel, RoleLabel, match_field, match_role
from nlp.extract.names import read_name
from nlp.extract.party_lines import read_line, trimmed
from nlp.extract.party_seen import ContactSighting, Owner, Sighting
from schema.table import Cell, Table

_LATIN = re.compile(r"[A-Za-z .&'’()/-]+[/ ] *(?=[一-龥])")


def read_table(text: str, table: Table, part: str, words: Collection[str] = ()) -> Owner:
    """What a table says about parties.

    Args:
        text: folded text.
        table: with row ids.
        part: id of its part.
        words: role words of their own that label parties in the head.
    """
    owner = Owner()
    rows = [("", cells) for cells in table.header_rows] + [(row.id, row.cells) for row in table.rows]
    columns: dict[int, RoleLabel] = {}
    titles: dict[int, FieldLabel] = {}
    for row_id, cells in rows:
        heads = _party_heads(text, cells, words)
        titles = _titles(text, cells) or titles
        if titles and _row_of_party(text, cells, titles, part, row_id or part, owner):
            continue
        if len(heads) > 1:
            columns = heads
            _heads(text, cells, heads, part, row_id or part, owner)
        elif columns and cells and _field(text, cells[0]):
            read_row = _paired_row if sum(_field(text, cell) is not None for cell in cells) > 1 else _column_row
            read_row(text, cells, columns, part, row_id or part, owner)
        elif columns and all(column in columns for column, cell in _places(cells) if cell.text.strip()):
            # 甲方（盖章） | 乙方（盖章） over 经办人：李明 | 经办人：王芳
            for column, cell in _places(cells):
                if cell.text.strip():
                    owner.role, owner.columns = columns[column].roles[0], ()
                    read_line(text, cell.span.start, cell.span.end, part, row_id or part, owner)
        else:
            _pairs(text, cells, part, row_id or part, owner)
    return owner


# 采购人（甲方）信息
_HEADED = re.compile(r"[ _]*(?:(?:的|基本|单位|企业|详细|主体)*(?:信息|资料|情况))?[ _]*")


def _places(cells: tuple[Cell, ...]) -> list[tuple[int, Cell]]:
    """Cells with the number of their first column."""
    column, placed = 0, []
    for cell in cells:
        placed.append((column, cell))
        column += cell.col_span
    return placed


def _role(text: str, cell: Cell) -> RoleLabel | None:
    """The party label that fills a cell; `Client / 客户` counts as 客户."""
    words = cell.span.of(text)
    latin = _LATIN.match(words)
    start = cell.span.start + (latin.end() if latin else 0)
    label = match_role(text, start)
    if label is None or not _HEADED.fullmatch(text, label.end, cell.span.end):
        return None
    return label


def _field(text: str, cell: Cell) -> FieldLabel | None:
    words = cell.span.of(text)
    offset = len(words) - len(words.lstrip())
    label = match_field(words, offset, cell=True)
    if label is None:
        return None
    start = cell.span.start
    return FieldLabel(start + label.start, start + label.end, label.fields, label.role, label.rule, label.words)


def _party_heads(text: str, cells: tuple[Cell, ...], words: Collection[str]) -> dict[int, RoleLabel]:
    found = {
        column: label for column, cell in _places(cells) if cell.text.strip() and (label := _head(text, cell, words))
    }
    filled = [cell for cell in cells if cell.text.strip()]
    # 项目 | 甲方 | 乙方: the first cell heads the labels below it
    rest = filled[1:] if len(found) > 1 and filled and not _role(text, filled[0]) else filled
    return found if all(_head(text, cell, words) or _field(text, cell) for cell in rest) else {}


def _head(text: str, cell: Cell, words: Collection[str]) -> RoleLabel | None:
    """The party that a cell names: 甲方, or 翻译单位 where the head labels a party so."""
    word, place = cell.span.of(text).strip(), _of(cell)
    own = RoleLabel(*place, (word,), "role.printed", False, False) if word in words else None
    return _role(text, cell) or own


def _heads(text: str, cells: tuple[Cell, ...], heads: dict[int, RoleLabel], part: str, unit: str, owner: Owner) -> None:
    for column, cell in _places(cells):
        label = heads.get(column)
        if label:
            name = read_name(text, cell.span.end, cell.span.end)
            owner.seen.append(Sighting(label.roles, label.rule, _of(cell), name, part, unit, label.sealed))


def _column_row(
    text: str, cells: tuple[Cell, ...], columns: dict[int, RoleLabel], part: str, unit: str, owner: Owner
) -> None:
    label = _field(text, cells[0])
    for column, cell in _places(cells)[1:]:
        party = columns.get(column)
        if label and party:
            _note(text, label, cell, party, part, unit, owner)


def _paired_row(
    text: str, cells: tuple[Cell, ...], columns: dict[int, RoleLabel], part: str, unit: str, owner: Owner
) -> None:
    """地址 | 望江路7号 | 地址 | 临江路9号 under 甲方 | | 乙方 |."""
    party: RoleLabel | None = None
    label: FieldLabel | None = None
    for column, cell in _places(cells):
        party = columns.get(column, party)
        found = _field(text, cell) if cell.text.strip() else None
        if found is None and label and party:
            _note(text, label, cell, party, part, unit, owner)
        label = found


def _titles(text: str, cells: tuple[Cell, ...]) -> dict[int, FieldLabel]:
    """Columns of a row that holds nothing but labels, side by side: 当事人 | 送达地址 | 联系人 | 电话."""
    fields = {column: label for column, cell in _places(cells) if cell.text.strip() and (label := _field(text, cell))}
    places = sorted(fields)
    adjoining = len(places) > 1 and places == list(range(places[0], places[-1] + 1))
    rest = [cell for column, cell in _places(cells) if column not in fields and column > 0 and cell.text.strip()]
    return fields if adjoining and places[0] > 0 and not any(_role(text, cell) for cell in rest) else {}


def _row_of_party(
    text: str, cells: tuple[Cell, ...], titles: dict[int, FieldLabel], part: str, unit: str, owner: Owner
) -> bool:
    """甲方 | 望江路7号 | 李明 below such labels; whether the row was one."""
    places = _places(cells)
    party = _role(text, places[0][1]) if places and places[0][1].text.strip() else None
    if party is None or any(_field(text, cell) or _role(text, cell) for _, cell in places[1:] if cell.text.strip()):
        return False
    for column, cell in places[1:]:
        if column in titles and cell.text.strip():
            _note(text, titles[column], cell, party, part, unit, owner)
    return True


def _note(text: str, label: FieldLabel, cell: Cell, party: RoleLabel, part: str, unit: str, owner: Owner) -> None:
    if label.fields[0] == "name":
        name = read_name(text, cell.span.start, cell.span.end)
        owner.seen.append(Sighting(party.roles, party.rule, _of(cell), name, part, unit, party.sealed))
        return
    value = trimmed(text, cell.span.start, cell.span.end)
    place = (label.start, label.end)
    owner.contacts.append(
        ContactSighting(label.fields, party.roles[0], value, place, label.words, label.rule, part, unit)
    )


def _pairs(text: str, cells: tuple[Cell, ...], part: str, unit: str, owner: Owner) -> None:
    """Label and value side by side; a party label at the left opens a block."""
    waiting: FieldLabel | None = None
    named: RoleLabel | None = None
    above = dict(owner.places)
    heads: dict[int, str] = {}
    for column, cell in _places(cells):
        role = _role(text, cell) if cell.text.strip() else None
        label = None if role else _field(text, cell)
        if above and not role and column in above:
            owner.role = above[column]  # 地址 | … | 地址 | … under 甲方 | … | 乙方 | …
        if role:
            heads[column] = role.roles[0]
            owner.places = heads if len(heads) > 1 else {}
            named, waiting = role, None
            owner.role, owner.waiting = role.roles[0], role
        elif label:
            if waiting:
                _pair(text, waiting, cell.span.start, cell.span.start, part, unit, owner)
            waiting, named = label, None
        elif waiting:
            _pair(text, waiting, cell.span.start, cell.span.end, part, unit, owner)
            waiting = None
        elif named and cell.text.strip():
            name = read_name(text, cell.span.start, cell.span.end)
            owner.seen.append(Sighting(named.roles, named.rule, _of(cell), name, part, unit, named.sealed))
            owner.waiting = None if name.name else owner.waiting
            named = None
        elif ":" in cell.span.of(text):
            read_line(text, cell.span.start, cell.span.end, part, unit, owner)
    if waiting and cells:
        _pair(text, waiting, cells[-1].span.end, cells[-1].span.end, part, unit, owner)


def _pair(text: str, label: FieldLabel, start: int, end: int, part: str, unit: str, owner: Owner) -> None:
    if label.fields[0] == "name":
        if owner.waiting:
            name = read_name(text, start, end)
            place = (label.start, label.end)
            owner.seen.append(Sighting(owner.waiting.roles, owner.waiting.rule, place, name, part, unit, asked=True))
        return
    value = trimmed(text, start, end) if end > start else (start, start)
    place = (label.start, label.end)
    role = label.role or owner.role
    owner.contacts.append(ContactSighting(label.fields, role, value, place, label.words, label.rule, part, unit))


def _of(cell: Cell) -> tuple[int, int]:
    return cell.span.start, cell.span.end
