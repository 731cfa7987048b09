"""The pipeline: spaCy `blank("zh")` with our tokenizer and one component for each kind of fact."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

# Each component reads what those before it left in `doc._.reading`.
PIPELINE: tuple[str, ...] = (
    "clauses",
    "parties",
    "amounts",
    "deadlines",
    "penalties",
    "liabilities",
    "rates",
    "payments",
    "dates",
    "head",
    "term",
    "blanks",
    "choices",
    "closing",
    "signatures",
    "references",
    "definitions",
)


@cache
def build_nlp() -> "Language":
    """The pipeline, one a process; the first call imports spaCy and loads the dictionary."""
    import spacy
    from spacy.tokens import Doc

    from nlp import extract
    from nlp.tokenizer import ContractTokenizer
    from nlp.words import build_segmenter

    for module in iter_modules(extract.__path__):
        import_module(f"nlp.extract.{module.name}")
    if not Doc.has_extension("reading"):
        Doc.set_extension("reading", default=None)
    nlp = spacy.blank("zh")
    nlp.tokenizer = ContractTokenizer(nlp.vocab, build_segmenter())
    nlp.max_length = 100_000_000
    for name in PIPELINE:
        nlp.add_pipe(name)
    return nlp
