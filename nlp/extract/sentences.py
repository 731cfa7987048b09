"""Sentences of the units of a document: what fact components read at a time.

Sample: `乙方逾期交货的，每逾期一日支付货款1‰的违约金；逾期超过30日的，甲方有权解除合同。` is two sentences of two
pieces each. A sentence knows the words that lead to it: in
`乙方有下列情形之一的，甲方有权解除本合同：（1）逾期交货超过30日；` the item leads back to the words before the colon.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from nlp.clauses.structure import Structure, Unit
from nlp.values.comments import find_comments
from schema.span import Span

# a comma inside a number (1，000) does not part pieces
_PIECE_END = re.compile(r"[，,](?!\d{3}(?!\d))|(?<!\d)[,，]")
_SENTENCE_END = re.compile(r"[。;！？\n\t]|(?<=[^\d\s])\?")
_LIST_ITEM_END = re.compile(r"[:：] *$|如下 *$|之一 *$")


@dataclass(frozen=True)
class Sentence:
    """Words between two full stops or semicolons.

    Attributes:
        unit: the clause, row or part it belongs to.
        start: first character in the folded text.
        end: one past the last, without its own stop.
        text: the folded words.
        paragraph: number of the paragraph within its unit.
        lead: the sentence that introduces it (of the parent clause, or the paragraph before that ends with a colon).
        previous: the sentence before it in the same paragraph.
    """

    unit: Unit
    start: int
    end: int
    text: str
    paragraph: int = 0
    lead: "Sentence | None" = None
    previous: "Sentence | None" = field(default=None, repr=False)

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(start=self.start, end=self.end)

    @cached_property
    def pieces(self) -> tuple[tuple[int, int], ...]:
        """Places of its comma-parted pieces, without the commas."""
        borders = [self.start]
        for match in _PIECE_END.finditer(self.text):
            borders += [self.start + match.start(), self.start + match.end()]
        borders.append(self.end)
        return tuple(zip(borders[::2], borders[1::2], strict=True))

    def piece_index(self, offset: int) -> int:
        """Number of the piece that holds an offset (or the last that starts before it)."""
        return max(bisect_right([start for start, _ in self.pieces], offset) - 1, 0)

    def piece(self, offset: int) -> tuple[int, int]:
        """The piece that holds an offset."""
        return self.pieces[self.piece_index(offset)]

    def slice(self, start: int, end: int) -> str:
        """Words between two offsets of the document, cut to the sentence."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]

    def before(self, offset: int) -> str:
        """Its words up to an offset of the document."""
        return self.slice(self.start, offset)

    def after(self, offset: int) -> str:
        """Its words from an offset of the document."""
        return self.slice(offset, self.end)

    def leads(self) -> Iterator["Sentence"]:
        """The sentences that introduce it, nearest first."""
        sentence = self.lead
        while sentence is not None:
            yield sentence
            sentence = sentence.lead


@dataclass(frozen=True)
class Sentences:
    """All sentences of a document, in text order."""

    items: tuple[Sentence, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [s.start for s in self.items]

    def at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at an offset."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.items[index].end:
            return None
        return self.items[index]

    def within(self, start: int, end: int) -> list[Sentence]:
        """Sentences that begin inside a range."""
        return [s for s in self.items if start <= s.start < end]


def split_sentences(structure: Structure, text: str) -> Sentences:
    """Cut all units into sentences, without what reviewers typed between them.

    Args:
        structure: of the document.
        text: folded text.
    """
    own: dict[str, list[Sentence]] = {}
    found: list[Sentence] = []
    for unit in structure.units:
        lead = _lead(structure, unit, own) if unit.row is None else _over_table(unit, found)
        sentences = list(_of_unit(unit, text, lead))
        found += sentences
        own[unit.id] = sentences
    comments = find_comments(text)
    said = [s for s in found if not any(start <= s.start and s.end <= end for start, end in comments)]
    return Sentences(tuple(sorted(said, key=lambda s: s.start)))


def _lead(structure: Structure, unit: Unit, own: dict[str, list[Sentence]]) -> Sentence | None:
    """The last sentence of the clause above that stands in front; what it says behind its items leads to none."""
    clause = structure.clause_by_id.get(unit.id)
    above = own.get(clause.parent, []) if clause and clause.parent else []
    start = min((span.start for span in unit.spans), default=0)
    return next((s for s in reversed(above) if s.end <= start), None)


_SHOWS = re.compile(r"(?:下表|如下|下列|附表)[^。;]{0,30}\Z|[:：] *\Z")
_BACK = 60


def _over_table(unit: Unit, found: list[Sentence]) -> Sentence | None:
    """乙方按下表扣减服务费: the last words over a table, where they announce it."""
    if unit.table is None or not unit.table.rows:
        return None
    start = unit.table.span.start
    over = [s for s in found[-_BACK:] if s.unit.row is None and s.end <= start and start - s.end < _BACK]
    last = max(over, key=lambda s: s.end, default=None)
    return last if last is not None and _SHOWS.search(last.text) else None


def _of_unit(unit: Unit, text: str, lead: Sentence | None) -> Iterator[Sentence]:
    number, opener = 0, lead
    for span in unit.spans:
        for start, end in _ranges(text, span.start, span.end, "\n"):
            previous: Sentence | None = None
            for first, past in _sentence_ranges(text, start, end):
                current = Sentence(unit, first, past, text[first:past], number, opener, previous)
                yield current
                previous = current
            if previous is not None:
                opener = previous if _LIST_ITEM_END.search(previous.text) else opener
                number += 1


def _ranges(text: str, start: int, end: int, border: str) -> Iterator[tuple[int, int]]:
    position = start
    while position < end:
        cut = text.find(border, position, end)
        cut = end if cut < 0 else cut
        if cut > position:
            yield position, cut
        position = cut + 1


def _sentence_ranges(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.start() > position and not text[position : match.start()].isspace():
            yield _stripped(text, position, match.start())
        position = match.end()
    if position < end and not text[position:end].isspace():
        yield _stripped(text, position, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in ' ”"':
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end
