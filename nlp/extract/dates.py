"""Calendar dates with what happens on them.

`签订日期：2025年3月18日` is the signing, `自2025年4月1日起` a start, `（2018年修正）` of a law's title a law date.
An impossible date keeps its printed value and says that it is not valid.
"""

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.extract.places import clause_at
from nlp.reading import Reading
from nlp.values.dates import Date as DateFound
from schema.span import Evidence, Span
from schema.timing import Date, DateRole

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEFORE: tuple[tuple[DateRole, re.Pattern[str]], ...] = (
    (
        "sign",
        re.compile(
            r"(?:签订|签署|签约|订立|签字|签章|落款)[^，,。;\n]{0,12}\Z|(?:^|[\n ])(?:日 {0,6}期|Date)[ :]*\Z|(?:双方"
            r"|甲乙双方)(?:已)?(?:于|在) *\Z"
        ),
    ),
    ("effective", re.compile(r"(?:生效|施行|实施)(?:日期|时间|日)?[^，,。;\n]{0,6}\Z")),
    (
        "delivery",
        re.compile(r"(?:交货|供货|送货|交付|交房|到货|发货|交货期|竣工|完工|验收|上线|移交)[^，,。;\n]{0,10}\Z"),
    ),
    ("expiry", re.compile(r"(?:届满|到期|终止|截止|有效期至|期至|至)[^，,。;\n]{0,8}\Z")),
    ("start", re.compile(r"(?:自|从|开始|起始|起租|开工|入职|起算)[^，,。;\n]{0,8}\Z")),
)
_AFTER: tuple[tuple[DateRole, re.Pattern[str]], ...] = (
    ("law", re.compile(r" *(?:第[一二三四五六七八九十]+次)?(?:修[正订改]|公布|颁布|发布|版\)|施行)")),
    ("effective", re.compile(r" *(?:\([^()]{1,6}\))?起(?:正式)?(?:生效|施行|实施)")),
    ("sign", re.compile(r"[^，,。;\n]{0,14}(?:签订|签署|订立|签约)")),
    ("effective", re.compile(r" *(?:起)?生效")),
    ("start", re.compile(r" *(?:\([^()]{1,6}\))?(?:起|开始|(?:正式)?(?:进场|开工|入职|起租|起算))")),
    ("expiry", re.compile(r" *(?:\([^()]{1,6}\))?(?:止|届满|到期|终止)")),
    (
        "delivery",
        re.compile(
            r" *(?:\([^()]{1,6}\))?(?:(?:之)?前[^，,。;\n]{0,24}(?:交付|交货|完成|移交|竣工|提交|送达|送至|送到|运抵"
            r"|到货"
            r"|发货"
            r"|交清|交房)|(?:到货|发货|交货|交房|竣工|完工|交付))"
        ),
    ),
)
_FIRST = 2  # what stands behind a date and counts before what stands in front: 自2025年4月1日起生效
_LOOK = 24


@Language.component("dates")
def dates(doc: "Doc") -> "Doc":
    """Fill `reading.dates`."""
    reading: Reading = doc._.reading
    told = (v for v in reading.values.dates if not _in_number(reading.text, v) and not _begun(reading.text, v))
    found = [_date(reading, value) for value in told]
    reading.dates = [date.model_copy(update={"id": f"dt{n}"}) for n, date in enumerate(found, 1)]
    return doc


def _begun(text: str, value: DateFound) -> bool:
    """2025年____月____日: the year is printed and the day is yet to be written."""
    return value.precision == "year" and bool(re.match(r"[ _]*[_ ][ _]*月", text[value.end : value.end + 20]))


def _in_number(text: str, value: DateFound) -> bool:
    """A date printed inside a number of a document (招标编号2024-05-01号, 第__2025-11__号)."""
    return value.precision != "day" and bool(re.match(r"[ _】\])]*号(?!楼)", text[value.end : value.end + 8]))


def _date(reading: Reading, value: DateFound) -> Date:
    span = Span(start=value.start, end=value.end)
    role = role_of_date(reading, value)
    return Date(
        id="dt",
        clause=clause_at(reading, value.start),
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule=f"date.{role}", cues=(span,)),
        value=value.value,
        precision=value.precision,
        end=value.last,
        role=role,
        valid=value.valid,
    )


def role_of_date(reading: Reading, value: DateFound) -> DateRole:
    """What happens on a date, from the words beside it and the part it stands in."""
    line = reading.text.rfind("\n", 0, value.start) + 1
    before = reading.text[max(line, value.start - _LOOK) : value.start]
    after = reading.text[value.end : value.end + _LOOK].split("\n")[0]
    if before.count("《") > before.count("》"):
        return "law"
    if value.last:
        return "start"
    for role, pattern in _AFTER[:_FIRST]:
        if pattern.match(after):
            return role
    for role, pattern in _BEFORE:
        if pattern.search(before):
            return role
    for role, pattern in _AFTER[_FIRST:]:
        if pattern.match(after):
            return role
    part = reading.structure.part_by_id.get(_part_of(reading, value.start) or "")
    if part and part.kind == "signature" and value.precision == "day":
        return "sign"
    return "other"


def _part_of(reading: Reading, offset: int) -> str | None:
    """The innermost part that holds an offset."""
    holding = [p for p in reading.structure.parts if p.span.start <= offset < p.span.end]
    return min(holding, key=lambda p: len(p.span)).id if holding else None
