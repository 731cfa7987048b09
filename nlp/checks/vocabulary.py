"""The words a contract itself uses, asked for phrases and for how it is cut into words."""

from dataclasses import dataclass
from functools import cached_property

from nlp.words import Segmenter, build_segmenter

_AROUND = 8


@dataclass(frozen=True)
class Vocabulary:
    """Words and phrases of one text (folded)."""

    text: str

    @cached_property
    def _segmenter(self) -> Segmenter:
        return build_segmenter()

    def count(self, phrase: str) -> int:
        """How often a phrase stands in the text."""
        return self.text.count(phrase)

    def is_word(self, word: str) -> bool:
        """Whether the dictionary knows a word."""
        return self._segmenter.has_word(word)

    def tokens(self, start: int, end: int, instead: str | None = None) -> list[tuple[int, int]]:
        """Words around a place, as offsets of the text (for `instead`, of the text with that in the place).

        Args:
            start: first character of the place.
            end: one past its last.
            instead: characters to put there.
        """
        first = max(self._line_start(start), start - _AROUND)
        last = min(self._line_end(end), end + _AROUND)
        words = self.text[first:start] + (self.text[start:end] if instead is None else instead) + self.text[end:last]
        found, at = [], first
        for token in self._segmenter.cut(words):
            found.append((at, at + len(token)))
            at += len(token)
        return found

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end
