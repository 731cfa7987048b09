"""Parties whose role word no table knows: `委印方：南堤出版社有限公司`, `承印方：南堤彩印包装有限公司`.

Looked for only where the head of a contract labels fewer than two parties otherwise, and taken only as a pair: two
lines of one make, a word that ends in 方, 人, 单位 …, a colon, and the name of an organisation.
"""

import re
from collections.abc import Iterator

from nlp.clauses.structure import Unit
from nlp.extract.labels import match_field, match_role
from nlp.extract.names import is_organisation, read_name
from nlp.extract.party_lines import Sighting, lines_of
from nlp.reading import Reading

_LABEL = re.compile(r" *(?P<role>[一-龥]{1,6}(?:方|人|商|单位|机构|企业|公司|社|院|校))(?: ?\([^()\n]{1,16}\))? ?:")
_NO_PARTY = re.compile(
    r"(?:联系|经办|代表|负责|见证|收货|收件|签收|承办|签约|代理|管理|申请|填表|审核|批准|起草|抄送|主管|项目)人?"
    r"|开户|付款|收款|担保|监管|鉴证|公证|招标|主管(?:单位|部门)|法定代表人"
)
_ENOUGH = 2


def unknown_roles(reading: Reading, known: int) -> list[Sighting]:
    """Parties with role words of their own.

    Args:
        reading: with its structure.
        known: how many parties the head labels with words that are known.
    """
    found = [s for unit in reading.structure.units if unit.row is None for s in _of_unit(reading, unit)]
    return found if found and len({s.roles for s in found}) + known >= _ENOUGH else []


def _of_unit(reading: Reading, unit: Unit) -> Iterator[Sighting]:
    if unit.part not in ("cover", "preamble") or unit.id in reading.structure.clause_by_id:
        return
    for span in unit.spans:
        for start, end in lines_of(reading.text, span.start, span.end):
            match = _LABEL.match(reading.text, start, end)
            if match is None or _NO_PARTY.match(match["role"]) or match_role(reading.text, match.start("role")):
                continue
            if match_field(reading.text, match.start("role")):
                continue
            name = read_name(reading.text, match.end(), end)
            if name.name and is_organisation(name.name):
                label = match.span("role")
                yield Sighting((match["role"],), "role.printed", label, name, unit.part, unit.id, asked=True)
