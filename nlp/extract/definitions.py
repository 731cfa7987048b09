"""Component `definitions`: words to which the contract gives a meaning.

`下列设备（以下简称“货物”）`, `“工作日”是指除法定节假日以外的日期`, `本合同所称损失包括但不限于…`, `1.1.1 合同：是指…`.
甲方 and 乙方 are roles and stand with the parties; a short name for a party refers to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from nlp.clauses.marks import PARTY
from nlp.reading import Reading
from schema.reference import Definition
from schema.span import Evidence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPEN = r"[“\"「『'‘《]"
_CLOSE = r"[”\"」』'’》]"
# (以下简称“货物”)  (下称合同)  （以下统称“双方”）, 以下简称合同
_SHORT = re.compile(
    rf"[(（]?\s*(?:以下|以后|下)\s*(?:统|合|均|简|并|总|单独|分别)?\s*(?:简)?称(?:为|作|之为)?\s*[:：]?\s*{_OPEN}?(?P<term>[^“”\"「」『』'‘’《》()（），,。；;\n]{{1,16}}?){_CLOSE}?\s*(?:[)）]|[，,。；;](?!\d)|$)"
)
# “工作日”是指…  “软件”指…  "Affiliate" means …
_MEANS = r"(?:系指|是指|指的是|意指|指|means|shall mean)(?!定|示|派|导|挥|出|令|标)"
_QUOTED = re.compile(
    rf"[“\"「『](?P<term>[^“”\"「」『』\n]{{1,24}})[”\"」』]\s*(?:一词)?\s*[，,:：]?\s*{_MEANS}\s*[:：]?"
)
# 咨询（“服务”）; not 第八条（“违约责任”）, 附件二（“价格表”）
_BRACKET = re.compile(
    r"(?<![条款章项节\d》])[(]\s*(?:[统合简]?称为?)?\s*[“\"](?P<term>[^“”\"()（）\n，,。;；]{1,12})[”\"]\s*[)]"
)
_OF_ANNEX = re.compile(r"附[件录表][一二三四五六七八九十A-Z]{0,2}$")
# “交付日”为双方签署《交接确认书》之日
_DAY = re.compile(r"[“\"「](?P<term>[^“”\"「」\n]{1,10}日)[”\"」]\s*为(?=[^，。；;\n]{2,40}[之当]日)")
# “保密信息”具有第5.1条所赋予的含义
_GIVEN = re.compile(
    r"[“\"「](?P<term>[^“”\"「」\n]{1,24})[”\"」]\s*(?:应当?)?(?:具有|与)(?P<meaning>[^，。；;\n]{2,40}?(?:含义|意义)(?:相同|一致)?)"
)
# 本合同所称损失包括…  本合同保密信息指…  本合同中不可抗力指…  不可抗力是指…
_SPOKEN = re.compile(
    r"(?:^|(?<=[。；;：:\n，,、.)\s]))\s*(?:本(?:合同|协议)(?:项下)?(?:所称|所指|中|内)?(?:的)?|所称(?:的)?)(?P<term>[^，,。；;：:“”\"\n()]{2,16}?)\s*[，,]?\s*(?:系指|是指|指(?!定|示|派|导|挥|出|令|标|的))"
    r"|所称(?:的)?(?P<named>[^，,。；;：:“”\"\n()]{2,12}?)\s*[，,]?\s*(?:包括(?:但不限于)?|系指|是指|为)",
    re.MULTILINE,
)
# 2．旅游费用，指…
_ITEM = re.compile(
    r"^[(（]?[\d.一二三四五六七八九十]{1,10}[、.．)）\s]\s*(?!本(?:合同|协议)|所称)(?P<term>[^，,。；;：:“”\"\n()\d]{2,14}?)\s*(?:\([^)\n]{1,20}\)\s*)?[，,:：]\s*"
    r"(?:系指|是指|指)(?!定|示|派|导|令|标|出)\s*",
    re.MULTILINE,
)
# 合同：是指…   不可抗力是指…
_LABELLED = re.compile(
    r"^(?P<term>[^，,。；;：:“”\"\n()\d]{2,14}?)\s*(?:\([^)\n]{1,20}\))?\s*(?:[:：]\s*(?:系指|是指|指)(?!定|示|派)|系指|是指)\s*",
    re.MULTILINE,
)
_ROLE = re.compile(rf"(?:{PARTY})(?<=[方人商者员位户主校生])\d?$")
# of any contract; 债务人 is a role too, but in a guarantee it is a third person that the contract names for short
_ANY_ROLE = re.compile(r"[甲乙丙丁戊己]方\d?$|双方$|各方$|一方$|三方$|本(?:合同|协议)书?$")
# 《采购框架协议》（编号KJ-02，下称“主合同”）
_TITLE_BEFORE = re.compile(r"(?P<title>《[^《》\n]{2,60}》)\s*[(（][^()（）\n]{1,50}$")
# 与梧桐粮油有限公司（下称“债务人”）
_NAMED_BEFORE = re.compile(
    r"[与和由向对及](?P<name>[^与和由向对及，,。；;：:、\s]{2,24}(?:公司|银行|医院|大学|学院|中心|研究院|事务所|合作社))$"
)
_NAMING = ("definition.short", "definition.bracket")
_STOP = re.compile(r"[。；;\n]")
_BACK = re.compile(r"[，,。；;：:、\n]")
_NUMBER_HEAD = re.compile(r"^[\s(（\d.、)）一二三四五六七八九十第条款项]*")


@dataclass(frozen=True)
class Found:
    """A definition in the making: places of the term's statement, the term and its meaning."""

    start: int
    end: int
    term: str
    meaning: tuple[int, int]
    rule: str


