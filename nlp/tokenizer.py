"""The tokenizer of the pipeline: values stay whole, jieba cuts the gaps.

Sample: `应在收到发票后30个工作日内` → `应 在 收到 发票 后 30个工作日 内`. Plain jieba makes `工作日内` one word and
cuts `15日前` into `15 日前`. Tokens joined are the text, white space included.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nlp.values.scan import scan_values
from nlp.words import Segmenter

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab


class ContractTokenizer:
    """Text to spaCy `Doc`; the values it protected are left in `doc.user_data["values"]`."""

    def __init__(self, vocab: "Vocab", segmenter: Segmenter) -> None:
        """Make a tokenizer.

        Args:
            vocab: of the pipeline.
            segmenter: cuts what lies between values.
        """
        self._vocab = vocab
        self._segmenter = segmenter

    def __call__(self, text: str) -> "Doc":
        """Tokenize folded text."""
        from spacy.tokens import Doc

        values = scan_values(text)
        words = list(cut_around(text, values.ranges(), self._segmenter))
        doc = Doc(self._vocab, words=words, spaces=[False] * len(words))
        doc.user_data["values"] = values
        return doc


def cut_around(text: str, protected: Iterable[tuple[int, int]], segmenter: Segmenter) -> Iterator[str]:
    """Words of a text in which some places must stay whole.

    Args:
        text: any text.
        protected: ordered, disjoint half-open ranges.
        segmenter: cuts the gaps.
    """
    position = 0
    for start, end in protected:
        if start > position:
            yield from segmenter.cut(text[position:start])
        if end > start:
            yield text[start:end]
        position = max(position, end)
    if position < len(text):
        yield from segmenter.cut(text[position:])
