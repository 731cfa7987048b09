"""Parties whose role words the table does not know: 主办方, 供电人, 旅行社.

A head that labels its parties with other words than ours is still a head: a label that ends as role words do, with a
name behind it, counts where the known words have not named two parties.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from nlp.extract.labels import match_field, match_role
from nlp.extract.names import is_organisation, read_name
from nlp.extract.party_inline import said_inline
from nlp.extract.party_lines import lines_of
from nlp.extract.party_seen import ContactSighting, Sighting
from nlp.reading import Reading

_LABEL = re.compile(
    r"[ \t]*(?:\d{1,2}[.、)]|\([1-9一二三四]\)|[一二三四]、)?[ \t]*"
    r"(?P<word>[一-龥]{1,8}(?:方|人|商|者|主|员|社|院|校|单位|公司|机构|企业))"
    r"(?: ?\((?P<note>[^()\n]{1,10})\))?(?:名称|姓名|全称)? ?: ?"
)
_SPACED = re.compile(r"(?P<word>[一-龥](?: {1,3}[一-龥]){1,4})(?= ?(?:\([^()]{1,8}\))? ?:)")
# people and offices that are named in heads without being parties
_NOBODY = re.compile(
    r"\A另?一方\Z|联系|负责|代表|代理|经办|收款|付款|签字|签收|收件|寄件|监护|证明|见证|介绍|审核|审批|制表|填表|编制|监制|印制|发布"
    r"|申请|起草|抄送|监管|鉴证|公证|招标|主管|制定|批准|主管|法人|合伙|经纪人员|推荐|紧急|开户|项目业主|工程师|承包商名"
)
_PERSON = re.compile(r"[一-龥·]{2,4}")
# 高管：周大山（住址：…；以下称“高管”）: whatever the word, the bracket behind the name calls the label itself
_CALLED = re.compile(
    r"[ \t]*(?:\d{1,2}[.、)]|\([1-9一二三四]\)|[一二三四]、)?[ \t]*"
    r"(?P<word>[一-龥]{2,8})(?: ?\([^()\n]{1,10}\))? ?: ?(?=\S)"
)
_CALLED_SO = r"(?:以下|下文?|本(?:合同|协议)中?)(?:统|简)?称(?:为)?[: ]*[“\"'‘「]?{}[”\"'’」]?[ )）。;；\n]"
_NEXT_LABEL = re.compile(r"\n[ \t]*(?:第[一二三四五六七八九十]{1,3}[条章]|[一二三四五六七八九十]{1,3}、|\d+[.、 ])")
_LINES_OF_ONE = 320  # characters in which the particulars of a party end
_ENOUGH = 2
_HEADS = ("cover", "preamble", "parties")


def unknown_heads(reading: Reading, labelled: list[Sighting]) -> list[Sighting]:
    """Parties of the head, and of the blocks to sign, that are labelled with words of their own.

    Args:
        reading: with structure.
        labelled: what the known words have found.
    """
    if len({s.roles[0] for s in labelled if s.asked and not s.sealed and not _signs(reading, s)}) >= _ENOUGH:
        return []
    heads = list(_in_parts(reading, _HEADS, None))
    words = {s.roles[0] for s in heads}
    if len(words | {r for s in labelled for r in s.roles}) < _ENOUGH:
        return []
    return [*heads, *_in_parts(reading, ("signature",), words)]


def _signs(reading: Reading, sighting: Sighting) -> bool:
    """客户：…有限公司 above 签署人：… at the end labels no head."""
    part = reading.structure.part_by_id.get(sighting.part)
    after_clauses = bool(reading.structure.clauses) and sighting.label[0] > reading.structure.clauses[-1].span.start
    return (part is not None and part.kind == "signature") or after_clauses


def words_of_heads(reading: Reading) -> set[str]:
    """Role words of their own that label parties in the head."""
    return {s.roles[0] for s in _in_parts(reading, _HEADS, None)}


def _in_parts(reading: Reading, kinds: tuple[str, ...], words: set[str] | None) -> Iterator[Sighting]:
    for unit in reading.structure.units:
        part = reading.structure.part_by_id.get(unit.part)
        if unit.row is not None or unit.id != unit.part or part is None or part.kind not in kinds:
            continue
        for span in unit.spans:
            for start, end in lines_of(reading.text, span.start, span.end):
                yield from _in_line(reading.text, start, end, unit.part, words)


def _in_line(text: str, start: int, end: int, part: str, words: set[str] | None) -> Iterator[Sighting]:
    borders = [start, *(m.end() for m in re.finditer(r" {2,}|\t", text[start:end]))]
    borders = [start, *(b + start if b != start else b for b in borders[1:])]
    for first in borders:
        spaced = _SPACED.match(text, first, end)
        match = _LABEL.match(text, first, end) or _called_itself(text, first, end)
        word = spaced["word"].replace(" ", "") if spaced else match["word"] if match else ""
        behind = text.find(":", first, end) + 1 if spaced else match.end() if match else 0
        if not behind or _is_known(text, first, word) or (words is not None and word not in words):
            continue
        gap = re.compile(r" {3,}|\t| (?=[一-龥]{2,6} ?:)").search(text, behind + 1, end)
        name = read_name(text, behind, gap.start() if gap else end)
        if name.name and (is_organisation(name.name) or _PERSON.fullmatch(name.name)):
            label = (first, behind)
            yield Sighting((word,), "role.printed", label, name, part, part, words is not None, asked=True)


def _called_itself(text: str, first: int, end: int) -> re.Match[str] | None:
    """A label that the bracket behind its name, or in the lines below, calls the party by."""
    match = _CALLED.match(text, first, end)
    if match is None:
        return None
    stop = _NEXT_LABEL.search(text, end, end + _LINES_OF_ONE)
    limit = stop.start() if stop else end + _LINES_OF_ONE
    return match if re.search(_CALLED_SO.format(match["word"]), text[match.end() : limit]) else None


def said_of_unknown(reading: Reading, unknown: list[Sighting]) -> Iterator[ContactSighting]:
    """What the line of such a head says behind the name, in running words.

    Args:
        reading: with its text.
        unknown: the heads.
    """
    for head in unknown:
        line = reading.text.find("\n", head.name.end)
        for said in said_inline(reading.text, head.name.end, line if line >= 0 else len(reading.text)):
            fields, role = (said.field,), head.roles[0]
            yield ContactSighting(fields, role, said.value, said.label, said.words, said.rule, head.part, head.unit)


def _is_known(text: str, first: int, word: str) -> bool:
    if not word or _NOBODY.search(word):
        return True
    role = match_role(text, first)
    return (role is not None and role.colon) or match_field(text, first) is not None


def owned_by_unknown(
    contacts: list[ContactSighting], unknown: list[Sighting], labelled: list[Sighting]
) -> list[ContactSighting]:
    """Contacts belong to the label they stand under, also where its word is not in the table."""
    places = sorted([*unknown, *labelled], key=lambda s: s.label)
    result = []
    for contact in contacts:
        above = [s for s in places if s.label[0] < contact.label[0] and s.part == contact.part]
        mine = above[-1] if above and above[-1] in unknown and contact.unit == contact.part else None
        result.append(replace(contact, owner=mine.roles[0]) if mine else contact)
    return result