@Language.component("definitions")
def definitions(doc: "Doc") -> "Doc":
    """Fill `reading.definitions`."""
    reading: Reading = doc._.reading
    taken: list[Found] = []
    for found in sorted(_all(reading.text), key=lambda f: (f.start, f.start - f.end)):
        if not any(found.start < other.end and other.start < found.end for other in taken[-3:]):
            taken.append(found)
    kept = [_of_party(reading, found) for found in taken if not _is_role(reading, found)]
    reading.definitions = [_element(reading, f"g{n}", found) for n, found in enumerate(kept, 1)]
    return doc


def _is_role(reading: Reading, found: Found) -> bool:
    """Whether no more is said than who is which party: （以下简称“甲方”）; “委托人”是指… is a definition."""
    if _ANY_ROLE.match(found.term):
        return True
    if found.rule not in _NAMING or not _ROLE.match(found.term):
        return False
    labels = {label for party in reading.parties for label in (party.role, *party.other_roles)}
    return found.term in labels or _names_party(reading, found)


def _names_party(reading: Reading, found: Found) -> bool:
    """Whether the words before are the name of a party, so that the term is its role."""
    before = reading.document.text[reading.text.rfind("\n", 0, found.start) + 1 : found.start]
    return any(party.name and party.name in before for party in reading.parties) or not _NAMED_BEFORE.search(
        before.rstrip(" (（")
    )


def _of_party(reading: Reading, found: Found) -> Found:
    """甲公司，注册地址为…（以下简称“甲”）: the name is what the term is short for, not the words before the bracket."""
    if found.rule not in _NAMING:
        return found
    line = reading.text.rfind("\n", 0, found.start) + 1
    for party in reading.parties:
        if party.name and found.term in party.aliases:
            at = reading.document.text.rfind(party.name, line, found.start)
            if at >= 0:
                return replace(found, meaning=(at, at + len(party.name)))
    return found


def _all(text: str) -> Iterator[Found]:
    for match in _SHORT.finditer(text):
        yield Found(match.start(), match.end(), match["term"].strip(), _before(text, match.start()), "definition.short")
    for match in _BRACKET.finditer(text):
        if not _OF_ANNEX.search(text, max(match.start() - 6, 0), match.start()):
            before = _before(text, match.start())
            yield Found(match.start(), match.end(), match["term"].strip(), before, "definition.bracket")
    for match in _GIVEN.finditer(text):
        yield Found(match.start(), match.end(), match["term"].strip(), match.span("meaning"), "definition.given")
    for match in _QUOTED.finditer(text):
        yield _explained(text, match, "term", "definition.quoted")
    for match in _DAY.finditer(text):
        yield _explained(text, match, "term", "definition.quoted")
    for match in _SPOKEN.finditer(text):
        yield _explained(text, match, "term" if match["term"] else "named", "definition.spoken")
    for match in _ITEM.finditer(text):
        yield _explained(text, match, "term", "definition.labelled")
    for match in _LABELLED.finditer(text):
        yield _explained(text, match, "term", "definition.labelled")


def _explained(text: str, match: re.Match[str], group: str, rule: str) -> Found:
    """The meaning stands behind the term, up to the end of the sentence."""
    stop = _STOP.search(text, match.end())
    end = stop.start() if stop else len(text)
    if end == match.end():  # 关联公司指：⏎ 1. …
        end = stop.end() if stop else end
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    term = match[group].strip()
    if rule == "definition.labelled":
        term = _NUMBER_HEAD.sub("", term)
    return Found(start, match.end(), term, (match.end(), max(end, match.end())), rule)


def _before(text: str, offset: int) -> tuple[int, int]:
    """The meaning stands before the brackets: what is named, back to the last comma."""
    end = offset
    while end > 0 and text[end - 1] in " (（，,":
        end -= 1
    if end > 0 and text[end - 1] == "》":
        return text.rfind("《", 0, end), end
    if title := _TITLE_BEFORE.search(text, max(0, end - 120), end):
        return title.start("title"), title.end("title")
    if named := _NAMED_BEFORE.search(text, max(0, end - 40), end):
        return named.start("name"), end
    begin = max((m.end() for m in _BACK.finditer(text, max(0, end - 80), end)), default=max(0, end - 80))
    return begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end


def _element(reading: Reading, name: str, found: Found) -> Definition:
    span = Span(start=found.start, end=found.end)
    place = reading.text.find(found.term, found.start, found.end)
    cue = Span(start=place, end=place + len(found.term)) if place >= 0 else span
    term = cue.of(reading.document.text) if place >= 0 else found.term
    return Definition(
        id=name,
        clause=reading.structure.locate(found.start),
        span=span,
        text=span.of(reading.document.text),
        evidence=Evidence(rule=found.rule, cues=(cue,)),
        term=term,
        meaning_span=Span(start=found.meaning[0], end=found.meaning[1]),
        refers=_refers(reading, found),
    )


def _refers(reading: Reading, found: Found) -> str | None:
    """A party it is short for; `main` where an annex names the contract it belongs to."""
    meaning = reading.text[found.meaning[0] : found.meaning[1]]
    for party in reading.parties:
        if found.term in party.aliases or (party.name and found.rule in _NAMING and party.name in meaning):
            return party.id
    here = reading.structure.locate(found.start) or ""
    if (
        here.startswith("annex")
        and re.search(r"(?:合同|协议)[》”]?$", meaning)
        and found.term.endswith(("合同", "协议"))
    ):
        return "main"
    return None
