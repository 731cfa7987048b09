"""Blanks of a form with the field they belong to: lines, brackets, placeholders, empty cells, bare labels.

`合同编号：____` is an empty blank of 合同编号, `其他：_____无_____` a filled one, `传真：` at the end of a line an
empty one with an empty span behind the label. The three lines of ____年____月____日 are one blank.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.blank_fields import field_of, field_of_cell, tidy
from nlp.extract.names import is_blank
from nlp.extract.places import clause_at
from nlp.reading import Reading
from nlp.values.blanks import Blank as BlankFound
from schema.form import Blank, BlankState
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DATE_GAP = re.compile(r" *(?:年|月|至|/|-) *\Z")
# between two blanks of one field: ____年__月__日起至____, ____市____区____路
_SAME_FIELD = re.compile(
    r" *(?:日|月|年)? *(?:起)? *(?:至|到|~|—+|-) *| *(?:省|自治区|市|州|区|县|镇|乡|街道?"
    r"|路|小区|村|号楼|号|栋|幢|座|单元|楼|层|弄) *"
)
_EMPTY_LABEL = re.compile(
    r"(?:\A|(?<=[\n\t ]))(?P<label>(?:\([签盖][^()\n]{0,8}\)|[一-龥/或（）()、 ]{2,24}?)) *: *"
    r"(?=\n|\Z| {3,}(?=[^\s:]{1,12}(?: {1,4}[^\s:]{1,4}){0,3} ?:))"
)
_FORM_WORDS = re.compile(
    r"签字|签章|签名|盖章|日期|编号|时间|地点|代表|负责人|经办人|联系|电话|地址|邮编|传真|账号|户名|开户|期限"
    r"|身份证|代码|名称|姓名|备注"
)
_NO_FORM = re.compile(
    r"如下|以下|下列|包括|条款|义务|责任|权利|方式为|约定|协议|规定|内容|事项|标准|附件|鉴于|证明|声明"
)
_SEAL = re.compile(r"盖章|公章|印章")
# 收款账户： before or above 户名：…, 开户行：…
_HEADS_LIST = re.compile(r" *\n? *(?:户 *名|账户名称|账户名|名称|单位名称|开户|账 *号|公司名称)[^\n:_]{0,8}(?::|__)")
# 委托人：(公章) is the place of a seal, the name stands above
_SEAL_PLACE = re.compile(r" *\((?:单位)?(?:盖章|公章|印章|签章)\)")
# 3501**********2247 is there, and hidden
_MASKED = re.compile(r"\d{3,}[xX*＊]{2,}[\dxX]*")
_OPEN_PARTS = ("cover", "preamble", "signature", "checklist")
_CELL_BLANK = re.compile(r"[\s_/【】\[\]-]*\Z")


@Language.component("blanks")
def blanks(doc: "Doc") -> "Doc":
    """Fill `reading.blanks`."""
    reading: Reading = doc._.reading
    found = [*_drawn(reading), *_contacts(reading), *_empty_labels(reading)]
    found.sort(key=lambda b: (b.span.start, b.span.end))
    kept: list[Blank] = []
    for blank in found:
        same = next((n for n in range(len(kept) - 1, max(-1, len(kept) - 5), -1) if _same(blank, kept[n])), None)
        if same is None:
            kept.append(blank)
        elif len(kept[same].span) == 0 < len(blank.span) and kept[same].evidence.rule == "blank.party":
            # what is drawn is the blank, the label tells its field
            kept[same] = blank.model_copy(update={"field": kept[same].field})
    reading.blanks = [blank.model_copy(update={"id": f"b{n}"}) for n, blank in enumerate(kept, 1)]
    return doc


def _same(blank: Blank, other: Blank) -> bool:
    if blank.span.overlaps(other.span) or blank.span == other.span:
        return True
    gap = blank.span.start - other.span.end
    return len(other.span) == 0 and 0 <= gap <= 1 and len(blank.span) > 0


def _blank(
    reading: Reading, start: int, end: int, state: BlankState, field: str | None, rule: str, label: int | None = None
) -> Blank:
    span = Span(start=start, end=end)
    return Blank(
        id="b",
        clause=clause_at(reading, start if label is None else label),
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule=rule, cues=(span,)),
        field=field,
        state=state,
    )


def _drawn(reading: Reading) -> Iterator[Blank]:
    """What the text draws, the parts of one date joined; and words a pen or a program put on a line."""
    groups: list[list[BlankFound]] = []
    for found in reading.values.blanks:
        if groups and _goes_on(reading.text, groups[-1][-1], found):
            groups[-1].append(found)
        else:
            groups.append([found])
    field, past = None, 0
    for group in groups:
        first, last = group[0], group[-1]
        same = field is not None and _SAME_FIELD.fullmatch(reading.text, past, first.start)
        if not same:
            field = field_of_cell(reading, first.start) or field_of(reading.text, first.start, last.end)
        past = last.end
        yield _blank(reading, first.start, last.end, first.state, field, f"blank.{first.form}")
    for mark in reading.document.marks:
        if mark.kind == "filled_blank":
            field = field_of(reading.text, mark.span.start, mark.span.end)
            yield _blank(reading, mark.span.start, mark.span.end, "filled", field, "blank.written")


def _goes_on(text: str, last: BlankFound, found: BlankFound) -> bool:
    between = text[last.end : found.start]
    return (
        last.state == found.state == "empty"
        and len(between) <= 4
        and bool(_DATE_GAP.fullmatch(between))
        and "年" in text[max(0, last.start - 8) : found.end + 2]
    )


def _contacts(reading: Reading) -> Iterator[Blank]:
    """Labels of contacts and of names with nothing behind them, in lines and in cells."""
    written = {blank.start for blank in reading.values.blanks if blank.state == "filled"}
    for contact in reading.contact_labels:
        start, end = contact.value
        if not written.isdisjoint(range(contact.label[1], contact.label[1] + 3)):
            continue  # 项目经理：__俞建波__，注册编号：__…__
        if _HEADS_LIST.match(reading.text, contact.label[1]) and re.search(r"账户", contact.words):
            continue
        if _MASKED.fullmatch(reading.text[start:end]):
            continue
        if start == end or is_blank(reading.text[start:end]):
            place = max(contact.label[1], start)
            field = tidy(re.sub(r"\s|\([^()]*\)", "", contact.words))
            struck = re.match(r" *(?P<dash>[—-]+)(?=\s|\Z)", reading.text[place:end])
            if struck:
                dash = (place + struck.start("dash"), place + struck.end())
                yield _blank(reading, *dash, "struck", field, "blank.label", contact.label[0])
            else:
                yield _blank(reading, place, place, "empty", field, "blank.label", contact.label[0])
    for sighting in reading.party_labels:
        place = sighting.label[1]
        sealed = sighting.sealed or _SEAL_PLACE.match(reading.text, place)
        if sighting.name.blank and sighting.asked and not sealed:
            field = f"{sighting.roles[0]}名称"
            yield _blank(reading, place, place, "empty", field, "blank.party", sighting.label[0])


def _empty_labels(reading: Reading) -> Iterator[Blank]:
    """`(签字)：` and `日期：` with nothing behind them, outside the clauses."""
    for part in reading.structure.parts:
        if part.kind not in _OPEN_PARTS:
            continue
        for match in _EMPTY_LABEL.finditer(reading.text, part.span.start, part.span.end):
            words = match["label"].strip()
            if _FORM_WORDS.search(words) and not _NO_FORM.search(words) and not _SEAL.search(words):
                field = words[1:-1] if words.startswith("(") and words.endswith(")") else words
                place = match.end("label") + len(match[0][match.end("label") - match.start() :].rstrip(" "))
                yield _blank(reading, place, place, "empty", field, "blank.label")
