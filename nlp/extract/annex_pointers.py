"""Words that point at annexes: `附件1《服务价格表》`, `附件一、二`, `附件甲`, `Annex B`, `见附件`.

Only the words are read; which part they mean is found in `references`. Text is folded.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.clauses import ordinals
from nlp.clauses.grammar import CN

NUMBER = (
    rf"(?:[{CN}]{{1,3}}(?![款条项式份])|\d{{1,2}}(?:[-.]\d{{1,2}}(?!\d))?|[A-Z](?![A-Za-z])"
    r"|[甲乙丙丁](?![方乙、,和及]))"
)
# 附件1《服务价格表》  附件一、二  附表A  附件2：《保密协议》  附件甲
_NUMBERED = re.compile(
    rf"附(?:件|录|表|图)\s*(?P<numbers>{NUMBER}(?:\s*[、,和及至]\s*(?:附[件录表]\s*)?{NUMBER})*)"
    r"(?P<title>\s*[:：]?\s*《[^》\n]{2,40}》)?"
)
_MEMBER = re.compile(rf"(?:附[件录表]\s*)?(?P<number>{NUMBER})")
# set out in Annex A; Appendix 2
_ENGLISH = re.compile(r"\b(?:Annex|Appendix|Exhibit|Schedule)\s+(?P<number>[A-Z]|\d{1,2})(?![\w.]\w)")
# 见附件  型号见附表  附件所列设备  单价以附表为准  里程按附表; not 附件与本合同具有同等效力
_BARE = re.compile(
    rf"(?:(?<=[见按照])\s*(?:本(?:合同|协议)(?:的|之)?\s*)?(?P<shown>附[件表录图])(?!\s*(?:{NUMBER}|[:：《]))"
    r"|(?P<listed>附[件表录图])(?=(?:所[列载示附]|中?(?:列明|载明)|为准)))"
)


@dataclass(frozen=True, slots=True)
class AnnexPointer:
    """A place in the text that points at an annex.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        key: what the part id of the annex ends in (`1`, `A`, `1-2`); "" of an annex without a number.
        title: its title in brackets, or None.
        word: 附件, 附表, 附录 or 附图.
    """

    start: int
    end: int
    key: str
    title: str | None = None
    word: str = "附件"


def annex_key(number: str) -> str:
    """`一`, `1`, `A` as the part id of an annex ends."""
    return str(ordinals.chinese(number) or ordinals.arabic(number) or number)


def annex_number(words: str) -> str | None:
    """The number in `附件二`, as the part id ends."""
    match = _MEMBER.search(words)
    return annex_key(match["number"]) if match else None


def find_annex_pointers(text: str, starts: frozenset[int] | set[int] = frozenset()) -> Iterator[AnnexPointer]:
    """All of a text.

    Args:
        text: folded.
        starts: offsets where a clause begins: `附件 ⏎ 8-1` is a heading and the next clause.
    """
    for match in _NUMBERED.finditer(text):
        base = match.start("numbers")
        if base in starts:
            continue
        members = [m for m in _MEMBER.finditer(match["numbers"]) if base + m.start("number") not in starts]
        for place, member in enumerate(members):
            start = match.start() if place == 0 else base + member.start()
            end = match.end() if place == len(members) - 1 else base + member.end()
            yield AnnexPointer(start, end, annex_key(member["number"]), match["title"], match[0][:2])
    for match in _ENGLISH.finditer(text):
        yield AnnexPointer(match.start(), match.end(), annex_key(match["number"]))
    for match in _BARE.finditer(text):
        name = "shown" if match["shown"] else "listed"
        yield AnnexPointer(match.start(name), match.end(name), "", None, match[name])
