"""Which clauses a cap names and which it spares.

`上述第10条、第14.1至14.4条各项扣减合计不超过费用总额的25%` limits what those clauses cost and nothing else;
`各项违约金合计不超过合同价款的15%，但8.2、8.3所列不在此限` leaves two items out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.clauses.resolve import decimal_of
from nlp.extract.references import ReferenceFinder
from nlp.extract.sentences import Sentence
from nlp.reading import Reading

_NUMBERED = re.compile(r"[条款项]|\d\.\d")
# （第七条第（三）项除外）, 但8.2、8.3所列不在此限, 除第11条外
_SPARED = re.compile(
    r"\((?:[^()]|\([^()]*\))*除外\)|(?:但|[，,])(?:(?!但)[^。;])*(?:除外|不[受在](?:此|该|上述|前述)?(?:限|上限)|不计入|不适用)|除[^。;，,]{2,60}外[，,]"
)
# 8.2、8.3所列, 5.1及5.2约定的; not 1.5倍
_BARE = re.compile(
    r"(?<![\d.第])\d{1,2}(?:\.\d{1,2}){1,3}"
    r"(?= ?(?:[、和及与至,，]|所列|所述|约定|规定|情形|所约定|所规定|中|的(?![\d]))|$)"
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Ids of the clauses a cap names, none where it names nobody's, and of those it spares."""

    named: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()

    def holds(self, clause: str) -> bool:
        """Whether a clause is not spared, and is named where any is."""
        return not _within(clause, self.spared) and (not self.named or _within(clause, self.named))


def reach_of(reading: Reading, sentence: Sentence, above: int) -> Reach:
    """The clauses that a cap names and spares.

    Args:
        reading: with the structure.
        sentence: that tells the cap.
        above: where the cap stands; what a pointer behind it names is spared or means something else.
    """
    if not _NUMBERED.search(sentence.text):
        return Reach()
    spared = [(sentence.start + m.start(), sentence.start + m.end()) for m in _SPARED.finditer(sentence.text)]
    found = list(_pointed(reading, sentence))
    out = {clause for place, clause in found if any(start <= place < end for start, end in spared)}
    return Reach(frozenset(c for place, c in found if place < above and c not in out), frozenset(out))


def _pointed(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Places of pointers in a sentence and the clauses they mean."""
    for pointer in ReferenceFinder(reading).numbered():
        if sentence.start <= pointer.start < sentence.end and pointer.target:
            yield pointer.start, pointer.target
    part = sentence.unit.id.partition("/")[0]
    printed = {decimal_of(c): c.id for c in reading.structure.clauses if c.part == part}
    for match in _BARE.finditer(sentence.text):
        clause = printed.get(tuple(map(int, match[0].split("."))))
        if clause:
            yield sentence.start + match.start(), clause


def _within(clause: str, clauses: frozenset[str]) -> bool:
    return any(clause == one or clause.startswith(f"{one}/") for one in clauses)
