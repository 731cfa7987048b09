"""Component `clauses`: the first of the pipeline, fills `reading.structure`."""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.clauses.kind import contract_kind
from nlp.clauses.segment import build_structure
from nlp.normalize import fold


@Language.component("clauses")
def find_clauses(doc: Doc) -> Doc:
    """Cut the document into parts, clauses and rows."""
    reading = doc._.reading
    reading.structure = build_structure(reading.document, reading.text)
    title = reading.structure.title
    reading.kind = contract_kind(fold(title) if title else None, reading.text)
    return doc
